//! Marks of events that have failed often: set before another try, taken away after it ended, however it ended.
//! A mark that stands when the event comes again shows that the try ended its worker.

use crate::keys::Key;
use crate::table::Created;
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
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// Marks that `event` is tried once more. False if the mark stands already: the last try never ended.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn begin_trial(&self, event: &str, now: Timestamp) -> Result<bool, StoreError> {
        let item = TrialItem { ty: "trial".into(), v: 1, expires: now.plus(KEPT).seconds() };
        match self.table.create::<TrialItem>(&Key::Trial(event.to_owned()), &item).await? {
            Created::New => Ok(true),
            Created::There(mark) => Ok(mark.expires <= now.seconds()),
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
