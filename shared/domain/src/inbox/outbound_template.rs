//! A template as a message carries it: the values, and the text that the customer reads. It is made by
//! `Template::fill`, which checks the values.

use crate::channels::prices::cards::Category;
use crate::inbox::content::Location;
use crate::inbox::outbound_media::{MediaDraft, MediaKind, OutboundMedia};
use crate::limits::{Limits, Violation, id, required};
use crate::personal::Text;
use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest body, with its values.
pub const MAX_BODY: usize = 1024;

string_enum! {
    /// The kind of a template's button.
    TemplateButtonType {
        /// The customer answers with its text.
        QuickReply = "quick_reply",
        /// Opens a web page.
        Url = "url",
        /// Calls a phone number.
        Phone = "phone",
        /// Copies a code.
        CopyCode = "copy_code",
        /// Opens a flow.
        Flow = "flow",
        /// Copies a one-time code.
        Otp = "otp",
    }
}

/// The longest name of a template (Cloud API, templates).
pub(crate) const MAX_NAME: usize = 512;

/// An approved template with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboundTemplate {
    /// The template's name.
    pub name: String,
    /// The template's language, such as `en_US`.
    pub language: String,
    /// The language that was asked for. Absent unless the template does not have it, and is sent in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_language: Option<String>,
    /// The template's category when the message was written. It decides the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// What stands above the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<FilledHeader>,
    /// The body with its values.
    pub body: Text,
    /// The small line below the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Text>,
    /// The buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<FilledButton>,
    /// The cards of a carousel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<FilledCard>,
    /// The values of the body, in the order of the parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
}

/// A card of a carousel with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "FilledTemplateCard")]
pub struct FilledCard {
    /// Its picture or film.
    pub header: FilledHeader,
    /// The text with its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<FilledButton>,
    /// The values of the text, in the order of the parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
}

impl FilledHeader {
    /// The file that it shows, if it shows one.
    #[must_use]
    pub const fn file(&self) -> Option<(MediaKind, &OutboundMedia)> {
        match self {
            Self::Image(media) => Some((MediaKind::Image, media)),
            Self::Video(media) => Some((MediaKind::Video, media)),
            Self::Document(media) => Some((MediaKind::Document, media)),
            Self::Text(_) | Self::Location(_) => None,
        }
    }
}

/// A value of a template's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TemplateParameter")]
pub struct Parameter {
    /// The parameter's name. Absent if the template numbers its parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The value.
    pub value: Text,
}

/// The header of a template with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "format", rename_all = "snake_case", try_from = "HeaderDraft")]
#[schemars(rename = "FilledTemplateHeader")]
pub enum FilledHeader {
    /// A line of text.
    Text(FilledText),
    /// A picture.
    Image(OutboundMedia),
    /// A film.
    Video(OutboundMedia),
    /// A file.
    Document(OutboundMedia),
    /// A place.
    Location(Location),
}

/// A line of text with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FilledTemplateText")]
pub struct FilledText {
    /// The line as the customer reads it.
    pub text: Text,
    /// The value of its parameter, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<Parameter>,
}

/// The header as the table writes it.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "format", rename_all = "snake_case")]
enum HeaderDraft {
    Text(FilledText),
    Image(MediaDraft),
    Video(MediaDraft),
    Document(MediaDraft),
    Location(Location),
}

/// A button of a template with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FilledTemplateButton")]
pub struct FilledButton {
    /// The kind of button.
    #[serde(rename = "type")]
    pub kind: TemplateButtonType,
    /// What it shows.
    pub text: Text,
    /// The address that it opens, with its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The value: the end of the address, or the code to copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
}

impl OutboundTemplate {
    /// The file of the header, if it has one.
    #[must_use]
    pub fn file(&self) -> Option<(MediaKind, &OutboundMedia)> {
        self.header.as_ref().and_then(FilledHeader::file)
    }

    /// Every file that it shows: of the header, then of each card.
    pub fn files(&self) -> impl Iterator<Item = (MediaKind, &OutboundMedia)> {
        let cards = self.cards.iter().map(|card| &card.header);
        self.header.iter().chain(cards).filter_map(FilledHeader::file)
    }
}

impl Limits for OutboundTemplate {
    fn check(&self) -> Result<(), Violation> {
        id("name", &self.name, MAX_NAME)?;
        id("language", &self.language, MAX_NAME)?;
        required("body", &self.body, MAX_BODY)
    }
}

impl TryFrom<HeaderDraft> for FilledHeader {
    type Error = Violation;

    fn try_from(draft: HeaderDraft) -> Result<Self, Violation> {
        Ok(match draft {
            HeaderDraft::Text(text) => Self::Text(text),
            HeaderDraft::Image(file) => Self::Image(OutboundMedia::parse(MediaKind::Image, file)?),
            HeaderDraft::Video(file) => Self::Video(OutboundMedia::parse(MediaKind::Video, file)?),
            HeaderDraft::Document(file) => Self::Document(OutboundMedia::parse(MediaKind::Document, file)?),
            HeaderDraft::Location(place) => Self::Location(place),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::inbox::outbound_content::OutboundContent;
    use serde_json::json;

    #[test]
    fn a_template_reads_back_as_it_is_kept_and_carries_the_file_of_its_header() {
        let kept = json!({
            "type": "template", "name": "welcome_offer", "language": "en",
            "header": { "format": "image", "mediaId": "med_01M3250VASBF3MSX3QTC83A67F" },
            "body": "Welcome, Ana!", "footer": "Reply STOP to opt out",
            "buttons": [{ "type": "url", "text": "Shop", "url": "https://example.com/7", "value": "7" }],
            "parameters": [{ "value": "Ana" }],
        });
        let content: OutboundContent = serde_json::from_value(kept.clone()).unwrap();
        assert_eq!(serde_json::to_value(&content).unwrap(), kept);
        assert_eq!(content.stored_file(), "med_01M3250VASBF3MSX3QTC83A67F".parse().ok());
        assert_eq!((content.kind(), content.readable().as_str()), ("template", "Welcome, Ana!"));
        let mut plain = kept;
        plain["header"] = json!({ "format": "text", "text": "Order 7", "parameter": { "value": "7" } });
        let content: OutboundContent = serde_json::from_value(plain.clone()).unwrap();
        assert_eq!((serde_json::to_value(&content).unwrap(), content.stored_file()), (plain, None));
    }
}
