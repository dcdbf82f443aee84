//! What a lead has agreed to receive.

use super::leads::seen;
use crate::app::App;
use crate::views::At;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::inbox::consents::{ConsentChange, ConsentKind, ConsentSource, ConsentState, Consents};
use domain::{Actor, LeadId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest note, in characters.
const LONGEST_NOTE: u32 = 500;

/// What a lead has agreed to receive.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Consent")]
pub(crate) struct ConsentView {
    /// What is recorded about marketing templates.
    marketing: ConsentState,
    /// What is recorded about other messages that do not answer the customer.
    service: ConsentState,
    /// All changes, the newest first: up to 50 of each kind.
    history: Vec<ConsentChangeView>,
}

/// A change of a lead's consent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConsentChange")]
pub(crate) struct ConsentChangeView {
    /// What it is about.
    kind: ConsentKind,
    /// Whether the customer agrees from then on.
    allowed: bool,
    /// When the customer said so.
    at: At,
    /// How it came about.
    source: ConsentSource,
    /// Who wrote it down. Null if the customer did.
    by: Option<Actor>,
    /// The proof, or what was said.
    note: Option<Text>,
}

/// A change of a lead's consent. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ConsentBody {
    /// Whether marketing templates may be sent.
    marketing: Option<bool>,
    /// Whether other messages may be sent that do not answer the customer.
    service: Option<bool>,
    /// The proof: how and where the customer said so. Required to allow what the customer refused.
    #[schemars(length(min = 1, max = LONGEST_NOTE))]
    note: Option<Text>,
}

impl ConsentView {
    fn new(consents: &Consents) -> Self {
        let history = consents.changes().iter().map(|change| ConsentChangeView {
            kind: change.kind,
            allowed: change.allowed,
            at: At(change.at),
            source: change.source,
            by: change.by,
            note: change.note.clone(),
        });
        Self {
            marketing: consents.state(ConsentKind::Marketing),
            service: consents.state(ConsentKind::Service),
            history: history.collect(),
        }
    }
}

/// `GET /api/leads/{id}/consent`: Get what a lead has agreed to receive, with all changes.
pub(crate) async fn get_consent(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<ConsentView>, Problem> {
    seen(&app, caller.tenant, &viewer, id).await?;
    let consents = app.store.tenant(caller.tenant).consents(id).await?;
    Ok(Json(ConsentView::new(&consents)))
}

/// `PATCH /api/leads/{id}/consent` `{marketing, service, note}`: Write down what a customer has agreed to. To allow what the
/// customer refused, `note` has to say how they changed their mind.
pub(crate) async fn update_consent(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<ConsentBody>,
) -> Result<Json<ConsentView>, Problem> {
    let wanted = [(ConsentKind::Marketing, body.marketing), (ConsentKind::Service, body.service)];
    let wanted: Vec<_> = wanted.into_iter().filter_map(|(kind, allowed)| Some((kind, allowed?))).collect();
    if wanted.is_empty() {
        return Err(wrong("marketing", "Send marketing, service or both."));
    }
    let length = body.note.as_ref().map(|note| note.as_str().chars().count());
    if length.is_some_and(|length| length > LONGEST_NOTE as usize) || body.note.as_ref().is_some_and(Text::is_blank) {
        return Err(wrong("note", &format!("Use 1 to {LONGEST_NOTE} characters.")));
    }
    seen(&app, caller.tenant, &viewer, id).await?;
    let store = app.store.tenant(caller.tenant);
    let before = store.consents(id).await?;
    let refused = |kind| before.holds(kind).is_some_and(|change| !change.allowed);
    if body.note.is_none() && wanted.iter().any(|(kind, allowed)| *allowed && refused(*kind)) {
        return Err(wrong("note", "The customer has opted out. Say how they agreed to receive messages again."));
    }
    let at = app.clock.now();
    let changes: Vec<_> = wanted
        .into_iter()
        .map(|(kind, allowed)| ConsentChange {
            kind,
            allowed,
            at,
            source: ConsentSource::User,
            by: Some(caller.by),
            note: body.note.clone(),
        })
        .collect();
    let words: Vec<_> =
        changes.iter().map(|change| format!("{} {}", change.kind, if change.allowed { "on" } else { "off" })).collect();
    let said = entry(&app, caller.by, Action::ConsentChanged, &id.to_string(), &words.join(", "));
    let consents = store.change_consent_as(id, &changes, &said).await?;
    Ok(Json(ConsentView::new(&consents)))
}

fn wrong(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, detail)])
}
