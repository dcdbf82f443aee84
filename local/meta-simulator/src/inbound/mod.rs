//! What customers do: every kind of message that reaches a business, as a real webhook.

mod calls;
mod content;
pub(crate) mod media;

pub use calls::{CallEnd, Called, CustomerCall};

use crate::error::Error;
use crate::numbers::BusinessNumber;
use crate::people::Person;
use crate::simulator::Simulator;
use crate::storage::{ReceivedRow, Update, people, received};
use crate::wamid::Serial;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How long a customer can edit, and how long delete for everyone.
const EDIT: Duration = Duration::from_secs(15 * 60);
const REVOKE: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// What a customer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Writes.
    Text,
    /// Sends a photo.
    Image,
    /// Sends a video.
    Video,
    /// Sends a sound file.
    Audio,
    /// Records a voice note.
    Voice,
    /// Sends a document.
    Document,
    /// Sends a sticker.
    Sticker,
    /// Sends a place.
    Location,
    /// Sends contact cards.
    Contacts,
    /// Reacts to a message with an emoji, or takes that back.
    Reaction,
    /// Taps a reply button.
    ButtonReply,
    /// Picks a row of a list.
    ListReply,
    /// Completes a flow.
    NfmReply,
    /// Lets the business call, or not.
    CallPermissionReply,
    /// Taps a quick-reply button of a template.
    Button,
    /// Orders from the catalogue.
    Order,
    /// Edits an own message.
    Edit,
    /// Deletes an own message for everyone.
    Revoke,
    /// Changes the phone number.
    NumberChange,
    /// Sends what the API does not hand on.
    Unsupported,
    /// Sends a type that nobody has heard of yet.
    Unknown,
}

impl Kind {
    /// Whether the message opens the 24-hour window.
    fn opens_window(self) -> bool {
        match self {
            Self::Reaction | Self::Edit | Self::Revoke | Self::NumberChange | Self::CallPermissionReply => false,
            Self::Text
            | Self::Image
            | Self::Video
            | Self::Audio
            | Self::Voice
            | Self::Document
            | Self::Sticker
            | Self::Location
            | Self::Contacts
            | Self::ButtonReply
            | Self::ListReply
            | Self::NfmReply
            | Self::Button
            | Self::Order
            | Self::Unsupported
            | Self::Unknown => true,
        }
    }
}

/// A message to be sent by a customer. What is not given is made up.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerMessage {
    /// Who: number, phone, BSUID or username of a person.
    pub from: String,
    /// To which number of the business: its id or its digits. The first number, if not given.
    #[serde(default)]
    pub to: Option<String>,
    /// What they do.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The text, caption, title or new text, depending on the type.
    #[serde(default)]
    pub text: Option<String>,
    /// The message that is reacted to, edited, revoked, or whose button is tapped.
    #[serde(default)]
    pub message_id: Option<String>,
    /// The emoji of a reaction; empty takes it back.
    #[serde(default)]
    pub emoji: Option<String>,
    /// The message that is replied to.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// Laid over the object that the type names, for every field that the short forms do not reach.
    #[serde(default)]
    pub content: Map<String, Value>,
    /// Laid over the whole message: `referral`, `context` and the like.
    #[serde(default)]
    pub extra: Map<String, Value>,
    /// When, in seconds since 1970; now, if not given.
    #[serde(default)]
    pub timestamp: Option<i64>,
}

impl CustomerMessage {
    /// A message of this kind, with nothing given.
    #[must_use]
    pub fn new(from: impl Into<String>, kind: Kind) -> Self {
        Self {
            from: from.into(),
            to: None,
            kind,
            text: None,
            message_id: None,
            emoji: None,
            reply_to: None,
            content: Map::new(),
            extra: Map::new(),
            timestamp: None,
        }
    }

    /// A text.
    #[must_use]
    pub fn text(from: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::new(from, Kind::Text) }
    }
}

/// What came of a customer's message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// The message's id.
    pub wamid: String,
    /// Who sent it.
    pub person: Person,
    /// The update in the outbox.
    pub update: i64,
}

impl Simulator {
    /// Makes a customer do something; the webhook follows.
    ///
    /// # Errors
    /// If there is no such person or message, or the database fails.
    pub fn receive(&self, wish: &CustomerMessage) -> Result<Received, Error> {
        let person = self.person(&wish.from)?;
        let number = match &wish.to {
            Some(key) => self.known_number(key)?,
            None => self.first_number(),
        };
        let now = self.now();
        let at = wish.timestamp.map_or(now, Timestamp::from_seconds);
        self.check_target(wish, &person, at)?;
        let answered = self.storage().last_send_to(person.id)?;
        let received = self.storage().write(|connection| {
            let serial = self.serial(connection, now)?;
            let scene = content::Scene { simulator: self, wish, person: &person, serial: &serial, answered };
            let played = scene.play();
            let wamid = serial.wamid(person.visible_key());
            let message = with_head(played.message, wish, &wamid, at);
            if wish.kind.opens_window() {
                people::wrote(connection, person.id, at)?;
            }
            if let Some((wa_id, user_id)) = &played.renumbered {
                people::renumber(connection, person.id, wa_id, user_id)?;
            }
            let row = ReceivedRow::new(&wamid, at, person.id, &number.phone_number_id, &message);
            received::add(connection, &row)?;
            let update = update(number, &person, message, now, &wamid);
            let update = self.enqueue(connection, update)?;
            Ok(Received { wamid, person: person.clone(), update })
        })?;
        self.wake();
        Ok(received)
    }

    /// One can edit for 15 minutes, delete for two days, and only one's own messages.
    fn check_target(&self, wish: &CustomerMessage, person: &Person, at: Timestamp) -> Result<(), Error> {
        let within = match wish.kind {
            Kind::Edit => EDIT,
            Kind::Revoke => REVOKE,
            Kind::Reaction if wish.message_id.is_none() => {
                return Err(Error::Invalid("a reaction requires a messageId".to_owned()));
            }
            _ => return Ok(()),
        };
        let wamid = wish.message_id.as_deref().unwrap_or_default();
        let target = self.storage().received(wamid)?.filter(|target| target.person == person.id);
        match target {
            None => Err(Error::NoSuchMessage(wamid.to_owned())),
            Some(target) if at.since(target.at) > within => {
                Err(Error::Invalid("the message is too old to be changed".to_owned()))
            }
            Some(_) => Ok(()),
        }
    }
}

fn update(number: &BusinessNumber, person: &Person, message: Value, due: Timestamp, wamid: &str) -> Update {
    let is_system = message["type"] == "system";
    let mut value = Simulator::value(number, "messages", message);
    if !is_system {
        value["contacts"] = json!([contact(person)]);
    }
    let field = "messages".to_owned();
    let kind = "message".to_owned();
    Update { id: 0, due, field, value, wamid: Some(wamid.to_owned()), kind }
}

impl ReceivedRow {
    pub(crate) fn new(wamid: &str, at: Timestamp, person: i64, number: &str, message: &Value) -> Self {
        Self {
            wamid: wamid.to_owned(),
            at,
            person,
            number: number.to_owned(),
            kind: message["type"].as_str().unwrap_or_default().to_owned(),
            message: message.clone(),
            read_at: None,
            typing_until: None,
            delivered_at: None,
        }
    }
}

/// Adds what every message has, and what the wish lays over it.
fn with_head(mut message: Value, wish: &CustomerMessage, wamid: &str, at: Timestamp) -> Value {
    message["id"] = json!(wamid);
    message["timestamp"] = json!(at.seconds().to_string());
    for (key, value) in &wish.extra {
        message[key] = value.clone();
    }
    message
}

/// The sender, as `contacts` names them.
fn contact(person: &Person) -> Value {
    let mut contact = json!({"profile": {"name": person.name}, "user_id": person.user_id});
    if let Some(username) = &person.username {
        contact["profile"]["username"] = json!(username);
    }
    if !person.hides_phone {
        contact["wa_id"] = json!(person.wa_id);
    }
    contact
}

/// Digits for a made-up id.
fn made_up(serial: &Serial<'_>, purpose: &str) -> String {
    serial.digits(purpose, 13)
}
