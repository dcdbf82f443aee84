//! Figures: how often something occurred, in one item for each half hour. They follow from the table's stream, whose
//! records come at least once and in order within a shard.
//!
//! A record counts as the difference that it makes to what its item says, so that the figures always equal a recount of
//! the items. An item of figures remembers the last record of each shard that it
//! contains: a record that comes again is at most that one, and is passed over.

use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{InsightKey, Key, Partition, figures_at};
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::Timestamp;
use domain::insight::figures::{Figure, HalfHour, Tally};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

/// How long a shard is remembered: DynamoDB keeps a record for 24 hours.
const REMEMBERED: Duration = Duration::from_secs(25 * 3600);

/// How many digits a sequence number has at most (DynamoDB Streams API).
const DIGITS: usize = 40;

/// The place of a record in its shard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sequence(String);

impl Sequence {
    /// The place with this sequence number.
    #[must_use]
    pub fn new(number: &str) -> Self {
        Self(format!("{number:0>DIGITS$}"))
    }
}

/// What one record adds to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The record's place in its shard.
    pub sequence: Sequence,
    /// The figure.
    pub figure: Figure,
    /// How often it occurred; -1 where it occurs no longer.
    pub times: i64,
}

/// The last record of a shard that is counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mark {
    #[serde(rename = "s")]
    sequence: Sequence,
    #[serde(rename = "a")]
    at: Timestamp,
}

item! {
    struct FiguresItem: "figures" {
        counts: Tally = "c" as COUNTS,
        /// By the name of the shard.
        marks: BTreeMap<String, Mark> = "m" as MARKS,
        revision: u64 = "r" as REVISION,
    }
}

impl TenantStore<'_> {
    /// Adds what the records of `shard` brought in this half hour, each once however often it comes. The records are in
    /// the order of the shard.
    ///
    /// # Errors
    /// [`StoreError`] if the table did not take it, or if other writes came between again and again.
    pub async fn count(
        self,
        half_hour: HalfHour,
        shard: &str,
        records: &[Counted],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.count_in(InsightKey::Figures(self.tenant, half_hour), shard, records, now).await
    }

    /// Adds what the records of `shard` changed of what stands in the stages now, each once however often it comes. The
    /// records are in the order of the shard.
    ///
    /// # Errors
    /// [`StoreError`] if the table did not take it, or if other writes came between again and again.
    pub async fn count_standing(self, shard: &str, records: &[Counted], now: Timestamp) -> Result<(), StoreError> {
        self.count_in(InsightKey::Standing(self.tenant), shard, records, now).await
    }

    async fn count_in(
        self,
        key: InsightKey,
        shard: &str,
        records: &[Counted],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for _ in 0..RACES {
            let found: Option<FiguresItem> = self.table().get(&key, Read::Strong).await?;
            let revision = found.as_ref().map(|item| item.revision);
            let FiguresItem { mut counts, mut marks, .. } =
                found.unwrap_or_else(|| FiguresItem { counts: Tally::default(), marks: BTreeMap::new(), revision: 0 });
            let counted = marks.get(shard).map(|mark| mark.sequence.clone());
            let new = records.iter().filter(|one| counted.as_ref().is_none_or(|counted| one.sequence > *counted));
            let Some(last) = new.clone().map(|one| &one.sequence).max() else { return Ok(()) };
            new.for_each(|one| counts.add(one.figure, one.times));
            marks.retain(|_, mark| now.since(mark.at) < REMEMBERED);
            marks.insert(shard.to_owned(), Mark { sequence: last.clone(), at: now });
            let update = Update::upsert::<FiguresItem>(&key)
                .set(FiguresItem::COUNTS, &counts)
                .set(FiguresItem::MARKS, &marks)
                .set(FiguresItem::REVISION, &(revision.unwrap_or_default() + 1))
                .when(Condition::is_still(FiguresItem::REVISION, revision.as_ref()));
            if let Conditional::Applied(_) = self.table().update::<FiguresItem>(update).await? {
                return Ok(());
            }
        }
        Err(StoreError::Conflict)
    }

    /// What stands in the stages now, as far as it is counted.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn standing(self) -> Result<Tally, StoreError> {
        let item: Option<FiguresItem> = self.table().get(InsightKey::Standing(self.tenant), Read::Eventual).await?;
        Ok(item.map(|item| item.counts).unwrap_or_default())
    }

    /// What was counted in these half hours, in order; those in which nothing occurred are left out.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn figures(self, half_hours: Range<HalfHour>) -> Result<Vec<(HalfHour, Tally)>, StoreError> {
        let partition = Query::partition(&Partition::Figures(self.tenant));
        let query = partition.between(figures_at(half_hours.start), figures_at(half_hours.end));
        let items = self.table().list::<FiguresItem>(query).await?;
        let figures = items.into_iter().filter_map(|(key, item)| match key {
            Key::Insight(InsightKey::Figures(_, half_hour)) if half_hours.contains(&half_hour) => {
                Some((half_hour, item.counts))
            }
            _ => None,
        });
        Ok(figures.collect())
    }
}
