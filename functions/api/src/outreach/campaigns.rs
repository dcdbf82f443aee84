//! Campaigns: list, create, change, delete, start, pause, resume and cancel.

use super::campaign_body::{
    AudienceBody, CampaignBody, CampaignChangeBody, ExclusionsBody, MessageBody, Planned, ScheduleBody, sendable,
};
use crate::Deps;
use crate::app::App;
use crate::views::{At, PageView};
use crate::web::answers::{Done, Versioned};
use crate::web::audit::entry;
use crate::web::auth::Caller;
use crate::web::body::JsonBody;
use crate::web::cursor::Cursors;
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::channels::prices::money::{Amount, Currency};
use domain::insight::figures::{Figure, Tally};
use domain::outreach::campaign_figures::CampaignFigure;
use domain::outreach::campaign_hours::QuietHours;
use domain::outreach::campaigns::{
    Audience, Campaign, CampaignState, CampaignWait, Command, Exclusion, StopReason, WrongState,
};
use domain::{Actor, CampaignId, ChannelId, Text};
use schemars::JsonSchema;
use serde::Serialize;
use store::outreach::campaign_audience::AudiencePlace;
use store::outreach::campaigns::NewState;

/// How often a command is tried again when a step of the campaign was faster.
const MOST_RACES: usize = 8;

/// A campaign.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Campaign")]
pub(crate) struct CampaignView {
    /// The campaign's ID.
    id: CampaignId,
    /// What the team calls it.
    name: Text,
    /// The state.
    state: CampaignState,
    /// Why it is paused or failed. Null otherwise.
    reason: Option<StopReason>,
    /// Why it sends nothing at the moment. Null while it sends.
    waits_for: Option<CampaignWait>,
    /// The channel that it is sent from.
    channel_id: ChannelId,
    /// The template and its values.
    message: MessageBody,
    /// The leads that it goes to.
    audience: AudienceBody,
    /// The leads of the audience that get no message.
    exclusions: ExclusionsBody,
    /// When it starts. Null for the moment at which somebody starts it.
    schedule: Option<ScheduleBody>,
    /// Hours of each recipient's clock in which no message goes out.
    quiet_hours: Option<QuietHours>,
    /// The most that all messages together may cost. Null for no limit.
    budget: Option<Amount>,
    /// Whether messages go out whose price is unknown.
    accept_unknown_price: bool,
    /// How far it has come.
    funnel: FunnelView,
    /// Who created it.
    by: Actor,
    /// When it was created.
    created_at: At,
    /// When it began to send.
    started_at: Option<At>,
    /// When it ended.
    ended_at: Option<At>,
}

/// The funnel of a campaign. Each number contains the ones after it, but for failures.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CampaignFunnel")]
pub(crate) struct FunnelView {
    /// Recipients. They are known once the campaign has started.
    recipients: i64,
    /// Leads of the audience that get no message.
    excluded: i64,
    /// Why they get none.
    exclusions: Vec<ExcludedView>,
    /// Messages that were written.
    attempted: i64,
    /// Messages that WhatsApp accepted.
    sent: i64,
    /// Messages that reached the customer.
    delivered: i64,
    /// Messages that the customer has read.
    read: i64,
    /// Messages to which the customer replied within seven days.
    replied: i64,
    /// Messages that could not be sent or delivered.
    failed: i64,
    /// What WhatsApp charges for the messages that were delivered.
    cost: Vec<CampaignCostView>,
}

/// How many leads are excluded for one reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Excluded")]
pub(crate) struct ExcludedView {
    /// The reason.
    pub(crate) reason: Exclusion,
    /// The number of leads.
    pub(crate) count: i64,
}

/// What WhatsApp charges in one currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CampaignCost")]
struct CampaignCostView {
    /// The currency.
    currency: Currency,
    /// The amount.
    amount: Amount,
}

impl FunnelView {
    fn new(tally: &Tally) -> Self {
        let mut funnel = Self::default();
        let mut withdrawn = 0;
        for (figure, times) in tally.iter() {
            let Figure::Campaign(figure) = figure else { continue };
            match figure {
                CampaignFigure::Recipient => funnel.recipients += times,
                CampaignFigure::Excluded(reason) => {
                    funnel.excluded += times;
                    funnel.exclusions.push(ExcludedView { reason, count: times });
                }
                CampaignFigure::Attempted => funnel.attempted += times,
                CampaignFigure::Withdrawn => withdrawn += times,
                CampaignFigure::Sent => funnel.sent += times,
                CampaignFigure::Delivered => funnel.delivered += times,
                CampaignFigure::Read => funnel.read += times,
                CampaignFigure::Replied => funnel.replied += times,
                CampaignFigure::Failed => funnel.failed += times,
                CampaignFigure::Cost(currency) => {
                    let amount = Amount::from_millionths(u64::try_from(times).unwrap_or_default());
                    funnel.cost.push(CampaignCostView { currency, amount });
                }
            }
        }
        funnel.attempted -= withdrawn;
        funnel
    }
}

parameters! {
    /// The campaigns to list.
    CampaignsQuery {
        /// The page size.
        limit = "limit": Limit<20>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

async fn view(deps: &Deps, caller: Caller, campaign: Campaign) -> Result<CampaignView, Problem> {
    let store = deps.store.tenant(caller.tenant);
    let named = match campaign.plan.audience {
        Audience::Leads(_) => store.campaign_leads(campaign.id).await?,
        Audience::All | Audience::Stage(_) | Audience::Tag(_) | Audience::Owner(_) | Audience::Source(_) => Vec::new(),
    };
    let tally = store.campaign_figures(campaign.id).await?;
    let Campaign { id, plan, state, reason, waits_for, by, started, ended, .. } = campaign;
    Ok(CampaignView {
        id,
        name: plan.name,
        state,
        reason,
        waits_for,
        channel_id: plan.channel,
        message: MessageBody::new(plan.message),
        audience: AudienceBody::new(plan.audience, named),
        exclusions: ExclusionsBody::new(plan.exclusions),
        schedule: ScheduleBody::new(plan.schedule),
        quiet_hours: plan.quiet_hours,
        budget: plan.budget,
        accept_unknown_price: plan.accepts_unknown_price,
        funnel: FunnelView::new(&tally),
        by,
        created_at: At(id.at()),
        started_at: started.map(At),
        ended_at: ended.map(At),
    })
}

async fn shown<const STATUS: u16>(
    deps: &Deps,
    caller: Caller,
    id: CampaignId,
) -> Result<Versioned<CampaignView, STATUS>, Problem> {
    let campaign = the_campaign(deps, caller, id).await?;
    Ok(Versioned { revision: campaign.revision, body: view(deps, caller, campaign).await? })
}

pub(super) async fn the_campaign(deps: &Deps, caller: Caller, id: CampaignId) -> Result<Campaign, Problem> {
    deps.store.tenant(caller.tenant).campaign(id).await?.ok_or_else(|| Problem::not_found("campaign"))
}

/// `GET /api/campaigns?limit=&cursor=`: List campaigns, the newest first.
pub(crate) async fn list_campaigns(
    State(app): State<App>,
    caller: Caller,
    Query(CampaignsQuery { limit, cursor }): Query<CampaignsQuery>,
) -> Result<Json<PageView<CampaignView>>, Problem> {
    let cursors = Cursors::for_list(&app, caller.tenant, "campaigns");
    let below = cursors.mark(cursor.as_ref(), "cursor")?.and_then(|mark| CampaignId::from_ulid_str(&mark).ok());
    let page = app.store.tenant(caller.tenant).campaigns(below, limit.0).await?;
    let views = page.items.into_iter().map(|campaign| view(&app, caller, campaign));
    let items = futures::future::try_join_all(views).await?;
    Ok(Json(PageView { items, next_cursor: page.next.map(|mark| cursors.sign(&mark)) }))
}

/// `GET /api/campaigns/{id}`: Get a campaign with its funnel.
pub(crate) async fn get_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Versioned<CampaignView>, Problem> {
    shown(&app, caller, id).await
}

/// `POST /api/campaigns` `{name, channelId, message, audience, exclusions, schedule, quietHours, budget, acceptUnknownPrice}`:
/// Create a campaign as a draft. Nothing is sent before it is started.
pub(crate) async fn create_campaign(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<CampaignBody>,
) -> Result<Versioned<CampaignView, 201>, Problem> {
    let Planned { plan, leads } = body.plan(&app, caller).await?;
    let id = CampaignId::from_parts(app.clock.now(), app.random.u128());
    let campaign = Campaign {
        id,
        plan,
        state: CampaignState::Draft,
        reason: None,
        waits_for: None,
        by: caller.by,
        started: None,
        ended: None,
        revision: 1,
    };
    let entry = entry(&app, caller.by, Action::CampaignCreated, &id.to_string(), "as a draft");
    app.store.tenant(caller.tenant).create_campaign(&campaign, &leads.unwrap_or_default(), &entry).await?;
    shown(&app, caller, id).await
}

/// `PATCH /api/campaigns/{id}`: Change a draft. Omitted fields stay as they are; null removes a value. With `If-Match`, the
/// change is refused if another client changed the draft first.
pub(crate) async fn update_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<CampaignChangeBody>,
) -> Result<Versioned<CampaignView>, Problem> {
    let before = the_draft(&app, caller, id, "changed").await?;
    if_match.admits(before.revision)?;
    let Planned { plan, leads } = body.plan(&app, caller, &before.plan).await?;
    let entry = entry(&app, caller.by, Action::CampaignChanged, &id.to_string(), "the draft");
    if !app.store.tenant(caller.tenant).change_campaign(&before, &plan, leads.as_deref(), &entry).await? {
        return Err(changed_meanwhile());
    }
    shown(&app, caller, id).await
}

/// `DELETE /api/campaigns/{id}`: Delete a draft. A campaign that was started stays as a record.
pub(crate) async fn delete_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Done, Problem> {
    let before = the_draft(&app, caller, id, "deleted").await?;
    let entry = entry(&app, caller.by, Action::CampaignDeleted, &id.to_string(), "the draft");
    if app.store.tenant(caller.tenant).delete_campaign(&before, &entry).await? {
        Ok(Done)
    } else {
        Err(changed_meanwhile())
    }
}

async fn the_draft(deps: &Deps, caller: Caller, id: CampaignId, what: &str) -> Result<Campaign, Problem> {
    let campaign = the_campaign(deps, caller, id).await?;
    if campaign.state == CampaignState::Draft {
        return Ok(campaign);
    }
    let detail = format!("The campaign is {}. Only a draft can be {what}.", campaign.state);
    Err(Problem::new(Kind::Conflict, detail))
}

/// `POST /api/campaigns/{id}/start`: Start a campaign, or schedule it if its time is still to come. The audience becomes its
/// recipients when it begins. `GET /api/campaigns/{id}` tells the progress.
pub(crate) async fn start_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
    if_match: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let before = the_campaign(&app, caller, id).await?;
    if_match.admits(before.revision)?;
    let now = app.clock.now();
    let begins = before.plan.begins(now);
    let to = before.state.after(Command::Start, begins > now).map_err(wrong_state)?;
    sendable(&app, caller.tenant, &before.plan).await?;
    let store = app.store.tenant(caller.tenant);
    let named = store.campaign_leads(id).await?;
    let first = store.audience(&before.plan.audience, &named, &AudiencePlace::default()).await?;
    if first.leads.is_empty() && first.next.is_none() {
        let detail = "The audience is empty: no lead belongs to it. Choose another audience.";
        return Err(Problem::invalid(vec![FieldError::new("audience", detail)]));
    }
    let entry = entry(&app, caller.by, Action::CampaignMoved, &id.to_string(), to.as_str());
    if !store.start_campaign(&before, to, begins, &entry).await? {
        return Err(changed_meanwhile());
    }
    shown(&app, caller, id).await
}

/// `POST /api/campaigns/{id}/pause`: Pause a campaign. No further message goes out; those that wait in the queue are withdrawn.
pub(crate) async fn pause_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Versioned<CampaignView>, Problem> {
    command(&app, caller, id, Command::Pause).await
}

/// `POST /api/campaigns/{id}/resume`: Resume a paused campaign. It goes on with the next recipient.
pub(crate) async fn resume_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Versioned<CampaignView>, Problem> {
    command(&app, caller, id, Command::Resume).await
}

/// `POST /api/campaigns/{id}/cancel`: Cancel a campaign for good. No further message goes out.
pub(crate) async fn cancel_campaign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<CampaignId>,
) -> Result<Versioned<CampaignView>, Problem> {
    command(&app, caller, id, Command::Cancel).await
}

/// Gives a campaign that was started another state. What is repeated finds it done.
async fn command(
    deps: &Deps,
    caller: Caller,
    id: CampaignId,
    command: Command,
) -> Result<Versioned<CampaignView>, Problem> {
    let store = deps.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let before = the_campaign(deps, caller, id).await?;
        let now = deps.clock.now();
        let begins = if before.started.is_some() { now } else { before.plan.begins(now) };
        let is_done = matches!(
            (command, before.state),
            (Command::Pause, CampaignState::Paused)
                | (Command::Resume, CampaignState::Running | CampaignState::Scheduled)
                | (Command::Cancel, CampaignState::Cancelled)
        );
        if is_done {
            return shown(deps, caller, id).await;
        }
        let state = before.state.after(command, begins > now).map_err(wrong_state)?;
        if command == Command::Resume {
            sendable(deps, caller.tenant, &before.plan).await?;
        }
        let reason = (command == Command::Pause).then_some(StopReason::User);
        let entry = entry(deps, caller.by, Action::CampaignMoved, &id.to_string(), state.as_str());
        let to = NewState { state, reason };
        if store.move_campaign(&before, to, begins, Some(&entry), now).await? {
            return shown(deps, caller, id).await;
        }
    }
    Err(store::StoreError::Conflict.into())
}

fn wrong_state(WrongState(state): WrongState) -> Problem {
    let next = match state {
        CampaignState::Draft => "Start it first.",
        CampaignState::Scheduled | CampaignState::Running => "Pause or cancel it.",
        CampaignState::Paused => "Resume or cancel it.",
        CampaignState::Finished | CampaignState::Cancelled | CampaignState::Failed => "Create a new one.",
    };
    Problem::new(Kind::Conflict, format!("The campaign is {state}. {next}"))
}
