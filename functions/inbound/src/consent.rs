//! A customer opts out of messages, or in again: by a word, by WhatsApp's own setting, or as WhatsApp says when it refuses
//! a marketing message.

use crate::Deps;
use crate::error::ProcessError;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::plan::{Occasion, Price};
use domain::identities::Recognised;
use domain::inbox::consents::{ConsentChange, ConsentKind, ConsentSource, OptWord};
use domain::inbox::conversations::{LastMessage, WINDOW_MARGIN};
use domain::inbox::outbound_messages::{Address, LIFETIME, OutboundMessage, SendState};
use domain::inbox::statuses::{Delivery, Status, StatusUpdate};
use domain::{Actor, Content, ConversationId, LeadId, MessageId, OutboundContent, TenantId, Timestamp, digest};
use std::time::Duration;
use whatsapp::Event;
use whatsapp::preferences::marketing_preferences;

/// Cloud API, error codes: the user has stopped marketing messages of the business.
const STOPPED: i64 = 131_050;

/// Writes down what a message says about consent. May be repeated.
pub(crate) async fn said(
    deps: &Deps,
    tenant: TenantId,
    lead: LeadId,
    conversation: ConversationId,
    id: MessageId,
    content: &Content,
) -> Result<(), ProcessError> {
    let Some(word) = OptWord::read(content) else { return Ok(()) };
    let store = deps.store.tenant(tenant);
    let lead = store.current_lead(lead).await?.map_or(lead, |lead| lead.id);
    let consents = store.change_consent(lead, &word.changes(id.at())).await?;
    tracing::info!(lead.id = %lead, stops = word == OptWord::Stop, "a customer changed their consent");
    if word == OptWord::Stop && consents.first_stopped(id.at()) {
        confirm(deps, tenant, conversation, id).await?;
    }
    Ok(())
}

/// Confirms to the customer that they have opted out, if the business wants that: once for each message that says so,
/// because its repetition makes the same message of ours.
async fn confirm(
    deps: &Deps,
    tenant: TenantId,
    conversation: ConversationId,
    stop: MessageId,
) -> Result<(), ProcessError> {
    let store = deps.store.tenant(tenant);
    let Some(text) = store.tenant().await?.and_then(|tenant| tenant.stop_confirmation) else { return Ok(()) };
    let Some(channel) = store.channel(conversation.channel).await? else { return Ok(()) };
    let Some(conversation) = store.conversation(conversation).await? else { return Ok(()) };
    let Some(lead) = store.lead(conversation.lead).await? else { return Ok(()) };
    let now = deps.clock.now();
    let to = match (lead.phone, lead.bsuid.clone()) {
        (Some(phone), _) => Address::Phone(phone),
        (None, Some(bsuid)) => Address::Bsuid(bsuid),
        (None, None) => return Ok(()),
    };
    let Ok(content) = OutboundContent::text(text.as_str()) else { return Ok(()) };
    let occasion = Occasion {
        form: content.form(),
        recipient: to.recipient(),
        currency: channel.currency(),
        offset: channel.billing.offset(now),
        window_until: conversation.window_until(),
        free_entry_until: None,
        margin: WINDOW_MARGIN,
        now,
    };
    let price = occasion.agree(RateCards::current());
    // Nobody is there to agree to a price that no card has, and after the window nothing would go out.
    if matches!(price.quote.price, Price::Unknown(_)) || !conversation.accepts_replies(now) {
        return Ok(());
    }
    let at = stop.moment().plus(Duration::from_millis(1));
    let send = OutboundMessage {
        id: MessageId::at_moment(at, digest::bits80(&["opt-out confirmed", &stop.ulid_str()])),
        conversation: conversation.id,
        to,
        bsuid: lead.bsuid,
        content,
        reply_to: None,
        part_of: None,
        retry_of: None,
        unless_written_since: None,
        confirms_opt_out: true,
        after: None,
        price: Some(price),
        fallback: None,
        booking: None,
        state: SendState::Queued { not_before: None, refusal: None, is_probe: false },
        tries: 0,
        redriven: 0,
        queued: at,
        expires: at.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    };
    let shown = LastMessage::from_send(&send);
    store.accept_send(conversation, send, &shown, Actor::Nobody).await?;
    Ok(())
}

/// Writes down what a notice says about customers' settings.
pub(crate) async fn chosen(deps: &Deps, tenant: TenantId, event: &Event) -> Result<(), ProcessError> {
    let store = deps.store.tenant(tenant);
    for preference in marketing_preferences(event) {
        if let Recognised::As { lead, .. } = store.recognise(&preference.customer, None).await? {
            let lead = store.current_lead(lead).await?.map_or(lead, |lead| lead.id);
            store.change_consent(lead, &[marketing(preference.allowed, preference.at)]).await?;
        }
    }
    Ok(())
}

/// Writes down that WhatsApp refused a marketing message because the customer has stopped them.
pub(crate) async fn refused(
    deps: &Deps,
    tenant: TenantId,
    conversation: ConversationId,
    told: &StatusUpdate,
) -> Result<(), ProcessError> {
    let stopped = told.status == Status::Failed && told.errors.iter().any(|error| error.code == STOPPED);
    if !stopped {
        return Ok(());
    }
    let store = deps.store.tenant(tenant);
    if let Some(conversation) = store.conversation(conversation).await? {
        store.change_consent(conversation.lead, &[marketing(false, told.at)]).await?;
    }
    Ok(())
}

fn marketing(allowed: bool, at: Timestamp) -> ConsentChange {
    let source = ConsentSource::Whatsapp;
    ConsentChange { kind: ConsentKind::Marketing, allowed, at, source, by: None, note: None }
}
