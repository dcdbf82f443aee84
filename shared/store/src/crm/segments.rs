//! Segments, and the walk over the leads of a filter. A page of leads reads at most as many rows as it is allowed to, and
//! says where the next one begins.

use crate::access::audit;
use crate::crm::leads::{ListedLead, Order};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{CrmKey, Key, List, Partition};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::segments::{Candidate, Filter, Leading, Segment};
use domain::ids::SegmentId;
use domain::{Actor, Text, Timestamp};
use std::collections::BTreeMap;

item! {
    struct SegmentItem: "segment" {
        name: Text = "nm" as NAME,
        /// The filter as JSON.
        filter: String = "fl" as FILTER,
        shared: bool = "sh" as SHARED,
        by: Actor = "by",
        updated: Timestamp = "ua" as UPDATED,
        revision: u64 = "rv" as REVISION,
    }
}

impl SegmentItem {
    fn from_segment(segment: &Segment) -> Result<Self, StoreError> {
        Ok(Self {
            name: segment.name.clone(),
            filter: json(&segment.filter)?,
            shared: segment.shared,
            by: segment.by,
            updated: segment.updated,
            revision: segment.revision,
        })
    }

    fn segment(self, id: SegmentId) -> Result<Segment, StoreError> {
        let filter = serde_json::from_str(&self.filter);
        let filter = filter.map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
        let Self { name, shared, by, updated, revision, .. } = self;
        Ok(Segment { id, name, filter, shared, by, updated, revision })
    }
}

impl TenantStore<'_> {
    /// All segments of the business, the oldest first.
    pub async fn segments(self) -> Result<Vec<Segment>, StoreError> {
        let items = self.table().list::<SegmentItem>(Query::partition(&Partition::Segments(self.tenant))).await?;
        let segments = items.into_iter().filter_map(|(key, item)| match key {
            Key::Crm(CrmKey::Segment(_, id)) => Some(item.segment(id)),
            _ => None,
        });
        segments.collect()
    }

    /// One segment.
    pub async fn segment(self, id: SegmentId) -> Result<Option<Segment>, StoreError> {
        let item: Option<SegmentItem> = self.table().get(CrmKey::Segment(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.segment(id)).transpose()
    }

    /// Writes a new segment; `entry` says so. The same again changes nothing.
    pub async fn create_segment(self, segment: &Segment, entry: &Entry) -> Result<(), StoreError> {
        let key = CrmKey::Segment(self.tenant, segment.id);
        let created = Change::create(key, &SegmentItem::from_segment(segment)?)?;
        match self.table().transact(vec![created, audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Writes `after` in the place of the segment with the revision `before`; `entry` says so. False if it was changed or
    /// deleted since.
    pub async fn change_segment(self, before: u64, after: &Segment, entry: &Entry) -> Result<bool, StoreError> {
        let item = SegmentItem::from_segment(after)?;
        let update = Update::at(CrmKey::Segment(self.tenant, after.id))
            .set(SegmentItem::NAME, &item.name)
            .set(SegmentItem::FILTER, &item.filter)
            .set(SegmentItem::SHARED, &item.shared)
            .set(SegmentItem::UPDATED, &item.updated)
            .set(SegmentItem::REVISION, &item.revision)
            .when(Condition::is(SegmentItem::REVISION, &before));
        self.segment_written(vec![Change::update(update), audit::append(self.tenant, entry)?]).await
    }

    /// Deletes the segment with the revision `before`; `entry` says so. False if it was changed or deleted since.
    pub async fn delete_segment(self, id: SegmentId, before: u64, entry: &Entry) -> Result<bool, StoreError> {
        let removed =
            Change::remove_when(CrmKey::Segment(self.tenant, id), vec![Condition::is(SegmentItem::REVISION, &before)]);
        self.segment_written(vec![removed, audit::append(self.tenant, entry)?]).await
    }

    async fn segment_written(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The leads of a filter for people: the newest message first, below the mark `below`. It reads `rows` rows, so that a
    /// page may be empty and still go on.
    pub async fn filter_leads(
        self,
        filter: &Filter,
        below: Option<&str>,
        rows: usize,
        now: Timestamp,
    ) -> Result<Page<ListedLead>, StoreError> {
        self.filtered(filter, Order::NewestFirst, below, rows, now).await
    }

    /// The leads of a filter for a job: the oldest message first, above the mark `above`, which is the `next` of the page
    /// before. It reads `rows` rows, so that a page may be empty and still go on; without a `next`, all were read.
    ///
    /// A lead that gets a message while the job walks moves up, and is met then; one that was met before is met again. No
    /// lead is left out, so a job must not mind a repetition.
    pub async fn walk_segment(
        self,
        filter: &Filter,
        above: Option<&str>,
        rows: usize,
        now: Timestamp,
    ) -> Result<Page<ListedLead>, StoreError> {
        self.filtered(filter, Order::OldestFirst, above, rows, now).await
    }

    async fn filtered(
        self,
        filter: &Filter,
        order: Order,
        mark: Option<&str>,
        rows: usize,
        now: Timestamp,
    ) -> Result<Page<ListedLead>, StoreError> {
        let lists = match filter.leading() {
            Leading::Listing(listing) => vec![List::LeadsIn(self.tenant, listing)],
            Leading::Stages(stages) => stages.into_iter().map(|stage| List::Leads(self.tenant, stage)).collect(),
        };
        let page = self.leads_beyond(&lists, order, mark, rows).await?;
        let ids: Vec<_> = page.items.iter().map(|listed| listed.lead.id).collect();
        let consents = if filter.asks_consent() { self.consents_of(&ids).await? } else { BTreeMap::new() };
        let matches = |listed: &ListedLead| {
            let consents = consents.get(&listed.lead.id);
            filter.matches(Candidate { lead: &listed.lead, active: listed.active(), consents }, now)
        };
        Ok(Page { items: page.items.into_iter().filter(matches).collect(), next: page.next })
    }
}
