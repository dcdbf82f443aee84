//! What `DynamoDB` answers who does not insist on the newest: the table as it stood a second ago. Indexes are always
//! read so. The replica is made when it is asked, by repeating the writes up to then.

use domain::Timestamp;
use emulator::{Database, ManualClock};
use runtime::Clock;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How far a replica may be behind: usually a second at most (`DynamoDB`, read consistency).
pub(crate) const LAG: Duration = Duration::from_secs(1);

/// The writes so far, and where they began.
#[derive(Clone, Debug)]
pub struct Replica {
    template: PathBuf,
    clock: Arc<ManualClock>,
    writes: Arc<Mutex<Vec<(Timestamp, String, String)>>>,
}

impl Replica {
    /// Of a database that began as the file `template`.
    #[must_use]
    pub fn new(template: PathBuf, clock: Arc<ManualClock>) -> Self {
        Self { template, clock, writes: Arc::default() }
    }

    /// The present.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Notes a write that took effect.
    pub(crate) fn written(&self, operation: &str, body: String) {
        if matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems") {
            let mut writes = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
            writes.push((self.clock.now(), operation.to_owned(), body));
        }
    }

    /// Answers a read from what was written until a second ago.
    pub(crate) fn answer(&self, operation: &str, body: &str) -> Option<String> {
        let database = Database::memory_like(&self.template, self.clock.clone()).ok()?;
        let until = self.clock.now().minus(LAG);
        let writes = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, operation, body) in writes.iter().take_while(|(at, ..)| *at <= until) {
            database.execute(operation, body);
        }
        let (status, answer) = database.execute(operation, body);
        (status == 200).then_some(answer)
    }
}
