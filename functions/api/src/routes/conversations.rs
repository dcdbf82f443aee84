//! Conversations: one lead on one channel each, listed by last activity.

use crate::Deps;
use crate::answers::Done;
use crate::app::App;
use crate::auth::{Caller, Viewing};
use crate::body::JsonBody;
use crate::cursor::Cursors;
use crate::inbox::{self, Inbox, missing, shows_phones};
use crate::openapi::describe::{Answer, Operation, Output};
use crate::openapi::schemas::Schemas;
use crate::path::{Id, MessagePath};
use crate::problem::{Kind, Problem};
use crate::query::{Cursor, Limit, Query, parameters};
use crate::sending::start::{self, StartBody};
use crate::views::PageView;
use crate::views::conversations::ConversationView;
use crate::views::gather::MOST_COUNTED;
use crate::views::messages::MessageView;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::conversations::{ConversationStatus, Head};
use domain::history::Line;
use domain::signals::OLDEST_MESSAGE;
use domain::visibility::{AskedAssignee, Viewer};
use domain::words::UnknownWord;
use domain::{Assignee, ChannelId, ConversationId, MessageId};
use schemars::JsonSchema;
use serde::Serialize;
use std::str::FromStr;
use store::conversations::Told;
use store::receipts::MessageName;

/// Conversations of one status, or of all.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline, extend("type" = "string", "enum" = ["open", "pending", "snoozed", "closed", "all"]))]
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
        text.parse().map(Self::One).map_err(|error: UnknownWord| format!("{error}, all"))
    }
}

/// Whose conversations are asked for, as the parameter says it.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline, extend("type" = "string", "pattern" = "^(me|unassigned|usr_[0-7][0-9A-HJKMNP-TV-Z]{25})$"))]
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
            id => id.parse().map(Self::One).map_err(|_| "expected me, unassigned or the id of a user"),
        }
    }
}

parameters! {
    /// Which conversations.
    ConversationsQuery {
        /// Those with this status, or `all`; the open ones by default.
        status = "status": Option<AskedStatus>,
        /// Those of this assignee: `me`, `unassigned` or a user's id; by default all that the caller may see.
        assignee = "assignee": Option<Whose>,
        /// Those on this channel.
        channel = "channelId": Option<ChannelId>,
        /// `true`: those with a message that nobody has read.
        unread = "unread": Option<bool>,
        /// `true`: open ones with a message that waits for an answer, the oldest first.
        waiting = "waiting": Option<bool>,
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

/// How many open conversations the caller sees: 99 means 99 or more.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConversationCounts")]
pub(crate) struct CountsView {
    /// Assigned to the caller.
    #[schemars(range(max = 99))]
    mine: usize,
    /// Unassigned.
    #[schemars(range(max = 99))]
    unassigned: usize,
    /// All.
    #[schemars(range(max = 99))]
    all: usize,
    /// With a message that waits for an answer.
    #[schemars(range(max = 99))]
    waiting: usize,
    /// Assigned to the caller, with an unread message.
    #[schemars(range(max = 99))]
    mine_unread: usize,
    /// Unassigned, with an unread message.
    #[schemars(range(max = 99))]
    unassigned_unread: usize,
    /// All with an unread message.
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
        for (status, meaning) in [(200, "It was there; if it was closed, it is open again."), (201, "It is started.")] {
            operation.answers.insert(status, Answer::json::<ConversationView>(meaning, schemas));
        }
    }
}

/// `GET /api/conversations?status=&assignee=&channelId=&unread=&waiting=&limit=&cursor=`: the conversations that the caller
/// may see, last active first. A page may hold fewer than asked for, and still not be the last.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(asked): Query<ConversationsQuery>,
) -> Result<Json<PageView<ConversationView>>, Problem> {
    let inbox = Inbox::open(&app, caller.tenant, &viewer).await?;
    let whose = whose(asked.assignee, &viewer)?;
    let (waiting, unread) = (asked.waiting == Some(true), asked.unread == Some(true));
    let statuses = match asked.status {
        _ if waiting => waits(asked.status)?,
        Some(AskedStatus::All) => ConversationStatus::ALL.to_vec(),
        Some(AskedStatus::One(status)) => vec![status],
        None => vec![ConversationStatus::Open],
    };
    let lists = if waiting { inbox.waiting(whose) } else { inbox.lists(&statuses, whose) };
    let wanted = |head: &Head| {
        statuses.contains(&head.status)
            && whose.has(head.assignee)
            && asked.channel.is_none_or(|channel| head.id.channel == channel)
            && (!unread || head.is_unread())
            && (!waiting || head.waiting_since.is_some())
    };
    let name = format!("conversations {statuses:?} {whose:?} {:?} {unread} {waiting}", asked.channel);
    let cursors = Cursors::of(&app, caller.tenant, name);
    let after = cursors.mark(asked.cursor.as_ref(), "cursor")?;
    let page = inbox.page(&lists, wanted, after, asked.limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: inbox.views(&page.items).await?, next_cursor }))
}

fn whose(asked: Option<Whose>, viewer: &Viewer) -> Result<AskedAssignee, Problem> {
    match asked {
        None => Ok(AskedAssignee::Anyone),
        Some(Whose::Unassigned) => Ok(AskedAssignee::Unassigned),
        Some(Whose::One(assignee)) => Ok(AskedAssignee::One(assignee)),
        Some(Whose::Me) => viewer.assignee().map(AskedAssignee::One).ok_or_else(|| {
            let detail = "an API key has no conversations of its own: name a user's id";
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
        )) => {
            Err(Problem::field(Kind::InvalidParameter, "waiting", "lists open conversations alone: leave out status"))
        }
    }
}

/// `GET /api/conversations/counts`: how many open conversations the caller sees. Unread ones are counted among the 200 last
/// active.
pub(crate) async fn counts(
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
    let (unassigned, all) = (lists(AskedAssignee::Unassigned), lists(AskedAssignee::Anyone));
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

/// `POST /api/conversations` `{phone, leadId, channelId, name}`: finds the conversation with a lead or a phone, or starts it.
/// A closed one is reopened. Whether a message can be sent is decided when one is sent.
pub(crate) async fn start(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    JsonBody(body): JsonBody<StartBody>,
) -> Result<Started, Problem> {
    let (head, is_new) = start::conversation(&app, caller, &viewer, &body).await?;
    let view = Box::new(Inbox::open(&app, caller.tenant, &viewer).await?.view(&head).await?);
    Ok(if is_new { Started::Made(view) } else { Started::Found(view) })
}

/// `GET /api/conversations/{id}`: a conversation.
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let head = inbox::seen(&app, caller.tenant, &viewer, id).await?;
    Inbox::open(&app, caller.tenant, &viewer).await?.view(&head).await.map(Json)
}

/// `GET /api/conversations/{id}/messages?limit=&cursor=`: the messages of a conversation, the newest first. A page may
/// hold fewer than asked for, and still not be the last.
pub(crate) async fn messages(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
    Query(MessagesQuery { limit, cursor }): Query<MessagesQuery>,
) -> Result<Json<PageView<MessageView>>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, format!("messages {id}"));
    let before = cursors.message(cursor.as_ref(), "cursor")?;
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
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
pub(crate) async fn raw(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MessagePath,
) -> Result<Json<RawView>, Problem> {
    shows_phones(&viewer)?;
    inbox::seen(&app, caller.tenant, &viewer, path.conversation).await?;
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

/// `POST /api/conversations/{id}/read`: marks a conversation as read. The customer sees it, if something was new and the
/// channel's read receipts are on.
pub(crate) async fn read(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ReadView>, Problem> {
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    let receipt = shows_receipts(&app, caller, id).await?;
    match app.store.mark_read(caller.tenant, id, receipt, app.clock.now()).await? {
        Told::Head(head) => {
            let unread = app.store.unread(caller.tenant, &head, MOST_COUNTED).await?;
            Ok(Json(ReadView { id, unread }))
        }
        Told::Missing => Err(missing()),
    }
}

/// `POST /api/conversations/{id}/typing`: shows the customer that a colleague types, at most once in 20 seconds. It does
/// nothing if the channel's read receipts are off, or if the customer has not written for 30 days.
pub(crate) async fn typing(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Done, Problem> {
    let head = inbox::seen(&app, caller.tenant, &viewer, id).await?;
    let now = app.clock.now();
    let recent = head.customer_wrote.is_some_and(|at| now.since(at) < OLDEST_MESSAGE);
    if recent && shows_receipts(&app, caller, id).await? {
        app.store.show_typing(caller.tenant, id, now).await?;
    }
    Ok(Done)
}

async fn shows_receipts(deps: &Deps, caller: Caller, id: ConversationId) -> Result<bool, Problem> {
    let channel = deps.store.channel(caller.tenant, id.channel).await?;
    Ok(channel.is_some_and(|channel| channel.read_receipts))
}
