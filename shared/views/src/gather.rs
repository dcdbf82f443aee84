//! Reads from the table what a view needs beside its own item.

use crate::conversations::{ConversationView, Surroundings};
use domain::access::users::User;
use domain::crm::leads::Lead;
use domain::inbox::conversations::Conversation;
use domain::{ConversationId, LeadId, TenantId};
use std::collections::{BTreeMap, BTreeSet};
use store::channels::channels::Channel;
use store::{Store, StoreError};

/// Unread messages and conversations are counted up to here: 99 means 99 or more.
pub const MOST_COUNTED: usize = 99;

/// How many counts are taken at once.
const COUNTS_AT_ONCE: usize = 16;

/// What the views of some conversations need beside their conversations, whoever sees them.
#[derive(Clone, Debug)]
pub struct Gathered {
    people: Vec<User>,
    channels: Vec<Channel>,
    leads: Vec<Lead>,
    unread: BTreeMap<ConversationId, usize>,
}

impl Gathered {
    /// Reads what the views of `conversations` need. `people` are of the business, those to whom the conversations are assigned
    /// among them.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn read(
        store: &Store,
        tenant: TenantId,
        conversations: &[Conversation],
        people: Vec<User>,
    ) -> Result<Self, StoreError> {
        let ids: BTreeSet<LeadId> = conversations.iter().map(|conversation| conversation.lead).collect();
        let leads = store.tenant(tenant).leads(&ids.into_iter().collect::<Vec<_>>()).await?;
        let unread = unread(store, tenant, conversations).await?;
        let channels = store.tenant(tenant).all_channels().await?;
        Ok(Self { people, channels, leads, unread })
    }

    /// The view of one of these conversations, for people who see phones, or see them masked.
    #[must_use]
    pub fn view(&self, conversation: &Conversation, masks_phones: bool) -> ConversationView {
        let lead = self.leads.iter().find(|lead| lead.id == conversation.lead);
        let unread = self.unread.get(&conversation.id).copied().unwrap_or(0);
        let Self { people, channels, .. } = self;
        ConversationView::new(conversation, Surroundings { lead, unread, people, channels, masks_phones })
    }
}

/// How many messages nobody has read, of those conversations that have any.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn unread(
    store: &Store,
    tenant: TenantId,
    conversations: &[Conversation],
) -> Result<BTreeMap<ConversationId, usize>, StoreError> {
    let mut counts = BTreeMap::new();
    let unread: Vec<_> = conversations.iter().filter(|conversation| conversation.has_unread_messages()).collect();
    for some in unread.chunks(COUNTS_AT_ONCE) {
        let found = some.iter().map(|conversation| store.tenant(tenant).unread(conversation, MOST_COUNTED));
        let found = futures::future::try_join_all(found).await?;
        counts.extend(some.iter().map(|conversation| conversation.id).zip(found));
    }
    Ok(counts)
}
