//! Imports, exports and bulk changes that should long have gone on: the next step goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::TenantId;
use domain::crm::long_jobs::JobState;
use domain::ids::LongJobId;
use queue::{Job, JobTask};

/// Queues the next step of the job `id`.
pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: LongJobId) -> Result<(), ScheduleError> {
    let job = deps.store.tenant(tenant).long_job(id).await?;
    let Some(job) = job.filter(|job| job.state == JobState::Running) else { return Ok(()) };
    let task = JobTask::new(tenant, Job::LongJob { id }, job.step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
