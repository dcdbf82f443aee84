//! What `DynamoDB` answers who does not insist on the newest: the table as it stood a second ago. Indexes are always
//! read so. The replica is made when it is asked first, and repeats the writes up to then each time.

use domain::Timestamp;
use emulator::{Database, ManualClock};
use runtime::Clock;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How far a replica may be behind: usually a second at most (`DynamoDB`, read consistency).
pub(crate) const LAG: Duration = Duration::from_secs(1);

/// The writes so far, and where they began.
#[derive(Clone, Debug)]
pub struct Replica {
    template: PathBuf,
    clock: Arc<ManualClock>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The writes that are not repeated yet: when, which operation, and its request.
    ahead: VecDeque<(Timestamp, String, String)>,
    behind: Option<Database>,
}

impl Replica {
    /// Of a database that began as the file `template`.
    #[must_use]
    pub fn new(template: PathBuf, clock: Arc<ManualClock>) -> Self {
        Self { template, clock, state: Arc::default() }
    }

    /// The present.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Notes a write that took effect.
    pub(crate) fn written(&self, operation: &str, body: String) {
        if matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems") {
            self.state().ahead.push_back((self.clock.now(), operation.to_owned(), body));
        }
    }

    /// Answers a read from what was written until a second ago.
    pub(crate) fn answer(&self, operation: &str, body: &str) -> Option<String> {
        let until = self.clock.now().minus(LAG);
        let mut state = self.state();
        let database = match state.behind.take() {
            Some(database) => database,
            None => Database::memory_like(&self.template, self.clock.clone()).ok()?,
        };
        while let Some((_, operation, body)) = state.ahead.pop_front_if(|(at, ..)| *at <= until) {
            database.execute(&operation, &body);
        }
        let (status, answer) = database.execute(operation, body);
        state.behind = Some(database);
        (status == 200).then_some(answer)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
