//! Messages of a session: sent from the number that it links, and the newest of that number.

use crate::app::App;
use crate::inbox::inbox::Inbox;
use crate::inbox::messages::{Told, tell};
use crate::inbox::sending::request::SendRequest;
use crate::views::media::Files;
use crate::views::messages::MessageView;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use crate::web::query::{Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::visibility::AskedAssignee;
use domain::inbox::conversations::ConversationStatus;
use domain::inbox::parts::MOST_TEXT;
use domain::{ChannelId, Phone, PhoneSessionId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A text to send from a session's number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SessionMessageBody {
    /// The phone number to send to, with its country code.
    #[schemars(with = "Phone")]
    to: String,
    /// The text: up to 40,000 characters, not only whitespace. More than 4,096 are sent as several messages.
    #[schemars(length(min = 1, max = MOST_TEXT), regex(pattern = r"\S"))]
    message: Text,
}

parameters! {
    /// The messages of a session.
    SessionMessagesQuery {
        /// How many messages to list, at most.
        limit = "limit": Limit<25>,
    }
}

/// The newest messages of a session's number.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SessionMessages")]
pub(crate) struct SessionMessagesView {
    /// The messages, newest first. Older ones are in `GET /api/conversations/{id}/messages`.
    messages: Vec<MessageView>,
}

/// `POST /api/sessions/{id}/messages` `{to, message}`: Send a text from the number of a session. Works like
/// `POST /api/messages`: the 24-hour window and `Idempotency-Key` apply.
pub(crate) async fn send_session_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Id(id): Id<PhoneSessionId>,
    JsonBody(body): JsonBody<SessionMessageBody>,
) -> Result<Told, Problem> {
    let channel = channel_of(&app, caller, id).await?;
    let request = SendRequest::parse_text(&body.to, channel, &body.message)?;
    tell(&app, caller, &viewer, key, &request).await
}

/// `GET /api/sessions/{id}/messages`: List the newest messages of a session's number, of all customers whose conversations
/// the caller can see.
pub(crate) async fn list_session_messages(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<PhoneSessionId>,
    Query(SessionMessagesQuery { limit }): Query<SessionMessagesQuery>,
) -> Result<Json<SessionMessagesView>, Problem> {
    let channel = channel_of(&app, caller, id).await?;
    let inbox = Inbox::open(&app, caller.tenant, &viewer).await?;
    let lists = inbox.lists(ConversationStatus::ALL, AskedAssignee::Anyone);
    // The newest messages are in the conversations that were active last, at most one message in each.
    let page = inbox.page(&lists, |conversation| conversation.id.channel == channel, None, limit.0).await?;
    let store = app.store.tenant(caller.tenant);
    let newest = page.items.iter().map(|conversation| async move {
        let page = store.messages(conversation.id, None, limit.0).await?;
        let entries = page.items.into_iter().map(|entry| (conversation.id.history, entry));
        Ok::<_, store::StoreError>(entries.collect::<Vec<_>>())
    });
    let mut entries: Vec<_> = futures::future::try_join_all(newest).await?.into_iter().flatten().collect();
    entries.sort_by_key(|(_, entry)| Reverse(entry.id));
    entries.truncate(limit.0);
    let files =
        Files::read(&app.store, caller.tenant, entries.iter().map(|(history, entry)| (*history, entry))).await?;
    let links = app.links(caller);
    let views = entries.into_iter();
    let views = views.filter_map(|(history, entry)| MessageView::with_file(entry, history, &files, &links));
    Ok(Json(SessionMessagesView { messages: views.collect() }))
}

/// The channel that a session links.
async fn channel_of(app: &App, caller: Caller, id: PhoneSessionId) -> Result<ChannelId, Problem> {
    let session = app.store.tenant(caller.tenant).phone_session(id).await?;
    let session = session.ok_or_else(|| Problem::not_found("session"))?;
    session.channel().ok_or_else(|| {
        let detail = "This session links no number. Create a session, and scan its QR code with the phone.";
        Problem::new(Kind::NoConnectedNumber, detail)
    })
}
