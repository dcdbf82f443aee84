//! Follows the table's stream, and puts every message that is queued, every signal to a customer and every check of a number into the
//! outbound queue: the table is the outbox.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use queue::{CheckTask, OutboundTask, OutboundWork, Outgoing, Queue, QueueError, SignalTask, TaskError};
use store::reliability::stream::{self, Change};

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

/// Relays the messages of a batch of stream records. All of them are in the queue when this is Ok.
///
/// # Errors
/// [`RelayError`]: the whole batch comes again; what was taken already is swallowed by the queue as a repetition,
/// or does nothing when it comes out, since a message is claimed once.
pub async fn handle(deps: &Deps, event: Event) -> Result<(), RelayError> {
    let work: Vec<OutboundWork> = event.records.iter().filter_map(task).collect();
    let messages: Vec<_> = work.iter().map(outgoing).collect::<Result<_, TaskError>>()?;
    deps.outbound.send(messages).await?;
    let sends = work.iter().filter_map(|work| match work {
        OutboundWork::Send(task) => Some(task.send.to_string()),
        OutboundWork::Signal(_) | OutboundWork::Check(_) => None,
    });
    let ids: Vec<String> = sends.collect();
    tracing::info!(message.ids = ids.join(" "), "sends are in the queue");
    Ok(())
}

fn outgoing(work: &OutboundWork) -> Result<Outgoing, TaskError> {
    match work {
        OutboundWork::Send(task) => Ok(Outgoing { group: task.group(), dedup: task.dedup(), body: task.body()? }),
        OutboundWork::Signal(task) => task.outgoing(),
        OutboundWork::Check(task) => task.outgoing(),
    }
}

/// Whether a record is for this function: what the stream's filter says on AWS.
#[must_use]
pub fn follows(record: &EventRecord) -> bool {
    task(record).is_some()
}

fn task(record: &EventRecord) -> Option<OutboundWork> {
    match stream::read(&record.change.keys, &record.change.old_image, &record.change.new_image) {
        Change::SendQueued(tenant, history, send, redriven) => {
            Some(OutboundWork::Send(OutboundTask::new(tenant, history, send, redriven)))
        }
        Change::SignalWanted(tenant, conversation, wish) => {
            Some(OutboundWork::Signal(SignalTask::new(tenant, conversation, wish, None)))
        }
        Change::CheckWanted(tenant, channel, wish) => Some(OutboundWork::Check(CheckTask::new(tenant, channel, wish))),
        Change::MessageNamed(..)
        | Change::OrphanKept(..)
        | Change::ConversationChanged { .. }
        | Change::LeadToIndex(..)
        | Change::EmailOwed(..)
        | Change::DeliveryWanted(..)
        | Change::AuditEventWritten(..)
        | Change::MediaWanted(..)
        | Change::SetupWanted(..)
        | Change::TemplateWorkWanted(..)
        | Change::TemplatePageWanted(..)
        | Change::ResumeWanted(..)
        | Change::LongJobWanted(..)
        | Change::BlockWanted(..)
        | Change::ErasureWanted(..)
        | Change::Other => None,
    }
}
