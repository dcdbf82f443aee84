//! Customers, and Meta's JSON around what they do.

use crate::story::Message;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Somebody who writes, and what they wrote.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The profile's name.
    pub name: String,
    /// The business-scoped user id.
    pub user: String,
    /// The phone, unless it is hidden. Meta takes sends to these alone.
    pub phone: Option<String>,
    /// Every message by its wamid, as it has to be shown in the end.
    pub messages: BTreeMap<String, Message>,
}

impl Customer {
    /// The customer of this number; every tenth hides the phone.
    #[must_use]
    pub fn new(number: usize) -> Self {
        Self {
            name: format!("Customer {number}"),
            user: format!("IN.9900{number:012}"),
            phone: (!number.is_multiple_of(10)).then(|| format!("9199{number:08}")),
            messages: BTreeMap::new(),
        }
    }

    /// An entry of `messages`.
    #[must_use]
    pub fn message(&self, wamid: &str, at: i64, mut content: Value) -> Value {
        content["id"] = wamid.into();
        content["timestamp"] = at.to_string().into();
        content["from_user_id"] = self.user.as_str().into();
        if let Some(phone) = &self.phone {
            content["from"] = phone.as_str().into();
        }
        content
    }

    /// A change of a webhook with these messages.
    #[must_use]
    pub fn says(&self, number: &Number, messages: &[Value]) -> Value {
        let mut contact = json!({ "profile": { "name": self.name }, "user_id": self.user });
        if let Some(phone) = &self.phone {
            contact["wa_id"] = phone.as_str().into();
        }
        json!({ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": number.display, "phone_number_id": number.id },
            "contacts": [contact],
            "messages": messages,
        }})
    }
}

/// The business's number, as webhooks name it.
#[derive(Clone, Debug)]
pub struct Number {
    /// Meta's id of it.
    pub id: String,
    /// The number itself.
    pub display: String,
    /// Meta's id of its account.
    pub account: String,
}

impl Number {
    /// A body with these changes.
    #[must_use]
    pub fn webhook(&self, changes: &[Value]) -> String {
        let entry = json!([{ "id": self.account, "changes": changes }]);
        json!({ "object": "whatsapp_business_account", "entry": entry }).to_string()
    }
}

/// The content of a text.
#[must_use]
pub fn text(body: &str) -> Value {
    json!({ "type": "text", "text": { "body": body } })
}

/// The content of a photo.
#[must_use]
pub fn photo(wamid: &str, caption: &str) -> Value {
    let image = json!({ "id": format!("photo-{wamid}"), "mime_type": "image/jpeg", "caption": caption });
    json!({ "type": "image", "image": image })
}

/// The content of a reaction; an empty one takes it back.
#[must_use]
pub fn reaction(target: &str, emoji: &str) -> Value {
    json!({ "type": "reaction", "reaction": { "message_id": target, "emoji": emoji } })
}

/// The content of an edit.
#[must_use]
pub fn edit(target: &str, body: &str) -> Value {
    json!({ "type": "edit", "edit": { "original_message_id": target, "message": text(body) } })
}

/// The content of a withdrawal.
#[must_use]
pub fn revoke(target: &str) -> Value {
    json!({ "type": "revoke", "revoke": { "original_message_id": target } })
}
