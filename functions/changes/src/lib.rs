//! Follows the table's stream, and brings events that wait together with the message they speak of.
//!
//! It only hastens what the sweeper would find: a lost record loses nothing.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use domain::{TenantId, Wamid};
use queue::{Queue, QueueError, Run, TaskError};
use store::stream::{self, Change};
use store::{Store, StoreError};

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where the waiting events stand.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
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

/// Puts every event that waits for a message in these records into the inbound queue once more.
///
/// # Errors
/// [`ChangesError`]: the whole batch comes again.
pub async fn handle(deps: &Deps, event: Event) -> Result<(), ChangesError> {
    for record in &event.records {
        let Some((tenant, wamid)) = target(record) else { continue };
        let waiting = deps.store.orphans(tenant, &wamid).await?;
        let again = waiting.iter().map(|orphan| queue::rerun(&orphan.event, Run::Again, &[&record.event_id]));
        deps.inbound.send(again.collect::<Result<_, _>>()?).await?;
    }
    Ok(())
}

/// Whether a record is for this function: what the stream's filter says on AWS.
#[must_use]
pub fn follows(record: &EventRecord) -> bool {
    target(record).is_some()
}

fn target(record: &EventRecord) -> Option<(TenantId, Wamid)> {
    match stream::read(&record.change.keys, &record.change.old_image, &record.change.new_image) {
        Change::MessageNamed(tenant, wamid) | Change::OrphanKept(tenant, wamid) => Some((tenant, wamid)),
        Change::SendQueued(..) | Change::Other => None,
    }
}
