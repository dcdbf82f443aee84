//! Follows the table's stream: brings events that wait together with the message they speak of, moves leads up in their
//! list when there is a newer message, writes their search tokens and further lists, has `jobs` fetch customers' files, send the
//! emails that are owed and read or submit templates, has the audit's chain hold new entries, adds to the figures, writes
//! what webhooks are to be told, and then tells browsers that are connected.
//!
//! A lost record loses no event, no file, no email and no entry, since the sweeper finds all four. A lead then keeps its place
//! until its next message, and its stage until the next answer or message, and browsers read the change within a minute.

mod counted;
mod sessions;
mod told;
mod webhooks;

use audit::Chains;
use aws_lambda_events::dynamodb::{Event, EventRecord};
use domain::ids::AuditId;
use domain::{ConversationId, LeadId, MessageId, Secret, TenantId, Wamid};
use push::Courier;
use queue::{Job, JobTask, Queue, QueueError, Run, TaskError};
use runtime::Clock;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::reliability::stream::{self, Change};
use store::{Store, StoreError};

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where the waiting events stand.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// Continues the audit's chains.
    pub chains: Chains,
    /// Delivers frames to browsers.
    pub courier: Courier,
    /// The queue of `jobs`.
    pub jobs: Queue,
    /// Signs the tickets by which browsers get files.
    pub token_key: Secret,
    /// The time at which frames are sent.
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
    /// This lead was sent a message, which may move it by itself.
    Answered(TenantId, LeadId, ConversationId, MessageId),
    /// The lists and search tokens of this lead are written.
    Index(TenantId, LeadId),
    /// A link holds this entry of the audit.
    Hold(TenantId, AuditId),
    /// This step of this job is done elsewhere.
    Do(JobTask),
}

/// Records of one shard of the stream, in its order. Lambda names the shard since the mapping has a tumbling window.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// The records.
    #[serde(flatten)]
    pub event: Event,
    /// The shard.
    #[serde(default = "only_shard")]
    pub shard_id: String,
}

/// The name of the shard where nothing names one: then there is only one.
fn only_shard() -> String {
    "only".to_owned()
}

impl From<Event> for Batch {
    fn from(event: Event) -> Self {
        Self { event, shard_id: only_shard() }
    }
}

/// Puts every event that waits for a message in these records into the inbound queue once more. Then it moves each lead
/// once, to its newest message of the batch, and continues the audit's chains, side by side. A chain that cannot be
/// continued is left to the sweeper and holds up nothing. After all that it tells browsers, which can fail without harm.
///
/// # Errors
/// [`ChangesError`]: the whole batch comes again.
pub async fn handle(deps: &Deps, batch: impl Into<Batch>) -> Result<(), ChangesError> {
    let batch = batch.into();
    let event = &batch.event;
    let mut entries = BTreeMap::<TenantId, Vec<AuditId>>::new();
    let mut jobs = Vec::new();
    let mut newest = BTreeMap::new();
    let mut indexed = BTreeSet::new();
    let mut answered = Vec::new();
    for task in event.records.iter().flat_map(|record| tasks(record).into_iter().map(move |task| (record, task))) {
        let (record, task) = task;
        match task {
            Task::Do(task) => jobs.push(task.outgoing()?),
            Task::Rerun(tenant, wamid) => {
                let waiting = deps.store.tenant(tenant).orphans(&wamid).await?;
                let again = waiting.iter().map(|orphan| queue::rerun(&orphan.event, Run::Again, &[&record.event_id]));
                deps.inbound.send(again.collect::<Result<_, _>>()?).await?;
            }
            Task::Raise(tenant, lead, message) => {
                let newest = newest.entry((tenant, lead)).or_insert(message);
                *newest = message.max(*newest);
            }
            Task::Answered(tenant, lead, conversation, sent) => {
                // Where several were sent, the first moves the lead, and the others find it moved.
                answered.push((tenant, lead, conversation, sent));
            }
            Task::Index(tenant, lead) => {
                indexed.insert((tenant, lead));
            }
            Task::Hold(tenant, id) => entries.entry(tenant).or_default().push(id),
        }
    }
    deps.jobs.send(jobs).await?;
    let raised =
        newest.into_iter().map(|((tenant, lead), message)| deps.store.tenant(tenant).raise_lead(lead, message));
    let raised = futures::future::join_all(raised);
    let now = deps.clock.now();
    for (tenant, lead, conversation, sent) in answered {
        deps.store.tenant(tenant).move_on_answer(lead, conversation, sent, now).await?;
    }
    let held = futures::future::join_all(entries.into_iter().map(|(tenant, ids)| deps.chains.hold(tenant, ids, now)));
    let (raised, held, counted, written) =
        futures::join!(raised, held, counted::count(deps, &batch), webhooks::write_deliveries(deps, &batch));
    for error in held.into_iter().filter_map(Result::err) {
        tracing::error!(%error, "entries of the audit wait for their link");
    }
    raised.into_iter().collect::<Result<(), _>>()?;
    let indexed = indexed.into_iter().map(|(tenant, lead)| deps.store.tenant(tenant).index_lead(lead));
    futures::future::try_join_all(indexed).await?;
    counted?;
    written?;
    told::tell(deps, event).await;
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

fn tasks(record: &EventRecord) -> Vec<Task> {
    match change(record) {
        Change::ConversationChanged { tenant, lead, newest, has_new_profile, answer } => {
            let raise = newest.map(|message| Task::Raise(tenant, lead, message));
            let answered = answer.map(|(conversation, sent)| Task::Answered(tenant, lead, conversation, sent));
            let index = has_new_profile.then_some(Task::Index(tenant, lead));
            raise.into_iter().chain(answered).chain(index).collect()
        }
        other => task(other).into_iter().collect(),
    }
}

fn task(change: Change) -> Option<Task> {
    match change {
        Change::MessageNamed(tenant, wamid) | Change::OrphanKept(tenant, wamid) => Some(Task::Rerun(tenant, wamid)),
        Change::LeadToIndex(tenant, lead) => Some(Task::Index(tenant, lead)),
        Change::DeliveryWanted(tenant, webhook, event) => {
            Some(Task::Do(JobTask::new(tenant, Job::Delivery { webhook, event }, 0)))
        }
        Change::EmailOwed(tenant, id) => Some(Task::Do(JobTask::new(tenant, Job::Email { id }, 0))),
        Change::AuditEventWritten(tenant, id) => Some(Task::Hold(tenant, id)),
        Change::MediaWanted(tenant, id, step) => Some(Task::Do(JobTask::new(tenant, Job::Media { id }, step))),
        Change::TemplateWorkWanted(tenant, id) => Some(Task::Do(JobTask::new(tenant, Job::TemplateWork { id }, 0))),
        Change::SetupWanted(tenant, channel, number) => {
            Some(Task::Do(JobTask::new(tenant, Job::NumberSetup { channel }, number)))
        }
        Change::TemplatePageWanted(tenant, channel, page) => {
            Some(Task::Do(JobTask::new(tenant, Job::TemplateSync { channel }, page)))
        }
        Change::BlockWanted(tenant, lead, step) => Some(Task::Do(JobTask::new(tenant, Job::Block { lead }, step))),
        Change::ErasureWanted(tenant, id, step) => Some(Task::Do(JobTask::new(tenant, Job::Erasure { id }, step))),
        Change::LongJobWanted(tenant, id, step) => Some(Task::Do(JobTask::new(tenant, Job::LongJob { id }, step))),
        Change::ResumeWanted(tenant, channel, step) => {
            Some(Task::Do(JobTask::new(tenant, Job::Resume { channel }, step)))
        }
        Change::ConversationChanged { .. }
        | Change::SendQueued(..)
        | Change::SignalWanted(..)
        | Change::CheckWanted(..)
        | Change::Other => None,
    }
}
