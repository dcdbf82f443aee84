//! Puts the identities that one event names together on record as one person's.
//!
//! Messages, calls, echoes and statuses all name them. Everything here may be repeated: that two identities were seen
//! together is written last.

use crate::Deps;
use crate::error::ProcessError;
use domain::identities::{PassedOn, Recognised};
use domain::{Customer, HistoryId, Identity, LeadId, MessageId, Phone, TenantId};
use store::crm::identities::KnownBy;

/// What an event says of a lead beyond the identity by which it was found.
pub(crate) struct Link<'a> {
    /// The lead, by one of its identities.
    pub(crate) known: KnownBy<'a>,
    /// Who the event speaks of.
    pub(crate) customer: &'a Customer,
    /// The identities that have not been seen with that one.
    pub(crate) new: &'a [Identity],
    /// Leads that may be the same person.
    pub(crate) possible_duplicates: &'a [LeadId],
    /// The phone that passes to this lead from another one.
    pub(crate) passed_on: Option<&'a PassedOn>,
}

/// Writes down what an event says of a lead that is on record.
pub(crate) async fn identities(deps: &Deps, tenant: TenantId, link: &Link<'_>) -> Result<(), ProcessError> {
    let store = deps.store.tenant(tenant);
    // First what the lead shows: a user ID that is on record is found before the phone that led here, and nothing of this
    // would be repeated.
    // Of a lead that was merged into another, the address stays with the lead that the history began with.
    let holder = link.known.history.first_lead();
    store.add_to_lead(holder, &shown(link)).await?;
    if link.new.iter().any(|identity| matches!(identity, Identity::Phone(_))) {
        store.request_lead_index(link.known.lead, deps.clock.now()).await?;
    }
    let mut others = store.add_identities(&link.known, link.new).await?;
    others.extend(link.possible_duplicates);
    others.sort_unstable();
    others.dedup();
    if !others.is_empty() {
        store.note_possible_duplicates(link.known.lead, &others, deps.clock.now()).await?;
    }
    if let Some(passed_on) = link.passed_on {
        store.release_phone(passed_on).await?;
        let phone = [Identity::Phone(passed_on.phone.clone())];
        store.change_address(holder, link.known.event, &phone).await?;
        store.move_phone(passed_on, &link.known).await?;
        for lead in [passed_on.from, link.known.lead] {
            store.request_lead_index(lead, deps.clock.now()).await?;
        }
    }
    Ok(store.seen_together(&link.known, link.new).await?)
}

/// What the lead shows of its customer: not a phone that belongs to another lead by now.
fn shown(link: &Link<'_>) -> Customer {
    let theirs = |phone: &Phone| link.new.contains(&Identity::Phone(phone.clone()));
    Customer { phone: link.customer.phone.clone().filter(theirs), ..link.customer.clone() }
}

/// Links what a call, an echo or a status says of a customer, if we know them. An event without a message makes no lead.
pub(crate) async fn known_customer(
    deps: &Deps,
    tenant: TenantId,
    customer: &Customer,
    event: MessageId,
) -> Result<Option<Found>, ProcessError> {
    let recognised = deps.store.tenant(tenant).recognise(customer, Some(event)).await?;
    let Recognised::As { by, history, lead, unlinked, perhaps, passed_on } = recognised else { return Ok(None) };
    if !unlinked.is_empty() {
        let known = KnownBy { history, lead, identity: &by, portfolio: customer.portfolio.as_ref(), event };
        let new = unlinked.as_slice();
        let passed_on = passed_on.as_ref();
        let link = Link { known, customer, new, possible_duplicates: &perhaps, passed_on };
        identities(deps, tenant, &link).await?;
    }
    Ok(Some(Found { history, lead }))
}

/// A customer on record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Where their history lives.
    pub(crate) history: HistoryId,
    /// Who they are now.
    pub(crate) lead: LeadId,
}
