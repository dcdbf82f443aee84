//! What stays of a message that was erased: a digest of WhatsApp's name for it, so that a late replay does not bring it
//! back.

use crate::table::item::item;
use crate::table::keys::{InboxKey, Key};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::{TenantId, Timestamp, Wamid, digest};
use std::time::Duration;

/// How long a replay is expected: Meta repeats a webhook for seven days, and a backup is replayed within 35.
const KEPT: Duration = Duration::from_secs(60 * 24 * 3600);

item! {
    pub(crate) struct TombstoneItem: "tombstone" {
        /// When it expires, in seconds.
        expires: i64 = "ttl",
    }
}

fn key(tenant: TenantId, wamid: &Wamid) -> InboxKey {
    InboxKey::Tombstone(tenant, digest::hex(&["erased", &tenant.ulid_str(), wamid.as_str()]))
}

impl TenantStore<'_> {
    /// Remembers that these messages were erased. May be repeated.
    pub(crate) async fn bury(self, wamids: &[Wamid], now: Timestamp) -> Result<(), StoreError> {
        let expires = now.plus(KEPT).seconds();
        let mut keys: Vec<Key> = wamids.iter().map(|wamid| key(self.tenant, wamid).into()).collect();
        keys.sort_by_key(Key::pk);
        keys.dedup();
        let items: Vec<_> = keys.into_iter().map(|key| (key, TombstoneItem { expires })).collect();
        self.table().put_all(&items).await
    }

    /// Whether the message that WhatsApp calls `wamid` was erased.
    pub async fn is_erased(self, wamid: &Wamid, now: Timestamp) -> Result<bool, StoreError> {
        let item: Option<TombstoneItem> = self.table().get(key(self.tenant, wamid), Read::Strong).await?;
        Ok(item.is_some_and(|item| item.expires > now.seconds()))
    }
}
