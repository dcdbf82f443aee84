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
use store::orphans::{Orphan, WAITS, Waits};
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
    match (tell(deps, route, &told).await?, task.run) {
        (Told::Kept | Told::Foreign, Run::First) => {}
        (Told::Kept | Told::Foreign, Run::Again | Run::Last) | (Told::Unknown, Run::Last) => {
            deps.store.remove_orphan(route.tenant, &told.wamid, &digest).await?;
        }
        (Told::Unknown, Run::First | Run::Again) => {
            let (until, again) = (deps.clock.now().plus(WAITS), task.run == Run::Again);
            let orphan = Orphan { digest, event: body.to_owned(), kind: Waits::Status, until };
            deps.store.put_orphan(route.tenant, &told.wamid, &orphan, again).await?;
        }
    }
    Ok(Became::Kept)
}

/// What became of a status.
enum Told {
    /// It stands with its message.
    Kept,
    /// It bears a name that is not ours: another app on the same number sent its message.
    Foreign,
    /// Its message is not known, and may still be.
    Unknown,
}

impl Told {
    const fn known(known: bool) -> Self {
        if known { Self::Kept } else { Self::Unknown }
    }
}

/// Writes the status down with its message.
async fn tell(deps: &Deps, route: Route, told: &StatusUpdate) -> Result<Told, ProcessError> {
    let ours = told.opaque.as_deref().and_then(|name| Opaque::open(&deps.seal_key, route.tenant, route.channel, name));
    if let Some(place) = ours {
        return tell_at(deps, route, place, told).await.map(Told::known);
    }
    if let Some(place) = deps.store.find_sent(route.tenant, &told.wamid).await?
        && tell_at(deps, route, place, told).await?
    {
        return Ok(Told::Kept);
    }
    if told.opaque.as_deref().is_some_and(Opaque::is_foreign) {
        tracing::debug!(status = %told.status, "a status of another app's message");
        return Ok(Told::Foreign);
    }
    match told.status {
        Status::Failed => settle_unconfirmed(deps, route, told).await.map(Told::known),
        Status::Sent | Status::Delivered | Status::Read | Status::Played => Ok(Told::Unknown),
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
