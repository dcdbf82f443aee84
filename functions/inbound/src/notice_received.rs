//! WhatsApp tells something about the account, or something that has no place of its own yet: kept as it came. A call is
//! also told to its conversation, and an echo links the identities of its recipient.

use crate::Deps;
use crate::became::Became;
use crate::call_received;
use crate::echo_received;
use crate::error::ProcessError;
use crate::trace;
use domain::{MessageId, TenantId, digest};
use queue::{InboundTask, Run};
use store::notices::Notice;
use whatsapp::Event;

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Became, ProcessError> {
    let arrived = match task.run {
        Run::First => {
            let tenant = tenant(deps, &task.event).await?;
            let arrived = keep(deps, task, tenant).await?.at();
            echo_received::receive(deps, task, tenant, arrived).await?;
            arrived
        }
        Run::Again | Run::Last => task.arrived,
    };
    call_received::receive(deps, task, body, arrived).await?;
    Ok(Became::Kept)
}

async fn keep(deps: &Deps, task: &InboundTask<Event>, tenant: TenantId) -> Result<MessageId, ProcessError> {
    let key = task.event.dedup_key();
    let id = MessageId::from_parts(task.arrived, digest::bits80(&[&key]));
    let notice = Notice { id, field: task.event.field.clone(), raw: task.event.body.get().to_owned() };
    trace::names(tenant, id);
    Ok(deps.store.put_notice(tenant, &key, &notice).await?)
}

/// Whose notice it is: by the number it names, else by the account.
async fn tenant(deps: &Deps, event: &Event) -> Result<TenantId, ProcessError> {
    match deps.routes.of(&deps.store, event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => Ok(route.tenant),
        Err(ProcessError::UnknownNumber { number }) => {
            let account = event.waba.as_deref().unwrap_or_default();
            deps.store.account(account).await?.ok_or(ProcessError::UnknownNumber { number })
        }
        Err(error) => Err(error),
    }
}
