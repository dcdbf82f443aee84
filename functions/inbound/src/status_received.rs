//! WhatsApp says how a message of ours fares. Found by the name that we gave it, else by WhatsApp's id; a status
//! that comes before its message is known waits for it. A status also names the recipient: what is new in that is linked.

use crate::became::Ingested;
use crate::error::ProcessError;
use crate::{Deps, consent, link, trace};
use domain::identities::Recognised;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::inbox::shown::Shown;
use domain::inbox::statuses::{OtherUpdate, Status, StatusUpdate};
use domain::{ConversationId, HistoryId, MessageId, digest};
use queue::{InboundTask, Run};
use std::time::Duration;
use store::channels::channels::Route;
use store::reliability::orphans::{Orphan, WAITS, Waits};
use whatsapp::{CallbackData, Event, ParsedStatus, parse_status};

/// A failure without a match speaks of a message of the last five minutes, if of any.
const RECENT: Duration = Duration::from_secs(300);

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, body: &str) -> Result<Ingested, ProcessError> {
    let told = match parse_status(&task.event)? {
        ParsedStatus::Known(told) => told,
        ParsedStatus::Payment(update) => {
            tell_other(deps, task, &update, Latest::Payment).await?;
            return crate::notice_received::receive(deps, task, body).await;
        }
        ParsedStatus::Unknown { update, .. } => {
            if let Some(update) = update {
                tell_other(deps, task, &update, Latest::Other).await?;
            }
            return crate::notice_received::receive(deps, task, body).await;
        }
    };
    let route = deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await?;
    let digest = digest::hex(&[told.status.as_str(), &told.at.millis().to_string()]);
    match (tell(deps, route, &told).await?, task.run) {
        (Told::Kept | Told::Foreign, Run::First) => {}
        (Told::Kept | Told::Foreign, Run::Again | Run::Last) | (Told::Unknown, Run::Last) => {
            deps.store.tenant(route.tenant).remove_orphan(&told.wamid, &digest).await?;
        }
        (Told::Unknown, Run::First | Run::Again) => {
            if deps.store.tenant(route.tenant).is_erased(&told.wamid, deps.clock.now()).await? {
                return Ok(Ingested::Duplicate);
            }
            let until = deps.clock.now().plus(WAITS);
            let again = task.run == Run::Again;
            let orphan = Orphan { digest, event: body.to_owned(), kind: Waits::Status, until };
            deps.store.tenant(route.tenant).put_orphan(&told.wamid, &orphan, again).await?;
        }
    }
    Ok(Ingested::New)
}

/// Of what a message keeps the latest status alone.
#[derive(Clone, Copy)]
enum Latest {
    /// Of the payment that it asks for.
    Payment,
    /// Of words that are not known here.
    Other,
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
    let ours = told
        .callback_data
        .as_deref()
        .and_then(|name| CallbackData::verify(&deps.token_key, route.tenant, route.channel, name));
    if let Some((history, id)) = ours {
        return record_at(deps, route, history, id, told).await.map(Told::known);
    }
    if let Some((history, id)) = deps.store.tenant(route.tenant).find_sent(&told.wamid).await?
        && record_at(deps, route, history, id, told).await?
    {
        return Ok(Told::Kept);
    }
    if told.callback_data.as_deref().is_some_and(CallbackData::is_foreign) {
        tracing::debug!(status = %told.status, "a status of another app's message");
        return Ok(Told::Foreign);
    }
    match told.status {
        Status::Failed => settle_unconfirmed(deps, route, told).await.map(Told::known),
        Status::Sent | Status::Delivered | Status::Read | Status::Played => Ok(Told::Unknown),
    }
}

/// Writes a status whose word is not known down with its message, if that is at hand. A notice keeps it anyway.
async fn tell_other(
    deps: &Deps,
    task: &InboundTask<Event>,
    told: &OtherUpdate,
    which: Latest,
) -> Result<(), ProcessError> {
    let Ok(route) = deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await else {
        return Ok(());
    };
    let store = deps.store.tenant(route.tenant);
    let name = told.callback_data.as_deref();
    let ours = name.and_then(|name| CallbackData::verify(&deps.token_key, route.tenant, route.channel, name));
    let found = match ours {
        Some(ours) => Some(ours),
        None => store.find_sent(&told.wamid).await?,
    };
    if let Some((history, id)) = found {
        let conversation = ConversationId { history, channel: route.channel };
        match which {
            Latest::Payment => store.record_payment_status(conversation, id, told).await?,
            Latest::Other => store.record_other_status(conversation, id, told).await?,
        };
    }
    Ok(())
}

/// Writes a status down with its message on this channel; false if it is not there.
pub(crate) async fn record_at(
    deps: &Deps,
    route: Route,
    history: HistoryId,
    id: MessageId,
    told: &StatusUpdate,
) -> Result<bool, ProcessError> {
    trace::names(route.tenant, id);
    let conversation = ConversationId { history, channel: route.channel };
    let Some(addressee) = deps.store.tenant(route.tenant).record_status(conversation, id, told).await? else {
        return Ok(false);
    };
    consent::refused(deps, route.tenant, conversation, told).await?;
    if told.recipient.tells_more_than(&addressee) {
        link::known_customer(deps, route.tenant, &told.recipient, MessageId::from_parts(told.at, 0)).await?;
    }
    Ok(true)
}

/// A failure that names no message of ours settles an unconfirmed one, if exactly one of the last minutes went to this
/// person on this channel.
async fn settle_unconfirmed(deps: &Deps, route: Route, told: &StatusUpdate) -> Result<bool, ProcessError> {
    let Recognised::As { history, .. } = deps.store.tenant(route.tenant).recognise(&told.recipient, None).await? else {
        return Ok(false);
    };
    let conversation = ConversationId { history, channel: route.channel };
    let from = told.at.minus(RECENT);
    let to = told.at.plus(RECENT);
    let sends = deps.store.tenant(route.tenant).sends_between(conversation, from, to).await?;
    let now = deps.clock.now();
    let unknown = |send: &&OutboundMessage| send.shown(now) == Shown::Unconfirmed && send.wamid.is_none();
    match sends.iter().filter(unknown).collect::<Vec<_>>().as_slice() {
        [only] => record_at(deps, route, history, only.id, told).await,
        _ => Ok(false),
    }
}
