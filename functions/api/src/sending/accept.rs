//! The two steps by which a message is accepted: the idempotency record, then the send together with what the head says
//! of it. Each may be repeated, so the same key goes on where an earlier request stopped, or finds that it was done.

use super::place::Place;
use super::request::SendRequest;
use crate::Deps;
use crate::auth::Caller;
use crate::problem::{Kind, Problem};
use domain::Direction;
use domain::conversations::Last;
use domain::sends::{LIFETIME, Send, SendState};
use domain::statuses::Delivery;
use domain::visibility::Viewer;
use domain::{Content, MessageId, TenantId, Text, Timestamp, digest};
use std::time::Duration;
use store::StoreError;
use store::idempotency::Request;
use tokio::time::{Instant, sleep};

/// How much of a text a list shows, in bytes.
const PREVIEW: usize = 160;

/// The pause before the first look at a send that is waited for, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(250));

/// What was accepted: the send as it stands, and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) place: Place,
    pub(crate) send: Send,
}

/// Accepts `request`, once for each `key`. Nothing is written before everything is checked; a request that was
/// accepted before is answered with its send as it stands, whatever holds by now.
pub(crate) async fn accept(
    deps: &Deps,
    caller: Caller,
    viewer: &Viewer,
    request: &SendRequest,
    key: Option<&str>,
) -> Result<Accepted, Problem> {
    let tenant = caller.tenant;
    let (known, place) = match known(deps, tenant, request, key).await? {
        Some(known) => {
            let place = Place::in_conversation(deps, tenant, known.conversation).await?;
            place.requires_sight(viewer)?;
            let send = deps.store.send(tenant, known.conversation.home, known.send).await?;
            if let Some(send) = send {
                return Ok(Accepted { place, send });
            }
            (Some(known), place)
        }
        None => (None, Place::of(deps, tenant, request).await?),
    };
    let now = deps.clock.now();
    place.requires_sight(viewer)?;
    place.requires_open_window(now)?;
    let send = draft(deps, tenant, request, &place, now).await?;
    let Some(key) = key else { return written(deps, caller, place, send).await };
    let known = match known {
        Some(known) => known,
        None => remember(deps, tenant, request, key, &send, now).await?,
    };
    let place = if known.conversation == place.head.id {
        place
    } else {
        Place::in_conversation(deps, tenant, known.conversation).await?
    };
    let send = Send {
        id: known.send,
        conversation: known.conversation,
        to: place.address()?,
        bsuid: place.lead.bsuid.clone(),
        ..send
    };
    written(deps, caller, place, send).await
}

/// What the key stands for already, if it is the same request.
async fn known(
    deps: &Deps,
    tenant: TenantId,
    request: &SendRequest,
    key: Option<&str>,
) -> Result<Option<Request>, Problem> {
    let Some(key) = key else { return Ok(None) };
    match deps.store.request(tenant, &named(key), deps.clock.now()).await? {
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
    send: &Send,
    now: Timestamp,
) -> Result<Request, Problem> {
    let content = request.digest()?;
    let new = Request { content: content.clone(), conversation: send.conversation, send: send.id };
    same(deps.store.remember_request(tenant, &named(key), &new, now).await?, &content)
}

fn same(known: Request, content: &str) -> Result<Request, Problem> {
    if known.content == content {
        return Ok(known);
    }
    Err(Problem::new(Kind::KeyReused, "Give every request a key of its own; repeat a key with the same request only."))
}

/// The name under which a key is kept: that of all routes that send.
fn named(key: &str) -> String {
    digest::hex(&["messages", key])
}

async fn draft(
    deps: &Deps,
    tenant: TenantId,
    request: &SendRequest,
    place: &Place,
    now: Timestamp,
) -> Result<Send, Problem> {
    Ok(Send {
        id: MessageId::at_moment(now, deps.ids.bits()),
        conversation: place.head.id,
        to: place.address()?,
        bsuid: place.lead.bsuid.clone(),
        body: request.text.clone(),
        preview_url: request.preview_url,
        reply_to: place.reply_to(deps, tenant, request.reply_to.as_ref()).await?,
        after: None,
        state: SendState::Queued { not_before: None, refusal: None },
        tries: 0,
        redriven: 0,
        expires: now.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    })
}

/// Writes the send, and tells the conversation's head.
async fn written(deps: &Deps, caller: Caller, place: Place, send: Send) -> Result<Accepted, Problem> {
    let said = Content::Text { body: send.body.clone() }.readable();
    let preview = Text::new(said.excerpt(PREVIEW));
    let last = Last { id: send.id, direction: Direction::Out, kind: "text".to_owned(), preview };
    let send = deps.store.accept_send(caller.tenant, place.head.clone(), send, &last, caller.by).await?;
    let send = send.ok_or_else(|| Problem::not_found("conversation"))?;
    tracing::info!(tenant = caller.tenant.digest(), message.id = %send.id, "a request to send is durable");
    Ok(Accepted { place, send })
}

/// Waits for WhatsApp's answer for at most `wait`, if fewer than ten requests of the business do. The send as it stands
/// then, and whether the wait was granted.
pub(crate) async fn settled(
    deps: &Deps,
    tenant: TenantId,
    send: Send,
    wait: Duration,
) -> Result<(Send, bool), Problem> {
    let now = deps.clock.now();
    if wait.is_zero() || send.shown(now).is_settled() {
        return Ok((send, true));
    }
    let first = usize::from(deps.ids.bits().to_be_bytes()[15]);
    let place = match deps.store.begin_wait(tenant, first, now.plus(wait), now).await {
        Ok(Some(place)) => place,
        Ok(None) => return Ok((send, false)),
        Err(error) => {
            tracing::warn!(%error, "answered a request to send without waiting: nobody knows how many wait");
            return Ok((send, false));
        }
    };
    let settled = looked_at(deps, tenant, send, wait).await;
    if let Err(error) = deps.store.end_wait(tenant, place).await {
        tracing::warn!(%error, "a place to wait is free only when its time is over");
    }
    Ok((settled?, true))
}

/// Looks at the send until WhatsApp has answered, or until `wait` is over.
async fn looked_at(deps: &Deps, tenant: TenantId, send: Send, wait: Duration) -> Result<Send, StoreError> {
    let deadline = Instant::now() + wait;
    let (mut pause, longest) = PAUSES;
    let mut send = send;
    while !send.shown(deps.clock.now()).is_settled() && Instant::now() + pause <= deadline {
        sleep(pause).await;
        pause = (pause * 3 / 2).min(longest);
        send = deps.store.send(tenant, send.conversation.home, send.id).await?.unwrap_or(send);
    }
    Ok(send)
}
