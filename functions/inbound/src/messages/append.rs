//! Stores a message that is a line of the history.

use super::{Arrival, Placed, conversation};
use crate::Deps;
use crate::became::Ingested;
use crate::error::ProcessError;

/// Stores the message and tells the conversation. None if the history turned out to belong to no lead: its customer is
/// looked up again.
pub(super) async fn message(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
) -> Result<Option<Ingested>, ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    let first_arrived = store.put_received(placed.history, &arrival.stored(placed.id)).await?;
    if conversation::update(deps, arrival, placed, first_arrived).await? {
        let again = first_arrived != arrival.arrived;
        return Ok(Some(if again { Ingested::Duplicate } else { Ingested::New }));
    }
    store.remove_received(placed.history, placed.id).await?;
    store.remove_receipt(&arrival.name).await?;
    Ok(None)
}
