//! What customers have agreed to receive: one item for each lead, with all changes.

use crate::access::audit;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{InboxKey, Key};
use crate::table::query::Read;
use crate::{RACES, StoreError, TenantStore};
use domain::LeadId;
use domain::access::audit::Entry;
use domain::inbox::consents::{ConsentChange, Consents};
use std::collections::BTreeMap;

item! {
    struct ConsentItem: "consent" {
        /// The changes as JSON, the newest first.
        changes: String = "cs" as CHANGES,
        /// Counted up at each change.
        revision: u64 = "rv" as REVISION,
    }
}

impl TenantStore<'_> {
    /// What a lead has agreed to.
    pub async fn consents(self, lead: LeadId) -> Result<Consents, StoreError> {
        Ok(self.consent_item(lead).await?.map(|(consents, _)| consents).unwrap_or_default())
    }

    /// What many leads have agreed to; those who never said anything are left out.
    pub async fn consents_of(self, leads: &[LeadId]) -> Result<BTreeMap<LeadId, Consents>, StoreError> {
        let keys: Vec<_> = leads.iter().map(|lead| InboxKey::Consent(self.tenant, *lead)).collect();
        let mut all = BTreeMap::new();
        for found in self.table().get_all(&keys, Read::Eventual).await? {
            if let Key::Inbox(InboxKey::Consent(_, lead)) = found.key {
                let item = found.read::<ConsentItem>()?;
                let consents = serde_json::from_str(&item.changes);
                all.insert(lead, consents.map_err(|error| StoreError::corrupt(lead.to_string(), &error))?);
            }
        }
        Ok(all)
    }

    /// Writes changes of a lead's consent down, and gives what holds then. May be repeated, in any order.
    pub async fn change_consent(self, lead: LeadId, changes: &[ConsentChange]) -> Result<Consents, StoreError> {
        self.change_consent_with(lead, changes, None).await
    }

    /// The same for a user; `entry` says so, both or neither.
    pub async fn change_consent_as(
        self,
        lead: LeadId,
        changes: &[ConsentChange],
        entry: &Entry,
    ) -> Result<Consents, StoreError> {
        self.change_consent_with(lead, changes, Some(entry)).await
    }

    async fn change_consent_with(
        self,
        lead: LeadId,
        changes: &[ConsentChange],
        entry: Option<&Entry>,
    ) -> Result<Consents, StoreError> {
        let key = InboxKey::Consent(self.tenant, lead);
        for _ in 0..RACES {
            let there = self.consent_item(lead).await?;
            let before = there.as_ref().map(|(consents, _)| consents.clone()).unwrap_or_default();
            let after = changes.iter().fold(before.clone(), |consents, change| consents.after(change.clone()));
            if after == before && entry.is_none() {
                return Ok(after);
            }
            let changed = match there {
                None => Change::create(&key, &ConsentItem { changes: json(&after)?, revision: 1 })?,
                Some((_, revision)) => Change::update(
                    Update::at(&key)
                        .set(ConsentItem::CHANGES, &json(&after)?)
                        .set(ConsentItem::REVISION, &(revision + 1))
                        .when(Condition::is(ConsentItem::REVISION, &revision)),
                ),
            };
            let audited = entry.map(|entry| audit::append(self.tenant, entry)).transpose()?;
            match self.table().transact(std::iter::once(changed).chain(audited).collect()).await {
                Ok(Conditional::Applied(())) => return Ok(after),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// The change by which a lead's consent becomes `after`, if nobody changed it since `before` was read.
    pub(crate) fn replace_consents(
        self,
        lead: LeadId,
        after: &Consents,
        before: Option<u64>,
    ) -> Result<Change, StoreError> {
        let key = InboxKey::Consent(self.tenant, lead);
        let Some(revision) = before else {
            return Change::create(&key, &ConsentItem { changes: json(after)?, revision: 1 });
        };
        let update = Update::at(&key)
            .set(ConsentItem::CHANGES, &json(after)?)
            .set(ConsentItem::REVISION, &(revision + 1))
            .when(Condition::is(ConsentItem::REVISION, &revision));
        Ok(Change::update(update))
    }

    pub(crate) async fn consent_item(self, lead: LeadId) -> Result<Option<(Consents, u64)>, StoreError> {
        let item: Option<ConsentItem> = self.table().get(InboxKey::Consent(self.tenant, lead), Read::Strong).await?;
        item.map(|item| {
            let consents = serde_json::from_str(&item.changes);
            let consents = consents.map_err(|error| StoreError::corrupt(lead.to_string(), &error))?;
            Ok((consents, item.revision))
        })
        .transpose()
    }
}
