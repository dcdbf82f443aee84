//! A message that should long be on its way: put into the queue again, given up, or reported.

use crate::{Deps, ScheduleError};
use domain::inbox::conversations::LastMessage;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::inbox::sweeps::Sweep;
use domain::{HistoryId, MessageId, TenantId};
use queue::{OutboundTask, Outgoing};

pub(crate) async fn drive(
    deps: &Deps,
    tenant: TenantId,
    history: HistoryId,
    id: MessageId,
) -> Result<(), ScheduleError> {
    let store = deps.store.tenant(tenant);
    let Some(send) = store.outbound_message(history, id).await? else { return Ok(()) };
    match send.sweep(deps.clock.now()) {
        Sweep::Start => start(deps, tenant, &send).await?,
        Sweep::Redrive(look) => {
            let task = OutboundTask::new(tenant, history, id, send.redriven + 1);
            let message = Outgoing { group: task.group(), dedup: task.dedup(), body: task.body()? };
            deps.outbound.send(vec![message]).await?;
            let redriven = send.redriven + 1;
            tracing::warn!(metric.redriven = 1, message.id = %id, times = redriven, "a message had been forgotten");
            store.look_again(&send, look, true).await?;
        }
        Sweep::Later(look) => store.look_again(&send, look, false).await?,
        Sweep::Fail(failure) => {
            tracing::info!(metric.failed = 1, message.id = %id, reason = %failure.reason, "a message is given up");
            store.give_up(&send, &failure).await?;
        }
        Sweep::Unconfirm(look) => {
            tracing::warn!(metric.unconfirmed = 1, message.id = %id, "a worker died over a message: it is unconfirmed");
            store.unconfirm(&send, look).await?;
        }
        Sweep::Report => {
            tracing::error!(metric.undecided = 1, message.id = %id, "a message is unconfirmed for ten minutes: a person has to decide");
            store.look_no_more(&send).await?;
        }
        Sweep::Done => store.look_no_more(&send).await?,
    }
    Ok(())
}

/// Queues a scheduled message, unless the customer was to be left alone once they wrote, and did.
async fn start(deps: &Deps, tenant: TenantId, send: &OutboundMessage) -> Result<(), ScheduleError> {
    let store = deps.store.tenant(tenant);
    let Some(conversation) = store.conversation(send.conversation).await? else { return Ok(()) };
    if let Some(failure) = send.overtaken(conversation.arrived) {
        tracing::info!(metric.failed = 1, message.id = %send.id, reason = %failure.reason, "a message is given up");
        return Ok(store.give_up(send, &failure).await?);
    }
    if store.start_scheduled(send, &LastMessage::from_send(send), deps.clock.now()).await? {
        tracing::info!(message.id = %send.id, "the time of a scheduled message has come");
    }
    Ok(())
}
