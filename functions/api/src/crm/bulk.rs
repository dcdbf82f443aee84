//! Bulk changes of leads and conversations, and their undoing.

use super::exports::{FilterBody, selection, whose};
use super::jobs;
use super::leads::active_user;
use crate::Deps;
use crate::app::App;
use crate::views::{At, NoTime, PageView};
use crate::web::answers::Accepting;
use crate::web::audit::entry;
use crate::web::auth::{Caller, ManagesLeads, Viewing};
use crate::web::body::{JsonBody, given};
use crate::web::cursor::Cursors;
use crate::web::file_links::{Elsewhere, Ticket};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::bulk::{BulkAction, BulkCounts, BulkOrder, BulkProgress, ConversationAction, LeadAction};
use domain::crm::lead_details::{MOST_TAGS, Tag};
use domain::crm::long_jobs::{JobKind, JobState, LongJob};
use domain::crm::selections::{ConversationFilter, MOST_NAMED, Selection};
use domain::ids::LongJobId;
use domain::inbox::conversations::ConversationStatus;
use domain::stages::Stage;
use domain::{Actor, ChannelId, ConversationId, LeadId, Text, Timestamp, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// The longest snooze.
const LONGEST_SNOOZE: Duration = Duration::from_secs(366 * 24 * 3600);

/// The longest reason for a lost sale, in characters.
const LONGEST_REASON: usize = 500;

/// The change that is made to each.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BulkAction")]
pub(crate) enum ActionName {
    /// Add `tags` to leads.
    Tag,
    /// Remove `tags` from leads.
    Untag,
    /// Give leads the owner `ownerId`, or none.
    SetOwner,
    /// Move leads to `stage`.
    SetStage,
    /// Delete leads. They can be restored for 30 days.
    Delete,
    /// Assign conversations to `assignee`, or unassign them.
    Assign,
    /// Open conversations.
    Open,
    /// Close conversations.
    Close,
    /// Snooze conversations until `snoozedUntil`.
    Snooze,
    /// Mark conversations as read. Customers do not see it, and it cannot be undone.
    Read,
}

/// A change of many leads or conversations. Send the fields of its action, and what to change: some IDs or a filter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BulkBody {
    /// The change that is made to each.
    action: ActionName,
    /// Only these leads.
    #[serde(default)]
    #[schemars(with = "Option<Vec<LeadId>>", length(min = 1, max = MOST_NAMED))]
    lead_ids: Option<Vec<String>>,
    /// All leads that match.
    #[serde(default)]
    leads: Option<FilterBody>,
    /// Only these conversations.
    #[serde(default)]
    #[schemars(with = "Option<Vec<ConversationId>>", length(min = 1, max = MOST_NAMED))]
    conversation_ids: Option<Vec<String>>,
    /// All conversations that match.
    #[serde(default)]
    conversations: Option<ConversationFilterBody>,
    /// The tags, for `tag` and `untag`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Tag>>", length(min = 1, max = MOST_TAGS))]
    tags: Option<Vec<String>>,
    /// The owner, for `set_owner`. Null removes the owner.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    owner_id: Option<Option<String>>,
    /// The stage, for `set_stage`.
    #[serde(default)]
    #[schemars(with = "Option<Stage>")]
    stage: Option<String>,
    /// Why the sales were lost, for the stage `Lost`.
    #[serde(default)]
    #[schemars(length(min = 1, max = LONGEST_REASON))]
    lost_reason: Option<Text>,
    /// The assignee, for `assign`. Null unassigns.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    assignee: Option<Option<String>>,
    /// When the snooze ends, for `snooze`.
    #[serde(default)]
    #[schemars(with = "Option<At>")]
    snoozed_until: Option<String>,
}

/// The conversations that are meant.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
#[schemars(rename = "ConversationFilter")]
pub(crate) struct ConversationFilterBody {
    /// Only conversations with this status, or `all`. Defaults to `open`.
    status: Option<String>,
    /// Only conversations of this assignee: `me`, `unassigned` or a user's ID.
    assignee: Option<String>,
    /// Only conversations on this channel.
    #[schemars(with = "Option<ChannelId>")]
    channel_id: Option<String>,
    /// If true, only conversations with unread messages, or marked as unread.
    unread: Option<bool>,
    /// If true, only conversations that wait for a reply.
    waiting: Option<bool>,
}

/// The number of leads or conversations by result.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BulkCounts")]
struct CountsView {
    /// Those that were changed.
    changed: usize,
    /// Those that were so before, or that are gone.
    unchanged: usize,
    /// Those that could not be changed. The report says why.
    refused: usize,
}

/// A bulk change.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BulkChange")]
pub(crate) struct BulkView {
    /// The bulk change's ID.
    id: LongJobId,
    /// The state of the job.
    state: JobState,
    /// The change that is made to each.
    action: ActionName,
    /// Who began it.
    by: Actor,
    /// How many leads or conversations it is about. Null until they are counted.
    total: Option<usize>,
    /// How many of them are done.
    done: usize,
    /// The number of them by result.
    counts: CountsView,
    /// The bulk change that this one undoes. Null if it undoes none.
    undoes: Option<LongJobId>,
    /// Whether it can be undone.
    can_be_undone: bool,
    /// Where the report of each can be downloaded as CSV. Null until it is there, and once it is removed.
    report_url: Option<String>,
    /// Why it failed. Null unless it did.
    problem: Option<Text>,
    /// When it began.
    created_at: At,
    /// When it ended. Null until then.
    ended_at: Option<At>,
}

parameters! {
    /// The bulk changes to list.
    BulkQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

parameters! {
    /// For whom.
    BulkReportQuery {
        /// The ticket from `reportUrl`.
        ticket = "ticket": Option<Ticket>,
    }
}

/// `POST /api/bulk` `{action, leadIds, leads, conversationIds, conversations, tags, ownerId, stage, lostReason, assignee,
/// snoozedUntil}`: Change many leads or conversations. The change is a job: read it until its state is `done`. It changes
/// what the caller can see. To delete leads, `leads:write` is needed.
pub(crate) async fn create_bulk_change(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    ManagesLeads(manages): ManagesLeads,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<BulkBody>,
) -> Result<Accepting<BulkView>, Problem> {
    let order = order(body, &viewer, app.clock.now()).map_err(Problem::invalid)?;
    may(&order.action, manages)?;
    match &order.action {
        BulkAction::Leads(LeadAction::Own(Some(user))) => active_user(&app, caller.tenant, *user, "ownerId").await?,
        BulkAction::Conversations(ConversationAction::Assign(Some(user))) => {
            active_user(&app, caller.tenant, *user, "assignee").await?;
        }
        BulkAction::Leads(_) | BulkAction::Conversations(_) => {}
    }
    begin(&app, caller, key, &order).await
}

/// `POST /api/bulk/{id}/undo`: Undo a bulk change. Later changes by users stay. The undo is a bulk change of its own.
pub(crate) async fn undo_bulk_change(
    State(app): State<App>,
    caller: Caller,
    ManagesLeads(manages): ManagesLeads,
    Id(id): Id<LongJobId>,
) -> Result<Accepting<BulkView>, Problem> {
    let job = own(&app, caller, manages, id).await?;
    let order: BulkOrder = jobs::read(&job.order)?;
    may(&order.action, manages)?;
    if !can_be_undone(&app, &job, &order) {
        let detail = "This bulk change cannot be undone: it has not ended, is too old, or is an undo itself.";
        return Err(Problem::new(Kind::Conflict, detail));
    }
    // One undo for each bulk change: a second request finds the first.
    let undo = BulkOrder { undoes: Some(id), ..order };
    begin(&app, caller, Some(format!("undo {id}")), &undo).await
}

async fn begin(
    app: &App,
    caller: Caller,
    key: Option<String>,
    order: &BulkOrder,
) -> Result<Accepting<BulkView>, Problem> {
    let text = jobs::written(order)?;
    let id = jobs::new_id(app, caller, key, &format!("bulk {text}")).await?;
    let progress = jobs::written(&BulkProgress::begin(app.clock.now()))?;
    let job = LongJob::new(id, JobKind::Bulk, JobState::Running, caller.by, text, progress);
    let detail = match order.undoes {
        Some(undone) => format!("undo of {undone}"),
        None => word(&order.action),
    };
    let entry = entry(app, caller.by, Action::BulkChanged, &id.to_string(), &detail);
    app.store.tenant(caller.tenant).create_long_job(&job, Some(&entry)).await?;
    view(app, caller, &jobs::found(app, caller, id, JobKind::Bulk).await?).map(Accepting)
}

fn may(action: &BulkAction, manages: bool) -> Result<(), Problem> {
    match action {
        BulkAction::Leads(LeadAction::Delete) if !manages => {
            Err(Problem::new(Kind::Forbidden, "Only users with leads:write can delete leads. Ask an owner or admin."))
        }
        BulkAction::Leads(_) | BulkAction::Conversations(_) => Ok(()),
    }
}

/// The job, if it is the caller's or they manage leads.
async fn own(deps: &Deps, caller: Caller, manages: bool, id: LongJobId) -> Result<LongJob, Problem> {
    let job = jobs::found(deps, caller, id, JobKind::Bulk).await?;
    if manages || job.by == caller.by { Ok(job) } else { Err(Problem::not_found("job")) }
}

fn can_be_undone(deps: &Deps, job: &LongJob, order: &BulkOrder) -> bool {
    let is_kept = deps.clock.now().since(job.id.at()) < domain::crm::long_jobs::FILES_KEPT;
    job.state.has_ended() && is_kept && order.undoes.is_none() && order.action.can_be_undone()
}

fn order(body: BulkBody, viewer: &Viewer, now: Timestamp) -> Result<BulkOrder, Vec<FieldError>> {
    let mut errors = Vec::new();
    let unneeded = unneeded(&body);
    errors
        .extend(unneeded.into_iter().map(|name| FieldError::new(name, "This action does not take it. Leave it out.")));
    let is_of_leads = is_of_leads(body.action);
    let action = action(&body, now, &mut errors);
    let selection = if is_of_leads {
        if body.lead_ids.is_none() && body.leads.is_none() {
            errors.push(FieldError::new("leadIds", "Send leadIds, or a filter as leads."));
        }
        selection(body.lead_ids, body.leads, viewer, &mut errors)
    } else {
        conversations(body.conversation_ids, body.conversations, viewer, &mut errors)
    };
    match (action, selection) {
        (Some(action), Some(selection)) if errors.is_empty() => Ok(BulkOrder { selection, action, undoes: None }),
        (_, _) => Err(errors),
    }
}

const fn is_of_leads(action: ActionName) -> bool {
    match action {
        ActionName::Tag | ActionName::Untag | ActionName::SetOwner | ActionName::SetStage | ActionName::Delete => true,
        ActionName::Assign | ActionName::Open | ActionName::Close | ActionName::Snooze | ActionName::Read => false,
    }
}

/// The fields that belong to other actions.
fn unneeded(body: &BulkBody) -> Vec<&'static str> {
    use ActionName::{Assign, SetOwner, SetStage, Snooze, Tag, Untag};
    let is = |actions: &[ActionName]| actions.contains(&body.action);
    let of_leads = is_of_leads(body.action);
    [
        (body.tags.is_some() && !is(&[Tag, Untag]), "tags"),
        (body.owner_id.is_some() && !is(&[SetOwner]), "ownerId"),
        (body.stage.is_some() && !is(&[SetStage]), "stage"),
        (body.lost_reason.is_some() && !is(&[SetStage]), "lostReason"),
        (body.assignee.is_some() && !is(&[Assign]), "assignee"),
        (body.snoozed_until.is_some() && !is(&[Snooze]), "snoozedUntil"),
        (body.lead_ids.is_some() && !of_leads, "leadIds"),
        (body.leads.is_some() && !of_leads, "leads"),
        (body.conversation_ids.is_some() && of_leads, "conversationIds"),
        (body.conversations.is_some() && of_leads, "conversations"),
    ]
    .into_iter()
    .filter_map(|(is_unneeded, name)| is_unneeded.then_some(name))
    .collect()
}

fn action(body: &BulkBody, now: Timestamp, errors: &mut Vec<FieldError>) -> Option<BulkAction> {
    let lead = |action| Some(BulkAction::Leads(action));
    let conversation = |action| Some(BulkAction::Conversations(action));
    match body.action {
        ActionName::Tag => tags(body, errors).and_then(|tags| lead(LeadAction::Tag(tags))),
        ActionName::Untag => tags(body, errors).and_then(|tags| lead(LeadAction::Untag(tags))),
        ActionName::SetOwner => {
            user("ownerId", body.owner_id.as_ref(), errors).and_then(|user| lead(LeadAction::Own(user)))
        }
        ActionName::SetStage => {
            let Some(text) = body.stage.as_deref() else {
                errors.push(FieldError::new("stage", "Send the new stage."));
                return None;
            };
            let stage: Stage = jobs::parsed("stage", text, errors)?;
            let fits = |reason: &Text| !reason.is_blank() && reason.as_str().chars().count() <= LONGEST_REASON;
            if body.lost_reason.as_ref().is_some_and(|reason| stage != Stage::Lost || !fits(reason)) {
                let detail = format!("Only for the stage Lost, with 1 to {LONGEST_REASON} characters.");
                errors.push(FieldError::new("lostReason", detail));
            }
            lead(LeadAction::Move(stage, body.lost_reason.clone()))
        }
        ActionName::Delete => lead(LeadAction::Delete),
        ActionName::Assign => user("assignee", body.assignee.as_ref(), errors)
            .and_then(|user| conversation(ConversationAction::Assign(user))),
        ActionName::Open => conversation(ConversationAction::Open),
        ActionName::Close => conversation(ConversationAction::Close),
        ActionName::Read => conversation(ConversationAction::Read),
        ActionName::Snooze => {
            let wrong = |detail: String| FieldError::new("snoozedUntil", detail);
            let text = body.snoozed_until.as_deref().unwrap_or_default();
            match text.parse::<At>().map_err(|error: NoTime| wrong(error.to_string())) {
                Ok(At(at)) if at > now && at <= now.plus(LONGEST_SNOOZE) => {
                    conversation(ConversationAction::Snooze(at))
                }
                Ok(_) => {
                    errors.push(wrong("The time must be in the future, and within one year.".to_owned()));
                    None
                }
                Err(error) => {
                    errors.push(error);
                    None
                }
            }
        }
    }
}

fn tags(body: &BulkBody, errors: &mut Vec<FieldError>) -> Option<BTreeSet<Tag>> {
    let mut tags = BTreeSet::new();
    for (place, text) in body.tags.iter().flatten().enumerate() {
        tags.extend(jobs::parsed::<Tag>(&format!("tags[{place}]"), text, errors));
    }
    if body.tags.as_ref().is_none_or(Vec::is_empty) || tags.len() > MOST_TAGS {
        errors.push(FieldError::new("tags", format!("Send 1 to {MOST_TAGS} tags.")));
    }
    Some(tags)
}

fn user(name: &str, given: Option<&Option<String>>, errors: &mut Vec<FieldError>) -> Option<Option<UserId>> {
    match given {
        Some(Some(text)) => jobs::parsed(name, text, errors).map(Some),
        Some(None) => Some(None),
        None => {
            errors.push(FieldError::new(name, "Send a user's ID, or null."));
            None
        }
    }
}

fn conversations(
    ids: Option<Vec<String>>,
    filter: Option<ConversationFilterBody>,
    viewer: &Viewer,
    errors: &mut Vec<FieldError>,
) -> Option<Selection> {
    let filter = match (ids, filter) {
        (Some(ids), None) => {
            return jobs::named("conversationIds", &ids, errors).map(Selection::NamedConversations);
        }
        (None, Some(filter)) => filter,
        (Some(_), Some(_)) | (None, None) => {
            errors.push(FieldError::new("conversationIds", "Send conversationIds, or a filter as conversations."));
            return None;
        }
    };
    let statuses = match filter.status.as_deref() {
        None => vec![ConversationStatus::Open],
        Some("all") => Vec::new(),
        Some(text) => jobs::parsed("conversations.status", text, errors).into_iter().collect(),
    };
    let channel = filter.channel_id.as_deref();
    Some(Selection::Conversations(ConversationFilter {
        statuses,
        assignee: whose("conversations.assignee", filter.assignee.as_deref(), viewer, errors),
        channel: channel.and_then(|text| jobs::parsed("conversations.channelId", text, errors)),
        unread: filter.unread == Some(true),
        waiting: filter.waiting == Some(true),
    }))
}

/// `GET /api/bulk?limit=&cursor=`: List bulk changes, the newest first: all for those who manage leads, else the caller's
/// own. A page may hold fewer than `limit` and still have a `nextCursor`.
pub(crate) async fn list_bulk_changes(
    State(app): State<App>,
    caller: Caller,
    ManagesLeads(manages): ManagesLeads,
    Query(query): Query<BulkQuery>,
) -> Result<Json<PageView<BulkView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "bulk");
    let below = cursors.mark(query.cursor.as_ref(), "cursor")?.and_then(|mark| mark.parse().ok());
    let page = app.store.tenant(caller.tenant).long_jobs(JobKind::Bulk, below, query.limit.0).await?;
    let seen = page.items.iter().filter(|job| manages || job.by == caller.by);
    let items = seen.map(|job| view(&app, caller, job)).collect::<Result<_, _>>()?;
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/bulk/{id}`: Get a bulk change.
pub(crate) async fn get_bulk_change(
    State(app): State<App>,
    caller: Caller,
    ManagesLeads(manages): ManagesLeads,
    Id(id): Id<LongJobId>,
) -> Result<Json<BulkView>, Problem> {
    view(&app, caller, &own(&app, caller, manages, id).await?).map(Json)
}

/// `POST /api/bulk/{id}/cancel`: Cancel a bulk change. What it has changed by then stays, and can be undone.
pub(crate) async fn cancel_bulk_change(
    State(app): State<App>,
    caller: Caller,
    ManagesLeads(manages): ManagesLeads,
    Id(id): Id<LongJobId>,
) -> Result<Json<BulkView>, Problem> {
    let job = own(&app, caller, manages, id).await?;
    view(&app, caller, &jobs::cancel(&app, caller, job).await?).map(Json)
}

/// `GET /api/bulk/{id}/report?ticket=`: Download the report of a bulk change as CSV, with a line for each lead or
/// conversation. The link in `reportUrl` needs no token.
pub(crate) async fn get_bulk_report(
    State(app): State<App>,
    Id(id): Id<LongJobId>,
    Query(BulkReportQuery { ticket }): Query<BulkReportQuery>,
) -> Result<Elsewhere, Problem> {
    let (ticket, job) = jobs::opened(&app, id, JobKind::Bulk, ticket).await?;
    let progress: BulkProgress = jobs::read(&job.progress)?;
    let name = progress.report.ok_or_else(|| Problem::not_found("report"))?;
    jobs::download(&app, ticket, &job, &name, "bulk-report.csv").await
}

const fn name_of(action: &BulkAction) -> ActionName {
    match action {
        BulkAction::Leads(LeadAction::Tag(_)) => ActionName::Tag,
        BulkAction::Leads(LeadAction::Untag(_)) => ActionName::Untag,
        BulkAction::Leads(LeadAction::Own(_)) => ActionName::SetOwner,
        BulkAction::Leads(LeadAction::Move(..)) => ActionName::SetStage,
        BulkAction::Leads(LeadAction::Delete) => ActionName::Delete,
        BulkAction::Conversations(ConversationAction::Assign(_)) => ActionName::Assign,
        BulkAction::Conversations(ConversationAction::Open) => ActionName::Open,
        BulkAction::Conversations(ConversationAction::Close) => ActionName::Close,
        BulkAction::Conversations(ConversationAction::Snooze(_)) => ActionName::Snooze,
        BulkAction::Conversations(ConversationAction::Read) => ActionName::Read,
    }
}

fn word(action: &BulkAction) -> String {
    let name = serde_json::to_value(name_of(action)).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

fn view(deps: &Deps, caller: Caller, job: &LongJob) -> Result<BulkView, Problem> {
    let order: BulkOrder = jobs::read(&job.order)?;
    let progress: BulkProgress = jobs::read(&job.progress)?;
    let BulkCounts { changed, unchanged, refused } = progress.counts;
    let can_be_undone = can_be_undone(deps, job, &order);
    let route = format!("/api/bulk/{}/report", job.id);
    Ok(BulkView {
        id: job.id,
        state: job.state,
        action: name_of(&order.action),
        by: job.by,
        total: progress.selected.total,
        done: progress.done,
        counts: CountsView { changed, unchanged, refused },
        undoes: order.undoes,
        can_be_undone,
        report_url: progress.report.and_then(|_| jobs::link(deps, caller, job, &route)),
        problem: job.problem.clone(),
        created_at: At(job.id.at()),
        ended_at: job.ended.map(At),
    })
}
