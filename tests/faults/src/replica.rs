//! An eventually consistent read: the table as it was one second ago. The replica is made at the first question, and
//! applies the writes up to that time before each answer.

use domain::Timestamp;
use emulator::{Database, ManualClock};
use runtime::Clock;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How old an answer is: usually a second at most (`DynamoDB`, read consistency).
pub(crate) const LAG: Duration = Duration::from_secs(1);

/// The writes so far, and the file that they began from.
#[derive(Clone, Debug)]
pub(crate) struct Replica {
    template: PathBuf,
    clock: Arc<ManualClock>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The writes that are not applied yet.
    ahead: VecDeque<Write>,
    behind: Option<Database>,
}

#[derive(Debug)]
struct Write {
    at: Timestamp,
    operation: String,
    body: String,
}

impl Replica {
    /// The replica of a database that began as the file `template`.
    pub(crate) fn new(template: PathBuf, clock: Arc<ManualClock>) -> Self {
        Self { template, clock, state: Arc::default() }
    }

    /// Records a write that took effect.
    pub(crate) fn written(&self, operation: &str, body: String) {
        if matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems") {
            let write = Write { at: self.clock.now(), operation: operation.to_owned(), body };
            self.state.lock().unwrap_or_else(PoisonError::into_inner).ahead.push_back(write);
        }
    }

    /// Answers a read from the table of one second ago.
    pub(crate) fn answer(&self, operation: &str, body: &str) -> Option<String> {
        let until = self.clock.now().minus(LAG);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let database = match state.behind.take() {
            Some(database) => database,
            None => Database::memory_like(&self.template, self.clock.clone()).ok()?,
        };
        while let Some(write) = state.ahead.pop_front_if(|write| write.at <= until) {
            database.execute(&write.operation, &write.body);
        }
        let (status, answer) = database.execute(operation, body);
        state.behind = Some(database);
        (status == 200).then_some(answer)
    }
}
