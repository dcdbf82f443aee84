//! How far a campaign has come: one item beside its recipients, due while the campaign is scheduled or runs. First the
//! audience is frozen into recipients, page by page; then the recipients get their messages, in the order of their leads.
//! Each step is taken by one worker, and ends by saying where the next one begins.

use crate::outreach::campaign_audience::AudiencePlace;
use crate::outreach::campaigns::{NewState, ended};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{List, OutreachKey};
use crate::table::query::Read;
use crate::work::due_rank::{self, DueKind};
use crate::{StoreError, TenantStore};
use domain::{CampaignId, LeadId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a worker holds a step: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// What a campaign does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Its audience becomes recipients.
    Freezing,
    /// Its recipients get their messages.
    Sending,
}

item! {
    pub(crate) struct RunItem: "campaign_run" {
        /// Counts the steps.
        step: u32 = "sp" as STEP,
        /// Counts how often the campaign was started or resumed. The stream queues a step each time.
        go: u32 = "go" as GO,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        phase: Phase = "ph" as PHASE,
        /// Of several lists of leads, the one that is read.
        #[serde(default)]
        list_number: u32 = "ln" as LIST_NUMBER,
        /// Where that list goes on.
        mark?: String = "mk" as MARK,
        /// The last recipient whose turn has come.
        cursor?: LeadId = "cr" as CURSOR,
        /// How many recipients there are.
        #[serde(default)]
        recipients: u32 = "rc" as RECIPIENTS,
        /// What the messages cost at most that were written, in millionths.
        #[serde(default)]
        reserved: i64 = "re" as RESERVED,
        /// Whether a recipient before the cursor waits again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        behind: bool = "bh" as BEHIND,
        /// The first moment at which a recipient who was passed over may get the message.
        next_open?: Timestamp = "no" as NEXT_OPEN,
        list?: String = "GSI1PK",
        rank?: String = "GSI1SK",
    }
}

/// How far a campaign has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The step that is taken next.
    pub step: u32,
    /// What it does.
    pub phase: Phase,
    /// Where the audience goes on.
    pub place: AudiencePlace,
    /// The last recipient whose turn has come.
    pub cursor: Option<LeadId>,
    /// How many recipients there are.
    pub recipients: u32,
    /// What the messages cost at most that were written, in millionths.
    pub reserved: i64,
    /// Whether a recipient before the cursor waits again.
    pub behind: bool,
    /// The first moment at which a recipient who was passed over may get the message.
    pub next_open: Option<Timestamp>,
}

impl RunItem {
    pub(super) fn first(tenant: TenantId, id: CampaignId, begins: Timestamp, now: Timestamp) -> Self {
        let starts_now = begins <= now;
        Self {
            step: 0,
            go: u32::from(starts_now),
            claimed_until: None,
            phase: Phase::Freezing,
            list_number: 0,
            mark: None,
            cursor: None,
            recipients: 0,
            reserved: 0,
            behind: false,
            next_open: None,
            list: Some(List::due(&id.ulid_str()).pk()),
            rank: Some(rank(tenant, id, if starts_now { now.plus(LEASE) } else { begins })),
        }
    }

    fn run(self) -> Run {
        Run {
            step: self.step,
            phase: self.phase,
            place: AudiencePlace { list_number: self.list_number, mark: self.mark },
            cursor: self.cursor,
            recipients: self.recipients,
            reserved: self.reserved,
            behind: self.behind,
            next_open: self.next_open,
        }
    }
}

impl TenantStore<'_> {
    /// How far a campaign has come; none before it was started.
    pub async fn campaign_run(self, id: CampaignId) -> Result<Option<Run>, StoreError> {
        let item: Option<RunItem> = self.table().get(OutreachKey::CampaignRun(self.tenant, id), Read::Strong).await?;
        Ok(item.map(RunItem::run))
    }

    /// Takes a step in hand until two minutes after `now`. None if it was taken, or another worker has it in hand.
    pub async fn claim_campaign(self, id: CampaignId, step: u32, now: Timestamp) -> Result<Option<Run>, StoreError> {
        let end = now.plus(LEASE);
        let update = self
            .at_campaign_step(id, step)
            .set(RunItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, id, end))
            .when(Condition::at_most(RunItem::CLAIMED_UNTIL, &now));
        match self.table().update::<RunItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.run())),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Ends the step `before`, of which `reserved` millionths were reserved: the next one, as `after` says, is taken at
    /// `next`. False if another worker took the step meanwhile.
    pub async fn advance_campaign(
        self,
        id: CampaignId,
        before: &Run,
        after: &Run,
        reserved: i64,
        next: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self
            .at_campaign_step(id, before.step)
            .count_up(RunItem::STEP)
            .remove(RunItem::CLAIMED_UNTIL)
            .set(RunItem::PHASE, &after.phase)
            .set(RunItem::LIST_NUMBER, &after.place.list_number)
            .set_or_remove(RunItem::MARK, after.place.mark.as_ref())
            .set_or_remove(RunItem::CURSOR, after.cursor.as_ref())
            .set(RunItem::RECIPIENTS, &after.recipients)
            .set_or_remove(RunItem::NEXT_OPEN, after.next_open.as_ref())
            .add(RunItem::RESERVED, &0, reserved)
            .set(RANK, &rank(self.tenant, id, next));
        let update = if before.behind && !after.behind { update.remove(RunItem::BEHIND) } else { update };
        self.run_changed(update).await
    }

    /// Has the same step be taken again at `next`.
    pub async fn put_off_campaign(self, id: CampaignId, step: u32, next: Timestamp) -> Result<(), StoreError> {
        let update = self.at_campaign_step(id, step).remove(RunItem::CLAIMED_UNTIL);
        self.run_changed(update.set(RANK, &rank(self.tenant, id, next))).await?;
        Ok(())
    }

    /// Ends a campaign that runs with its step `step`. False if a person changed it, or a recipient waits again.
    pub async fn end_campaign(
        self,
        id: CampaignId,
        step: u32,
        to: NewState,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let run = paused(self.tenant, id)
            .remove(RunItem::CLAIMED_UNTIL)
            .when(Condition::is(RunItem::STEP, &step))
            .when(Condition::absent(RunItem::BEHIND));
        let ends = ended(OutreachKey::Campaign(self.tenant, id), to, now);
        match self.table().transact(vec![Change::update(ends), Change::update(run)]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    fn at_campaign_step(self, id: CampaignId, step: u32) -> Update {
        Update::at(OutreachKey::CampaignRun(self.tenant, id)).when(Condition::is(RunItem::STEP, &step))
    }

    async fn run_changed(self, update: Update) -> Result<bool, StoreError> {
        match self.table().update::<RunItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

/// The update by which no step of a campaign is due.
pub(super) fn paused(tenant: TenantId, id: CampaignId) -> Update {
    Update::at(OutreachKey::CampaignRun(tenant, id)).remove(LIST).when(Condition::exists())
}

/// The update by which a campaign goes on at `begins`, or soon if that has come.
pub(super) fn resumed(tenant: TenantId, id: CampaignId, begins: Timestamp, now: Timestamp) -> Update {
    let update = Update::at(OutreachKey::CampaignRun(tenant, id))
        .set(LIST, &List::due(&id.ulid_str()).pk())
        .when(Condition::exists());
    if begins > now {
        return update.set(RANK, &rank(tenant, id, begins));
    }
    update.set(RANK, &rank(tenant, id, now.plus(LEASE))).count_up(RunItem::GO)
}

/// The update by which a recipient waits again whose message was withdrawn: it cost `ceiling` millionths at most.
pub(super) fn fell_behind(tenant: TenantId, id: CampaignId, ceiling: i64) -> Update {
    Update::at(OutreachKey::CampaignRun(tenant, id))
        .set(RunItem::BEHIND, &true)
        .add(RunItem::RESERVED, &0, -ceiling)
        .when(Condition::exists())
}

fn rank(tenant: TenantId, id: CampaignId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Campaign, tenant, at, &id.ulid_str())
}
