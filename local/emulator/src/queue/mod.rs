//! SQS, FIFO and standard: a queue service on SQLite that speaks the JSON protocol of the SDK and keeps AWS's rules.
//!
//! Kept: order within a message group, a group's silence while one of its messages is in flight, deduplication for five
//! minutes, visibility timeouts and retention on the injected clock, receive counts, dead-letter queues and the move
//! back. A standard queue gives every message a group of its own, so that none waits for another; the tenant's group, by
//! which AWS shares such a queue fairly, is carried along and changes nothing here. Left out: message attributes, `ReceiveRequestAttemptId`, permissions and tags, the limit of
//! 20,000 messages in flight, and deleting a queue.

mod admin;
mod attributes;
mod batch;
mod error;
mod groups;
mod ids;
mod protocol;
mod receipt;
mod receive;
mod redrive;
mod send;

pub(crate) use admin::arn;
pub use error::QueueError;
pub(crate) use receive::Message;

use crate::sqlite;
use attributes::Attributes;
use domain::Timestamp;
use receive::Receive;
use runtime::Clock;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const SCHEMA: &str = include_str!("schema.sql");

/// The queue service. Clones share the queues.
#[derive(Clone, Debug)]
pub struct Queues {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    queues: BTreeMap<String, Queue>,
}

/// One queue. Clones share the signal.
#[derive(Clone, Debug)]
struct Queue {
    id: i64,
    name: String,
    created: Timestamp,
    attributes: Attributes,
    changed: Arc<watch::Sender<u64>>,
}

impl Queue {
    fn signal(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl Queues {
    /// Opens or creates the queues in the file at `path`. What is in flight stays in flight.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, QueueError> {
        Self::new(sqlite::open(path, SCHEMA)?, clock)
    }

    /// A queue service in memory, without queues.
    ///
    /// # Errors
    /// When SQLite fails to start.
    pub fn memory(clock: Arc<dyn Clock>) -> Result<Self, QueueError> {
        Self::new(sqlite::memory(SCHEMA)?, clock)
    }

    /// A queue service in memory that begins with what the file at `path` holds.
    ///
    /// # Errors
    /// When SQLite fails to start or the file cannot be read.
    pub fn memory_like(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, QueueError> {
        Self::new(sqlite::copy(path, SCHEMA)?, clock)
    }

    fn new(connection: Connection, clock: Arc<dyn Clock>) -> Result<Self, QueueError> {
        let queues = admin::load(&connection)?;
        Ok(Self { shared: Arc::new(Shared { clock, state: Mutex::new(State { connection, queues }) }) })
    }

    /// Makes everything that is in flight visible at once, and says how many messages that was. Their receipt handles
    /// are good no more.
    ///
    /// AWS has no such call: there a worker may outlive whatever else dies, so its messages stay invisible until
    /// their time is over. For a process that holds queues and workers together, what is in flight when it opens them
    /// was taken by a process that is gone, and nobody will ever come back with the handle.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn release_in_flight(&self) -> Result<usize, QueueError> {
        let queues: Vec<Queue> = self.lock().queues.values().cloned().collect();
        let released = self.write(|db, now| Ok(receipt::release_all(db, now)?))?;
        queues.iter().for_each(Queue::signal);
        Ok(released)
    }

    /// Signals whenever the queue called `name` may have something new to deliver.
    ///
    /// # Errors
    /// When there is no such queue.
    pub fn changed(&self, name: &str) -> Result<watch::Receiver<u64>, QueueError> {
        Ok(self.queue(name)?.changed.subscribe())
    }

    /// The earliest time, perhaps past, at which the queue called `name` can deliver something; none when it is empty.
    ///
    /// # Errors
    /// When there is no such queue or SQLite fails.
    pub fn next_visible_at(&self, name: &str) -> Result<Option<Timestamp>, QueueError> {
        let queue = self.queue(name)?;
        Ok(groups::next_ready(&self.lock().connection, queue.id)?)
    }

    /// Receives up to `limit` messages under the queue's own visibility timeout.
    pub(crate) fn receive(&self, name: &str, limit: usize) -> Result<Vec<Message>, QueueError> {
        let queue = self.queue(name)?;
        let visibility = queue.attributes.visibility_timeout();
        self.receive_for(&queue, limit, visibility)
    }

    /// Deletes messages by their receipt handles and answers one result for each.
    pub(crate) fn delete(&self, name: &str, handles: &[String]) -> Result<Vec<Result<(), QueueError>>, QueueError> {
        let queue = self.queue(name)?;
        let results = self.write(|db, now| {
            handles.iter().map(|handle| refusal_or_failure(receipt::delete(db, &queue, handle, now))).collect()
        })?;
        queue.signal();
        Ok(results)
    }

    /// The present, on the clock that visibility follows.
    pub(crate) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    fn receive_for(&self, queue: &Queue, limit: usize, visibility: Duration) -> Result<Vec<Message>, QueueError> {
        let dead_letters = self.dead_letters(queue);
        let received = self
            .write(|db, now| receive::receive(db, queue, dead_letters.as_ref(), Receive { limit, visibility, now }))?;
        if let Some(target) = dead_letters.filter(|_| received.redriven > 0) {
            target.signal();
        }
        Ok(received.messages)
    }

    fn dead_letters(&self, queue: &Queue) -> Option<Queue> {
        let policy = queue.attributes.redrive()?;
        self.lock().queues.get(admin::name_in_arn(&policy.target_arn)).cloned()
    }

    fn queue(&self, name: &str) -> Result<Queue, QueueError> {
        self.lock().queues.get(name).cloned().ok_or(QueueError::QueueDoesNotExist)
    }

    /// Does `work` in one transaction, which an error undoes.
    fn write<T>(&self, work: impl FnOnce(&Connection, Timestamp) -> Result<T, QueueError>) -> Result<T, QueueError> {
        let mut state = self.lock();
        let transaction = state.connection.transaction()?;
        let done = work(&transaction, self.now())?;
        transaction.commit()?;
        Ok(done)
    }

    /// A panic elsewhere has undone its transaction, so the state behind the lock is still good.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets a refusal of one message, which concerns it alone, apart from a failure, which undoes the whole transaction.
fn refusal_or_failure<T>(result: Result<T, QueueError>) -> Result<Result<T, QueueError>, QueueError> {
    match result {
        Err(error) if !error.is_senders_fault() => Err(error),
        done_or_refused => Ok(done_or_refused),
    }
}
