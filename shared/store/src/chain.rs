//! The chain that holds the audit's entries: its links, and its key, sealed. Who may open the key may add links.

use crate::audit::held;
use crate::keys::Key;
use crate::query::{Query, Read};
use crate::table::{Change, Created, Found, Written};
use crate::{Store, StoreError};
use domain::TenantId;
use domain::audit::{Held, Link};
use domain::ids::AuditId;
use serde::{Deserialize, Serialize};

/// The version of the key's item.
const VERSION: u8 = 1;

/// Where the key of all chains stands, for which it is sealed: the item's key, and its version.
#[must_use]
pub fn key_place() -> String {
    format!("{} {} {VERSION}", Key::ChainKey.pk(), Key::ChainKey.sk())
}

/// The highest number of a link.
const HIGHEST: u64 = 999_999_999_999;

#[derive(Serialize, Deserialize)]
struct LinkItem {
    ty: String,
    v: u8,
    /// The ids and the digests of the entries that it holds.
    en: Vec<(AuditId, String)>,
    /// Its seal.
    se: String,
}

#[derive(Serialize, Deserialize)]
struct ChainKeyItem {
    ty: String,
    v: u8,
    /// The key, sealed.
    se: String,
}

impl Store {
    /// The last link of a chain; none if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn last_link(&self, tenant: TenantId) -> Result<Option<Link>, StoreError> {
        let query = Query::partition(partition(tenant)).newest_first().strong().limit(1);
        Ok(links(self.table.query(&query).await?.0)?.pop())
    }

    /// At most `limit` links above the number `above`, the first ones first.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn links(&self, tenant: TenantId, above: u64, limit: usize) -> Result<Vec<Link>, StoreError> {
        let between = (Key::Link(tenant, above + 1).sk(), Key::Link(tenant, HIGHEST).sk());
        let query = Query::partition(partition(tenant)).between(between.0, between.1).strong().limit(limit);
        links(self.table.query(&query).await?.0)
    }

    /// Adds a link and has it hold its entries, all or nothing. False if another link has its number, or holds one of
    /// its entries.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn add_link(&self, tenant: TenantId, link: &Link) -> Result<bool, StoreError> {
        let en = link.held.iter().map(|held| (held.id, held.digest.clone())).collect();
        let item = LinkItem { ty: "link".into(), v: 1, en, se: link.seal.clone() };
        let mut changes = vec![Change::create(&Key::Link(tenant, link.number), &item)?];
        changes.extend(link.held.iter().map(|entry| held(tenant, entry.id, link.number)));
        match self.table.together(changes).await {
            Ok(Written::Done(())) => Ok(true),
            Ok(Written::Refused(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The sealed key of all chains; none if there is none yet.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn chain_key(&self) -> Result<Option<String>, StoreError> {
        let item: Option<ChainKeyItem> = self.table.get(&Key::ChainKey, Read::Strong).await?;
        Ok(item.map(|item| item.se))
    }

    /// Keeps the sealed key of all chains, and gives the one that stands then: the first one stays.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn keep_chain_key(&self, sealed: String) -> Result<String, StoreError> {
        let item = ChainKeyItem { ty: "chain_key".into(), v: VERSION, se: sealed };
        match self.table.create::<ChainKeyItem>(&Key::ChainKey, &item).await? {
            Created::New => Ok(item.se),
            Created::There(there) => Ok(there.se),
        }
    }
}

fn partition(tenant: TenantId) -> String {
    Key::Link(tenant, 0).pk()
}

fn links(found: Vec<Found>) -> Result<Vec<Link>, StoreError> {
    let mut links = Vec::with_capacity(found.len());
    for item in found {
        if let Key::Link(_, number) = item.key {
            let LinkItem { en, se, .. } = item.read()?;
            let held = en.into_iter().map(|(id, digest)| Held { id, digest }).collect();
            links.push(Link { number, held, seal: se });
        }
    }
    Ok(links)
}
