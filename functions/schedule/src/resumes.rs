//! Held messages that should long be released, or a refused channel whose next probe is due: the step goes into the queue
//! again.

use crate::{Deps, ScheduleError};
use domain::{ChannelId, TenantId};
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, channel: ChannelId) -> Result<(), ScheduleError> {
    let Some(step) = deps.store.tenant(tenant).resume_step(channel).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Resume { channel }, step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
