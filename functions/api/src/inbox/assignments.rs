//! Conversation status, assignment and claims. Each change is recorded in the lead's timeline and in the audit log.

use crate::Deps;
use crate::app::App;
use crate::inbox::inbox::{self, Inbox, missing};
use crate::views::conversations::{AssigneeView, ConversationView};
use crate::views::{At, NoTime};
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::permissions::Permission;
use domain::access::users::User;
use domain::access::visibility::Viewer;
use domain::inbox::conversations::{Conversation, ConversationStatus, NewStatus};
use domain::string_enum::UnknownVariant;
use domain::{Assignee, ConversationId, MessageId, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use std::time::Duration;
use store::inbox::assignments::{Author, Changed, Claimed};

/// The longest snooze.
const LONGEST_SNOOZE: Duration = Duration::from_secs(366 * 24 * 3600);

/// A change of a conversation's status.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StatusBody {
    /// The new status.
    #[schemars(required, with = "ConversationStatus")]
    status: Option<String>,
    /// When the snooze ends. Required if the status is `snoozed`; otherwise leave it out.
    #[schemars(with = "Option<At>")]
    snoozed_until: Option<String>,
}

/// A new assignee.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignBody {
    /// The ID of the user to assign, or null to unassign.
    #[serde(default, deserialize_with = "given")]
    #[schemars(required, schema_with = "user_or_null")]
    assignee: Option<Option<String>>,
}

/// A user's ID, or null.
fn user_or_null(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = Assignee::json_schema(generator);
    schema.insert("type".to_owned(), serde_json::json!(["string", "null"]));
    schema
}

/// What stands in the field, null included.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// `PATCH /api/conversations/{id}` `{status, snoozedUntil}`: Open, close or snooze a conversation, or mark it as
/// pending. A message from the customer reopens a closed or snoozed conversation.
pub(crate) async fn update_conversation(
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

/// `POST /api/conversations/{id}/assign` `{assignee}`: Assign a conversation to a user, or unassign it.
pub(crate) async fn assign_conversation(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
    JsonBody(body): JsonBody<AssignBody>,
) -> Result<Json<ConversationView>, Problem> {
    let invalid = |detail: String| Problem::invalid(vec![FieldError::new("assignee", detail)]);
    let asked = body.assignee.ok_or_else(|| invalid("Send a user's ID, or null to unassign.".to_owned()))?;
    let to = asked.map(|text| text.parse::<Assignee>().map_err(|error| invalid(error.to_string()))).transpose()?;
    inbox::seen(&app, caller.tenant, &viewer, id).await?;
    if let Some(Assignee::User(user)) = to {
        let user = app
            .store
            .tenant(caller.tenant)
            .user(user)
            .await?
            .ok_or_else(|| invalid("There is no user with this ID.".into()))?;
        may_answer(&user).map_err(invalid)?;
    }
    let changed = app.store.tenant(caller.tenant).assign(id, to, author(&app, caller)).await?.ok_or_else(missing)?;
    shown(&app, caller, &viewer, &changed.conversation).await
}

/// `POST /api/conversations/{id}/claim`: Claim an unassigned conversation. If a colleague already has it, the answer is
/// a 409 that names the colleague.
pub(crate) async fn claim_conversation(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let Some(person) = viewer.assignee() else {
        let detail = "An API key cannot claim conversations. Assign the conversation to a user instead.";
        return Err(Problem::new(Kind::Forbidden, detail));
    };
    let conversation = store.conversation(id).await?.ok_or_else(missing)?;
    // A colleague may have been faster: then the caller is told who, though they do not see it any longer.
    if !conversation.is_seen_by(&viewer) && !viewer.sees(id.channel, None) {
        return Err(missing());
    }
    match store.claim_conversation(id, person, author(&app, caller)).await?.ok_or_else(missing)? {
        Claimed::Yes(changed) => shown(&app, caller, &viewer, &changed.conversation).await,
        Claimed::No(assignee) => {
            let people = store.users().await?;
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
) -> Result<Conversation, Problem> {
    let changed = deps.store.tenant(caller.tenant).set_status(id, status, author(deps, caller)).await?;
    let Changed { conversation, .. } = changed.ok_or_else(missing)?;
    Ok(conversation)
}

/// The caller, and the id of a line of theirs.
pub(crate) fn author(deps: &Deps, caller: Caller) -> Author {
    Author { by: caller.by, line: MessageId::at_moment(deps.clock.now(), deps.random.u128()), bits: deps.random.u128() }
}

async fn shown(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    conversation: &Conversation,
) -> Result<Json<ConversationView>, Problem> {
    Inbox::open(deps, caller.tenant, viewer).await?.view(conversation).await.map(Json)
}

/// Why a person cannot be assigned a conversation.
fn may_answer(user: &User) -> Result<(), String> {
    if !user.active {
        return Err("This user is deactivated. Choose another user.".to_owned());
    }
    if !user.role.may(Permission::ServeCustomers) {
        return Err(format!("Users with the role {} cannot answer customers. Choose another user.", user.role));
    }
    Ok(())
}

fn status_of(body: &StatusBody, now: Timestamp) -> Result<NewStatus, FieldError> {
    let status = body.status.as_deref().ok_or_else(|| FieldError::new("status", "Send the new status."))?;
    let status = status.parse().map_err(|error: UnknownVariant| FieldError::new("status", error.to_string()))?;
    let until = |detail: &str| FieldError::new("snoozedUntil", detail);
    let text = body.snoozed_until.as_deref();
    let new = match (status, text) {
        (ConversationStatus::Snoozed, Some(text)) => {
            let At(at) = text.parse().map_err(|error: NoTime| until(&error.to_string()))?;
            if at <= now {
                return Err(until("The time must be in the future."));
            }
            if at > now.plus(LONGEST_SNOOZE) {
                return Err(until("The time must be within one year."));
            }
            return Ok(NewStatus::SnoozedUntil(at));
        }
        (ConversationStatus::Snoozed, None) => return Err(until("Send the time when the snooze ends.")),
        (ConversationStatus::Open, _) => NewStatus::Open,
        (ConversationStatus::Pending, _) => NewStatus::Pending,
        (ConversationStatus::Closed, _) => NewStatus::Closed,
    };
    match text {
        Some(_) => Err(until("Only for the status snoozed. Leave it out.")),
        None => Ok(new),
    }
}
