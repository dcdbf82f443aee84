//! Work that must still happen, in one sparse index: what no stream and no queue may forget.

use crate::keys::{self, DUE_SHARDS, Key, List};
use crate::query::{Index, Query};
use crate::{Store, StoreError};
use domain::ids::LetterId;
use domain::{ConversationId, HomeId, MessageId, TenantId, Timestamp, Wamid};

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// A send that should long be on its way.
    Send(TenantId, HomeId, MessageId),
    /// An event that waits for the message it speaks of.
    Orphan(TenantId, Wamid, String),
    /// An e-mail that should long be on its way.
    Letter(TenantId, LetterId),
    /// A conversation whose snooze has ended.
    Snooze(TenantId, ConversationId),
    /// A signal to a customer that should long be on its way.
    Signal(TenantId, ConversationId),
}

impl Store {
    /// What is due now, at most `limit` of each of the 16 shards, the longest due first.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<Due>, StoreError> {
        let shards = (0..DUE_SHARDS).map(|shard| {
            let bound = keys::rank(now.plus(std::time::Duration::from_millis(1)), "");
            let query = Query::index(Index::Lists, List::Due(shard).pk()).below(bound).limit(limit);
            async move { self.table.query(&query).await }
        });
        let found = futures::future::try_join_all(shards).await?;
        Ok(found.into_iter().flat_map(|(items, _)| items).filter_map(|item| due(item.key)).collect())
    }
}

fn due(key: Key) -> Option<Due> {
    match key {
        Key::Entry(tenant, home, id) => Some(Due::Send(tenant, home, id)),
        Key::Orphan(tenant, wamid, digest) => Some(Due::Orphan(tenant, wamid, digest)),
        Key::Letter(tenant, id) => Some(Due::Letter(tenant, id)),
        Key::Snooze(tenant, id) => Some(Due::Snooze(tenant, id)),
        Key::Signal(tenant, id) => Some(Due::Signal(tenant, id)),
        Key::Lead(..)
        | Key::Head(..)
        | Key::Body(..)
        | Key::Receipt(..)
        | Key::Child(..)
        | Key::Identity(..)
        | Key::Route(_)
        | Key::Account(_)
        | Key::Channel(..)
        | Key::ParkedPart(..)
        | Key::Parked(_)
        | Key::ParkedOf(..)
        | Key::Trial(_)
        | Key::Idempotency(..)
        | Key::Login(_)
        | Key::Tenant(_)
        | Key::User(..)
        | Key::Session(..)
        | Key::SecondFactor(..)
        | Key::Reset(..)
        | Key::Invitation(..)
        | Key::ApiKey(..)
        | Key::ApiKeyDigest(_)
        | Key::Audit(..)
        | Key::Notice(..)
        | Key::Noticed(..)
        | Key::Connection(..)
        | Key::ConnectionOwner(_)
        | Key::Ticket(_)
        | Key::Rate(_) => None,
    }
}
