//! Conversations: one lead on one channel each, listed by last activity.

use crate::Deps;
use crate::app::App;
use crate::auth::Caller;
use crate::cursor::Cursors;
use crate::path::{Id, MessagePath};
use crate::problem::Problem;
use crate::query::{Cursor, Limit, Query, parameters};
use crate::views::PageView;
use crate::views::conversations::ConversationView;
use crate::views::gather::MOST_UNREAD;
use crate::views::messages::MessageView;
use axum::Json;
use axum::extract::State;
use domain::conversations::{ConversationStatus, Head};
use domain::history::Line;
use domain::{ConversationId, MessageId, TenantId};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use store::conversations::Told;
use store::receipts::MessageName;

parameters! {
    /// Which conversations.
    ConversationsQuery {
        /// Those with this status; the open ones unless it is said.
        status = "status": Option<ConversationStatus>,
        /// How many conversations a page holds.
        limit = "limit": Limit<20>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// Which messages.
    MessagesQuery {
        /// How many messages a page holds.
        limit = "limit": Limit<50>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

/// What is unread of a conversation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReadConversation")]
pub(crate) struct ReadView {
    /// The conversation.
    id: ConversationId,
    /// How many messages nobody has read: those that came in the meantime.
    #[schemars(range(max = 99))]
    unread: usize,
}

/// `GET /api/conversations?status=&limit=&cursor=`: the conversations, last active first. Without a status the open
/// ones are listed.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(ConversationsQuery { status, limit, cursor }): Query<ConversationsQuery>,
) -> Result<Json<PageView<ConversationView>>, Problem> {
    let status = status.unwrap_or(ConversationStatus::Open);
    let cursors = Cursors::of(&app, caller.tenant, format!("conversations {status}"));
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let page = app.store.list_conversations(caller.tenant, status, below.as_deref(), limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: views(&app, caller.tenant, &page.items).await?, next_cursor }))
}

/// `GET /api/conversations/{id}`: a conversation.
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let head = app.store.head(caller.tenant, id).await?.ok_or_else(missing)?;
    let view = views(&app, caller.tenant, &[head]).await?.pop();
    view.map(Json).ok_or_else(missing)
}

/// `GET /api/conversations/{id}/messages?limit=&cursor=`: the messages of a conversation, the newest first. A page may
/// hold fewer than asked for, and still not be the last.
pub(crate) async fn messages(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Query(MessagesQuery { limit, cursor }): Query<MessagesQuery>,
) -> Result<Json<PageView<MessageView>>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, format!("messages {id}"));
    let before = cursors.message(cursor.as_ref(), "cursor")?;
    app.store.head(caller.tenant, id).await?.ok_or_else(missing)?;
    let page = app.store.messages(caller.tenant, id, before, limit.0).await?;
    let now = app.clock.now();
    let items = page.items.into_iter().filter_map(|entry| MessageView::of(entry, id.home, now)).collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.seal(&mark)) }))
}

/// A customer's message as WhatsApp wrote it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RawMessage")]
pub(crate) struct RawView {
    /// The message.
    id: MessageId,
    /// The message's own JSON, by Meta's Cloud API.
    raw: serde_json::Value,
}

/// `GET /api/conversations/{id}/messages/{messageId}/raw`: a customer's message as WhatsApp wrote it, also what has no field
/// of its own here. It is kept as long as the message.
pub(crate) async fn raw(State(app): State<App>, caller: Caller, path: MessagePath) -> Result<Json<RawView>, Problem> {
    let no_message = || Problem::not_found("message of a customer");
    let entry = app.store.entry(caller.tenant, path.conversation.home, path.message).await?;
    let Some(Line::Received(message)) = entry.map(|entry| entry.line) else { return Err(no_message()) };
    if message.channel != path.conversation.channel {
        return Err(no_message());
    }
    let channel = app.store.channel(caller.tenant, message.channel).await?.ok_or_else(no_message)?;
    let name = MessageName { number: channel.number, wamid: message.wamid };
    let json = app.store.message_json(caller.tenant, &name).await?.ok_or_else(no_message)?;
    let raw = serde_json::from_str(&json).unwrap_or(serde_json::Value::String(json));
    Ok(Json(RawView { id: path.message, raw }))
}

/// `POST /api/conversations/{id}/read`: says that everything which has arrived was read.
pub(crate) async fn read(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<ReadView>, Problem> {
    match app.store.mark_read(caller.tenant, id).await? {
        Told::Head(head) => {
            let unread = app.store.unread(caller.tenant, &head, MOST_UNREAD).await?;
            Ok(Json(ReadView { id, unread }))
        }
        Told::Missing => Err(missing()),
    }
}

fn missing() -> Problem {
    Problem::not_found("conversation")
}

/// How many messages nobody has read, of those conversations that have any.
pub(crate) async fn unread(
    deps: &Deps,
    tenant: TenantId,
    heads: &[Head],
) -> Result<BTreeMap<ConversationId, usize>, Problem> {
    Ok(views::gather::unread(&deps.store, tenant, heads).await?)
}

async fn views(deps: &Deps, tenant: TenantId, heads: &[Head]) -> Result<Vec<ConversationView>, Problem> {
    Ok(views::gather::conversations(&deps.store, tenant, heads).await?)
}
