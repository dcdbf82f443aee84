//! An event that waits for the message it speaks of: tried again, the last time when it has waited long enough.

use crate::{Deps, ScheduleError};
use domain::{TenantId, Wamid};
use queue::Run;

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, target: &Wamid, digest: &str) -> Result<(), ScheduleError> {
    let Some(orphan) = deps.store.orphan(tenant, target, digest).await? else { return Ok(()) };
    let now = deps.clock.now();
    let (run, next) = if now >= orphan.until {
        (Run::Last, now.plus(store::orphans::LONGEST_PAUSE))
    } else {
        (Run::Again, orphan.next(now))
    };
    let occasion = ["schedule", &orphan.tries.to_string()];
    deps.inbound.send(vec![queue::rerun(&orphan.event, run, &occasion)?]).await?;
    deps.store.put_off(tenant, &orphan, next).await?;
    Ok(())
}
