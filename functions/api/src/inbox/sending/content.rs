//! What a request to send says: a text, or the kind that `type` names, in the field of that name. It does not know where
//! the message goes.

use super::request::{Named, SendBody, one};
use crate::web::problem::FieldError;
use domain::inbox::content::Location;
use domain::inbox::outbound_content::{Draft, OutboundContacts, OutboundReaction, OutboundText};
use domain::inbox::outbound_media::{MediaDraft, MediaKind, MediaSource, OutboundMedia};
use domain::inbox::outbound_template::MAX_BODY;
use domain::inbox::parts::{self, MOST_TEXT};
use domain::limits::Violation;
use domain::outreach::template_values::{CardValues, TemplateValues};
use domain::outreach::templates::{Language, TemplateName};
use domain::{MessageId, OutboundContent, Text, Wamid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kinds of message that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MessageKind {
    /// A text.
    Text,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound.
    Audio,
    /// A sound that is shown as a voice note.
    Voice,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
    /// A place.
    Location,
    /// Cards of people.
    Contacts,
    /// An emoji at a message of the conversation.
    Reaction,
    /// Up to three buttons.
    Buttons,
    /// A list to pick from.
    List,
    /// A button that opens a web page.
    CtaUrl,
    /// A request for the customer's place.
    LocationRequest,
    /// A request for the permission to call.
    CallPermissionRequest,
    /// A request to pay.
    PaymentRequest,
    /// The status of an order that the customer was asked to pay.
    OrderStatus,
    /// A form.
    Flow,
    /// A product of the catalogue.
    Product,
    /// Several products of the catalogue.
    ProductList,
    /// An approved template.
    Template,
}

/// A place to send.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Place")]
pub(crate) struct LocationBody {
    /// Degrees north.
    #[schemars(range(min = -90.0, max = 90.0))]
    latitude: f64,
    /// Degrees east.
    #[schemars(range(min = -180.0, max = 180.0))]
    longitude: f64,
    /// What the place is called.
    name: Option<Text>,
    /// Its address.
    address: Option<Text>,
}

/// An approved template, and the values of its parameters.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "TemplateMessage")]
pub(crate) struct TemplateBody {
    /// The template's name.
    #[schemars(with = "TemplateName")]
    name: String,
    /// The language. A template that does not have it is sent in the same language for another region, else in its default
    /// language; the message then says `askedLanguage`.
    #[schemars(with = "Language")]
    language: String,
    /// The value of the text header's parameter.
    #[schemars(length(min = 1, max = MAX_BODY))]
    header: Option<Text>,
    /// The file of the header, without a caption. The template's own file is shown if it is omitted.
    file: Option<MediaDraft>,
    /// The location of the header.
    location: Option<LocationBody>,
    /// The values of the body, by the parameter's name or number: `{"1": "Ana"}` or `{"first_name": "Ana"}`.
    #[serde(default)]
    body: BTreeMap<String, Text>,
    /// The values of buttons, by the button's place from 0: the end of its address, or a code of at most 15 characters.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 10))]
    buttons: BTreeMap<String, Text>,
    /// The values of a carousel's cards, in their order.
    #[serde(default)]
    #[schemars(length(max = 10))]
    cards: Vec<CardBody>,
}

/// The values of a card.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schemars(rename = "TemplateCardValues")]
struct CardBody {
    /// The file of the header. The template's own file is shown if it is omitted.
    file: Option<MediaDraft>,
    /// The values of the text, by the parameter's name or number.
    body: BTreeMap<String, Text>,
    /// The values of buttons, by the button's place from 0.
    buttons: BTreeMap<String, Text>,
}

/// A template that is asked for by its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct AskedTemplate {
    /// Its name.
    pub(super) name: TemplateName,
    /// Its language.
    pub(super) language: Language,
    /// The values of its parameters.
    pub(super) values: TemplateValues,
}

impl AskedTemplate {
    /// The template that a message falls back to.
    pub(super) fn fallback(body: TemplateBody) -> Result<Self, FieldError> {
        asked_template(body, "fallback")
    }
}

/// An emoji for a message of the conversation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Reaction")]
pub(crate) struct ReactionBody {
    /// The message, by our id. It may be 30 days old at most.
    message_id: MessageId,
    /// One emoji; null takes back the one that stands there.
    #[serde(deserialize_with = "Option::deserialize")]
    emoji: Option<Text>,
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) enum Asked {
    /// A text.
    Text {
        /// As it was asked for.
        whole: Text,
        /// The message that it goes out as …
        first: Box<OutboundContent>,
        /// … and those that follow it, where it is too long for one.
        more: Vec<OutboundContent>,
    },
    /// A message of another kind.
    Message(Box<OutboundContent>),
    /// An emoji at a message that is still to be found.
    Reaction {
        /// The message.
        message: MessageId,
        /// The emoji; none takes it back.
        emoji: Option<Text>,
    },
    /// A template that is still to be found.
    Template(Box<AskedTemplate>),
}

impl Asked {
    /// Reads what the body says, or finds what is wrong with it.
    pub(super) fn parse(body: &SendBody) -> Result<Self, FieldError> {
        let given = given(body);
        let kind = match (body.kind, given.iter().find(|field| **field != MessageKind::Text.field())) {
            (Some(kind), _) => kind,
            (None, None) => MessageKind::Text,
            (None, Some(field)) if *field == MessageKind::Template.field() => MessageKind::Template,
            (None, Some(field)) => {
                return Err(FieldError::new("type", format!("is missing: say that {field} is what is sent")));
            }
        };
        let field = kind.field();
        if let Some(other) = given.iter().find(|other| **other != field) {
            let other = if *other == MessageKind::Text.field() && body.text.is_none() { "message" } else { other };
            return Err(FieldError::new(other, format!("Cannot be combined with {field}: a message has one content.")));
        }
        if body.preview_url.is_some() && kind != MessageKind::Text {
            return Err(FieldError::new("previewUrl", "only a text has one"));
        }
        if body.reply_to.is_some() && kind == MessageKind::Reaction {
            return Err(FieldError::new("replyTo", "a reaction answers no message: it is put to one"));
        }
        said(kind, body)
    }
}

impl Asked {
    /// Why it cannot be sent later; none if it can.
    pub(super) const fn unschedulable(&self) -> Option<&'static str> {
        match self {
            Self::Reaction { .. } => Some("A reaction cannot be scheduled."),
            Self::Text { more, .. } if !more.is_empty() => Some("A scheduled text has at most 4,096 characters."),
            Self::Text { .. } | Self::Message(_) | Self::Template(_) => None,
        }
    }

    /// Why it cannot have a fallback; none if it can.
    pub(super) const fn without_fallback(&self) -> Option<&'static str> {
        match self {
            Self::Template(_) => Some("A template needs no fallback: it goes out also while the window is closed."),
            Self::Reaction { .. } => Some("A reaction cannot have a fallback."),
            Self::Text { more, .. } if !more.is_empty() => Some("A text with a fallback has at most 4,096 characters."),
            Self::Text { .. } | Self::Message(_) => None,
        }
    }

    /// A text with `name` before it; anything else as it is.
    pub(super) fn signed(&self, name: &Text) -> Result<Self, FieldError> {
        match self {
            Self::Text { whole, first, .. } => {
                let preview_url = matches!(&**first, OutboundContent::Text(text) if text.preview_url);
                text_of(&parts::signed(whole, name), "text", preview_url)
            }
            Self::Message(_) | Self::Reaction { .. } | Self::Template(_) => Ok(self.clone()),
        }
    }

    /// What the further messages say that it is sent as.
    pub(super) fn more(&self) -> &[OutboundContent] {
        match self {
            Self::Text { more, .. } => more,
            Self::Message(_) | Self::Reaction { .. } | Self::Template(_) => &[],
        }
    }

    /// Whether WhatsApp delivers it also while the 24-hour window is closed.
    pub(super) const fn goes_outside_the_window(&self) -> bool {
        match self {
            Self::Template(_) => true,
            Self::Text { .. } | Self::Message(_) | Self::Reaction { .. } => false,
        }
    }

    /// Whether it is about a payment, which a channel has to be set to send.
    pub(super) fn is_payment(&self) -> bool {
        match self {
            Self::Message(content) => {
                matches!(**content, OutboundContent::PaymentRequest(_) | OutboundContent::OrderStatus(_))
            }
            Self::Text { .. } | Self::Reaction { .. } | Self::Template(_) => false,
        }
    }

    /// The whole text, of a text.
    pub(crate) const fn whole_text(&self) -> Option<&Text> {
        match self {
            Self::Text { whole, .. } => Some(whole),
            Self::Message(_) | Self::Reaction { .. } | Self::Template(_) => None,
        }
    }
}

impl MessageKind {
    /// The field that holds it.
    const fn field(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Document => "document",
            Self::Sticker => "sticker",
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Reaction => "reaction",
            Self::Buttons => "buttons",
            Self::List => "list",
            Self::CtaUrl => "ctaUrl",
            Self::LocationRequest => "locationRequest",
            Self::CallPermissionRequest => "callPermissionRequest",
            Self::PaymentRequest => "paymentRequest",
            Self::OrderStatus => "orderStatus",
            Self::Flow => "flow",
            Self::Product => "product",
            Self::ProductList => "productList",
            Self::Template => "template",
        }
    }
}

/// The emoji as it stands at the message that WhatsApp calls `target`.
pub(super) fn reaction(
    message_id: MessageId,
    target: Wamid,
    emoji: Option<Text>,
) -> Result<OutboundContent, FieldError> {
    let reaction = Draft::Reaction(OutboundReaction { target, message_id, emoji });
    OutboundContent::parse(reaction).map_err(|violation| under(violation, MessageKind::Reaction.field()))
}

/// The field of the file that has to be uploaded before this is sent; none if it carries none.
pub(super) fn stored_file(content: &OutboundContent) -> Option<String> {
    let (kind, media) = content.media()?;
    let field = if media.is_voice() { MessageKind::Voice.field() } else { kind.as_str() };
    match media.source() {
        MediaSource::Stored(_) => Some(format!("{field}.mediaId")),
        MediaSource::Link(_) => None,
    }
}

/// The files of a template, each with the field that names it.
pub(super) fn template_files(content: &OutboundContent) -> Vec<(String, (MediaKind, &OutboundMedia))> {
    let OutboundContent::Template(template) = content else { return Vec::new() };
    let header = template.file().map(|file| ("template.file.mediaId".to_owned(), file));
    let cards = template.cards.iter().enumerate().filter_map(|(place, card)| {
        card.header.file().map(|file| (format!("template.cards[{place}].file.mediaId"), file))
    });
    header.into_iter().chain(cards).collect()
}

/// The fields of content that the body has; `text` also for its alias.
fn given(body: &SendBody) -> Vec<&'static str> {
    let all = [
        (MessageKind::Text, body.text.is_some() || body.message.is_some()),
        (MessageKind::Image, body.image.is_some()),
        (MessageKind::Video, body.video.is_some()),
        (MessageKind::Audio, body.audio.is_some()),
        (MessageKind::Voice, body.voice.is_some()),
        (MessageKind::Document, body.document.is_some()),
        (MessageKind::Sticker, body.sticker.is_some()),
        (MessageKind::Location, body.location.is_some()),
        (MessageKind::Contacts, body.contacts.is_some()),
        (MessageKind::Reaction, body.reaction.is_some()),
        (MessageKind::Buttons, body.buttons.is_some()),
        (MessageKind::List, body.list.is_some()),
        (MessageKind::CtaUrl, body.cta_url.is_some()),
        (MessageKind::LocationRequest, body.location_request.is_some()),
        (MessageKind::CallPermissionRequest, body.call_permission_request.is_some()),
        (MessageKind::PaymentRequest, body.payment_request.is_some()),
        (MessageKind::OrderStatus, body.order_status.is_some()),
        (MessageKind::Flow, body.flow.is_some()),
        (MessageKind::Product, body.product.is_some()),
        (MessageKind::ProductList, body.product_list.is_some()),
        (MessageKind::Template, body.template.is_some()),
    ];
    all.into_iter().filter(|(_, there)| *there).map(|(kind, _)| kind.field()).collect()
}

fn text(body: &SendBody) -> Result<Asked, FieldError> {
    let text = one("text", body.text.as_ref(), "message", body.message.as_ref())?;
    let Named { value, field } = text.ok_or_else(|| FieldError::new("text", "is missing: say what to send"))?;
    text_of(&value, field, body.preview_url.unwrap_or(false))
}

/// The text as one message or several.
pub(super) fn text_of(value: &Text, field: &'static str, preview_url: bool) -> Result<Asked, FieldError> {
    let length = value.as_str().chars().count();
    if length > MOST_TEXT {
        return Err(FieldError::new(field, format!("has {length} characters; use at most {MOST_TEXT}")));
    }
    let whole = value.clone();
    let parts = parts::split(value).into_iter().map(|body| OutboundText { body, preview_url });
    let parts: Result<Vec<_>, _> = parts.map(|part| OutboundContent::parse(Draft::Text(part))).collect();
    let mut parts = parts.map_err(|violation| FieldError::new(field, violation.detail()))?.into_iter();
    let first = parts.next().ok_or_else(|| FieldError::new(field, "is empty"))?;
    Ok(Asked::Text { whole, first: Box::new(first), more: parts.collect() })
}

/// The content of a scheduled text that says `text` from now on.
pub(crate) fn rescheduled(before: &OutboundContent, text: &Text) -> Result<OutboundContent, FieldError> {
    let OutboundContent::Text(written) = before else {
        return Err(FieldError::new(
            "text",
            "Only a text can be changed. Cancel the message, and schedule another one.",
        ));
    };
    let preview_url = written.preview_url;
    let draft = Draft::Text(OutboundText { body: text.clone(), preview_url });
    OutboundContent::parse(draft).map_err(|violation| FieldError::new("text", violation.detail()))
}

/// What the field of this kind says.
fn said(kind: MessageKind, body: &SendBody) -> Result<Asked, FieldError> {
    let field = kind.field();
    let draft = match kind {
        MessageKind::Text => return text(body),
        MessageKind::Reaction => {
            let ReactionBody { message_id, emoji } = there(body.reaction.as_ref(), field)?;
            return Ok(Asked::Reaction { message: message_id, emoji });
        }
        MessageKind::Template => return template(there(body.template.as_ref(), field)?),
        MessageKind::Image => Draft::Image(there(body.image.as_ref(), field)?),
        MessageKind::Video => Draft::Video(there(body.video.as_ref(), field)?),
        MessageKind::Audio => Draft::Audio(there(body.audio.as_ref(), field)?),
        MessageKind::Voice => Draft::Audio(MediaDraft { voice: true, ..there(body.voice.as_ref(), field)? }),
        MessageKind::Document => Draft::Document(there(body.document.as_ref(), field)?),
        MessageKind::Sticker => Draft::Sticker(there(body.sticker.as_ref(), field)?),
        MessageKind::Location => {
            let LocationBody { latitude, longitude, name, address } = there(body.location.as_ref(), field)?;
            Draft::Location(Location { latitude, longitude, name, address, url: None })
        }
        MessageKind::Contacts => Draft::Contacts(OutboundContacts { contacts: there(body.contacts.as_ref(), field)? }),
        MessageKind::Buttons => Draft::Buttons(there(body.buttons.as_ref(), field)?),
        MessageKind::List => Draft::List(there(body.list.as_ref(), field)?),
        MessageKind::CtaUrl => Draft::CtaUrl(there(body.cta_url.as_ref(), field)?),
        MessageKind::LocationRequest => Draft::LocationRequest(there(body.location_request.as_ref(), field)?),
        MessageKind::CallPermissionRequest => {
            Draft::CallPermissionRequest(there(body.call_permission_request.as_ref(), field)?)
        }
        MessageKind::PaymentRequest => Draft::PaymentRequest(there(body.payment_request.as_ref(), field)?),
        MessageKind::OrderStatus => Draft::OrderStatus(there(body.order_status.as_ref(), field)?),
        MessageKind::Flow => Draft::Flow(there(body.flow.as_ref(), field)?),
        MessageKind::Product => Draft::Product(there(body.product.as_ref(), field)?),
        MessageKind::ProductList => Draft::ProductList(there(body.product_list.as_ref(), field)?),
    };
    let content = OutboundContent::parse(draft).map_err(|violation| under(violation, field))?;
    Ok(Asked::Message(Box::new(content)))
}

fn template(body: TemplateBody) -> Result<Asked, FieldError> {
    asked_template(body, "template").map(|asked| Asked::Template(Box::new(asked)))
}

fn asked_template(body: TemplateBody, field: &str) -> Result<AskedTemplate, FieldError> {
    let TemplateBody { name, language, header, file, location, body, buttons, cards } = body;
    let wrong = |part: &str, detail: String| FieldError::new(format!("{field}.{part}"), detail);
    let name = TemplateName::parse(&name).map_err(|error| wrong("name", error.to_string()))?;
    let language = Language::parse(&language).map_err(|error| wrong("language", error.to_string()))?;
    let place = |LocationBody { latitude, longitude, name, address }| Location {
        latitude,
        longitude,
        name,
        address,
        url: None,
    };
    let cards = cards.into_iter().map(|CardBody { file, body, buttons }| CardValues { file, body, buttons }).collect();
    let values = TemplateValues { header, file, location: location.map(place), body, buttons, cards };
    Ok(AskedTemplate { name, language, values })
}

fn there<T: Clone>(value: Option<&T>, field: &str) -> Result<T, FieldError> {
    value.cloned().ok_or_else(|| FieldError::new(field, "is missing: say what to send"))
}

fn under(violation: Violation, field: &str) -> FieldError {
    let violation = violation.under(field);
    FieldError::new(violation.field(), violation.detail())
}
