//! A customer's file that should long be fetched: its next step goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::inbox::media::MediaState;
use domain::{MediaId, TenantId};
use queue::{Job, JobTask};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: MediaId) -> Result<(), ScheduleError> {
    let media = deps.store.tenant(tenant).media(id, deps.clock.now()).await?;
    let Some(media) = media.filter(|media| media.state == MediaState::Pending) else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Media { id }, media.tries);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
