//! Reading a lead's history, newest first, a page at a time; a page costs the same at 10 and at 1,000,000 messages.

use crate::inbox::messages::{AmendmentItem, BodyItem, EchoItem, EventItem, ReceivedItem};
use crate::inbox::outbound_messages::OutboundItem;
use crate::table::client::Found;
use crate::table::keys::{self, InboxKey, Key, Partition};
use crate::table::page::Page;
use crate::table::query::Query;
use crate::{StoreError, TenantStore};
use domain::inbox::history::{Amendment, Amendments, Echo, Entry, Line, Received, Sent};
use domain::{Content, ConversationId, HistoryId, MessageId};

/// How many bytes of text a page holds: an answer of a function has at most six million, and says some things twice.
const MOST_BYTES: usize = 2_000_000;

/// Items read at once: a line of the history may have its content and a few reactions beside it.
const ITEMS_PER_LINE: usize = 2;

impl TenantStore<'_> {
    /// A page of the history of `history`, newest first, older than `before`.
    pub async fn history(
        self,
        history: HistoryId,
        before: Option<MessageId>,
        limit: usize,
    ) -> Result<Page<Entry>, StoreError> {
        self.lines(history, before, limit, |_| true).await
    }

    /// One line of the history of `history`, as it stands this moment.
    pub async fn entry(self, history: HistoryId, id: MessageId) -> Result<Option<Entry>, StoreError> {
        let (low, high) = keys::history_of(id);
        let mut query =
            Query::partition(&Partition::History(self.tenant, history)).between(low, high).newest_first().strong();
        let mut reader = Reader::default_at(history);
        loop {
            let (found, more) = self.table().query(&query).await?;
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
    pub async fn messages(
        self,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: usize,
    ) -> Result<Page<Entry>, StoreError> {
        let here = |entry: &Entry| entry.conversation(conversation.history) == Some(conversation);
        self.lines(conversation.history, before, limit, here).await
    }

    async fn lines(
        self,
        history: HistoryId,
        before: Option<MessageId>,
        limit: usize,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Page<Entry>, StoreError> {
        let (low, high) = keys::history_range(before);
        let mut query = Query::partition(&Partition::History(self.tenant, history))
            .between(low, high)
            .newest_first()
            .limit((limit + 1) * ITEMS_PER_LINE);
        let mut reader = Reader::default_at(history);
        let mut entries = Vec::with_capacity(limit + 1);
        let mut bytes = 0;
        loop {
            let (found, more) = self.table().query(&query).await?;
            for item in found {
                bytes += item.bytes();
                let entry = reader.take(item)?;
                entries.extend(entry.filter(|entry| Some(entry.id) != before && entry.is_shown() && wanted(entry)));
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
    history: HistoryId,
    of: Option<MessageId>,
    amendments: Vec<Amendment>,
    body: Option<String>,
}

impl Reader {
    const fn default_at(history: HistoryId) -> Self {
        Self { history, of: None, amendments: Vec::new(), body: None }
    }

    /// Takes the next item; gives a line when its entry has come.
    fn take(&mut self, item: Found) -> Result<Option<Entry>, StoreError> {
        match item.key {
            Key::Inbox(InboxKey::Amendment(_, _, parent, id)) => {
                self.turn_to(parent);
                let child: AmendmentItem = item.read()?;
                if child.failed {
                    return Ok(None);
                }
                let content = content(&child.content, id)?;
                self.amendments.push(Amendment { id, direction: child.direction, content });
                Ok(None)
            }
            Key::Inbox(InboxKey::Body(_, _, id)) => {
                self.turn_to(id);
                self.body = Some(item.read::<BodyItem>()?.content);
                Ok(None)
            }
            Key::Inbox(InboxKey::Entry(_, _, id)) => {
                self.turn_to(id);
                self.entry(id, item).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn turn_to(&mut self, id: MessageId) {
        if self.of != Some(id) {
            *self = Self { of: Some(id), ..Self::default_at(self.history) };
        }
    }

    fn entry(&mut self, id: MessageId, item: Found) -> Result<Entry, StoreError> {
        let amendments = Amendments::fold(std::mem::take(&mut self.amendments));
        let body = self.body.take();
        let kind = item.kind().to_owned();
        let line = match kind.as_str() {
            "in" => Line::Received(Box::new(received(id, item.read()?, body, amendments)?)),
            "out" => {
                let (send, by) = item.read::<OutboundItem>()?.read(self.history, id, body.as_deref())?;
                Line::Sent(Box::new(Sent { send, by, amendments }))
            }
            "echo" => {
                let Received { channel, wamid, content, context, imported, amendments, .. } =
                    received(id, item.read::<EchoItem>()?.0, body, amendments)?;
                Line::Echo(Box::new(Echo { channel, wamid, content, context, imported, amendments }))
            }
            "event" => {
                let event: EventItem = item.read()?;
                Line::Event(
                    serde_json::from_str(&event.event).map_err(|error| StoreError::corrupt(id.to_string(), &error))?,
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
    amendments: Amendments,
) -> Result<Received, StoreError> {
    let content = match item.content.or(body) {
        Some(json) => content(&json, id)?,
        None => Content::Text { body: item.preview.unwrap_or_default() },
    };
    let context = item.context.map(|json| serde_json::from_str(&json)).transpose();
    let context = context.map_err(|error| StoreError::corrupt(id.to_string(), &error))?.unwrap_or_default();
    let ReceivedItem { channel, wamid, arrived, imported, .. } = item;
    Ok(Received { channel, wamid, content, context, arrived, imported, amendments })
}

fn content(json: &str, id: MessageId) -> Result<Content, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(id.to_string(), &error))
}
