//! An event that a webhook should long have received: its next try goes into the queue again.

use crate::{Deps, ScheduleError};
use domain::TenantId;
use domain::ids::{WebhookEventId, WebhookId};
use queue::{Job, JobTask};

pub(crate) async fn drive(
    deps: &Deps,
    tenant: TenantId,
    webhook: WebhookId,
    event: WebhookEventId,
) -> Result<(), ScheduleError> {
    let Some(delivery) = deps.store.tenant(tenant).delivery(webhook, event).await? else { return Ok(()) };
    let task = JobTask::new(tenant, Job::Delivery { webhook, event }, delivery.tries);
    Ok(deps.jobs.send(vec![task.outgoing()?]).await?)
}
