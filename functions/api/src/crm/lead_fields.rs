//! Custom fields of leads: create, change, order and delete their definitions. Values are changed with the lead.

use crate::app::App;
use crate::web::answers::Versioned;
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use axum::extract::State;
use domain::access::audit::Action;
use domain::crm::lead_fields::{
    FieldChange, FieldDefinition, FieldKey, FieldType, InvalidField, LONGEST_LABEL, LeadFields, MOST_CHOICES,
};
use domain::stages::Stage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// A custom field of leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CustomField")]
pub(crate) struct LeadFieldView {
    /// The key under which leads keep their values. It never changes.
    key: FieldKey,
    /// The name.
    name: String,
    /// The type. It never changes.
    #[serde(rename = "type")]
    kind: FieldType,
    /// The choices of a field of the type `choice` or `multiple_choice`.
    choices: Vec<String>,
    /// The stages to which users cannot move a lead without a value.
    required_at: BTreeSet<Stage>,
}

/// All custom fields, in their order.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LeadFields")]
pub(crate) struct LeadFieldsView {
    /// The fields.
    items: Vec<LeadFieldView>,
    /// Null: all fields are on one page.
    next_cursor: Option<String>,
}

/// A custom field to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewFieldBody {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_LABEL))]
    name: String,
    /// The key. Defaults to one that is made of the name.
    #[schemars(with = "Option<FieldKey>")]
    key: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    #[schemars(with = "FieldType")]
    kind: String,
    /// The choices of a field of the type `choice` or `multiple_choice`.
    #[serde(default)]
    #[schemars(length(max = MOST_CHOICES))]
    choices: Vec<String>,
    /// The stages to which users cannot move a lead without a value.
    #[serde(default)]
    #[schemars(with = "Vec<Stage>")]
    required_at: Vec<String>,
}

/// A change of a custom field. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct FieldBody {
    /// The name. Leads keep their values.
    #[schemars(length(min = 1, max = LONGEST_LABEL))]
    name: Option<String>,
    /// All choices. A lead keeps a value that is no longer a choice until it is changed.
    #[schemars(length(max = MOST_CHOICES))]
    choices: Option<Vec<String>>,
    /// The stages to which users cannot move a lead without a value.
    #[schemars(with = "Option<Vec<Stage>>")]
    required_at: Option<Vec<String>>,
    /// The place among all fields, from 0.
    #[schemars(range(max = 49))]
    position: Option<usize>,
}

impl LeadFieldsView {
    fn new(fields: LeadFields) -> Self {
        Self { items: fields.fields.into_iter().map(LeadFieldView::new).collect(), next_cursor: None }
    }
}

impl LeadFieldView {
    fn new(field: FieldDefinition) -> Self {
        let FieldDefinition { key, name, kind, choices, required_at } = field;
        Self { key, name, kind, choices, required_at }
    }
}

/// `GET /api/lead-fields`: List the custom fields of leads, in their order. All of them are on one page.
pub(crate) async fn list_lead_fields(
    State(app): State<App>,
    caller: Caller,
) -> Result<Versioned<LeadFieldsView>, Problem> {
    let fields = app.store.tenant(caller.tenant).lead_fields().await?;
    Ok(Versioned { revision: fields.revision, body: LeadFieldsView::new(fields) })
}

/// `POST /api/lead-fields` `{name, key, type, choices, requiredAt}`: Create a custom field. If another field has the name or the
/// key, the answer is 409.
pub(crate) async fn create_lead_field(
    State(app): State<App>,
    caller: Caller,
    if_match: IfMatch,
    JsonBody(body): JsonBody<NewFieldBody>,
) -> Result<Versioned<LeadFieldView, 201>, Problem> {
    let kind = parsed("type", &body.kind)?;
    let given = body.key.as_deref().map(|key| parsed::<FieldKey>("key", key)).transpose()?;
    let required_at = stages_of(&body.required_at)?;
    let (after, key) = changed(&app, caller, if_match, |fields| {
        let key = given.clone().unwrap_or_else(|| FieldKey::for_name(&body.name, &fields.fields));
        let field = FieldDefinition {
            key: key.clone(),
            name: body.name.clone(),
            kind,
            choices: body.choices.clone(),
            required_at: required_at.clone(),
        };
        Ok((fields.with(field).map_err(refused)?, key))
    })
    .await?;
    shown(after, &key)
}

/// `PATCH /api/lead-fields/{id}` `{name, choices, requiredAt, position}`: Update a custom field, or move it. `id` is the field's
/// key. Leads keep their values.
pub(crate) async fn update_lead_field(
    State(app): State<App>,
    caller: Caller,
    Id(key): Id<FieldKey>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<FieldBody>,
) -> Result<Versioned<LeadFieldView>, Problem> {
    let FieldBody { name, choices, required_at, position } = body;
    let required_at = required_at.as_deref().map(stages_of).transpose()?;
    let change = FieldChange { name, choices, required_at, position };
    let (after, _) = changed(&app, caller, if_match, |fields| {
        let after = fields.changing(&key, change.clone()).map_err(refused)?;
        Ok((after.ok_or_else(|| Problem::not_found("custom field"))?, key.clone()))
    })
    .await?;
    shown(after, &key)
}

/// `DELETE /api/lead-fields/{id}`: Delete a custom field. Leads no longer show its values. `id` is the field's key.
pub(crate) async fn delete_lead_field(
    State(app): State<App>,
    caller: Caller,
    Id(key): Id<FieldKey>,
    if_match: IfMatch,
) -> Result<Versioned<LeadFieldsView>, Problem> {
    let (after, _) = changed(&app, caller, if_match, |fields| {
        Ok((fields.without(&key).ok_or_else(|| Problem::not_found("custom field"))?, key.clone()))
    })
    .await?;
    Ok(Versioned { revision: after.revision, body: LeadFieldsView::new(after) })
}

/// Makes a change to the fields as they stand, again if somebody else was faster and the caller did not name a revision.
async fn changed(
    app: &App,
    caller: Caller,
    if_match: IfMatch,
    change: impl Fn(&LeadFields) -> Result<(LeadFields, FieldKey), Problem>,
) -> Result<(LeadFields, FieldKey), Problem> {
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let before = store.lead_fields().await?;
        if_match.admits(before.revision)?;
        let (after, key) = change(&before)?;
        if after == before {
            return Ok((after, key));
        }
        let entry = entry(app, caller.by, Action::LeadFieldsChanged, key.as_str(), "custom field");
        if store.change_lead_fields(before.revision, &after, &entry).await? {
            return Ok((after, key));
        }
        if if_match.0.is_some() {
            return Err(changed_meanwhile());
        }
    }
    Err(store::StoreError::Conflict.into())
}

fn shown<const STATUS: u16>(after: LeadFields, key: &FieldKey) -> Result<Versioned<LeadFieldView, STATUS>, Problem> {
    let field = after.get(key).cloned().ok_or_else(|| Problem::not_found("custom field"))?;
    Ok(Versioned { revision: after.revision, body: LeadFieldView::new(field) })
}

pub(super) fn parsed<T: std::str::FromStr<Err: ToString>>(field: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: T::Err| Problem::invalid(vec![FieldError::new(field, error.to_string())]))
}

fn stages_of(texts: &[String]) -> Result<BTreeSet<Stage>, Problem> {
    texts.iter().enumerate().map(|(place, text)| parsed(&format!("requiredAt[{place}]"), text)).collect()
}

fn refused(refused: InvalidField) -> Problem {
    let invalid = |field| Problem::invalid(vec![FieldError::new(field, refused.to_string())]);
    match refused {
        InvalidField::Name => invalid("name"),
        InvalidField::Choices | InvalidField::NoChoices => invalid("choices"),
        InvalidField::NameTaken => Problem::field(Kind::Conflict, "name", refused.to_string()),
        InvalidField::KeyTaken => Problem::field(Kind::Conflict, "key", refused.to_string()),
        InvalidField::TooMany => Problem::new(Kind::Conflict, refused.to_string()),
    }
}
