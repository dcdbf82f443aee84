//! Ways to recognise a customer, each an item that tells history and lead. A history never moves.

use crate::crm::leads::LeadItem;
use crate::table::client::{Change, Conditional, Found};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{CrmKey, Key};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::crm::leads::Lead;
use domain::identities::{Known, PassedOn, Portfolio, Recognised, SeenWith};
use domain::{Customer, HistoryId, Identity, LeadId, MessageId, TenantId};
use std::collections::BTreeSet;

item! {
    pub(crate) struct IdentityItem: "id" {
        history: HistoryId = "hm" as HISTORY,
        pub(crate) lead: LeadId = "ld" as LEAD,
        /// The identities seen with this one, as [`label`] writes them.
        #[serde(default)]
        seen_with: Vec<String> = "kn" as SEEN_WITH,
        /// The event that gave it to this lead.
        since?: MessageId = "ev" as SINCE,
    }
}

impl IdentityItem {
    /// An identity of `by`'s lead, named together with `seen_with`.
    pub(crate) fn new(by: &KnownBy<'_>, seen_with: &[Identity]) -> Self {
        let labels = seen_with.iter().map(|identity| label(identity, by.portfolio)).collect();
        Self { history: by.history, lead: by.lead, seen_with: labels, since: Some(by.event) }
    }
}

/// How an identity stands in the list of another: `kind#value`, and behind a user id the portfolio that issued it.
/// Neither has a space in it.
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
    let seen_with = item.seen_with.iter().filter_map(|label| seen_with(label, customer)).collect();
    Known { identity, history: item.history, lead: item.lead, seen_with, since: item.since }
}

/// A lead, the identity by which it was found, and the portfolio of the event that says more.
#[derive(Clone, Copy, Debug)]
pub struct KnownBy<'a> {
    /// Where the lead's history lives.
    pub history: HistoryId,
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
pub(crate) fn pass_on_phone(tenant: TenantId, passed_on: &PassedOn, to: &KnownBy<'_>) -> Update {
    let seen_with = vec![label(to.identity, to.portfolio)];
    Update::at(CrmKey::Identity(tenant, Identity::Phone(passed_on.phone.clone())))
        .set(IdentityItem::HISTORY, &to.history)
        .set(IdentityItem::LEAD, &to.lead)
        .set(IdentityItem::SEEN_WITH, &seen_with)
        .set(IdentityItem::SINCE, &to.event)
        .when(Condition::is(IdentityItem::LEAD, &passed_on.from))
}

/// The identity that a label names.
fn labelled(label: &str) -> Option<Identity> {
    let text = label.split_once(' ').map_or(label, |(text, _)| text);
    let (kind, value) = text.split_once('#')?;
    match kind {
        "bsuid" => domain::Bsuid::parse(value).ok().map(Identity::Bsuid),
        "parent" => domain::Bsuid::parse(value).ok().map(Identity::ParentBsuid),
        "phone" => domain::Phone::parse(value).ok().map(Identity::Phone),
        _ => None,
    }
}

/// An identity of a lead, and since when it is the lead's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadIdentity {
    /// Which.
    pub identity: Identity,
    /// The history in which its messages stand.
    pub history: HistoryId,
    /// The lead to which it leads.
    pub lead: LeadId,
    /// The event that gave it to this lead.
    pub since: Option<MessageId>,
}

/// How many identities of one lead are read.
const MOST_IDENTITIES: usize = 64;

impl TenantStore<'_> {
    /// Every identity of a lead and of those that were merged into it: those that they show, and those that were seen with
    /// them, also long ago.
    pub async fn identities_of(self, lead: &Lead) -> Result<Vec<LeadIdentity>, StoreError> {
        let mut leads = self.leads_now(&lead.merged).await?;
        leads.push(lead.clone());
        self.identities_that_lead_to(&leads).await
    }

    /// Every identity that leads to one of `leads`.
    pub(crate) async fn identities_that_lead_to(self, leads: &[Lead]) -> Result<Vec<LeadIdentity>, StoreError> {
        let ids: BTreeSet<LeadId> =
            leads.iter().flat_map(|lead| lead.merged.iter().chain([&lead.id])).copied().collect();
        let shown = leads.iter().flat_map(|lead| {
            let phones = lead.phone.iter().chain(&lead.other_phones).cloned().map(Identity::Phone);
            phones.chain(lead.bsuid.clone().map(Identity::Bsuid))
        });
        let mut asked: Vec<_> = shown.collect::<BTreeSet<_>>().into_iter().collect();
        let mut known: Vec<LeadIdentity> = Vec::new();
        let mut looked: BTreeSet<Identity> = asked.iter().cloned().collect();
        while !asked.is_empty() && known.len() < MOST_IDENTITIES {
            let keys: Vec<_> = asked.drain(..).map(|identity| CrmKey::Identity(self.tenant, identity)).collect();
            for found in self.table().get_all(&keys, Read::Strong).await? {
                let Key::Crm(CrmKey::Identity(_, identity)) = found.key.clone() else { continue };
                let item: IdentityItem = found.read()?;
                if !ids.contains(&item.lead) {
                    continue;
                }
                for other in item.seen_with.iter().filter_map(|label| labelled(label)) {
                    if looked.insert(other.clone()) {
                        asked.push(other);
                    }
                }
                let IdentityItem { history, lead, since, .. } = item;
                known.push(LeadIdentity { identity, history, lead, since });
            }
        }
        known.sort_by(|a, b| a.identity.cmp(&b.identity));
        Ok(known)
    }

    /// Who the customer is, as `event` names them. One small read where the strongest identity is known and has been
    /// seen with all the others; else all of them are read strongly.
    pub async fn recognise(self, customer: &Customer, event: Option<MessageId>) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        if let Some(strongest) = identities.first() {
            let item = self
                .table()
                .get::<IdentityItem>(CrmKey::Identity(self.tenant, strongest.clone()), Read::Eventual)
                .await?;
            let known = item.map(|item| known(strongest.clone(), &item, &identities));
            let recognised = customer.recognise(known.as_slice(), event);
            if matches!(&recognised, Recognised::As { unlinked, .. } if unlinked.is_empty()) {
                return Ok(recognised);
            }
        }
        self.recognise_surely(customer, event).await
    }

    /// Who the customer is, by strong reads of every identity.
    async fn recognise_surely(self, customer: &Customer, event: Option<MessageId>) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        let keys: Vec<_> = identities.iter().map(|identity| CrmKey::Identity(self.tenant, identity.clone())).collect();
        let mut on_record = Vec::with_capacity(keys.len());
        for item in self.table().get_all(&keys, Read::Strong).await? {
            on_record.extend(read_known(item, &identities)?);
        }
        Ok(customer.recognise(&on_record, event))
    }

    /// Puts `new` on record as the person known by `by`, unless that lead is being erased. One that belongs to somebody else
    /// stays theirs: that lead is returned. May be repeated.
    pub async fn add_identities(self, by: &KnownBy<'_>, new: &[Identity]) -> Result<Vec<LeadId>, StoreError> {
        let mut others = Vec::new();
        let seen = label(by.identity, by.portfolio);
        for identity in new {
            let rest: Vec<_> = new.iter().chain([by.identity]).filter(|other| *other != identity).cloned().collect();
            let item = IdentityItem::new(by, &rest);
            let key = CrmKey::Identity(self.tenant, identity.clone());
            let created = vec![Change::create(&key, &item)?, leads_on(self.tenant, by.lead)];
            if let Conditional::Applied(()) = self.table().transact(created).await? {
                continue;
            }
            match self.table().get::<IdentityItem>(&key, Read::Strong).await? {
                Some(there) if there.lead != by.lead => others.push(there.lead),
                Some(there) if !there.seen_with.contains(&seen) => self.see_with(key, &seen).await?,
                Some(_) | None => {}
            }
        }
        Ok(others)
    }

    /// Notes that `by` has been seen with `others`, so that the next event with the same ones is one small read.
    /// Written last: until it stands, everything that follows from a new identity is done again.
    pub async fn seen_together(self, by: &KnownBy<'_>, others: &[Identity]) -> Result<(), StoreError> {
        for other in others {
            self.see_with(CrmKey::Identity(self.tenant, by.identity.clone()), &label(other, by.portfolio)).await?;
        }
        Ok(())
    }

    /// Takes a phone away from the lead that had it: the lead no longer shows it, and its user ids no longer lead to
    /// it. The phone itself stays on record until [`TenantStore::move_phone`], so that all of this is repeated after a
    /// fault.
    pub async fn release_phone(self, passed_on: &PassedOn) -> Result<(), StoreError> {
        self.hide_phone(passed_on.from, &passed_on.phone).await?;
        let phone = bare(&Identity::Phone(passed_on.phone.clone()));
        for user in &passed_on.former {
            let key = CrmKey::Identity(self.tenant, user.clone());
            let Some(item) = self.table().get::<IdentityItem>(&key, Read::Strong).await? else { continue };
            let rest: Vec<_> = item.seen_with.iter().filter(|label| **label != phone).cloned().collect();
            if rest.len() < item.seen_with.len() {
                let update = Update::at(key).set(IdentityItem::SEEN_WITH, &rest);
                self.link(update.when(Condition::is(IdentityItem::SEEN_WITH, &item.seen_with))).await?;
            }
        }
        Ok(())
    }

    /// Moves a phone to the lead `to`, unless that is being erased. May be repeated.
    pub async fn move_phone(self, passed_on: &PassedOn, to: &KnownBy<'_>) -> Result<(), StoreError> {
        let moved = Change::update(pass_on_phone(self.tenant, passed_on, to));
        match self.table().transact(vec![moved, leads_on(self.tenant, to.lead)]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    async fn see_with(self, key: CrmKey, label: &str) -> Result<(), StoreError> {
        let update = Update::at(key).append(IdentityItem::SEEN_WITH, &label.to_owned()).when(Condition::exists());
        self.link(update.when(Condition::without(IdentityItem::SEEN_WITH, label))).await
    }

    async fn link(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<IdentityItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// That a lead is there, and is not being erased: whatever leads to it from now on would outlive it.
fn leads_on(tenant: TenantId, lead: LeadId) -> Change {
    Change::check(CrmKey::Lead(tenant, lead), vec![Condition::exists(), Condition::absent(LeadItem::ERASING)])
}

/// The update by which an identity leads to `to` in the place of `from`.
pub(crate) fn repoint(tenant: TenantId, identity: &Identity, from: LeadId, to: LeadId) -> Update {
    let update = Update::at(CrmKey::Identity(tenant, identity.clone())).set(IdentityItem::LEAD, &to);
    update.when(Condition::is(IdentityItem::LEAD, &from))
}

fn read_known(item: Found, customer: &[Identity]) -> Result<Option<Known>, StoreError> {
    let Key::Crm(CrmKey::Identity(_, identity)) = item.key.clone() else { return Ok(None) };
    Ok(Some(known(identity, &item.read::<IdentityItem>()?, customer)))
}
