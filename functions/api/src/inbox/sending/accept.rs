//! The two steps by which a message is accepted: the idempotency record, then the message together with what the conversation says
//! of it. Each may be repeated, so the same key goes on where an earlier request stopped, or finds that it was done.

use super::content::Asked;
use super::place::Place;
use super::price;
use super::request::SendRequest;
use crate::Deps;
use crate::web::auth::Caller;
use crate::web::problem::{FieldError, Kind, Problem};
use domain::access::visibility::Viewer;
use domain::inbox::conversations::LastMessage;
use domain::inbox::outbound_messages::{Fallback, LIFETIME, OutboundMessage, SendState, TEMPLATE_LIFETIME};
use domain::inbox::statuses::Delivery;
use domain::{Actor, MessageId, TenantId, Timestamp, digest};
use std::time::Duration;
use store::StoreError;
use store::channels::channels::Channel;
use store::reliability::idempotency::Request;
use tokio::time::{Instant, sleep};

/// How far ahead a message may be scheduled.
pub(crate) const FURTHEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// The pause before the first look at a message that is waited for, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(250));

/// What was accepted: the message as it stands, and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) place: Place,
    pub(crate) send: OutboundMessage,
    /// The further messages that a long text goes out as.
    pub(crate) parts: Vec<MessageId>,
}

/// Accepts `request`, once for each `key`. Nothing is written before everything is checked; a request that was
/// accepted before is answered with its message as it stands, whatever holds by now.
pub(crate) async fn accept(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    asked: &SendRequest,
    key: Option<&str>,
) -> Result<Accepted, Problem> {
    let request = asked;
    let tenant = caller.tenant;
    let (known, place) = match known(deps, tenant, request, key).await? {
        Some(known) => {
            let place = Place::in_conversation(deps, tenant, known.conversation).await?;
            place.requires_sight(viewer)?;
            let send = deps.store.tenant(tenant).outbound_message(known.conversation.history, known.send).await?;
            if let Some(send) = send {
                return Ok(Accepted { place, parts: parts(&send, request), send });
            }
            (Some(known), place)
        }
        None => (None, Place::resolve(deps, caller, viewer, request).await?),
    };
    let now = deps.clock.now();
    place.requires_unblocked(deps, tenant, viewer).await?;
    place.requires_sight(viewer)?;
    let channel = place.connected_channel(deps, tenant).await?;
    if request.content.is_payment() && !channel.payments {
        let detail = "Payments are off for this number. Turn them on in its settings once Meta has approved them.";
        return Err(Problem::invalid(vec![FieldError::new("type", detail)]));
    }
    match request.send_at {
        Some(at) => check_time(at, now).map_err(|error| Problem::invalid(vec![error]))?,
        // The customer may write until then. Otherwise the fallback goes out at once.
        None if request.fallback.is_none() => place.requires_open_window(&request.content, now)?,
        None => {}
    }
    let request = &request.within(place.conversation.accepts_replies(now));
    let request = &match request.retry_of {
        None => request.clone().signed(deps, caller, Some(&channel)).await?,
        // It says already who wrote it.
        Some(_) => request.clone(),
    };
    let send = draft(deps, caller, viewer, request, &place, now).await?;
    place.requires_consent(deps, tenant, &send.content, request.accept_no_consent).await?;
    let free_entry = deps.store.tenant(tenant).free_entry(place.conversation.id).await?;
    let agreed = price::agreed(&channel, &place, request, &send, free_entry, now)?;
    let fallback = match &request.fallback {
        None => None,
        Some(asked) => {
            let content = place.template(deps, tenant, asked).await?;
            place.requires_consent(deps, tenant, &content, request.accept_no_consent).await?;
            let instead = OutboundMessage { content: content.clone(), ..send.clone() };
            let price = price::agreed(&channel, &place, request, &instead, free_entry, now)?;
            Some(Box::new(Fallback { content, price }))
        }
    };
    let send = OutboundMessage { price: Some(agreed), fallback, ..send };
    let Some(key) = key else { return written(deps, caller, place, send, request).await };
    let known = match known {
        Some(known) => known,
        None => remember(deps, tenant, asked, key, &send, now).await?,
    };
    let place = if known.conversation == place.conversation.id {
        place
    } else {
        Place::in_conversation(deps, tenant, known.conversation).await?
    };
    let send = OutboundMessage {
        id: known.send,
        conversation: known.conversation,
        to: place.address()?,
        bsuid: place.lead.bsuid.clone(),
        ..send
    };
    written(deps, caller, place, send, request).await
}

/// What the key stands for already, if it is the same request.
async fn known(
    deps: &Deps,
    tenant: TenantId,
    request: &SendRequest,
    key: Option<&str>,
) -> Result<Option<Request>, Problem> {
    let Some(key) = key else { return Ok(None) };
    match deps.store.tenant(tenant).request(&named(key), deps.clock.now()).await? {
        Some(known) => same(known, &request.digest()?).map(Some),
        None => Ok(None),
    }
}

/// Lets the key stand for this request; or gives what it stands for since another request was faster.
async fn remember(
    deps: &Deps,
    tenant: TenantId,
    request: &SendRequest,
    key: &str,
    send: &OutboundMessage,
    now: Timestamp,
) -> Result<Request, Problem> {
    let content = request.digest()?;
    let new = Request { content: content.clone(), conversation: send.conversation, send: send.id };
    same(deps.store.tenant(tenant).remember_request(&named(key), &new, now).await?, &content)
}

fn same(known: Request, content: &str) -> Result<Request, Problem> {
    if known.content == content {
        return Ok(known);
    }
    Err(Problem::new(
        Kind::KeyReused,
        "The key was used with another request. Use a new key for each request; repeat a key only with the same \
         request.",
    ))
}

/// The name under which a key is kept: that of all routes that send.
fn named(key: &str) -> String {
    digest::hex(&["messages", key])
}

async fn draft(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    request: &SendRequest,
    place: &Place,
    now: Timestamp,
) -> Result<OutboundMessage, Problem> {
    let tenant = caller.tenant;
    let reply_to = place.reply_to(deps, tenant, request.reply_to.as_ref()).await?;
    let retry_of = place.retry_of(deps, tenant, request.retry_of, now).await?;
    let at = request.send_at.unwrap_or(now);
    let lifetime = if request.content.goes_outside_the_window() { TEMPLATE_LIFETIME } else { LIFETIME };
    Ok(OutboundMessage {
        id: MessageId::at_moment(at, deps.random.u128()),
        conversation: place.conversation.id,
        to: place.address()?,
        bsuid: place.lead.bsuid.clone(),
        // Last, since a file that is sent on is written to.
        content: place.content(deps, caller, viewer, &request.content, now).await?,
        reply_to,
        part_of: None,
        retry_of,
        unless_written_since: request.unless_they_write.then_some(now),
        confirms_opt_out: false,
        after: None,
        price: None,
        fallback: None,
        booking: None,
        state: match request.send_at {
            Some(_) => SendState::Scheduled,
            None => SendState::Queued { not_before: None, refusal: None, is_probe: false },
        },
        tries: 0,
        redriven: 0,
        queued: at,
        expires: expires(request.expires_at, at, lifetime).map_err(|error| Problem::invalid(vec![error]))?,
        wamid: None,
        delivery: Delivery::default(),
    })
}

/// Refuses a time at which nothing can be scheduled.
pub(crate) fn check_time(at: Timestamp, now: Timestamp) -> Result<(), FieldError> {
    if at <= now {
        return Err(FieldError::new("sendAt", "The time must be in the future. Leave it out to send the message now."));
    }
    if at > now.plus(FURTHEST) {
        return Err(FieldError::new("sendAt", "The time must be within 30 days."));
    }
    Ok(())
}

/// When a message is given up that is to be sent at `at`.
fn expires(asked: Option<Timestamp>, at: Timestamp, lifetime: Duration) -> Result<Timestamp, FieldError> {
    match asked {
        Some(asked) if asked <= at => {
            Err(FieldError::new("expiresAt", "The time must be after the time at which the message is sent."))
        }
        Some(asked) => Ok(asked.min(at.plus(lifetime))),
        None => Ok(at.plus(lifetime)),
    }
}

impl SendRequest {
    /// What goes out now: the fallback itself, unless the window is open or the message is sent later.
    fn within(&self, window_is_open: bool) -> Self {
        match &self.fallback {
            Some(fallback) if !window_is_open && self.send_at.is_none() => {
                Self { content: Asked::Template(Box::new(fallback.clone())), fallback: None, ..self.clone() }
            }
            Some(_) | None => self.clone(),
        }
    }

    /// The same with the name of the user before a text, if that is a setting of the channel.
    async fn signed(self, deps: &Deps, caller: Caller, channel: Option<&Channel>) -> Result<Self, Problem> {
        let (Some(true), Actor::User(id)) = (channel.map(|channel| channel.agent_names), caller.by) else {
            return Ok(self);
        };
        let Some(user) = deps.store.tenant(caller.tenant).user(id).await? else { return Ok(self) };
        let content = self.content.signed(&user.name).map_err(|error| Problem::invalid(vec![error]))?;
        if let (Some(_), Some(detail)) = (self.send_at, content.unschedulable()) {
            let detail = format!("{detail} The name of the agent counts.");
            return Err(Problem::invalid(vec![FieldError::new("text", detail)]));
        }
        Ok(Self { content, ..self })
    }
}

/// The ids of the further messages that a request goes out as.
fn parts(send: &OutboundMessage, request: &SendRequest) -> Vec<MessageId> {
    (1..).zip(request.content.more()).map(|(n, _)| send.id.part(n)).collect()
}

/// Writes the message and the further ones that it goes out as, and tells the conversation.
async fn written(
    deps: &Deps,
    caller: Caller,
    place: Place,
    send: OutboundMessage,
    request: &SendRequest,
) -> Result<Accepted, Problem> {
    if request.send_at.is_some() {
        let send = deps.store.tenant(caller.tenant).schedule_send(&send, caller.by).await?;
        tracing::info!(tenant = caller.tenant.digest(), message.id = %send.id, "a request to send later is durable");
        return Ok(Accepted { place, send, parts: Vec::new() });
    }
    let parts = parts(&send, request);
    let more = parts.iter().zip(request.content.more()).map(|(id, content)| {
        let content = content.clone();
        let part_of = Some(send.id);
        OutboundMessage { id: *id, content, part_of, reply_to: None, retry_of: None, ..send.clone() }
    });
    let more: Vec<_> = more.collect();
    let last = LastMessage::from_send(more.last().unwrap_or(&send));
    let send = deps
        .store
        .tenant(caller.tenant)
        .accept_sends(place.conversation.clone(), send, &more, &last, caller.by)
        .await?;
    let send = send.ok_or_else(|| Problem::not_found("conversation"))?;
    tracing::info!(tenant = caller.tenant.digest(), message.id = %send.id, "a request to send is durable");
    Ok(Accepted { place, send, parts })
}

/// Waits for WhatsApp's answer for at most `wait`, if fewer than ten requests of the business do. The message as it stands
/// then, and whether the wait was granted.
pub(crate) async fn settled(
    deps: &Deps,
    tenant: TenantId,
    send: OutboundMessage,
    wait: Duration,
) -> Result<(OutboundMessage, bool), Problem> {
    let now = deps.clock.now();
    if wait.is_zero() || send.shown(now).is_settled() {
        return Ok((send, true));
    }
    let first = usize::from(deps.random.u128().to_be_bytes()[15]);
    let place = match deps.store.tenant(tenant).begin_wait(first, now.plus(wait), now).await {
        Ok(Some(place)) => place,
        Ok(None) => return Ok((send, false)),
        Err(error) => {
            tracing::warn!(%error, "answered a request to send without waiting: nobody knows how many wait");
            return Ok((send, false));
        }
    };
    let settled = looked_at(deps, tenant, send, wait).await;
    if let Err(error) = deps.store.tenant(tenant).end_wait(place).await {
        tracing::warn!(%error, "a place to wait is free only when its time is over");
    }
    Ok((settled?, true))
}

/// Looks at the message until WhatsApp has answered, or until `wait` is over.
async fn looked_at(
    deps: &Deps,
    tenant: TenantId,
    send: OutboundMessage,
    wait: Duration,
) -> Result<OutboundMessage, StoreError> {
    let deadline = Instant::now() + wait;
    let (mut pause, longest) = PAUSES;
    let mut send = send;
    while !send.shown(deps.clock.now()).is_settled() && Instant::now() + pause <= deadline {
        sleep(pause).await;
        pause = (pause * 3 / 2).min(longest);
        send = deps.store.tenant(tenant).outbound_message(send.conversation.history, send.id).await?.unwrap_or(send);
    }
    Ok(send)
}
