//! What a message costs at the moment at which it is to go out.

use crate::Deps;
use crate::dispatch::DispatchError;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::plan::{Form, Occasion, Quote};
use domain::inbox::free_entries::FreeEntry;
use domain::inbox::outbound_messages::{OutboundMessage, POST_MARGIN};
use domain::{OutboundContent, TemplateId, TenantId, Timestamp};
use store::channels::channels::Channel;

/// What `send` costs now. WhatsApp charges a template by its category at this moment, which may have changed since.
pub(crate) async fn quote(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    channel: &Channel,
    window_until: Option<Timestamp>,
    free_entry: FreeEntry,
) -> Result<Quote, DispatchError> {
    let now = deps.clock.now();
    let occasion = Occasion {
        form: form(deps, tenant, send, channel).await?,
        recipient: send.to.recipient(),
        currency: channel.currency(),
        offset: channel.billing.offset(now),
        window_until,
        free_entry_until: free_entry.until,
        margin: POST_MARGIN,
        now,
    };
    Ok(occasion.quote(RateCards::current()))
}

async fn form(deps: &Deps, tenant: TenantId, send: &OutboundMessage, channel: &Channel) -> Result<Form, DispatchError> {
    let form = send.content.form();
    // Nothing is compared with the price of a message that has none.
    let (OutboundContent::Template(message), Some(_)) = (&send.content, send.price) else { return Ok(form) };
    let id = TemplateId::for_name(&channel.waba, &message.name, &message.language);
    let template = deps.store.tenant(tenant).template(id).await?;
    Ok(template.map_or(form, |template| Form::Template(template.category.priced())))
}
