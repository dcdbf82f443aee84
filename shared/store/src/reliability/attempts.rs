//! Marks of events that have failed often: counted up before another try, taken away after it ended, however it ended.
//! What a mark counts are tries that ended their worker.

use crate::table::client::Conditional;
use crate::table::expression::Update;
use crate::table::item::{EXPIRES, item};
use crate::table::keys::WorkKey;
use crate::{Store, StoreError};
use domain::Timestamp;
use std::time::Duration;

/// A mark is forgotten after a day.
const KEPT: Duration = Duration::from_secs(24 * 3600);

item! {
    struct AttemptItem: "attempt" {
        /// Tries that have begun and not ended.
        begun: u32 = "n" as BEGUN,
        expires: i64 = "ttl",
    }
}

impl Store {
    /// Marks that `event` is tried once more, and tells how many tries of it have begun and not ended, this one
    /// included.
    pub async fn count_attempt(&self, event: &str, now: Timestamp) -> Result<u32, StoreError> {
        let update = Update::upsert::<AttemptItem>(WorkKey::Attempt(event.to_owned()))
            .set(EXPIRES, &now.plus(KEPT).seconds())
            .count_up(AttemptItem::BEGUN);
        match self.table.update::<AttemptItem>(update).await? {
            Conditional::Applied(mark) => Ok(mark.begun),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// Takes the mark away.
    pub async fn clear_attempts(&self, event: &str) -> Result<(), StoreError> {
        self.table.delete(WorkKey::Attempt(event.to_owned())).await
    }
}
