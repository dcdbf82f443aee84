//! Follows the table's stream, and puts every new send into the outbound queue: the table is the outbox.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use queue::{OutboundTask, Outgoing, Queue, QueueError, TaskError};
use store::stream::{self, Change};

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// The queue of `outbound`.
    pub outbound: Queue,
}

/// Why records could not be relayed.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The queue did not take them.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A task could not be written.
    #[error(transparent)]
    Task(#[from] TaskError),
}

/// Relays the sends of a batch of stream records. All of them are in the queue when this is Ok.
///
/// # Errors
/// [`RelayError`]: the whole batch comes again; what was taken already is swallowed by the queue as a repetition,
/// or does nothing when it comes out, since a send is claimed once.
pub async fn handle(deps: &Deps, event: Event) -> Result<(), RelayError> {
    let tasks: Vec<OutboundTask> = event.records.iter().filter_map(task).collect();
    let messages =
        tasks.iter().map(|task| Ok(Outgoing { group: task.group(), dedup: task.dedup(), body: task.body()? }));
    let messages: Vec<_> = messages.collect::<Result<_, TaskError>>()?;
    deps.outbound.send(messages).await?;
    let ids: Vec<String> = tasks.iter().map(|task| task.send.to_string()).collect();
    tracing::info!(message.ids = ids.join(" "), "sends are in the queue");
    Ok(())
}

/// Whether a record is for this function: what the stream's filter says on AWS.
#[must_use]
pub fn follows(record: &EventRecord) -> bool {
    task(record).is_some()
}

fn task(record: &EventRecord) -> Option<OutboundTask> {
    match stream::read(&record.change.keys, &record.change.old_image, &record.change.new_image) {
        Change::SendQueued(tenant, home, send) => Some(OutboundTask::new(tenant, home, send, 0)),
        Change::MessageNamed(..)
        | Change::OrphanKept(..)
        | Change::HeadChanged { .. }
        | Change::LetterOwed(..)
        | Change::DeedWritten(..)
        | Change::Other => None,
    }
}
