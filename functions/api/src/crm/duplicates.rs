//! Leads that may be the same person: listed, and settled by a person. A merge settles them the other way.

use super::leads::{seen, views};
use crate::app::App;
use crate::views::leads::LeadView;
use crate::views::{At, PageView};
use crate::web::answers::Done;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::LeadId;
use domain::access::audit::Action;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

parameters! {
    /// The page of pairs to list.
    PairsQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// Two leads that may be the same person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PossibleDuplicate")]
pub(crate) struct PairView {
    /// The two leads, the older one first.
    leads: Vec<LeadView>,
    /// When WhatsApp first named identities of both in one event.
    since: At,
}

/// The other lead of a pair.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct OtherBody {
    /// The ID of the other lead.
    lead_id: LeadId,
}

/// `GET /api/possible-duplicates?limit=&cursor=`: List pairs of leads that may be the same person. WhatsApp named identities of
/// both in one event. Merge them, or dismiss the pair. A page may hold fewer than `limit` pairs and still have a `nextCursor`.
pub(crate) async fn list_possible_duplicates(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(PairsQuery { limit, cursor }): Query<PairsQuery>,
) -> Result<Json<PageView<PairView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "possible duplicates");
    let after = cursors.mark(cursor.as_ref(), "cursor")?;
    let store = app.store.tenant(caller.tenant);
    let page = store.possible_duplicates(after, limit.0).await?;
    let ids: Vec<_> = page.items.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    let mut leads = store.leads(&ids).await?;
    leads.retain(|lead| lead.deleted.is_none());
    let mut items = Vec::with_capacity(page.items.len());
    for pair in page.items {
        let both: Vec<_> = leads.iter().filter(|lead| lead.id == pair.one || lead.id == pair.other).cloned().collect();
        let mut leads = views(&app, caller.tenant, &viewer, &both).await?;
        leads.sort_by_key(LeadView::id);
        if leads.len() == 2 {
            items.push(PairView { leads, since: At(pair.since) });
        }
    }
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `POST /api/leads/{id}/not-duplicates` `{leadId}`: Dismiss a possible duplicate: the two leads are different people. Leadwire does
/// not suggest the pair again.
pub(crate) async fn dismiss_duplicate(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(OtherBody { lead_id }): JsonBody<OtherBody>,
) -> Result<Done, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let other = seen(&app, caller.tenant, &viewer, lead_id).await;
    let other = other.map_err(|problem| problem.if_missing(|| invalid("There is no lead with this ID.")))?.0;
    if lead.id == other.id {
        return Err(invalid("Send the ID of another lead."));
    }
    let entry = entry(&app, caller.by, Action::DuplicateDismissed, &lead.id.to_string(), &format!("not {}", other.id));
    let settled = app.store.tenant(caller.tenant).settle_distinct(lead.id, other.id, &entry).await?;
    if settled { Ok(Done) } else { Err(Problem::not_found("lead")) }
}

fn invalid(detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new("leadId", detail)])
}
