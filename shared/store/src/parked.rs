//! Events that cannot be read, or are too large: kept aside whole, so that nothing is lost and nobody waits.

use crate::keys::{self, Key, List};
use crate::messages::{compress, decompress};
use crate::query::{Index, Query, Read};
use crate::table::Created;

use crate::{Store, StoreError};
use domain::Timestamp;
use domain::digest;
use domain::ids::ParkedId;
use serde::{Deserialize, Serialize};

/// An item holds at most 400 KB; a part leaves room for its keys.
const PART: usize = 350 * 1024;

/// A parked event.
#[derive(Clone, Debug, PartialEq)]
pub struct Parked {
    /// Its id, which follows from its bytes.
    pub id: ParkedId,
    /// Why it was parked, in words for an operator.
    pub reason: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was parked.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct ManifestItem {
    ty: String,
    v: u8,
    re: String,
    by: u64,
    pa: u16,
    at: Timestamp,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
}

#[derive(Serialize, Deserialize)]
struct PartItem {
    ty: String,
    v: u8,
    #[serde(with = "serde_bytes")]
    z: Vec<u8>,
}

impl Store {
    /// Keeps `bytes` aside, compressed, in parts; the manifest is written last. The same bytes parked again
    /// are the same parked event, and change nothing.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written: then nothing is parked.
    pub async fn park(&self, bytes: &[u8], reason: &str, now: Timestamp) -> Result<ParkedId, StoreError> {
        let id = ParkedId::from_parts(Timestamp::default(), digest::bits80_of(bytes));
        let compressed = compress(bytes)?;
        let mut parts = 0;
        for part in compressed.chunks(PART) {
            let item = PartItem { ty: "part".into(), v: 1, z: part.to_vec() };
            self.table.put(&Key::ParkedPart(id, parts), &item).await?;
            parts += 1;
        }
        let manifest = ManifestItem {
            ty: "parked".into(),
            v: 1,
            re: reason.to_owned(),
            by: bytes.len() as u64,
            pa: parts,
            at: now,
            list: List::Parked.pk(),
            rank: keys::rank(now, &id.bare()),
        };
        match self.table.create::<ManifestItem>(&Key::Parked(id), &manifest).await? {
            Created::New => {
                tracing::warn!(metric.parked = 1, parked.id = %id, parked.bytes = bytes.len(), reason, "parked an event");
            }
            Created::There(_) => tracing::info!(metric.duplicate = 1, parked.id = %id, "an event was parked before"),
        }
        Ok(id)
    }

    /// Parked events, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn parked(&self, limit: usize) -> Result<Vec<Parked>, StoreError> {
        let query = Query::index(Index::Lists, List::Parked.pk()).newest_first().limit(limit);
        let (found, _) = self.table.query(&query).await?;
        let keys: Vec<_> = found.into_iter().map(|item| item.key).collect();
        let mut parked = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Eventual).await? {
            if let Key::Parked(id) = item.key {
                let manifest: ManifestItem = item.read()?;
                parked.push(Parked { id, reason: manifest.re, bytes: manifest.by, at: manifest.at });
            }
        }
        parked.sort_by_key(|event| std::cmp::Reverse(event.at));
        Ok(parked)
    }

    /// The bytes of a parked event; none if there is no such event.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read, or a part is missing.
    pub async fn parked_bytes(&self, id: ParkedId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(manifest) = self.table.get::<ManifestItem>(&Key::Parked(id), Read::Strong).await? else {
            return Ok(None);
        };
        let mut compressed = Vec::new();
        for part in 0..manifest.pa {
            let item = self.table.get::<PartItem>(&Key::ParkedPart(id, part), Read::Strong).await?;
            compressed.extend(item.ok_or_else(|| StoreError::corrupt(id.to_string(), "a part is missing"))?.z);
        }
        decompress(&compressed).map(Some)
    }
}
