//! The audit: entries, each written in the transaction of its deed and never changed. A send is its own entry, and is
//! listed from where it stands.

use crate::due_rank::{self, DueKind};
use crate::expression::{Condition, Update};
use crate::keys::{self, Key, List};
use crate::query::{Index, Query, Read};
use crate::sends::SendItem;
use crate::table::{Change, Created, Found};
use crate::{Store, StoreError};
use domain::audit::{Action, Deed, Entry, FIRST_LOOK};
use domain::ids::AuditId;
use domain::{Actor, ConversationId, MessageId, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;

/// How many items one read of the audit looks at.
const READ: usize = 100;

/// Which entries are wanted; what is not said may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What was done.
    pub action: Option<Action>,
    /// By whom.
    pub by: Option<Actor>,
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Not after this.
    pub to: Option<Timestamp>,
}

impl Wanted {
    fn has(&self, deed: &Deed) -> bool {
        self.action.is_none_or(|action| deed.action == action)
            && self.by.is_none_or(|by| deed.by == by)
            && self.from.is_none_or(|from| deed.at >= from)
            && self.to.is_none_or(|to| deed.at <= to)
    }

    const fn may_be(&self, source: Source) -> bool {
        match (source, self.action) {
            (_, None) | (Source::Sends, Some(Action::MessageSent)) => true,
            (Source::Sends, Some(_)) | (Source::Entries, Some(Action::MessageSent)) => false,
            (Source::Entries, Some(_)) => true,
        }
    }
}

/// What the audit shows of a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// An entry, and the number of the link that holds it; none until one does.
    Entry(Entry, Option<u64>),
    /// A send.
    Send(MessageId, Deed),
}

impl Shown {
    /// What was done.
    #[must_use]
    pub const fn deed(&self) -> &Deed {
        match self {
            Self::Entry(Entry { deed, .. }, _) | Self::Send(_, deed) => deed,
        }
    }
}

/// Where a page ends: below which entry, and below which place in the list of sends. None is above all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    entries: Option<String>,
    sends: Option<String>,
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// The deeds, the newest first.
    pub items: Vec<Shown>,
    /// Below which the next page begins; none on the last. A page may hold fewer than were asked for, and not be the last.
    pub next: Option<Below>,
}

#[derive(Serialize, Deserialize)]
struct AuditItem {
    ty: String,
    v: u8,
    at: Timestamp,
    by: Actor,
    ac: Action,
    tg: String,
    de: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    n: u32,
    /// The number of the link that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ln: Option<u64>,
    #[serde(rename = "GSI1PK", default, skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(rename = "GSI1SK", default, skip_serializing_if = "Option::is_none")]
    rank: Option<String>,
    /// Only on what no business has.
    #[serde(rename = "ttl", default, skip_serializing_if = "Option::is_none")]
    expires: Option<i64>,
}

const fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_once(times: &u32) -> bool {
    *times == 1
}

impl AuditItem {
    /// An entry that no link holds yet.
    fn due(tenant: TenantId, entry: &Entry) -> Self {
        let (at, id) = (entry.deed.at.plus(FIRST_LOOK), entry.id.bare());
        let rank = Some(due_rank::due_rank(DueKind::Audit, tenant, at, &id));
        Self { list: Some(List::due(&tenant.bare()).pk()), rank, ..Self::bare(entry) }
    }

    fn bare(entry: &Entry) -> Self {
        let Deed { at, by, action, target, detail } = entry.deed.clone();
        Self {
            ty: "audit".into(),
            v: 1,
            at,
            by,
            ac: action,
            tg: target,
            de: detail,
            n: entry.times,
            ln: None,
            list: None,
            rank: None,
            expires: None,
        }
    }

    fn entry(self, id: AuditId) -> (Entry, Option<u64>) {
        let deed = Deed { at: self.at, by: self.by, action: self.ac, target: self.tg, detail: self.de };
        (Entry { id, deed, times: self.n }, self.ln)
    }
}

/// The change by which an entry is written. It only ever creates.
pub(crate) fn written(tenant: TenantId, entry: &Entry) -> Result<Change, StoreError> {
    Change::create(&Key::Audit(tenant, entry.id), &AuditItem::due(tenant, entry))
}

/// A change like [`written`], of a business that does not exist and for a minute: so that how long an answer takes does
/// not say whether there was something to write.
pub(crate) fn written_for_nobody(nobody: TenantId, entry: &Entry) -> Result<Change, StoreError> {
    let expires = Some(entry.deed.at.plus(Duration::from_secs(60)).seconds());
    Change::create(
        &Key::Audit(nobody, entry.id),
        &AuditItem { ty: "unheard".into(), expires, ..AuditItem::bare(entry) },
    )
}

/// The change by which a link holds an entry, from then on and for ever.
pub(crate) fn held(tenant: TenantId, id: AuditId, link: u64) -> Change {
    let update = Update::of(Key::Audit(tenant, id)).set("ln", &link).remove("GSI1PK").remove("GSI1SK");
    Change::update(update.when(Condition::Exists).when(Condition::Absent("ln")))
}

impl Store {
    /// Writes a deed down that changes nothing else in the table.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn write_down(&self, tenant: TenantId, entry: &Entry) -> Result<(), StoreError> {
        let item = AuditItem::due(tenant, entry);
        match self.table.create::<AuditItem>(&Key::Audit(tenant, entry.id), &item).await? {
            // The answer to the same write was lost on the way.
            Created::New => Ok(()),
            Created::There(there) if there.at == item.at && there.ac == item.ac && there.by == item.by => Ok(()),
            Created::There(_) => Err(StoreError::Conflict),
        }
    }

    /// Those of these entries that stand and that no link holds.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn unchained(&self, tenant: TenantId, ids: &[AuditId]) -> Result<Vec<Entry>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| Key::Audit(tenant, *id)).collect();
        let found = entries(self.table.get_all(&keys, Read::Strong).await?)?;
        let mut free: Vec<_> = found.into_iter().filter(|(_, link)| link.is_none()).map(|(entry, _)| entry).collect();
        free.sort_by_key(|entry| entry.id);
        Ok(free)
    }

    /// At most `limit` entries with the number of the link that holds each, the oldest first, above the entry `above`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn entries(
        &self,
        tenant: TenantId,
        above: Option<AuditId>,
        limit: usize,
    ) -> Result<Vec<(Entry, Option<u64>)>, StoreError> {
        let query = Query::partition(partition(tenant)).strong().limit(limit);
        let query = if let Some(above) = above { query.above(above.bare()) } else { query };
        entries(self.table.query(&query).await?.0)
    }

    /// A page of at most `limit` deeds below `below`, the newest first. It makes at most `reads` reads, however few are
    /// wanted of what it finds.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn audit(
        &self,
        tenant: TenantId,
        wanted: &Wanted,
        below: Below,
        (limit, reads): (usize, usize),
    ) -> Result<AuditPage, StoreError> {
        let mut entries = Stream::new(Source::Entries, tenant, below.entries, wanted);
        let mut sends = Stream::new(Source::Sends, tenant, below.sends, wanted);
        let (mut items, mut left) = (Vec::new(), reads);
        while items.len() < limit {
            for stream in [&mut entries, &mut sends] {
                if stream.is_dry() && left > 0 {
                    left -= 1;
                    stream.read(self).await?;
                }
            }
            if entries.is_dry() || sends.is_dry() {
                break;
            }
            let at = |stream: &Stream| stream.read.front().map(|(_, shown)| shown.deed().at);
            let newest = if at(&entries) >= at(&sends) { &mut entries } else { &mut sends };
            let Some((mark, shown)) = newest.read.pop_front() else {
                return Ok(AuditPage { items, next: None });
            };
            newest.below = Some(mark);
            if wanted.has(shown.deed()) {
                items.push(shown);
            }
        }
        let more = !entries.is_over() || !sends.is_over();
        let next = more.then_some(Below { entries: entries.below, sends: sends.below });
        Ok(AuditPage { items, next })
    }
}

/// Where deeds stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Entries,
    Sends,
}

/// The deeds of one source, the newest first, read a page at a time.
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
    fn new(source: Source, tenant: TenantId, below: Option<String>, wanted: &Wanted) -> Self {
        let to = wanted.to.map(|to| to.plus(Duration::from_millis(1)));
        let latest = to.map(|to| match source {
            Source::Entries => AuditId::from_parts(to, 0).bare(),
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
            Source::Entries => Query::partition(partition(self.tenant)).strong(),
            Source::Sends => Query::index(Index::Lists, List::Sends(self.tenant).pk()),
        };
        let query = if let Some(below) = next { query.below(below) } else { query };
        let (found, more) = store.table.query(&query.newest_first().limit(READ)).await?;
        match self.source {
            Source::Entries => {
                for (entry, link) in entries(found)? {
                    self.read.push_back((entry.id.bare(), Shown::Entry(entry, link)));
                }
            }
            Source::Sends => self.read_sends(store, found).await?,
        }
        let oldest = self.read.back().map(|(mark, shown)| (mark.clone(), shown.deed().at));
        self.next =
            oldest.filter(|(_, at)| more.is_some() && self.from.is_none_or(|from| *at >= from)).map(|it| Some(it.0));
        while self.from.is_some_and(|from| self.read.back().is_some_and(|(_, shown)| shown.deed().at < from)) {
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
            items.push((key, item.read::<SendItem>()?.author()));
        }
        for (rank, key) in listed {
            let Key::Entry(_, home, id) = key else { continue };
            let Some((_, (by, channel))) = items.iter().find(|(there, _)| *there == key) else { continue };
            let target = ConversationId { home, channel: *channel }.to_string();
            let deed = Deed { at: id.moment(), by: *by, action: Action::MessageSent, target, detail: String::new() };
            self.read.push_back((rank, Shown::Send(id, deed)));
        }
        Ok(())
    }
}

fn partition(tenant: TenantId) -> String {
    Key::Audit(tenant, AuditId::from_parts(Timestamp::default(), 0)).pk()
}

fn entries(found: Vec<Found>) -> Result<Vec<(Entry, Option<u64>)>, StoreError> {
    let mut entries = Vec::with_capacity(found.len());
    for item in found {
        if let Key::Audit(_, id) = item.key {
            entries.push(item.read::<AuditItem>()?.entry(id));
        }
    }
    Ok(entries)
}
