//! An email that should long be sent: its next try goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::TenantId;
use domain::ids::EmailId;
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: EmailId) -> Result<(), ScheduleError> {
    let Some(email) = deps.store.tenant(tenant).email(id).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Email { id }, email.tries);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
