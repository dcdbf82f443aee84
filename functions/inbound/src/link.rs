//! Puts the identities that one event names together on record as one person's.
//!
//! Messages, calls, echoes and statuses all name them. Everything here may be repeated: that two identities were seen
//! together is written last.

use crate::Deps;
use crate::error::ProcessError;
use domain::identities::{PassedOn, Recognised};
use domain::{Customer, HomeId, Identity, LeadId, MessageId, Phone, TenantId};
use store::identities::KnownBy;

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
    let mut others = deps.store.add_identities(tenant, &link.known, link.new).await?;
    others.extend(link.possible_duplicates);
    others.sort_unstable();
    others.dedup();
    deps.store.know_more(tenant, link.known.lead, &shown(link), &others).await?;
    if let Some(passed_on) = link.passed_on {
        deps.store.release_phone(tenant, passed_on).await?;
        let phone = [Identity::Phone(passed_on.phone.clone())];
        deps.store.change_address(tenant, link.known.lead, link.known.event, &phone).await?;
        deps.store.move_phone(tenant, passed_on, &link.known).await?;
    }
    Ok(deps.store.seen_together(tenant, &link.known, link.new).await?)
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
    let recognised = deps.store.recognise(tenant, customer, Some(event)).await?;
    let Recognised::As { by, home, lead, unlinked, perhaps, passed_on } = recognised else { return Ok(None) };
    if !unlinked.is_empty() {
        let known = KnownBy { home, lead, identity: &by, portfolio: customer.portfolio.as_ref(), event };
        let (new, passed_on) = (unlinked.as_slice(), passed_on.as_ref());
        let link = Link { known, customer, new, possible_duplicates: &perhaps, passed_on };
        identities(deps, tenant, &link).await?;
    }
    Ok(Some(Found { history: home, lead }))
}

/// A customer on record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Where their history lives.
    pub(crate) history: HomeId,
    /// Who they are now.
    pub(crate) lead: LeadId,
}
