//! Work that must still happen, in one sparse index: what no stream and no queue may forget. A business with much to do
//! hides nobody's: each gets its turn.

use crate::due_rank::{self, DueKind};
use crate::keys::{DUE_SHARDS, Key, List};
use crate::query::{Index, Query};
use crate::{Store, StoreError};
use domain::ids::{AuditId, LetterId};
use domain::{ConversationId, HomeId, MessageId, TenantId, Timestamp, Wamid};

/// How many entries of a list are read at a time.
const READ: usize = 200;

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A send that should long be on its way.
    Send(TenantId, HomeId, MessageId),
    /// Events that wait for the message they speak of.
    Orphans(TenantId, Wamid),
    /// An e-mail that should long be on its way.
    Letter(TenantId, LetterId),
    /// A conversation whose snooze has ended.
    Snooze(TenantId, ConversationId),
    /// A signal to a customer that should long be on its way.
    Signal(TenantId, ConversationId),
    /// An entry of the audit that no link holds.
    Entry(TenantId, AuditId),
    /// What was counted for the audit in a minute that is over.
    Tally(TenantId, String),
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
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn due(&self, now: Timestamp, most: usize) -> Result<Vec<Found>, StoreError> {
        let lists = (0..DUE_SHARDS).map(|shard| self.due_in(List::Due(shard).pk(), now, most));
        let mut found: Vec<_> = futures::future::try_join_all(lists).await?.into_iter().flatten().collect();
        found.sort_by_key(|found| (found.turn, found.since));
        Ok(found)
    }

    /// One list. What is of no use in a run of one kind and business, because it is not due yet or more than `most`, is
    /// passed over with one read.
    async fn due_in(&self, list: String, now: Timestamp, most: usize) -> Result<Vec<Found>, StoreError> {
        let (mut all, mut above) = (Vec::new(), None);
        let (mut run, mut turn) = (None, 0);
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
        (DueKind::Send, Key::Entry(tenant, home, id)) => Some(Due::Send(tenant, home, id)),
        (DueKind::Orphan, Key::Waiting(tenant, wamid)) => Some(Due::Orphans(tenant, wamid)),
        (DueKind::Letter, Key::Letter(tenant, id)) => Some(Due::Letter(tenant, id)),
        (DueKind::Audit, Key::Audit(tenant, id)) => Some(Due::Entry(tenant, id)),
        (DueKind::Tally, Key::Tally(tenant, name)) => Some(Due::Tally(tenant, name)),
        (DueKind::Snooze, Key::Snooze(tenant, id)) => Some(Due::Snooze(tenant, id)),
        (DueKind::Signal, Key::Signal(tenant, id)) => Some(Due::Signal(tenant, id)),
        (
            DueKind::Send
            | DueKind::Orphan
            | DueKind::Letter
            | DueKind::Audit
            | DueKind::Tally
            | DueKind::Snooze
            | DueKind::Signal,
            _,
        ) => None,
    }
}
