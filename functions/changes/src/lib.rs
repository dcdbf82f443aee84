//! Follows the table's stream: brings events that wait together with the message they speak of, moves leads up in their
//! list when there is a newer message, sends the letters that are owed, has the audit's chain hold new entries, and then
//! tells browsers that are connected.
//!
//! A lost record loses no event, no letter and no entry, since the sweeper finds all three. A lead then keeps its place
//! until its next message, and browsers read the change within a minute.

mod told;

use audit::Chains;
use aws_lambda_events::dynamodb::{Event, EventRecord};
use domain::ids::{AuditId, LetterId};
use domain::{LeadId, MessageId, TenantId, Wamid};
use mail::Letters;
use push::Courier;
use queue::{Queue, QueueError, Run, TaskError};
use runtime::Clock;
use std::collections::BTreeMap;
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
    /// Continues the audit's chains.
    pub chains: Chains,
    /// Delivers frames to browsers.
    pub courier: Courier,
    /// The time at which letters and frames are sent.
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
    /// This lead has a newer message.
    Raise(TenantId, LeadId, MessageId),
    /// This letter is sent.
    Send(TenantId, LetterId),
    /// A link holds this entry of the audit.
    Hold(TenantId, AuditId),
}

/// Puts every event that waits for a message in these records into the inbound queue once more. Then it moves each lead
/// once, to its newest message of the batch, sends the letters and continues the audit's chains, side by side: events do not
/// wait for the mail service. A chain that cannot be continued is left to the sweeper and holds up nothing. After all that
/// it tells browsers, which can fail without harm.
///
/// # Errors
/// [`ChangesError`]: the whole batch comes again.
pub async fn handle(deps: &Deps, event: Event) -> Result<(), ChangesError> {
    let (mut letters, mut entries) = (Vec::new(), BTreeMap::<TenantId, Vec<AuditId>>::new());
    let mut newest = BTreeMap::new();
    for record in &event.records {
        match task(record) {
            Some(Task::Rerun(tenant, wamid)) => {
                let waiting = deps.store.orphans(tenant, &wamid).await?;
                let again = waiting.iter().map(|orphan| queue::rerun(&orphan.event, Run::Again, &[&record.event_id]));
                deps.inbound.send(again.collect::<Result<_, _>>()?).await?;
            }
            Some(Task::Raise(tenant, lead, message)) => {
                let newest = newest.entry((tenant, lead)).or_insert(message);
                *newest = message.max(*newest);
            }
            Some(Task::Hold(tenant, id)) => entries.entry(tenant).or_default().push(id),
            Some(Task::Send(tenant, id)) => letters.push(deps.letters.drive(tenant, id, deps.clock.now())),
            None => {}
        }
    }
    let raised = newest.into_iter().map(|((tenant, lead), message)| deps.store.raise_lead(tenant, lead, message));
    let raised = futures::future::join_all(raised);
    let letters = futures::future::join_all(letters);
    let now = deps.clock.now();
    let held = futures::future::join_all(entries.into_iter().map(|(tenant, ids)| deps.chains.hold(tenant, ids, now)));
    let (raised, driven, held) = futures::join!(raised, letters, held);
    for error in held.into_iter().filter_map(Result::err) {
        tracing::error!(%error, "entries of the audit wait for their link");
    }
    raised.into_iter().collect::<Result<(), _>>()?;
    driven.into_iter().collect::<Result<(), _>>()?;
    told::tell(deps, &event).await;
    Ok(())
}

/// Whether a record is for this function: what the stream's filter says on AWS.
#[must_use]
pub fn follows(record: &EventRecord) -> bool {
    stream::is_followed(&record.change.old_image, &record.change.new_image)
}

fn change(record: &EventRecord) -> Change {
    stream::read(&record.change.keys, &record.change.old_image, &record.change.new_image)
}

fn task(record: &EventRecord) -> Option<Task> {
    match change(record) {
        Change::MessageNamed(tenant, wamid) | Change::OrphanKept(tenant, wamid) => Some(Task::Rerun(tenant, wamid)),
        Change::HeadChanged { tenant, lead, newest } => newest.map(|message| Task::Raise(tenant, lead, message)),
        Change::LetterOwed(tenant, id) => Some(Task::Send(tenant, id)),
        Change::DeedWritten(tenant, id) => Some(Task::Hold(tenant, id)),
        Change::SendQueued(..) | Change::SignalWanted(..) | Change::Other => None,
    }
}
