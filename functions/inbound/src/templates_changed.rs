//! WhatsApp tells that a template was reviewed, paused, rated or changed: the account's templates are read anew. What the
//! webhook says is not taken over, since webhooks may overtake each other. One that comes again
//! begins nothing again.

use crate::Deps;
use crate::error::ProcessError;
use domain::{MessageId, TenantId};
use queue::InboundTask;
use whatsapp::Event;
use whatsapp::templates::is_about_templates;

pub(crate) async fn receive(
    deps: &Deps,
    task: &InboundTask<Event>,
    tenant: TenantId,
    notice: MessageId,
) -> Result<(), ProcessError> {
    if !is_about_templates(&task.event.field) {
        return Ok(());
    }
    let account = task.event.waba.as_deref().unwrap_or_default();
    match deps.store.account_route(account).await? {
        Some(route) if route.tenant == tenant => {
            Ok(deps.store.tenant(tenant).begin_template_sync(route.channel, Some(notice), deps.clock.now()).await?)
        }
        Some(_) | None => Ok(()),
    }
}
