//! Reads from the table what a view needs beside its own item.

use crate::conversations::ConversationView;
use domain::conversations::Head;
use domain::{ConversationId, LeadId, TenantId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Store, StoreError};

/// Unread messages are counted up to here; what is more is shown as "99".
pub const MOST_UNREAD: usize = 99;

/// How many counts are taken at once.
const COUNTS_AT_ONCE: usize = 16;

/// The views of `heads`, in their order.
///
/// # Errors
/// [`StoreError`] if the table cannot be read.
pub async fn conversations(
    store: &Store,
    tenant: TenantId,
    heads: &[Head],
) -> Result<Vec<ConversationView>, StoreError> {
    let ids: BTreeSet<LeadId> = heads.iter().map(|head| head.lead).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let leads = store.leads(tenant, &ids).await?;
    let unread = unread(store, tenant, heads).await?;
    let view = |head: &Head| {
        let lead = leads.iter().find(|lead| lead.id == head.lead);
        ConversationView::of(head, lead, unread.get(&head.id).copied().unwrap_or(0))
    };
    Ok(heads.iter().map(view).collect())
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
        let found = some.iter().map(|head| store.unread(tenant, head, MOST_UNREAD));
        let found = futures::future::try_join_all(found).await?;
        counts.extend(some.iter().map(|head| head.id).zip(found));
    }
    Ok(counts)
}
