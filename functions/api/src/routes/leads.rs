//! Leads: listed by stage, shown with their history, moved along the pipeline.

use crate::Deps;
use crate::app::App;
use crate::auth::{Caller, Viewing};
use crate::body::JsonBody;
use crate::cursor::Cursors;
use crate::deeds::entry;
use crate::inbox;
use crate::path::Id;
use crate::problem::{FieldError, Problem};
use crate::query::{Cursor, Limit, Query, Several, parameters};
use crate::views::gather::{MOST_COUNTED, unread};
use crate::views::leads::{LeadNames, LeadView};
use crate::views::messages::MessageView;
use crate::views::timeline::TimelineView;
use crate::views::{At, PageView};
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::conversations::Head;
use domain::history::Entry;
use domain::leads::{Lead, Source, Stage};
use domain::visibility::Viewer;
use domain::{Bsuid, ConversationId, HomeId, LeadId, MessageId, TenantId, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many leads are looked at for one page of a viewer who does not see everything.
const MOST_ROWS: usize = 1_000;

/// A lead with a page of its past.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LeadWithHistory")]
pub(crate) struct LeadPage {
    #[serde(flatten)]
    lead: LeadView,
    /// Other leads that may be the same person.
    perhaps_same: Vec<LeadId>,
    /// A page of its messages, the newest first.
    messages: Vec<MessageView>,
    /// What happened in the same time, the newest first.
    timeline: Vec<TimelineView>,
    /// Where older messages and lines begin; null if there are none.
    messages_cursor: Option<String>,
}

/// What is changed of a lead.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadBody {
    /// Where it stands from now on.
    #[schemars(required, with = "Stage")]
    stage: Option<String>,
}

/// A lead as `GET` gives it, with another stage.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct WholeBody(Map<String, Value>);

impl JsonSchema for WholeBody {
    fn schema_name() -> Cow<'static, str> {
        Whole::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Whole::json_schema(generator)
    }
}

/// A lead as `GET` gives it, with another stage. What cannot be changed may be left out, and has to be as it is if not.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "WholeLeadBody")]
#[expect(dead_code, reason = "it describes the body, which is compared field by field with what stands")]
struct Whole {
    /// Where it stands from now on.
    stage: Stage,
    /// Its id, as it is.
    id: Option<LeadId>,
    /// Its name, as it is.
    name: Option<Text>,
    /// Its phone, as it is.
    phone: Option<String>,
    /// The end of its phone, as it is.
    phone_masked: Option<String>,
    /// Its name at WhatsApp, as it is.
    username: Option<Text>,
    /// WhatsApp's id of it, as it is.
    bsuid: Option<Bsuid>,
    /// Where it came from, as it is.
    source: Option<Source>,
    /// When it became known, as it is.
    created_at: Option<At>,
    /// Passed over: it changes by itself.
    unread: Option<usize>,
    /// Passed over: it changes by itself.
    last_message: Option<Map<String, Value>>,
    /// Passed over: it changes by itself.
    last_message_at: Option<At>,
    /// Passed over: it changes by itself.
    conversations: Option<Vec<ConversationId>>,
    /// Passed over: it changes by itself.
    updated_at: Option<At>,
    /// Passed over: it changes by itself.
    perhaps_same: Option<Vec<LeadId>>,
    /// Passed over: it changes by itself.
    messages: Option<Vec<Map<String, Value>>>,
    /// Passed over: it changes by itself.
    timeline: Option<Vec<Map<String, Value>>>,
    /// Passed over: it changes by itself.
    messages_cursor: Option<String>,
}

/// The fields of a lead that messages change while somebody has it open.
const CHANGE_BY_THEMSELVES: [&str; 9] = [
    "unread",
    "lastMessage",
    "lastMessageAt",
    "conversations",
    "updatedAt",
    "perhapsSame",
    "messages",
    "timeline",
    "messagesCursor",
];

parameters! {
    /// Which leads.
    LeadsQuery {
        /// Those of these stages; all unless one is said. May also be one parameter, with commas between.
        stage = "stage": Several<Stage>,
        /// How many leads a page holds.
        limit = "limit": Limit<20>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// Which part of a lead's past.
    HistoryQuery {
        /// How many lines of the past a page holds.
        limit = "limit": Limit<50>,
        /// Where the page begins: `messagesCursor` of the page before.
        messages_cursor = "messagesCursor": Option<Cursor>,
    }
}

/// `GET /api/leads?stage=&limit=&cursor=`: the leads, newest message first. `stage` may be repeated and hold
/// several, separated by commas; without it all stages are listed.
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(LeadsQuery { stage: Several(asked), limit, cursor }): Query<LeadsQuery>,
) -> Result<Json<PageView<LeadView>>, Problem> {
    let stages: Vec<_> = Stage::ALL.iter().copied().filter(|stage| asked.is_empty() || asked.contains(stage)).collect();
    let words: Vec<_> = stages.iter().map(|stage| stage.word()).collect();
    let cursors = Cursors::of(&app, caller.tenant, format!("leads {}", words.join(",")));
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let (items, next) = page(&app, caller.tenant, &viewer, &stages, below, limit.0).await?;
    Ok(Json(PageView { items, next_cursor: next.map(|mark| cursors.seal(&mark)) }))
}

/// `GET /api/leads/{id}?limit=&messagesCursor=`: a lead with a page of its messages and timeline, the newest first.
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    Query(HistoryQuery { limit, messages_cursor }): Query<HistoryQuery>,
) -> Result<Json<LeadPage>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, format!("history {id}"));
    let before = cursors.message(messages_cursor.as_ref(), "messagesCursor")?;
    let (lead, heads) = seen(&app, caller.tenant, &viewer, id).await?;
    let (mut lines, next) = history(&app, caller.tenant, &lead, before, limit.0).await?;
    if !viewer.sees_everything() {
        let hidden = |id| heads.iter().all(|head: &Head| head.id != id);
        lines.retain(|(home, entry)| entry.about(*home).is_none_or(|id| !hidden(id)));
    }
    let now = app.clock.now();
    let timeline = lines.iter().map(|(home, entry)| TimelineView::of(entry, *home, now)).collect();
    let messages = lines.into_iter().filter_map(|(home, entry)| MessageView::of(entry, home, now)).collect();
    let perhaps_same = lead.perhaps_same.clone();
    let messages_cursor = next.map(|mark| cursors.seal(&mark.to_string()));
    let lead = view(&app, caller.tenant, &viewer, &lead).await?;
    Ok(Json(LeadPage { lead, perhaps_same, messages, timeline, messages_cursor }))
}

/// `PATCH /api/leads/{id}` `{stage}`: moves a lead to another stage.
pub(crate) async fn update(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<LeadBody>,
) -> Result<Json<LeadView>, Problem> {
    let stage = stage(body.stage.as_deref()).map_err(|error| Problem::invalid(vec![error]))?;
    seen(&app, caller.tenant, &viewer, id).await?;
    moved(&app, caller, &viewer, id, stage).await
}

/// `PUT /api/leads/{id}`: takes back what `GET` gave, and moves the lead to another stage. The other fields may be left
/// out; one that was changed is refused by its name.
pub(crate) async fn replace(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    JsonBody(WholeBody(given)): JsonBody<WholeBody>,
) -> Result<Json<LeadView>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let current = view(&app, caller.tenant, &viewer, &lead).await?;
    let current = serde_json::to_value(current).map_err(|error| Problem::internal(error.to_string()))?;
    let mut errors: Vec<_> = given.iter().filter_map(|(name, value)| refused(name, value, &current)).collect();
    let stage = match given.get("stage") {
        Some(Value::String(text)) => stage(Some(text)),
        Some(_) => Err(FieldError::new("stage", "expected a string")),
        None => stage(None),
    };
    match stage {
        Ok(stage) if errors.is_empty() => moved(&app, caller, &viewer, id, stage).await,
        Ok(_) => Err(Problem::invalid(errors)),
        Err(error) => {
            errors.push(error);
            Err(Problem::invalid(errors))
        }
    }
}

/// Why a field of a lead that comes back is refused; none if it is as it was, or may be another.
fn refused(name: &str, value: &Value, current: &Value) -> Option<FieldError> {
    if name == "stage" || CHANGE_BY_THEMSELVES.contains(&name) {
        return None;
    }
    match current.get(name) {
        Some(there) if there == value => None,
        Some(_) => Some(FieldError::new(name, "cannot be changed: send it as it was, or leave it out")),
        None => Some(FieldError::new(name, "there is no such field")),
    }
}

async fn moved(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    id: LeadId,
    stage: Stage,
) -> Result<Json<LeadView>, Problem> {
    let entry = entry(deps, caller.by, Action::StageMoved, &id.to_string(), &format!("to {stage}"));
    let event = MessageId::at_moment(entry.deed.at, deps.ids.bits());
    let lead = deps.store.set_stage(caller.tenant, id, stage, event, &entry).await?;
    let lead = lead.ok_or_else(|| Problem::not_found("lead"))?;
    view(deps, caller.tenant, viewer, &lead).await.map(Json)
}

fn stage(text: Option<&str>) -> Result<Stage, FieldError> {
    let text = text.ok_or_else(|| FieldError::new("stage", "is missing: it is what can be changed"))?;
    text.parse().map_err(|error: domain::words::UnknownWord| FieldError::new("stage", error.to_string()))
}

/// The lines of all homes of the lead, merged, newest first; and below which line more lie.
async fn history(
    deps: &Deps,
    tenant: TenantId,
    lead: &Lead,
    before: Option<MessageId>,
    limit: usize,
) -> Result<(Vec<(HomeId, Entry)>, Option<MessageId>), Problem> {
    let own = HomeId::of(lead.id);
    let homes: BTreeSet<_> = lead.conversations.iter().map(|conversation| conversation.home).chain([own]).collect();
    let (mut lines, mut oldest) = (Vec::new(), None);
    for home in homes {
        let page = deps.store.history(tenant, home, before, limit).await?;
        // Below the end of a page that goes on, lines of its home are missing.
        oldest = oldest.max(page.next.and_then(|next| next.parse::<MessageId>().ok()));
        lines.extend(page.items.into_iter().map(|entry| (home, entry)));
    }
    lines.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.id));
    let more = oldest.is_some() || lines.len() > limit;
    lines.retain(|(_, entry)| oldest.is_none_or(|oldest| entry.id >= oldest));
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|(_, entry)| entry.id);
    Ok((lines, next))
}

/// The lead, with those of its conversations that the viewer sees; there is at least one, unless they see everything. A
/// lead that they do not see is not found.
async fn seen(deps: &Deps, tenant: TenantId, viewer: &Viewer, id: LeadId) -> Result<(Lead, Vec<Head>), Problem> {
    let missing = || Problem::not_found("lead");
    let lead = deps.store.lead(tenant, id).await?.ok_or_else(missing)?;
    if viewer.sees_everything() {
        return Ok((lead, Vec::new()));
    }
    let mut heads = deps.store.heads(tenant, &lead.conversations).await?;
    heads.retain(|head| inbox::sees(viewer, head));
    if heads.is_empty() { Err(missing()) } else { Ok((lead, heads)) }
}

/// A page of the leads that the viewer sees, and where the next one begins. For a viewer who does not see everything, it
/// looks at 1,000 leads at most.
async fn page(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    stages: &[Stage],
    below: Option<String>,
    limit: usize,
) -> Result<(Vec<LeadView>, Option<String>), Problem> {
    let (mut items, mut below, mut rows) = (Vec::new(), below, 0);
    loop {
        let many = limit - items.len();
        let page = deps.store.list_leads(tenant, stages, below.as_deref(), many).await?;
        rows += many;
        items.extend(views(deps, tenant, viewer, &page.items).await?);
        below = page.next;
        if below.is_none() || items.len() >= limit || rows >= MOST_ROWS {
            return Ok((items, below));
        }
    }
}

async fn view(deps: &Deps, tenant: TenantId, viewer: &Viewer, lead: &Lead) -> Result<LeadView, Problem> {
    let mut views = views(deps, tenant, viewer, std::slice::from_ref(lead)).await?;
    views.pop().ok_or_else(|| Problem::not_found("lead"))
}

/// The views of those leads that the viewer sees, by those of their conversations that the viewer sees.
async fn views(deps: &Deps, tenant: TenantId, viewer: &Viewer, leads: &[Lead]) -> Result<Vec<LeadView>, Problem> {
    let conversations: BTreeSet<ConversationId> =
        leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
    let conversations: Vec<_> = conversations.into_iter().collect();
    let mut heads = deps.store.heads(tenant, &conversations).await?;
    heads.retain(|head| inbox::sees(viewer, head));
    let unread = unread(&deps.store, tenant, &heads).await?;
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    let of_lead = |lead: &Lead| {
        let own: Vec<&Head> = heads.iter().filter(|head| lead.conversations.contains(&head.id)).collect();
        let count = own.iter().filter_map(|head| unread.get(&head.id)).sum::<usize>();
        let visible = viewer.sees_everything() || !own.is_empty();
        visible.then(|| LeadView::new(lead, &own, count.min(MOST_COUNTED), names))
    };
    Ok(leads.iter().filter_map(of_lead).collect())
}
