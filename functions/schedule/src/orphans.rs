//! Events that wait for the message they speak of: tried again together, the last time when they have waited long enough.

use crate::{Deps, ScheduleError};
use domain::{TenantId, Wamid};
use queue::Run;
use store::reliability::orphans::{Orphan, PAUSES, STATUS_TRIES, WAITS, Waits};

pub(crate) async fn drive(deps: &Deps, tenant: TenantId, target: &Wamid) -> Result<(), ScheduleError> {
    let store = deps.store.tenant(tenant);
    let Some(waiting) = store.waiting(target).await? else { return Ok(()) };
    let events = store.orphans(target).await?;
    let now = deps.clock.now();
    let for_certain = |event: &&Orphan| event.kind == Waits::ForCertain;
    let until = events.iter().filter(for_certain).map(|event| event.until).min();
    let tried = |event: &&Orphan| for_certain(event) || waiting.tries < STATUS_TRIES;
    let occasion = ["schedule", &waiting.tries.to_string()];
    let again = events.iter().filter(tried).map(|event| {
        let run = if for_certain(&event) && now >= event.until { Run::Last } else { Run::Again };
        queue::rerun(&event.event, run, &occasion)
    });
    deps.inbound.send(again.collect::<Result<_, _>>()?).await?;
    // Statuses alone are left to themselves after their tries: they expire.
    if until.is_none() && (events.is_empty() || waiting.tries + 1 >= STATUS_TRIES) {
        return Ok(store.end_waiting(&waiting).await?);
    }
    let next = match until {
        Some(until) if now >= until => now.plus(PAUSES.longest()),
        Some(until) => waiting.next(until, now),
        None => waiting.next(now.plus(WAITS), now),
    };
    Ok(store.put_off(&waiting, next).await?)
}
