//! How far an account's templates were read from WhatsApp: one item for each account, page by page, due until it is done
//! and then once a day.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK, item};
use crate::table::keys::{ChannelsKey, Key, List, Partition};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::{ChannelId, MessageId, TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a worker holds a page: longer than the function may run (90 s).
const LEASE: Duration = Duration::from_secs(120);

/// How often an account's templates are read if nobody asks for it.
const DAILY: Duration = Duration::from_secs(24 * 3600);

/// How often a page is tried before the run is given up.
const MOST_TRIES: u32 = 5;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SyncState {
    /// Pages are being read.
    Running,
    /// All pages were read.
    Done,
    /// WhatsApp did not list them.
    Failed,
}

/// The reading of an account's templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSync {
    /// The channel whose token reads them.
    pub channel: ChannelId,
    /// How far the run has come.
    pub state: SyncState,
    /// When the run began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// The page that is read next, from 0.
    pub page: u32,
    /// WhatsApp's mark of where that page begins.
    pub mark: Option<String>,
    /// How many templates were read so far.
    pub count: u32,
    /// How often the page was tried.
    pub tries: u32,
    /// Why the run failed.
    pub problem: Option<Text>,
}

impl TemplateSync {
    /// Whether the page has been tried as often as it may be.
    #[must_use]
    pub const fn is_last_try(&self) -> bool {
        self.tries >= MOST_TRIES
    }
}

item! {
    pub(crate) struct SyncItem: "template_sync" {
        state: SyncState = "st" as STATE,
        began: Timestamp = "bg" as BEGAN,
        ended?: Timestamp = "en" as ENDED,
        page: u32 = "pg" as PAGE,
        mark?: String = "mk" as MARK,
        count: u32 = "ct" as COUNT,
        #[serde(default)]
        tries: u32 = "tr" as TRIES,
        problem?: Text = "er" as PROBLEM,
        /// Until when a worker has the page in hand.
        claimed_until?: Timestamp = "cu" as CLAIMED_UNTIL,
        /// Whether somebody asked again during the run.
        #[serde(default)]
        again: bool = "ag" as AGAIN,
        /// The newest notice of WhatsApp's that asked for it.
        asked_by?: MessageId = "ab" as ASKED_BY,
    }
}

impl SyncItem {
    fn sync(self, channel: ChannelId) -> TemplateSync {
        let Self { state, began, ended, page, mark, count, tries, problem, .. } = self;
        TemplateSync { channel, state, began, ended, page, mark, count, tries, problem }
    }
}

impl TenantStore<'_> {
    /// How far an account's templates were read, by the channel whose token reads them.
    pub async fn template_sync(self, channel: ChannelId) -> Result<Option<TemplateSync>, StoreError> {
        let item: Option<SyncItem> =
            self.table().get(ChannelsKey::TemplateSync(self.tenant, channel), Read::Strong).await?;
        Ok(item.map(|item| item.sync(channel)))
    }

    /// How far the templates of every account of the business were read.
    pub async fn template_syncs(self) -> Result<Vec<TemplateSync>, StoreError> {
        let partition = Partition::Templates(self.tenant);
        let query = Query::partition(&partition).between("SYNC#".to_owned(), "SYNC$".to_owned()).strong();
        let mut syncs = Vec::new();
        for (key, item) in self.table().list::<SyncItem>(query).await? {
            if let Key::Channels(ChannelsKey::TemplateSync(_, channel)) = key {
                syncs.push(item.sync(channel));
            }
        }
        Ok(syncs)
    }

    /// Has an account's templates be read from the first page on. A run that is under way is followed by another one.
    /// `notice` is what WhatsApp told: one that asked before asks for nothing.
    pub async fn begin_template_sync(
        self,
        channel: ChannelId,
        notice: Option<MessageId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = ChannelsKey::TemplateSync(self.tenant, channel);
        for before in [None, Some(SyncState::Done), Some(SyncState::Failed)] {
            let update = begun(key.clone(), self.tenant, channel, now);
            let update = asked_by(update.when(Condition::is_still(SyncItem::STATE, before.as_ref())), notice);
            match self.table().update::<SyncItem>(update).await? {
                Conditional::Applied(_) => return Ok(()),
                Conditional::Rejected(_) => {}
            }
        }
        let again = Update::at(key).set(SyncItem::AGAIN, &true);
        let again = again.when(Condition::is(SyncItem::STATE, &SyncState::Running));
        self.apply(asked_by(again, notice)).await
    }

    /// Takes the page `page` in hand until two minutes after `now`, and counts the try. None if it was read, or another
    /// worker has it in hand.
    pub async fn claim_template_page(
        self,
        channel: ChannelId,
        page: u32,
        now: Timestamp,
    ) -> Result<Option<TemplateSync>, StoreError> {
        let end = now.plus(LEASE);
        let update = Update::at(ChannelsKey::TemplateSync(self.tenant, channel))
            .set(SyncItem::CLAIMED_UNTIL, &end)
            .set(RANK, &rank(self.tenant, channel, end))
            .count_up(SyncItem::TRIES)
            .when(Condition::is(SyncItem::STATE, &SyncState::Running))
            .when(Condition::is(SyncItem::PAGE, &page))
            .when(Condition::at_most(SyncItem::CLAIMED_UNTIL, &now));
        match self.table().update::<SyncItem>(update).await? {
            Conditional::Applied(item) => Ok(Some(item.sync(channel))),
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Writes down that a page of `count` templates was read, and that the next one begins at `mark`.
    pub async fn next_template_page(
        self,
        sync: &TemplateSync,
        count: u32,
        mark: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = held(self.tenant, sync)
            .set(SyncItem::PAGE, &(sync.page + 1))
            .set(SyncItem::MARK, mark)
            .set(SyncItem::COUNT, &(sync.count + count))
            .set(SyncItem::TRIES, &0)
            .remove(SyncItem::CLAIMED_UNTIL)
            .set(RANK, &rank(self.tenant, sync.channel, now.plus(LEASE)));
        self.apply(update).await
    }

    /// Has a page be tried again at `next`.
    pub async fn put_off_template_page(self, sync: &TemplateSync, next: Timestamp) -> Result<(), StoreError> {
        let update =
            held(self.tenant, sync).remove(SyncItem::CLAIMED_UNTIL).set(RANK, &rank(self.tenant, sync.channel, next));
        self.apply(update).await
    }

    /// Ends a run: `problem` says why it failed. It is due again after a day, or begins again at once if somebody asked for
    /// that while it ran.
    pub async fn end_template_sync(
        self,
        sync: &TemplateSync,
        count: u32,
        problem: Option<&Text>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let state = if problem.is_some() { SyncState::Failed } else { SyncState::Done };
        let update = held(self.tenant, sync)
            .set(SyncItem::STATE, &state)
            .set(SyncItem::ENDED, &now)
            .set(SyncItem::COUNT, &(sync.count + count))
            .set_or_remove(SyncItem::PROBLEM, problem)
            .remove(SyncItem::CLAIMED_UNTIL)
            .set(RANK, &rank(self.tenant, sync.channel, now.plus(DAILY)));
        match self.table().update::<SyncItem>(update).await? {
            Conditional::Applied(item) if item.again => self.begin_template_sync(sync.channel, None, now).await,
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Forgets how far the templates of a channel were read that there is no more.
    pub async fn forget_template_sync(self, channel: ChannelId) -> Result<(), StoreError> {
        self.table().delete(ChannelsKey::TemplateSync(self.tenant, channel)).await
    }

    async fn apply(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<SyncItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

/// The same, if `notice` is newer than all that asked before.
fn asked_by(update: Update, notice: Option<MessageId>) -> Update {
    match notice {
        Some(notice) => update.set(SyncItem::ASKED_BY, &notice).when(Condition::below(SyncItem::ASKED_BY, &notice)),
        None => update,
    }
}

/// The run that begins at `now`.
fn begun(key: impl Into<Key>, tenant: TenantId, channel: ChannelId, now: Timestamp) -> Update {
    Update::upsert::<SyncItem>(key)
        .set(SyncItem::STATE, &SyncState::Running)
        .set(SyncItem::BEGAN, &now)
        .set(SyncItem::PAGE, &0)
        .set(SyncItem::COUNT, &0)
        .set(SyncItem::TRIES, &0)
        .set(SyncItem::AGAIN, &false)
        .remove(SyncItem::ENDED)
        .remove(SyncItem::MARK)
        .remove(SyncItem::PROBLEM)
        .remove(SyncItem::CLAIMED_UNTIL)
        .set(LIST, &List::due(&channel.ulid_str()).pk())
        .set(RANK, &rank(tenant, channel, now.plus(LEASE)))
}

/// A change of a page that a worker has in hand.
fn held(tenant: TenantId, sync: &TemplateSync) -> Update {
    Update::at(ChannelsKey::TemplateSync(tenant, sync.channel))
        .when(Condition::is(SyncItem::STATE, &SyncState::Running))
        .when(Condition::is(SyncItem::BEGAN, &sync.began))
        .when(Condition::is(SyncItem::PAGE, &sync.page))
        .when(Condition::is(SyncItem::TRIES, &sync.tries))
}

fn rank(tenant: TenantId, channel: ChannelId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Template, tenant, at, &channel.ulid_str())
}
