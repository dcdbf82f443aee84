//! Follows the table's stream: brings events that wait together with the message they speak of, and sends the letters
//! that are owed.
//!
//! It only hastens what the sweeper would find: a lost record loses nothing.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use domain::ids::LetterId;
use domain::{TenantId, Wamid};
use mail::Letters;
use queue::{Queue, QueueError, Run, TaskError};
use runtime::Clock;
use std::sync::Arc;
use store::stream::{self, Change};
use store::{Store, StoreError};

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where the waiting events stand.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// Sends letters.
    pub letters: Letters,
    /// The time at which they are sent.
    pub clock: Arc<dyn Clock>,
}

/// Why records could not be followed.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// The table did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queue did not take an event.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A waiting event cannot be read.
    #[error(transparent)]
    Task(#[from] TaskError),
}

/// What is to be done about a record.
enum Task {
    /// The events that wait for this message are brought back.
    Rerun(TenantId, Wamid),
    /// This letter is sent.
    Send(TenantId, LetterId),
}

/// Puts every event that waits for a message in these records into the inbound queue once more, and then sends the
/// letters, side by side: events do not wait for the mail service.
///
/// # Errors
/// [`ChangesError`]: the whole batch comes again.
pub async fn handle(deps: &Deps, event: Event) -> Result<(), ChangesError> {
    let mut letters = Vec::new();
    for record in &event.records {
        match task(record) {
            Some(Task::Rerun(tenant, wamid)) => {
                let waiting = deps.store.orphans(tenant, &wamid).await?;
                let again = waiting.iter().map(|orphan| queue::rerun(&orphan.event, Run::Again, &[&record.event_id]));
                deps.inbound.send(again.collect::<Result<_, _>>()?).await?;
            }
            Some(Task::Send(tenant, id)) => letters.push(deps.letters.drive(tenant, id, deps.clock.now())),
            None => {}
        }
    }
    let driven = futures::future::join_all(letters).await;
    Ok(driven.into_iter().collect::<Result<(), _>>()?)
}

/// Whether a record is for this function: what the stream's filter says on AWS.
#[must_use]
pub fn follows(record: &EventRecord) -> bool {
    task(record).is_some()
}

fn task(record: &EventRecord) -> Option<Task> {
    match stream::read(&record.change.keys, &record.change.old_image, &record.change.new_image) {
        Change::MessageNamed(tenant, wamid) | Change::OrphanKept(tenant, wamid) => Some(Task::Rerun(tenant, wamid)),
        Change::LetterOwed(tenant, id) => Some(Task::Send(tenant, id)),
        Change::SendQueued(..) | Change::Other => None,
    }
}
