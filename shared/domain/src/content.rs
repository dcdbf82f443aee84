//! What a message says, by type. What has no type here is kept with a readable line and its raw JSON.

use crate::personal::Text;
use crate::wamid::Wamid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Types without content of their own here that are not the customer's words to this number: they open no window.
const UNCOUNTED: [&str; 3] = ["call_permission_reply", "group", "request_welcome"];

/// What a message says. The JSON form is the same in the table and in the API: `{"type": …, …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Content {
    /// Plain text.
    Text {
        /// The text, up to 4,096 characters.
        body: Text,
    },
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// A sound, or a voice note.
    Audio(Media),
    /// A file.
    Document(Media),
    /// A sticker.
    Sticker(Media),
    /// A place.
    Location(Location),
    /// Cards of people.
    Contacts {
        /// The cards, in the order sent.
        contacts: Vec<ContactCard>,
    },
    /// A tap on a button, of an interactive message or of a template.
    ButtonReply {
        /// What the business named the button.
        id: Text,
        /// What the button shows.
        title: Text,
    },
    /// A choice from a list.
    ListReply {
        /// What the business named the row.
        id: Text,
        /// What the row shows.
        title: Text,
        /// The row's second line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Text>,
    },
    /// A filled-in flow.
    FlowReply {
        /// The flow's name.
        name: Text,
        /// What the customer saw as their answer.
        body: Text,
        /// The answers: JSON in a string, as WhatsApp gives it.
        response: Text,
    },
    /// An emoji put to another message; none takes it back.
    Reaction {
        /// The message it is put to.
        target: Wamid,
        /// The emoji.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<Text>,
    },
    /// A new wording of an earlier message.
    Edit {
        /// The message that is reworded.
        target: Wamid,
        /// What it says now.
        body: Text,
    },
    /// The withdrawal of an earlier message.
    Revoke {
        /// The message that is withdrawn.
        target: Wamid,
    },
    /// Something that concerns the account rather than the talk: a changed number or identity.
    System {
        /// What WhatsApp says of it.
        body: Text,
    },
    /// Any other type, also one not yet invented: its raw JSON is kept beside it.
    Other {
        /// WhatsApp's word for the type.
        kind: String,
        /// A readable line about it.
        summary: Text,
    },
}

/// A file at WhatsApp, by reference. The id is good for seven days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// WhatsApp's id of the file.
    pub media_id: String,
    /// Its type, such as `image/jpeg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// SHA-256 of the file, base64 as WhatsApp gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The words sent with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Text>,
    /// Whether it was spoken into the phone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
    /// Whether it moves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// A page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
}

/// The card of a person, as far as a list shows it; the whole card is in the raw JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactCard {
    /// The name to show.
    pub name: Text,
    /// Phone numbers as written on the card.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Text>,
    /// E-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Text>,
}

impl Content {
    /// The word for this type, in the API and in lists.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts { .. } => "contacts",
            Self::ButtonReply { .. } => "button_reply",
            Self::ListReply { .. } => "list_reply",
            Self::FlowReply { .. } => "flow_reply",
            Self::Reaction { .. } => "reaction",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::System { .. } => "system",
            Self::Other { kind, .. } => kind,
        }
    }

    /// A line that a person can read, whatever the type: `[Image] at the beach`.
    #[must_use]
    pub fn readable(&self) -> Text {
        let line = match self {
            Self::Text { body } | Self::System { body } | Self::Edit { body, .. } => body.as_str().to_owned(),
            Self::Image(media) => labelled("Image", media.caption.as_ref()),
            Self::Video(media) => labelled("Video", media.caption.as_ref()),
            Self::Audio(media) if media.voice => labelled("Voice message", None),
            Self::Audio(_) => labelled("Audio", None),
            Self::Document(media) => labelled("Document", media.caption.as_ref().or(media.filename.as_ref())),
            Self::Sticker(_) => labelled("Sticker", None),
            Self::Location(place) => labelled("Location", place.name.as_ref().or(place.address.as_ref())),
            Self::Contacts { contacts } => labelled("Contact", contacts.first().map(|card| &card.name)),
            Self::ButtonReply { title, .. } | Self::ListReply { title, .. } => title.as_str().to_owned(),
            Self::FlowReply { body, .. } => labelled("Form", Some(body)),
            Self::Reaction { emoji: Some(emoji), .. } => format!("Reacted {}", emoji.as_str()),
            Self::Reaction { emoji: None, .. } => "Took a reaction back".to_owned(),
            Self::Revoke { .. } => "Deleted a message".to_owned(),
            Self::Other { summary, .. } => summary.as_str().to_owned(),
        };
        Text::new(line)
    }

    /// Whether this is something that the customer said: only that makes a conversation unread, moves a stage
    /// and opens the 24-hour window. Reactions, edits, withdrawals and system notices do none of it.
    #[must_use]
    pub fn counts(&self) -> bool {
        match self {
            Self::Text { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts { .. }
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. } => true,
            Self::Other { kind, .. } => !UNCOUNTED.contains(&kind.as_str()),
            Self::Reaction { .. } | Self::Edit { .. } | Self::Revoke { .. } | Self::System { .. } => false,
        }
    }

    /// Whether this only stands for content that WhatsApp could not show: the real content may come later under the same
    /// id, and takes its place.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        is_placeholder(self.kind())
    }

    /// What this says about an earlier message, where it is shown there and not as a line of its own.
    #[must_use]
    pub const fn remark(&self) -> Option<Remark<'_>> {
        match self {
            Self::Reaction { target, emoji } => Some(Remark::Reaction { target, emoji: emoji.as_ref() }),
            Self::Edit { target, body } => Some(Remark::Edit { target, body }),
            Self::Revoke { target } => Some(Remark::Revoke { target }),
            Self::Text { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts { .. }
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. }
            | Self::System { .. }
            | Self::Other { .. } => None,
        }
    }
}

/// Whether a message of this type is a placeholder: [`Content::is_placeholder`].
#[must_use]
pub fn is_placeholder(kind: &str) -> bool {
    kind == "unsupported"
}

/// Something said about an earlier message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remark<'a> {
    /// An emoji is put to it, or taken back.
    Reaction {
        /// The message.
        target: &'a Wamid,
        /// The emoji; none takes it back.
        emoji: Option<&'a Text>,
    },
    /// It is reworded.
    Edit {
        /// The message.
        target: &'a Wamid,
        /// What it says now.
        body: &'a Text,
    },
    /// It is withdrawn.
    Revoke {
        /// The message.
        target: &'a Wamid,
    },
}

impl<'a> Remark<'a> {
    /// The message that is spoken of.
    #[must_use]
    pub const fn target(&self) -> &'a Wamid {
        match self {
            Self::Reaction { target, .. } | Self::Edit { target, .. } | Self::Revoke { target } => target,
        }
    }
}

fn labelled(label: &str, words: Option<&Text>) -> String {
    match words.map(Text::as_str).filter(|words| !words.is_empty()) {
        Some(words) => format!("[{label}] {words}"),
        None => format!("[{label}]"),
    }
}

/// What a message refers to beside its content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// The message that is answered; it may be one that was never stored here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Wamid>,
    /// Whether it was passed on from another chat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// The advertisement that the customer came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
}

/// The advertisement or post from which a customer opened the chat. WhatsApp tells it once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Referral {
    /// `ad` or `post`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The ad's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The ad's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The ad's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Text>,
    /// Meta's id of the click.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctwa_clid: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_reads_as_a_label_and_its_caption() {
        let media = Media { caption: Some(Text::new("at the beach")), ..Media::default() };
        assert_eq!(Content::Image(media).readable().as_str(), "[Image] at the beach");
        assert_eq!(Content::Document(Media::default()).readable().as_str(), "[Document]");
        let voice = Media { voice: true, ..Media::default() };
        assert_eq!(Content::Audio(voice).readable().as_str(), "[Voice message]");
    }

    #[test]
    fn content_reads_back_from_its_json() {
        let content = Content::ListReply { id: Text::new("slot-3"), title: Text::new("Tue 10:00"), description: None };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(json, r#"{"type":"list_reply","id":"slot-3","title":"Tue 10:00"}"#);
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
    }
}
