//! Reactions, edits and withdrawals: each stands beside the message that it amends. One that comes first waits for its
//! message, and a known customer's shows as a line of its own meanwhile.

use super::{Arrival, Placed, conversation};
use crate::Deps;
use crate::became::Ingested;
use crate::error::ProcessError;
use domain::inbox::content::AmendmentRef;
use domain::inbox::history::Amendment;
use domain::{Direction, digest};
use queue::Run;
use store::inbox::receipts::{MessageName, Receipt};
use store::reliability::orphans::{Orphan, WAITS, Waits};

/// Puts the amendment beside its message, or shows it by itself until that comes. None if the history turned out to belong
/// to no lead: its customer is looked up again.
pub(super) async fn earlier_message(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    amendment: AmendmentRef<'_>,
) -> Result<Option<Ingested>, ProcessError> {
    if !apply(deps, arrival, placed, amendment).await? {
        show_alone(deps, arrival, placed, amendment).await?;
    }
    if conversation::update(deps, arrival, placed, arrival.arrived).await? {
        return Ok(Some(Ingested::New));
    }
    deps.store.tenant(arrival.route.tenant).remove_received(placed.history, placed.id).await?;
    deps.store.tenant(arrival.route.tenant).remove_receipt(&arrival.name).await?;
    Ok(None)
}

/// Keeps the event until its message comes.
pub(super) async fn wait(deps: &Deps, arrival: &Arrival<'_>, amendment: AmendmentRef<'_>) -> Result<(), ProcessError> {
    let until = deps.clock.now().plus(WAITS);
    let again = arrival.task.run != Run::First;
    let orphan = Orphan { digest: arrival.orphan(), event: arrival.body.to_owned(), kind: Waits::ForCertain, until };
    Ok(deps.store.tenant(arrival.route.tenant).put_orphan(amendment.target(), &orphan, again).await?)
}

/// Puts the amendment beside its message. False if that is not on record.
async fn apply(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    amendment: AmendmentRef<'_>,
) -> Result<bool, ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    let Some(parent) = find_parent(deps, arrival, amendment).await? else { return Ok(false) };
    let content = arrival.message.content.clone();
    let child = Amendment { id: placed.id, direction: Direction::In, content };
    store.put_child(parent.history, parent.id, &child, &arrival.name.wamid).await?;
    if !matches!(amendment, AmendmentRef::Reaction { .. }) {
        conversation::reword(deps, arrival, placed, parent).await?;
    }
    if arrival.task.run != Run::First || placed.again {
        store.remove_received(placed.history, placed.id).await?;
        store.remove_orphan(amendment.target(), &arrival.orphan()).await?;
    }
    Ok(true)
}

/// Shows the amendment as a line of its own. Until its last run it also waits for its message, which may have come while
/// this was written.
async fn show_alone(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    amendment: AmendmentRef<'_>,
) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    if arrival.task.run != Run::Last {
        wait(deps, arrival, amendment).await?;
    }
    store.put_received(placed.history, &arrival.stored(placed.id)).await?;
    if apply(deps, arrival, placed, amendment).await? {
        store.remove_received(placed.history, placed.id).await?;
        return Ok(store.remove_orphan(amendment.target(), &arrival.orphan()).await?);
    }
    if arrival.task.run == Run::Last {
        tracing::warn!("an amendment never found its message and stands by itself");
        store.remove_orphan(amendment.target(), &arrival.orphan()).await?;
    }
    Ok(())
}

/// The message that is amended: one of ours, or one of the customer's by its receipt.
async fn find_parent(
    deps: &Deps,
    arrival: &Arrival<'_>,
    amendment: AmendmentRef<'_>,
) -> Result<Option<Receipt>, ProcessError> {
    let tenant = arrival.route.tenant;
    if matches!(amendment, AmendmentRef::Reaction { .. })
        && let Some((history, id)) = deps.store.tenant(tenant).find_sent(amendment.target()).await?
    {
        return Ok(Some(Receipt { history, id }));
    }
    let name = MessageName { number: arrival.name.number.clone(), wamid: amendment.target().clone() };
    Ok(deps.store.tenant(tenant).amendable(&name).await?)
}

impl Arrival<'_> {
    /// The same for every delivery of this event: it waits once.
    fn orphan(&self) -> String {
        digest::hex(&[self.name.number.as_str(), self.name.wamid.as_str()])
    }
}
