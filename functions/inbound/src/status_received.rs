//! WhatsApp says how a message of ours fares. Found by the name that we gave it, else by WhatsApp's id; a status
//! that comes before its message is known waits for it. A status also names the recipient: what is new in that is linked.

use crate::Deps;
use crate::became::Became;
use crate::error::ProcessError;
use crate::link;
use crate::trace;
use domain::identities::Recognised;
use domain::sends::{Send, Shown};
use domain::statuses::{Status, StatusUpdate};
use domain::{ConversationId, HomeId, MessageId, digest};
use queue::{InboundTask, Run};
use std::time::Duration;
use store::channels::Route;
use whatsapp::{Event, Opaque, ParsedStatus, parse_status};

/// A failure without a match speaks of a send of the last five minutes, if of any.
const RECENT: Duration = Duration::from_secs(300);

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Became, ProcessError> {
    let told = match parse_status(&task.event)? {
        ParsedStatus::Known(told) => told,
        ParsedStatus::Unknown { .. } => return crate::notice_received::receive(deps, task, body).await,
    };
    let route = deps.routes.of(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let digest = digest::hex(&[told.status.word(), &told.at.millis().to_string()]);
    if tell(deps, route, &told).await? {
        if task.run != Run::First {
            deps.store.remove_orphan(route.tenant, &told.wamid, &digest).await?;
        }
        return Ok(Became::Kept);
    }
    match task.run {
        Run::First | Run::Again => {
            let now = deps.clock.now();
            deps.store.put_orphan(route.tenant, &told.wamid, &digest, body, now).await?;
        }
        Run::Last => {
            tracing::warn!(status = %told.status, "a status never found its message: it is not one of ours");
            deps.store.remove_orphan(route.tenant, &told.wamid, &digest).await?;
        }
    }
    Ok(Became::Kept)
}

/// Writes the status down with its message. False if that is not known.
async fn tell(deps: &Deps, route: Route, told: &StatusUpdate) -> Result<bool, ProcessError> {
    let ours = told.opaque.as_deref().and_then(|name| Opaque::open(&deps.seal_key, route.tenant, route.channel, name));
    if let Some(place) = ours {
        return tell_at(deps, route, place, told).await;
    }
    if let Some(place) = deps.store.find_sent(route.tenant, &told.wamid).await?
        && tell_at(deps, route, place, told).await?
    {
        return Ok(true);
    }
    match told.status {
        Status::Failed => settle_unconfirmed(deps, route, told).await,
        Status::Sent | Status::Delivered | Status::Read | Status::Played => Ok(false),
    }
}

async fn tell_at(
    deps: &Deps,
    route: Route,
    (home, id): (HomeId, MessageId),
    told: &StatusUpdate,
) -> Result<bool, ProcessError> {
    trace::names(route.tenant, id);
    let conversation = ConversationId { home, channel: route.channel };
    let Some(addressee) = deps.store.tell_status(route.tenant, (conversation, id), told).await? else {
        return Ok(false);
    };
    if told.recipient.tells_more_than(&addressee) {
        link::known_customer(deps, route.tenant, &told.recipient, MessageId::from_parts(told.at, 0)).await?;
    }
    Ok(true)
}

/// A failure that names no send of ours settles an unconfirmed one, if exactly one of the last minutes went to this
/// person on this channel.
async fn settle_unconfirmed(deps: &Deps, route: Route, told: &StatusUpdate) -> Result<bool, ProcessError> {
    let Recognised::As { home, .. } = deps.store.recognise(route.tenant, &told.recipient, None).await? else {
        return Ok(false);
    };
    let conversation = ConversationId { home, channel: route.channel };
    let span = (told.at.minus(RECENT), told.at.plus(RECENT));
    let sends = deps.store.sends_between(route.tenant, conversation, span).await?;
    let now = deps.clock.now();
    let unknown = |send: &&Send| send.shown(now) == Shown::Unconfirmed && send.wamid.is_none();
    match sends.iter().filter(unknown).collect::<Vec<_>>().as_slice() {
        [only] => tell_at(deps, route, (home, only.id), told).await,
        _ => Ok(false),
    }
}
