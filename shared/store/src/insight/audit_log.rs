//! The audit as it is read: entries, and messages, each of which is its own entry and is listed from where it stands.

use crate::access::audit;
use crate::inbox::outbound_messages::OutboundItem;
use crate::table::client::Found;
use crate::table::keys::{self, InboxKey, Key, List, Partition};
use crate::table::query::{Index, Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::ids::AuditId;
use domain::{Actor, ConversationId, MessageId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;

/// How many items one read of the audit looks at.
const READ: usize = 100;

/// Which entries are wanted; what is not said may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// What was done.
    pub action: Option<Action>,
    /// By whom.
    pub by: Option<Actor>,
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Not after this.
    pub to: Option<Timestamp>,
}

impl AuditFilter {
    fn has(&self, audit_event: &AuditEvent) -> bool {
        self.action.is_none_or(|action| audit_event.action == action)
            && self.by.is_none_or(|by| audit_event.by == by)
            && self.from.is_none_or(|from| audit_event.at >= from)
            && self.to.is_none_or(|to| audit_event.at <= to)
    }

    const fn may_be(&self, source: Source) -> bool {
        match (source, self.action) {
            (_, None) | (Source::Sends, Some(Action::MessageSent)) => true,
            (Source::Sends, Some(_)) | (Source::Entries, Some(Action::MessageSent)) => false,
            (Source::Entries, Some(_)) => true,
        }
    }
}

/// What the audit shows of an audit event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// An entry, and the number of the link that holds it; none until one does.
    Entry(Entry, Option<u64>),
    /// A message.
    Send(MessageId, AuditEvent),
}

impl Shown {
    /// What was done.
    #[must_use]
    pub const fn audit_event(&self) -> &AuditEvent {
        match self {
            Self::Entry(Entry { audit_event, .. }, _) | Self::Send(_, audit_event) => audit_event,
        }
    }
}

/// Where a page ends: below which entry, and below which place in the list of messages. None is above all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    entries: Option<String>,
    sends: Option<String>,
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// The audit events, the newest first.
    pub items: Vec<Shown>,
    /// Below which the next page begins; none on the last. A page may hold fewer than were asked for, and not be the
    /// last.
    pub next: Option<Below>,
}

impl TenantStore<'_> {
    /// A page of at most `limit` audit events below `below`, the newest first. It makes at most `reads` reads, however
    /// few are wanted of what it finds.
    pub async fn audit(
        self,
        wanted: &AuditFilter,
        below: Below,
        limit: usize,
        reads: usize,
    ) -> Result<AuditPage, StoreError> {
        let mut entries = Stream::new(Source::Entries, self.tenant, below.entries, wanted);
        let mut sends = Stream::new(Source::Sends, self.tenant, below.sends, wanted);
        let mut items = Vec::new();
        let mut left = reads;
        while items.len() < limit {
            for stream in [&mut entries, &mut sends] {
                if stream.is_dry() && left > 0 {
                    left -= 1;
                    stream.read(self.store).await?;
                }
            }
            if entries.is_dry() || sends.is_dry() {
                break;
            }
            let at = |stream: &Stream| stream.read.front().map(|(_, shown)| shown.audit_event().at);
            let newest = if at(&entries) >= at(&sends) { &mut entries } else { &mut sends };
            let Some((mark, shown)) = newest.read.pop_front() else {
                return Ok(AuditPage { items, next: None });
            };
            newest.below = Some(mark);
            if wanted.has(shown.audit_event()) {
                items.push(shown);
            }
        }
        let more = !entries.is_over() || !sends.is_over();
        let next = more.then_some(Below { entries: entries.below, sends: sends.below });
        Ok(AuditPage { items, next })
    }
}

/// Where audit events stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Entries,
    Sends,
}

/// The audit events of one source, the newest first, read a page at a time.
struct Stream {
    source: Source,
    tenant: TenantId,
    /// Below which place it goes on with what was not taken from it yet.
    below: Option<String>,
    /// Below which place it is read on; none once all is read.
    next: Option<Option<String>>,
    from: Option<Timestamp>,
    read: VecDeque<(String, Shown)>,
}

impl Stream {
    fn new(source: Source, tenant: TenantId, below: Option<String>, wanted: &AuditFilter) -> Self {
        let to = wanted.to.map(|to| to.plus(Duration::from_millis(1)));
        let latest = to.map(|to| match source {
            Source::Entries => AuditId::from_parts(to, 0).ulid_str(),
            Source::Sends => keys::rank(to, ""),
        });
        let below = match (below, latest) {
            (Some(below), Some(latest)) => Some(below.min(latest)),
            (below, latest) => below.or(latest),
        };
        let next = wanted.may_be(source).then(|| below.clone());
        Self { source, tenant, below, next, from: wanted.from, read: VecDeque::new() }
    }

    /// Whether there may be more, and has to be read first.
    fn is_dry(&self) -> bool {
        self.read.is_empty() && self.next.is_some()
    }

    /// Whether nothing is left of it.
    fn is_over(&self) -> bool {
        self.read.is_empty() && self.next.is_none()
    }

    async fn read(&mut self, store: &Store) -> Result<(), StoreError> {
        let Some(next) = self.next.take() else { return Ok(()) };
        let query = match self.source {
            Source::Entries => Query::partition(&Partition::Audit(self.tenant)).strong(),
            Source::Sends => Query::index(Index::Lists, List::Sends(self.tenant).pk()),
        };
        let query = if let Some(below) = next { query.below(below) } else { query };
        let (found, more) = store.table.query(&query.newest_first().limit(READ)).await?;
        match self.source {
            Source::Entries => {
                for (entry, link) in audit::entries(found)? {
                    self.read.push_back((entry.id.ulid_str(), Shown::Entry(entry, link)));
                }
            }
            Source::Sends => self.read_sends(store, found).await?,
        }
        let oldest = self.read.back().map(|(mark, shown)| (mark.clone(), shown.audit_event().at));
        self.next =
            oldest.filter(|(_, at)| more.is_some() && self.from.is_none_or(|from| *at >= from)).map(|it| Some(it.0));
        while self.from.is_some_and(|from| self.read.back().is_some_and(|(_, shown)| shown.audit_event().at < from)) {
            self.read.pop_back();
        }
        Ok(())
    }

    async fn read_sends(&mut self, store: &Store, found: Vec<Found>) -> Result<(), StoreError> {
        let listed: Vec<_> = found.into_iter().filter_map(|found| Some((found.rank.clone()?, found.key))).collect();
        let keys: Vec<_> = listed.iter().map(|(_, key)| key.clone()).collect();
        let mut items = Vec::with_capacity(keys.len());
        for item in store.table.get_all(&keys, Read::Eventual).await? {
            let key = item.key.clone();
            items.push((key, item.read::<OutboundItem>()?.author()));
        }
        for (rank, key) in listed {
            let Key::Inbox(InboxKey::Entry(_, history, id)) = key else { continue };
            let Some((_, (by, channel))) = items.iter().find(|(there, _)| *there == key) else { continue };
            let target = ConversationId { history, channel: *channel }.to_string();
            let audit_event =
                AuditEvent { at: id.moment(), by: *by, action: Action::MessageSent, target, detail: String::new() };
            self.read.push_back((rank, Shown::Send(id, audit_event)));
        }
        Ok(())
    }
}
