//! Templates that should long be submitted, deleted or read, and numbers that Meta should long have changed: the next step
//! goes into the queue again. A day after an
//! account's templates were read, they are read anew.

use crate::{Deps, ScheduleError};
use domain::{ChannelId, TemplateId, TenantId};
use queue::{Job, JobTask};
use store::outreach::template_syncs::SyncState;

/// A template that is to be submitted or deleted.
pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: TemplateId) -> Result<(), ScheduleError> {
    let Some(work) = deps.store.tenant(tenant).template_work(id).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::TemplateWork { id }, work.tries);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}

/// An account whose templates are to be read, or read further.
pub(crate) async fn sync(deps: &Deps, tenant: TenantId, channel: ChannelId) -> Result<(), ScheduleError> {
    let Some(sync) = deps.store.tenant(tenant).template_sync(channel).await? else { return Ok(()) };
    match sync.state {
        SyncState::Running => {
            let task = JobTask::new(tenant, Job::TemplateSync { channel }, sync.page);
            Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
        }
        // The stream queues its first page.
        SyncState::Done | SyncState::Failed => {
            Ok(deps.store.tenant(tenant).begin_template_sync(channel, None, deps.clock.now()).await?)
        }
    }
}

/// A number that Meta is to change, or is asked about.
pub(crate) async fn setup(deps: &Deps, tenant: TenantId, channel: ChannelId) -> Result<(), ScheduleError> {
    let state = deps.store.tenant(tenant).number_setup(channel).await?;
    if state.wanted.is_none() {
        return Ok(());
    }
    let task = JobTask::new(tenant, Job::NumberSetup { channel }, state.number);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
