//! Reading a lead's history, newest first, a page at a time; a page costs the same at 10 and at 1,000,000 messages.

use crate::keys::{self, Key};
use crate::leads::Page;
use crate::messages::{BodyItem, ChildItem, EventItem, ReceivedItem};
use crate::query::Query;
use crate::sends::SendItem;
use crate::table::Found;
use crate::{Store, StoreError};
use domain::history::{Afterwards, Child, Entry, Line, Received, Sent};
use domain::{Content, ConversationId, HomeId, MessageId, TenantId};

/// How many bytes of text a page holds: an answer of a function has at most six million, and says some things twice.
const MOST_BYTES: usize = 2_000_000;

/// Items read at once: a line of the history may have its content and a few reactions beside it.
const ITEMS_PER_LINE: usize = 2;

impl Store {
    /// A page of the history of `home`, newest first, older than `before`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read, or an item of it cannot.
    pub async fn history(
        &self,
        tenant: TenantId,
        home: HomeId,
        before: Option<MessageId>,
        limit: usize,
    ) -> Result<Page<Entry>, StoreError> {
        self.lines(tenant, home, before, limit, |_| true).await
    }

    /// One line of the history of `home`, as it stands this moment.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read, or an item of it cannot.
    pub async fn entry(&self, tenant: TenantId, home: HomeId, id: MessageId) -> Result<Option<Entry>, StoreError> {
        let (low, high) = keys::history_of(id);
        let mut query = Query::partition(keys::home(tenant, home)).between(low, high).newest_first().strong();
        let mut reader = Reader::default_at(home);
        loop {
            let (found, more) = self.table.query(&query).await?;
            for item in found {
                if let Some(entry) = reader.take(item)? {
                    return Ok(Some(entry));
                }
            }
            match more {
                Some(mark) => query = query.from(mark),
                None => return Ok(None),
            }
        }
    }

    /// A page of the messages of one conversation, newest first, older than `before`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read, or an item of it cannot.
    pub async fn messages(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: usize,
    ) -> Result<Page<Entry>, StoreError> {
        let here = |entry: &Entry| entry.conversation(conversation.home) == Some(conversation);
        self.lines(tenant, conversation.home, before, limit, here).await
    }

    async fn lines(
        &self,
        tenant: TenantId,
        home: HomeId,
        before: Option<MessageId>,
        limit: usize,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Page<Entry>, StoreError> {
        let (low, high) = keys::history_range(before);
        let mut query = Query::partition(keys::home(tenant, home))
            .between(low, high)
            .newest_first()
            .limit((limit + 1) * ITEMS_PER_LINE);
        let mut reader = Reader::default_at(home);
        let mut entries = Vec::with_capacity(limit + 1);
        let mut bytes = 0;
        loop {
            let (found, more) = self.table.query(&query).await?;
            for item in found {
                bytes += item.bytes();
                entries.extend(reader.take(item)?.filter(|entry| Some(entry.id) != before && wanted(entry)));
                if let Some(last) = entries.last().filter(|_| bytes > MOST_BYTES && entries.len() <= limit) {
                    let next = Some(last.id.to_string());
                    return Ok(Page { items: entries, next });
                }
            }
            match more {
                Some(mark) if entries.len() <= limit => query = query.from(mark),
                Some(_) | None => break,
            }
        }
        let next = (entries.len() > limit).then(|| entries[limit - 1].id.to_string());
        entries.truncate(limit);
        Ok(Page { items: entries, next })
    }
}

/// Puts lines together: newest first, what stands beside an entry comes before it.
struct Reader {
    home: HomeId,
    of: Option<MessageId>,
    children: Vec<Child>,
    body: Option<String>,
}

impl Reader {
    const fn default_at(home: HomeId) -> Self {
        Self { home, of: None, children: Vec::new(), body: None }
    }

    /// Takes the next item; gives a line when its entry has come.
    fn take(&mut self, item: Found) -> Result<Option<Entry>, StoreError> {
        match item.key {
            Key::Child(_, _, parent, id) => {
                self.turn_to(parent);
                let child: ChildItem = item.read()?;
                let content = content(&child.c, id)?;
                self.children.push(Child { id, direction: child.di, content });
                Ok(None)
            }
            Key::Body(_, _, id) => {
                self.turn_to(id);
                self.body = Some(item.read::<BodyItem>()?.c);
                Ok(None)
            }
            Key::Entry(_, _, id) => {
                self.turn_to(id);
                self.entry(id, item).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn turn_to(&mut self, id: MessageId) {
        if self.of != Some(id) {
            *self = Self { of: Some(id), ..Self::default_at(self.home) };
        }
    }

    fn entry(&mut self, id: MessageId, item: Found) -> Result<Entry, StoreError> {
        let afterwards = Afterwards::of(std::mem::take(&mut self.children));
        let body = self.body.take();
        let kind = item.kind().to_owned();
        let line = match kind.as_str() {
            "in" => Line::Received(Box::new(received(id, item.read()?, body, afterwards)?)),
            "out" => {
                let (send, by) = item.read::<SendItem>()?.read(self.home, id, body.as_deref())?;
                Line::Sent(Box::new(Sent { send, by, afterwards }))
            }
            "event" => {
                let event: EventItem = item.read()?;
                Line::Event(
                    serde_json::from_str(&event.e).map_err(|error| StoreError::corrupt(id.to_string(), &error))?,
                )
            }
            other => return Err(StoreError::corrupt(id.to_string(), &format!("unknown type {other}"))),
        };
        Ok(Entry { id, line })
    }
}

fn received(
    id: MessageId,
    item: ReceivedItem,
    body: Option<String>,
    afterwards: Afterwards,
) -> Result<Received, StoreError> {
    let content = match item.c.or(body) {
        Some(json) => content(&json, id)?,
        None => Content::Text { body: item.p.unwrap_or_default() },
    };
    let context = item.x.map(|json| serde_json::from_str(&json)).transpose();
    let context = context.map_err(|error| StoreError::corrupt(id.to_string(), &error))?.unwrap_or_default();
    Ok(Received { channel: item.ch, wamid: item.w, content, context, arrived: item.ar, afterwards })
}

fn content(json: &str, id: MessageId) -> Result<Content, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(id.to_string(), &error))
}
