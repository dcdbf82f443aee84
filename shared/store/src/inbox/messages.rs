//! What the customer wrote, the events of a lead, and what is said about a message afterwards.
//!
//! The key of a message follows from the event alone: writing it only where nothing stands is the
//! deduplication, for ever.

use crate::inbox::media;
use crate::table::client::{Change, Put};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{Item, item};
use crate::table::keys::{self, InboxKey, Key};
use crate::table::query::{Index, Query};
use crate::{StoreError, TenantStore};
use domain::inbox::content::Context;
use domain::inbox::history::{Amendment, Event};
use domain::inbox::media::Media;
use domain::{
    ChannelId, Content, ConversationId, Direction, HistoryId, MediaId, MessageId, TenantId, Text, Timestamp, Wamid,
};
use serde::{Deserialize, Serialize};

/// Content up to this many bytes of JSON stands in the entry itself, which is written to again and should cost
/// one write unit (1 KB) each time; longer content stands beside it.
const INLINE: usize = 700;

/// How much of a long content is repeated in the entry.
const PREVIEW: usize = 160;

/// A message that came from WhatsApp, as it is written down: of the customer, or of the business's own app.
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

item! {
    pub(crate) struct ReceivedItem: "in" {
        pub(crate) channel: ChannelId = "ch" as CHANNEL,
        pub(crate) wamid: Wamid = "w",
        /// The content as JSON; absent where it is too long and stands beside.
        pub(crate) content?: String = "c",
        /// The beginning of a long content.
        pub(crate) preview?: Text = "p",
        /// What it refers to, as JSON.
        pub(crate) context?: String = "x",
        pub(crate) arrived: Timestamp = "ar" as ARRIVED,
        /// Whether it counts: makes unread, moves a stage, opens the window.
        opens_window: bool = "ct" as OPENS_WINDOW,
        /// Whether it is a placeholder, which content under the same id replaces.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_placeholder: bool = "pl" as IS_PLACEHOLDER,
        /// Whether a phone brought it from the time before it was linked: it counts in no figure.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub(crate) imported: bool = "im" as IMPORTED,
    }
}

/// A message that the business wrote with WhatsApp's own app.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct EchoItem(pub(crate) ReceivedItem);

impl Item for EchoItem {
    const TYPE: &'static str = "echo";
}

item! {
    pub(crate) struct BodyItem: "body" {
        pub(crate) content: String = "c" as CONTENT,
    }
}

item! {
    pub(crate) struct AmendmentItem: "child" {
        pub(crate) direction: Direction = "di",
        pub(crate) content: String = "c",
        /// Whether WhatsApp did not take it: it is not shown.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub(crate) failed: bool = "fl" as FAILED,
        /// WhatsApp's ID of a customer's amendment: its receipt goes with it.
        pub(crate) wamid?: Wamid = "w",
    }
}

/// What was said about the message `parent`, as one of several changes.
pub(crate) fn child(
    tenant: TenantId,
    history: HistoryId,
    parent: MessageId,
    child: &Amendment,
) -> Result<Change, StoreError> {
    Change::create(InboxKey::Amendment(tenant, history, parent, child.id), &AmendmentItem::from_amendment(child, None)?)
}

/// The update by which what was said about `parent` is not shown: WhatsApp did not take it.
pub(crate) fn child_failed(tenant: TenantId, history: HistoryId, parent: MessageId, id: MessageId) -> Update {
    Update::at(InboxKey::Amendment(tenant, history, parent, id))
        .set(AmendmentItem::FAILED, &true)
        .when(Condition::exists())
}

impl AmendmentItem {
    fn from_amendment(child: &Amendment, wamid: Option<&Wamid>) -> Result<Self, StoreError> {
        Ok(Self { direction: child.direction, content: json(&child.content)?, failed: false, wamid: wamid.cloned() })
    }
}

item! {
    pub(crate) struct EventItem: "event" {
        pub(crate) event: String = "e" as EVENT,
    }
}

/// Content as an entry holds it: in itself, or beside it with its beginning repeated.
pub(crate) struct Split {
    pub(crate) inline: Option<String>,
    pub(crate) preview: Option<Text>,
    pub(crate) body: Option<String>,
}

impl Split {
    /// `readable` is the line that stands for the content.
    pub(crate) fn from_content(content: &impl Serialize, readable: impl FnOnce() -> Text) -> Result<Self, StoreError> {
        let json = json(content)?;
        if json.len() <= INLINE {
            return Ok(Self { inline: Some(json), preview: None, body: None });
        }
        let preview = Text::new(readable().excerpt(PREVIEW));
        Ok(Self { inline: None, preview: Some(preview), body: Some(json) })
    }
}

pub(crate) fn body_item(json: String) -> BodyItem {
    BodyItem { content: json }
}

impl ReceivedMessage {
    fn items(&self) -> Result<(ReceivedItem, Option<String>), StoreError> {
        let split = Split::from_content(&self.content, || self.content.readable())?;
        let context = (self.context != Context::default()).then(|| json(&self.context)).transpose()?;
        let item = ReceivedItem {
            channel: self.channel,
            wamid: self.wamid.clone(),
            content: split.inline,
            preview: split.preview,
            context,
            arrived: self.arrived,
            opens_window: self.content.opens_window(),
            is_placeholder: self.content.is_placeholder(),
            imported: false,
        };
        Ok((item, split.body))
    }

    /// The file that came with it.
    fn media(&self, tenant: TenantId, history: HistoryId) -> Option<Media> {
        Media::received(tenant, ConversationId { history, channel: self.channel }, self.id, &self.content)
    }

    pub(crate) fn changes(&self, tenant: TenantId, history: HistoryId) -> Result<Vec<Change>, StoreError> {
        let (item, body) = self.items()?;
        let mut changes = vec![Change::create(InboxKey::Entry(tenant, history, self.id), &item)?];
        if let Some(media) = self.media(tenant, history) {
            changes.push(media::received(&media, self.arrived)?);
        }
        if let Some(body) = body {
            changes.push(Change::create(InboxKey::Body(tenant, history, self.id), &body_item(body))?);
        }
        Ok(changes)
    }
}

/// An event of the lead as one of several changes.
pub(crate) fn event(tenant: TenantId, history: HistoryId, id: MessageId, event: &Event) -> Result<Change, StoreError> {
    let item = EventItem { event: json(event)? };
    Change::create(InboxKey::Entry(tenant, history, id), &item)
}

impl TenantStore<'_> {
    /// Writes a message of the customer, unless it is written already; content takes the place of its placeholder. Gives
    /// the time at which it was first written down: now, or what the table says.
    pub async fn put_received(self, history: HistoryId, message: &ReceivedMessage) -> Result<Timestamp, StoreError> {
        let (item, body) = message.items()?;
        // Before the message: whatever is shown with a file has one.
        if let Some(media) = message.media(self.tenant, history) {
            self.store.note_media(&media, message.arrived).await?;
        }
        if let Some(body) = body {
            self.table().put(InboxKey::Body(self.tenant, history, message.id), &body_item(body)).await?;
        }
        let key = InboxKey::Entry(self.tenant, history, message.id);
        let over = (!item.is_placeholder).then(|| Condition::is(ReceivedItem::IS_PLACEHOLDER, &true));
        match self.table().create_over::<ReceivedItem>(&key, &item, over).await? {
            Put::New => Ok(message.arrived),
            Put::Exists(first) => Ok(first.arrived),
        }
    }

    /// Writes a message that the business wrote with WhatsApp's own app, unless it is written already.
    pub async fn put_echo(self, history: HistoryId, echo: &ReceivedMessage) -> Result<(), StoreError> {
        let (item, body) = echo.items()?;
        if let Some(media) = echo.media(self.tenant, history) {
            self.store.note_media(&media, echo.arrived).await?;
        }
        if let Some(body) = body {
            self.table().put(InboxKey::Body(self.tenant, history, echo.id), &body_item(body)).await?;
        }
        let item = EchoItem(ReceivedItem { opens_window: false, is_placeholder: false, ..item });
        let key = InboxKey::Entry(self.tenant, history, echo.id);
        match self.table().create::<EchoItem>(&key, &item).await? {
            Put::New | Put::Exists(_) => Ok(()),
        }
    }

    /// Writes a message of a phone's past, of the customer or of the business, unless it is written already; a file takes the
    /// place of its placeholder, but not of one that came as a new message. It makes nothing unread, opens no window and
    /// counts in no figure.
    pub async fn put_past(
        self,
        history: HistoryId,
        direction: Direction,
        message: &ReceivedMessage,
    ) -> Result<(), StoreError> {
        let (item, body) = message.items()?;
        if let Some(media) = message.media(self.tenant, history) {
            let media = Media { named: Some(message.arrived), ..media };
            self.store.note_media(&media, message.arrived).await?;
        }
        if let Some(body) = body {
            self.table().put(InboxKey::Body(self.tenant, history, message.id), &body_item(body)).await?;
        }
        let item = ReceivedItem { opens_window: false, imported: true, ..item };
        let key = InboxKey::Entry(self.tenant, history, message.id);
        let marks = [ReceivedItem::IS_PLACEHOLDER, ReceivedItem::IMPORTED];
        let over = (!item.is_placeholder).then(|| marks.map(|mark| Condition::is(mark, &true))).into_iter().flatten();
        match direction {
            Direction::In => match self.table().create_over::<ReceivedItem>(&key, &item, over).await? {
                Put::New | Put::Exists(_) => Ok(()),
            },
            Direction::Out => match self.table().create_over::<EchoItem>(&key, &EchoItem(item), over).await? {
                Put::New | Put::Exists(_) => Ok(()),
            },
        }
    }

    /// Takes a message away that was written under a history which turned out not to exist.
    pub async fn remove_received(self, history: HistoryId, id: MessageId) -> Result<(), StoreError> {
        self.forget_media(MediaId::inbound(history, id)).await?;
        self.table().delete(InboxKey::Body(self.tenant, history, id)).await?;
        self.table().delete(InboxKey::Entry(self.tenant, history, id)).await
    }

    /// Writes down what was said about the message `parent`, by the message that WhatsApp calls `wamid`. May be repeated.
    pub async fn put_child(
        self,
        history: HistoryId,
        parent: MessageId,
        child: &Amendment,
        wamid: &Wamid,
    ) -> Result<(), StoreError> {
        let item = AmendmentItem::from_amendment(child, Some(wamid))?;
        self.table().put(InboxKey::Amendment(self.tenant, history, parent, child.id), &item).await
    }

    /// The message of ours that WhatsApp calls `wamid`.
    pub async fn find_sent(self, wamid: &Wamid) -> Result<Option<(HistoryId, MessageId)>, StoreError> {
        let query = Query::index(Index::Finds, keys::find_wamid(self.tenant, wamid)).limit(2);
        let (found, _) = self.table().query(&query).await?;
        Ok(found.into_iter().find_map(|item| match item.key {
            Key::Inbox(InboxKey::Entry(_, history, id)) => Some((history, id)),
            _ => None,
        }))
    }
}
