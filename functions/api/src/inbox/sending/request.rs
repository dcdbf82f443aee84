//! What a request to send says. Several front ends say the same in their own fields; here it becomes one shape.

use super::content::{Asked, AskedTemplate, LocationBody, MessageKind, ReactionBody, TemplateBody};
use crate::views::{At, NoTime};
use crate::web::problem::{FieldError, Problem};
use domain::channels::prices::money::Amount;
use domain::inbox::cards::ContactCard;
use domain::inbox::interactive::{
    Buttons, CallPermissionRequest, CtaUrl, Flow, List, LocationRequest, Product, ProductList,
};
use domain::inbox::outbound_media::MediaDraft;
use domain::inbox::parts::MOST_TEXT;
use domain::inbox::payments::{OrderUpdate, PaymentRequest};
use domain::phone::{InvalidPhone, TypedPhone};
use domain::{ChannelId, ConversationId, LeadId, MessageId, Phone, Text, Timestamp, Wamid, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A message to send. Name one recipient, and the text.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("allOf" = [
    { "anyOf": [
        { "required": ["leadId"] },
        { "required": ["contactId"] },
        { "required": ["conversationId"] },
        { "required": ["phone"] },
        { "required": ["phoneNumber"] },
    ] },
    { "anyOf": [{ "required": ["text"] }, { "required": ["message"] }, { "required": ["type"] }, { "required": ["template"] }] },
]))]
pub(crate) struct SendBody {
    /// The lead to send to.
    lead_id: Option<LeadId>,
    /// An alias of `leadId`.
    contact_id: Option<LeadId>,
    /// The conversation to send in.
    conversation_id: Option<ConversationId>,
    /// The phone number to send to. Together with a lead, it must be the lead's number.
    #[schemars(with = "Option<Phone>")]
    phone: Option<String>,
    /// An alias of `phone`.
    #[schemars(with = "Option<Phone>")]
    phone_number: Option<String>,
    /// The channel to send from. Defaults to the one that the customer last wrote to.
    channel_id: Option<ChannelId>,
    /// The kind of message. Defaults to `text`. The field of this name, in camelCase, has the content.
    #[serde(rename = "type")]
    pub(super) kind: Option<MessageKind>,
    /// The text: up to 40,000 characters, not only whitespace. More than 4,096 are sent as several messages.
    #[schemars(length(min = 1, max = MOST_TEXT), regex(pattern = r"\S"))]
    pub(super) text: Option<Text>,
    /// An alias of `text`.
    #[schemars(length(min = 1, max = MOST_TEXT), regex(pattern = r"\S"))]
    pub(super) message: Option<Text>,
    /// The message to reply to: Leadwire's or WhatsApp's ID.
    #[schemars(length(min = 1, max = 512))]
    pub(super) reply_to: Option<String>,
    /// The failed message that this one repeats.
    pub(super) retry_of: Option<MessageId>,
    /// When to send the message: in the future, and within 30 days. Until then its status is `scheduled`. A text then has
    /// at most 4,096 characters.
    #[schemars(with = "Option<At>")]
    pub(super) send_at: Option<String>,
    /// Whether a scheduled message is not sent if the customer writes before its time.
    pub(super) unless_they_write: Option<bool>,
    /// When to give the message up if it could not be sent. Defaults to 24 hours after it was to be sent, and to 7 days for
    /// a template; a later time has no effect.
    #[schemars(with = "Option<At>")]
    pub(super) expires_at: Option<String>,
    /// Whether WhatsApp shows a preview of a text's first link.
    pub(super) preview_url: Option<bool>,
    /// A JPEG or PNG of at most 5 MB.
    pub(super) image: Option<MediaDraft>,
    /// An MP4 or 3GP of at most 16 MB.
    pub(super) video: Option<MediaDraft>,
    /// An audio file of at most 16 MB.
    pub(super) audio: Option<MediaDraft>,
    /// A voice message: Ogg with one channel of Opus, of at most 16 MB.
    pub(super) voice: Option<MediaDraft>,
    /// Any file of at most 100 MB.
    pub(super) document: Option<MediaDraft>,
    /// A WebP of at most 100 KB, or 500 KB if it is animated.
    pub(super) sticker: Option<MediaDraft>,
    /// A location.
    pub(super) location: Option<LocationBody>,
    /// Up to 257 contact cards.
    pub(super) contacts: Option<Vec<ContactCard>>,
    /// A reaction to a message of the conversation. It is shown at that message.
    pub(super) reaction: Option<ReactionBody>,
    /// Up to three buttons.
    pub(super) buttons: Option<Buttons>,
    /// A list of up to ten rows.
    pub(super) list: Option<List>,
    /// A button that opens a web page.
    pub(super) cta_url: Option<CtaUrl>,
    /// A request for the customer's location.
    pub(super) location_request: Option<LocationRequest>,
    /// A request for the permission to call. The answer comes as a message of the type `call_permission_reply`.
    pub(super) call_permission_request: Option<CallPermissionRequest>,
    /// A request to pay, with UPI or Pix. The channel's `payments` must be on.
    pub(super) payment_request: Option<Box<PaymentRequest>>,
    /// The status of an order that the customer was asked to pay. The channel's `payments` must be on.
    pub(super) order_status: Option<OrderUpdate>,
    /// A flow.
    pub(super) flow: Option<Flow>,
    /// A product of the catalogue.
    pub(super) product: Option<Product>,
    /// Up to 30 products of the catalogue.
    pub(super) product_list: Option<ProductList>,
    /// An approved template. WhatsApp delivers it also while the 24-hour window is closed.
    pub(super) template: Option<TemplateBody>,
    /// The template to send instead if the 24-hour window is closed when the message goes out.
    pub(super) fallback: Option<TemplateBody>,
    /// The most that each message may cost, in the currency of the account. Defaults to its price now. A message whose price
    /// rises above it before it goes out is held.
    pub(super) max_price: Option<Amount>,
    /// Whether to send the message although its price is unknown.
    pub(super) accept_unknown_price: Option<bool>,
    /// Whether to send the message although a budget that asks has no room for it. A budget that holds still holds it.
    pub(super) accept_over_budget: Option<bool>,
    /// Whether the customer has agreed to marketing messages although that is not recorded. The business can require it.
    pub(super) accept_no_consent: Option<bool>,
}

impl SendBody {
    /// A message to this recipient, which says nothing yet.
    pub(super) fn to(lead_id: Option<LeadId>, conversation_id: Option<ConversationId>, phone: Option<String>) -> Self {
        Self { lead_id, conversation_id, phone_number: phone, ..Self::default() }
    }

    /// The same as a template, as a route that sends templates alone takes it.
    pub(crate) fn of_template(self) -> Self {
        Self { kind: Some(MessageKind::Template), ..self }
    }
}

/// What is asked, whoever asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SendRequest {
    pub(crate) target: Target,
    pub(crate) channel: Option<ChannelId>,
    pub(crate) content: Asked,
    pub(crate) reply_to: Option<ReplyTo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_of: Option<MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fallback: Option<AskedTemplate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_price: Option<Amount>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) accept_unknown_price: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) accept_over_budget: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) accept_no_consent: bool,
    pub(crate) send_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unless_they_write: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<Timestamp>,
}

/// Who it goes to, and the field that said so: an error names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) enum Target {
    /// To a lead. A phone that stands beside it has to be the lead's own.
    Lead(Named<LeadId>, Option<Named<TypedPhone>>),
    /// Into a conversation.
    Conversation(Named<ConversationId>),
    /// To the lead with this phone.
    Phone(Named<TypedPhone>),
}

/// A value, and the field that it came in. The field is no part of what is asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Named<T> {
    pub(crate) value: T,
    #[serde(skip)]
    pub(crate) field: &'static str,
}

/// The message that is answered, by our id or by WhatsApp's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) enum ReplyTo {
    Ours(MessageId),
    Theirs(Wamid),
}

impl Target {
    /// The phone that it names, unless it names a lead or a conversation.
    pub(crate) const fn phone(&self) -> Option<&Phone> {
        match self {
            Self::Phone(phone) => Some(phone.value.phone()),
            Self::Lead(..) | Self::Conversation(_) => None,
        }
    }
}

/// Why a body does not say who it goes to.
pub(super) enum Unaddressed {
    /// A field is wrong.
    Invalid(FieldError),
    /// The phone in this field begins with a 0, which no country code does.
    NoCountryCode(&'static str),
}

impl From<FieldError> for Unaddressed {
    fn from(error: FieldError) -> Self {
        Self::Invalid(error)
    }
}

impl From<Unaddressed> for Problem {
    fn from(why: Unaddressed) -> Self {
        match why {
            Unaddressed::Invalid(error) => Self::invalid(vec![error]),
            Unaddressed::NoCountryCode(field) => no_country_code(field),
        }
    }
}

impl SendRequest {
    /// Reads the body, or says everything that is wrong with it.
    pub(crate) fn parse(body: &SendBody) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let content = Asked::parse(body).map_err(|error| errors.push(error)).ok();
        let fallback = body.fallback.clone().map(AskedTemplate::fallback).transpose();
        let fallback = fallback.map_err(|error| errors.push(error)).ok().flatten();
        if let (Some(_), Some(detail)) = (&fallback, content.as_ref().and_then(Asked::without_fallback)) {
            errors.push(FieldError::new("fallback", detail));
        }
        let reply_to = body.reply_to.as_deref().map(reply_to).transpose().map_err(|error| errors.push(error)).ok();
        let mut time = |field: &'static str, text: Option<&str>| {
            let time = text.map(|text| text.parse().map(|At(at)| at)).transpose();
            time.unwrap_or_else(|error: NoTime| {
                errors.push(FieldError::new(field, error.to_string()));
                None
            })
        };
        let send_at = time("sendAt", body.send_at.as_deref());
        let expires_at = time("expiresAt", body.expires_at.as_deref());
        let unless_they_write = body.unless_they_write.unwrap_or(false);
        if unless_they_write && body.send_at.is_none() {
            errors.push(FieldError::new("unlessTheyWrite", "Send sendAt too: only a scheduled message waits."));
        }
        if let (Some(_), Some(detail)) = (send_at, content.as_ref().and_then(Asked::unschedulable)) {
            errors.push(FieldError::new("sendAt", detail));
        }
        match (target(body), content, reply_to) {
            (Ok(target), Some(content), Some(reply_to)) if errors.is_empty() => Ok(Self {
                target,
                channel: body.channel_id,
                content,
                reply_to,
                retry_of: body.retry_of,
                fallback,
                max_price: body.max_price,
                accept_unknown_price: body.accept_unknown_price.unwrap_or(false),
                accept_over_budget: body.accept_over_budget.unwrap_or(false),
                accept_no_consent: body.accept_no_consent.unwrap_or(false),
                send_at,
                unless_they_write,
                expires_at,
            }),
            (Ok(_), _, _) => Err(Problem::invalid(errors)),
            (Err(Unaddressed::NoCountryCode(field)), Some(_), Some(_)) if errors.is_empty() => {
                Err(no_country_code(field))
            }
            (Err(Unaddressed::NoCountryCode(field)), _, _) => {
                errors.insert(0, FieldError::new(field, InvalidPhone::NoCountryCode.to_string()));
                Err(Problem::invalid(errors))
            }
            (Err(Unaddressed::Invalid(error)), _, _) => {
                errors.insert(0, error);
                Err(Problem::invalid(errors))
            }
        }
    }

    /// A text to the phone `to`, from `channel`, as a dialect says it that names both so.
    pub(crate) fn parse_text(to: &str, channel: ChannelId, message: &Text) -> Result<Self, Problem> {
        let phone = typed_phone(Named { value: to.to_owned(), field: "to" }).map_err(|error| match error {
            Unaddressed::Invalid(error) => Problem::invalid(vec![error]),
            Unaddressed::NoCountryCode(field) => no_country_code(field),
        })?;
        let body = SendBody {
            phone_number: Some(to.to_owned()),
            channel_id: Some(channel),
            message: Some(message.clone()),
            ..SendBody::default()
        };
        Ok(Self { target: Target::Phone(phone), ..Self::parse(&body)? })
    }

    /// What tells two requests apart, whatever dialect they came in.
    pub(crate) fn digest(&self) -> Result<String, Problem> {
        let canonical = serde_json::to_string(self).map_err(|error| Problem::internal(error.to_string()))?;
        Ok(digest::hex(&[&canonical]))
    }
}

pub(super) fn target(body: &SendBody) -> Result<Target, Unaddressed> {
    let lead = one("leadId", body.lead_id.as_ref(), "contactId", body.contact_id.as_ref())?;
    let phone = one("phone", body.phone.as_ref(), "phoneNumber", body.phone_number.as_ref())?;
    let phone = phone.map(typed_phone).transpose()?;
    let conversation = body.conversation_id.map(|value| Named { value, field: "conversationId" });
    match (lead, conversation, phone) {
        (Some(lead), None, phone) => Ok(Target::Lead(lead, phone)),
        (None, Some(conversation), None) => Ok(Target::Conversation(conversation)),
        (None, None, Some(phone)) => Ok(Target::Phone(phone)),
        (None, None, None) => {
            let detail = "Name the recipient with leadId, conversationId or phoneNumber.";
            Err(FieldError::new("leadId", detail).into())
        }
        (_, Some(conversation), _) => Err(FieldError::new(conversation.field, "Name only one recipient.").into()),
    }
}

fn typed_phone(Named { value, field }: Named<String>) -> Result<Named<TypedPhone>, Unaddressed> {
    match TypedPhone::parse(&value) {
        Ok(value) => Ok(Named { value, field }),
        Err(InvalidPhone::NoCountryCode) => Err(Unaddressed::NoCountryCode(field)),
        Err(error @ InvalidPhone::NotANumber) => Err(FieldError::new(field, error.to_string()).into()),
    }
}

/// Refuses a phone that does not say its country.
pub(crate) fn no_country_code(field: &str) -> Problem {
    Problem::no_country_code(field)
}

/// One value that may stand in either of two fields, but not in both.
pub(super) fn one<T: Clone>(
    field: &'static str,
    value: Option<&T>,
    alias: &'static str,
    same: Option<&T>,
) -> Result<Option<Named<T>>, FieldError> {
    match (value, same) {
        (Some(_), Some(_)) => {
            Err(FieldError::new(alias, format!("This is an alias of {field}. Send only one of them.")))
        }
        (Some(value), None) => Ok(Some(Named { value: value.clone(), field })),
        (None, Some(value)) => Ok(Some(Named { value: value.clone(), field: alias })),
        (None, None) => Ok(None),
    }
}

fn reply_to(text: &str) -> Result<ReplyTo, FieldError> {
    let wrong = |detail: String| FieldError::new("replyTo", detail);
    if text.starts_with(MessageId::PREFIX) {
        return text.parse().map(ReplyTo::Ours).map_err(|error: domain::ids::InvalidId| wrong(error.to_string()));
    }
    Wamid::parse(text).map(ReplyTo::Theirs).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "led_01M3250VASBF3MSX3QTC83A67F";

    fn read(json: &str) -> Result<SendRequest, Problem> {
        SendRequest::parse(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_dialects_say_the_same() {
        let ours = read(&format!(r#"{{"leadId":"{LEAD}","text":"hello"}}"#)).unwrap();
        let contact = read(&format!(r#"{{"contactId":"{LEAD}","message":"hello"}}"#)).unwrap();
        assert_eq!(ours.digest().unwrap(), contact.digest().unwrap());
        let other = read(&format!(r#"{{"leadId":"{LEAD}","text":"hello","previewUrl":true}}"#)).unwrap();
        assert_ne!(ours.digest().unwrap(), other.digest().unwrap());
        let phone = read(r#"{"phoneNumber":"+91 98765-43210","message":"hello"}"#).unwrap();
        assert_eq!(
            phone.digest().unwrap(),
            read(r#"{"phone":"919876543210","text":"hello"}"#).unwrap().digest().unwrap()
        );
        let spellings = ["551188887777", "+55 11 98888-7777"];
        let digests =
            spellings.map(|phone| read(&format!(r#"{{"phone":"{phone}","text":"hello"}}"#)).unwrap().digest());
        assert_eq!(digests[0].as_ref().unwrap(), digests[1].as_ref().unwrap(), "one account");
    }

    #[test]
    fn the_longest_text_is_counted_in_characters() {
        let longest = "é".repeat(MOST_TEXT);
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}"}}"#)).is_ok());
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}é"}}"#)).is_err());
    }
}
