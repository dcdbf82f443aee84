//! What a message says, by type. What has no type here is kept with a readable line and its raw JSON.

use crate::characters::is_visible;
use crate::inbox::cards::ContactCard;
use crate::inbox::orders::Order;
use crate::personal::Text;
use crate::wamid::Wamid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Types without content of their own here that are not the customer's words to this number: they open no window.
const UNCOUNTED: [&str; 3] = ["call_permission_reply", "group", "request_welcome"];

/// The content of a message, by `type`. The JSON form is the same in the table and in the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Content {
    /// Plain text.
    Text {
        /// The text, up to 4,096 characters.
        body: Text,
    },
    /// An image.
    Image(Media),
    /// A video.
    Video(Media),
    /// An audio file or a voice message.
    Audio(Media),
    /// A document.
    Document(Media),
    /// A sticker.
    Sticker(Media),
    /// A location.
    Location(Location),
    /// Contact cards.
    Contacts {
        /// The cards, in the order sent.
        contacts: Vec<ContactCard>,
    },
    /// Products from the business's catalogue.
    Order(Order),
    /// A tap on a button of an interactive message or a template.
    ButtonReply {
        /// The button's ID, as set by the business.
        id: Text,
        /// The button's label.
        title: Text,
    },
    /// A choice from a list.
    ListReply {
        /// The row's ID, as set by the business.
        id: Text,
        /// The row's label.
        title: Text,
        /// The row's description.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Text>,
    },
    /// A submitted flow.
    FlowReply {
        /// The flow's name.
        name: Text,
        /// The summary that the customer saw.
        body: Text,
        /// The answers, as a JSON string from WhatsApp.
        response: Text,
    },
    /// A reaction to another message. Without an emoji, the reaction is removed.
    Reaction {
        /// WhatsApp's ID of the message reacted to.
        target: Wamid,
        /// The emoji.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<Text>,
    },
    /// An edit of an earlier message.
    Edit {
        /// WhatsApp's ID of the edited message.
        target: Wamid,
        /// The new text; for a file, the caption. Empty if the caption was removed.
        body: Text,
    },
    /// The deletion of an earlier message.
    Revoke {
        /// WhatsApp's ID of the deleted message.
        target: Wamid,
    },
    /// A call of the customer.
    Call {
        /// Whether the business did not answer it.
        missed: bool,
        /// How long it lasted, in seconds. Null if it was missed, or if WhatsApp did not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<u32>,
    },
    /// A system message, such as a changed phone number.
    System {
        /// WhatsApp's text.
        body: Text,
    },
    /// Any other type. Its raw JSON is kept as well.
    Other {
        /// WhatsApp's name of the type.
        kind: String,
        /// A readable summary.
        summary: Text,
    },
}

/// A reference to a file at WhatsApp. The ID works for seven days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// WhatsApp's ID of the file.
    pub media_id: String,
    /// The media type, such as `image/jpeg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// The SHA-256 digest of the file, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The caption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Text>,
    /// Whether it is a voice message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
    /// Whether it is animated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
}

/// A location.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Location {
    /// The latitude, in degrees.
    pub latitude: f64,
    /// The longitude, in degrees.
    pub longitude: f64,
    /// The name of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The address of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// A web page about the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
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
            Self::Order(_) => "order",
            Self::ButtonReply { .. } => "button_reply",
            Self::ListReply { .. } => "list_reply",
            Self::FlowReply { .. } => "flow_reply",
            Self::Reaction { .. } => "reaction",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Call { .. } => "call",
            Self::System { .. } => "system",
            Self::Other { kind, .. } => kind,
        }
    }

    /// A line that a person can read, whatever the type: `[Image] at the beach`. It is never blank: where there are no
    /// words, or none that can be seen, the label of the type stands alone.
    #[must_use]
    pub fn readable(&self) -> Text {
        Text::new(match self {
            Self::Text { body } => bare("Text", [Some(body)]),
            Self::Image(media) => labelled("Image", [media.caption.as_ref()]),
            Self::Video(media) => labelled("Video", [media.caption.as_ref()]),
            Self::Audio(media) if media.voice => labelled("Voice message", [media.caption.as_ref()]),
            Self::Audio(media) => labelled("Audio", [media.caption.as_ref()]),
            Self::Document(media) => labelled("Document", [media.caption.as_ref(), media.filename.as_ref()]),
            Self::Sticker(media) => labelled("Sticker", [media.caption.as_ref()]),
            Self::Location(place) => {
                labelled("Location", [place.name.as_ref(), place.address.as_ref(), place.url.as_ref()])
            }
            Self::Contacts { contacts } => labelled("Contact", contacts.iter().map(ContactCard::shown)),
            Self::Order(order) => order.readable(),
            Self::ButtonReply { id, title } => bare("Button", [Some(title), Some(id)]),
            Self::ListReply { id, title, description } => bare("List", [Some(title), description.as_ref(), Some(id)]),
            Self::FlowReply { body, .. } => labelled("Form", [Some(body)]),
            Self::Reaction { emoji, .. } => match emoji.as_ref().and_then(Text::visible) {
                Some(emoji) => format!("Reacted {}", emoji.as_str()),
                None => "Removed a reaction".to_owned(),
            },
            Self::Edit { body, .. } => bare("Edit", [Some(body)]),
            Self::Revoke { .. } => "Deleted a message".to_owned(),
            Self::Call { missed: true, .. } => "Missed voice call".to_owned(),
            Self::Call { missed: false, .. } => "Voice call".to_owned(),
            Self::System { body } => bare("System", [Some(body)]),
            Self::Other { kind, summary } => bare(if is_visible(kind) { kind } else { "Message" }, [Some(summary)]),
        })
    }

    /// The readable line once the words of this are `words`: a file keeps its label, whatever becomes of its caption.
    #[must_use]
    pub fn readable_with(&self, words: &Text) -> Text {
        let captioned = |media: &Media| Media { caption: Some(words.clone()), ..media.clone() };
        match self {
            Self::Text { .. } => Self::Text { body: words.clone() }.readable(),
            Self::Image(media) => Self::Image(captioned(media)).readable(),
            Self::Video(media) => Self::Video(captioned(media)).readable(),
            Self::Audio(media) => Self::Audio(captioned(media)).readable(),
            Self::Document(media) => Self::Document(captioned(media)).readable(),
            Self::Sticker(media) => Self::Sticker(captioned(media)).readable(),
            Self::Location(_)
            | Self::Contacts { .. }
            | Self::Order(_)
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. }
            | Self::Reaction { .. }
            | Self::Edit { .. }
            | Self::Revoke { .. }
            | Self::Call { .. }
            | Self::System { .. }
            | Self::Other { .. } => words.visible().cloned().unwrap_or_else(|| self.readable()),
        }
    }

    /// Whether this is something that the customer said: only that makes a conversation unread, moves a stage
    /// and opens the 24-hour window. Reactions, edits, withdrawals and system notices do none of it; that a call opens the
    /// window is written down apart.
    #[must_use]
    pub fn opens_window(&self) -> bool {
        match self {
            Self::Text { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts { .. }
            | Self::Order(_)
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. } => true,
            Self::Other { kind, .. } => !UNCOUNTED.contains(&kind.as_str()),
            Self::Reaction { .. }
            | Self::Edit { .. }
            | Self::Revoke { .. }
            | Self::Call { .. }
            | Self::System { .. } => false,
        }
    }

    /// Whether this only stands for content that WhatsApp could not show, or brings later: the real content may come under
    /// the same id, and takes its place.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        is_placeholder(self.kind())
    }

    /// What this says about an earlier message, where it is shown there and not as a line of its own.
    #[must_use]
    pub const fn amendment(&self) -> Option<AmendmentRef<'_>> {
        match self {
            Self::Reaction { target, emoji } => Some(AmendmentRef::Reaction { target, emoji: emoji.as_ref() }),
            Self::Edit { target, body } => Some(AmendmentRef::Edit { target, body }),
            Self::Revoke { target } => Some(AmendmentRef::Revoke { target }),
            Self::Text { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts { .. }
            | Self::Order(_)
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. }
            | Self::Call { .. }
            | Self::System { .. }
            | Self::Other { .. } => None,
        }
    }
}

/// Whether a message of this type is a placeholder: [`Content::is_placeholder`].
#[must_use]
pub fn is_placeholder(kind: &str) -> bool {
    ["media_placeholder", "unsupported"].contains(&kind)
}

/// Something said about an earlier message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AmendmentRef<'a> {
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

impl<'a> AmendmentRef<'a> {
    /// The message that is spoken of.
    #[must_use]
    pub const fn target(&self) -> &'a Wamid {
        match self {
            Self::Reaction { target, .. } | Self::Edit { target, .. } | Self::Revoke { target } => target,
        }
    }
}

/// The first of `words` that can be seen, behind the label.
fn labelled<'a>(label: &str, words: impl IntoIterator<Item = Option<&'a Text>>) -> String {
    match first_visible(words) {
        Some(words) => format!("[{label}] {words}"),
        None => format!("[{label}]"),
    }
}

/// The first of `words` that can be seen; else the label.
fn bare<'a>(label: &str, words: impl IntoIterator<Item = Option<&'a Text>>) -> String {
    first_visible(words).map_or_else(|| format!("[{label}]"), str::to_owned)
}

fn first_visible<'a>(words: impl IntoIterator<Item = Option<&'a Text>>) -> Option<&'a str> {
    words.into_iter().flatten().find_map(Text::visible).map(Text::as_str)
}

/// What a message refers to, besides its content.
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
    /// The product that the customer asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred_product: Option<ReferredProduct>,
}

/// The product in the catalogue that a customer wrote from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReferredProduct {
    /// Meta's ID of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_id: Option<String>,
    /// The business's own ID of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_retailer_id: Option<String>,
}

/// The ad or post that a customer opened the chat from. WhatsApp reports it once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Referral {
    /// `ad` or `post`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The ad's ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The ad's URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The ad's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Text>,
    /// The ad's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// What the ad shows: `image` or `video`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The URL of the ad's image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// The URL of the ad's video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_url: Option<String>,
    /// The URL of the ad's video thumbnail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail_url: Option<String>,
    /// The greeting that the ad shows in the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welcome_message: Option<Text>,
    /// Meta's ID of the click. Ads in WhatsApp Status have none.
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
    fn no_type_has_a_blank_line() {
        let target = Wamid::parse("wamid.A").unwrap();
        for blank in ["", " \n", "\u{200b}\u{2060}"] {
            let text = || Text::new(blank);
            let media = || Media { caption: Some(text()), filename: Some(text()), ..Media::default() };
            let place = Location { latitude: 1.0, longitude: 2.0, name: Some(text()), address: None, url: None };
            let card = ContactCard { name: text(), ..ContactCard::default() };
            let lines = [
                (Content::Text { body: text() }, "[Text]"),
                (Content::Image(media()), "[Image]"),
                (Content::Video(media()), "[Video]"),
                (Content::Audio(media()), "[Audio]"),
                (Content::Document(media()), "[Document]"),
                (Content::Sticker(media()), "[Sticker]"),
                (Content::Location(place), "[Location]"),
                (Content::Contacts { contacts: vec![card] }, "[Contact]"),
                (Content::Order(Order { note: Some(text()), ..Order::default() }), "[Order]"),
                (Content::ButtonReply { id: text(), title: text() }, "[Button]"),
                (Content::ListReply { id: text(), title: text(), description: Some(text()) }, "[List]"),
                (Content::FlowReply { name: text(), body: text(), response: text() }, "[Form]"),
                (Content::Reaction { target: target.clone(), emoji: Some(text()) }, "Removed a reaction"),
                (Content::Edit { target: target.clone(), body: text() }, "[Edit]"),
                (Content::Revoke { target: target.clone() }, "Deleted a message"),
                (Content::System { body: text() }, "[System]"),
                (Content::Other { kind: "poll".to_owned(), summary: text() }, "[poll]"),
                (Content::Other { kind: blank.to_owned(), summary: text() }, "[Message]"),
            ];
            for (content, line) in lines {
                assert_eq!(content.readable().as_str(), line);
                assert_eq!(content.readable_with(&text()).as_str(), line, "after an edit");
            }
        }
    }

    #[test]
    fn a_file_keeps_its_label_whatever_its_caption_becomes() {
        let image = Content::Image(Media { caption: Some(Text::new("at the beach")), ..Media::default() });
        assert_eq!(image.readable_with(&Text::new("at history")).as_str(), "[Image] at history");
        assert_eq!(image.readable_with(&Text::default()).as_str(), "[Image]");
        let document = Content::Document(Media { filename: Some(Text::new("a.pdf")), ..Media::default() });
        assert_eq!(document.readable_with(&Text::default()).as_str(), "[Document] a.pdf");
    }

    #[test]
    fn what_was_stored_before_a_type_had_content_of_its_own_still_reads() {
        let order = r#"{"type":"other","kind":"order","summary":"[Order] 2 items"}"#;
        let order: Content = serde_json::from_str(order).unwrap();
        assert_eq!((order.kind(), order.readable().as_str()), ("order", "[Order] 2 items"));
        let cards =
            r#"{"type":"contacts","contacts":[{"name":"Ana","phones":["+55 11"],"emails":["a@b.c"]},{"name":""}]}"#;
        let Content::Contacts { contacts } = serde_json::from_str(cards).unwrap() else { panic!("no cards") };
        assert_eq!(contacts[0].phones[0].phone, Some(Text::new("+55 11")));
        assert_eq!(contacts[0].emails[0].email, Some(Text::new("a@b.c")));
        let referral: Context = serde_json::from_str(r#"{"referral":{"sourceId":"1","headline":"Homes"}}"#).unwrap();
        assert_eq!(referral.referral.unwrap().headline, Some(Text::new("Homes")));
    }

    #[test]
    fn content_reads_back_from_its_json() {
        let content = Content::ListReply { id: Text::new("slot-3"), title: Text::new("Tue 10:00"), description: None };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(json, r#"{"type":"list_reply","id":"slot-3","title":"Tue 10:00"}"#);
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
    }
}
