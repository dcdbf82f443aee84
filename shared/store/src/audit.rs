//! The audit: a chain for each business. Entries are written once, and never changed.

use crate::keys::Key;
use crate::query::Query;
use crate::table::Created;
use crate::{Store, StoreError};
use domain::audit::{Action, Deed, Entry};
use domain::{Actor, TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How often an entry looks for its place when others come at the same moment. It costs a read and a write each.
const TRIES: usize = 32;

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
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// The entries, the newest first.
    pub items: Vec<Entry>,
    /// Below which number the next page begins; none on the last.
    pub next: Option<u64>,
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
    dg: String,
    /// By what an entry knows itself, if the answer to its write was lost and the write made again.
    #[serde(default)]
    me: String,
    /// Only on what stands in no chain.
    #[serde(rename = "ttl", default)]
    expires: Option<i64>,
}

impl AuditItem {
    fn of(entry: &Entry) -> Self {
        let Deed { at, by, action, target, detail } = entry.deed.clone();
        Self {
            ty: "audit".into(),
            v: 1,
            at,
            by,
            ac: action,
            tg: target,
            de: detail,
            dg: entry.digest.clone(),
            me: String::new(),
            expires: None,
        }
    }

    fn entry(self, number: u64) -> Entry {
        let deed = Deed { at: self.at, by: self.by, action: self.ac, target: self.tg, detail: self.de };
        Entry { number, deed, digest: self.dg }
    }
}

impl Store {
    /// Writes a deed down at the end of the chain, once, however often its write is made again. `bits` are new ones.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others were faster again and again.
    pub async fn write_down(&self, tenant: TenantId, deed: &Deed, bits: u128) -> Result<(), StoreError> {
        let me = format!("{bits:032x}");
        let mut last = self.last_entry(tenant).await?;
        for _ in 0..TRIES {
            let entry = Entry::following(last.as_ref(), deed.clone());
            let key = Key::Audit(tenant, entry.number);
            let item = AuditItem { me: me.clone(), ..AuditItem::of(&entry) };
            match self.table.create::<AuditItem>(&key, &item).await? {
                Created::New => return Ok(()),
                Created::There(there) if there.me == me => return Ok(()),
                Created::There(there) => last = Some(there.entry(entry.number)),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Does what [`Store::write_down`] does, for a business that does not exist and a minute: so that how long an answer
    /// takes does not say whether there was something to write down.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn write_nothing_down(&self, nobody: TenantId, deed: &Deed) -> Result<(), StoreError> {
        let entry = Entry::following(self.last_entry(nobody).await?.as_ref(), deed.clone());
        let expires = Some(deed.at.plus(Duration::from_secs(60)).seconds());
        let item = AuditItem { expires, ..AuditItem::of(&entry) };
        self.table.create::<AuditItem>(&Key::Audit(nobody, entry.number), &item).await.map(|_| ())
    }

    async fn last_entry(&self, tenant: TenantId) -> Result<Option<Entry>, StoreError> {
        let query = Query::partition(Key::Audit(tenant, 0).pk()).newest_first().strong().limit(1);
        let (found, _) = self.table.query(&query).await?;
        let entries = entries(found)?;
        Ok(entries.into_iter().next())
    }

    /// A page of `limit` entries below the number `below`, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn audit(
        &self,
        tenant: TenantId,
        wanted: &Wanted,
        below: Option<u64>,
        limit: usize,
    ) -> Result<AuditPage, StoreError> {
        let (mut items, mut below) = (Vec::with_capacity(limit), below);
        loop {
            let mut query = Query::partition(Key::Audit(tenant, 0).pk()).newest_first().strong().limit(limit.max(100));
            if let Some(below) = below {
                query = query.below(Key::Audit(tenant, below).sk());
            }
            let (found, more) = self.table.query(&query).await?;
            for entry in entries(found)? {
                below = Some(entry.number);
                if wanted.has(&entry.deed) {
                    items.push(entry);
                }
                if items.len() == limit {
                    return Ok(AuditPage { items, next: below.filter(|below| *below > 1) });
                }
            }
            if more.is_none() {
                return Ok(AuditPage { items, next: None });
            }
        }
    }

    /// The chain from its beginning, with the number above which it goes on: pages of `limit` entries above `above`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn chain(&self, tenant: TenantId, above: u64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let between = (Key::Audit(tenant, above + 1).sk(), Key::Audit(tenant, 999_999_999_999).sk());
        let query = Query::partition(Key::Audit(tenant, 0).pk()).between(between.0, between.1).strong().limit(limit);
        entries(self.table.query(&query).await?.0)
    }
}

fn entries(found: Vec<crate::table::Found>) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::with_capacity(found.len());
    for item in found {
        if let Key::Audit(_, number) = item.key {
            entries.push(item.read::<AuditItem>()?.entry(number));
        }
    }
    Ok(entries)
}
