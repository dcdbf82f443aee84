//! The audit: entries, each written in the transaction of its audit event and never changed.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Found, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{Item, LIST, RANK, item};
use crate::table::keys::{AccessKey, Key, List, Partition};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::{Action, AuditEvent, Entry, FIRST_LOOK};
use domain::ids::AuditId;
use domain::{Actor, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

item! {
    struct AuditItem: "audit" {
        at: Timestamp = "at",
        by: Actor = "by",
        action: Action = "ac",
        target: String = "tg",
        detail: String = "de",
        #[serde(default = "once", skip_serializing_if = "is_once")]
        times: u32 = "n",
        /// The number of the link that holds it.
        link?: u64 = "ln" as LINK,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
        /// Only on what no business has.
        expires?: i64 = "ttl",
    }
}

/// An entry that no business has.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct DecoyItem(AuditItem);

impl Item for DecoyItem {
    const TYPE: &'static str = "unheard";
}

const fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_once(times: &u32) -> bool {
    *times == 1
}

impl AuditItem {
    /// An entry that no link holds yet.
    fn due(tenant: TenantId, entry: &Entry) -> Self {
        let at = entry.audit_event.at.plus(FIRST_LOOK);
        let id = entry.id.ulid_str();
        let rank = Some(due_rank::due_rank(DueKind::Audit, tenant, at, &id));
        Self { list: Some(List::due(&tenant.ulid_str()).pk()), rank, ..Self::bare(entry) }
    }

    fn bare(entry: &Entry) -> Self {
        let AuditEvent { at, by, action, target, detail } = entry.audit_event.clone();
        Self { at, by, action, target, detail, times: entry.times, link: None, list: None, rank: None, expires: None }
    }

    fn entry(self, id: AuditId) -> (Entry, Option<u64>) {
        let Self { at, by, action, target, detail, .. } = self;
        (Entry { id, audit_event: AuditEvent { at, by, action, target, detail }, times: self.times }, self.link)
    }
}

/// The change by which an entry is written. It only ever creates.
pub(crate) fn append(tenant: TenantId, entry: &Entry) -> Result<Change, StoreError> {
    Change::create(AccessKey::Audit(tenant, entry.id), &AuditItem::due(tenant, entry))
}

/// A change like [`append`], of a business that does not exist and for a minute: so that how long an answer takes does
/// not say whether there was something to write.
pub(crate) fn append_decoy(nobody: TenantId, entry: &Entry) -> Result<Change, StoreError> {
    let expires = Some(entry.audit_event.at.plus(Duration::from_secs(60)).seconds());
    Change::create(AccessKey::Audit(nobody, entry.id), &DecoyItem(AuditItem { expires, ..AuditItem::bare(entry) }))
}

/// The change by which a link holds an entry, from then on and for ever.
pub(crate) fn hold(tenant: TenantId, id: AuditId, link: u64) -> Change {
    let update = Update::at(AccessKey::Audit(tenant, id)).set(AuditItem::LINK, &link).remove(LIST).remove(RANK);
    Change::update(update.when(Condition::exists()).when(Condition::absent(AuditItem::LINK)))
}

impl TenantStore<'_> {
    /// Writes an audit event down that changes nothing else in the table.
    pub async fn append(self, entry: &Entry) -> Result<(), StoreError> {
        let item = AuditItem::due(self.tenant, entry);
        match self.table().create::<AuditItem>(AccessKey::Audit(self.tenant, entry.id), &item).await? {
            // The answer to the same write was lost on the way.
            Put::New => Ok(()),
            Put::Exists(there) if there.at == item.at && there.action == item.action && there.by == item.by => Ok(()),
            Put::Exists(_) => Err(StoreError::Conflict),
        }
    }

    /// Those of these entries that stand and that no link holds.
    pub async fn unchained(self, ids: &[AuditId]) -> Result<Vec<Entry>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| AccessKey::Audit(self.tenant, *id)).collect();
        let found = entries(self.table().get_all(&keys, Read::Strong).await?)?;
        let mut free: Vec<_> = found.into_iter().filter(|(_, link)| link.is_none()).map(|(entry, _)| entry).collect();
        free.sort_by_key(|entry| entry.id);
        Ok(free)
    }

    /// At most `limit` entries with the number of the link that holds each, the oldest first, above the entry `above`.
    pub async fn entries(self, above: Option<AuditId>, limit: usize) -> Result<Vec<(Entry, Option<u64>)>, StoreError> {
        let query = Query::partition(&Partition::Audit(self.tenant)).strong().limit(limit);
        let query = if let Some(above) = above { query.above(above.ulid_str()) } else { query };
        entries(self.table().query(&query).await?.0)
    }
}

/// The entries among `found`, each with the number of the link that holds it.
pub(crate) fn entries(found: Vec<Found>) -> Result<Vec<(Entry, Option<u64>)>, StoreError> {
    let mut entries = Vec::with_capacity(found.len());
    for item in found {
        if let Key::Access(AccessKey::Audit(_, id)) = item.key {
            entries.push(item.read::<AuditItem>()?.entry(id));
        }
    }
    Ok(entries)
}
