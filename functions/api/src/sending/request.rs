//! What a request to send says. Several front ends say the same in their own fields; here it becomes one shape.

use crate::problem::{FieldError, Problem};
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
    phone: Option<Phone>,
    /// The same as `phone`, as other front ends say it.
    phone_number: Option<Phone>,
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
    Lead(Named<LeadId>, Option<Named<Phone>>),
    /// Into a conversation.
    Conversation(Named<ConversationId>),
    /// To whoever has this phone.
    Phone(Named<Phone>),
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

impl SendRequest {
    /// Reads the body, or says everything that is wrong with it.
    pub(crate) fn of(body: &SendBody) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let mut noted = |error: FieldError| errors.push(error);
        let target = target(body).map_err(&mut noted).ok();
        let text = text(body).map_err(&mut noted).ok();
        let reply_to = body.reply_to.as_deref().map(reply_to).transpose().map_err(&mut noted).ok();
        match (target, text, reply_to) {
            (Some(target), Some(text), Some(reply_to)) => {
                let preview_url = body.preview_url.unwrap_or(false);
                Ok(Self { target, channel: body.channel_id, text, reply_to, preview_url })
            }
            _ => Err(Problem::invalid(errors)),
        }
    }

    /// What tells two requests apart, whatever dialect they came in.
    pub(crate) fn digest(&self) -> Result<String, Problem> {
        let canonical = serde_json::to_string(self).map_err(|error| Problem::internal(error.to_string()))?;
        Ok(digest::hex(&[&canonical]))
    }
}

fn target(body: &SendBody) -> Result<Target, FieldError> {
    let lead = one("leadId", body.lead_id.as_ref(), "contactId", body.contact_id.as_ref())?;
    let phone = one("phone", body.phone.as_ref(), "phoneNumber", body.phone_number.as_ref())?;
    let conversation = body.conversation_id.map(|value| Named { value, field: "conversationId" });
    match (lead, conversation, phone) {
        (Some(lead), None, phone) => Ok(Target::Lead(lead, phone)),
        (None, Some(conversation), None) => Ok(Target::Conversation(conversation)),
        (None, None, Some(phone)) => Ok(Target::Phone(phone)),
        (None, None, None) => {
            Err(FieldError::new("leadId", "is missing: say who it goes to, by leadId, conversationId or phoneNumber"))
        }
        (_, Some(conversation), _) => Err(FieldError::new(conversation.field, "stands beside another addressee")),
    }
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
    }

    #[test]
    fn the_longest_text_is_counted_in_characters() {
        let longest = "é".repeat(MAX_TEXT);
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}"}}"#)).is_ok());
        assert!(read(&format!(r#"{{"leadId":"{LEAD}","text":"{longest}é"}}"#)).is_err());
    }
}
