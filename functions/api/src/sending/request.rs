//! What a request to send says. Several front ends say the same in their own fields; here it becomes one shape.

use crate::problem::{FieldError, Kind, Problem};
use domain::phone::{InvalidPhone, TypedPhone};
use domain::sends::MAX_TEXT;
use domain::{ChannelId, ConversationId, LeadId, MessageId, Phone, Text, Wamid, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A message to send, as any of the front ends writes it: who it goes to, in one way, and what it says.
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
    { "anyOf": [{ "required": ["text"] }, { "required": ["message"] }] },
]))]
pub(crate) struct SendBody {
    /// The lead that it goes to.
    lead_id: Option<LeadId>,
    /// The same as `leadId`, as other front ends say it.
    contact_id: Option<LeadId>,
    /// The conversation that it goes into.
    conversation_id: Option<ConversationId>,
    /// The phone that it goes to. Beside a lead it has to be the lead's own.
    #[schemars(with = "Option<Phone>")]
    phone: Option<String>,
    /// The same as `phone`, as other front ends say it.
    #[schemars(with = "Option<Phone>")]
    phone_number: Option<String>,
    /// The number that sends; unless it is said, the one to which the customer wrote last.
    channel_id: Option<ChannelId>,
    /// What it says: up to 4,096 characters, and not only space.
    #[schemars(length(min = 1, max = MAX_TEXT), regex(pattern = r"\S"))]
    text: Option<Text>,
    /// The same as `text`, as other front ends say it.
    #[schemars(length(min = 1, max = MAX_TEXT), regex(pattern = r"\S"))]
    message: Option<Text>,
    /// The message that it answers: by our id, or by WhatsApp's.
    #[schemars(length(min = 1, max = 512))]
    reply_to: Option<String>,
    /// Whether WhatsApp shows a preview of the first link.
    preview_url: Option<bool>,
}

/// What is asked, whoever asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SendRequest {
    pub(crate) target: Target,
    pub(crate) channel: Option<ChannelId>,
    pub(crate) text: Text,
    pub(crate) reply_to: Option<ReplyTo>,
    pub(crate) preview_url: bool,
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

/// Why a body does not say who it goes to.
enum Unaddressed {
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

impl SendRequest {
    /// Reads the body, or says everything that is wrong with it.
    pub(crate) fn of(body: &SendBody) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let mut noted = |error: FieldError| errors.push(error);
        let text = text(body).map_err(&mut noted).ok();
        let reply_to = body.reply_to.as_deref().map(reply_to).transpose().map_err(&mut noted).ok();
        match (target(body), text, reply_to) {
            (Ok(target), Some(text), Some(reply_to)) => {
                let preview_url = body.preview_url.unwrap_or(false);
                Ok(Self { target, channel: body.channel_id, text, reply_to, preview_url })
            }
            (Ok(_), _, _) => Err(Problem::invalid(errors)),
            (Err(Unaddressed::NoCountryCode(field)), Some(_), Some(_)) => Err(no_country_code(field)),
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

    /// What tells two requests apart, whatever dialect they came in.
    pub(crate) fn digest(&self) -> Result<String, Problem> {
        let canonical = serde_json::to_string(self).map_err(|error| Problem::internal(error.to_string()))?;
        Ok(digest::hex(&[&canonical]))
    }
}

fn target(body: &SendBody) -> Result<Target, Unaddressed> {
    let lead = one("leadId", body.lead_id.as_ref(), "contactId", body.contact_id.as_ref())?;
    let phone = one("phone", body.phone.as_ref(), "phoneNumber", body.phone_number.as_ref())?;
    let phone = phone.map(typed_phone).transpose()?;
    let conversation = body.conversation_id.map(|value| Named { value, field: "conversationId" });
    match (lead, conversation, phone) {
        (Some(lead), None, phone) => Ok(Target::Lead(lead, phone)),
        (None, Some(conversation), None) => Ok(Target::Conversation(conversation)),
        (None, None, Some(phone)) => Ok(Target::Phone(phone)),
        (None, None, None) => {
            let detail = "is missing: say who it goes to, by leadId, conversationId or phoneNumber";
            Err(FieldError::new("leadId", detail).into())
        }
        (_, Some(conversation), _) => {
            Err(FieldError::new(conversation.field, "stands beside another addressee").into())
        }
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
    let detail = "the country code is missing: write + and the country code before the number, such as +91 98765 43210";
    Problem::field(Kind::NoCountryCode, field, detail)
}

fn text(body: &SendBody) -> Result<Text, FieldError> {
    let text = one("text", body.text.as_ref(), "message", body.message.as_ref())?;
    let Named { value, field } = text.ok_or_else(|| FieldError::new("text", "is missing: say what to send"))?;
    if value.as_str().trim().is_empty() {
        return Err(FieldError::new(field, "is empty"));
    }
    let length = value.as_str().chars().count();
    if length > MAX_TEXT {
        return Err(FieldError::new(field, format!("has {length} characters, and may have {MAX_TEXT} at most")));
    }
    Ok(value)
}

/// One value that may stand in either of two fields, but not in both.
fn one<T: Clone>(
    field: &'static str,
    value: Option<&T>,
    alias: &'static str,
    same: Option<&T>,
) -> Result<Option<Named<T>>, FieldError> {
    match (value, same) {
        (Some(_), Some(_)) => Err(FieldError::new(alias, format!("says the same as {field}: give one of them"))),
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
        SendRequest::of(&serde_json::from_str(json).unwrap())
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
        let longest = "é".repeat(MAX_TEXT);
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}"}}"#)).is_ok());
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}é"}}"#)).is_err());
    }
}
