//! A campaign, step by step. First its audience is frozen into recipients, a page at a step. Then each step writes as many
//! messages as the number may send in five seconds, each together with its recipient, and the next step is taken after
//! these. A step that is taken again finds what it has written, and writes none twice.

use crate::{Deps, JobError};
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::plan::Form;
use domain::inbox::outbound_messages::Address;
use domain::outreach::campaign_decisions::{Decided, NewMessage, Turn, decide};
use domain::outreach::campaigns::{
    Audience, Campaign, CampaignState, CampaignWait, Exclusion, Gate, LOOK_AGAIN, RecipientState, STEP,
    StepCircumstances, StopReason, gate, messages_per_step,
};
use domain::outreach::templates::Template;
use domain::{CampaignId, LeadId, TemplateId, TenantId, Timestamp};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, TryStreamExt};
use queue::{Job, JobTask};
use std::collections::BTreeSet;
use std::time::Duration;
use store::channels::channels::Channel;
use store::outreach::campaign_audience::AudienceFacts;
use store::outreach::campaign_recipients::{CampaignSend, Recipient};
use store::outreach::campaign_runs::{Phase, Run};
use store::outreach::campaigns::NewState;
use store::{StoreError, TenantStore};

/// How many writes are made side by side.
const AT_ONCE: usize = 32;

/// How many messages are written before the campaign's state is read again.
const BETWEEN_LOOKS: usize = 64;

/// How many pages of recipients one step reads at most, where most have had their turn.
const MOST_PAGES: usize = 10;

/// After how long `schedule` looks for a step that was lost. Longer than the longest pause between two steps.
const LOST_AFTER: Duration = Duration::from_secs(120);

/// A longer pause than this is left to `schedule`.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Takes the step `step` of the campaign, unless it was taken or another worker takes it.
pub(crate) async fn take(deps: &Deps, tenant: TenantId, id: CampaignId, step: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some(run) = store.claim_campaign(id, step, deps.clock.now()).await? else { return Ok(()) };
    match taken(deps, tenant, id, &run).await {
        Ok(Next::Step(pause)) if pause <= LONGEST_PAUSE => {
            let task = JobTask::new(tenant, Job::Campaign { id }, step + 1);
            // What the queue does not take is due.
            if let Err(error) = deps.queue.send_later(task.outgoing()?, pause).await {
                tracing::warn!(campaign.id = %id, %error, "the next step of a campaign waits for the schedule");
            }
            Ok(())
        }
        Ok(Next::Step(_) | Next::Nothing) => Ok(()),
        Ok(Next::Again(pause)) => Ok(store.put_off_campaign(id, step, deps.clock.now().plus(pause)).await?),
        Err(error) => {
            // The step is free for the next try.
            store.put_off_campaign(id, step, deps.clock.now().plus(LOST_AFTER)).await?;
            Err(error)
        }
    }
}

/// What a campaign sends, and from where.
struct Outfit<'a> {
    campaign: &'a Campaign,
    channel: &'a Channel,
    template: &'a Template,
}

/// What follows a step.
enum Next {
    /// The next step, after this pause.
    Step(Duration),
    /// The same step, after this pause.
    Again(Duration),
    /// Nothing.
    Nothing,
}

async fn taken(deps: &Deps, tenant: TenantId, id: CampaignId, run: &Run) -> Result<Next, JobError> {
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let Some(campaign) = store.campaign(id).await? else { return Ok(Next::Nothing) };
    match campaign.state {
        CampaignState::Running | CampaignState::Scheduled => {}
        CampaignState::Draft
        | CampaignState::Paused
        | CampaignState::Finished
        | CampaignState::Cancelled
        | CampaignState::Failed => return Ok(Next::Again(LOST_AFTER)),
    }
    let begins = campaign.plan.begins(now);
    if begins > now {
        return Ok(Next::Again(begins.since(now)));
    }
    let channel = store.channel(campaign.plan.channel).await?;
    let message = &campaign.plan.message;
    let template = match &channel {
        Some(channel) => {
            let id = TemplateId::for_name(&channel.waba, message.name.as_str(), message.language.as_str());
            store.template(id).await?
        }
        None => None,
    };
    let circumstances = StepCircumstances {
        channel: channel.as_ref().map(|channel| channel.sending),
        quality: channel.as_ref().and_then(|channel| channel.check.as_ref()).and_then(|check| check.quality.as_deref()),
        template: template.as_ref(),
    };
    let (channel, template) = match (gate(&circumstances), &channel, &template) {
        (Gate::Open, Some(channel), Some(template)) => (channel, template),
        (Gate::Wait(why), _, _) => {
            note(store, &campaign, Some(why), now).await?;
            return Ok(Next::Again(LOOK_AGAIN));
        }
        (Gate::Pause(why), _, _) => return pause(store, &campaign, why, now).await,
        (Gate::Open, _, _) => return pause(store, &campaign, StopReason::Template, now).await,
    };
    let was_waiting = campaign.waits_for.is_some();
    if (campaign.state == CampaignState::Scheduled || was_waiting) && !note(store, &campaign, None, now).await? {
        return Ok(Next::Again(Duration::ZERO));
    }
    let Some(campaign) = store.campaign(id).await? else { return Ok(Next::Nothing) };
    let outfit = Outfit { campaign: &campaign, channel, template };
    match run.phase {
        Phase::Freezing => freeze(deps, tenant, &outfit, run).await,
        Phase::Sending => send(deps, tenant, &outfit, run).await,
    }
}

/// Writes down why the campaign sends nothing at the moment. False if a person changed it meanwhile.
async fn note(
    store: TenantStore<'_>,
    campaign: &Campaign,
    why: Option<CampaignWait>,
    now: Timestamp,
) -> Result<bool, JobError> {
    if campaign.state == CampaignState::Running && campaign.waits_for == why {
        return Ok(true);
    }
    Ok(store.note_campaign(campaign, why, now).await?)
}

/// Pauses the campaign until a person has looked at it.
async fn pause(store: TenantStore<'_>, campaign: &Campaign, why: StopReason, now: Timestamp) -> Result<Next, JobError> {
    let to = NewState { state: CampaignState::Paused, reason: Some(why) };
    let paused = store.move_campaign(campaign, to, now, None, now).await?;
    tracing::warn!(campaign.id = %campaign.id, reason = %why, paused, "a campaign is paused");
    // Where a person was faster, the step looks again.
    Ok(Next::Again(if paused { LOST_AFTER } else { Duration::ZERO }))
}

/// Freezes a page of the audience.
async fn freeze(deps: &Deps, tenant: TenantId, outfit: &Outfit<'_>, run: &Run) -> Result<Next, JobError> {
    let store = deps.store.tenant(tenant);
    let id = outfit.campaign.id;
    let plan = &outfit.campaign.plan;
    let named = match plan.audience {
        Audience::Leads(_) => store.campaign_leads(id).await?,
        Audience::All | Audience::Stage(_) | Audience::Tag(_) | Audience::Owner(_) | Audience::Source(_) => Vec::new(),
    };
    let page = store.audience(&plan.audience, &named, &run.place).await?;
    let facts = store.audience_facts(outfit.channel, &page.leads).await?;
    let mut taken: BTreeSet<_> = store.recipients_among(id, &facts.doubles()).await?.into_iter().collect();
    let decided = facts.recipients(plan, outfit.template, &page.leads, &mut taken, deps.clock.now());
    let mut writes: Vec<BoxFuture<'_, Result<bool, StoreError>>> = Vec::with_capacity(decided.len());
    for (lead, exclusion) in decided {
        writes.push(store.freeze_recipient(id, lead, exclusion).boxed());
    }
    let frozen: Vec<bool> = futures::stream::iter(writes).buffer_unordered(AT_ONCE).try_collect().await?;
    let waiting = u32::try_from(frozen.into_iter().filter(|waits| *waits).count()).unwrap_or(u32::MAX);
    let recipients = run.recipients.saturating_add(waiting);
    let now = deps.clock.now();
    let after = match page.next {
        Some(place) => Run { recipients, place, ..run.clone() },
        None if recipients == 0 => {
            let to = NewState { state: CampaignState::Failed, reason: Some(StopReason::EmptyAudience) };
            let ended = store.end_campaign(id, run.step, to, now).await?;
            return Ok(if ended { Next::Nothing } else { Next::Again(Duration::ZERO) });
        }
        None => Run { recipients, phase: Phase::Sending, cursor: None, ..run.clone() },
    };
    store.advance_campaign(id, run, &after, 0, now.plus(LOST_AFTER)).await?;
    Ok(Next::Step(Duration::ZERO))
}

/// The recipients of a step.
struct Page {
    waiting: Vec<Recipient>,
    /// What those cost at most who have a message of this step already.
    reserved: i64,
    /// The last recipient that was read.
    last: Option<LeadId>,
    is_end: bool,
}

async fn turn(store: TenantStore<'_>, id: CampaignId, run: &Run, most: usize) -> Result<Page, JobError> {
    let mut turn = Page { waiting: Vec::new(), reserved: 0, last: run.cursor, is_end: false };
    for _ in 0..MOST_PAGES {
        let left = most - turn.waiting.len();
        let page = store.recipients(id, turn.last, left).await?;
        turn.is_end = page.next.is_none();
        for recipient in page.items {
            turn.last = Some(recipient.lead);
            match recipient.state {
                RecipientState::Pending => turn.waiting.push(recipient),
                RecipientState::Queued if recipient.step == Some(run.step) => turn.reserved += recipient.ceiling,
                RecipientState::Queued | RecipientState::Excluded => {}
            }
        }
        if turn.is_end || turn.waiting.len() >= most {
            break;
        }
    }
    Ok(turn)
}

/// Writes the messages of a step.
async fn send(deps: &Deps, tenant: TenantId, outfit: &Outfit<'_>, run: &Run) -> Result<Next, JobError> {
    let store = deps.store.tenant(tenant);
    let campaign = outfit.campaign;
    let began = deps.clock.now();
    let turn = turn(store, campaign.id, run, messages_per_step(deps.pace)).await?;
    let mut after = Run { cursor: run.cursor, ..run.clone() };
    let mut reserved = turn.reserved;
    let mut stop = None;
    for some in turn.waiting.chunks(BETWEEN_LOOKS) {
        if store.campaign_state(campaign.id).await? != Some(CampaignState::Running) {
            stop = Some(None);
            break;
        }
        let ids: Vec<_> = some.iter().map(|recipient| recipient.lead).collect();
        let facts = store.audience_facts(outfit.channel, &ids).await?;
        let mut messages = Vec::new();
        let mut excluded = Vec::new();
        for recipient in some {
            let reserved_so_far = run.reserved.saturating_add(reserved);
            match decided(outfit, &facts, recipient, reserved_so_far, deps.clock.now()) {
                Decided::Send(message) => {
                    reserved = reserved.saturating_add(message.ceiling);
                    messages.push((recipient.lead, message));
                }
                Decided::Exclude(why) => excluded.push((recipient.lead, why)),
                Decided::Later(at) => after.next_open = Some(after.next_open.map_or(at, |open| open.min(at))),
                Decided::Pause(why) => {
                    stop = Some(Some(why));
                    break;
                }
            }
            after.cursor = Some(recipient.lead);
        }
        write(store, outfit, run.step, &messages).await?;
        let mut writes: Vec<BoxFuture<'_, Result<(), StoreError>>> = Vec::with_capacity(excluded.len());
        for (lead, why) in excluded {
            writes.push(store.exclude_recipient(campaign.id, lead, why).boxed());
        }
        futures::stream::iter(writes).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        if stop.is_some() {
            break;
        }
    }
    let now = deps.clock.now();
    match stop {
        Some(why) => {
            store.advance_campaign(campaign.id, run, &after, reserved, now.plus(LOST_AFTER)).await?;
            let Some(why) = why else { return Ok(Next::Nothing) };
            pause(store, campaign, why, now).await?;
            Ok(Next::Nothing)
        }
        None => {
            go_on(store, campaign, run, Run { cursor: turn.last, ..after }, reserved, turn.is_end, began, now).await
        }
    }
}

/// What becomes of a recipient whose turn has come.
fn decided(
    outfit: &Outfit<'_>,
    facts: &AudienceFacts,
    recipient: &Recipient,
    reserved: i64,
    now: Timestamp,
) -> Decided {
    let Outfit { campaign, channel, template } = outfit;
    let Some(known) = facts.known(recipient.lead) else { return Decided::Exclude(Exclusion::Deleted) };
    let form = Form::Template(template.category.priced());
    // The most that it may cost: a free entry point, which is asked for at the dispatch, only makes it cheaper.
    let price = |to: &Address, window_until| {
        channel.occasion(form, to.recipient(), window_until, None, now).agree(RateCards::current())
    };
    decide(campaign, template, &known, Turn { number: recipient.turn, reserved }, price, now)
}

async fn write(
    store: TenantStore<'_>,
    outfit: &Outfit<'_>,
    step: u32,
    messages: &[(LeadId, Box<NewMessage>)],
) -> Result<(), JobError> {
    // Boxed, because the compiler does not see through the types of many side by side.
    let mut writes: Vec<BoxFuture<'_, Result<bool, StoreError>>> = Vec::with_capacity(messages.len());
    for (lead, message) in messages {
        writes.push(write_one(store, outfit, step, *lead, message).boxed());
    }
    let written: Vec<bool> = futures::stream::iter(writes).buffer_unordered(AT_ONCE).try_collect().await?;
    let count = written.into_iter().filter(|written| *written).count();
    tracing::info!(campaign.id = %outfit.campaign.id, count, "a campaign wrote messages");
    Ok(())
}

async fn write_one(
    store: TenantStore<'_>,
    outfit: &Outfit<'_>,
    step: u32,
    lead: LeadId,
    message: &NewMessage,
) -> Result<bool, StoreError> {
    let new = CampaignSend {
        campaign: outfit.campaign.id,
        lead,
        step,
        conversation: &message.conversation,
        is_there: message.is_there,
        send: &message.send,
        by: outfit.campaign.by,
    };
    store.send_to_recipient(&new).await
}

/// Ends a step: the next one follows when these messages have gone. After the last recipient the campaign ends, or begins
/// again with those who were passed over.
#[expect(clippy::too_many_arguments, reason = "what a step comes to, named one by one")]
async fn go_on(
    store: TenantStore<'_>,
    campaign: &Campaign,
    run: &Run,
    after: Run,
    reserved: i64,
    is_end: bool,
    began: Timestamp,
    now: Timestamp,
) -> Result<Next, JobError> {
    let id = campaign.id;
    if !is_end {
        let pause = STEP.saturating_sub(now.since(began));
        store.advance_campaign(id, run, &after, reserved, now.plus(pause).plus(LOST_AFTER)).await?;
        return Ok(Next::Step(pause));
    }
    if after.next_open.is_none() && !run.behind {
        let to = NewState { state: CampaignState::Finished, reason: None };
        if store.end_campaign(id, run.step, to, now).await? {
            tracing::info!(campaign.id = %id, "a campaign has attempted every recipient");
            return Ok(Next::Nothing);
        }
    }
    let pause = after.next_open.map_or(STEP, |open| open.since(now).max(STEP));
    if after.next_open.is_some() {
        note(store, campaign, Some(CampaignWait::QuietHours), now).await?;
    }
    let again = Run { cursor: None, next_open: None, behind: false, ..after };
    let lost_after = if pause <= LONGEST_PAUSE { LOST_AFTER } else { Duration::ZERO };
    store.advance_campaign(id, run, &again, reserved, now.plus(pause).plus(lost_after)).await?;
    Ok(Next::Step(pause))
}
