//! Every minute: whatever is due in the table is driven on, however it came to lie there. Every business gets its turn,
//! until nothing is due or the time is used.

mod blocks;
mod conversations;
mod deliveries;
mod emails;
mod erasures;
mod long_jobs;
mod media;
mod orphans;
mod resumes;
mod sends;
mod signals;
mod templates;

use audit::{ChainError, Chains};
use domain::ids::AuditId;
use domain::{TenantId, Timestamp};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use queue::{Queue, QueueError, TaskError};
use runtime::Clock;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use store::reliability::due::{Due, Found};
use store::{Store, StoreError};

/// How much of each kind and business is taken from each list in one turn.
const A_TURN: usize = 50;

/// How much is driven side by side.
const AT_ONCE: usize = 32;

/// How long a run goes on: ten seconds less than the function has, which is more than anything here takes.
const RUN: Duration = Duration::from_secs(40);

/// What is due for longer than this is counted, and an alarm says so: ten minutes after an entry of the audit was
/// written, which is first due after one.
const OVERDUE: Duration = Duration::from_secs(540);

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where the due work stands.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// The queue of `outbound`.
    pub outbound: Queue,
    /// The queue of `jobs`.
    pub jobs: Queue,
    /// Continues the audit's chains.
    pub chains: Chains,
    /// The time by which things are due.
    pub clock: Arc<dyn Clock>,
}

/// Why due work could not be driven on.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The table did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue did not take a task.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A task cannot be read or written.
    #[error(transparent)]
    Task(#[from] TaskError),
    /// A chain of the audit cannot be continued.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// Drives on what is due, and tells how many things that were. One that fails is left for the next run and hinders no
/// other.
///
/// # Errors
/// [`ScheduleError`] if the due work cannot be listed.
pub fn handle(deps: &Deps) -> BoxFuture<'_, Result<usize, ScheduleError>> {
    // Boxed for the same reason as what it drives.
    run(deps).boxed()
}

async fn run(deps: &Deps) -> Result<usize, ScheduleError> {
    let end = deps.clock.now().plus(RUN);
    let mut driven = BTreeSet::new();
    loop {
        let now = deps.clock.now();
        let mut due = deps.store.due(now, A_TURN).await?;
        if driven.is_empty() {
            report(&due, now);
        }
        // The index may show a moment longer what was driven on.
        due.retain(|found| driven.insert(found.work.clone()));
        if due.is_empty() || now >= end {
            break;
        }
        drive(deps, due, end).await;
    }
    tracing::info!(schedule.due = driven.len(), "drove the due work");
    Ok(driven.len())
}

/// Counts what should have been driven on long ago.
fn report(due: &[Found], now: Timestamp) {
    let overdue = due.iter().filter(|found| now.since(found.since) > OVERDUE);
    let mut count = 0;
    let mut entries = 0;
    for found in overdue {
        count += 1;
        entries += usize::from(matches!(found.work, Due::Entry(..)));
    }
    if count > 0 {
        tracing::error!(metric.overdue = count, overdue.audit = entries, "work is due for ten minutes");
    }
}

/// Drives all of this side by side, of each business in turn. What has not begun at `end` is left.
async fn drive(deps: &Deps, due: Vec<Found>, end: Timestamp) {
    let mut others = Vec::new();
    let mut entries = BTreeMap::<TenantId, Vec<AuditId>>::new();
    for Found { work, .. } in due {
        match work {
            Due::Entry(tenant, id) => entries.entry(tenant).or_default().push(id),
            Due::Email(..)
            | Due::Send(..)
            | Due::Orphans(..)
            | Due::Tally(..)
            | Due::Media(..)
            | Due::Block(..)
            | Due::Erasure(..)
            | Due::Snooze(..)
            | Due::Signal(..)
            | Due::Resume(..)
            | Due::Budget(..)
            | Due::Setup(..)
            | Due::TemplateWork(..)
            | Due::TemplateSync(..)
            | Due::LongJob(..)
            | Due::Reindex(..)
            | Due::Reminder(..)
            | Due::Delivery(..) => {
                others.push(one(deps, work, end));
            }
        }
    }
    others.extend(entries.into_iter().map(|(tenant, ids)| chained(deps, tenant, ids, end)));
    futures::stream::iter(others).buffer_unordered(AT_ONCE).collect::<()>().await;
}

/// Boxed, because many are driven side by side, and their types are too deep for the compiler to see through.
fn one(deps: &Deps, work: Due, end: Timestamp) -> BoxFuture<'_, ()> {
    async move {
        if deps.clock.now() < end {
            tell(driven(deps, work).await);
        }
    }
    .boxed()
}

fn chained(deps: &Deps, tenant: TenantId, ids: Vec<AuditId>, end: Timestamp) -> BoxFuture<'_, ()> {
    async move {
        if deps.clock.now() < end {
            tell(deps.chains.hold(tenant, ids, deps.clock.now()).await.map_err(ScheduleError::from));
        }
    }
    .boxed()
}

async fn driven(deps: &Deps, work: Due) -> Result<(), ScheduleError> {
    let now = deps.clock.now();
    match work {
        Due::Send(tenant, history, id) => sends::drive(deps, tenant, history, id).await,
        Due::Orphans(tenant, target) => orphans::drive(deps, tenant, &target).await,
        Due::Email(tenant, id) => emails::drive(deps, tenant, id).await,
        Due::Entry(tenant, id) => Ok(deps.chains.hold(tenant, vec![id], now).await?),
        Due::Block(tenant, lead) => blocks::drive(deps, tenant, lead).await,
        Due::Erasure(tenant, id) => erasures::drive(deps, tenant, id).await,
        Due::Media(tenant, id) => media::drive(deps, tenant, id).await,
        Due::Snooze(tenant, id) => conversations::wake(deps, tenant, id).await,
        Due::Signal(tenant, id) => signals::drive(deps, tenant, id).await,
        Due::Resume(tenant, channel) => resumes::drive(deps, tenant, channel).await,
        Due::Budget(tenant, id) => resumes::budget(deps, tenant, id).await,
        Due::Setup(tenant, channel) => templates::setup(deps, tenant, channel).await,
        Due::TemplateWork(tenant, id) => templates::drive(deps, tenant, id).await,
        Due::TemplateSync(tenant, channel) => templates::sync(deps, tenant, channel).await,
        Due::LongJob(tenant, id) => long_jobs::drive(deps, tenant, id).await,
        Due::Reindex(tenant, lead) => Ok(deps.store.tenant(tenant).index_lead(lead).await?),
        Due::Reminder(tenant, lead, id) => Ok(deps.store.tenant(tenant).give_reminder(lead, id, now).await?),
        Due::Delivery(tenant, webhook, event) => deliveries::drive(deps, tenant, webhook, event).await,
        Due::Tally(tenant, name) => Ok(deps.store.tenant(tenant).end_tally(&name, now).await?),
    }
}

fn tell(driven: Result<(), ScheduleError>) {
    if let Err(error) = driven {
        tracing::error!(%error, "due work has to wait for the next run");
    }
}
