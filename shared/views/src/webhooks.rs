//! What webhooks are told: an envelope with the event, and what its subject says when it is sent, as the API says it to a
//! program that sees everything.

use crate::At;
use crate::gather::{Gathered, MOST_COUNTED, unread};
use crate::leads::{LeadNames, LeadView};
use crate::media::{Files, Links};
use crate::messages::MessageView;
use domain::access::webhooks::{EventType, WebhookEvent};
use domain::ids::WebhookEventId;
use domain::inbox::conversations::Conversation;
use domain::inbox::media::MediaTicket;
use domain::{Actor, ConversationId, HistoryId, LeadId, MessageId, TenantId, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Store, StoreError};

/// The body of a delivery.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct EventView {
    id: WebhookEventId,
    #[serde(rename = "type")]
    event_type: EventType,
    timestamp: At,
    data: Value,
}

/// The body of a delivery of `event` with this `data`.
#[must_use]
pub fn body(event: &WebhookEvent, data: Value) -> String {
    let view = EventView { id: event.id, event_type: event.event_type, timestamp: At(event.id.at()), data };
    // Every value in it can be written as JSON.
    serde_json::to_string(&view).unwrap_or_default()
}

/// The data of a test.
#[must_use]
pub fn nothing() -> Value {
    json!({ "message": "This is a test from Leadwire." })
}

/// The data of an event about a message: none if it is gone.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn message(
    store: &Store,
    tenant: TenantId,
    history: HistoryId,
    id: MessageId,
    now: Timestamp,
) -> Result<Option<Value>, StoreError> {
    let Some(entry) = store.tenant(tenant).entry(history, id).await? else { return Ok(None) };
    let Some(conversation_id) = entry.conversation(history) else { return Ok(None) };
    let Some(lead_id) = store.tenant(tenant).conversation(conversation_id).await?.map(|found| found.lead) else {
        return Ok(None);
    };
    let files = Files::read(store, tenant, std::iter::once((history, &entry))).await?;
    // A link would end before a late attempt: `GET /api/media/{id}` gives one.
    let links = Links { key: None, ticket: MediaTicket { tenant, viewer: Actor::Nobody }, now };
    let view = MessageView::with_file(entry, history, &files, &links);
    Ok(view.map(|message| json!({ "conversationId": conversation_id, "leadId": lead_id, "message": message })))
}

/// The data of an event about a lead: none if it is gone.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn lead(store: &Store, tenant: TenantId, id: LeadId) -> Result<Option<Value>, StoreError> {
    let Some(lead) = store.tenant(tenant).lead(id).await? else { return Ok(None) };
    let conversations = store.tenant(tenant).conversations(&lead.conversations).await?;
    let counts = unread(store, tenant, &conversations).await?;
    let own: Vec<&Conversation> = conversations.iter().collect();
    let count = counts.values().sum::<usize>().min(MOST_COUNTED);
    let fields = store.tenant(tenant).lead_fields().await?;
    let view = LeadView::new(&lead, &own, count, LeadNames { masks_phones: false }, &fields);
    Ok(Some(json!({ "lead": view })))
}

/// The data of an event about a conversation: none if it is gone.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn conversation(store: &Store, tenant: TenantId, id: ConversationId) -> Result<Option<Value>, StoreError> {
    let Some(found) = store.tenant(tenant).conversation(id).await? else { return Ok(None) };
    let people = store.tenant(tenant).users().await?;
    let gathered = Gathered::read(store, tenant, std::slice::from_ref(&found), people).await?;
    Ok(Some(json!({ "conversation": gathered.view(&found, false) })))
}
