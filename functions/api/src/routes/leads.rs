//! Leads: listed by stage, shown with their history, moved along the pipeline.

use crate::Deps;
use crate::app::App;
use crate::auth::Caller;
use crate::body::JsonBody;
use crate::cursor::Cursors;
use crate::path::Id;
use crate::problem::{FieldError, Problem};
use crate::query::{Cursor, Limit, Query, Several, parameters};
use crate::routes::conversations::{MOST_UNREAD, unread};
use crate::views::PageView;
use crate::views::leads::LeadView;
use crate::views::messages::MessageView;
use crate::views::timeline::TimelineView;
use axum::Json;
use axum::extract::State;
use domain::conversations::Head;
use domain::history::Entry;
use domain::leads::{Lead, Stage};
use domain::{ConversationId, HomeId, LeadId, MessageId, TenantId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    Query(LeadsQuery { stage: Several(asked), limit, cursor }): Query<LeadsQuery>,
) -> Result<Json<PageView<LeadView>>, Problem> {
    let stages: Vec<_> = Stage::ALL.iter().copied().filter(|stage| asked.is_empty() || asked.contains(stage)).collect();
    let words: Vec<_> = stages.iter().map(|stage| stage.word()).collect();
    let cursors = Cursors::of(&app, caller.tenant, format!("leads {}", words.join(",")));
    let below = cursors.mark(cursor.as_ref(), "cursor")?;
    let page = app.store.list_leads(caller.tenant, &stages, below.as_deref(), limit.0).await?;
    let next_cursor = page.next.map(|mark| cursors.seal(&mark));
    Ok(Json(PageView { items: views(&app, caller.tenant, &page.items).await?, next_cursor }))
}

/// `GET /api/leads/{id}?limit=&messagesCursor=`: a lead with a page of its messages and timeline, the newest first.
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LeadId>,
    Query(HistoryQuery { limit, messages_cursor }): Query<HistoryQuery>,
) -> Result<Json<LeadPage>, Problem> {
    let cursors = Cursors::of(&app, caller.tenant, format!("history {id}"));
    let before = cursors.message(messages_cursor.as_ref(), "messagesCursor")?;
    let lead = app.store.lead(caller.tenant, id).await?.ok_or_else(|| Problem::not_found("lead"))?;
    let (lines, next) = history(&app, caller.tenant, &lead, before, limit.0).await?;
    let now = app.clock.now();
    let timeline = lines.iter().map(|(home, entry)| TimelineView::of(entry, *home, now)).collect();
    let messages = lines.into_iter().filter_map(|(home, entry)| MessageView::of(entry, home, now)).collect();
    let perhaps_same = lead.perhaps_same.clone();
    let messages_cursor = next.map(|mark| cursors.seal(&mark.to_string()));
    let lead = view(&app, caller.tenant, &lead).await?;
    Ok(Json(LeadPage { lead, perhaps_same, messages, timeline, messages_cursor }))
}

/// `PATCH /api/leads/{id}` `{stage}`: moves a lead to another stage.
pub(crate) async fn update(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<LeadId>,
    JsonBody(body): JsonBody<LeadBody>,
) -> Result<Json<LeadView>, Problem> {
    let stage = stage(body.stage.as_deref()).map_err(|error| Problem::invalid(vec![error]))?;
    let now = app.clock.now();
    let event = MessageId::at_moment(now, app.ids.bits());
    let lead = app.store.set_stage(caller.tenant, id, stage, caller.by, (event, now)).await?;
    let lead = lead.ok_or_else(|| Problem::not_found("lead"))?;
    view(&app, caller.tenant, &lead).await.map(Json)
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
    let (mut lines, mut more) = (Vec::new(), false);
    for home in homes {
        let page = deps.store.history(tenant, home, before, limit).await?;
        more |= page.next.is_some();
        lines.extend(page.items.into_iter().map(|entry| (home, entry)));
    }
    lines.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.id));
    more |= lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|(_, entry)| entry.id);
    Ok((lines, next))
}

async fn view(deps: &Deps, tenant: TenantId, lead: &Lead) -> Result<LeadView, Problem> {
    let mut views = views(deps, tenant, std::slice::from_ref(lead)).await?;
    views.pop().ok_or_else(|| Problem::internal("a lead has no view"))
}

async fn views(deps: &Deps, tenant: TenantId, leads: &[Lead]) -> Result<Vec<LeadView>, Problem> {
    let conversations: BTreeSet<ConversationId> =
        leads.iter().flat_map(|lead| lead.conversations.iter().copied()).collect();
    let conversations: Vec<_> = conversations.into_iter().collect();
    let heads = deps.store.heads(tenant, &conversations).await?;
    let unread = unread(deps, tenant, &heads).await?;
    let of_lead = |lead: &Lead| {
        let own: Vec<&Head> = heads.iter().filter(|head| lead.conversations.contains(&head.id)).collect();
        let count = own.iter().filter_map(|head| unread.get(&head.id)).sum::<usize>();
        LeadView::of(lead, &own, count.min(MOST_UNREAD))
    };
    Ok(leads.iter().map(of_lead).collect())
}
