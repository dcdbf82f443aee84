//! How far the held messages of a channel are released: one item for each channel that was stopped, due until the list is
//! empty. While Meta refuses a channel that holds messages, the item is due for the next probe.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{ChannelsKey, List};
use crate::{StoreError, TenantStore};
use domain::{ChannelId, TenantId, Timestamp};
use std::time::Duration;

/// How long a worker holds a step: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// The pause before the oldest held message is posted again to see whether Meta still refuses its channel.
pub const PROBE_PAUSE: Duration = Duration::from_secs(600);

item! {
    pub(crate) struct ResumeItem: "resume" {
        /// Counts the steps. The stream queues each.
        step: u32 = "sp" as STEP,
        /// Until when a worker has the step in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        /// How many messages were held since Meta refused the channel.
        #[serde(default)]
        holds: u32 = "ho" as HOLDS,
    }
}

impl TenantStore<'_> {
    /// The step by which the held messages of a channel are released next; none if none are to be.
    pub async fn resume_step(self, channel: ChannelId) -> Result<Option<u32>, StoreError> {
        let key = ChannelsKey::Resume(self.tenant, channel);
        let item: Option<ResumeItem> = self.table().get(key, crate::table::query::Read::Strong).await?;
        Ok(item.map(|item| item.step))
    }

    /// Takes a step in hand until two minutes after `now`, and says how many messages had been held by then. None if it
    /// is done, or another worker has it in hand.
    pub async fn claim_resume(self, channel: ChannelId, step: u32, now: Timestamp) -> Result<Option<u32>, StoreError> {
        let end = now.plus(LEASE);
        let update = self
            .at_step(channel, step)
            .set(ResumeItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, channel, end))
            .when(Condition::at_most(ResumeItem::CLAIMED_UNTIL, &now));
        match self.table().update::<ResumeItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.holds)),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Has the next step be taken.
    pub async fn next_resume_step(self, channel: ChannelId, step: u32, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .at_step(channel, step)
            .count_up(ResumeItem::STEP)
            .remove(ResumeItem::CLAIMED_UNTIL)
            .set(RANK, &rank(self.tenant, channel, now.plus(LEASE)));
        self.written(update).await
    }

    /// Has the same step be taken again at `next`.
    pub async fn put_off_resume(self, channel: ChannelId, step: u32, next: Timestamp) -> Result<(), StoreError> {
        let update = self.at_step(channel, step).remove(ResumeItem::CLAIMED_UNTIL);
        self.written(update.set(RANK, &rank(self.tenant, channel, next))).await
    }

    /// Ends it: nothing more is to be released. A step that was wanted since stays, and so does one where more than
    /// `holds` messages were held meanwhile.
    pub async fn end_resume(self, channel: ChannelId, step: u32, holds: u32) -> Result<(), StoreError> {
        let key = ChannelsKey::Resume(self.tenant, channel);
        let as_claimed = vec![Condition::is(ResumeItem::STEP, &step), Condition::at_most(ResumeItem::HOLDS, &holds)];
        let change = Change::remove_when(key, as_claimed);
        match self.table().transact(vec![change]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has the held messages of a channel be looked at now: after a check of a channel that Meta refuses, the oldest is
    /// posted again.
    pub async fn resume(self, channel: ChannelId, now: Timestamp) -> Result<(), StoreError> {
        self.written(begun(self.tenant, channel, now)).await
    }

    fn at_step(self, channel: ChannelId, step: u32) -> Update {
        Update::at(ChannelsKey::Resume(self.tenant, channel)).when(Condition::is(ResumeItem::STEP, &step))
    }

    async fn written(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<ResumeItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// The update by which the held messages of a channel begin to be released, from the oldest on.
pub(super) fn begun(tenant: TenantId, channel: ChannelId, now: Timestamp) -> Update {
    listed(tenant, channel, now.plus(LEASE)).count_up(ResumeItem::STEP).remove(ResumeItem::CLAIMED_UNTIL)
}

/// The update by which a channel that Meta refuses is probed some time after it has held a message.
pub(crate) fn watched(tenant: TenantId, channel: ChannelId, now: Timestamp) -> Update {
    Update::upsert::<ResumeItem>(ChannelsKey::Resume(tenant, channel))
        .set_once(LIST, &List::due(&channel.ulid_str()).pk())
        .set_once(RANK, &rank(tenant, channel, now.plus(PROBE_PAUSE)))
        .set_once(ResumeItem::STEP, &0)
        .count_up(ResumeItem::HOLDS)
}

fn listed(tenant: TenantId, channel: ChannelId, due: Timestamp) -> Update {
    Update::upsert::<ResumeItem>(ChannelsKey::Resume(tenant, channel))
        .set(LIST, &List::due(&channel.ulid_str()).pk())
        .set(RANK, &rank(tenant, channel, due))
}

fn rank(tenant: TenantId, channel: ChannelId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Resume, tenant, at, &channel.ulid_str())
}
