//! A program of the business reports a status of a message, with an API key. The message is found by WhatsApp's id alone, and
//! among those of the key's business alone. A status that comes before its message is known waits for it.

use crate::Deps;
use crate::became::Ingested;
use crate::error::ProcessError;
use crate::status_received::record_at;
use domain::inbox::statuses::StatusUpdate;
use domain::{Customer, TenantId, Wamid, digest};
use queue::{InboundTask, Run};
use store::channels::channels::Route;
use store::reliability::orphans::{Orphan, WAITS, Waits};
use whatsapp::{Event, Malformed, ParsedStatus, parse_status};

pub(crate) async fn receive(
    deps: &Deps,
    tenant: TenantId,
    task: &InboundTask<Event>,
    body: &str,
) -> Result<Ingested, ProcessError> {
    let told = parse_status(&task.event)?;
    let (wamid, word, at) = match &told {
        ParsedStatus::Known(told) => (&told.wamid, told.status.as_str(), told.at),
        ParsedStatus::Payment(update) => (&update.wamid, update.told.word.as_str(), update.told.at),
        ParsedStatus::Unknown { word, update: Some(update) } => (&update.wamid, word.as_str(), update.told.at),
        ParsedStatus::Unknown { update: None, .. } => return Err(Malformed::Id.into()),
    };
    let digest = digest::hex(&[word, &at.millis().to_string(), "reported"]);
    let store = deps.store.tenant(tenant);
    match (record(deps, tenant, wamid, &told).await?, task.run) {
        (true, Run::First) => {}
        (true, Run::Again | Run::Last) | (false, Run::Last) => store.remove_orphan(wamid, &digest).await?,
        (false, Run::First | Run::Again) => {
            let until = deps.clock.now().plus(WAITS);
            let again = task.run == Run::Again;
            let orphan = Orphan { digest, event: body.to_owned(), kind: Waits::Status, until };
            store.put_orphan(wamid, &orphan, again).await?;
        }
    }
    Ok(Ingested::New)
}

/// Writes the status with its message. False if there is no such message of ours.
async fn record(deps: &Deps, tenant: TenantId, wamid: &Wamid, told: &ParsedStatus) -> Result<bool, ProcessError> {
    let store = deps.store.tenant(tenant);
    let Some((history, id)) = store.find_sent(wamid).await? else { return Ok(false) };
    let Some(send) = store.outbound_message(history, id).await? else { return Ok(false) };
    let channel = send.conversation.channel;
    match told {
        ParsedStatus::Known(told) => {
            // A program says how a message fared, and nothing of whom it went to.
            let told = StatusUpdate { recipient: Customer::default(), ..StatusUpdate::clone(told) };
            record_at(deps, Route { tenant, channel }, history, id, &told).await
        }
        ParsedStatus::Payment(update) => Ok(store.record_payment_status(send.conversation, id, update).await?),
        ParsedStatus::Unknown { update: Some(update), .. } => {
            Ok(store.record_other_status(send.conversation, id, update).await?)
        }
        ParsedStatus::Unknown { update: None, .. } => Ok(false),
    }
}
