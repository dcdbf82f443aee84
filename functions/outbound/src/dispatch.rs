//! One send: read as it stands, decided in `domain`, claimed, posted once, and written down.

use crate::token::Bearer;
use crate::{Deps, signals};
use domain::ids::ConversationId;
use domain::rates::Subject;
use domain::sends::{Dispatch, FIRST_SWEEP, Failure, LEASE, Outcome, Reason, Send, SendState};
use domain::{MessageId, TenantId};
use queue::{OutboundTask, OutboundWork, Record, TaskError, Verdict};
use seal::SealError;
use std::time::Duration;
use store::StoreError;
use store::channels::{Channel, Refusal};
use tracing::Instrument;
use tracing::field::Empty;
use whatsapp::Opaque;

/// How often it is tried to write down what came of a post, before the send is left unconfirmed.
const SETTLE_TRIES: u32 = 3;

/// A pause longer than this is left to the sweeper instead of the queue.
const QUEUE_PAUSE: Duration = Duration::from_secs(300);

/// A post may take as long as [`whatsapp::carrier::PATIENCE`], and the function ends after 15 s. A second post begins only
/// where both fit.
const SECOND_POST: Duration = Duration::from_secs(3);

/// Why a send could not be dealt with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DispatchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Task(#[from] TaskError),
    #[error("the channel's token: {0}")]
    Token(#[from] SealError),
}

impl DispatchError {
    const fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Task(_) => false,
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
            tracing::warn!(%error, "a send has to come again");
            Verdict::Again(record.backoff())
        }
        Err(error) => {
            tracing::error!(%error, "a send cannot be dealt with: the sweeper will find it");
            Verdict::Done
        }
    }
}

async fn attempt(deps: &Deps, record: &Record) -> Result<Verdict, DispatchError> {
    match OutboundWork::parse(&record.body)? {
        OutboundWork::Send(task) => send(deps, task).await,
        OutboundWork::Signal(task) => signals::show(deps, record, task).await,
    }
}

async fn send(deps: &Deps, task: OutboundTask) -> Result<Verdict, DispatchError> {
    let began = deps.clock.now();
    tracing::Span::current().record("tenant", task.tenant.digest()).record("message.id", task.send.to_string());
    let Some(send) = deps.store.send(task.tenant, task.home, task.send).await? else {
        tracing::warn!("a send is gone");
        return Ok(Verdict::Done);
    };
    // The last goes first. Each is earlier than the one that it was put behind, so there is an end.
    let mut line = vec![send];
    let mut verdict = Verdict::Done;
    while let Some(send) = line.pop() {
        let before = before(deps, task.tenant, &send).await?;
        let head = deps.store.head(task.tenant, send.conversation).await?;
        let window = head.and_then(|head| head.window_until());
        match (send.dispatch(before.as_ref(), window, deps.clock.now()), before) {
            (Dispatch::EarlierFirst, Some(before)) => line.extend([send, before]),
            (decided, _) => verdict = act(deps, task.tenant, &send, decided).await?,
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

/// Does with the send what was decided.
async fn act(deps: &Deps, tenant: TenantId, send: &Send, decided: Dispatch) -> Result<Verdict, DispatchError> {
    match decided {
        Dispatch::Nothing | Dispatch::EarlierFirst => Ok(Verdict::Done),
        Dispatch::Wait(pause) => Ok(Verdict::Again(pause)),
        Dispatch::Fail(failure) => {
            tracing::info!(metric.failed = 1, message.id = %send.id, reason = %failure.reason, "a send is given up");
            deps.store.give_up(tenant, send, &failure).await?;
            Ok(Verdict::Done)
        }
        Dispatch::Unconfirm => {
            tracing::warn!(metric.unconfirmed = 1, message.id = %send.id, "a worker died over a send: it is unconfirmed");
            let look = send.id.at().plus(domain::sends::REPORT_UNCONFIRMED).max(deps.clock.now());
            deps.store.unconfirm(tenant, send, look).await?;
            Ok(Verdict::Done)
        }
        Dispatch::Post => post(deps, tenant, send).await,
    }
}

/// The send that this one comes after, while this one waits.
async fn before(deps: &Deps, tenant: TenantId, send: &Send) -> Result<Option<Send>, DispatchError> {
    match (&send.state, send.after) {
        (SendState::Queued { .. }, Some(before)) => {
            let ConversationId { home, .. } = send.conversation;
            Ok(deps.store.send(tenant, home, before).await?)
        }
        (SendState::Queued { .. }, None)
        | (SendState::Claimed { .. } | SendState::Accepted | SendState::Failed(_) | SendState::Unconfirmed, _) => {
            Ok(None)
        }
    }
}

/// Has a send wait whose business has posted more than its share; none if it goes out now. A send takes one turn, and has
/// it when it comes again.
async fn turn(deps: &Deps, tenant: TenantId, send: &Send) -> Result<Option<Verdict>, DispatchError> {
    let SendState::Queued { not_before: None, .. } = send.state else { return Ok(None) };
    let now = deps.clock.now();
    let turn = deps.store.turn(&Subject::Sends(tenant), deps.share, now).await?;
    if turn <= now {
        return Ok(None);
    }
    let pause = turn.since(now);
    let (look, verdict) =
        if pause <= QUEUE_PAUSE { (turn.plus(FIRST_SWEEP), Verdict::Again(pause)) } else { (turn, Verdict::Done) };
    deps.store.wait_for_turn(tenant, send, turn, look).await?;
    tracing::debug!(pause.ms = pause.as_millis(), "a send waits for the turn of its business");
    Ok(Some(verdict))
}

/// Claims the send, posts it once, and writes down what came of it.
async fn post(deps: &Deps, tenant: TenantId, send: &Send) -> Result<Verdict, DispatchError> {
    if let Some(verdict) = turn(deps, tenant, send).await? {
        return Ok(verdict);
    }
    let Some(channel) = deps.store.channel(tenant, send.conversation.channel).await? else {
        tracing::error!(channel.id = %send.conversation.channel, "a send's channel is gone");
        return Ok(Verdict::Again(QUEUE_PAUSE));
    };
    // Before the claim: nothing may keep a claimed send from its post.
    let bearer = match Bearer::of(deps, tenant, &channel).await {
        Err(error @ SealError::Unreadable(_)) => {
            tracing::error!(
                metric.unauthorised = 1, message.id = %send.id, %error,
                "the channel's token cannot be opened: replace it"
            );
            let refusal = Failure::ours(Reason::Unauthorised);
            deps.store.hold(tenant, send, &refusal).await?;
            channel_refused(deps, tenant, &channel, refusal).await;
            return Ok(Verdict::Again(QUEUE_PAUSE));
        }
        bearer => bearer?,
    };
    let by = MessageId::from_parts(deps.clock.now(), deps.ids.bits()).bare();
    if !deps.store.claim(tenant, send, &by, deps.clock.now().plus(LEASE)).await? {
        return Ok(Verdict::Again(Duration::from_secs(1)));
    }
    let opaque = Opaque::seal(&deps.seal_key, tenant, send.conversation, send.id);
    let outcome = deps.graph.send(&channel.number, bearer.token(), send, &opaque).await;
    report(send, &outcome);
    settle(deps, tenant, send, &by, &outcome).await?;
    match &outcome {
        Outcome::Unauthorised(failure) => {
            channel_refused(deps, tenant, &channel, failure.clone()).await;
            bearer.refused(deps).await;
        }
        Outcome::Accepted(_) => channel_taken(deps, tenant, &channel).await,
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

/// Has the channel say why Meta refuses it. The send at hand does not depend on it, and each later try says it again.
async fn channel_refused(deps: &Deps, tenant: TenantId, channel: &Channel, why: Failure) {
    if channel.refusal.is_some() {
        return;
    }
    let refusal = Refusal { since: deps.clock.now(), why };
    if let Err(error) = deps.store.refuse_channel(tenant, channel, &refusal).await {
        tracing::warn!(channel.id = %channel.id, %error, "a channel does not say yet that it is refused");
    }
}

/// Has the channel say no more that Meta refuses it.
async fn channel_taken(deps: &Deps, tenant: TenantId, channel: &Channel) {
    if channel.refusal.is_none() {
        return;
    }
    if let Err(error) = deps.store.take_channel(tenant, channel.id).await {
        tracing::warn!(channel.id = %channel.id, %error, "a channel still says that it is refused");
    }
}

/// Writes the outcome down. The post is not repeated if that fails: the claim stands, runs out, and the send
/// becomes unconfirmed until WhatsApp speaks of it.
async fn settle(deps: &Deps, tenant: TenantId, send: &Send, by: &str, outcome: &Outcome) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match deps.store.settle(tenant, send, by, outcome, deps.clock.now()).await {
            Err(error) if error.is_retryable() && tries < SETTLE_TRIES => tries += 1,
            result => return result,
        }
    }
}

fn report(send: &Send, outcome: &Outcome) {
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
