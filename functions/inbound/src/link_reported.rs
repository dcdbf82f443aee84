//! WhatsApp tells that a number was unlinked, that its phone was offline for too long, or that it is linked again: written to
//! the channels of the account. A later report counts, whichever comes first.

use crate::Deps;
use crate::error::ProcessError;
use domain::TenantId;
use queue::InboundTask;
use whatsapp::Event;
use whatsapp::account_updates::parse_link_report;

pub(crate) async fn receive(deps: &Deps, task: &InboundTask<Event>, tenant: TenantId) -> Result<(), ProcessError> {
    let report = parse_link_report(&task.event);
    let Some((report, account)) = report.zip(task.event.waba.as_deref()) else { return Ok(()) };
    let at = task.event.time.unwrap_or(task.arrived);
    let store = deps.store.tenant(tenant);
    for channel in store.channels_of_account(account).await? {
        store.report_link(channel.id, report, at).await?;
    }
    Ok(())
}
