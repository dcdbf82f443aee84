//! A customer called, or took a call of the business: the window of their conversation opens. A call becomes no message.

use crate::Deps;
use crate::error::ProcessError;
use crate::link;
use domain::{ConversationId, MessageId, Timestamp, Wamid};
use queue::{InboundTask, Run};
use store::channels::Route;
use store::conversations::Told;
use store::orphans::{Orphan, WAITS, Waits};
use whatsapp::{Call, Event, parse_calls};

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
    let route = match deps.routes.of(&deps.store, task.event.number.as_ref(), deps.clock.now()).await {
        Ok(route) => route,
        // The account is known, or the notice would not have been kept; but nobody can be written to from this number.
        Err(ProcessError::UnknownNumber { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut all_known = true;
    for call in &calls {
        all_known &= tell(deps, route, call, arrived).await?;
    }
    let key = task.event.dedup_key();
    let Ok(name) = Wamid::parse(&format!("call.{key}")) else { return Ok(()) };
    match task.run {
        Run::First | Run::Again if !all_known => {
            let (until, again) = (deps.clock.now().plus(WAITS), task.run == Run::Again);
            let orphan = Orphan { digest: key, event: body.to_owned(), kind: Waits::ForCertain, until };
            deps.store.put_orphan(route.tenant, &name, &orphan, again).await?;
        }
        Run::First => {}
        Run::Again | Run::Last => deps.store.remove_orphan(route.tenant, &name, &key).await?,
    }
    Ok(())
}

/// Opens the window of the caller on this number. False if nobody knows the caller. A clock that runs ahead opens no
/// longer window.
async fn tell(deps: &Deps, route: Route, call: &Call, arrived: Timestamp) -> Result<bool, ProcessError> {
    let at = call.at.min(arrived);
    let event = MessageId::from_parts(at, 0);
    let Some(caller) = link::known_customer(deps, route.tenant, &call.customer, event).await? else {
        return Ok(false);
    };
    let conversation = ConversationId { home: caller.history, channel: route.channel };
    match deps.store.tell_call(route.tenant, conversation, at).await? {
        Told::Head(_) => return Ok(true),
        Told::Missing => {}
    }
    if !deps.store.open_conversation(route.tenant, conversation, caller.lead).await? {
        return Ok(false);
    }
    match deps.store.tell_call(route.tenant, conversation, at).await? {
        Told::Head(_) => Ok(true),
        Told::Missing => Err(ProcessError::Unsettled),
    }
}
