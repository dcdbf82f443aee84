//! Events that came before the message they speak of: kept under its name, and tried again when it comes, or in time. A
//! call of somebody unknown waits under a name of its own.

use crate::expression::{Condition, Update};
use crate::keys::{self, Key, List};
use crate::query::{Query, Read};
use crate::table::{Created, Written};
use crate::{Store, StoreError};
use domain::{TenantId, Timestamp, Wamid};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an event waits for its message: Meta delivers for seven days, and a day more.
pub const WAITS: Duration = Duration::from_secs(8 * 24 * 3600);

/// The first pause before it is tried again; each later one is four times as long, up to a day.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
/// The longest pause between two tries.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3600);

/// An event that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Orphan {
    /// The message it speaks of.
    pub target: Wamid,
    /// What tells it from others that wait for the same message.
    pub digest: String,
    /// The event, as it stood in the queue.
    pub event: String,
    /// How often it has been tried again.
    pub tries: u32,
    /// Until when it waits.
    pub until: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct OrphanItem {
    ty: String,
    v: u8,
    e: String,
    #[serde(default)]
    tr: u32,
    un: Timestamp,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
}

fn rank(target: &Wamid, digest: &str, at: Timestamp) -> String {
    keys::rank(at, &format!("{}#{digest}", target.digest()))
}

impl OrphanItem {
    fn orphan(self, target: Wamid, digest: String) -> Orphan {
        Orphan { target, digest, event: self.e, tries: self.tr, until: self.un }
    }
}

impl Orphan {
    /// When it is tried again after `now`.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let factor = 4u32.saturating_pow(self.tries.min(8));
        now.plus(FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)).min(self.until.max(now))
    }
}

impl Store {
    /// Keeps an event until its message comes. One that is kept already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_orphan(
        &self,
        tenant: TenantId,
        target: &Wamid,
        digest: &str,
        event: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let item = OrphanItem {
            ty: "orphan".into(),
            v: 1,
            e: event.to_owned(),
            tr: 0,
            un: now.plus(WAITS),
            list: List::due(digest).pk(),
            rank: rank(target, digest, now.plus(FIRST_PAUSE)),
        };
        let key = Key::Orphan(tenant, target.clone(), digest.to_owned());
        match self.table.create::<OrphanItem>(&key, &item).await? {
            Created::New | Created::There(_) => Ok(()),
        }
    }

    /// Every event that waits for `target`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn orphans(&self, tenant: TenantId, target: &Wamid) -> Result<Vec<Orphan>, StoreError> {
        let partition = Key::Orphan(tenant, target.clone(), String::new()).pk();
        let (found, _) = self.table.query(&Query::partition(partition).strong()).await?;
        let mut orphans = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Orphan(_, _, digest) = item.key.clone() {
                orphans.push(item.read::<OrphanItem>()?.orphan(target.clone(), digest));
            }
        }
        Ok(orphans)
    }

    /// One event that waits.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn orphan(&self, tenant: TenantId, target: &Wamid, digest: &str) -> Result<Option<Orphan>, StoreError> {
        let key = Key::Orphan(tenant, target.clone(), digest.to_owned());
        let item: Option<OrphanItem> = self.table.get(&key, Read::Strong).await?;
        Ok(item.map(|item| item.orphan(target.clone(), digest.to_owned())))
    }

    /// Puts off the next try, and counts it.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_off(&self, tenant: TenantId, orphan: &Orphan, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::of(Key::Orphan(tenant, orphan.target.clone(), orphan.digest.clone()))
            .set("GSI1SK", &rank(&orphan.target, &orphan.digest, next))
            .count_up("tr")
            .when(Condition::Exists);
        match self.table.update::<OrphanItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
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
