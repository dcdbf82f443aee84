//! A send that should long be on its way: put into the queue again, given up, or reported.

use crate::{Deps, ScheduleError};
use domain::sends::Sweep;
use domain::{HomeId, MessageId, TenantId};
use queue::{OutboundTask, Outgoing};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, home: HomeId, id: MessageId) -> Result<(), ScheduleError> {
    let Some(send) = deps.store.send(tenant, home, id).await? else { return Ok(()) };
    match send.sweep(deps.clock.now()) {
        Sweep::Redrive(look) => {
            let task = OutboundTask::new(tenant, home, id, send.redriven + 1);
            let message = Outgoing { group: task.group(), dedup: task.dedup(), body: task.body()? };
            deps.outbound.send(vec![message]).await?;
            let redriven = send.redriven + 1;
            tracing::warn!(metric.redriven = 1, message.id = %id, times = redriven, "a send had been forgotten");
            deps.store.look_again(tenant, &send, look, true).await?;
        }
        Sweep::Later(look) => deps.store.look_again(tenant, &send, look, false).await?,
        Sweep::Fail(failure) => {
            tracing::info!(metric.failed = 1, message.id = %id, reason = %failure.reason, "a send is given up");
            deps.store.give_up(tenant, &send, &failure).await?;
        }
        Sweep::Unconfirm(look) => {
            tracing::warn!(metric.unconfirmed = 1, message.id = %id, "a worker died over a send: it is unconfirmed");
            deps.store.unconfirm(tenant, &send, look).await?;
        }
        Sweep::Report => {
            tracing::error!(metric.undecided = 1, message.id = %id, "a send is unconfirmed for ten minutes: a person has to decide");
            deps.store.look_no_more(tenant, &send).await?;
        }
        Sweep::Done => deps.store.look_no_more(tenant, &send).await?,
    }
    Ok(())
}
