//! Events that came before the message they speak of: kept under its name, and tried again when it comes, or in time. A
//! call of somebody unknown waits under a name of its own. Whatever waits for one message is due once, together.

use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{Key, List};
use crate::query::{Query, Read};
use crate::table::{Change, Created, Written};
use crate::{Store, StoreError};
use domain::{TenantId, Timestamp, Wamid};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an event waits for its message: Meta delivers for seven days, and a day more.
pub const WAITS: Duration = Duration::from_secs(8 * 24 * 3600);

/// How often the schedule tries a status again. Its message is named within minutes, or it is nobody's: it then stays
/// for whoever may still be named, until it expires.
pub const STATUS_TRIES: u32 = 2;

/// The first pause before it is tried again; each later one is four times as long, up to a day.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
/// The longest pause between two tries.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3600);

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

#[derive(Serialize, Deserialize)]
struct OrphanItem {
    ty: String,
    v: u8,
    e: String,
    un: Timestamp,
    /// Only of a status.
    #[serde(rename = "ttl", default)]
    expires: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct WaitingItem {
    ty: String,
    v: u8,
    rv: u32,
    #[serde(default)]
    tr: u32,
}

fn rank(tenant: TenantId, target: &Wamid, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Orphan, tenant, at, &target.digest())
}

impl Waiting {
    /// When they are tried again after `now`, of which one waits until `until`.
    #[must_use]
    pub fn next(&self, until: Timestamp, now: Timestamp) -> Timestamp {
        let factor = 4u32.saturating_pow(self.tries.min(8));
        now.plus(FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)).min(until.max(now))
    }
}

impl Store {
    /// Keeps an event until its message comes. One that is kept already stays as it is. `again` says that it waited
    /// before: then it is due already.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_orphan(
        &self,
        tenant: TenantId,
        target: &Wamid,
        orphan: &Orphan,
        again: bool,
    ) -> Result<(), StoreError> {
        let expires = match orphan.kind {
            Waits::Status => Some(orphan.until.seconds()),
            Waits::ForCertain => None,
        };
        let item = OrphanItem { ty: "orphan".into(), v: 1, e: orphan.event.clone(), un: orphan.until, expires };
        let key = Key::Orphan(tenant, target.clone(), orphan.digest.clone());
        let is_new = match self.table.create::<OrphanItem>(&key, &item).await? {
            Created::There(_) if again => return Ok(()),
            Created::There(_) => false,
            Created::New => true,
        };
        let first = orphan.until.minus(WAITS).plus(FIRST_PAUSE);
        let update = Update::of(Key::Waiting(tenant, target.clone()))
            .set("ty", &"waiting")
            .set("v", &1)
            .count_up("rv")
            .set_once("GSI1PK", &List::due(&target.digest()).pk())
            .set_once("GSI1SK", &rank(tenant, target, first));
        // Where the event is there, who wrote it may have died before this; where this is there too, nothing is new.
        let update = if is_new { update } else { update.when(Condition::Absent("rv")) };
        match self.table.update::<WaitingItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Every event that waits for `target`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn orphans(&self, tenant: TenantId, target: &Wamid) -> Result<Vec<Orphan>, StoreError> {
        let partition = Key::Orphan(tenant, target.clone(), String::new()).pk();
        let (mut orphans, mut query) = (Vec::new(), Query::partition(partition.clone()).strong());
        loop {
            let (found, more) = self.table.query(&query).await?;
            for item in found {
                if let Key::Orphan(_, _, digest) = item.key.clone() {
                    let OrphanItem { e: event, un: until, expires, .. } = item.read()?;
                    let kind = if expires.is_some() { Waits::Status } else { Waits::ForCertain };
                    orphans.push(Orphan { digest, event, kind, until });
                }
            }
            let Some(more) = more else { return Ok(orphans) };
            query = Query::partition(partition.clone()).strong().from(more);
        }
    }

    /// That events wait for `target`; none if none do.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn waiting(&self, tenant: TenantId, target: &Wamid) -> Result<Option<Waiting>, StoreError> {
        let item: Option<WaitingItem> = self.table.get(&Key::Waiting(tenant, target.clone()), Read::Strong).await?;
        Ok(item.map(|item| Waiting { target: target.clone(), tries: item.tr, revision: item.rv }))
    }

    /// Puts off the next try, and counts it.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_off(&self, tenant: TenantId, waiting: &Waiting, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::of(Key::Waiting(tenant, waiting.target.clone()))
            .set("GSI1SK", &rank(tenant, &waiting.target, next))
            .count_up("tr")
            .when(Condition::Exists);
        match self.table.update::<WaitingItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Nothing is due any more for this message, unless an event began to wait since `waiting` was read.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn end_waiting(&self, tenant: TenantId, waiting: &Waiting) -> Result<(), StoreError> {
        let unchanged = vec![Condition::is("rv", &waiting.revision)];
        let ended = Change::RemoveWhen(Key::Waiting(tenant, waiting.target.clone()), unchanged);
        match self.table.together(vec![ended]).await? {
            Written::Done(()) | Written::Refused(_) => Ok(()),
        }
    }

    /// Takes an event away that has found its message, or waited long enough.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_orphan(&self, tenant: TenantId, target: &Wamid, digest: &str) -> Result<(), StoreError> {
        self.table.delete(&Key::Orphan(tenant, target.clone(), digest.to_owned())).await
    }
}
