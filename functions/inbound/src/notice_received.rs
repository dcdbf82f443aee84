//! WhatsApp tells something about the account, or something that has no place of its own yet: kept as it came. A call is
//! also told to its conversation, and an echo is told to its own, and links the identities of its recipient. After a word
//! about templates, they are read anew. A word about the link of a number is written to its channel. The
//! address book of a linked phone becomes leads.

use crate::became::Ingested;
use crate::error::ProcessError;
use crate::{Deps, call_received, consent, echo_received, history_received, link_reported, templates_changed, trace};
use domain::{MessageId, TenantId, digest};
use queue::{InboundTask, Run};
use store::channels::notices::Notice;
use whatsapp::Event;

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Ingested, ProcessError> {
    let tenant = tenant(deps, &task.event).await?;
    let arrived = match task.run {
        Run::First => {
            let notice = keep(deps, task, tenant).await?;
            templates_changed::receive(deps, task, tenant, notice).await?;
            link_reported::receive(deps, task, tenant).await?;
            history_received::noticed(deps, task, tenant).await?;
            notice.at()
        }
        Run::Again | Run::Last => task.arrived,
    };
    echo_received::receive(deps, task, body, tenant, arrived).await?;
    call_received::receive(deps, task, body, arrived).await?;
    consent::chosen(deps, tenant, &task.event).await?;
    Ok(Ingested::New)
}

async fn keep(deps: &Deps, task: &InboundTask<Event>, tenant: TenantId) -> Result<MessageId, ProcessError> {
    let key = task.event.dedup_key();
    let id = MessageId::from_parts(task.arrived, digest::bits80(&[&key]));
    let notice = Notice { id, field: task.event.field.clone(), raw: task.event.body.get().to_owned() };
    trace::names(tenant, id);
    Ok(deps.store.tenant(tenant).put_notice(&key, &notice).await?)
}

/// Whose notice it is: by the number it names, else by the account.
async fn tenant(deps: &Deps, event: &Event) -> Result<TenantId, ProcessError> {
    match deps.routes.find(&deps.store, event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => Ok(route.tenant),
        Err(ProcessError::UnknownNumber { number }) => {
            let account = event.waba.as_deref().unwrap_or_default();
            deps.store.account(account).await?.ok_or(ProcessError::UnknownNumber { number })
        }
        Err(error) => Err(error),
    }
}
