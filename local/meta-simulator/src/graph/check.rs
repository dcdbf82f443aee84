//! What Meta checks of a send before it looks at the recipient.

use super::shapes;
use crate::graph_error::GraphError;
use serde_json::{Map, Value};

/// How long `biz_opaque_callback_data` may be.
const CALLBACK_DATA_MAX: usize = 512;

/// A send whose form is right.
#[derive(Debug, PartialEq)]
pub(crate) struct Checked {
    /// The recipient as given.
    pub recipient: Recipient,
    /// The type of the message.
    pub kind: String,
    /// What every status echoes.
    pub callback_data: Option<String>,
}

/// How the recipient was named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Recipient {
    /// By the phone in `to`: as given, and its digits.
    Phone {
        /// As given.
        input: String,
        /// Without `+`, blanks, dashes and brackets.
        digits: String,
    },
    /// By the BSUID in `recipient`.
    UserId(String),
    /// By a BSUID in `to`: Meta takes what follows the country for a phone.
    Misplaced {
        /// As given.
        input: String,
        /// What Meta takes for a phone.
        stripped: String,
    },
}

/// Checks the form of a send.
pub(crate) fn message(body: &Map<String, Value>) -> Result<Checked, GraphError> {
    product(body)?;
    recipient_type(body)?;
    let recipient = recipient(body)?;
    let callback_data = callback_data(body)?;
    context(body)?;
    let kind = shapes::check(body)?;
    Ok(Checked { recipient, kind: kind.to_owned(), callback_data })
}

/// `messaging_product` must be `whatsapp`.
pub(crate) fn product(body: &Map<String, Value>) -> Result<(), GraphError> {
    match body.get("messaging_product") {
        Some(Value::String(product)) if product == "whatsapp" => Ok(()),
        Some(_) => Err(GraphError::with(100, "Param messaging_product must be one of {WHATSAPP}")),
        None => Err(GraphError::with(100, "The parameter messaging_product is required.")),
    }
}

fn recipient_type(body: &Map<String, Value>) -> Result<(), GraphError> {
    match body.get("recipient_type") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(kind)) if kind == "individual" => Ok(()),
        Some(Value::String(kind)) if kind == "group" => {
            Err(GraphError::with(131_020, "Groups are not available for this business phone number"))
        }
        Some(_) => Err(GraphError::with(100, "Param recipient_type must be one of {individual, group}")),
    }
}

fn recipient(body: &Map<String, Value>) -> Result<Recipient, GraphError> {
    if let Some(to) = text(body, "to")? {
        return phone(to);
    }
    match text(body, "recipient")? {
        Some(user_id) if is_user_id(user_id) => Ok(Recipient::UserId(user_id.to_owned())),
        Some(_) => Err(GraphError::with(131_009, "recipient is not a valid business-scoped user ID")),
        None => Err(GraphError::with(131_008, "The parameter to or recipient is required.")),
    }
}

fn phone(to: &str) -> Result<Recipient, GraphError> {
    if is_user_id(to) {
        let stripped = to.rsplit('.').next().unwrap_or(to).to_owned();
        return Ok(Recipient::Misplaced { input: to.to_owned(), stripped });
    }
    let bare: String = to.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    if (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Recipient::Phone { input: to.to_owned(), digits: digits.to_owned() });
    }
    Err(GraphError::with(131_009, "to is not a valid WhatsApp phone number"))
}

/// `CC.` and up to 128 letters and digits, or `CC.ENT.` and those.
pub(crate) fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else { return false };
    let scoped = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&scoped.len())
        && scoped.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn callback_data(body: &Map<String, Value>) -> Result<Option<String>, GraphError> {
    match text(body, "biz_opaque_callback_data")? {
        Some(data) if data.chars().count() > CALLBACK_DATA_MAX => {
            let details =
                format!("Param biz_opaque_callback_data must be at most {CALLBACK_DATA_MAX} characters long.");
            Err(GraphError::with(100, details))
        }
        data => Ok(data.map(str::to_owned)),
    }
}

fn context(body: &Map<String, Value>) -> Result<(), GraphError> {
    let Some(context) = body.get("context").filter(|context| !context.is_null()) else { return Ok(()) };
    let Some(context) = context.as_object() else {
        return Err(GraphError::with(100, "Param context must be an object"));
    };
    match context.get("message_id").and_then(Value::as_str) {
        Some(id) if id.starts_with("wamid.") => Ok(()),
        Some(_) => Err(GraphError::with(131_009, "context['message_id'] is not a valid message ID")),
        None => Err(GraphError::with(131_008, "The parameter context['message_id'] is required.")),
    }
}

/// The non-empty string under `key`, if it is there.
fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<Option<&'a str>, GraphError> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(_) => Err(GraphError::with(100, format!("Param {key} must be a string"))),
    }
}
