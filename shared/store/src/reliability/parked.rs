//! Events that cannot be read, or are too large: kept aside whole, so that nothing is lost and nobody waits.

use crate::table::client::Put;
use crate::table::encoding::{compress, decompress};
use crate::table::item::item;
use crate::table::keys::{self, Key, List, Partition, WorkKey};
use crate::table::page::Page;
use crate::table::query::{Index, Query, Read};
use crate::{Store, StoreError};
use domain::ids::ParkedId;
use domain::{PhoneNumberId, Timestamp, digest};

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

item! {
    struct ManifestItem: "parked" {
        reason: String = "re",
        bytes: u64 = "by",
        parts: u16 = "pa",
        at: Timestamp = "at",
        number?: PhoneNumberId = "pn",
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

item! {
    /// A parked event in the list of its number.
    struct ListedItem: "parked_of" {
        reason: String = "re",
        bytes: u64 = "by",
    }
}

item! {
    struct PartItem: "part" {
        #[serde(with = "serde_bytes")]
        compressed: Vec<u8> = "z",
    }
}

impl Store {
    /// Keeps `bytes` aside, compressed, in parts; the manifest is written after them, and then the event's place in the
    /// list of its number. The same bytes parked again for the same number are the same parked event, and change
    /// nothing.
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
            let item = PartItem { compressed: part.to_vec() };
            self.table.put(WorkKey::ParkedPart(id, parts), &item).await?;
            parts += 1;
        }
        let manifest = ManifestItem {
            reason: reason.to_owned(),
            bytes: bytes.len() as u64,
            parts,
            at: now,
            number: number.cloned(),
            list: List::Parked.pk(),
            rank: keys::rank(now, &id.ulid_str()),
        };
        let (first, is_new) = match self.table.create::<ManifestItem>(WorkKey::Parked(id), &manifest).await? {
            Put::New => (now, true),
            Put::Exists(there) => (there.at, false),
        };
        let is_new = match number {
            Some(number) => {
                let listed = ListedItem { reason: reason.to_owned(), bytes: bytes.len() as u64 };
                let created =
                    self.table.create::<ListedItem>(WorkKey::ParkedOf(number.clone(), first, id), &listed).await?;
                matches!(created, Put::New)
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
    pub async fn parked_of(
        &self,
        numbers: &[PhoneNumberId],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<Parked>, StoreError> {
        let mut found = Vec::new();
        for number in numbers {
            let query = Query::partition(&Partition::ParkedOf(number.clone())).newest_first().limit(limit + 1);
            let query = if let Some(below) = below { query.below(below.to_owned()) } else { query };
            found.extend(self.table.query(&query).await?.0);
        }
        found.sort_by_key(|item| std::cmp::Reverse(item.key.sk()));
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|item| item.key.sk());
        let mut items = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Work(WorkKey::ParkedOf(number, at, id)) = item.key.clone() {
                let listed: ListedItem = item.read()?;
                items.push(Parked { id, reason: listed.reason, bytes: listed.bytes, at, number: Some(number) });
            }
        }
        Ok(Page { items, next })
    }

    /// The parked event `id`, if it is one of `numbers`.
    pub async fn parked_event(&self, numbers: &[PhoneNumberId], id: ParkedId) -> Result<Option<Parked>, StoreError> {
        let Some(manifest) = self.table.get::<ManifestItem>(WorkKey::Parked(id), Read::Strong).await? else {
            return Ok(None);
        };
        let at = manifest.at;
        for number in numbers {
            let key = WorkKey::ParkedOf(number.clone(), at, id);
            if let Some(listed) = self.table.get::<ListedItem>(&key, Read::Strong).await? {
                let number = Some(number.clone());
                return Ok(Some(Parked { id, reason: listed.reason, bytes: listed.bytes, at, number }));
            }
        }
        Ok(None)
    }

    /// Parked events, the latest first.
    pub async fn parked(&self, limit: usize) -> Result<Vec<Parked>, StoreError> {
        let query = Query::index(Index::Lists, List::Parked.pk()).newest_first().limit(limit);
        let (found, _) = self.table.query(&query).await?;
        let keys: Vec<_> = found.into_iter().map(|item| item.key).collect();
        let mut parked = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Eventual).await? {
            if let Key::Work(WorkKey::Parked(id)) = item.key {
                let manifest: ManifestItem = item.read()?;
                parked.push(Parked {
                    id,
                    reason: manifest.reason,
                    bytes: manifest.bytes,
                    at: manifest.at,
                    number: manifest.number,
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
        let Some(manifest) = self.table.get::<ManifestItem>(WorkKey::Parked(id), Read::Strong).await? else {
            return Ok(None);
        };
        let mut compressed = Vec::new();
        for part in 0..manifest.parts {
            let item = self.table.get::<PartItem>(WorkKey::ParkedPart(id, part), Read::Strong).await?;
            compressed.extend(item.ok_or_else(|| StoreError::corrupt(id.to_string(), "a part is missing"))?.compressed);
        }
        decompress(&compressed).map(Some)
    }
}
