//! A conversation whose snooze has ended: it is open again.

use crate::{Deps, ScheduleError};
use domain::{ConversationId, TenantId};

pub(crate) async fn wake(deps: &Deps, tenant: TenantId, id: ConversationId) -> Result<(), ScheduleError> {
    if deps.store.tenant(tenant).wake(id, deps.clock.now()).await? {
        tracing::info!(tenant = tenant.digest(), "a snoozed conversation is open again");
    }
    Ok(())
}
