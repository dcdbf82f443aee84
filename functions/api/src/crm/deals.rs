//! Deals: create, change, move, delete and list. The lead's stage follows its newest open deal.

use super::lead_fields::parsed;
use super::leads::{MOST_ROWS, active_user, seen, views};
use super::notes::{invalid, written};
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Done, Versioned};
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::{JsonBody, given};
use crate::web::cursor::Cursors;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, Several, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::visibility::Viewer;
use domain::crm::deals::{Deal, DealChange, LONGEST_TITLE, MOST_DEALS};
use domain::crm::lead_details::currency;
use domain::crm::lead_fields::day;
use domain::crm::leads::Lead;
use domain::ids::{DealId, PipelineId};
use domain::stages::Stage;
use domain::{Actor, LeadId, MessageId, Text, UserId, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use store::crm::deals::DealAuthor;

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// The longest reason for a lost deal, in characters.
const LONGEST_REASON: usize = 500;

/// A deal: a possible sale to a lead.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Deal")]
pub(crate) struct DealView {
    /// The deal's ID.
    id: DealId,
    /// The lead's ID.
    lead_id: LeadId,
    /// The lead's name.
    lead_name: Text,
    /// What is sold.
    title: Text,
    /// The value, in `currency`. Null if unknown.
    #[schemars(range(min = 0))]
    value: Option<f64>,
    /// The currency of the value, as ISO 4217 writes it. Null without a value.
    currency: Option<String>,
    /// The pipeline's ID.
    pipeline_id: PipelineId,
    /// The stage.
    stage: Stage,
    /// When the deal came into its stage.
    stage_since: At,
    /// The user who looks after the deal. Null if there is none.
    owner_id: Option<UserId>,
    /// The day on which the deal is expected to be won, such as 2026-12-24. Null if unknown.
    expected_close: Option<Text>,
    /// Why the deal was lost. Null unless the stage is `Lost`.
    lost_reason: Option<Text>,
    /// Who created the deal.
    by: Actor,
    /// When the deal was created.
    created_at: At,
    /// When the deal last changed.
    updated_at: At,
    /// Counts the changes. It is also the `ETag`.
    revision: u64,
}

/// A deal to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewDealBody {
    /// What is sold.
    #[schemars(length(min = 1, max = LONGEST_TITLE))]
    title: Text,
    /// The value, with at most the decimals of its currency.
    #[schemars(with = "Option<f64>", range(min = 0))]
    value: Option<Number>,
    /// The currency of the value, as ISO 4217 writes it.
    currency: Option<String>,
    /// The pipeline. Defaults to the default pipeline.
    #[schemars(with = "Option<PipelineId>")]
    pipeline_id: Option<String>,
    /// The stage. Defaults to `New`.
    #[schemars(with = "Option<Stage>")]
    stage: Option<String>,
    /// The user who looks after the deal. Defaults to the lead's owner; null for none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    owner_id: Option<Option<String>>,
    /// The day on which the deal is expected to be won, such as 2026-12-24.
    expected_close: Option<String>,
    /// Why the deal was lost. Only in the stage `Lost`.
    #[schemars(length(min = 1, max = LONGEST_REASON))]
    lost_reason: Option<Text>,
}

/// A change of a deal. Omitted fields stay as they are; null removes a value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DealBody {
    /// What is sold.
    #[schemars(length(min = 1, max = LONGEST_TITLE))]
    title: Option<Text>,
    /// The value, with at most the decimals of its currency.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<f64>", range(min = 0))]
    value: Option<Option<Number>>,
    /// The currency of the value, as ISO 4217 writes it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    currency: Option<Option<String>>,
    /// The pipeline.
    #[schemars(with = "Option<PipelineId>")]
    pipeline_id: Option<String>,
    /// The stage. The lead's stage follows its newest open deal.
    #[schemars(with = "Option<Stage>")]
    stage: Option<String>,
    /// The user who looks after the deal.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<UserId>")]
    owner_id: Option<Option<String>>,
    /// The day on which the deal is expected to be won, such as 2026-12-24.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    expected_close: Option<Option<String>>,
    /// Why the deal was lost. Only in the stage `Lost`.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Text>", length(min = 1, max = LONGEST_REASON))]
    lost_reason: Option<Option<Text>>,
}

parameters! {
    /// The deals to list.
    DealsQuery {
        /// The pipeline. Defaults to the default pipeline.
        pipeline_id = "pipelineId": Option<PipelineId>,
        /// Only deals in these stages. Repeat the parameter, or separate stages by commas. Defaults to all stages.
        stage = "stage": Several<Stage>,
        /// Only deals of this owner.
        owner = "owner": Option<UserId>,
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

impl DealView {
    fn new(deal: Deal, lead_name: Text) -> Self {
        Self {
            id: deal.id,
            lead_id: deal.lead,
            lead_name,
            title: deal.title,
            value: deal.value.and_then(|value| value.amount().parse().ok()),
            currency: deal.value.map(|value| value.code().to_owned()),
            pipeline_id: deal.pipeline,
            stage: deal.stage,
            stage_since: At(deal.stage_since),
            owner_id: deal.owner,
            expected_close: deal.expected_close,
            lost_reason: deal.lost_reason,
            by: deal.by,
            created_at: At(deal.id.at()),
            updated_at: At(deal.updated),
            revision: deal.revision,
        }
    }
}

impl DealBody {
    fn change(&self) -> Result<DealChange, Problem> {
        Ok(DealChange {
            title: self.title.as_ref().map(|title| written("title", title, LONGEST_TITLE)).transpose()?,
            amount: self.value.as_ref().map(|value| value.as_ref().map(Number::to_string)),
            currency: each(self.currency.as_ref(), |code| {
                currency(code).map_err(|error| invalid("currency", error.to_string()))
            })?,
            pipeline: self.pipeline_id.as_deref().map(|text| parsed("pipelineId", text)).transpose()?,
            stage: self.stage.as_deref().map(|text| parsed("stage", text)).transpose()?,
            owner: each(self.owner_id.as_ref(), |text| parsed("ownerId", text))?,
            expected_close: each(self.expected_close.as_ref(), |text| day_of(text))?,
            lost_reason: each(self.lost_reason.as_ref(), |text| written("lostReason", text, LONGEST_REASON))?,
        })
    }
}

impl From<NewDealBody> for DealBody {
    fn from(body: NewDealBody) -> Self {
        let NewDealBody { title, value, currency, pipeline_id, stage, owner_id, expected_close, lost_reason } = body;
        Self {
            title: Some(title),
            value: value.map(Some),
            currency: currency.map(Some),
            pipeline_id,
            stage,
            owner_id,
            expected_close: expected_close.map(Some),
            lost_reason: lost_reason.map(Some),
        }
    }
}

/// `GET /api/deals?pipelineId=&stage=&owner=&limit=&cursor=`: List the deals of a pipeline. The last changed come first. A page
/// may hold fewer than `limit` deals and still have a `nextCursor`.
pub(crate) async fn list_deals(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(DealsQuery { pipeline_id, stage: Several(asked), owner, limit, cursor }): Query<DealsQuery>,
) -> Result<Json<PageView<DealView>>, Problem> {
    let pipeline = pipeline_id.unwrap_or_else(PipelineId::default_pipeline);
    let wanted = |stage: &&Stage| asked.is_empty() || asked.contains(stage);
    let stages: Vec<_> = Stage::ALL.iter().filter(wanted).copied().collect();
    let words: Vec<_> = stages.iter().map(|stage| stage.as_str()).collect();
    let cursors = Cursors::for_list(&app, caller.tenant, format!("deals {pipeline} {} {owner:?}", words.join(",")));
    let mut below = cursors.mark(cursor.as_ref(), "cursor")?;
    let store = app.store.tenant(caller.tenant);
    let mut items: Vec<DealView> = Vec::with_capacity(limit.0);
    let mut rows = 0;
    loop {
        let page = store.list_deals(pipeline, &stages, below.as_deref(), limit.0).await?;
        rows += limit.0;
        below = page.next;
        let mut deals = page.items;
        deals.retain(|listed| owner.is_none_or(|owner| listed.deal.owner == Some(owner)));
        let ids: Vec<_> = deals.iter().map(|listed| listed.deal.lead).collect();
        let mut leads = store.leads(&ids).await?;
        leads.retain(|lead| lead.deleted.is_none());
        let shown = views(&app, caller.tenant, &viewer, &leads).await?;
        for listed in deals {
            let Some(lead) = shown.iter().find(|view| view.id() == listed.deal.lead) else { continue };
            if items.len() == limit.0 {
                break;
            }
            items.push(DealView::new(listed.deal, lead.name().clone()));
            if items.len() == limit.0 {
                below = below.map(|_| listed.mark);
            }
        }
        if below.is_none() || items.len() >= limit.0 || rows >= MOST_ROWS {
            break;
        }
    }
    Ok(Json(PageView { items, next_cursor: below.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/leads/{id}/deals`: List a lead's deals. The newest comes first. All of them are on one page.
pub(crate) async fn list_lead_deals(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<PageView<DealView>>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let name = name_of(&app, caller, &viewer, &lead).await?;
    let deals = app.store.tenant(caller.tenant).deals_of(&lead).await?;
    let items = deals.into_iter().map(|deal| DealView::new(deal, name.clone())).collect();
    Ok(Json(PageView { items, next_cursor: None }))
}

/// `POST /api/leads/{id}/deals` `{title, value, currency, pipelineId, stage, ownerId, expectedClose, lostReason}`: Create a deal. The
/// lead's stage becomes that of the deal.
pub(crate) async fn create_deal(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(body): JsonBody<NewDealBody>,
) -> Result<Versioned<DealView, 201>, Problem> {
    let names_owner = body.owner_id.is_some();
    let body = DealBody::from(body);
    let change = body.change()?;
    let store = app.store.tenant(caller.tenant);
    let now = app.clock.now();
    let mut deal_id = DealId::from_parts(now, app.random.u128());
    seen(&app, caller.tenant, &viewer, id).await?;
    if let Some(key) = key {
        let content = digest::hex(&["new deal", &id.to_string(), &content_of(&change)]);
        let known =
            store.remember_creation(&digest::hex(&["deals", &key]), &content, &deal_id.to_string(), now).await?;
        let Some(known) = known.and_then(|known| known.parse().ok()) else {
            let detail = "This idempotency key was used for another deal. Use a new key for each deal.";
            return Err(Problem::new(Kind::KeyReused, detail));
        };
        deal_id = known;
    }
    for _ in 0..MOST_RACES {
        let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
        let name = name_of(&app, caller, &viewer, &lead).await?;
        if let Some(deal) = store.deal(deal_id).await? {
            return Ok(Versioned { revision: deal.revision, body: DealView::new(deal, name) });
        }
        if lead.deals.len() >= MOST_DEALS {
            let detail = format!("A lead has at most {MOST_DEALS} deals. Delete one first.");
            return Err(Problem::new(Kind::Conflict, detail));
        }
        let blank = Deal {
            id: deal_id,
            lead: id,
            title: Text::default(),
            value: None,
            pipeline: PipelineId::default_pipeline(),
            stage: Stage::New,
            stage_since: now,
            owner: if names_owner { None } else { lead.details.owner },
            expected_close: None,
            lost_reason: None,
            by: caller.by,
            updated: now,
            hidden: false,
            revision: 0,
        };
        let mut deal = change.apply(&blank, now).map_err(refused)?;
        deal.revision = 1;
        references_are_there(&app, caller, None, &deal).await?;
        let entry = entry(&app, caller.by, Action::DealCreated, &deal.id.to_string(), &format!("in {}", deal.stage));
        if store.create_deal(&lead, &deal, author(&app, caller, &entry)).await? {
            return Ok(Versioned { revision: deal.revision, body: DealView::new(deal, name) });
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `GET /api/deals/{id}`: Get a deal.
pub(crate) async fn get_deal(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<DealId>,
) -> Result<Versioned<DealView>, Problem> {
    let (deal, lead) = the_deal(&app, caller, &viewer, id).await?;
    let name = name_of(&app, caller, &viewer, &lead).await?;
    Ok(Versioned { revision: deal.revision, body: DealView::new(deal, name) })
}

/// `PATCH /api/deals/{id}` `{title, value, currency, pipelineId, stage, ownerId, expectedClose, lostReason}`: Update a deal, or move
/// it to another stage. With `If-Match`, the change is refused if another client changed the deal first.
pub(crate) async fn update_deal(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<DealId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<DealBody>,
) -> Result<Versioned<DealView>, Problem> {
    let change = body.change()?;
    for _ in 0..MOST_RACES {
        let (before, lead) = the_deal(&app, caller, &viewer, id).await?;
        if_match.admits(before.revision)?;
        let name = name_of(&app, caller, &viewer, &lead).await?;
        let after = change.apply(&before, app.clock.now()).map_err(refused)?;
        if after == before {
            return Ok(Versioned { revision: before.revision, body: DealView::new(before, name) });
        }
        references_are_there(&app, caller, Some(&before), &after).await?;
        let fields: Vec<_> = before.changed_fields(&after).iter().map(|field| field.as_str()).collect();
        let (action, detail) = if fields == ["stage"] {
            (Action::DealMoved, format!("to {}", after.stage))
        } else {
            (Action::DealChanged, fields.join(", "))
        };
        let entry = entry(&app, caller.by, action, &id.to_string(), &detail);
        let store = app.store.tenant(caller.tenant);
        if store.change_deal(&lead, &before, &after, author(&app, caller, &entry)).await? {
            return Ok(Versioned { revision: after.revision, body: DealView::new(after, name) });
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// `DELETE /api/deals/{id}`: Delete a deal. What the timeline says about it stays.
pub(crate) async fn delete_deal(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<DealId>,
    if_match: IfMatch,
) -> Result<Done, Problem> {
    for _ in 0..MOST_RACES {
        let (deal, lead) = the_deal(&app, caller, &viewer, id).await?;
        if_match.admits(deal.revision)?;
        let entry = entry(&app, caller.by, Action::DealDeleted, &id.to_string(), &format!("from {}", deal.stage));
        let store = app.store.tenant(caller.tenant);
        if store.delete_deal(&lead, &deal, app.clock.now(), author(&app, caller, &entry)).await? {
            return Ok(Done);
        }
        if if_match.0.is_some() {
            return Err(changed_meanwhile());
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// The deal and its lead, if the caller sees the lead.
async fn the_deal(deps: &Deps, caller: Caller, viewer: &Viewer, id: DealId) -> Result<(Deal, Lead), Problem> {
    let missing = || Problem::not_found("deal");
    let deal = deps.store.tenant(caller.tenant).deal(id).await?.filter(|deal| !deal.hidden).ok_or_else(missing)?;
    let (lead, _) = seen(deps, caller.tenant, viewer, deal.lead).await?;
    Ok((deal, lead))
}

async fn name_of(deps: &Deps, caller: Caller, viewer: &Viewer, lead: &Lead) -> Result<Text, Problem> {
    Ok(super::leads::view(deps, caller.tenant, viewer, lead).await?.name().clone())
}

/// Refuses an owner who is no active user, and a pipeline that does not exist.
async fn references_are_there(deps: &Deps, caller: Caller, before: Option<&Deal>, after: &Deal) -> Result<(), Problem> {
    if let Some(owner) = after.owner.filter(|owner| before.and_then(|before| before.owner) != Some(*owner)) {
        active_user(deps, caller.tenant, owner, "ownerId").await?;
    }
    let is_new = before.map(|before| before.pipeline) != Some(after.pipeline);
    if is_new && after.pipeline != PipelineId::default_pipeline() {
        let pipelines = deps.store.tenant(caller.tenant).pipelines().await?;
        if pipelines.get(after.pipeline).is_none() {
            return Err(invalid("pipelineId", "There is no pipeline with this ID.".to_owned()));
        }
    }
    Ok(())
}

fn author<'a>(deps: &Deps, caller: Caller, entry: &'a domain::access::audit::Entry) -> DealAuthor<'a> {
    let line = || MessageId::at_moment(deps.clock.now(), deps.random.u128());
    DealAuthor { by: caller.by, line: line(), move_line: line(), stage_line: line(), entry }
}

fn refused((field, refused): (domain::crm::deals::DealField, domain::crm::lead_changes::LeadRefused)) -> Problem {
    Problem::invalid(vec![FieldError::new(field.as_str(), refused.to_string())])
}

fn each<T, U>(
    given: Option<&Option<T>>,
    read: impl Fn(&T) -> Result<U, Problem>,
) -> Result<Option<Option<U>>, Problem> {
    match given {
        Some(Some(value)) => read(value).map(|value| Some(Some(value))),
        Some(None) => Ok(Some(None)),
        None => Ok(None),
    }
}

fn day_of(text: &str) -> Result<Text, Problem> {
    day(text).map_err(|error| invalid("expectedClose", error.to_string()))
}

/// The change as text for a digest.
fn content_of(change: &DealChange) -> String {
    let text = |text: &Option<Option<Text>>| format!("{:?}", text.as_ref().map(|text| text.as_ref().map(Text::as_str)));
    let DealChange { title, amount, currency, pipeline, stage, owner, expected_close, lost_reason } = change;
    let title = title.as_ref().map(Text::as_str);
    let close = text(expected_close);
    let reason = text(lost_reason);
    format!("{title:?} {amount:?} {currency:?} {pipeline:?} {stage:?} {owner:?} {close} {reason}")
}
