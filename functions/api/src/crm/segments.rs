//! Segments: saved filters of leads, for oneself or for all users of the business.

use super::leads::{Wanted, page};
use super::notes::{invalid, written};
use crate::Deps;
use crate::app::App;
use crate::views::leads::LeadView;
use crate::views::{At, PageView};
use crate::web::answers::{Done, Versioned};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::crm::segments::{Filter, LONGEST_SEGMENT_NAME, MOST_SEGMENTS, Segment};
use domain::ids::SegmentId;
use domain::{Actor, Text, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many rows are read for a count.
const MOST_COUNTED: usize = 1_000;

/// A segment: a saved filter of leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Segment")]
pub(crate) struct SegmentView {
    /// The segment's ID.
    id: SegmentId,
    /// The name.
    name: Text,
    /// Which leads are in it.
    filter: Filter,
    /// Whether all users of the business see it. Otherwise only its creator does.
    shared: bool,
    /// Who created it.
    by: Actor,
    /// When it was created.
    created_at: At,
    /// When it last changed.
    updated_at: At,
    /// Counts the changes. It is also the `ETag`.
    revision: u64,
}

/// A segment to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewSegmentBody {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_SEGMENT_NAME))]
    name: Text,
    /// Which leads are in it.
    filter: Filter,
    /// Whether all users of the business see it. Otherwise only you do.
    #[serde(default)]
    shared: bool,
}

/// A change of a segment. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SegmentBody {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_SEGMENT_NAME))]
    name: Option<Text>,
    /// Which leads are in it.
    filter: Option<Filter>,
    /// Whether all users of the business see it. Otherwise only its creator does.
    shared: Option<bool>,
}

/// How many leads are in a segment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SegmentCount")]
pub(crate) struct SegmentCountView {
    /// The number of leads that were found in the rows that were read.
    count: usize,
    /// Whether these are all leads of the segment. Otherwise it has at least so many.
    complete: bool,
}

parameters! {
    /// The part of a segment to return.
    SegmentLeadsQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

impl SegmentView {
    fn new(segment: Segment) -> Self {
        let Segment { id, name, filter, shared, by, updated, revision } = segment;
        Self { id, name, filter, shared, by, created_at: At(id.at()), updated_at: At(updated), revision }
    }
}

/// `GET /api/segments`: List segments: those that are shared, and your own. All of them are on one page.
pub(crate) async fn list_segments(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<PageView<SegmentView>>, Problem> {
    let mut segments = app.store.tenant(caller.tenant).segments().await?;
    segments.retain(|segment| segment.shared || segment.by == caller.by);
    Ok(Json(PageView { items: segments.into_iter().map(SegmentView::new).collect(), next_cursor: None }))
}

/// `POST /api/segments` `{name, filter, shared}`: Save a filter of leads as a segment.
pub(crate) async fn create_segment(
    State(app): State<App>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<NewSegmentBody>,
) -> Result<Versioned<SegmentView, 201>, Problem> {
    let name = written("name", &body.name, LONGEST_SEGMENT_NAME)?;
    check(&app, caller, &body.filter).await?;
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    let content = serde_json::to_string(&body.filter).unwrap_or_default();
    let content = digest::hex(&["new segment", name.as_str(), &content, &body.shared.to_string()]);
    let mut id = SegmentId::from_parts(now, app.random.u128());
    if let Some(key) = key {
        let digest = digest::hex(&["segments", &key]);
        let known = store.remember_creation(&digest, &content, &id.to_string(), now).await?;
        let Some(known) = known.and_then(|known| known.parse().ok()) else {
            let detail = "This idempotency key was used for another segment. Use a new key for each segment.";
            return Err(Problem::new(Kind::KeyReused, detail));
        };
        id = known;
        if let Some(segment) = store.segment(id).await? {
            return Ok(Versioned { revision: segment.revision, body: SegmentView::new(segment) });
        }
    }
    if store.segments().await?.len() >= MOST_SEGMENTS {
        let detail = format!("A business has at most {MOST_SEGMENTS} segments. Delete one first.");
        return Err(Problem::new(Kind::Conflict, detail));
    }
    let NewSegmentBody { filter, shared, .. } = body;
    let segment = Segment { id, name, filter, shared, by: caller.by, updated: now, revision: 1 };
    let entry = entry(&app, caller.by, Action::SegmentChanged, &id.to_string(), "created");
    store.create_segment(&segment, &entry).await?;
    Ok(Versioned { revision: segment.revision, body: SegmentView::new(segment) })
}

/// `GET /api/segments/{id}`: Get a segment.
pub(crate) async fn get_segment(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<SegmentId>,
) -> Result<Versioned<SegmentView>, Problem> {
    let segment = the_segment(&app, caller, id).await?;
    Ok(Versioned { revision: segment.revision, body: SegmentView::new(segment) })
}

/// `PATCH /api/segments/{id}` `{name, filter, shared}`: Update a segment. With `If-Match`, the change is refused if another client
/// changed the segment first.
pub(crate) async fn update_segment(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<SegmentId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<SegmentBody>,
) -> Result<Versioned<SegmentView>, Problem> {
    let before = the_segment(&app, caller, id).await?;
    if_match.admits(before.revision)?;
    let mut after = before.clone();
    if let Some(name) = &body.name {
        after.name = written("name", name, LONGEST_SEGMENT_NAME)?;
    }
    if let Some(filter) = body.filter {
        check(&app, caller, &filter).await?;
        after.filter = filter;
    }
    after.shared = body.shared.unwrap_or(before.shared);
    if after.shared != before.shared && before.by != caller.by {
        return Err(Problem::new(Kind::Forbidden, "Only its creator can share a segment, or keep it private."));
    }
    if after == before {
        return Ok(Versioned { revision: before.revision, body: SegmentView::new(before) });
    }
    after.updated = app.clock.now();
    after.revision = before.revision + 1;
    let entry = entry(&app, caller.by, Action::SegmentChanged, &id.to_string(), "changed");
    if !app.store.tenant(caller.tenant).change_segment(before.revision, &after, &entry).await? {
        return Err(changed_meanwhile());
    }
    Ok(Versioned { revision: after.revision, body: SegmentView::new(after) })
}

/// `DELETE /api/segments/{id}`: Delete a segment. Its leads stay as they are.
pub(crate) async fn delete_segment(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<SegmentId>,
    if_match: IfMatch,
) -> Result<Done, Problem> {
    let segment = the_segment(&app, caller, id).await?;
    if_match.admits(segment.revision)?;
    let entry = entry(&app, caller.by, Action::SegmentChanged, &id.to_string(), "deleted");
    if app.store.tenant(caller.tenant).delete_segment(id, segment.revision, &entry).await? {
        Ok(Done)
    } else {
        Err(changed_meanwhile())
    }
}

/// `GET /api/segments/{id}/leads?limit=&cursor=`: List the leads of a segment. The lead with the newest message comes first. A page
/// may hold fewer than `limit` leads and still have a `nextCursor`.
pub(crate) async fn list_segment_leads(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<SegmentId>,
    Query(SegmentLeadsQuery { limit, cursor }): Query<SegmentLeadsQuery>,
) -> Result<Json<PageView<LeadView>>, Problem> {
    let segment = the_segment(&app, caller, id).await?;
    let cursors = Cursors::for_list(&app, caller.tenant, format!("segment {id} {}", segment.revision));
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let wanted = Wanted::Filter(segment.filter);
    let (items, next) = page(&app, caller.tenant, &viewer, &wanted, below, limit.0).await?;
    Ok(Json(PageView { items, next_cursor: next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/segments/{id}/count`: Count the leads of a segment. It reads at most 1,000 leads, and says whether these were all.
pub(crate) async fn count_segment(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<SegmentId>,
) -> Result<Json<SegmentCountView>, Problem> {
    if !viewer.sees_everything() {
        return Err(Problem::new(
            Kind::Forbidden,
            "You see only some of the leads. Ask an owner or admin for the number.",
        ));
    }
    let segment = the_segment(&app, caller, id).await?;
    let store = app.store.tenant(caller.tenant);
    let page = store.filter_leads(&segment.filter, None, MOST_COUNTED, app.clock.now()).await?;
    Ok(Json(SegmentCountView { count: page.items.len(), complete: page.next.is_none() }))
}

/// The segment, if it is shared or the caller's own.
pub(super) async fn the_segment(deps: &Deps, caller: Caller, id: SegmentId) -> Result<Segment, Problem> {
    let segment = deps.store.tenant(caller.tenant).segment(id).await?;
    let segment = segment.filter(|segment| segment.shared || segment.by == caller.by);
    segment.ok_or_else(|| Problem::not_found("segment"))
}

/// Refuses a filter that is too deep or too large, or does not suit the fields of the business.
async fn check(deps: &Deps, caller: Caller, filter: &Filter) -> Result<(), Problem> {
    let fields = deps.store.tenant(caller.tenant).lead_fields().await?;
    filter.check(&fields).map_err(|error| invalid("filter", error.to_string()))
}
