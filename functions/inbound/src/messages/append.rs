//! Stores a message that is a line of the history.

use super::{Arrival, Placed, conversation};
use crate::Deps;
use crate::became::Became;
use crate::error::ProcessError;

/// Stores the message and tells the conversation. None if the history turned out to belong to no lead: its customer is
/// looked up again.
pub(super) async fn message(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
) -> Result<Option<Became>, ProcessError> {
    let tenant = arrival.route.tenant;
    let first_arrived = deps.store.put_received(tenant, placed.history, &arrival.stored(placed.id)).await?;
    if conversation::update(deps, arrival, placed, first_arrived).await? {
        let again = first_arrived != arrival.arrived;
        return Ok(Some(if again { Became::KeptBefore } else { Became::Kept }));
    }
    deps.store.remove_received(tenant, placed.history, placed.id).await?;
    deps.store.remove_receipt(tenant, &arrival.name).await?;
    Ok(None)
}
