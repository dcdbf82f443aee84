//! Reads from the table what a view needs beside its own item.

use crate::conversations::{ConversationView, Surroundings};
use domain::conversations::Head;
use domain::leads::Lead;
use domain::users::User;
use domain::{ConversationId, LeadId, TenantId};
use std::collections::{BTreeMap, BTreeSet};
use store::channels::Channel;
use store::{Store, StoreError};

/// Unread messages and conversations are counted up to here: 99 means 99 or more.
pub const MOST_COUNTED: usize = 99;

/// How many counts are taken at once.
const COUNTS_AT_ONCE: usize = 16;

/// What the views of some conversations need beside their heads, whoever sees them.
#[derive(Clone, Debug)]
pub struct Gathered {
    people: Vec<User>,
    channels: Vec<Channel>,
    leads: Vec<Lead>,
    unread: BTreeMap<ConversationId, usize>,
}

impl Gathered {
    /// Reads what the views of `heads` need. `people` are of the business, those to whom the conversations are assigned
    /// among them.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn read(store: &Store, tenant: TenantId, heads: &[Head], people: Vec<User>) -> Result<Self, StoreError> {
        let ids: BTreeSet<LeadId> = heads.iter().map(|head| head.lead).collect();
        let leads = store.leads(tenant, &ids.into_iter().collect::<Vec<_>>()).await?;
        let unread = unread(store, tenant, heads).await?;
        let channels = store.channels(tenant).await?;
        Ok(Self { people, channels, leads, unread })
    }

    /// The view of one of these conversations, for people who see phones, or see them masked.
    #[must_use]
    pub fn view(&self, head: &Head, masks_phones: bool) -> ConversationView {
        let lead = self.leads.iter().find(|lead| lead.id == head.lead);
        let unread = self.unread.get(&head.id).copied().unwrap_or(0);
        let Self { people, channels, .. } = self;
        ConversationView::new(head, Surroundings { lead, unread, people, channels, masks_phones })
    }
}

/// How many messages nobody has read, of those conversations that have any.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn unread(
    store: &Store,
    tenant: TenantId,
    heads: &[Head],
) -> Result<BTreeMap<ConversationId, usize>, StoreError> {
    let mut counts = BTreeMap::new();
    let unread: Vec<_> = heads.iter().filter(|head| head.is_unread()).collect();
    for some in unread.chunks(COUNTS_AT_ONCE) {
        let found = some.iter().map(|head| store.unread(tenant, head, MOST_COUNTED));
        let found = futures::future::try_join_all(found).await?;
        counts.extend(some.iter().map(|head| head.id).zip(found));
    }
    Ok(counts)
}
