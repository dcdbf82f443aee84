//! A read receipt that should long be on its way: put into the queue again, or given up.

use crate::{Deps, ScheduleError};
use domain::inbox::signals::{FIRST_SWEEP, Show};
use domain::{ConversationId, TenantId};
use queue::SignalTask;

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, id: ConversationId) -> Result<(), ScheduleError> {
    let store = deps.store.tenant(tenant);
    let Some(signal) = store.signal(id).await? else { return Ok(()) };
    let now = deps.clock.now();
    match signal.show(now) {
        Show::Nothing => store.settle_signal(&signal).await?,
        Show::Read | Show::ReadAndTyping => {
            let task = SignalTask::new(tenant, id, signal.number, Some(now));
            deps.outbound.send(vec![task.outgoing()?]).await?;
            let pause = FIRST_SWEEP.max(now.since(signal.read.unwrap_or(now)));
            store.put_off_signal(&signal, now.plus(pause)).await?;
        }
    }
    Ok(())
}
