//! Campaigns whose time has come, or whose next step should long be taken: the step goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::{CampaignId, TenantId};
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: CampaignId) -> Result<(), ScheduleError> {
    let Some(run) = deps.store.tenant(tenant).campaign_run(id).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Campaign { id }, run.step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
