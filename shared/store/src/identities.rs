//! Ways to recognise a customer, each an item that tells home and lead. A home never moves.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::Read;
use crate::table::{Created, Found, Written};
use crate::{Store, StoreError};
use domain::identities::{Known, Recognised};
use domain::{Customer, HomeId, Identity, LeadId, TenantId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct IdentityItem {
    ty: String,
    v: u8,
    hm: HomeId,
    ld: LeadId,
    /// The identities seen with this one, as `kind#value`.
    #[serde(default)]
    kn: Vec<String>,
}

impl IdentityItem {
    pub(crate) fn new(home: HomeId, lead: LeadId, seen_with: &[Identity]) -> Self {
        Self { ty: "id".into(), v: 1, hm: home, ld: lead, kn: seen_with.iter().map(label).collect() }
    }
}

fn label(identity: &Identity) -> String {
    format!("{}#{}", identity.kind(), identity.value())
}

fn known(identity: Identity, item: &IdentityItem, customer: &[Identity]) -> Known {
    let mine: Vec<_> = customer.iter().filter(|other| item.kn.contains(&label(other))).cloned().collect();
    let users = item.kn.iter().filter_map(|label| label.strip_prefix("bsuid#"));
    let others = users.filter_map(|id| domain::Bsuid::parse(id).ok()).map(Identity::Bsuid);
    let mut seen_with = mine;
    for other in others {
        if !seen_with.contains(&other) {
            seen_with.push(other);
        }
    }
    Known { identity, home: item.hm, lead: item.ld, seen_with }
}

impl Store {
    /// Who the customer is. One small read where the strongest identity is known and has been seen with all
    /// the others; else all of them are read strongly.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn recognise(&self, tenant: TenantId, customer: &Customer) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        if let Some(strongest) = identities.first() {
            let item =
                self.table.get::<IdentityItem>(&Key::Identity(tenant, strongest.clone()), Read::Eventual).await?;
            let known = item.map(|item| known(strongest.clone(), &item, &identities));
            let recognised = customer.recognise(known.as_slice());
            if matches!(&recognised, Recognised::As { unlinked, .. } if unlinked.is_empty()) {
                return Ok(recognised);
            }
        }
        self.recognise_surely(tenant, customer).await
    }

    /// Who the customer is, by strong reads of every identity.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn recognise_surely(&self, tenant: TenantId, customer: &Customer) -> Result<Recognised, StoreError> {
        let identities = customer.identities();
        let keys: Vec<_> = identities.iter().map(|identity| Key::Identity(tenant, identity.clone())).collect();
        let mut on_record = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Strong).await? {
            on_record.extend(read_known(item, &identities)?);
        }
        Ok(customer.recognise(&on_record))
    }

    /// Puts `new` on record as the person known by `by`. One that belongs to somebody else stays theirs: that lead
    /// is returned. May be repeated.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn add_identities(
        &self,
        tenant: TenantId,
        (home, lead): (HomeId, LeadId),
        by: &Identity,
        new: &[Identity],
    ) -> Result<Vec<LeadId>, StoreError> {
        let mut others = Vec::new();
        for identity in new {
            let rest: Vec<_> = new.iter().chain([by]).filter(|other| *other != identity).cloned().collect();
            let item = IdentityItem::new(home, lead, &rest);
            let key = Key::Identity(tenant, identity.clone());
            match self.table.create::<IdentityItem>(&key, &item).await? {
                Created::There(there) if there.ld != lead => others.push(there.ld),
                Created::There(there) if !there.kn.contains(&label(by)) => self.see_with(key, by).await?,
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
    pub async fn seen_together(&self, tenant: TenantId, by: &Identity, others: &[Identity]) -> Result<(), StoreError> {
        for other in others {
            self.see_with(Key::Identity(tenant, by.clone()), other).await?;
        }
        Ok(())
    }

    async fn see_with(&self, key: Key, other: &Identity) -> Result<(), StoreError> {
        let label = label(other);
        let update =
            Update::of(key).append("kn", &label).when(Condition::Exists).when(Condition::without("kn", &label));
        match self.table.update::<IdentityItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

fn read_known(item: Found, customer: &[Identity]) -> Result<Option<Known>, StoreError> {
    let Key::Identity(_, identity) = item.key.clone() else { return Ok(None) };
    Ok(Some(known(identity, &item.read::<IdentityItem>()?, customer)))
}
