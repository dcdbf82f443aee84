//! The model: what customers wrote and agents sent, and how the API has to show it in the end. Deliveries may come in any
//! order and several times, so the model notes each event once, when the load makes it up.

use crate::process::Instance;
use domain::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is shown in place of a withdrawn message.
const DELETED: &str = "This message was deleted";

/// A customer and their messages.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The name in the WhatsApp profile.
    pub name: String,
    /// The business-scoped user id.
    pub user: String,
    /// The phone, unless it is hidden. Only customers with a phone are sent to.
    pub phone: Option<String>,
    /// Their messages by wamid.
    pub messages: BTreeMap<String, Message>,
}

/// A customer's message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The fields that the API has to show in the end.
    pub shown: Value,
    /// When it was last amended, in seconds: each amendment is later than the one before.
    amended: i64,
}

/// All that was written and sent.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The customers, in the order in which they first wrote.
    pub customers: Vec<Customer>,
    /// The phone to which each idempotency key sends.
    pub sends: BTreeMap<String, String>,
    /// The customers' reactions to agents' messages, by wamid.
    pub reactions: BTreeMap<String, String>,
    events: usize,
    number: String,
    account: String,
}

impl Story {
    /// Nothing yet, at the number that this instance is connected to.
    pub fn new(instance: &Instance) -> Self {
        let number = instance.field("phoneNumberId").to_owned();
        Self { number, account: instance.field("wabaId").to_owned(), ..Self::default() }
    }

    /// The body of a webhook with these messages of each of these customers.
    pub fn webhook(&self, said: &[(usize, Vec<Value>)]) -> String {
        let changes = said.iter().map(|(who, messages)| {
            let customer = &self.customers[*who];
            let mut contact = json!({ "profile": { "name": customer.name }, "user_id": customer.user });
            if let Some(phone) = &customer.phone {
                contact["wa_id"] = phone.as_str().into();
            }
            json!({ "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "15550001111", "phone_number_id": self.number },
                "contacts": [contact],
                "messages": messages,
            }})
        });
        let entry = json!([{ "id": self.account, "changes": changes.collect::<Vec<_>>() }]);
        json!({ "object": "whatsapp_business_account", "entry": entry }).to_string()
    }

    /// Adds a customer, and returns their index. Every tenth hides the phone.
    pub fn meet(&mut self) -> usize {
        let who = self.customers.len();
        self.customers.push(Customer {
            name: format!("Customer {who}"),
            user: format!("IN.9900{who:012}"),
            phone: (!who.is_multiple_of(10)).then(|| format!("9199{who:08}")),
            messages: BTreeMap::new(),
        });
        who
    }

    /// Customer `who` writes a text.
    pub fn write(&mut self, who: usize, at: i64, text: &str) -> Value {
        self.message(who, at, text, json!({ "type": "text", "text": { "body": text } }))
    }

    /// Customer `who` sends a photo.
    pub fn photo(&mut self, who: usize, at: i64, caption: &str) -> Value {
        let image = json!({ "id": format!("photo-{}", self.events), "mime_type": "image/jpeg", "caption": caption });
        self.message(who, at, &format!("[Image] {caption}"), json!({ "type": "image", "image": image }))
    }

    /// Customer `who` reacts to their message `target`; an empty emoji removes the reaction.
    pub fn react(&mut self, who: usize, target: &str, emoji: &str) -> Value {
        let now = json!(Some(emoji).filter(|emoji| !emoji.is_empty()));
        self.amend(who, target, reaction(target, emoji), |shown| shown["reaction"] = now)
    }

    /// Customer `who` edits their text `target`. A withdrawn message stays withdrawn.
    pub fn edit(&mut self, who: usize, target: &str, text: &str) -> Value {
        let message = json!({ "type": "text", "text": { "body": text } });
        let edit = json!({ "type": "edit", "edit": { "original_message_id": target, "message": message } });
        self.amend(who, target, edit, |shown| {
            if shown["revoked"] == false {
                shown["text"] = text.into();
                shown["edited"] = text.into();
            }
        })
    }

    /// Customer `who` withdraws their message `target`.
    pub fn revoke(&mut self, who: usize, target: &str) -> Value {
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": target } });
        self.amend(who, target, revoke, |shown| {
            shown["revoked"] = true.into();
            shown["text"] = DELETED.into();
            shown["edited"] = Value::Null;
        })
    }

    /// Customer `who` reacts to the agent's message `target` of `at`.
    pub fn react_to_ours(&mut self, who: usize, target: &str, at: i64, emoji: &str) -> Value {
        self.reactions.insert(target.to_owned(), emoji.to_owned());
        self.event(who, at + 1, reaction(target, emoji))
    }

    /// An agent sends to this phone, and the idempotency key is returned.
    pub fn send(&mut self, phone: &str) -> String {
        let key = format!("key-{}", self.sends.len());
        self.sends.insert(key.clone(), phone.to_owned());
        key
    }

    fn message(&mut self, who: usize, at: i64, text: &str, content: Value) -> Value {
        let shown = json!({
            "type": content["type"], "text": text, "edited": null, "revoked": false, "reaction": null,
            "at": Timestamp::from_seconds(at).to_string(), "status": "received",
        });
        let event = self.event(who, at, content);
        let wamid = event["id"].as_str().unwrap_or_default().to_owned();
        self.customers[who].messages.insert(wamid, Message { shown, amended: at });
        event
    }

    fn amend(&mut self, who: usize, target: &str, content: Value, change: impl FnOnce(&mut Value)) -> Value {
        let message = self.customers[who].messages.get_mut(target).expect("a message of this customer");
        change(&mut message.shown);
        message.amended += 1;
        let at = message.amended;
        self.event(who, at, content)
    }

    fn event(&mut self, who: usize, at: i64, mut content: Value) -> Value {
        self.events += 1;
        let customer = &self.customers[who];
        content["id"] = format!("wamid.SOAK{:09}", self.events).into();
        content["timestamp"] = at.to_string().into();
        content["from_user_id"] = customer.user.as_str().into();
        if let Some(phone) = &customer.phone {
            content["from"] = phone.as_str().into();
        }
        content
    }
}

/// The text of the message with this idempotency key.
pub fn text_of(key: &str) -> String {
    format!("answer {key}")
}

fn reaction(target: &str, emoji: &str) -> Value {
    json!({ "type": "reaction", "reaction": { "message_id": target, "emoji": emoji } })
}
