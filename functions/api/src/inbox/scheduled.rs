//! Messages that are sent later: changing one, giving it another time, cancelling it.

use crate::app::App;
use crate::inbox::held;
use crate::inbox::inbox;
use crate::inbox::sending::accept::check_time;
use crate::inbox::sending::content::rescheduled;
use crate::views::media::Files;
use crate::views::messages::MessageView;
use crate::views::{At, NoTime};
use crate::web::answers::Done;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::path::MessagePath;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::inbox::outbound_messages::{MAX_TEXT, OutboundMessage, SendState};
use domain::{MessageId, OutboundContent, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// A change of a scheduled message. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ScheduledBody {
    /// The new text. Only a text can be changed; cancel a message of another kind.
    #[schemars(length(min = 1, max = MAX_TEXT), regex(pattern = r"\S"))]
    text: Option<Text>,
    /// The new time: in the future, and within 30 days.
    #[schemars(with = "Option<At>")]
    send_at: Option<String>,
    /// Whether it is not sent if the customer writes before its time.
    unless_they_write: Option<bool>,
}

/// `PATCH /api/conversations/{id}/messages/{messageId}` `{text, sendAt, unlessTheyWrite}`: Change a scheduled message.
/// Messages are ordered by time, so a message with another time has another ID, which is in the answer.
pub(crate) async fn update_scheduled_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MessagePath,
    JsonBody(body): JsonBody<ScheduledBody>,
) -> Result<Json<MessageView>, Problem> {
    inbox::seen(&app, caller.tenant, &viewer, path.conversation).await?;
    let before = scheduled(&app, caller, &path).await?;
    let after = changed(&app, &before, &body)?;
    let store = app.store.tenant(caller.tenant);
    let done = if after.id == before.id {
        store.change_scheduled(&after).await?
    } else {
        store.move_scheduled(&before, &after, caller.by).await?
    };
    if !done {
        return Err(over());
    }
    let entry = store.entry(path.conversation.history, after.id).await?.ok_or_else(over)?;
    let history = path.conversation.history;
    let files = Files::read(&app.store, caller.tenant, [(history, &entry)].into_iter()).await?;
    let links = app.links(caller);
    MessageView::with_file(entry, history, &files, &links).map(Json).ok_or_else(over)
}

/// `DELETE /api/conversations/{id}/messages/{messageId}`: Cancel a scheduled message, or one that is held for what it
/// costs.
pub(crate) async fn delete_scheduled_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MessagePath,
) -> Result<Done, Problem> {
    inbox::seen(&app, caller.tenant, &viewer, path.conversation).await?;
    let store = app.store.tenant(caller.tenant);
    let held = store.outbound_message(path.conversation.history, path.message).await?;
    let held = held.filter(|send| send.conversation == path.conversation && send.held_for_cost().is_some());
    if let Some(send) = held {
        return if store.cancel_held_for_cost(&send).await? { Ok(Done) } else { Err(held::over()) };
    }
    let send = scheduled(&app, caller, &path).await?;
    if app.store.tenant(caller.tenant).cancel_scheduled(&send).await? { Ok(Done) } else { Err(over()) }
}

/// The message in the path, which is still scheduled.
async fn scheduled(app: &App, caller: Caller, path: &MessagePath) -> Result<OutboundMessage, Problem> {
    let send = app.store.tenant(caller.tenant).outbound_message(path.conversation.history, path.message).await?;
    let send = send.filter(|send| send.conversation == path.conversation);
    let send = send.ok_or_else(|| Problem::not_found("scheduled message"))?;
    if send.state == SendState::Scheduled { Ok(send) } else { Err(over()) }
}

fn over() -> Problem {
    Problem::new(Kind::Conflict, "This message is not scheduled any more. Reload the conversation.")
}

/// The message as `body` wants it.
fn changed(app: &App, before: &OutboundMessage, body: &ScheduledBody) -> Result<OutboundMessage, Problem> {
    let now = app.clock.now();
    let invalid = |error: FieldError| Problem::invalid(vec![error]);
    let content = match &body.text {
        Some(text) => rescheduled(&before.content, text).map_err(invalid)?,
        None => OutboundContent::clone(&before.content),
    };
    let unless_written_since = match body.unless_they_write {
        Some(true) => before.unless_written_since.or(Some(now)),
        Some(false) => None,
        None => before.unless_written_since,
    };
    let before = OutboundMessage { content, unless_written_since, ..before.clone() };
    let Some(text) = &body.send_at else {
        if body.text.is_none() && body.unless_they_write.is_none() {
            return Err(invalid(FieldError::new("text", "Send text, sendAt or unlessTheyWrite.")));
        }
        return Ok(before);
    };
    let parsed = text.parse().map_err(|error: NoTime| invalid(FieldError::new("sendAt", error.to_string())))?;
    let At(at) = parsed;
    check_time(at, now).map_err(invalid)?;
    let lifetime = before.expires.since(before.id.moment());
    let id = MessageId::at_moment(at, app.random.u128());
    Ok(OutboundMessage { id, queued: at, expires: at.plus(lifetime), ..before })
}
