//! Marks of events that have failed often: counted up before another try, taken away after it ended, however it ended.
//! What a mark counts are tries that ended their worker.

use crate::expression::Update;
use crate::keys::Key;
use crate::table::Written;
use crate::{Store, StoreError};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A mark is forgotten after a day.
const KEPT: Duration = Duration::from_secs(24 * 3600);

#[derive(Serialize, Deserialize)]
struct TrialItem {
    ty: String,
    v: u8,
    /// Tries that have begun and not ended.
    n: u32,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// Marks that `event` is tried once more, and tells how many tries of it have begun and not ended, this one included.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn begin_trial(&self, event: &str, now: Timestamp) -> Result<u32, StoreError> {
        let update = Update::of(Key::Trial(event.to_owned()))
            .set("ty", &"trial")
            .set("v", &1)
            .set("ttl", &now.plus(KEPT).seconds())
            .count_up("n");
        match self.table.update::<TrialItem>(update).await? {
            Written::Done(mark) => Ok(mark.n),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }

    /// Takes the mark away.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn end_trial(&self, event: &str) -> Result<(), StoreError> {
        self.table.delete(&Key::Trial(event.to_owned())).await
    }
}
