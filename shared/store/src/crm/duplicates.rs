//! Leads that may be the same person, in pairs, until a person settles whether they are. What was settled is remembered.

use crate::access::audit;
use crate::crm::leads::LeadItem;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{CrmKey, Key, Partition, pairs_range};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::{Actor, LeadId, TenantId, Timestamp};

item! {
    /// Two leads that may be the same person.
    struct PairItem: "pair" {
        since: Timestamp = "at" as SINCE,
    }
}

item! {
    /// Two leads that are not the same person.
    struct DistinctItem: "distinct" {
        at: Timestamp = "at",
        by: Actor = "by",
    }
}

/// Two leads that may be the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PossibleDuplicate {
    /// The older one.
    pub one: LeadId,
    /// The newer one.
    pub other: LeadId,
    /// When an event first named identities of both.
    pub since: Timestamp,
}

fn ordered(one: LeadId, other: LeadId) -> (LeadId, LeadId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// The update by which the two stand in the list of pairs.
pub(crate) fn pair(tenant: TenantId, one: LeadId, other: LeadId, since: Timestamp) -> Update {
    let (one, other) = ordered(one, other);
    Update::upsert::<PairItem>(CrmKey::Pair(tenant, one, other)).set_once(PairItem::SINCE, &since)
}

/// The change by which the two no longer stand there.
pub(crate) fn forget_pair(tenant: TenantId, one: LeadId, other: LeadId) -> Change {
    let (one, other) = ordered(one, other);
    Change::remove_when(CrmKey::Pair(tenant, one, other), Vec::new())
}

/// The update by which `lead` shows that `other` may be the same person.
pub(crate) fn possible_duplicate(tenant: TenantId, lead: LeadId, other: LeadId) -> Update {
    let update =
        Update::at(CrmKey::Lead(tenant, lead)).append(LeadItem::POSSIBLE_DUPLICATES, &other).when(Condition::exists());
    update.when(Condition::without(LeadItem::POSSIBLE_DUPLICATES, &other))
}

impl TenantStore<'_> {
    /// Notes that `id` and each of `others` may be the same person, unless somebody settled that they are not. May be
    /// repeated: what the lead itself shows is written last.
    pub async fn note_possible_duplicates(
        self,
        id: LeadId,
        others: &[LeadId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(lead) = self.current_lead(id).await? else { return Ok(()) };
        for other in others {
            let Some(other) = self.current_lead(*other).await? else { continue };
            if other.id == lead.id || lead.possible_duplicates.contains(&other.id) {
                continue;
            }
            let (older, newer) = ordered(lead.id, other.id);
            let settled: Option<DistinctItem> =
                self.table().get(CrmKey::Distinct(self.tenant, older, newer), Read::Strong).await?;
            if settled.is_some() {
                continue;
            }
            self.table().update::<PairItem>(pair(self.tenant, lead.id, other.id, now)).await?;
            for (lead, other) in [(other.id, lead.id), (lead.id, other.id)] {
                let update = possible_duplicate(self.tenant, lead, other);
                match self.table().update::<LeadItem>(update).await? {
                    Conditional::Applied(_) | Conditional::Rejected(_) => {}
                }
            }
        }
        Ok(())
    }

    /// Settles that two leads are not the same person. False if one of them does not exist.
    pub async fn settle_distinct(self, one: LeadId, other: LeadId, entry: &Entry) -> Result<bool, StoreError> {
        let (older, newer) = ordered(one, other);
        for _ in 0..RACES {
            let (Some(one), Some(other)) = (self.lead(older).await?, self.lead(newer).await?) else {
                return Ok(false);
            };
            let key = CrmKey::Distinct(self.tenant, older, newer);
            let there: Option<DistinctItem> = self.table().get(&key, Read::Strong).await?;
            if there.is_some() {
                return Ok(true);
            }
            let item = DistinctItem { at: entry.audit_event.at, by: entry.audit_event.by };
            let mut changes = vec![
                Change::create(key, &item)?,
                forget_pair(self.tenant, older, newer),
                audit::append(self.tenant, entry)?,
            ];
            for (lead, other) in [(&one, newer), (&other, older)] {
                let rest: Vec<_> = lead.possible_duplicates.iter().copied().filter(|id| *id != other).collect();
                if rest.len() < lead.possible_duplicates.len() {
                    let update = Update::at(CrmKey::Lead(self.tenant, lead.id));
                    let update = update.set(LeadItem::POSSIBLE_DUPLICATES, &rest);
                    let still = Condition::is(LeadItem::POSSIBLE_DUPLICATES, &lead.possible_duplicates);
                    changes.push(Change::update(update.when(still)));
                }
            }
            match self.table().transact(changes).await {
                Ok(Conditional::Applied(())) => return Ok(true),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Forgets that a lead that goes and each of `others` may be the same person: neither the list of pairs nor the others
    /// name it any more. May be repeated.
    pub(crate) async fn forget_possible_duplicates(self, gone: LeadId, others: &[LeadId]) -> Result<(), StoreError> {
        for other in others {
            let (older, newer) = ordered(gone, *other);
            self.table().delete(CrmKey::Pair(self.tenant, older, newer)).await?;
            for _ in 0..RACES {
                let Some(lead) = self.lead(*other).await?.filter(|lead| lead.possible_duplicates.contains(&gone))
                else {
                    break;
                };
                let rest: Vec<_> = lead.possible_duplicates.iter().copied().filter(|id| *id != gone).collect();
                let update = Update::at(CrmKey::Lead(self.tenant, lead.id)).set(LeadItem::POSSIBLE_DUPLICATES, &rest);
                let still = Condition::is(LeadItem::POSSIBLE_DUPLICATES, &lead.possible_duplicates);
                match self.table().update::<LeadItem>(update.when(still)).await? {
                    Conditional::Applied(_) => break,
                    Conditional::Rejected(_) => {}
                }
            }
        }
        Ok(())
    }

    /// The pairs that may be the same person, the oldest leads first, after the mark `after`.
    pub async fn possible_duplicates(
        self,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<PossibleDuplicate>, StoreError> {
        let (low, high) = pairs_range();
        let query = Query::partition(&Partition::Pairs(self.tenant));
        let query = query.between(after.map_or(low, |mark| format!("{mark}~")), high).limit(limit + 1);
        let (found, _) = self.table().query(&query).await?;
        let more = found.len() > limit;
        let mut items = Vec::with_capacity(limit);
        let mut next = None;
        for item in found.into_iter().take(limit) {
            next = Some(item.key.sk());
            if let Key::Crm(CrmKey::Pair(_, one, other)) = item.key {
                items.push(PossibleDuplicate { one, other, since: item.read::<PairItem>()?.since });
            }
        }
        Ok(Page { items, next: next.filter(|_| more) })
    }
}
