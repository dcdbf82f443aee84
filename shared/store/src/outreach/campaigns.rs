//! Campaigns: what people decided about each, and its state. All campaigns of a business stand together, by when they
//! were created. How far one has come stands beside its recipients, since that changes every few seconds.

use crate::access::audit;
use crate::outreach::campaign_runs::{RunItem, paused, resumed};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{Key, OutreachKey, Partition};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::outreach::campaigns::{Campaign, CampaignPlan, CampaignState, CampaignWait, StopReason};
use domain::{Actor, CampaignId, LeadId, Timestamp};

item! {
    pub(crate) struct CampaignItem: "campaign" {
        /// What people decided, as JSON.
        plan: String = "pl" as PLAN,
        state: CampaignState = "st" as STATE,
        reason?: StopReason = "rs" as REASON,
        waits_for?: CampaignWait = "wf" as WAITS_FOR,
        by: Actor = "by",
        started?: Timestamp = "sa" as STARTED,
        ended?: Timestamp = "ea" as ENDED,
        revision: u64 = "rv" as REVISION,
    }
}

item! {
    /// The leads that a campaign names one by one.
    struct LeadsItem: "campaign_leads" {
        /// Their ids without the prefix, one after the other.
        leads: String = "ld" as LEADS,
    }
}

/// How many characters an id has without its prefix.
const ID: usize = 26;

impl CampaignItem {
    fn campaign(self, id: CampaignId) -> Result<Campaign, StoreError> {
        let plan: CampaignPlan =
            serde_json::from_str(&self.plan).map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
        Ok(Campaign {
            id,
            plan,
            state: self.state,
            reason: self.reason,
            waits_for: self.waits_for,
            by: self.by,
            started: self.started,
            ended: self.ended,
            revision: self.revision,
        })
    }
}

/// What a campaign becomes.
#[derive(Clone, Copy, Debug)]
pub struct NewState {
    /// The state.
    pub state: CampaignState,
    /// Why it is paused or failed.
    pub reason: Option<StopReason>,
}

impl TenantStore<'_> {
    /// Writes a new draft with the leads that it names; `entry` says so.
    pub async fn create_campaign(self, campaign: &Campaign, leads: &[LeadId], entry: &Entry) -> Result<(), StoreError> {
        let item = CampaignItem {
            plan: json(&campaign.plan)?,
            state: campaign.state,
            reason: None,
            waits_for: None,
            by: campaign.by,
            started: None,
            ended: None,
            revision: campaign.revision,
        };
        let mut changes = vec![
            Change::create(OutreachKey::Campaign(self.tenant, campaign.id), &item)?,
            audit::append(self.tenant, entry)?,
        ];
        if !leads.is_empty() {
            changes.push(Change::update(self.named_leads(campaign.id, leads)));
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    fn named_leads(self, id: CampaignId, leads: &[LeadId]) -> Update {
        let leads: String = leads.iter().map(|lead| lead.ulid_str()).collect();
        Update::upsert::<LeadsItem>(OutreachKey::CampaignLeads(self.tenant, id)).set(LeadsItem::LEADS, &leads)
    }

    /// One campaign.
    pub async fn campaign(self, id: CampaignId) -> Result<Option<Campaign>, StoreError> {
        let item: Option<CampaignItem> = self.table().get(OutreachKey::Campaign(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.campaign(id)).transpose()
    }

    /// The state of a campaign, as it stands this moment.
    pub async fn campaign_state(self, id: CampaignId) -> Result<Option<CampaignState>, StoreError> {
        let item: Option<CampaignItem> = self.table().get(OutreachKey::Campaign(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.state))
    }

    /// The campaigns, the newest first, below `below`.
    pub async fn campaigns(self, below: Option<CampaignId>, limit: usize) -> Result<Page<Campaign>, StoreError> {
        let query = Query::partition(&Partition::Campaigns(self.tenant)).newest_first().limit(limit + 1);
        let query = if let Some(below) = below { query.below(below.ulid_str()) } else { query };
        let (found, _) = self.table().query(&query).await?;
        let mut items = Vec::new();
        for found in found {
            if let Key::Outreach(OutreachKey::Campaign(_, id)) = found.key {
                items.push(found.read::<CampaignItem>()?.campaign(id)?);
            }
        }
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(|campaign| campaign.id.ulid_str());
        Ok(Page { items, next })
    }

    /// The leads that a campaign names one by one.
    pub async fn campaign_leads(self, id: CampaignId) -> Result<Vec<LeadId>, StoreError> {
        let key = OutreachKey::CampaignLeads(self.tenant, id);
        let Some(item) = self.table().get::<LeadsItem>(key, Read::Strong).await? else { return Ok(Vec::new()) };
        let ids = (0..item.leads.len() / ID).filter_map(|place| item.leads.get(place * ID..(place + 1) * ID));
        Ok(ids.filter_map(|id| LeadId::from_ulid_str(id).ok()).collect())
    }

    /// Puts `plan` in the place of the draft `before`, with the leads that it names; `entry` says so. False if the draft was
    /// changed since, or is none any more.
    pub async fn change_campaign(
        self,
        before: &Campaign,
        plan: &CampaignPlan,
        leads: Option<&[LeadId]>,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let update = self.draft(before).set(CampaignItem::PLAN, &json(plan)?);
        let mut changes = vec![Change::update(update), audit::append(self.tenant, entry)?];
        changes.extend(leads.map(|leads| Change::update(self.named_leads(before.id, leads))));
        self.all_of(changes).await
    }

    /// Deletes a draft; `entry` says so. False if it was changed since, or is none any more.
    pub async fn delete_campaign(self, before: &Campaign, entry: &Entry) -> Result<bool, StoreError> {
        let unchanged = vec![
            Condition::is(CampaignItem::STATE, &CampaignState::Draft),
            Condition::is(CampaignItem::REVISION, &before.revision),
        ];
        let changes = vec![
            Change::remove_when(OutreachKey::Campaign(self.tenant, before.id), unchanged),
            Change::remove_when(OutreachKey::CampaignLeads(self.tenant, before.id), Vec::new()),
            audit::append(self.tenant, entry)?,
        ];
        self.all_of(changes).await
    }

    /// Starts a draft: its first step is taken at `begins`, or soon if that has come at `now`. False if it was changed since.
    pub async fn start_campaign(
        self,
        before: &Campaign,
        to: CampaignState,
        begins: Timestamp,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let update = self.draft(before).set(CampaignItem::STATE, &to);
        let update = if to == CampaignState::Running { update.set(CampaignItem::STARTED, &now) } else { update };
        let run = RunItem::first(self.tenant, before.id, begins, now);
        let changes = vec![
            Change::update(update),
            Change::create(OutreachKey::CampaignRun(self.tenant, before.id), &run)?,
            audit::append(self.tenant, entry)?,
        ];
        self.all_of(changes).await
    }

    /// Gives a campaign that was started another state. `entry` says so, if a person does it. A campaign that is to run goes
    /// on from `begins` on. False if it was changed since.
    pub async fn move_campaign(
        self,
        before: &Campaign,
        to: NewState,
        begins: Timestamp,
        entry: Option<&Entry>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self
            .unchanged(before)
            .set(CampaignItem::STATE, &to.state)
            .set_or_remove(CampaignItem::REASON, to.reason.as_ref())
            .remove(CampaignItem::WAITS_FOR);
        let update = match to.state {
            CampaignState::Running => update.set_once(CampaignItem::STARTED, &now),
            state if state.has_ended() => update.set(CampaignItem::ENDED, &now),
            _ => update,
        };
        let run = match to.state {
            CampaignState::Running | CampaignState::Scheduled => resumed(self.tenant, before.id, begins, now),
            CampaignState::Draft
            | CampaignState::Paused
            | CampaignState::Finished
            | CampaignState::Cancelled
            | CampaignState::Failed => paused(self.tenant, before.id),
        };
        let mut changes = vec![Change::update(update), Change::update(run)];
        changes.extend(entry.map(|entry| audit::append(self.tenant, entry)).transpose()?);
        self.all_of(changes).await
    }

    /// Writes down that a scheduled campaign runs, or why a running one sends nothing at the moment. False if a person
    /// changed it meanwhile.
    pub async fn note_campaign(
        self,
        before: &Campaign,
        waits_for: Option<CampaignWait>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self
            .unchanged(before)
            .set(CampaignItem::STATE, &CampaignState::Running)
            .set_once(CampaignItem::STARTED, &now)
            .set_or_remove(CampaignItem::WAITS_FOR, waits_for.as_ref());
        match self.table().update::<CampaignItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    fn unchanged(self, before: &Campaign) -> Update {
        Update::at(OutreachKey::Campaign(self.tenant, before.id))
            .count_up(CampaignItem::REVISION)
            .when(Condition::is(CampaignItem::REVISION, &before.revision))
    }

    fn draft(self, before: &Campaign) -> Update {
        self.unchanged(before).when(Condition::is(CampaignItem::STATE, &CampaignState::Draft))
    }

    async fn all_of(self, changes: Vec<Change>) -> Result<bool, StoreError> {
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

/// The update by which a campaign that runs ends at `now`.
pub(super) fn ended(key: OutreachKey, to: NewState, now: Timestamp) -> Update {
    Update::at(key)
        .set(CampaignItem::STATE, &to.state)
        .set_or_remove(CampaignItem::REASON, to.reason.as_ref())
        .set(CampaignItem::ENDED, &now)
        .remove(CampaignItem::WAITS_FOR)
        .count_up(CampaignItem::REVISION)
        .when(Condition::is(CampaignItem::STATE, &CampaignState::Running))
}
