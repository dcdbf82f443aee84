//! Deals. Each change is one transaction with its lines in the lead's history, its entry in the audit, and the lead's stage,
//! which follows the deals.

use crate::access::audit;
use crate::crm::leads::{LeadItem, Order, set_stage_open};
use crate::crm::standings;
use crate::inbox::messages::event;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{self, CrmKey, Key, List};
use crate::table::page::Page;
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::crm::deals::{Deal, DealField, stage_by_deals};
use domain::crm::lead_details::LeadValue;
use domain::crm::leads::Lead;
use domain::ids::{DealId, PipelineId};
use domain::inbox::history::Event;
use domain::stages::Stage;
use domain::{Actor, HistoryId, LeadId, MessageId, TenantId, Text, Timestamp, UserId};

item! {
    pub(crate) struct DealItem: "deal" {
        lead: LeadId = "ld" as LEAD,
        title: Text = "tt" as TITLE,
        /// The value in the currency's smallest unit.
        amount?: u64 = "va" as AMOUNT,
        currency?: String = "cu" as CURRENCY,
        pipeline: PipelineId = "pl" as PIPELINE,
        stage: Stage = "st" as STAGE,
        stage_since: Timestamp = "ss" as STAGE_SINCE,
        owner?: UserId = "ow" as OWNER,
        expected_close?: Text = "ec" as EXPECTED_CLOSE,
        lost_reason?: Text = "lr" as LOST_REASON,
        by: Actor = "by",
        updated: Timestamp = "ua" as UPDATED,
        /// True while its lead is deleted.
        hidden?: bool = "hi" as HIDDEN,
        revision: u64 = "rv" as REVISION,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

/// A deal of a list.
#[derive(Clone, Debug)]
pub struct ListedDeal {
    /// The deal.
    pub deal: Deal,
    /// The mark below which the list goes on after it.
    pub mark: String,
}

/// Who writes a deal: the lines of the history, and the entry of the audit.
#[derive(Clone, Copy, Debug)]
pub struct DealAuthor<'a> {
    /// Who.
    pub by: Actor,
    /// The ID of the line about the deal. A change that also moves the deal takes the next one too.
    pub line: MessageId,
    /// The ID of the line that says that the deal was moved.
    pub move_line: MessageId,
    /// The ID of the line that says that the lead was moved.
    pub stage_line: MessageId,
    /// The entry of the audit.
    pub entry: &'a Entry,
}

impl DealItem {
    fn from_deal(tenant: TenantId, deal: &Deal) -> Self {
        let list = match deal.hidden {
            true => List::HiddenDeals(tenant),
            false => List::Deals(tenant, deal.pipeline, deal.stage),
        };
        Self {
            lead: deal.lead,
            title: deal.title.clone(),
            amount: deal.value.map(LeadValue::minor),
            currency: deal.value.map(|value| value.code().to_owned()),
            pipeline: deal.pipeline,
            stage: deal.stage,
            stage_since: deal.stage_since,
            owner: deal.owner,
            expected_close: deal.expected_close.clone(),
            lost_reason: deal.lost_reason.clone(),
            by: deal.by,
            updated: deal.updated,
            hidden: deal.hidden.then_some(true),
            revision: deal.revision,
            list: list.pk(),
            rank: keys::rank(deal.updated, &deal.id.ulid_str()),
        }
    }

    /// The update by which a deal becomes this one, if it has the revision `before`.
    fn replace(&self, tenant: TenantId, id: DealId, before: u64) -> Update {
        Update::at(CrmKey::Deal(tenant, id))
            .set(Self::TITLE, &self.title)
            .set_or_remove(Self::AMOUNT, self.amount.as_ref())
            .set_or_remove(Self::CURRENCY, self.currency.as_ref())
            .set(Self::PIPELINE, &self.pipeline)
            .set(Self::STAGE, &self.stage)
            .set(Self::STAGE_SINCE, &self.stage_since)
            .set_or_remove(Self::OWNER, self.owner.as_ref())
            .set_or_remove(Self::EXPECTED_CLOSE, self.expected_close.as_ref())
            .set_or_remove(Self::LOST_REASON, self.lost_reason.as_ref())
            .set(Self::UPDATED, &self.updated)
            .set_or_remove(Self::HIDDEN, self.hidden.as_ref())
            .set(Self::REVISION, &self.revision)
            .set(LIST, &self.list)
            .set(RANK, &self.rank)
            .when(Condition::is(Self::REVISION, &before))
    }

    fn deal(self, id: DealId) -> Deal {
        let code = self.currency.as_deref().unwrap_or_default();
        Deal {
            id,
            lead: self.lead,
            value: self.amount.and_then(|minor| LeadValue::from_minor(minor, code)),
            title: self.title,
            pipeline: self.pipeline,
            stage: self.stage,
            stage_since: self.stage_since,
            owner: self.owner,
            expected_close: self.expected_close,
            lost_reason: self.lost_reason,
            by: self.by,
            updated: self.updated,
            hidden: self.hidden == Some(true),
            revision: self.revision,
        }
    }
}

impl TenantStore<'_> {
    /// One deal.
    pub async fn deal(self, id: DealId) -> Result<Option<Deal>, StoreError> {
        let item: Option<DealItem> = self.table().get(CrmKey::Deal(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.deal(id)))
    }

    /// The deals of a lead, the newest first.
    pub async fn deals_of(self, lead: &Lead) -> Result<Vec<Deal>, StoreError> {
        let mut deals = self.deals_by_key(&lead.deals, Read::Strong).await?;
        deals.sort_by_key(|deal| std::cmp::Reverse(deal.id));
        Ok(deals)
    }

    async fn deals_by_key(self, ids: &[DealId], how: Read) -> Result<Vec<Deal>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| CrmKey::Deal(self.tenant, *id)).collect();
        let mut deals = Vec::with_capacity(keys.len());
        for found in self.table().get_all(&keys, how).await? {
            if let Key::Crm(CrmKey::Deal(_, id)) = found.key {
                deals.push(found.read::<DealItem>()?.deal(id));
            }
        }
        Ok(deals)
    }

    /// The deals in these stages of a pipeline, the last changed first, below the mark `below`.
    pub async fn list_deals(
        self,
        pipeline: PipelineId,
        stages: &[Stage],
        below: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedDeal>, StoreError> {
        let lists: Vec<_> = stages.iter().map(|stage| List::Deals(self.tenant, pipeline, *stage)).collect();
        let ranked = self.merged(&lists, Order::NewestFirst, below, limit).await?;
        let id = |key: &Key| if let Key::Crm(CrmKey::Deal(_, id)) = key { Some(*id) } else { None };
        let ids: Vec<_> = ranked.items.iter().filter_map(|(_, key)| id(key)).collect();
        let deals = self.deals_by_key(&ids, Read::Eventual).await?;
        let is_there = |deal: &Deal| !deal.hidden && deal.pipeline == pipeline && stages.contains(&deal.stage);
        let listed = ranked.items.into_iter().filter_map(|(mark, key)| {
            let id = id(&key)?;
            let deal = deals.iter().find(|deal| deal.id == id).filter(|deal| is_there(deal)).cloned()?;
            Some(ListedDeal { deal, mark })
        });
        Ok(Page { items: listed.collect(), next: ranked.next })
    }

    /// Whether a pipeline has a deal in any stage, also one of a deleted lead that was last seen in it.
    pub async fn has_deals(self, pipeline: PipelineId) -> Result<bool, StoreError> {
        let lists: Vec<_> = Stage::ALL.iter().map(|stage| List::Deals(self.tenant, pipeline, *stage)).collect();
        Ok(!self.merged(&lists, Order::NewestFirst, None, 1).await?.items.is_empty())
    }

    /// Writes a new deal of `lead`, whose stage follows. False if somebody changed the lead or one of its deals meanwhile. The
    /// same again, under the same ID, changes nothing and is done.
    pub async fn create_deal(self, lead: &Lead, deal: &Deal, author: DealAuthor<'_>) -> Result<bool, StoreError> {
        if lead.deals.contains(&deal.id) {
            return Ok(true);
        }
        let deals = self.deals_of(lead).await?;
        let by = author.by;
        let added = Event::DealAdded { deal: deal.id, title: deal.title.clone(), stage: deal.stage, by };
        let mut changes = vec![
            Change::create(CrmKey::Deal(self.tenant, deal.id), &DealItem::from_deal(self.tenant, deal))?,
            event(self.tenant, HistoryId::for_lead(lead.id), author.line, &added)?,
            audit::append(self.tenant, author.entry)?,
        ];
        let ids: Vec<_> = lead.deals.iter().copied().chain([deal.id]).collect();
        let stage = stage_by_deals(deals.iter().chain([deal]));
        changes.extend(self.follow(lead, Some(ids), stage, None, deal.updated, &author)?);
        self.deal_written(changes).await
    }

    /// Writes `after` in the place of `before`, and lets the lead's stage follow. False if somebody changed the deal, the lead
    /// or another deal of it meanwhile.
    pub async fn change_deal(
        self,
        lead: &Lead,
        before: &Deal,
        after: &Deal,
        author: DealAuthor<'_>,
    ) -> Result<bool, StoreError> {
        let history = HistoryId::for_lead(lead.id);
        let by = author.by;
        let title = || after.title.clone();
        let item = DealItem::from_deal(self.tenant, after);
        let mut changes = vec![
            Change::update(item.replace(self.tenant, after.id, before.revision)),
            audit::append(self.tenant, author.entry)?,
        ];
        let fields = before.changed_fields(after);
        let moved = before.stage != after.stage;
        if moved {
            let (from, to, reason) = (before.stage, after.stage, after.lost_reason.clone());
            let moved = Event::DealMoved { deal: after.id, title: title(), from, to, reason, by };
            changes.push(event(self.tenant, history, author.move_line, &moved)?);
        }
        let is_told = |field: &&DealField| !(moved && matches!(field, DealField::Stage | DealField::LostReason));
        let fields: Vec<_> = fields.iter().filter(is_told).map(|field| field.as_str().to_owned()).collect();
        if !fields.is_empty() {
            let changed = Event::DealChanged { deal: after.id, title: title(), fields, by };
            changes.push(event(self.tenant, history, author.line, &changed)?);
        }
        let deals = self.deals_of(lead).await?;
        let others = deals.iter().filter(|deal| deal.id != after.id);
        let stage = stage_by_deals(others.chain([after])).filter(|_| moved);
        changes.extend(self.follow(lead, None, stage, after.lost_reason.as_ref(), after.updated, &author)?);
        self.deal_written(changes).await
    }

    /// Deletes a deal, and lets the lead's stage follow those that are left. False if somebody changed the deal, the lead or
    /// another deal of it meanwhile.
    pub async fn delete_deal(
        self,
        lead: &Lead,
        deal: &Deal,
        now: Timestamp,
        author: DealAuthor<'_>,
    ) -> Result<bool, StoreError> {
        let gone = Event::DealDeleted { deal: deal.id, title: deal.title.clone(), by: author.by };
        let is_same = vec![Condition::is(DealItem::REVISION, &deal.revision)];
        let mut changes = vec![
            Change::remove_when(CrmKey::Deal(self.tenant, deal.id), is_same),
            event(self.tenant, HistoryId::for_lead(lead.id), author.line, &gone)?,
            audit::append(self.tenant, author.entry)?,
        ];
        let deals = self.deals_of(lead).await?;
        let rest: Vec<_> = lead.deals.iter().copied().filter(|id| *id != deal.id).collect();
        let stage = stage_by_deals(deals.iter().filter(|other| other.id != deal.id));
        changes.extend(self.follow(lead, Some(rest), stage, None, now, &author)?);
        self.deal_written(changes).await
    }

    /// The changes by which the deals of a lead are hidden when it is deleted, or shown when it is restored.
    pub(crate) async fn hide_deals(self, lead: &Lead, hidden: bool) -> Result<Vec<Change>, StoreError> {
        let deals = self.deals_of(lead).await?;
        let changes = deals.into_iter().map(|deal| {
            let after = Deal { hidden, revision: deal.revision + 1, ..deal.clone() };
            let item = DealItem::from_deal(self.tenant, &after);
            Change::update(item.replace(self.tenant, deal.id, deal.revision))
        });
        Ok(changes.collect())
    }

    /// The changes by which deals belong to another lead than `from`.
    pub(crate) fn hand_over_deals(self, deals: &[DealId], from: LeadId, to: LeadId) -> Vec<Change> {
        let one = |id: &DealId| {
            let update = Update::at(CrmKey::Deal(self.tenant, *id)).set(DealItem::LEAD, &to);
            Change::update(update.count_up(DealItem::REVISION).when(Condition::is(DealItem::LEAD, &from)))
        };
        deals.iter().map(one).collect()
    }

    /// The changes of a lead that follow from a change of its deals: their list, if another one is given, and its stage. The
    /// lead's revision guards the deals that were read.
    fn follow(
        self,
        lead: &Lead,
        deals: Option<Vec<DealId>>,
        stage: Option<Stage>,
        reason: Option<&Text>,
        now: Timestamp,
        author: &DealAuthor<'_>,
    ) -> Result<Vec<Change>, StoreError> {
        if stage.is_none() && deals.is_none() {
            let key = CrmKey::Lead(self.tenant, lead.id);
            return Ok(vec![Change::check(key, vec![Condition::exists(), Condition::absent(LeadItem::DELETED)])]);
        }
        let stage = stage.unwrap_or(lead.stage);
        let moves = stage != lead.stage;
        // The revision is counted up also where the stage stays: two moves of two deals at once must see each other.
        let mut after = Lead { updated: now, revision: lead.revision + 1, ..lead.clone() };
        if let Some(deals) = &deals {
            after.deals.clone_from(deals);
        }
        let mut changes = Vec::new();
        if moves {
            after.stage = stage;
            after.stage_since = now;
            after.details.lost_reason = reason.cloned().filter(|_| stage == Stage::Lost);
            let reason = after.details.lost_reason.clone();
            let by = Some(author.by);
            let moved = Event::StageChanged { from: lead.stage, to: stage, by, reason, cause: None };
            changes.push(event(self.tenant, HistoryId::for_lead(lead.id), author.stage_line, &moved)?);
            for conversation in &lead.conversations {
                changes.push(set_stage_open(self.tenant, *conversation, stage.is_open()));
            }
        }
        changes.extend(standings::moved(self.tenant, lead, &after));
        let update = self.replace_lead(lead, &after).when(Condition::absent(LeadItem::DELETED));
        let update = match deals {
            Some(deals) => {
                update.set_or_remove(LeadItem::DEALS, Some(deals).filter(|deals| !deals.is_empty()).as_ref())
            }
            None => update,
        };
        changes.push(Change::update(update));
        Ok(changes)
    }

    async fn deal_written(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
