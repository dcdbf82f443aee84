//! An erasure whose step should long be taken: the step goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::TenantId;
use domain::ids::ErasureId;
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: ErasureId) -> Result<(), ScheduleError> {
    let Some(step) = deps.store.tenant(tenant).erasure_step(id).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Erasure { id }, step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
