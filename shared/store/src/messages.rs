//! What the customer wrote, the events of a lead, and what is said about a message afterwards.
//!
//! The key of a message follows from the event alone: writing it only where nothing stands is the
//! deduplication, for ever.

use crate::expression::Condition;
use crate::keys::{self, Key};
use crate::query::{Index, Query};
use crate::table::{Change, Created};
use crate::{Store, StoreError};
use domain::Direction;
use domain::content::Context;
use domain::history::{Child, Event};
use domain::{ChannelId, Content, HomeId, MessageId, TenantId, Text, Timestamp, Wamid};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};

/// Content up to this many bytes of JSON stands in the entry itself, which is written to again and should cost
/// one write unit (1 KB) each time; longer content stands beside it.
const INLINE: usize = 700;

/// How much of a long content is repeated in the entry.
const PREVIEW: usize = 160;

/// A message of the customer, as it is written down.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedMessage {
    /// Its id, which follows from the event.
    pub id: MessageId,
    /// On which channel it came.
    pub channel: ChannelId,
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// When it was first written down.
    pub arrived: Timestamp,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ReceivedItem {
    pub(crate) ty: String,
    v: u8,
    pub(crate) ch: ChannelId,
    pub(crate) w: Wamid,
    /// The content as JSON; absent where it is too long and stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) c: Option<String>,
    /// The beginning of a long content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) p: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) x: Option<String>,
    pub(crate) ar: Timestamp,
    /// Whether it counts: makes unread, moves a stage, opens the window.
    ct: bool,
    /// Whether it is a placeholder, which content under the same id replaces.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pl: bool,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct BodyItem {
    ty: String,
    v: u8,
    pub(crate) c: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ChildItem {
    pub(crate) ty: String,
    v: u8,
    pub(crate) di: Direction,
    pub(crate) c: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct EventItem {
    pub(crate) ty: String,
    v: u8,
    pub(crate) e: String,
}

/// Content as an entry holds it: in itself, or beside it with its beginning repeated.
pub(crate) struct Split {
    pub(crate) inline: Option<String>,
    pub(crate) preview: Option<Text>,
    pub(crate) body: Option<String>,
}

impl Split {
    pub(crate) fn of(content: &Content) -> Result<Self, StoreError> {
        let json = json(content)?;
        if json.len() <= INLINE {
            return Ok(Self { inline: Some(json), preview: None, body: None });
        }
        let preview = Text::new(content.readable().excerpt(PREVIEW));
        Ok(Self { inline: None, preview: Some(preview), body: Some(json) })
    }
}

pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Rejected(error.to_string()))
}

pub(crate) fn body_item(json: String) -> impl Serialize {
    BodyItem { ty: "body".into(), v: 1, c: json }
}

impl ReceivedMessage {
    fn items(&self) -> Result<(ReceivedItem, Option<String>), StoreError> {
        let split = Split::of(&self.content)?;
        let context = (self.context != Context::default()).then(|| json(&self.context)).transpose()?;
        let item = ReceivedItem {
            ty: "in".into(),
            v: 1,
            ch: self.channel,
            w: self.wamid.clone(),
            c: split.inline,
            p: split.preview,
            x: context,
            ar: self.arrived,
            ct: self.content.counts(),
            pl: self.content.is_placeholder(),
        };
        Ok((item, split.body))
    }

    pub(crate) fn changes(&self, tenant: TenantId, home: HomeId) -> Result<Vec<Change>, StoreError> {
        let (item, body) = self.items()?;
        let mut changes = vec![Change::create(&Key::Entry(tenant, home, self.id), &item)?];
        if let Some(body) = body {
            changes.push(Change::create(&Key::Body(tenant, home, self.id), &body_item(body))?);
        }
        Ok(changes)
    }
}

/// An event of the lead as one of several changes.
pub(crate) fn event(tenant: TenantId, home: HomeId, id: MessageId, event: &Event) -> Result<Change, StoreError> {
    let item = EventItem { ty: "event".into(), v: 1, e: json(event)? };
    Change::create(&Key::Entry(tenant, home, id), &item)
}

impl Store {
    /// Writes a message of the customer, unless it is written already; content takes the place of its placeholder. Gives
    /// the time at which it was first written down: now, or what the table says.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_received(
        &self,
        tenant: TenantId,
        home: HomeId,
        message: &ReceivedMessage,
    ) -> Result<Timestamp, StoreError> {
        let (item, body) = message.items()?;
        if let Some(body) = body {
            self.table.put(&Key::Body(tenant, home, message.id), &body_item(body)).await?;
        }
        let key = Key::Entry(tenant, home, message.id);
        let over = (!item.pl).then(|| Condition::is("pl", &true));
        match self.table.create_over::<ReceivedItem>(&key, &item, over).await? {
            Created::New => Ok(message.arrived),
            Created::There(first) => Ok(first.ar),
        }
    }

    /// Takes a message away that was written under a home which turned out not to exist.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_received(&self, tenant: TenantId, home: HomeId, id: MessageId) -> Result<(), StoreError> {
        self.table.delete(&Key::Body(tenant, home, id)).await?;
        self.table.delete(&Key::Entry(tenant, home, id)).await
    }

    /// Writes down what was said about the message `parent`. May be repeated.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_child(
        &self,
        tenant: TenantId,
        home: HomeId,
        parent: MessageId,
        child: &Child,
    ) -> Result<(), StoreError> {
        let item = ChildItem { ty: "child".into(), v: 1, di: child.direction, c: json(&child.content)? };
        self.table.put(&Key::Child(tenant, home, parent, child.id), &item).await
    }

    /// The message of ours that WhatsApp calls `wamid`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn find_sent(&self, tenant: TenantId, wamid: &Wamid) -> Result<Option<(HomeId, MessageId)>, StoreError> {
        let query = Query::index(Index::Finds, keys::find_wamid(tenant, wamid)).limit(2);
        let (found, _) = self.table.query(&query).await?;
        Ok(found.into_iter().find_map(|item| match item.key {
            Key::Entry(_, home, id) => Some((home, id)),
            _ => None,
        }))
    }
}

pub(crate) fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_err(|error| StoreError::Rejected(error.to_string()))
}

pub(crate) fn decompress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut plain = Vec::with_capacity(bytes.len() * 3);
    let read = DeflateDecoder::new(bytes).read_to_end(&mut plain);
    read.map_err(|error| StoreError::corrupt("compressed bytes", &error))?;
    Ok(plain)
}
