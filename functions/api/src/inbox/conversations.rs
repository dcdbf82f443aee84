//! Conversations: one lead on one channel each, listed by last activity.

use crate::Deps;
use crate::app::App;
use crate::inbox::inbox::{self, Inbox, missing};
use crate::inbox::sending::start::{self, StartBody};
use crate::views::PageView;
use crate::views::conversations::ConversationView;
use crate::views::gather::MOST_COUNTED;
use crate::views::media::Files;
use crate::views::messages::MessageView;
use crate::web::access::shows_phones;
use crate::web::answers::Done;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::{Id, MessagePath};
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::visibility::{AskedAssignee, Viewer};
use domain::inbox::conversations::{Conversation, ConversationStatus};
use domain::inbox::history::Line;
use domain::inbox::signals::OLDEST_MESSAGE;
use domain::string_enum::UnknownVariant;
use domain::{Assignee, ChannelId, ConversationId, MessageId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::str::FromStr;
use std::time::Duration;
use store::inbox::receipts::MessageName;

/// A conversation status, or `all`.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline, with = "String", extend("enum" = ["open", "pending", "snoozed", "closed", "all"]))]
pub(crate) enum AskedStatus {
    All,
    One(ConversationStatus),
}

impl FromStr for AskedStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        text.parse().map(Self::One).map_err(|error: UnknownVariant| format!("{error}, all"))
    }
}

/// `me`, `unassigned` or a user's ID.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline, with = "String", extend("pattern" = "^(me|unassigned|usr_[0-7][0-9A-HJKMNP-TV-Z]{25})$"))]
pub(crate) enum Whose {
    Me,
    Unassigned,
    One(Assignee),
}

impl FromStr for Whose {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "me" => Ok(Self::Me),
            "unassigned" => Ok(Self::Unassigned),
            id => id.parse().map(Self::One).map_err(|_| "Use me, unassigned or the ID of a user."),
        }
    }
}

/// A number of hours, up to a day.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline)]
pub(crate) struct Hours(#[schemars(range(min = 1, max = 24))] u8);

impl FromStr for Hours {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        text.parse()
            .ok()
            .filter(|hours| (1..=24).contains(hours))
            .map(Self)
            .ok_or("Use a number of hours from 1 to 24.")
    }
}

parameters! {
    /// The conversations to list.
    ConversationsQuery {
        /// Only conversations with this status, or `all`. Defaults to `open`.
        status = "status": Option<AskedStatus>,
        /// Only conversations of this assignee: `me`, `unassigned` or a user's ID. Defaults to all that the caller can
        /// see.
        assignee = "assignee": Option<Whose>,
        /// Only conversations on this channel.
        channel = "channelId": Option<ChannelId>,
        /// If `true`, only conversations with unread messages, or marked as unread.
        unread = "unread": Option<bool>,
        /// If `true`, only open conversations that wait for a reply, longest waiting first.
        waiting = "waiting": Option<bool>,
        /// Only open conversations that wait for a reply and whose 24-hour window closes within so many hours: 1 to 24.
        closes_within = "closesWithin": Option<Hours>,
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The messages to list.
    MessagesQuery {
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// The messages to list, and of which conversation.
    ConversationMessagesQuery {
        /// The conversation. Required.
        conversation = "conversationId": Option<ConversationId>,
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// The unread messages of a conversation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ReadConversation")]
pub(crate) struct ReadView {
    /// The conversation's ID.
    id: ConversationId,
    /// The number of unread messages: those that arrived in the meantime.
    #[schemars(range(max = 99))]
    unread: usize,
    /// Whether a user has marked it as unread since it was last read.
    marked_unread: bool,
}

/// The number of open conversations that the caller can see. 99 means 99 or more.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConversationCounts")]
pub(crate) struct CountsView {
    /// Conversations assigned to the caller.
    #[schemars(range(max = 99))]
    mine: usize,
    /// Unassigned conversations.
    #[schemars(range(max = 99))]
    unassigned: usize,
    /// All conversations.
    #[schemars(range(max = 99))]
    all: usize,
    /// Conversations that wait for a reply.
    #[schemars(range(max = 99))]
    waiting: usize,
    /// Conversations assigned to the caller, with unread messages.
    #[schemars(range(max = 99))]
    mine_unread: usize,
    /// Unassigned conversations with unread messages.
    #[schemars(range(max = 99))]
    unassigned_unread: usize,
    /// All conversations with unread messages.
    #[schemars(range(max = 99))]
    all_unread: usize,
}

/// A conversation that was started, or found.
pub(crate) enum Started {
    /// It was started.
    Made(Box<ConversationView>),
    /// It was there.
    Found(Box<ConversationView>),
}

impl IntoResponse for Started {
    fn into_response(self) -> Response {
        match self {
            Self::Made(view) => (StatusCode::CREATED, Json(view)).into_response(),
            Self::Found(view) => Json(view).into_response(),
        }
    }
}

impl Output for Started {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        for (status, meaning) in [
            (200, "The existing conversation. If it was closed, it is open again."),
            (201, "The conversation was started."),
        ] {
            operation.answers.insert(status, Answer::json::<ConversationView>(meaning, schemas));
        }
    }
}

/// `GET /api/conversations?status=&assignee=&channelId=&unread=&waiting=&closesWithin=&limit=&cursor=`: List the conversations that
/// the caller can see. The last active comes first. A page may hold fewer than `limit` conversations and still have a
/// `nextCursor`.
pub(crate) async fn list_conversations(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(asked): Query<ConversationsQuery>,
) -> Result<Json<PageView<ConversationView>>, Problem> {
    let inbox = Inbox::open(&app, caller.tenant, &viewer).await?;
    let whose = whose(asked.assignee, &viewer)?;
    let waiting = asked.waiting == Some(true) || asked.closes_within.is_some();
    let now = app.clock.now();
    let closes_by = asked.closes_within.map(|Hours(hours)| now.plus(Duration::from_secs(u64::from(hours) * 3600)));
    let closes_soon =
        |until: Option<Timestamp>| closes_by.is_none_or(|by| until.is_some_and(|until| now < until && until <= by));
    let unread = asked.unread == Some(true);
    let statuses = match asked.status {
        _ if waiting => waits(asked.status)?,
        Some(AskedStatus::All) => ConversationStatus::ALL.to_vec(),
        Some(AskedStatus::One(status)) => vec![status],
        None => vec![ConversationStatus::Open],
    };
    let lists = if waiting { inbox.waiting(whose) } else { inbox.lists(&statuses, whose) };
    let wanted = |conversation: &Conversation| {
        statuses.contains(&conversation.status)
            && whose.has(conversation.assignee)
            && asked.channel.is_none_or(|channel| conversation.id.channel == channel)
            && (!unread || conversation.is_unread())
            && (!waiting || conversation.waiting_since.is_some())
            && closes_soon(conversation.window_until())
    };
    let within = asked.closes_within;
    let name = format!("conversations {statuses:?} {whose:?} {:?} {unread} {waiting} {within:?}", asked.channel);
    let cursors = Cursors::for_list(&app, caller.tenant, name);
    let after = cursors.mark(asked.cursor.as_ref(), "cursor")?;
    let page = inbox.page(&lists, wanted, after, asked.limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.sign(&mark));
    Ok(Json(PageView { items: inbox.views(&page.items).await?, next_cursor }))
}

fn whose(asked: Option<Whose>, viewer: &Viewer) -> Result<AskedAssignee, Problem> {
    match asked {
        None => Ok(AskedAssignee::Anyone),
        Some(Whose::Unassigned) => Ok(AskedAssignee::Unassigned),
        Some(Whose::One(assignee)) => Ok(AskedAssignee::One(assignee)),
        Some(Whose::Me) => viewer.assignee().map(AskedAssignee::One).ok_or_else(|| {
            let detail = "An API key has no conversations of its own. Use the ID of a user.";
            Problem::field(Kind::InvalidParameter, "assignee", detail)
        }),
    }
}

/// Only open conversations wait for us.
fn waits(asked: Option<AskedStatus>) -> Result<Vec<ConversationStatus>, Problem> {
    match asked {
        None | Some(AskedStatus::All | AskedStatus::One(ConversationStatus::Open)) => {
            Ok(vec![ConversationStatus::Open])
        }
        Some(AskedStatus::One(
            ConversationStatus::Pending | ConversationStatus::Snoozed | ConversationStatus::Closed,
        )) => Err(Problem::field(
            Kind::InvalidParameter,
            "waiting",
            "Only open conversations wait for a reply. Leave out status.",
        )),
    }
}

/// `GET /api/conversations/counts`: Count the open conversations that the caller can see. Unread conversations are
/// counted among the 200 last active.
pub(crate) async fn count_conversations(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
) -> Result<Json<CountsView>, Problem> {
    let inbox = Inbox::open(&app, caller.tenant, &viewer).await?;
    let lists = |whose| inbox.lists(&[ConversationStatus::Open], whose);
    let own = viewer.assignee().map(AskedAssignee::One);
    let mine = async {
        match own {
            Some(own) => inbox.count(&lists(own)).await,
            None => Ok(inbox::Counted::default()),
        }
    };
    let unassigned = lists(AskedAssignee::Unassigned);
    let all = lists(AskedAssignee::Anyone);
    let (mine, unassigned, all, waiting) =
        futures::future::try_join4(mine, inbox.count(&unassigned), inbox.count(&all), inbox.count_waiting()).await?;
    Ok(Json(CountsView {
        mine: mine.all,
        unassigned: unassigned.all,
        all: all.all,
        waiting,
        mine_unread: mine.unread,
        unassigned_unread: unassigned.unread,
        all_unread: all.unread,
    }))
}

/// `POST /api/conversations` `{phone, leadId, channelId, name}`: Start a conversation, or find the existing one. The
/// customer is a lead or a phone number. A closed conversation is reopened. Whether a message can be sent is checked
/// when you send one.
pub(crate) async fn start_conversation(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    JsonBody(body): JsonBody<StartBody>,
) -> Result<Started, Problem> {
    let (conversation, is_new) = start::conversation(&app, caller, &viewer, &body).await?;
    let view = Box::new(Inbox::open(&app, caller.tenant, &viewer).await?.view(&conversation).await?);
    Ok(if is_new { Started::Made(view) } else { Started::Found(view) })
}

/// `GET /api/conversations/{id}`: Get a conversation.
pub(crate) async fn get_conversation(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let conversation = inbox::seen(&app, caller.tenant, &viewer, id).await?;
    Inbox::open(&app, caller.tenant, &viewer).await?.view(&conversation).await.map(Json)
}

/// `GET /api/conversations/{id}/messages?limit=&cursor=`: List the messages of a conversation. The newest comes first.
/// A page may hold fewer than `limit` messages and still have a `nextCursor`.
pub(crate) async fn list_messages(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
    Query(MessagesQuery { limit, cursor }): Query<MessagesQuery>,
) -> Result<Json<PageView<MessageView>>, Problem> {
    page_of_messages(&app, caller, &viewer, id, limit, cursor).await
}

/// `GET /api/messages?conversationId=&limit=&cursor=`: List the messages of a conversation, named by a parameter. Works like
/// `GET /api/conversations/{id}/messages`.
pub(crate) async fn list_conversation_messages(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(ConversationMessagesQuery { conversation, limit, cursor }): Query<ConversationMessagesQuery>,
) -> Result<Json<PageView<MessageView>>, Problem> {
    let missing = || FieldError::new("conversationId", "Name the conversation.");
    let id = conversation.ok_or_else(|| Problem::fields(Kind::InvalidParameter, vec![missing()]))?;
    page_of_messages(&app, caller, &viewer, id, limit, cursor).await
}

async fn page_of_messages(
    app: &App,
    caller: Caller,
    viewer: &Viewer,
    id: ConversationId,
    limit: Limit<50>,
    cursor: Option<Cursor>,
) -> Result<Json<PageView<MessageView>>, Problem> {
    let cursors = Cursors::for_list(app, caller.tenant, format!("messages {id}"));
    let before = cursors.message(cursor.as_ref(), "cursor")?;
    inbox::seen(app, caller.tenant, viewer, id).await?;
    let page = app.store.tenant(caller.tenant).messages(id, before, limit.0).await?;
    let files = Files::read(&app.store, caller.tenant, page.items.iter().map(|entry| (id.history, entry))).await?;
    let links = app.links(caller);
    let items = page.items.into_iter();
    let items = items.filter_map(|entry| MessageView::with_file(entry, id.history, &files, &links)).collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// A customer's message as WhatsApp sent it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RawMessage")]
pub(crate) struct RawView {
    /// The message's ID.
    id: MessageId,
    /// The message's JSON from Meta's Cloud API.
    raw: serde_json::Value,
}

/// `GET /api/conversations/{id}/messages/{messageId}/raw`: Get a customer's message as WhatsApp sent it. It includes
/// fields that this API does not have, and is kept as long as the message.
pub(crate) async fn get_raw_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MessagePath,
) -> Result<Json<RawView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    shows_phones(&viewer)?;
    inbox::seen(&app, caller.tenant, &viewer, path.conversation).await?;
    let no_message = || Problem::not_found("customer's message");
    let entry = store.entry(path.conversation.history, path.message).await?;
    let Some(Line::Received(message)) = entry.map(|entry| entry.line) else { return Err(no_message()) };
    if message.channel != path.conversation.channel {
        return Err(no_message());
    }
    let channel = store.channel(message.channel).await?.ok_or_else(no_message)?;
    let name = MessageName { number: channel.number, wamid: message.wamid };
    let json = store.message_json(&name).await?.ok_or_else(no_message)?;
    let raw = serde_json::from_str(&json).unwrap_or(serde_json::Value::String(json));
    Ok(Json(RawView { id: path.message, raw }))
}

/// `POST /api/conversations/{id}/read`: Mark a conversation as read. The customer sees this if there was a new message
/// and the channel's read receipts are on.
pub(crate) async fn mark_conversation_read(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ReadView>, Problem> {
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    let receipt = shows_receipts(&app, caller, id).await?;
    match app.store.tenant(caller.tenant).mark_read(id, receipt, app.clock.now()).await? {
        Some(conversation) => Ok(Json(reading(&app, caller, &conversation).await?)),
        None => Err(missing()),
    }
}

/// `POST /api/conversations/{id}/unread`: Mark a conversation as unread, for all users. The next read clears the mark.
/// The customer does not see it.
pub(crate) async fn mark_conversation_unread(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ReadView>, Problem> {
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    match app.store.tenant(caller.tenant).mark_unread(id).await? {
        Some(conversation) => Ok(Json(reading(&app, caller, &conversation).await?)),
        None => Err(missing()),
    }
}

/// What of a conversation is unread.
async fn reading(app: &App, caller: Caller, conversation: &Conversation) -> Result<ReadView, Problem> {
    let unread = app.store.tenant(caller.tenant).unread(conversation, MOST_COUNTED).await?;
    Ok(ReadView { id: conversation.id, unread, marked_unread: conversation.marked_unread })
}

/// `POST /api/conversations/{id}/typing`: Show the customer that a colleague is typing. The indicator is sent at most
/// once in 20 seconds. It has no effect if the channel's read receipts are off, or if the customer has not written for
/// 30 days.
pub(crate) async fn send_typing_indicator(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Done, Problem> {
    let conversation = inbox::seen(&app, caller.tenant, &viewer, id).await?;
    let now = app.clock.now();
    let recent = conversation.customer_wrote.is_some_and(|at| now.since(at) < OLDEST_MESSAGE);
    if recent && shows_receipts(&app, caller, id).await? {
        app.store.tenant(caller.tenant).show_typing(id, now).await?;
    }
    Ok(Done)
}

async fn shows_receipts(deps: &Deps, caller: Caller, id: ConversationId) -> Result<bool, Problem> {
    let channel = deps.store.tenant(caller.tenant).channel(id.channel).await?;
    Ok(channel.is_some_and(|channel| channel.read_receipts))
}
