//! The first event of somebody new: lead, identities and conversation come to be together, or not at all.

use crate::access::audit;
use crate::crm::duplicates;
use crate::crm::identities::{IdentityItem, KnownBy, pass_on_phone};
use crate::crm::leads::LeadItem;
use crate::inbox::conversations::ConversationItem;
use crate::inbox::messages::ReceivedMessage;
use crate::inbox::receipts::NewReceipt;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::keys::{CrmKey, InboxKey};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::leads::Lead;
use domain::identities::{PassedOn, Portfolio};
use domain::inbox::conversations::Conversation;
use domain::{HistoryId, Identity, LeadId, MessageId};

/// What comes to be at a first contact.
#[derive(Debug)]
pub struct FirstContact<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// Its conversation, with the event already in it.
    pub conversation: &'a Conversation,
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
    /// The audit entry, if a user starts the conversation.
    pub entry: Option<&'a Entry>,
    /// Whether it is a phone's past: it counts in no figure.
    pub imported: bool,
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
        KnownBy { history: HistoryId::for_lead(lead), lead, identity, portfolio: self.portfolio, event: self.event }
    }
}

impl TenantStore<'_> {
    /// Writes a first contact in one transaction. False if one of the identities or the message is on record by now.
    pub async fn first_contact(self, contact: &FirstContact<'_>) -> Result<bool, StoreError> {
        let lead = contact.lead;
        let history = HistoryId::for_lead(contact.lead.id);
        let newest = contact.conversation.last.as_ref().map(|last| last.id);
        let mut item = LeadItem::from_lead(self.tenant, lead, newest);
        item.imported = contact.imported.then_some(true);
        let mut changes = vec![
            Change::create(CrmKey::Lead(self.tenant, lead.id), &item)?,
            Change::create(
                InboxKey::Conversation(self.tenant, contact.conversation.id),
                &ConversationItem::from_conversation(self.tenant, contact.conversation, 1),
            )?,
        ];
        for identity in contact.identities {
            let rest: Vec<_> = contact.identities.iter().filter(|other| *other != identity).cloned().collect();
            let by = contact.known_by(identity);
            changes
                .push(Change::create(CrmKey::Identity(self.tenant, identity.clone()), &IdentityItem::new(&by, &rest))?);
        }
        if let (Some(passed_on), Some(identity)) = (contact.passed_on, contact.identities.first()) {
            changes.push(Change::update(pass_on_phone(self.tenant, passed_on, &contact.known_by(identity))));
        }
        for other in &lead.possible_duplicates {
            changes.push(Change::update(duplicates::possible_duplicate(self.tenant, *other, lead.id)));
            changes.push(Change::update(duplicates::pair(self.tenant, *other, lead.id, lead.created)));
        }
        if let Some(first) = &contact.message {
            changes.push(first.receipt.change(self.tenant)?);
            changes.extend(first.message.changes(self.tenant, history)?);
        }
        if let Some(entry) = contact.entry {
            changes.push(audit::append(self.tenant, entry)?);
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Notes that the customer wrote before, in a message of a phone's past: the next one is not their first. It moves no
    /// stage.
    pub async fn note_past_message(self, lead: LeadId, message: MessageId) -> Result<(), StoreError> {
        let update = Update::at(CrmKey::Lead(self.tenant, lead)).set(LeadItem::FIRST, &message);
        let update = update.when(Condition::exists()).when(Condition::absent(LeadItem::FIRST));
        match self.table().update::<LeadItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}
