//! Work that must still happen, in one sparse index: what no stream and no queue may forget. A business with much to do
//! hides nobody's: each gets its turn.

use crate::reliability::due_rank::{self, DueKind};
use crate::table::keys::{AccessKey, ChannelsKey, CrmKey, DUE_SHARDS, InboxKey, Key, List, WorkKey};
use crate::table::query::{Index, Query};
use crate::{Store, StoreError};
use domain::ids::{AuditId, BudgetId, EmailId, ErasureId, LongJobId, TaskId, WebhookEventId, WebhookId};
use domain::{
    ChannelId, ConversationId, HistoryId, LeadId, MediaId, MessageId, TemplateId, TenantId, Timestamp, Wamid,
};

/// How many entries of a list are read at a time.
const READ: usize = 200;

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A message that should long be on its way.
    Send(TenantId, HistoryId, MessageId),
    /// Events that wait for the message they speak of.
    Orphans(TenantId, Wamid),
    /// An e-mail that should long be on its way.
    Email(TenantId, EmailId),
    /// A lead that WhatsApp should long have blocked or unblocked.
    Block(TenantId, LeadId),
    /// An erasure whose next step should long be taken.
    Erasure(TenantId, ErasureId),
    /// A customer's file that should long be fetched.
    Media(TenantId, MediaId),
    /// A conversation whose snooze has ended.
    Snooze(TenantId, ConversationId),
    /// A signal to a customer that should long be on its way.
    Signal(TenantId, ConversationId),
    /// An entry of the audit that no link holds.
    Entry(TenantId, AuditId),
    /// What was counted for the audit in a minute that is over.
    Tally(TenantId, String),
    /// A template that should long be submitted or deleted.
    TemplateWork(TenantId, TemplateId),
    /// An account's templates that are to be read, or read further.
    TemplateSync(TenantId, ChannelId),
    /// What Meta keeps of a number, to be changed or read.
    Setup(TenantId, ChannelId),
    /// A channel whose held messages should long be released.
    Resume(TenantId, ChannelId),
    /// A budget that may have room again for the messages it holds.
    Budget(TenantId, BudgetId),
    /// A lead whose lists and search tokens are to be written.
    Reindex(TenantId, LeadId),
    /// An event that a webhook should long have received.
    Delivery(TenantId, WebhookId, WebhookEventId),
    /// An import, an export or a bulk change that should long have gone on.
    LongJob(TenantId, LongJobId),
    /// A reminder of a task whose time has come.
    Reminder(TenantId, LeadId, TaskId),
}

/// Due work as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is due.
    pub work: Due,
    /// Since when.
    pub since: Timestamp,
    /// How many of the same kind and business stand before it in its list.
    turn: usize,
}

impl Store {
    /// What is due now: of each kind and business at most `most` from each of the 16 lists, in turns, the first of each
    /// before the second of any. What is not found is found once that is done.
    pub async fn due(&self, now: Timestamp, most: usize) -> Result<Vec<Found>, StoreError> {
        let lists = (0..DUE_SHARDS).map(|shard| self.due_in(List::Due(shard).pk(), now, most));
        let mut found: Vec<_> = futures::future::try_join_all(lists).await?.into_iter().flatten().collect();
        found.sort_by_key(|found| (found.turn, found.since));
        Ok(found)
    }

    /// One list. What is of no use in a run of one kind and business, because it is not due yet or more than `most`, is
    /// passed over with one read.
    async fn due_in(&self, list: String, now: Timestamp, most: usize) -> Result<Vec<Found>, StoreError> {
        let mut all = Vec::new();
        let mut above = None;
        let mut run = None;
        let mut turn = 0;
        loop {
            let query = Query::index(Index::Lists, list.clone()).limit(READ);
            let query = if let Some(above) = above { query.above(above) } else { query };
            let (items, more) = self.table.query(&query).await?;
            let mut next = None;
            for item in items {
                let rank = item.rank.unwrap_or_default();
                let Some((kind, tenant, since)) = due_rank::read_due_rank(&rank) else {
                    next = Some(rank);
                    continue;
                };
                if run != Some((kind, tenant)) {
                    (run, turn) = (Some((kind, tenant)), 0);
                }
                if since > now || turn >= most {
                    next = Some(due_rank::after_due_of(kind, tenant));
                    continue;
                }
                all.extend(work(kind, item.key).map(|work| Found { work, since, turn }));
                turn += 1;
                next = Some(rank);
            }
            if more.is_none() || next.is_none() {
                return Ok(all);
            }
            above = next;
        }
    }
}

/// What stands at `key` in the lists; none if that is not of the kind under which it stands there.
fn work(kind: DueKind, key: Key) -> Option<Due> {
    match (kind, key) {
        (DueKind::Send, Key::Inbox(InboxKey::Entry(tenant, history, id))) => Some(Due::Send(tenant, history, id)),
        (DueKind::Orphan, Key::Work(WorkKey::Waiting(tenant, wamid))) => Some(Due::Orphans(tenant, wamid)),
        (DueKind::Email, Key::Access(AccessKey::Email(tenant, id))) => Some(Due::Email(tenant, id)),
        (DueKind::Block, Key::Crm(CrmKey::Block(tenant, lead))) => Some(Due::Block(tenant, lead)),
        (DueKind::Erasure, Key::Crm(CrmKey::Erasure(tenant, id))) => Some(Due::Erasure(tenant, id)),
        (DueKind::Media, Key::Inbox(InboxKey::Media(tenant, id))) => Some(Due::Media(tenant, id)),
        (DueKind::Audit, Key::Access(AccessKey::Audit(tenant, id))) => Some(Due::Entry(tenant, id)),
        (DueKind::Tally, Key::Access(AccessKey::Tally(tenant, name))) => Some(Due::Tally(tenant, name)),
        (DueKind::Snooze, Key::Inbox(InboxKey::Snooze(tenant, id))) => Some(Due::Snooze(tenant, id)),
        (DueKind::Signal, Key::Inbox(InboxKey::Signal(tenant, id))) => Some(Due::Signal(tenant, id)),
        (DueKind::Resume, Key::Channels(ChannelsKey::Resume(tenant, id))) => Some(Due::Resume(tenant, id)),
        (DueKind::Budget, Key::Channels(ChannelsKey::BudgetResume(tenant, id))) => Some(Due::Budget(tenant, id)),
        (DueKind::Setup, Key::Channels(ChannelsKey::Setup(tenant, id))) => Some(Due::Setup(tenant, id)),
        (DueKind::Template, Key::Channels(ChannelsKey::TemplateWork(tenant, id))) => {
            Some(Due::TemplateWork(tenant, id))
        }
        (DueKind::Template, Key::Channels(ChannelsKey::TemplateSync(tenant, id))) => {
            Some(Due::TemplateSync(tenant, id))
        }
        (DueKind::Delivery, Key::Access(AccessKey::Delivery(tenant, webhook, event))) => {
            Some(Due::Delivery(tenant, webhook, event))
        }
        (DueKind::Reminder, Key::Crm(CrmKey::Reminder(tenant, lead, id))) => Some(Due::Reminder(tenant, lead, id)),
        (DueKind::LongJob, Key::Crm(CrmKey::LongJob(tenant, id))) => Some(Due::LongJob(tenant, id)),
        (DueKind::Reindex, Key::Crm(CrmKey::Reindex(tenant, id))) => Some(Due::Reindex(tenant, id)),
        (
            DueKind::Send
            | DueKind::LongJob
            | DueKind::Reindex
            | DueKind::Reminder
            | DueKind::Orphan
            | DueKind::Email
            | DueKind::Delivery
            | DueKind::Block
            | DueKind::Erasure
            | DueKind::Media
            | DueKind::Audit
            | DueKind::Budget
            | DueKind::Tally
            | DueKind::Snooze
            | DueKind::Signal
            | DueKind::Resume
            | DueKind::Setup
            | DueKind::Template,
            _,
        ) => None,
    }
}
