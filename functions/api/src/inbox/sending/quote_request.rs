//! What is to be quoted: a recipient, and a text or a template.

use super::request::{SendBody, Target, target};
use crate::web::problem::{FieldError, Problem};
use domain::inbox::parts::{self, MOST_TEXT};
use domain::outreach::templates::{Language, TemplateName};
use domain::{ChannelId, ConversationId, LeadId, Phone, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// A message to quote. Name one recipient.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    { "required": ["leadId"] },
    { "required": ["conversationId"] },
    { "required": ["phoneNumber"] },
]))]
pub(crate) struct QuoteBody {
    /// The lead to send to.
    lead_id: Option<LeadId>,
    /// The conversation to send in.
    conversation_id: Option<ConversationId>,
    /// The phone number to send to. Together with a lead, it must be the lead's number.
    #[schemars(with = "Option<Phone>")]
    phone_number: Option<String>,
    /// The channel to send from. Defaults to the one that the customer last wrote to.
    channel_id: Option<ChannelId>,
    /// The text, if it is a text. A long one is sent as several messages.
    #[schemars(length(min = 1, max = MOST_TEXT), regex(pattern = r"\S"))]
    text: Option<Text>,
    /// The template, if it is one.
    template: Option<QuotedTemplate>,
}

/// A template to quote.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct QuotedTemplate {
    /// The template's name.
    #[schemars(with = "TemplateName")]
    name: String,
    /// The language, as in a message.
    #[schemars(with = "Language")]
    language: String,
}

/// A [`QuoteBody`] whose fields are right.
pub(crate) struct Asks {
    pub(crate) target: Target,
    pub(crate) channel: Option<ChannelId>,
    pub(crate) template: Option<(TemplateName, Language)>,
    pub(crate) messages: usize,
}

impl Asks {
    /// Reads the body, or says what is wrong with it.
    pub(crate) fn parse(body: &QuoteBody) -> Result<Self, Problem> {
        let recipient = SendBody::to(body.lead_id, body.conversation_id, body.phone_number.clone());
        let target = target(&recipient).map_err(Problem::from)?;
        let wrong = |field: &str, detail: String| Problem::invalid(vec![FieldError::new(field, detail)]);
        if body.text.is_some() && body.template.is_some() {
            return Err(wrong("template", "Cannot be combined with text: a message has one content.".to_owned()));
        }
        let messages = match &body.text {
            None => 1,
            Some(text) if text.is_blank() => return Err(wrong("text", "is empty".to_owned())),
            Some(text) if text.as_str().chars().count() > MOST_TEXT => {
                return Err(wrong("text", format!("use at most {MOST_TEXT} characters")));
            }
            Some(text) => parts::split(text).len(),
        };
        let template = body.template.as_ref().map(|template| {
            let name =
                TemplateName::parse(&template.name).map_err(|error| wrong("template.name", error.to_string()))?;
            let language =
                Language::parse(&template.language).map_err(|error| wrong("template.language", error.to_string()))?;
            Ok::<_, Problem>((name, language))
        });
        Ok(Self { target, channel: body.channel_id, template: template.transpose()?, messages })
    }
}
