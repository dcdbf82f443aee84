//! Ways to recognise a customer, each an item that tells home and lead. A home never moves.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::Read;
use crate::table::{Created, Found, Written};
use crate::{Store, StoreError};
use domain::identities::{Known, PassedOn, Portfolio, Recognised, SeenWith};
use domain::{Customer, HomeId, Identity, LeadId, MessageId, TenantId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct IdentityItem {
    ty: String,
    v: u8,
    hm: HomeId,
    ld: LeadId,
    /// The identities seen with this one, as [`label`] writes them.
    #[serde(default)]
    kn: Vec<String>,
    /// The event that gave it to this lead.
    ev: Option<MessageId>,
}

impl IdentityItem {
    /// An identity of `by`'s lead, named together with `seen_with`.
    pub(crate) fn new(by: &KnownBy<'_>, seen_with: &[Identity]) -> Self {
        let labels = seen_with.iter().map(|identity| label(identity, by.portfolio)).collect();
        Self { ty: "id".into(), v: 1, hm: by.home, ld: by.lead, kn: labels, ev: Some(by.event) }
    }
}

/// How an identity stands in the list of another: `kind#value`, and behind a user id the portfolio that issued it. Neither
/// has a space in it.
fn label(identity: &Identity, portfolio: Option<&Portfolio>) -> String {
    let bare = bare(identity);
    match (identity, portfolio) {
        (Identity::Bsuid(_), Some(portfolio)) => format!("{bare} {}", portfolio.as_str()),
        (Identity::Bsuid(_) | Identity::ParentBsuid(_) | Identity::Phone(_), _) => bare,
    }
}

fn bare(identity: &Identity) -> String {
    format!("{}#{}", identity.kind(), identity.value())
}

/// The identity that `label` names, if it is one of `customer` or a user id.
fn seen_with(label: &str, customer: &[Identity]) -> Option<SeenWith> {
    let (text, portfolio) = label.split_once(' ').map_or((label, ""), |parts| parts);
    let user = || text.strip_prefix("bsuid#").and_then(|id| domain::Bsuid::parse(id).ok()).map(Identity::Bsuid);
    let identity = customer.iter().find(|mine| bare(mine) == text).cloned().or_else(user)?;
    Some(SeenWith { identity, portfolio: Portfolio::of_account(portfolio) })
}

fn known(identity: Identity, item: &IdentityItem, customer: &[Identity]) -> Known {
    let seen_with = item.kn.iter().filter_map(|label| seen_with(label, customer)).collect();
    Known { identity, home: item.hm, lead: item.ld, seen_with, since: item.ev }
}

/// A lead, the identity by which it was found, and the portfolio of the event that says more.
#[derive(Clone, Copy, Debug)]
pub struct KnownBy<'a> {
    /// Where the lead's history lives.
    pub home: HomeId,
    /// The lead.
    pub lead: LeadId,
    /// The identity that is on record.
    pub identity: &'a Identity,
    /// The portfolio that issued the user ids of the event.
    pub portfolio: Option<&'a Portfolio>,
    /// The event that says more.
    pub event: MessageId,
}

/// The update by which a phone moves to another lead; it is refused once the phone is no longer the former lead's.
pub(crate) fn moved(tenant: TenantId, passed_on: &PassedOn, to: &KnownBy<'_>) -> Update {
    let seen_with = vec![label(to.identity, to.portfolio)];
    Update::of(Key::Identity(tenant, Identity::Phone(passed_on.phone.clone())))
        .set("hm", &to.home)
        .set("ld", &to.lead)
        .set("kn", &seen_with)
        .set("ev", &to.event)
        .when(Condition::is("ld", &passed_on.from))
}

impl Store {
    /// Who the customer is, as `event` names them. One small read where the strongest identity is known and has been
    /// seen with all the others; else all of them are read strongly.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn recognise(
        &self,
        tenant: TenantId,
        customer: &Customer,
        event: Option<MessageId>,
    ) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        if let Some(strongest) = identities.first() {
            let item =
                self.table.get::<IdentityItem>(&Key::Identity(tenant, strongest.clone()), Read::Eventual).await?;
            let known = item.map(|item| known(strongest.clone(), &item, &identities));
            let recognised = customer.recognise(known.as_slice(), event);
            if matches!(&recognised, Recognised::As { unlinked, .. } if unlinked.is_empty()) {
                return Ok(recognised);
            }
        }
        self.recognise_surely(tenant, customer, event).await
    }

    /// Who the customer is, by strong reads of every identity.
    async fn recognise_surely(
        &self,
        tenant: TenantId,
        customer: &Customer,
        event: Option<MessageId>,
    ) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        let keys: Vec<_> = identities.iter().map(|identity| Key::Identity(tenant, identity.clone())).collect();
        let mut on_record = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Strong).await? {
            on_record.extend(read_known(item, &identities)?);
        }
        Ok(customer.recognise(&on_record, event))
    }

    /// Puts `new` on record as the person known by `by`. One that belongs to somebody else stays theirs: that lead
    /// is returned. May be repeated.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn add_identities(
        &self,
        tenant: TenantId,
        by: &KnownBy<'_>,
        new: &[Identity],
    ) -> Result<Vec<LeadId>, StoreError> {
        let mut others = Vec::new();
        let seen = label(by.identity, by.portfolio);
        for identity in new {
            let rest: Vec<_> = new.iter().chain([by.identity]).filter(|other| *other != identity).cloned().collect();
            let item = IdentityItem::new(by, &rest);
            let key = Key::Identity(tenant, identity.clone());
            match self.table.create::<IdentityItem>(&key, &item).await? {
                Created::There(there) if there.ld != by.lead => others.push(there.ld),
                Created::There(there) if !there.kn.contains(&seen) => self.see_with(key, &seen).await?,
                Created::New | Created::There(_) => {}
            }
        }
        Ok(others)
    }

    /// Notes that `by` has been seen with `others`, so that the next event with the same ones is one small read.
    /// Written last: until it stands, everything that follows from a new identity is done again.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn seen_together(
        &self,
        tenant: TenantId,
        by: &KnownBy<'_>,
        others: &[Identity],
    ) -> Result<(), StoreError> {
        for other in others {
            self.see_with(Key::Identity(tenant, by.identity.clone()), &label(other, by.portfolio)).await?;
        }
        Ok(())
    }

    /// Takes a phone away from the lead that had it: the lead no longer shows it, and its user ids no longer lead to it.
    /// The phone itself stays on record until [`Store::move_phone`], so that all of this is repeated after a fault.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn release_phone(&self, tenant: TenantId, passed_on: &PassedOn) -> Result<(), StoreError> {
        self.hide_phone(tenant, passed_on.from, &passed_on.phone).await?;
        let phone = bare(&Identity::Phone(passed_on.phone.clone()));
        for user in &passed_on.former {
            let key = Key::Identity(tenant, user.clone());
            let Some(item) = self.table.get::<IdentityItem>(&key, Read::Strong).await? else { continue };
            let rest: Vec<_> = item.kn.iter().filter(|label| **label != phone).cloned().collect();
            if rest.len() < item.kn.len() {
                let update = Update::of(key).set("kn", &rest).when(Condition::is("kn", &item.kn));
                self.link(update).await?;
            }
        }
        Ok(())
    }

    /// Moves a phone to the lead `to`. May be repeated.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn move_phone(&self, tenant: TenantId, passed_on: &PassedOn, to: &KnownBy<'_>) -> Result<(), StoreError> {
        self.link(moved(tenant, passed_on, to)).await
    }

    async fn see_with(&self, key: Key, label: &str) -> Result<(), StoreError> {
        self.link(Update::of(key).append("kn", &label).when(Condition::Exists).when(Condition::without("kn", &label)))
            .await
    }

    async fn link(&self, update: Update) -> Result<(), StoreError> {
        match self.table.update::<IdentityItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

fn read_known(item: Found, customer: &[Identity]) -> Result<Option<Known>, StoreError> {
    let Key::Identity(_, identity) = item.key.clone() else { return Ok(None) };
    Ok(Some(known(identity, &item.read::<IdentityItem>()?, customer)))
}
