//! Every minute: whatever is due in the table is driven on, however it came to lie there.

mod conversations;
mod orphans;
mod sends;
mod signals;

use mail::Letters;
use queue::{Queue, QueueError, TaskError};
use runtime::Clock;
use std::sync::Arc;
use store::due::Due;
use store::{Store, StoreError};

/// How much of each shard is taken in one run; what is left is due at the next.
const PER_SHARD: usize = 100;

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where the due work stands.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// The queue of `outbound`.
    pub outbound: Queue,
    /// Sends letters.
    pub letters: Letters,
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
}

/// Drives on what is due, and tells how many things that were. One that fails is left for the next run and
/// hinders no other; letters come last and side by side, so that nothing waits for the mail service.
///
/// # Errors
/// [`ScheduleError`] if the due work cannot be listed.
pub async fn handle(deps: &Deps) -> Result<usize, ScheduleError> {
    let now = deps.clock.now();
    let due = deps.store.due(now, PER_SHARD).await?;
    let all = due.len();
    let mut letters = Vec::new();
    for work in due {
        match &work {
            Due::Send(tenant, home, id) => tell(sends::drive(deps, *tenant, *home, *id).await),
            Due::Orphan(tenant, target, digest) => tell(orphans::drive(deps, *tenant, target, digest).await),
            Due::Snooze(tenant, id) => tell(conversations::wake(deps, *tenant, *id).await),
            Due::Signal(tenant, id) => tell(signals::drive(deps, *tenant, *id).await),
            Due::Letter(tenant, id) => letters.push(deps.letters.drive(*tenant, *id, now)),
        }
    }
    futures::future::join_all(letters).await.into_iter().for_each(|driven| tell(driven.map_err(ScheduleError::from)));
    tracing::info!(schedule.due = all, "drove the due work");
    Ok(all)
}

fn tell(driven: Result<(), ScheduleError>) {
    if let Err(error) = driven {
        tracing::error!(%error, "due work has to wait for the next run");
    }
}
