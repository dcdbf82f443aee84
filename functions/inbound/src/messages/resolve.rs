//! Who wrote the message, and where it stands. Somebody unknown becomes a lead, with the message in the same transaction.

use super::amend;
use super::{Arrival, Placed};
use crate::Deps;
use crate::error::ProcessError;
use domain::conversations::Head;
use domain::identities::Recognised;
use domain::{HomeId, Identity, LeadId, MessageId};
use queue::Run;
use store::first_contact::{FirstContact, FirstMessage};
use store::receipts::{NewReceipt, Receipt, ReceiptKind, ReceiptPut};

/// What came of looking for the customer.
pub(super) enum Resolved {
    /// The message stands here, and its receipt says so.
    Placed(Placed),
    /// The customer is new: the message is stored, with everything that follows from it.
    Met(Placed),
    /// Nobody is known yet whom the event could be shown with: it waits for the message that it amends.
    Waits,
    /// Somebody else changed who the customer is: look again.
    Changed,
}

/// A lead by one of its identities, and what the event says of it beyond that.
struct Known<'a> {
    history: HomeId,
    lead: LeadId,
    by: &'a Identity,
    new: &'a [Identity],
    possible_duplicates: &'a [LeadId],
}

pub(super) async fn customer(deps: &Deps, arrival: &Arrival<'_>) -> Result<Resolved, ProcessError> {
    match deps.store.recognise(arrival.route.tenant, &arrival.message.customer).await? {
        Recognised::As { by, home, lead, unlinked, perhaps } => {
            let receipt = Receipt { history: home, id: arrival.first_id() };
            let placed = match deps.store.put_receipt(arrival.route.tenant, &arrival.receipt(receipt)).await? {
                ReceiptPut::New => Placed { history: home, id: receipt.id, lead, again: false },
                ReceiptPut::Stands(stands) if stands.history == home => {
                    Placed { history: home, id: stands.id, lead, again: true }
                }
                ReceiptPut::Stands(stands) => elsewhere(stands),
            };
            let new: Vec<_> = unlinked.iter().chain(&arrival.message.also).cloned().collect();
            if !new.is_empty() {
                let known = Known { history: home, lead, by: &by, new: &new, possible_duplicates: &perhaps };
                learn(deps, arrival, placed.id, &known).await?;
            }
            Ok(Resolved::Placed(placed))
        }
        Recognised::Stranger { free, perhaps } => {
            let amends = arrival.message.content.remark();
            match amends {
                Some(remark) if arrival.task.run != Run::Last => {
                    amend::wait(deps, arrival, remark).await?;
                    Ok(Resolved::Waits)
                }
                Some(_) | None => meet(deps, arrival, &free, &perhaps).await,
            }
        }
    }
}

/// The message stands where its receipt says, though the customer has another history by now.
const fn elsewhere(stands: Receipt) -> Placed {
    Placed { history: stands.history, id: stands.id, lead: stands.history.first_lead(), again: true }
}

/// The first message of somebody new.
async fn meet(
    deps: &Deps,
    arrival: &Arrival<'_>,
    free: &[Identity],
    possible_duplicates: &[LeadId],
) -> Result<Resolved, ProcessError> {
    let tenant = arrival.route.tenant;
    let now = deps.clock.now();
    let id = arrival.first_id();
    let lead = arrival.new_lead(LeadId::from_parts(now, deps.ids.bits()), id, now);
    let history = HomeId::of(lead.id);
    let head = Head::new(arrival.conversation(history), lead.id, true).after(&arrival.received(id, arrival.arrived));
    let message = arrival.stored(id);
    let receipt = arrival.receipt(Receipt { history, id });
    let first = FirstMessage { message: &message, receipt: &receipt };
    let contact = FirstContact { lead: &lead, head: &head, identities: free, message: Some(first) };
    if !deps.store.first_contact(tenant, &contact).await? {
        let stands = deps.store.receipt(tenant, &arrival.name).await?;
        return Ok(stands.map_or(Resolved::Changed, |stands| Resolved::Placed(elsewhere(stands))));
    }
    tracing::info!(lead.id = %lead.id, "a new lead");
    let also = arrival.message.also.as_slice();
    if let Some(by) = free.first().filter(|_| !possible_duplicates.is_empty() || !also.is_empty()) {
        let known = Known { history, lead: lead.id, by, new: also, possible_duplicates };
        learn(deps, arrival, id, &known).await?;
    }
    Ok(Resolved::Met(Placed { history, id, lead: lead.id, again: false }))
}

/// Puts further identities of a lead on record, as `message` brought them.
async fn learn(deps: &Deps, arrival: &Arrival<'_>, message: MessageId, known: &Known<'_>) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    let mut others = deps.store.add_identities(tenant, (known.history, known.lead), known.by, known.new).await?;
    others.extend(known.possible_duplicates);
    others.sort_unstable();
    others.dedup();
    deps.store.know_more(tenant, known.lead, &arrival.message.customer, &others).await?;
    if !arrival.message.also.is_empty() {
        deps.store.change_address(tenant, known.lead, message, &arrival.message.also).await?;
    }
    Ok(deps.store.seen_together(tenant, known.by, known.new).await?)
}

impl Arrival<'_> {
    fn receipt(&self, receipt: Receipt) -> NewReceipt<'_> {
        let content = &self.message.content;
        let kind = match content.remark() {
            Some(_) => ReceiptKind::Amendment,
            None if content.is_placeholder() => ReceiptKind::Placeholder,
            None => ReceiptKind::Message,
        };
        NewReceipt { name: &self.name, receipt, json: self.task.event.body.get(), kind }
    }
}
