//! Who answers a conversation, and whether it is open: status, assignee, claim. Each change stands in the lead's timeline
//! and in the audit.

use crate::Deps;
use crate::app::App;
use crate::auth::{Caller, Viewing};
use crate::body::JsonBody;
use crate::inbox::{self, Inbox, missing};
use crate::path::Id;
use crate::problem::{FieldError, Kind, Problem};
use crate::views::conversations::{AssigneeView, ConversationView};
use crate::views::{At, NoTime};
use axum::Json;
use axum::extract::State;
use domain::conversations::{ConversationStatus, Head, NewStatus};
use domain::permissions::Permission;
use domain::users::User;
use domain::visibility::Viewer;
use domain::words::UnknownWord;
use domain::{Assignee, ConversationId, MessageId, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use std::time::Duration;
use store::assignments::{Author, Changed, Claimed};

/// The longest snooze.
const LONGEST_SNOOZE: Duration = Duration::from_secs(366 * 24 * 3600);

/// What is changed of a conversation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StatusBody {
    /// Its status from now on.
    #[schemars(required, with = "ConversationStatus")]
    status: Option<String>,
    /// Until when it is snoozed: required where the status is `snoozed`, and refused otherwise.
    #[schemars(with = "Option<At>")]
    snoozed_until: Option<String>,
}

/// Who is to answer a conversation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignBody {
    /// Who answers it from now on; null for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schemars(required, schema_with = "user_or_null")]
    assignee: Option<Option<String>>,
}

/// A user's id, or null.
fn user_or_null(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = Assignee::json_schema(generator);
    schema.insert("type".to_owned(), serde_json::json!(["string", "null"]));
    schema
}

/// What stands in the field, null included.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// `PATCH /api/conversations/{id}` `{status, snoozedUntil}`: opens, closes or snoozes a conversation, or marks it as pending.
/// A message of the customer reopens a closed or snoozed conversation.
pub(crate) async fn update(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
    JsonBody(body): JsonBody<StatusBody>,
) -> Result<Json<ConversationView>, Problem> {
    let status = status_of(&body, app.clock.now()).map_err(|error| Problem::invalid(vec![error]))?;
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    let changed = set_status(&app, caller, id, status).await?;
    shown(&app, caller, &viewer, &changed).await
}

/// `POST /api/conversations/{id}/assign` `{assignee}`: assigns a conversation to a user, or unassigns it.
pub(crate) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
    JsonBody(body): JsonBody<AssignBody>,
) -> Result<Json<ConversationView>, Problem> {
    let invalid = |detail: String| Problem::invalid(vec![FieldError::new("assignee", detail)]);
    let asked = body.assignee.ok_or_else(|| invalid("is missing: send a user's id, or null".to_owned()))?;
    let to = asked.map(|text| text.parse::<Assignee>().map_err(|error| invalid(error.to_string()))).transpose()?;
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    if let Some(Assignee::User(user)) = to {
        let user = app.store.user(caller.tenant, user).await?.ok_or_else(|| invalid("there is no such user".into()))?;
        may_answer(&user).map_err(invalid)?;
    }
    let changed = app.store.assign(caller.tenant, id, to, author(&app, caller)).await?.ok_or_else(missing)?;
    shown(&app, caller, &viewer, &changed.head).await
}

/// `POST /api/conversations/{id}/claim`: takes a conversation that is unassigned. If a colleague was faster, the answer is a
/// 409 that names them.
pub(crate) async fn claim(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let Some(person) = viewer.assignee() else {
        let detail = "An API key has no conversations of its own. Assign the conversation to a user instead.";
        return Err(Problem::new(Kind::Forbidden, detail));
    };
    let head = app.store.head(caller.tenant, id).await?.ok_or_else(missing)?;
    // A colleague may have been faster: then the caller is told who, though they do not see it any longer.
    if !inbox::sees(&viewer, &head) && !viewer.sees(id.channel, None) {
        return Err(missing());
    }
    match app.store.claim_conversation(caller.tenant, id, person, author(&app, caller)).await?.ok_or_else(missing)? {
        Claimed::Yes(changed) => shown(&app, caller, &viewer, &changed.head).await,
        Claimed::No(assignee) => {
            let people = app.store.users(caller.tenant).await?;
            Err(Problem::claimed(AssigneeView::new(assignee, &people)))
        }
    }
}

/// Gives a conversation another status on behalf of the caller, and writes that down.
pub(crate) async fn set_status(
    deps: &Deps,
    caller: Caller,
    id: ConversationId,
    status: NewStatus,
) -> Result<Head, Problem> {
    let changed = deps.store.set_status(caller.tenant, id, status, author(deps, caller)).await?;
    let Changed { head, .. } = changed.ok_or_else(missing)?;
    Ok(head)
}

/// The caller, and the id of a line of theirs.
pub(crate) fn author(deps: &Deps, caller: Caller) -> Author {
    Author { by: caller.by, line: MessageId::at_moment(deps.clock.now(), deps.ids.bits()), bits: deps.ids.bits() }
}

async fn shown(deps: &Deps, caller: Caller, viewer: &Viewer, head: &Head) -> Result<Json<ConversationView>, Problem> {
    Inbox::open(deps, caller.tenant, viewer).await?.view(head).await.map(Json)
}

/// Why a person cannot be assigned a conversation.
fn may_answer(user: &User) -> Result<(), String> {
    if !user.active {
        return Err("this user is deactivated".to_owned());
    }
    if !user.role.may(Permission::ServeCustomers) {
        return Err(format!("the role {} does not answer customers", user.role));
    }
    Ok(())
}

fn status_of(body: &StatusBody, now: Timestamp) -> Result<NewStatus, FieldError> {
    let status = body.status.as_deref().ok_or_else(|| FieldError::new("status", "is missing: send the new status"))?;
    let status = status.parse().map_err(|error: UnknownWord| FieldError::new("status", error.to_string()))?;
    let until = |detail: &str| FieldError::new("snoozedUntil", detail);
    let text = body.snoozed_until.as_deref();
    let new = match (status, text) {
        (ConversationStatus::Snoozed, Some(text)) => {
            let At(at) = text.parse().map_err(|error: NoTime| until(&error.to_string()))?;
            if at <= now {
                return Err(until("is not in the future"));
            }
            if at > now.plus(LONGEST_SNOOZE) {
                return Err(until("is more than a year ahead"));
            }
            return Ok(NewStatus::SnoozedUntil(at));
        }
        (ConversationStatus::Snoozed, None) => return Err(until("is missing: until when is it snoozed?")),
        (ConversationStatus::Open, _) => NewStatus::Open,
        (ConversationStatus::Pending, _) => NewStatus::Pending,
        (ConversationStatus::Closed, _) => NewStatus::Closed,
    };
    match text {
        Some(_) => Err(until("is for the status snoozed")),
        None => Ok(new),
    }
}
