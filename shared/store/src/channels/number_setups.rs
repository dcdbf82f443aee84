//! What Meta keeps of a number, as it said last, and the change that it is to make: one item for each channel, due while a
//! change is under way.

use crate::access::audit;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{ChannelsKey, List};
use crate::table::query::Read;
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::channels::number_setup::{NumberSetup, SetupChange, SetupState};
use domain::{ChannelId, TenantId, Text, Timestamp};
use std::time::Duration;

/// How long a worker holds a change: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// How often a change is tried before it is given up.
pub const MOST_TRIES: u32 = 4;

item! {
    pub(crate) struct SetupItem: "number_setup" {
        /// What Meta has, as JSON.
        setup?: String = "su" as SETUP,
        read?: Timestamp = "rd" as READ_AT,
        /// The change under way, as JSON.
        wanted?: String = "wa" as WANTED,
        problem?: Text = "er" as PROBLEM,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        #[serde(default)]
        number: u32 = "no" as NUMBER,
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
    }
}

impl SetupItem {
    fn state(self, channel: ChannelId) -> Result<SetupState, StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::corrupt(channel.to_string(), &error);
        let Self { setup, read, wanted, problem, tries, number, .. } = self;
        Ok(SetupState {
            setup: setup.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?,
            read,
            wanted: wanted.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?,
            problem,
            tries,
            number,
        })
    }
}

impl TenantStore<'_> {
    /// What Meta has of a number, as it said last.
    pub async fn number_setup(self, channel: ChannelId) -> Result<SetupState, StoreError> {
        let item: Option<SetupItem> = self.table().get(self.setup_key(channel), Read::Strong).await?;
        item.map_or_else(|| Ok(SetupState::default()), |item| item.state(channel))
    }

    /// Has Meta make a change; `entry` says so, and is none where it is only read. None if another change is under way.
    pub async fn want_setup(
        self,
        channel: ChannelId,
        change: &SetupChange,
        entry: Option<&Entry>,
        now: Timestamp,
    ) -> Result<Option<SetupState>, StoreError> {
        let update = Update::upsert::<SetupItem>(self.setup_key(channel))
            .set(SetupItem::WANTED, &json(change)?)
            .count_up(SetupItem::NUMBER)
            .set(SetupItem::TRIES, &0_u32)
            .remove(SetupItem::PROBLEM)
            .set(LIST, &List::due(&channel.ulid_str()).pk())
            .set(RANK, &rank(self.tenant, channel, now.plus(LEASE)))
            .when(Condition::absent(SetupItem::WANTED));
        let mut changes = vec![Change::update(update)];
        if let Some(entry) = entry {
            changes.push(audit::append(self.tenant, entry)?);
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => self.number_setup(channel).await.map(Some),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Takes the change `number` in hand until two minutes after `now`, and counts the try. None if it was made, or another
    /// worker has it in hand.
    pub async fn claim_setup(
        self,
        channel: ChannelId,
        number: u32,
        now: Timestamp,
    ) -> Result<Option<SetupState>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::at(self.setup_key(channel))
            .set(SetupItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, channel, end))
            .count_up(SetupItem::TRIES)
            .when(Condition::is(SetupItem::NUMBER, &number))
            .when(Condition::above(SetupItem::WANTED, ""))
            .when(Condition::at_most(SetupItem::CLAIMED_UNTIL, &now));
        match self.table().update::<SetupItem>(update).await? {
            Conditional::Applied(item) => item.state(channel).map(Some),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Writes down what Meta has after the change `number`, or why it did not make it, unless that was done. What it did not
    /// show stays.
    pub async fn settle_setup(
        self,
        channel: ChannelId,
        number: u32,
        setup: Option<&NumberSetup>,
        problem: Option<&Text>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = Update::at(self.setup_key(channel))
            .remove(SetupItem::WANTED)
            .remove(SetupItem::CLAIMED_UNTIL)
            .remove(LIST)
            .remove(RANK)
            .set_or_remove(SetupItem::PROBLEM, problem)
            .when(Condition::is(SetupItem::NUMBER, &number))
            .when(Condition::above(SetupItem::WANTED, ""));
        let update = match setup {
            Some(setup) => update.set(SetupItem::SETUP, &json(setup)?).set(SetupItem::READ_AT, &now),
            None => update,
        };
        match self.table().update::<SetupItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Has the change `number` be tried again at `next`.
    pub async fn put_off_setup(self, channel: ChannelId, number: u32, next: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(self.setup_key(channel))
            .set(RANK, &rank(self.tenant, channel, next))
            .remove(SetupItem::CLAIMED_UNTIL)
            .when(Condition::is(SetupItem::NUMBER, &number))
            .when(Condition::above(SetupItem::WANTED, ""));
        match self.table().update::<SetupItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    const fn setup_key(self, channel: ChannelId) -> ChannelsKey {
        ChannelsKey::Setup(self.tenant, channel)
    }
}

fn rank(tenant: TenantId, channel: ChannelId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Setup, tenant, at, &channel.ulid_str())
}
