//! Further conversations of a lead: each is written together with the lead's list of its conversations.

use crate::access::audit;
use crate::crm::leads::LeadItem;
use crate::inbox::conversations::ConversationItem;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::keys::{CrmKey, InboxKey};
use crate::{RACES, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::inbox::conversations::Conversation;
use domain::{ConversationId, LeadId, TenantId};

impl TenantStore<'_> {
    /// Opens a further conversation of a lead that exists: its first on this channel.
    pub async fn open_conversation(self, id: ConversationId, lead: LeadId) -> Result<bool, StoreError> {
        for _ in 0..RACES {
            let Some(lead) = self.current_lead(lead).await? else { return Ok(false) };
            let conversation = Conversation::new(id, lead.id, true);
            if let Conditional::Applied(()) = self.table().transact(opening(self.tenant, &conversation)?).await? {
                return Ok(true);
            }
            if self.conversation(id).await?.is_some() {
                return Ok(true);
            }
            // The lead was merged into another at this moment: the next look finds that one.
        }
        Ok(false)
    }

    /// Puts a conversation of a phone's past on record, for a lead that exists. Nothing happens if it is there.
    pub async fn open_past_conversation(self, conversation: &Conversation) -> Result<(), StoreError> {
        match self.table().transact(opening(self.tenant, conversation)?).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Opens a further conversation of a lead, as [`Self::open_conversation`] does, for a user; `entry` says so. False if
    /// there is no such lead, or the conversation is there already.
    pub async fn start_conversation(self, id: ConversationId, lead: LeadId, entry: &Entry) -> Result<bool, StoreError> {
        let mut changes = opening(self.tenant, &Conversation::new(id, lead, true))?;
        changes.push(audit::append(self.tenant, entry)?);
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

/// The changes by which a lead that exists has one more conversation.
fn opening(tenant: TenantId, conversation: &Conversation) -> Result<Vec<Change>, StoreError> {
    let Conversation { id, lead, .. } = *conversation;
    let conversation = ConversationItem::from_conversation(tenant, conversation, 1);
    let listed = Update::at(CrmKey::Lead(tenant, lead)).append(LeadItem::CONVERSATIONS, &id);
    let listed = listed.when(Condition::exists()).when(Condition::absent(LeadItem::MERGED_INTO));
    Ok(vec![Change::create(InboxKey::Conversation(tenant, id), &conversation)?, Change::update(listed)])
}
