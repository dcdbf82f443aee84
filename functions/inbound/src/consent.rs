//! A customer opts out of messages, or in again: by a word, by WhatsApp's own setting, or as WhatsApp says when it refuses
//! a marketing message.

use crate::Deps;
use crate::error::ProcessError;
use domain::identities::Recognised;
use domain::inbox::consents::{ConsentChange, ConsentKind, ConsentSource, OptWord};
use domain::inbox::statuses::{Status, StatusUpdate};
use domain::{Content, ConversationId, LeadId, TenantId, Timestamp};
use whatsapp::Event;
use whatsapp::preferences::marketing_preferences;

/// Cloud API, error codes: the user has stopped marketing messages of the business.
const STOPPED: i64 = 131_050;

/// Writes down what a message says about consent. May be repeated.
pub(crate) async fn said(
    deps: &Deps,
    tenant: TenantId,
    lead: LeadId,
    content: &Content,
    at: Timestamp,
) -> Result<(), ProcessError> {
    let Some(word) = OptWord::read(content) else { return Ok(()) };
    let store = deps.store.tenant(tenant);
    let lead = store.current_lead(lead).await?.map_or(lead, |lead| lead.id);
    store.change_consent(lead, &word.changes(at)).await?;
    tracing::info!(lead.id = %lead, stops = word == OptWord::Stop, "a customer changed their consent");
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
