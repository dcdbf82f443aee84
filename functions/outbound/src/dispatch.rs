//! One message: read as it stands, decided in `domain`, claimed, posted once, and written down.

use crate::budgets::Budgeted;
use crate::files::{self, Files};
use crate::token::Bearer;
use crate::{Deps, checks, price, signals};
use domain::access::rates::Subject;
use domain::channels::channels::Sending;
use domain::channels::failures::{Failure, Reason};
use domain::ids::ConversationId;
use domain::inbox::conversations::Conversation;
use domain::inbox::outbound_messages::{
    Circumstances, Dispatch, FIRST_SWEEP, LEASE, OutboundMessage, Outcome, SendState,
};
use domain::{MessageId, TenantId};
use encryption::EncryptionError;
use queue::{OutboundTask, OutboundWork, QueueError, Record, TaskError, Verdict};
use std::time::Duration;
use store::StoreError;
use store::channels::channels::{Channel, Refusal};
use tracing::Instrument;
use tracing::field::Empty;
use whatsapp::CallbackData;

/// How often it is tried to write down what came of a post, before the message is left unconfirmed.
const SETTLE_TRIES: u32 = 3;

/// A pause longer than this is left to the sweeper instead of the queue.
const QUEUE_PAUSE: Duration = Duration::from_secs(300);

/// Pause before asking again whether a message's file is at WhatsApp.
const FILE_PAUSE: Duration = Duration::from_secs(1);

/// Pause before a message is decided again whose channel changed at this moment.
pub(crate) const DECIDE_AGAIN: Duration = Duration::from_secs(1);

/// A post may take as long as [`whatsapp::transport::PATIENCE`], and the function ends after 15 s. A second post begins only
/// where both fit.
const SECOND_POST: Duration = Duration::from_secs(3);

/// Why a message could not be dealt with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DispatchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Task(#[from] TaskError),
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error("the channel's token: {0}")]
    Token(#[from] EncryptionError),
}

impl DispatchError {
    const fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Task(_) => false,
            Self::Queue(_) => true,
            Self::Token(error) => error.is_retryable(),
        }
    }
}

pub(crate) async fn dispatch(deps: &Deps, record: Record) -> Verdict {
    let span = tracing::info_span!("send", record.received, tenant = Empty, message.id = Empty);
    deal_with(deps, record).instrument(span).await
}

async fn deal_with(deps: &Deps, record: Record) -> Verdict {
    match attempt(deps, &record).await {
        Ok(verdict) => verdict,
        Err(error) if error.is_retryable() => {
            tracing::warn!(%error, "a message has to come again");
            Verdict::Again(record.backoff())
        }
        Err(error) => {
            tracing::error!(%error, "a message cannot be dealt with: the sweeper will find it");
            Verdict::Done
        }
    }
}

async fn attempt(deps: &Deps, record: &Record) -> Result<Verdict, DispatchError> {
    match OutboundWork::parse(&record.body)? {
        OutboundWork::Send(task) => send(deps, task).await,
        OutboundWork::Signal(task) => signals::show(deps, record, task).await,
        OutboundWork::Check(task) => checks::check(deps, record, task).await,
    }
}

async fn send(deps: &Deps, task: OutboundTask) -> Result<Verdict, DispatchError> {
    let store = deps.store.tenant(task.tenant);
    let began = deps.clock.now();
    tracing::Span::current().record("tenant", task.tenant.digest()).record("message.id", task.send.to_string());
    let Some(send) = store.outbound_message(task.history, task.send).await? else {
        tracing::warn!("a message is gone");
        return Ok(Verdict::Done);
    };
    let Some(channel) = store.channel(send.conversation.channel).await? else {
        tracing::error!(channel.id = %send.conversation.channel, "a message's channel is gone");
        return Ok(Verdict::Again(QUEUE_PAUSE));
    };
    // The last goes first. Each is earlier than the one that it was put behind, so there is an end.
    let mut line = vec![send];
    let mut verdict = Verdict::Done;
    while let Some(send) = line.pop() {
        // Where nothing goes out, nothing waits for another message.
        let previous = match channel.sending {
            Sending::Active => previous(deps, task.tenant, &send).await?,
            Sending::Paused | Sending::Refused | Sending::Disconnected => None,
        };
        let conversation = store.conversation(send.conversation).await?;
        let arrived = conversation.as_ref().and_then(|conversation| conversation.arrived);
        let window_until = conversation.as_ref().and_then(Conversation::window_until);
        let free_entry = store.free_entry(send.conversation).await?;
        let quote = price::quote(deps, task.tenant, &send, &channel, window_until, free_entry).await?;
        let budgeted = Budgeted::read(deps, task.tenant, &send, &channel, &quote, free_entry).await?;
        let opted_out = opted_out(deps, task.tenant, &send, conversation.as_ref()).await?;
        let circumstances = Circumstances {
            previous: previous.as_ref(),
            arrived,
            window_until,
            channel: channel.sending,
            quote,
            opted_out,
            room: budgeted.room(),
        };
        match (send.dispatch(&circumstances, deps.clock.now()), previous) {
            (Dispatch::EarlierFirst, Some(previous)) => line.extend([send, previous]),
            (decided, _) => verdict = act(deps, task.tenant, &send, &channel, &budgeted, decided).await?,
        }
        if verdict != Verdict::Done {
            break;
        }
        if !line.is_empty() && deps.clock.now().since(began) > SECOND_POST {
            return Ok(Verdict::Again(Duration::from_secs(1)));
        }
    }
    Ok(verdict)
}

/// Does with the message what was decided.
async fn act(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    channel: &Channel,
    budgeted: &Budgeted,
    decided: Dispatch,
) -> Result<Verdict, DispatchError> {
    match decided {
        Dispatch::Nothing | Dispatch::EarlierFirst => Ok(Verdict::Done),
        Dispatch::Wait(pause) => Ok(Verdict::Again(pause)),
        Dispatch::FallBack => {
            if deps.store.tenant(tenant).fall_back(send).await? {
                tracing::info!(message.id = %send.id, "the window is closed: the fallback template takes its place");
            }
            Ok(Verdict::Again(DECIDE_AGAIN))
        }
        Dispatch::Hold(reason) if reason.is_about_cost() => budgeted.hold(deps, tenant, send, channel, reason).await,
        Dispatch::Hold(reason) => hold(deps, tenant, send, channel, reason).await,
        Dispatch::Fail(failure) => fail(deps, tenant, send, &failure).await,
        Dispatch::Unconfirm => {
            tracing::warn!(metric.unconfirmed = 1, message.id = %send.id, "a worker died over a message: it is unconfirmed");
            let look = send.id.at().plus(domain::inbox::outbound_messages::REPORT_UNCONFIRMED).max(deps.clock.now());
            deps.store.tenant(tenant).unconfirm(send, look).await?;
            Ok(Verdict::Done)
        }
        Dispatch::Post if matches!(send.state, SendState::Held(_)) => match released(deps, tenant, send).await? {
            Some(send) => post(deps, tenant, &send, channel, budgeted).await,
            None => Ok(Verdict::Again(DECIDE_AGAIN)),
        },
        Dispatch::Post => post(deps, tenant, send, channel, budgeted).await,
    }
}

/// Has the message stand in its channel's list until the channel sends.
async fn hold(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    channel: &Channel,
    reason: Reason,
) -> Result<Verdict, DispatchError> {
    let refusal = channel.refusal.as_ref().map(|refusal| &refusal.why).filter(|why| why.reason == reason);
    let why = refusal.cloned().unwrap_or(Failure::ours(reason));
    if !deps.store.tenant(tenant).hold(send, channel, &why, deps.clock.now()).await? {
        return Ok(Verdict::Again(DECIDE_AGAIN));
    }
    tracing::info!(message.id = %send.id, channel.id = %channel.id, reason = %reason, "a message is held");
    Ok(Verdict::Done)
}

/// The message, out of its channel's list, since a later one is to follow it; none if somebody else has just released it.
async fn released(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
) -> Result<Option<OutboundMessage>, DispatchError> {
    let store = deps.store.tenant(tenant);
    let ConversationId { history, channel } = send.conversation;
    if store.release(channel, history, send.id, false, deps.clock.now()).await? {
        return Ok(store.outbound_message(history, send.id).await?);
    }
    Ok(None)
}

async fn fail(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    failure: &Failure,
) -> Result<Verdict, DispatchError> {
    tracing::info!(metric.failed = 1, message.id = %send.id, reason = %failure.reason, "a message is given up");
    deps.store.tenant(tenant).give_up(send, failure).await?;
    Ok(Verdict::Done)
}

/// Whether the customer has opted out of such messages or is blocked, of one that waits.
async fn opted_out(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    conversation: Option<&Conversation>,
) -> Result<bool, DispatchError> {
    let waits = matches!(send.state, SendState::Queued { .. } | SendState::Held(_)) && !send.confirms_opt_out;
    let Some(conversation) = conversation.filter(|_| waits) else { return Ok(false) };
    let store = deps.store.tenant(tenant);
    if conversation.lead_deleted && store.block(conversation.lead).await?.is_some_and(|block| block.blocked) {
        return Ok(true);
    }
    let consents = store.consents(conversation.lead).await?;
    Ok(consents.forbids(send.content.form(), conversation.customer_wrote).is_some())
}

/// The message that this one comes after, while this one waits.
async fn previous(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
) -> Result<Option<OutboundMessage>, DispatchError> {
    match (&send.state, send.after) {
        (SendState::Queued { .. } | SendState::Held(_), Some(previous)) => {
            let ConversationId { history, .. } = send.conversation;
            Ok(deps.store.tenant(tenant).outbound_message(history, previous).await?)
        }
        (SendState::Queued { .. } | SendState::Held(_), None)
        | (
            SendState::Scheduled
            | SendState::Cancelled
            | SendState::Claimed { .. }
            | SendState::Accepted
            | SendState::Failed(_)
            | SendState::Unconfirmed,
            _,
        ) => Ok(None),
    }
}

/// Has a message wait whose business has posted more than its share; none if it goes out now. A message takes one turn, and has
/// it when it comes again.
async fn turn(deps: &Deps, tenant: TenantId, send: &OutboundMessage) -> Result<Option<Verdict>, DispatchError> {
    let SendState::Queued { not_before: None, .. } = send.state else { return Ok(None) };
    let now = deps.clock.now();
    let turn = deps.store.turn(&Subject::Sends(tenant), deps.share, now).await?;
    if turn <= now {
        return Ok(None);
    }
    let pause = turn.since(now);
    let (look, verdict) =
        if pause <= QUEUE_PAUSE { (turn.plus(FIRST_SWEEP), Verdict::Again(pause)) } else { (turn, Verdict::Done) };
    deps.store.tenant(tenant).wait_for_turn(send, turn, look).await?;
    tracing::debug!(pause.ms = pause.as_millis(), "a message waits for the turn of its business");
    Ok(Some(verdict))
}

/// Claims the message, posts it once, and writes down what came of it.
async fn post(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    channel: &Channel,
    budgeted: &Budgeted,
) -> Result<Verdict, DispatchError> {
    let files = match files::carried(deps, tenant, send).await? {
        Files::There(files) => files,
        Files::NotYet => return Ok(Verdict::Again(FILE_PAUSE)),
        Files::Failed(failure) => return fail(deps, tenant, send, &failure).await,
    };
    if let Some(verdict) = turn(deps, tenant, send).await? {
        return Ok(verdict);
    }
    // Before the claim: nothing may keep a claimed send from its post.
    let bearer = match Bearer::resolve(deps, tenant, channel).await {
        Err(error @ EncryptionError::Unreadable(_)) => {
            tracing::error!(
                metric.unauthorised = 1, message.id = %send.id, %error,
                "the channel's token cannot be opened: replace it"
            );
            let refused = channel_refused(deps, tenant, channel, Failure::ours(Reason::Unauthorised)).await?;
            return hold(deps, tenant, send, &refused, Reason::Unauthorised).await;
        }
        bearer => bearer?,
    };
    let by = MessageId::from_parts(deps.clock.now(), deps.random.u128()).ulid_str();
    let reservation = budgeted.reservation(deps);
    if !deps.store.tenant(tenant).claim(send, &by, deps.clock.now().plus(LEASE), reservation.as_ref()).await? {
        return Ok(Verdict::Again(Duration::from_secs(1)));
    }
    let send = &OutboundMessage { booking: reservation.map(|reservation| reservation.booking), ..send.clone() };
    let callback_data = CallbackData::sign(&deps.token_key, tenant, send.conversation, send.id);
    let outcome = deps.graph.send(&channel.number, bearer.token(), send, &callback_data, &files).await;
    report(send, &outcome);
    settle(deps, tenant, send, &by, &outcome).await?;
    match &outcome {
        Outcome::Unauthorised(failure) => {
            bearer.refused(deps).await;
            let refused = channel_refused(deps, tenant, channel, failure.clone()).await?;
            return hold(deps, tenant, send, &refused, Reason::Unauthorised).await;
        }
        Outcome::Accepted(_) => {
            channel_taken(deps, tenant, channel).await;
            // Without it, prices are quoted higher than WhatsApp charges them.
            if let Err(error) = answered(deps, tenant, send, budgeted).await {
                tracing::warn!(message.id = %send.id, %error, "an answer to an ad is not written down");
            }
        }
        Outcome::NotYet(_) | Outcome::Refused(_) | Outcome::Unknown => {}
    }
    Ok(match outcome {
        Outcome::NotYet(pause) if pause <= QUEUE_PAUSE => Verdict::Again(pause),
        Outcome::NotYet(_)
        | Outcome::Unauthorised(_)
        | Outcome::Accepted(_)
        | Outcome::Refused(_)
        | Outcome::Unknown => Verdict::Done,
    })
}

/// Has the channel say why Meta refuses it: from then on its messages are held. Gives it as it is then.
async fn channel_refused(
    deps: &Deps,
    tenant: TenantId,
    channel: &Channel,
    why: Failure,
) -> Result<Channel, StoreError> {
    if channel.refusal.is_some() {
        return Ok(channel.clone());
    }
    let refusal = Refusal { since: deps.clock.now(), why };
    deps.store.tenant(tenant).refuse_channel(channel, &refusal).await?;
    Ok(Channel { refusal: Some(refusal), sending: Sending::Refused, ..channel.clone() })
}

/// Has the channel say no more that Meta refuses it.
async fn channel_taken(deps: &Deps, tenant: TenantId, channel: &Channel) {
    if channel.refusal.is_none() {
        return;
    }
    if let Err(error) = deps.store.tenant(tenant).take_channel(channel.id, deps.clock.now()).await {
        tracing::warn!(channel.id = %channel.id, %error, "a channel still says that it is refused");
    }
}

/// Writes down that the customer who came by an ad has an answer.
async fn answered(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    budgeted: &Budgeted,
) -> Result<(), StoreError> {
    deps.store.tenant(tenant).answer_entry(send.conversation, budgeted.free_entry, deps.clock.now()).await
}

/// Writes the outcome down. The post is not repeated if that fails: the claim stands, runs out, and the message
/// becomes unconfirmed until WhatsApp speaks of it.
async fn settle(
    deps: &Deps,
    tenant: TenantId,
    send: &OutboundMessage,
    by: &str,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match deps.store.tenant(tenant).settle(send, by, outcome, deps.clock.now()).await {
            Err(error) if error.is_retryable() && tries < SETTLE_TRIES => tries += 1,
            result => return result,
        }
    }
}

fn report(send: &OutboundMessage, outcome: &Outcome) {
    let id = send.id;
    match outcome {
        Outcome::Accepted(wamid) => {
            tracing::info!(metric.accepted = 1, message.id = %id, wamid = %wamid.digest(), "accepted");
        }
        Outcome::NotYet(pause) => {
            tracing::warn!(message.id = %id, pause.ms = pause.as_millis(), "not yet");
        }
        Outcome::Refused(failure) => {
            tracing::warn!(metric.failed = 1, message.id = %id, code = failure.code, "refused");
        }
        Outcome::Unauthorised(failure) => {
            let code = failure.code;
            tracing::error!(metric.unauthorised = 1, message.id = %id, code, "the channel's token is refused: replace it");
        }
        Outcome::Unknown => {
            tracing::warn!(metric.unconfirmed = 1, message.id = %id, "unconfirmed: the answer is not known");
        }
    }
}
