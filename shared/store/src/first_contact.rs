//! The first event of somebody new: lead, identities and conversation come to be together, or not at all.

use crate::conversations::HeadItem;
use crate::identities::{IdentityItem, KnownBy, moved};
use crate::keys::Key;
use crate::leads::{LeadItem, possible_duplicate};
use crate::messages::ReceivedMessage;
use crate::receipts::NewReceipt;
use crate::table::{Change, Written};
use crate::{Store, StoreError};
use domain::conversations::Head;
use domain::identities::{PassedOn, Portfolio};
use domain::leads::Lead;
use domain::{HomeId, Identity, MessageId, TenantId};

/// What comes to be at a first contact.
#[derive(Debug)]
pub struct FirstContact<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// The head of its conversation, with the event already in it.
    pub head: &'a Head,
    /// The identities by which it will be recognised; there is at least one.
    pub identities: &'a [Identity],
    /// The portfolio that issued the user id among them.
    pub portfolio: Option<&'a Portfolio>,
    /// The event that names them.
    pub event: MessageId,
    /// The phone that passes to this lead from another one, which has to be released before.
    pub passed_on: Option<&'a PassedOn>,
    /// The message, if the customer wrote one.
    pub message: Option<FirstMessage<'a>>,
}

/// The message that makes somebody a lead, and its receipt.
#[derive(Clone, Copy, Debug)]
pub struct FirstMessage<'a> {
    /// The message.
    pub message: &'a ReceivedMessage,
    /// Its receipt.
    pub receipt: &'a NewReceipt<'a>,
}

impl FirstContact<'_> {
    /// The new lead, by one of its identities.
    #[must_use]
    pub fn known_by<'a>(&'a self, identity: &'a Identity) -> KnownBy<'a> {
        let lead = self.lead.id;
        KnownBy { home: HomeId::of(lead), lead, identity, portfolio: self.portfolio, event: self.event }
    }
}

impl Store {
    /// Writes a first contact in one transaction. False if one of the identities or the message is on record by now.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn first_contact(&self, tenant: TenantId, contact: &FirstContact<'_>) -> Result<bool, StoreError> {
        let (lead, home) = (contact.lead, HomeId::of(contact.lead.id));
        let newest = contact.head.last.as_ref().map(|last| last.id);
        let mut changes = vec![
            Change::create(&Key::Lead(tenant, lead.id), &LeadItem::of(tenant, lead, newest))?,
            Change::create(&Key::Head(tenant, contact.head.id), &HeadItem::of(tenant, contact.head, 1))?,
        ];
        for identity in contact.identities {
            let rest: Vec<_> = contact.identities.iter().filter(|other| *other != identity).cloned().collect();
            let by = contact.known_by(identity);
            changes.push(Change::create(&Key::Identity(tenant, identity.clone()), &IdentityItem::new(&by, &rest))?);
        }
        if let (Some(passed_on), Some(identity)) = (contact.passed_on, contact.identities.first()) {
            changes.push(Change::update(moved(tenant, passed_on, &contact.known_by(identity))));
        }
        changes
            .extend(lead.perhaps_same.iter().map(|other| Change::update(possible_duplicate(tenant, *other, lead.id))));
        if let Some(first) = &contact.message {
            changes.push(first.receipt.change(tenant)?);
            changes.extend(first.message.changes(tenant, home)?);
        }
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}
