//! A customer called, or took a call of the business: the window of their conversation opens. A customer's call that has
//! ended becomes a line of the history. It makes nothing unread.

use crate::error::ProcessError;
use crate::{Deps, link};
use domain::inbox::content::Context;
use domain::{ConversationId, HistoryId, MessageId, Taken, Timestamp, Wamid};
use queue::{InboundTask, Run};
use store::channels::channels::Route;
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind, ReceiptPut};
use store::reliability::orphans::{Orphan, WAITS, Waits};
use whatsapp::{Call, EndedCall, Event, parse_calls};

/// Tells the conversations of those who called. `arrived` is when the event first reached us. Events come in any order:
/// the call of somebody unknown waits, since the message by which they become known may still come.
pub(crate) async fn receive(
    deps: &Deps,
    task: &InboundTask<Event>,
    body: &str,
    arrived: Timestamp,
) -> Result<(), ProcessError> {
    let calls = parse_calls(&task.event);
    if calls.is_empty() {
        return Ok(());
    }
    let route = match deps.routes.find(&deps.store, task.event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => route,
        // The account is known, or the notice would not have been kept; but nobody can be written to from this number.
        Err(ProcessError::UnknownNumber { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut all_known = true;
    for (place, call) in (task.taken().place..).zip(&calls) {
        let taken = Taken { place, ..task.taken() };
        all_known &= tell(deps, route, &task.event, call, taken, arrived).await?;
    }
    let key = task.event.dedup_key();
    let Ok(name) = Wamid::parse(&format!("call.{key}")) else { return Ok(()) };
    match task.run {
        Run::First | Run::Again if !all_known => {
            let until = deps.clock.now().plus(WAITS);
            let again = task.run == Run::Again;
            let orphan = Orphan { digest: key, event: body.to_owned(), kind: Waits::ForCertain, until };
            deps.store.tenant(route.tenant).put_orphan(&name, &orphan, again).await?;
        }
        Run::First => {}
        Run::Again | Run::Last => deps.store.tenant(route.tenant).remove_orphan(&name, &key).await?,
    }
    Ok(())
}

/// Opens the window of the caller on this number. False if nobody knows the caller. A clock that runs ahead opens no
/// longer window.
async fn tell(
    deps: &Deps,
    route: Route,
    source: &Event,
    call: &Call,
    taken: Taken,
    arrived: Timestamp,
) -> Result<bool, ProcessError> {
    let store = deps.store.tenant(route.tenant);
    let at = call.at.min(arrived);
    let event = MessageId::from_parts(at, 0);
    let Some(caller) = link::known_customer(deps, route.tenant, &call.customer, event).await? else {
        return Ok(false);
    };
    let conversation = ConversationId { history: caller.history, channel: route.channel };
    if let (Some(ended), Some(number)) = (&call.ended, &source.number) {
        keep(
            deps,
            route,
            caller.history,
            &MessageName { number: number.clone(), wamid: ended.name.clone() },
            ended,
            at,
            taken,
        )
        .await?;
    }
    if store.record_call(conversation, at).await?.is_some() {
        return Ok(true);
    }
    if !store.open_conversation(conversation, caller.lead).await? {
        return Ok(false);
    }
    match store.record_call(conversation, at).await? {
        Some(_) => Ok(true),
        None => Err(ProcessError::Unsettled),
    }
}

/// Writes the line of a call that has ended, once.
async fn keep(
    deps: &Deps,
    route: Route,
    history: HistoryId,
    name: &MessageName,
    ended: &EndedCall,
    at: Timestamp,
    taken: Taken,
) -> Result<(), ProcessError> {
    let store = deps.store.tenant(route.tenant);
    let here = Receipt { history, id: MessageId::inbound(&name.number, &name.wamid, at, taken) };
    let new = NewReceipt { name, receipt: here, json: &ended.json, kind: ReceiptKind::Message };
    let stands = match store.put_receipt(&new).await? {
        ReceiptPut::New => here,
        ReceiptPut::Stands(stands) => stands,
    };
    let message = ReceivedMessage {
        id: stands.id,
        channel: route.channel,
        wamid: name.wamid.clone(),
        content: ended.content.clone(),
        context: Context::default(),
        arrived: taken.at,
    };
    store.put_received(stands.history, &message).await?;
    Ok(())
}
