//! The erasure of a person: asked for, watched, and its receipt.

use super::leads::seen;
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::erasures::{Erased, Erasure};
use domain::crm::leads::Lead;
use domain::ids::ErasureId;
use domain::{Actor, LeadId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How often an erasure is begun again when somebody else changed the lead.
const MOST_RACES: usize = 8;

/// The confirmation of an erasure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseBody {
    /// The lead's ID once more: an erasure cannot be undone.
    confirm: LeadId,
}

/// How far an erasure is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "ErasureStatus")]
enum StatusView {
    /// It goes on.
    Running,
    /// Nothing is left.
    Done,
}

/// The erasure of a person.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Erasure")]
pub(crate) struct ErasureView {
    /// The erasure's ID.
    id: ErasureId,
    /// The IDs of the erased leads: the lead, and those that were merged into it.
    lead_ids: Vec<LeadId>,
    /// How far the erasure is.
    status: StatusView,
    /// Who requested it.
    by: Actor,
    /// When it was requested.
    requested_at: At,
    /// When it was done. Null while it is running.
    done_at: Option<At>,
    /// The number of erased messages.
    messages: u64,
    /// The number of erased files.
    files: u64,
    /// The number of other erased entries: events, notes, tasks, conversations.
    others: u64,
    /// The receipt: a digest over everything above. Null while the erasure is running.
    receipt: Option<String>,
}

impl From<&Erasure> for ErasureView {
    fn from(erasure: &Erasure) -> Self {
        let Erased { messages, files, others } = erasure.erased;
        Self {
            id: erasure.id,
            lead_ids: erasure.leads.clone(),
            status: if erasure.done.is_some() { StatusView::Done } else { StatusView::Running },
            by: erasure.by,
            requested_at: At(erasure.requested),
            done_at: erasure.done.map(At),
            messages,
            files,
            others,
            receipt: erasure.receipt(),
        }
    }
}

/// 202: the erasure goes on by itself.
pub(crate) struct Begun(ErasureView);

impl IntoResponse for Begun {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Json(self.0)).into_response()
    }
}

impl Output for Begun {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(202, Answer::json::<ErasureView>("Accepted.", schemas));
    }
}

parameters! {
    /// The erasures to list.
    ErasuresQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `POST /api/leads/{id}/erase` `{confirm}`: Erase a person. The lead, the leads that were merged into it, and their
/// conversations, messages, files, notes and tasks are removed. This cannot be undone. If the person writes again, a new lead
/// begins. `GET /api/erasures/{id}` shows the progress and then the receipt.
pub(crate) async fn erase_lead(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(EraseBody { confirm }): JsonBody<EraseBody>,
) -> Result<Begun, Problem> {
    if confirm != id {
        let detail = "Send the ID of the lead as `confirm`. An erasure cannot be undone.";
        return Err(Problem::invalid(vec![FieldError::new("confirm", detail)]));
    }
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        if let Some(begun) = store.erasure(ErasureId::for_lead(id)).await? {
            return Ok(Begun(ErasureView::from(&begun)));
        }
        let lead = erasable(&app, caller, &viewer, id).await?;
        if lead.erasing {
            let begun = store.erasure(ErasureId::for_lead(lead.id)).await?;
            return begun.map(|begun| Begun(ErasureView::from(&begun))).ok_or_else(|| Problem::not_found("lead"));
        }
        let erasure = Erasure {
            id: ErasureId::for_lead(lead.id),
            leads: [lead.id].iter().chain(&lead.merged).copied().collect(),
            histories: lead.histories().into_iter().collect(),
            by: caller.by,
            requested: app.clock.now(),
            done: None,
            erased: Erased::default(),
        };
        let entry = entry(&app, caller.by, Action::LeadErased, &lead.id.to_string(), "requested");
        if store.begin_erasure(&lead, &erasure, &entry).await? {
            return Ok(Begun(ErasureView::from(&erasure)));
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `GET /api/erasures?limit=&cursor=`: List the erasures. The newest lead comes first.
pub(crate) async fn list_erasures(
    State(app): State<App>,
    caller: Caller,
    Query(ErasuresQuery { limit, cursor }): Query<ErasuresQuery>,
) -> Result<Json<PageView<ErasureView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "erasures");
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let page = app.store.tenant(caller.tenant).erasures(below, limit.0).await?;
    let items = page.items.iter().map(ErasureView::from).collect();
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/erasures/{id}`: Get an erasure with its receipt.
pub(crate) async fn get_erasure(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ErasureId>,
) -> Result<Json<ErasureView>, Problem> {
    let erasure = app.store.tenant(caller.tenant).erasure(id).await?;
    erasure.map(|erasure| Json(ErasureView::from(&erasure))).ok_or_else(|| Problem::not_found("erasure"))
}

/// The lead, which the caller must see. One that was deleted can be erased too, by those who see everything.
async fn erasable(deps: &Deps, caller: Caller, viewer: &Viewer, id: LeadId) -> Result<Lead, Problem> {
    let lead = deps.store.tenant(caller.tenant).current_lead(id).await?;
    match lead.filter(|lead| lead.deleted.is_some() && viewer.sees_everything()) {
        Some(lead) => Ok(lead),
        None => Ok(seen(deps, caller.tenant, viewer, id).await?.0),
    }
}
