//! The chain that holds the audit's entries: its links, and its key, encrypted. Who may open the key may add links.

use crate::access::audit;
use crate::table::client::{Change, Conditional, Found, Put};
use crate::table::item::{Item, item};
use crate::table::keys::{AccessKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::{Held, Link};
use domain::ids::AuditId;

/// Where the key of all chains stands, for which it is encrypted: the item's key, and its version.
#[must_use]
pub fn key_place() -> String {
    format!("{} {} {}", AccessKey::ChainKey.pk(), AccessKey::ChainKey.sk(), ChainKeyItem::VERSION)
}

/// The highest number of a link.
const HIGHEST: u64 = 999_999_999_999;

item! {
    struct LinkItem: "link" {
        /// The ids and the digests of the entries that it holds.
        entries: Vec<(AuditId, String)> = "en",
        /// The signature over these and the link before.
        mac: String = "se",
    }
}

item! {
    struct ChainKeyItem: "chain_key" {
        /// The key, encrypted.
        ciphertext: String = "se",
    }
}

impl TenantStore<'_> {
    /// The last link of a chain; none if there is none.
    pub async fn last_link(self) -> Result<Option<Link>, StoreError> {
        let query = Query::partition(&Partition::Chain(self.tenant)).newest_first().strong().limit(1);
        Ok(links(self.table().query(&query).await?.0)?.pop())
    }

    /// At most `limit` links above the number `above`, the first ones first.
    pub async fn links(self, above: u64, limit: usize) -> Result<Vec<Link>, StoreError> {
        let between = (AccessKey::Link(self.tenant, above + 1).sk(), AccessKey::Link(self.tenant, HIGHEST).sk());
        let query =
            Query::partition(&Partition::Chain(self.tenant)).between(between.0, between.1).strong().limit(limit);
        links(self.table().query(&query).await?.0)
    }

    /// Adds a link and has it hold its entries, all or nothing. False if another link has its number, or holds one of
    /// its entries.
    pub async fn add_link(self, link: &Link) -> Result<bool, StoreError> {
        let entries = link.held.iter().map(|held| (held.id, held.digest.clone())).collect();
        let item = LinkItem { entries, mac: link.mac.clone() };
        let mut changes = vec![Change::create(AccessKey::Link(self.tenant, link.number), &item)?];
        changes.extend(link.held.iter().map(|entry| audit::hold(self.tenant, entry.id, link.number)));
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Store {
    /// The encrypted key of all chains; none if there is none yet.
    pub async fn chain_key(&self) -> Result<Option<String>, StoreError> {
        let item: Option<ChainKeyItem> = self.table.get(AccessKey::ChainKey, Read::Strong).await?;
        Ok(item.map(|item| item.ciphertext))
    }

    /// Keeps the encrypted key of all chains, and gives the one that stands then: the first one stays.
    pub async fn keep_chain_key(&self, ciphertext: String) -> Result<String, StoreError> {
        let item = ChainKeyItem { ciphertext };
        match self.table.create::<ChainKeyItem>(AccessKey::ChainKey, &item).await? {
            Put::New => Ok(item.ciphertext),
            Put::Exists(there) => Ok(there.ciphertext),
        }
    }
}

fn links(found: Vec<Found>) -> Result<Vec<Link>, StoreError> {
    let mut links = Vec::with_capacity(found.len());
    for item in found {
        if let Key::Access(AccessKey::Link(_, number)) = item.key {
            let LinkItem { entries, mac } = item.read()?;
            let held = entries.into_iter().map(|(id, digest)| Held { id, digest }).collect();
            links.push(Link { number, held, mac });
        }
    }
    Ok(links)
}
