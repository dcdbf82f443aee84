//! Events that came before the message they speak of: kept under its name, and tried again when it comes, or in time. A
//! call of somebody unknown waits under a name of its own. Whatever waits for one message is due once, together.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{Key, List, Partition, WorkKey};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::{Backoff, TenantId, Timestamp, Wamid};
use std::time::Duration;

/// How long an event waits for its message: Meta delivers for seven days, and a day more.
pub const WAITS: Duration = Duration::from_secs(8 * 24 * 3600);

/// How often the schedule tries a status again. Its message is named within minutes, or it is nobody's: it then stays
/// for whoever may still be named, until it expires.
pub const STATUS_TRIES: u32 = 2;

/// Pauses between two tries: a minute at first, a day at most.
pub const PAUSES: Backoff = Backoff::seconds(60, 4, 24 * 3600);

/// What kind of event waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// A status, which may be of another app's message.
    Status,
    /// What a customer did, which is shown in the end whether its message comes or not.
    ForCertain,
}

/// An event that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Orphan {
    /// What tells it from others that wait for the same message.
    pub digest: String,
    /// The event, as it stood in the queue.
    pub event: String,
    /// Its kind.
    pub kind: Waits,
    /// Until when it waits.
    pub until: Timestamp,
}

/// That events wait for a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The message.
    pub target: Wamid,
    /// How often they were tried again.
    pub tries: u32,
    /// Counts the events that began to wait.
    revision: u32,
}

item! {
    struct OrphanItem: "orphan" {
        event: String = "e",
        until: Timestamp = "un",
        /// Only of a status.
        expires?: i64 = "ttl",
    }
}

item! {
    struct WaitingItem: "waiting" {
        revision: u32 = "rv" as REVISION,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
    }
}

fn rank(tenant: TenantId, target: &Wamid, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Orphan, tenant, at, &target.digest())
}

impl Waiting {
    /// When they are tried again after `now`, of which one waits until `until`.
    #[must_use]
    pub fn next(&self, until: Timestamp, now: Timestamp) -> Timestamp {
        now.plus(PAUSES.after(self.tries)).min(until.max(now))
    }
}

impl TenantStore<'_> {
    /// Keeps an event until its message comes. One that is kept already stays as it is. `again` says that it waited
    /// before: then it is due already.
    pub async fn put_orphan(self, target: &Wamid, orphan: &Orphan, again: bool) -> Result<(), StoreError> {
        let expires = match orphan.kind {
            Waits::Status => Some(orphan.until.seconds()),
            Waits::ForCertain => None,
        };
        let item = OrphanItem { event: orphan.event.clone(), until: orphan.until, expires };
        let key = WorkKey::Orphan(self.tenant, target.clone(), orphan.digest.clone());
        let is_new = match self.table().create::<OrphanItem>(&key, &item).await? {
            Put::Exists(_) if again => return Ok(()),
            Put::Exists(_) => false,
            Put::New => true,
        };
        let first = orphan.until.minus(WAITS).plus(PAUSES.after(0));
        let update = Update::upsert::<WaitingItem>(WorkKey::Waiting(self.tenant, target.clone()))
            .count_up(WaitingItem::REVISION)
            .set_once(LIST, &List::due(&target.digest()).pk())
            .set_once(RANK, &rank(self.tenant, target, first));
        // Where the event is there, who wrote it may have died before this; where this is there too, nothing is new.
        let update = if is_new { update } else { update.when(Condition::absent(WaitingItem::REVISION)) };
        match self.table().update::<WaitingItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Every event that waits for `target`.
    pub async fn orphans(self, target: &Wamid) -> Result<Vec<Orphan>, StoreError> {
        let query = Query::partition(&Partition::Orphans(self.tenant, target.clone())).strong();
        let mut orphans = Vec::new();
        for (key, item) in self.table().list::<OrphanItem>(query).await? {
            if let Key::Work(WorkKey::Orphan(_, _, digest)) = key {
                let OrphanItem { event, until, expires } = item;
                let kind = if expires.is_some() { Waits::Status } else { Waits::ForCertain };
                orphans.push(Orphan { digest, event, kind, until });
            }
        }
        Ok(orphans)
    }

    /// That events wait for `target`; none if none do.
    pub async fn waiting(self, target: &Wamid) -> Result<Option<Waiting>, StoreError> {
        let item: Option<WaitingItem> =
            self.table().get(WorkKey::Waiting(self.tenant, target.clone()), Read::Strong).await?;
        Ok(item.map(|item| Waiting { target: target.clone(), tries: item.tries, revision: item.revision }))
    }

    /// Puts off the next try, and counts it.
    pub async fn put_off(self, waiting: &Waiting, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(WorkKey::Waiting(self.tenant, waiting.target.clone()))
            .set(RANK, &rank(self.tenant, &waiting.target, next))
            .count_up(WaitingItem::TRIES)
            .when(Condition::exists());
        match self.table().update::<WaitingItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Nothing is due any more for this message, unless an event began to wait since `waiting` was read.
    pub async fn end_waiting(self, waiting: &Waiting) -> Result<(), StoreError> {
        let unchanged = vec![Condition::is(WaitingItem::REVISION, &waiting.revision)];
        let ended = Change::remove_when(WorkKey::Waiting(self.tenant, waiting.target.clone()), unchanged);
        match self.table().transact(vec![ended]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Takes an event away that has found its message, or waited long enough.
    pub async fn remove_orphan(self, target: &Wamid, digest: &str) -> Result<(), StoreError> {
        self.table().delete(WorkKey::Orphan(self.tenant, target.clone(), digest.to_owned())).await
    }
}
