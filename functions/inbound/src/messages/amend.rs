//! Reactions, edits and withdrawals: each stands beside the message that it amends. One that comes first waits for its
//! message, and a known customer's shows as a line of its own meanwhile.

use super::{Arrival, Placed, conversation};
use crate::Deps;
use crate::became::Became;
use crate::error::ProcessError;
use domain::content::Remark;
use domain::history::Child;
use domain::{Direction, digest};
use queue::Run;
use store::orphans::{Orphan, WAITS, Waits};
use store::receipts::{MessageName, Receipt};

/// Puts the amendment beside its message, or shows it by itself until that comes. None if the history turned out to belong
/// to no lead: its customer is looked up again.
pub(super) async fn earlier_message(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    remark: Remark<'_>,
) -> Result<Option<Became>, ProcessError> {
    if !apply(deps, arrival, placed, remark).await? {
        show_alone(deps, arrival, placed, remark).await?;
    }
    if conversation::update(deps, arrival, placed, arrival.arrived).await? {
        return Ok(Some(Became::Kept));
    }
    deps.store.remove_received(arrival.route.tenant, placed.history, placed.id).await?;
    deps.store.remove_receipt(arrival.route.tenant, &arrival.name).await?;
    Ok(None)
}

/// Keeps the event until its message comes.
pub(super) async fn wait(deps: &Deps, arrival: &Arrival<'_>, remark: Remark<'_>) -> Result<(), ProcessError> {
    let (until, again) = (deps.clock.now().plus(WAITS), arrival.task.run != Run::First);
    let orphan = Orphan { digest: arrival.orphan(), event: arrival.body.to_owned(), kind: Waits::ForCertain, until };
    Ok(deps.store.put_orphan(arrival.route.tenant, remark.target(), &orphan, again).await?)
}

/// Puts the amendment beside its message. False if that is not on record.
async fn apply(deps: &Deps, arrival: &Arrival<'_>, placed: Placed, remark: Remark<'_>) -> Result<bool, ProcessError> {
    let tenant = arrival.route.tenant;
    let Some(parent) = find_parent(deps, arrival, remark).await? else { return Ok(false) };
    let content = arrival.message.content.clone();
    let child = Child { id: placed.id, direction: Direction::In, content };
    deps.store.put_child(tenant, parent.history, parent.id, &child).await?;
    if !matches!(remark, Remark::Reaction { .. }) {
        conversation::reword(deps, arrival, placed, parent).await?;
    }
    if arrival.task.run != Run::First || placed.again {
        deps.store.remove_received(tenant, placed.history, placed.id).await?;
        deps.store.remove_orphan(tenant, remark.target(), &arrival.orphan()).await?;
    }
    Ok(true)
}

/// Shows the amendment as a line of its own. Until its last run it also waits for its message, which may have come while
/// this was written.
async fn show_alone(
    deps: &Deps,
    arrival: &Arrival<'_>,
    placed: Placed,
    remark: Remark<'_>,
) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    if arrival.task.run != Run::Last {
        wait(deps, arrival, remark).await?;
    }
    deps.store.put_received(tenant, placed.history, &arrival.stored(placed.id)).await?;
    if apply(deps, arrival, placed, remark).await? {
        deps.store.remove_received(tenant, placed.history, placed.id).await?;
        return Ok(deps.store.remove_orphan(tenant, remark.target(), &arrival.orphan()).await?);
    }
    if arrival.task.run == Run::Last {
        tracing::warn!("an amendment never found its message and stands by itself");
        deps.store.remove_orphan(tenant, remark.target(), &arrival.orphan()).await?;
    }
    Ok(())
}

/// The message that is amended: one of ours, or one of the customer's by its receipt.
async fn find_parent(deps: &Deps, arrival: &Arrival<'_>, remark: Remark<'_>) -> Result<Option<Receipt>, ProcessError> {
    let tenant = arrival.route.tenant;
    if matches!(remark, Remark::Reaction { .. })
        && let Some((history, id)) = deps.store.find_sent(tenant, remark.target()).await?
    {
        return Ok(Some(Receipt { history, id }));
    }
    let name = MessageName { number: arrival.name.number.clone(), wamid: remark.target().clone() };
    Ok(deps.store.amendable(tenant, &name).await?)
}

impl Arrival<'_> {
    /// The same for every delivery of this event: it waits once.
    fn orphan(&self) -> String {
        digest::hex(&[self.name.number.as_str(), self.name.wamid.as_str()])
    }
}
