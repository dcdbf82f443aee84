//! Bodies of webhooks as Meta posts them, for customers and moments that the simulator has no words for.

use serde_json::{Value, json};

/// The demo number, as in `events/`.
const NUMBER: &str = "106540352242922";

/// The account of the demo number.
pub const ACCOUNT: &str = "102290129340398";

/// Somebody who writes, by any of the ids that WhatsApp may tell.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The profile's name.
    pub name: &'a str,
    /// The phone, unless it is hidden.
    pub phone: Option<&'a str>,
    /// The business-scoped user id, unless the webhook is an old one.
    pub user: Option<&'a str>,
}

impl Sender<'_> {
    /// The body of a webhook with one message: its id, its time in seconds, and the rest (`type` and its object).
    #[must_use]
    pub fn sends(&self, wamid: &str, seconds: i64, content: Value) -> Vec<u8> {
        webhook(json!({"contacts": [self.contact()], "messages": [self.message(wamid, seconds, content)]}))
    }

    /// The same for a text.
    #[must_use]
    pub fn writes(&self, wamid: &str, seconds: i64, text: &str) -> Vec<u8> {
        self.sends(wamid, seconds, json!({"type": "text", "text": {"body": text}}))
    }

    /// An entry of `messages`.
    #[must_use]
    pub fn message(&self, wamid: &str, seconds: i64, mut content: Value) -> Value {
        content["id"] = wamid.into();
        content["timestamp"] = seconds.to_string().into();
        set(&mut content, "from", self.phone);
        set(&mut content, "from_user_id", self.user);
        content
    }

    /// The entry of `contacts`.
    #[must_use]
    pub fn contact(&self) -> Value {
        let mut contact = json!({"profile": {"name": self.name}});
        set(&mut contact, "wa_id", self.phone);
        set(&mut contact, "user_id", self.user);
        contact
    }
}

fn set(object: &mut Value, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object[key] = value.into();
    }
}

/// The body of a webhook of field `messages` with this value; the demo number's metadata is added unless it has some.
#[must_use]
pub fn webhook(value: Value) -> Vec<u8> {
    of_account(ACCOUNT, "messages", value)
}

/// The same of any field, as the webhook of this account.
#[must_use]
pub fn of_account(account: &str, field: &str, mut value: Value) -> Vec<u8> {
    if value["metadata"].is_null() {
        value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": NUMBER});
    }
    value["messaging_product"] = "whatsapp".into();
    let change = json!({"field": field, "value": value});
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": account, "changes": [change]}]});
    body.to_string().into_bytes()
}

/// JSON as WhatsApp writes it: without spaces, with everything but ASCII as `\uXXXX`, and every slash as `\/`.
#[must_use]
pub fn as_posted(json: &str) -> String {
    let mut posted = String::with_capacity(json.len());
    let mut inside = false;
    let mut escaped = false;
    for c in json.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' if !inside => {}
            '/' if !escaped => posted.push_str("\\/"),
            c if c.is_ascii() => posted.push(c),
            c => posted.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
        inside ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    posted
}
