//! Events that cannot be read, or are too large: kept aside whole, so that nothing is lost and nobody waits.

use crate::keys::{self, Key, List};
use crate::leads::Page;
use crate::messages::{compress, decompress};
use crate::query::{Index, Query, Read};
use crate::table::Created;
use crate::{Store, StoreError};
use domain::digest;
use domain::ids::ParkedId;
use domain::{PhoneNumberId, Timestamp};
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
    /// Meta's id of the business number that it concerns, where that is known.
    pub number: Option<PhoneNumberId>,
}

#[derive(Serialize, Deserialize)]
struct ManifestItem {
    ty: String,
    v: u8,
    re: String,
    by: u64,
    pa: u16,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pn: Option<PhoneNumberId>,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
}

/// A parked event in the list of its number.
#[derive(Serialize, Deserialize)]
struct ListedItem {
    ty: String,
    v: u8,
    re: String,
    by: u64,
}

#[derive(Serialize, Deserialize)]
struct PartItem {
    ty: String,
    v: u8,
    #[serde(with = "serde_bytes")]
    z: Vec<u8>,
}

impl Store {
    /// Keeps `bytes` aside, compressed, in parts; the manifest is written after them, and then the event's place in the
    /// list of its number. The same bytes parked again for the same number are the same parked event, and change nothing.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written: then nothing is parked.
    pub async fn park(
        &self,
        bytes: &[u8],
        reason: &str,
        number: Option<&PhoneNumberId>,
        now: Timestamp,
    ) -> Result<ParkedId, StoreError> {
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
            pn: number.cloned(),
            list: List::Parked.pk(),
            rank: keys::rank(now, &id.bare()),
        };
        let (first, is_new) = match self.table.create::<ManifestItem>(&Key::Parked(id), &manifest).await? {
            Created::New => (now, true),
            Created::There(there) => (there.at, false),
        };
        let is_new = match number {
            Some(number) => {
                let listed = ListedItem { ty: "parked_of".into(), v: 1, re: reason.to_owned(), by: bytes.len() as u64 };
                let created =
                    self.table.create::<ListedItem>(&Key::ParkedOf(number.clone(), first, id), &listed).await?;
                matches!(created, Created::New)
            }
            None => is_new,
        };
        if is_new {
            tracing::warn!(metric.parked = 1, parked.id = %id, parked.bytes = bytes.len(), reason, "parked an event");
        } else {
            tracing::info!(metric.duplicate = 1, parked.id = %id, "an event was parked before");
        }
        Ok(id)
    }

    /// The parked events of `numbers`, the latest first, below the mark `below`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn parked_of(
        &self,
        numbers: &[PhoneNumberId],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<Parked>, StoreError> {
        let mut found = Vec::new();
        for number in numbers {
            let query = Query::partition(keys::parked_of(number)).newest_first().limit(limit + 1);
            let query = if let Some(below) = below { query.below(below.to_owned()) } else { query };
            found.extend(self.table.query(&query).await?.0);
        }
        found.sort_by_key(|item| std::cmp::Reverse(item.key.sk()));
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|item| item.key.sk());
        let mut items = Vec::with_capacity(found.len());
        for item in found {
            if let Key::ParkedOf(number, at, id) = item.key.clone() {
                let listed: ListedItem = item.read()?;
                items.push(Parked { id, reason: listed.re, bytes: listed.by, at, number: Some(number) });
            }
        }
        Ok(Page { items, next })
    }

    /// The parked event `id`, if it is one of `numbers`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn parked_event(&self, numbers: &[PhoneNumberId], id: ParkedId) -> Result<Option<Parked>, StoreError> {
        let Some(manifest) = self.table.get::<ManifestItem>(&Key::Parked(id), Read::Strong).await? else {
            return Ok(None);
        };
        let at = manifest.at;
        for number in numbers {
            let key = Key::ParkedOf(number.clone(), at, id);
            if let Some(listed) = self.table.get::<ListedItem>(&key, Read::Strong).await? {
                let number = Some(number.clone());
                return Ok(Some(Parked { id, reason: listed.re, bytes: listed.by, at, number }));
            }
        }
        Ok(None)
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
                parked.push(Parked {
                    id,
                    reason: manifest.re,
                    bytes: manifest.by,
                    at: manifest.at,
                    number: manifest.pn,
                });
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
