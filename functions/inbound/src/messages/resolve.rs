//! Who wrote the message, and where it stands. Somebody unknown becomes a lead, with the message in the same transaction.

use super::amend;
use super::{Arrival, Placed};
use crate::Deps;
use crate::error::ProcessError;
use crate::link::{self, Link};
use domain::identities::{PassedOn, Recognised};
use domain::inbox::conversations::Conversation;
use domain::{HistoryId, Identity, LeadId, Phone};
use queue::Run;
use std::time::Duration;
use store::crm::first_contact::{FirstContact, FirstMessage};
use store::crm::identities::KnownBy;
use store::inbox::receipts::{NewReceipt, Receipt, ReceiptKind, ReceiptPut};

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
    /// The message was erased: this is a late replay of it.
    Erased,
}

/// A message that comes later than this may be a replay of one that was erased.
const LATE: Duration = Duration::from_secs(60);

pub(super) async fn customer(deps: &Deps, arrival: &Arrival<'_>) -> Result<Resolved, ProcessError> {
    match deps.store.tenant(arrival.route.tenant).recognise(&arrival.message.customer, Some(arrival.first_id())).await?
    {
        Recognised::As { by, history, lead, unlinked, perhaps, passed_on } => {
            let receipt = Receipt { history, id: arrival.first_id() };
            let placed = match deps.store.tenant(arrival.route.tenant).put_receipt(&arrival.receipt(receipt)).await? {
                ReceiptPut::New if is_erased(deps, arrival, LATE).await? => {
                    deps.store.tenant(arrival.route.tenant).remove_receipt(&arrival.name).await?;
                    return Ok(Resolved::Erased);
                }
                ReceiptPut::New => Placed { history, id: receipt.id, lead, again: false },
                ReceiptPut::Stands(stands) if stands.history == history => {
                    Placed { history, id: stands.id, lead, again: true }
                }
                ReceiptPut::Stands(stands) => elsewhere(deps, arrival, stands).await?,
            };
            let new: Vec<_> = unlinked.iter().chain(&arrival.message.also).cloned().collect();
            if !new.is_empty() {
                let link = Link {
                    known: KnownBy {
                        history,
                        lead,
                        identity: &by,
                        portfolio: arrival.message.customer.portfolio.as_ref(),
                        event: placed.id,
                    },
                    customer: &arrival.message.customer,
                    new: &new,
                    possible_duplicates: &perhaps,
                    passed_on: passed_on.as_ref(),
                };
                learn(deps, arrival, &link).await?;
            }
            Ok(Resolved::Placed(placed))
        }
        Recognised::Stranger { free, perhaps, passed_on } => {
            let amends = arrival.message.content.amendment();
            match amends {
                Some(amendment) if arrival.task.run != Run::Last => {
                    amend::wait(deps, arrival, amendment).await?;
                    Ok(Resolved::Waits)
                }
                Some(_) | None if is_erased(deps, arrival, Duration::ZERO).await? => Ok(Resolved::Erased),
                Some(_) | None => meet(deps, arrival, &Stranger { free, perhaps, passed_on }).await,
            }
        }
    }
}

/// The message stands where its receipt says, though the customer has another history by now.
async fn elsewhere(deps: &Deps, arrival: &Arrival<'_>, stands: Receipt) -> Result<Placed, ProcessError> {
    let first = stands.history.first_lead();
    let lead = deps.store.tenant(arrival.route.tenant).current_lead(first).await?.map_or(first, |lead| lead.id);
    Ok(Placed { history: stands.history, id: stands.id, lead, again: true })
}

/// Whether the message was erased. Only one that is older than `late` is looked up.
async fn is_erased(deps: &Deps, arrival: &Arrival<'_>, late: Duration) -> Result<bool, ProcessError> {
    let now = deps.clock.now();
    if now.since(arrival.message.at) < late {
        return Ok(false);
    }
    Ok(deps.store.tenant(arrival.route.tenant).is_erased(&arrival.name.wamid, now).await?)
}

/// A customer whom no identity leads to.
struct Stranger {
    free: Vec<Identity>,
    perhaps: Vec<LeadId>,
    passed_on: Option<PassedOn>,
}

impl Stranger {
    /// Whether the phone is theirs, and not another lead's.
    fn has(&self, phone: &Phone) -> bool {
        let free = self.free.contains(&Identity::Phone(phone.clone()));
        free || self.passed_on.as_ref().is_some_and(|moved| moved.phone == *phone)
    }
}

/// The first message of a new customer. A phone that another lead had moves in the same transaction; that lead lets go of
/// it before, so that all of it is repeated if the transaction does not happen.
async fn meet(deps: &Deps, arrival: &Arrival<'_>, stranger: &Stranger) -> Result<Resolved, ProcessError> {
    let tenant = arrival.route.tenant;
    let store = deps.store.tenant(tenant);
    let now = deps.clock.now();
    let id = arrival.first_id();
    let stage = store.automatic_moves().await?.first_message;
    let mut lead = arrival.new_lead(LeadId::from_parts(now, deps.random.u128()), stage, id, now);
    lead.possible_duplicates.clone_from(&stranger.perhaps);
    lead.phone = lead.phone.filter(|phone| stranger.has(phone));
    let history = HistoryId::for_lead(lead.id);
    let conversation =
        Conversation::new(arrival.conversation(history), lead.id, true).after(&arrival.received(id, arrival.arrived));
    let message = arrival.stored(id);
    let receipt = arrival.receipt(Receipt { history, id });
    if let Some(passed_on) = &stranger.passed_on {
        store.release_phone(passed_on).await?;
        store.request_lead_index(passed_on.from, now).await?;
    }
    let contact = FirstContact {
        lead: &lead,
        conversation: &conversation,
        identities: &stranger.free,
        portfolio: arrival.message.customer.portfolio.as_ref(),
        event: id,
        passed_on: stranger.passed_on.as_ref(),
        message: Some(FirstMessage { message: &message, receipt: &receipt }),
        entry: None,
        imported: false,
    };
    if !store.first_contact(&contact).await? {
        let stands = store.receipt(&arrival.name).await?;
        let Some(stands) = stands else { return Ok(Resolved::Changed) };
        return Ok(Resolved::Placed(elsewhere(deps, arrival, stands).await?));
    }
    tracing::info!(lead.id = %lead.id, "a new lead");
    let mut new = arrival.message.also.clone();
    new.extend(stranger.passed_on.iter().map(|moved| Identity::Phone(moved.phone.clone())));
    if let Some(by) = stranger.free.first().filter(|_| !new.is_empty()) {
        let known = contact.known_by(by);
        let customer = &arrival.message.customer;
        let link = Link { known, customer, new: &new, possible_duplicates: &[], passed_on: None };
        learn(deps, arrival, &link).await?;
    }
    Ok(Resolved::Met(Placed { history, id, lead: lead.id, again: false }))
}

/// Puts further identities of a lead on record, as the message brought them.
async fn learn(deps: &Deps, arrival: &Arrival<'_>, link: &Link<'_>) -> Result<(), ProcessError> {
    let tenant = arrival.route.tenant;
    let also = &arrival.message.also;
    if !also.is_empty() {
        deps.store.tenant(tenant).change_address(link.known.history.first_lead(), link.known.event, also).await?;
    }
    link::identities(deps, tenant, link).await
}

impl Arrival<'_> {
    fn receipt(&self, receipt: Receipt) -> NewReceipt<'_> {
        let content = &self.message.content;
        let kind = match content.amendment() {
            Some(_) => ReceiptKind::Amendment,
            None if content.is_placeholder() => ReceiptKind::Placeholder,
            None => ReceiptKind::Message,
        };
        NewReceipt { name: &self.name, receipt, json: self.task.event.body.get(), kind }
    }
}
