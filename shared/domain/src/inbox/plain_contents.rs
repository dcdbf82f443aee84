//! The parts of a message of ours that carry neither a file nor something to tap: a text, cards, a reaction, and the
//! limits of a place.

use crate::characters::is_one_emoji;
use crate::ids::MessageId;
use crate::inbox::cards::ContactCard;
use crate::inbox::content::Location;
use crate::inbox::outbound_messages::MAX_TEXT;
use crate::limits::{Limits, Violation, counted, optional, required};
use crate::personal::Text;
use crate::wamid::Wamid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How many cards one message holds (Cloud API, contacts messages).
const MOST_CARDS: usize = 257;

/// The longest name or address of a place, and name on a card. WhatsApp gives no limit; a longer one is no name.
const MAX_NAME: usize = 1000;

/// How old a message may be that a reaction is put to (Cloud API, reaction messages).
pub const REACTS_WITHIN: Duration = Duration::from_secs(30 * 24 * 3600);

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboundText {
    /// The text, up to 4,096 characters.
    pub body: Text,
    /// Whether WhatsApp shows a preview of the first link.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview_url: bool,
}

/// Cards of people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutboundContacts {
    /// The cards, in this order.
    pub contacts: Vec<ContactCard>,
}

/// An emoji put to another message; none takes back the one that stands there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboundReaction {
    /// WhatsApp's id of the message it is put to.
    pub target: Wamid,
    /// Our id of that message.
    pub message_id: MessageId,
    /// The emoji.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Text>,
}

impl Limits for OutboundText {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_TEXT)
    }
}

impl Limits for Location {
    fn check(&self) -> Result<(), Violation> {
        for (field, degrees, most) in [("latitude", self.latitude, 90.0), ("longitude", self.longitude, 180.0)] {
            if !(-most..=most).contains(&degrees) {
                return Err(Violation::new(field, format!("expected degrees from -{most} to {most}")));
            }
        }
        optional("name", self.name.as_ref(), MAX_NAME)?;
        optional("address", self.address.as_ref(), MAX_NAME)?;
        if self.url.is_some() {
            return Err(Violation::new("url", "cannot be sent: WhatsApp takes a name and an address"));
        }
        Ok(())
    }
}

impl Limits for OutboundContacts {
    fn check(&self) -> Result<(), Violation> {
        counted("", self.contacts.len(), "cards", 1..=MOST_CARDS)?;
        for (at, card) in self.contacts.iter().enumerate() {
            required(&format!("[{at}].name"), &card.name, MAX_NAME)?;
        }
        Ok(())
    }
}

impl Limits for OutboundReaction {
    fn check(&self) -> Result<(), Violation> {
        match &self.emoji {
            Some(emoji) if !is_one_emoji(emoji.as_str()) => {
                Err(Violation::new("emoji", "expected one emoji, or null to take back the one that stands there"))
            }
            Some(_) | None => Ok(()),
        }
    }
}
