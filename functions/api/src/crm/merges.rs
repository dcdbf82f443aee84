//! Merging two leads that are one person: looked at before, made, listed and undone.

use super::leads::{seen, view};
use crate::Deps;
use crate::app::App;
use crate::views::leads::LeadView;
use crate::views::{At, PageView};
use crate::web::answers::Versioned;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Query, parameters};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::lead_changes::LeadField;
use domain::crm::leads::Lead;
use domain::crm::merges::{FieldChoice, FieldRule, Merge, MergeRefused};
use domain::ids::MergeId;
use domain::{Actor, LeadId, MessageId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::crm::merges::{MergeWrite, recorded};

/// How often a merge is tried again when somebody else was faster.
const MOST_RACES: usize = 8;

parameters! {
    /// The lead to merge.
    PreviewQuery {
        /// The ID of the lead to merge into this one.
        with = "with": Option<LeadId>,
    }
}

/// The lead to merge into another.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeBody {
    /// The ID of the lead to merge into this one. It leaves all lists.
    with: LeadId,
}

/// A field in which two leads differ.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MergedField")]
struct FieldView {
    /// The field's name.
    field: LeadField,
    /// Whether the lead keeps its own value, takes the other lead's, or has both.
    rule: FieldRule,
}

impl From<&FieldChoice> for FieldView {
    fn from(choice: &FieldChoice) -> Self {
        Self { field: choice.field, rule: choice.rule }
    }
}

/// What a merge would make of two leads.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MergePreview")]
pub(crate) struct PreviewView {
    /// The lead that stays, as it is.
    lead: LeadView,
    /// The lead that would be merged into it.
    other: LeadView,
    /// The lead that stays, as it would be.
    merged: LeadView,
    /// The fields in which the two differ.
    fields: Vec<FieldView>,
}

/// A merge of two leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Merge")]
pub(crate) struct MergeView {
    /// The merge's ID.
    id: MergeId,
    /// The lead that stays.
    lead_id: LeadId,
    /// The lead that was merged into it.
    other_lead_id: LeadId,
    /// Who merged them.
    by: Actor,
    /// When.
    at: At,
    /// The fields in which the two differed.
    fields: Vec<FieldView>,
    /// Until when the merge can be undone.
    undoable_until: At,
    /// When the merge was undone. Null if it was not.
    undone_at: Option<At>,
    /// Who undid the merge. Null if it was not undone.
    undone_by: Option<Actor>,
}

impl From<&Merge> for MergeView {
    fn from(merge: &Merge) -> Self {
        Self {
            id: merge.id,
            lead_id: merge.lead,
            other_lead_id: merge.other,
            by: merge.by,
            at: At(merge.at()),
            fields: merge.fields.iter().map(FieldView::from).collect(),
            undoable_until: At(merge.undoable_until()),
            undone_at: merge.undone.map(|(at, _)| At(at)),
            undone_by: merge.undone.map(|(_, by)| by),
        }
    }
}

/// The lead and the merge in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MergePath {
    lead: LeadId,
    merge: MergeId,
}

impl<S: Send + Sync> FromRequestParts<S> for MergePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = Path::<(String, String)>::from_request_parts(parts, state).await.ok();
        let read =
            ids.and_then(|Path((lead, merge))| Some(Self { lead: lead.parse().ok()?, merge: merge.parse().ok()? }));
        read.ok_or_else(|| Problem::not_found("merge"))
    }
}

impl Input for MergePath {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let lead = schemas.taken::<LeadId>();
        let merge = schemas.taken::<MergeId>();
        for (name, schema) in [("id", lead), ("mergeId", merge)] {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        operation.problems.insert(Kind::NotFound);
    }
}

/// `GET /api/leads/{id}/merge-preview?with=`: Preview a merge. It shows the lead as it would be, and which of the two leads each
/// field comes from. Nothing is written.
pub(crate) async fn preview_merge(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    Query(PreviewQuery { with }): Query<PreviewQuery>,
) -> Result<Json<PreviewView>, Problem> {
    let with = with.ok_or_else(|| Problem::field(Kind::InvalidParameter, "with", "Send the ID of the other lead."))?;
    let (lead, other) = both(&app, caller, &viewer, id, with).await?;
    let plan = lead.merge(&other, app.clock.now()).map_err(refused)?;
    let lead_view = view(&app, caller.tenant, &viewer, &lead).await?;
    let other = view(&app, caller.tenant, &viewer, &other).await?;
    let merged = view(&app, caller.tenant, &viewer, &plan.lead).await?;
    let fields = plan.fields.iter().map(FieldView::from).collect();
    Ok(Json(PreviewView { lead: lead_view, other, merged, fields }))
}

/// `POST /api/leads/{id}/merge` `{with}`: Merge another lead into this one. This lead keeps its own fields and fills gaps from the
/// other one; tags are combined and the later stage stands. It gets the other lead's conversations, timeline and tasks. A merge
/// can be undone for 30 days.
pub(crate) async fn merge_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    if_match: IfMatch,
    JsonBody(MergeBody { with }): JsonBody<MergeBody>,
) -> Result<Versioned<MergeView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        if let Some(made) = made_before(&app, caller, &viewer, id, with).await? {
            return Ok(made);
        }
        let (lead, other) = both(&app, caller, &viewer, id, with).await?;
        if_match.admits(lead.revision)?;
        let now = app.clock.now();
        let plan = lead.merge(&other, now).map_err(refused)?;
        let merge = recorded(MergeId::from_parts(now, app.random.u128()), &lead, other.id, &plan, caller.by);
        let entry = entry(&app, caller.by, Action::LeadsMerged, &lead.id.to_string(), &format!("with {}", other.id));
        let lines = [(); 2].map(|()| MessageId::at_moment(now, app.random.u128()));
        match store.merge_leads((&lead, &other), &plan, &merge, lines, &entry).await? {
            MergeWrite::Done => {
                return Ok(Versioned { revision: plan.lead.revision, body: MergeView::from(&merge) });
            }
            MergeWrite::Stale if if_match.0.is_some() => return Err(changed_meanwhile()),
            MergeWrite::Stale => {}
            MergeWrite::TooLarge => return Err(too_large()),
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `GET /api/leads/{id}/merges`: List the merges into a lead. The newest comes first. All of them are on one page.
pub(crate) async fn list_merges(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<PageView<MergeView>>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let merges = app.store.tenant(caller.tenant).merges(lead.id).await?;
    Ok(Json(PageView { items: merges.iter().map(MergeView::from).collect(), next_cursor: None }))
}

/// `POST /api/leads/{id}/merges/{mergeId}/undo`: Undo a merge within 30 days. Both leads are there again, each with its own
/// conversations. A field that was changed after the merge stays as it is.
pub(crate) async fn undo_merge(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    path: MergePath,
) -> Result<Versioned<MergeView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let (lead, _) = seen(&app, caller.tenant, &viewer, path.lead).await?;
        let merge = store.merge(path.lead, path.merge).await?.ok_or_else(|| Problem::not_found("merge"))?;
        let other = store.lead(merge.other).await?.ok_or_else(|| Problem::not_found("merge"))?;
        if merge.undone.is_some() {
            // The same request again, or another user was faster: it is as both want it.
            return Ok(Versioned { revision: lead.revision, body: MergeView::from(&merge) });
        }
        let now = app.clock.now();
        let (kept, again) = merge.undo(&lead, &other, now).map_err(refused)?;
        let entry = entry(&app, caller.by, Action::MergeUndone, &lead.id.to_string(), &format!("with {}", other.id));
        let lines = [(); 3].map(|()| MessageId::at_moment(now, app.random.u128()));
        match store.undo_merge((&lead, &other), (&kept, &again), &merge, lines, caller.by, &entry).await? {
            MergeWrite::Done => {
                let undone = Merge { undone: Some((now, caller.by)), ..merge };
                return Ok(Versioned { revision: kept.revision, body: MergeView::from(&undone) });
            }
            MergeWrite::Stale => {}
            MergeWrite::TooLarge => return Err(too_large()),
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// The two leads of a merge. The caller must see both.
async fn both(deps: &Deps, caller: Caller, viewer: &Viewer, id: LeadId, with: LeadId) -> Result<(Lead, Lead), Problem> {
    let (lead, _) = seen(deps, caller.tenant, viewer, id).await?;
    let other = seen(deps, caller.tenant, viewer, with).await;
    let (other, _) = other.map_err(|problem| problem.if_missing(|| invalid("There is no lead with this ID.")))?;
    if lead.id == other.id && id != with {
        let detail = "These leads were merged already. Open the lead that stays.";
        return Err(Problem::new(Kind::Conflict, detail));
    }
    Ok((lead, other))
}

/// The merge that was asked for, if it stands: a repeated request gets the same answer.
async fn made_before(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    id: LeadId,
    with: LeadId,
) -> Result<Option<Versioned<MergeView>>, Problem> {
    let store = deps.store.tenant(caller.tenant);
    let Some(other) = store.lead(with).await?.filter(|other| other.merged_into == Some(id)) else { return Ok(None) };
    let (lead, _) = seen(deps, caller.tenant, viewer, id).await?;
    let merges = store.merges(lead.id).await?;
    let made = merges.iter().find(|merge| merge.other == other.id && merge.undone.is_none());
    Ok(made.map(|merge| Versioned { revision: lead.revision, body: MergeView::from(merge) }))
}

fn refused(refused: MergeRefused) -> Problem {
    match refused {
        MergeRefused::Itself => invalid(&refused.to_string()),
        MergeRefused::Undone | MergeRefused::TooLate | MergeRefused::ChangedSince => {
            Problem::new(Kind::Conflict, refused.to_string())
        }
    }
}

fn too_large() -> Problem {
    let detail = "These leads have too many conversations and phone numbers to be merged.";
    Problem::new(Kind::Conflict, detail)
}

fn invalid(detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new("with", detail)])
}
