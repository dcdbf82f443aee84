//! Quick replies: shared ones and one's own, with variables that are filled when a reply is used.

use crate::Deps;
use crate::app::App;
use crate::inbox::{files, inbox};
use crate::views::leads::LeadNames;
use crate::views::media::MediaView;
use crate::web::answers::{Done, Versioned};
use crate::web::auth::{Caller, ManagesTemplates, Viewing};
use crate::web::body::{JsonBody, given};
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Query, parameters};
use crate::web::uploads;
use axum::Json;
use axum::extract::State;
use domain::access::visibility::{Assignee, Viewer};
use domain::ids::QuickReplyId;
use domain::inbox::media::MediaState;
use domain::inbox::quick_replies::{
    LONGEST_NAME, LONGEST_REPLY, MOST_REPLIES, QuickReply, ReplyName, ReplyText, Variable, first_word,
};
use domain::{Actor, ConversationId, MediaId, Text, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A quick reply. Omitted fields stay as they are; null removes a file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub(crate) struct QuickReplyBody {
    /// The word that finds it after `/`.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    name: Option<String>,
    /// The text, with variables such as `{{lead.name}}` and `{{agent.name}}`.
    #[schemars(length(min = 1, max = LONGEST_REPLY))]
    text: Option<Text>,
    /// The ID of an uploaded file.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<MediaId>")]
    media_id: Option<Option<String>>,
    /// Whether all users have it. `templates:write` is needed for these. Defaults to false.
    shared: Option<bool>,
}

/// A quick reply.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "QuickReply")]
pub(crate) struct QuickReplyView {
    /// The quick reply's ID.
    id: QuickReplyId,
    /// The word that finds it after `/`.
    name: String,
    /// The text, with its variables.
    text: Text,
    /// The ID of its file. Null if it has none.
    media_id: Option<MediaId>,
    /// Whether all users have it.
    shared: bool,
    /// Whether the caller may change it.
    may_change: bool,
    /// Counts its changes. It is also its `ETag`.
    revision: u64,
}

/// The quick replies of the caller, and the shared ones.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuickReplies")]
pub(crate) struct QuickRepliesView {
    /// By name.
    items: Vec<QuickReplyView>,
    /// The variables that a text may name.
    variables: Vec<String>,
}

/// A quick reply as it is sent in one conversation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FilledQuickReply")]
pub(crate) struct FilledView {
    /// The text, with the values of its variables. Variables without a value are left out.
    text: Text,
    /// Its file. Null if it has none, or if the file is gone.
    media: Option<MediaView>,
}

parameters! {
    /// Where it is used.
    FillQuery {
        /// The conversation's ID.
        conversation = "conversationId": Option<ConversationId>,
    }
}

/// `GET /api/quick-replies`: List the shared quick replies and the caller's own.
pub(crate) async fn list_quick_replies(
    State(app): State<App>,
    caller: Caller,
    ManagesTemplates(manages): ManagesTemplates,
) -> Result<Json<QuickRepliesView>, Problem> {
    let mut replies = app.store.tenant(caller.tenant).quick_replies().await?;
    replies.retain(|reply| reply.owner.is_none() || reply.owner == person(caller));
    replies.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let items = replies.iter().map(|reply| view(reply, caller, manages)).collect();
    let variables = Variable::ALL.iter().map(|variable| format!("{{{{{}}}}}", variable.as_str())).collect();
    Ok(Json(QuickRepliesView { items, variables }))
}

/// `POST /api/quick-replies` `{name, text, mediaId, shared}`: Create a quick reply.
pub(crate) async fn create_quick_reply(
    State(app): State<App>,
    caller: Caller,
    ManagesTemplates(manages): ManagesTemplates,
    JsonBody(body): JsonBody<QuickReplyBody>,
) -> Result<Versioned<QuickReplyView, 201>, Problem> {
    let required = |name: &str| FieldError::new(name, "This field is required.");
    let (Some(name), Some(text)) = (&body.name, &body.text) else {
        let missing = [(body.name.is_none(), "name"), (body.text.is_none(), "text")];
        let missing = missing.into_iter().filter(|(is_missing, _)| *is_missing);
        return Err(Problem::invalid(missing.map(|(_, name)| required(name)).collect()));
    };
    let store = app.store.tenant(caller.tenant);
    if store.quick_replies().await?.len() >= MOST_REPLIES {
        let detail = format!("A business has at most {MOST_REPLIES} quick replies. Delete one first.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let mut errors = Vec::new();
    let name = name_of(name, &mut errors);
    let text = text_of(text, &mut errors);
    let (Some(name), Some(text)) = (name, text) else { return Err(Problem::invalid(errors)) };
    let id = QuickReplyId::from_parts(app.clock.now(), app.random.u128());
    let owner = owner(caller, manages, body.shared)?;
    let media = media(&app, caller, &body).await?.flatten();
    let reply = QuickReply { id, name, text, media, owner, revision: 1 };
    is_free(&app, caller, &reply).await?;
    store.create_quick_reply(&reply).await?;
    Ok(Versioned { revision: 1, body: view(&reply, caller, manages) })
}

/// `PATCH /api/quick-replies/{id}` `{name, text, mediaId, shared}`: Change a quick reply.
pub(crate) async fn update_quick_reply(
    State(app): State<App>,
    caller: Caller,
    ManagesTemplates(manages): ManagesTemplates,
    Id(id): Id<QuickReplyId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<QuickReplyBody>,
) -> Result<Versioned<QuickReplyView>, Problem> {
    let before = changeable(&app, caller, manages, id).await?;
    if_match.admits(before.revision)?;
    let mut errors = Vec::new();
    let mut after = before.clone();
    if let Some(name) = body.name.as_ref().and_then(|name| name_of(name, &mut errors)) {
        after.name = name;
    }
    if let Some(text) = body.text.as_ref().and_then(|text| text_of(text, &mut errors)) {
        after.text = text;
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    if body.shared.is_some() {
        after.owner = owner(caller, manages, body.shared)?;
    }
    if let Some(media) = media(&app, caller, &body).await? {
        after.media = media;
    }
    is_free(&app, caller, &after).await?;
    after.revision += 1;
    if !app.store.tenant(caller.tenant).change_quick_reply(&before, &after).await? {
        return Err(changed_meanwhile());
    }
    Ok(Versioned { revision: after.revision, body: view(&after, caller, manages) })
}

/// `DELETE /api/quick-replies/{id}`: Delete a quick reply.
pub(crate) async fn delete_quick_reply(
    State(app): State<App>,
    caller: Caller,
    ManagesTemplates(manages): ManagesTemplates,
    Id(id): Id<QuickReplyId>,
) -> Result<Done, Problem> {
    changeable(&app, caller, manages, id).await?;
    app.store.tenant(caller.tenant).delete_quick_reply(id).await?;
    Ok(Done)
}

/// `GET /api/quick-replies/{id}/filled?conversationId=`: Get a quick reply as it is sent in one conversation, with the values
/// of its variables.
pub(crate) async fn fill_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<QuickReplyId>,
    Query(FillQuery { conversation }): Query<FillQuery>,
) -> Result<Json<FilledView>, Problem> {
    let reply = found(&app, caller, id).await?;
    let Some(conversation) = conversation else {
        return Err(Problem::field(Kind::InvalidParameter, "conversationId", "Send the conversation's ID."));
    };
    let conversation = inbox::seen(&app, caller.tenant, &viewer, conversation).await?;
    let store = app.store.tenant(caller.tenant);
    let lead = store.lead(conversation.lead).await?;
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    let agent = agent(&app, caller, &viewer).await?;
    let text = reply.text.filled(|variable| {
        let lead = lead.as_ref();
        let name = || lead.map(|lead| names.name(lead, &[&conversation]).as_str().to_owned());
        match variable {
            Variable::LeadName => name(),
            Variable::LeadFirstName => name().and_then(|name| first_word(&name)),
            Variable::LeadPhone => lead.and_then(|lead| names.phone(lead)),
            Variable::LeadEmail => lead.and_then(|lead| lead.details.email.as_ref()).map(|email| email.as_str().into()),
            Variable::AgentName => agent.clone(),
            Variable::AgentFirstName => agent.as_deref().and_then(first_word),
        }
    });
    let media = match reply.media {
        Some(id) => store.media(id, app.clock.now()).await?.filter(|media| media.state == MediaState::Stored),
        None => None,
    };
    Ok(Json(FilledView { text, media: media.map(|media| files::view(&app, caller, &media)) }))
}

async fn agent(deps: &Deps, caller: Caller, viewer: &Viewer) -> Result<Option<String>, Problem> {
    let Some(Assignee::User(id)) = viewer.assignee() else { return Ok(None) };
    let user = deps.store.tenant(caller.tenant).user(id).await?;
    Ok(user.map(|user| user.name.as_str().to_owned()))
}

/// The caller, if they are a person.
const fn person(caller: Caller) -> Option<UserId> {
    match caller.by {
        Actor::User(id) => Some(id),
        Actor::ApiKey(_) | Actor::Operator(_) | Actor::Nobody => None,
    }
}

/// A quick reply that the caller has.
async fn found(deps: &Deps, caller: Caller, id: QuickReplyId) -> Result<QuickReply, Problem> {
    let reply = deps.store.tenant(caller.tenant).quick_reply(id).await?;
    let reply = reply.filter(|reply| reply.owner.is_none() || reply.owner == person(caller));
    reply.ok_or_else(|| Problem::not_found("quick reply"))
}

async fn changeable(deps: &Deps, caller: Caller, manages: bool, id: QuickReplyId) -> Result<QuickReply, Problem> {
    let reply = found(deps, caller, id).await?;
    if reply.owner.is_none() && !manages {
        return Err(shared_needs());
    }
    Ok(reply)
}

fn shared_needs() -> Problem {
    let detail = "Only users with templates:write change shared quick replies. Create your own, or ask an admin.";
    Problem::new(Kind::Forbidden, detail)
}

/// Whose a quick reply is to be. A program has only shared ones.
fn owner(caller: Caller, manages: bool, shared: Option<bool>) -> Result<Option<UserId>, Problem> {
    match (person(caller), shared == Some(true)) {
        (Some(user), false) => Ok(Some(user)),
        (Some(_), true) if manages => Ok(None),
        (None, true) if manages => Ok(None),
        (Some(_) | None, true) => Err(shared_needs()),
        (None, false) => {
            let detail = "An API key has no quick replies of its own. Send true.";
            Err(Problem::invalid(vec![FieldError::new("shared", detail)]))
        }
    }
}

fn name_of(text: &str, errors: &mut Vec<FieldError>) -> Option<ReplyName> {
    ReplyName::parse(text).map_err(|error| errors.push(FieldError::new("name", error.to_string()))).ok()
}

fn text_of(text: &Text, errors: &mut Vec<FieldError>) -> Option<ReplyText> {
    ReplyText::parse(text.as_str()).map_err(|error| errors.push(FieldError::new("text", error.to_string()))).ok()
}

/// The file that the body names: one that was uploaded, with its bytes.
async fn media(deps: &Deps, caller: Caller, body: &QuickReplyBody) -> Result<Option<Option<MediaId>>, Problem> {
    let Some(text) = body.media_id.as_ref() else { return Ok(None) };
    let Some(text) = text else { return Ok(Some(None)) };
    let wrong = || {
        let detail = "There is no such file, or its bytes have not arrived. Upload it by POST /api/media.";
        Problem::invalid(vec![FieldError::new("mediaId", detail)])
    };
    let id: MediaId = text.parse().map_err(|_| wrong())?;
    let media = deps.store.tenant(caller.tenant).media(id, deps.clock.now()).await?.ok_or_else(wrong)?;
    let is_uploaded = matches!(media.origin, domain::inbox::media::MediaOrigin::Uploaded { .. });
    let media = uploads::arrived(deps, media).await?;
    if is_uploaded && media.state == MediaState::Stored { Ok(Some(Some(id))) } else { Err(wrong()) }
}

/// Refuses a name that another quick reply of the same person, or another shared one, has.
async fn is_free(deps: &Deps, caller: Caller, reply: &QuickReply) -> Result<(), Problem> {
    let all = deps.store.tenant(caller.tenant).quick_replies().await?;
    let is_same = |other: &QuickReply| other.id != reply.id && other.owner == reply.owner && other.name == reply.name;
    if all.iter().any(is_same) {
        let detail = "Another quick reply has this name. Choose another name.";
        return Err(Problem::field(Kind::Conflict, "name", detail));
    }
    Ok(())
}

fn view(reply: &QuickReply, caller: Caller, manages: bool) -> QuickReplyView {
    QuickReplyView {
        id: reply.id,
        name: reply.name.as_str().to_owned(),
        text: reply.text.text().clone(),
        media_id: reply.media,
        shared: reply.owner.is_none(),
        may_change: manages || reply.owner.is_some_and(|owner| Some(owner) == person(caller)),
        revision: reply.revision,
    }
}
