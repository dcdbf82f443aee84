//! A lead that WhatsApp should long have blocked or unblocked: the step goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::{LeadId, TenantId};
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, lead: LeadId) -> Result<(), ScheduleError> {
    let Some(step) = deps.store.tenant(tenant).block_step(lead).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Block { lead }, step);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
