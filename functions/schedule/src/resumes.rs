//! Held messages that should long be released, or a refused channel whose next probe is due: the step goes into the queue
//! again. The same holds for messages that a budget holds, once its period has turned or it was changed.

use crate::{Deps, ScheduleError};
use domain::ids::BudgetId;
use domain::{ChannelId, TenantId};
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, channel: ChannelId) -> Result<(), ScheduleError> {
    let Some(step) = deps.store.tenant(tenant).resume_step(channel).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Resume { channel }, step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}

pub(crate) async fn budget(deps: &Deps, tenant: TenantId, id: BudgetId) -> Result<(), ScheduleError> {
    let task = JobTask::new(tenant, Job::Budget { id }, 0);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
