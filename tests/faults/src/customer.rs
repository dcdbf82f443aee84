//! Customers, and the webhooks about what they do.

use crate::meta::PHOTO_DIGEST;
use crate::template::{OTHER_DISPLAY, OTHER_NUMBER};
use serde_json::{Value, json};
use testkit::{NOW, Sender, bodies};

/// Somebody who writes to the business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Customer {
    name: String,
    pub(crate) phone: String,
    user: String,
    /// Whether they have a username and a hidden phone.
    pub(crate) hides: bool,
    pub(crate) of_other_business: bool,
}

/// One thing that a customer did, as in a webhook.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    contact: Option<Value>,
    message: Value,
    other_business: bool,
}

impl Customer {
    /// A customer who shows their phone.
    pub(crate) fn new(name: &str, number: u32) -> Self {
        Self {
            name: name.to_owned(),
            phone: format!("91987650{number:04}"),
            user: format!("IN.{number}"),
            hides: false,
            of_other_business: false,
        }
    }

    /// The same person as a customer of the other business: with the same phone and another user id.
    pub(crate) fn of_other_business(self) -> Self {
        Self { user: self.user.replace("IN.", "US."), of_other_business: true, ..self }
    }

    /// A new person who was given this customer's number.
    pub(crate) fn heir(&self, name: &str, number: u32) -> Self {
        Self { name: name.to_owned(), user: format!("IN.{number}"), ..self.clone() }
    }

    /// The same customer with a username and a hidden phone.
    pub(crate) fn hidden(self) -> Self {
        Self { hides: true, ..self }
    }

    /// WhatsApp's id of their message `number`.
    pub(crate) fn wamid(&self, number: u32) -> String {
        format!("wamid.{}-{number}", self.user)
    }

    /// Their message `number` is a text, written so many seconds after the world began.
    pub(crate) fn writes(&self, number: u32, text: &str) -> Action {
        self.does(number, json!({"type": "text", "text": {"body": text}}))
    }

    /// Their message `number` is a photo.
    pub(crate) fn sends_photo(&self, number: u32) -> Action {
        let image = json!({"id": format!("media-{number}"), "mime_type": "image/jpeg", "sha256": PHOTO_DIGEST});
        self.does(number, json!({"type": "image", "image": image}))
    }

    /// They react to the message called `wamid`.
    pub(crate) fn reacts(&self, number: u32, wamid: &str, emoji: &str) -> Action {
        self.does(number, json!({"type": "reaction", "reaction": {"message_id": wamid, "emoji": emoji}}))
    }

    /// They edit their message `of`.
    pub(crate) fn edits(&self, number: u32, of: u32, text: &str) -> Action {
        let message = json!({"type": "text", "text": {"body": text}});
        self.does(number, json!({"type": "edit", "edit": {"original_message_id": self.wamid(of), "message": message}}))
    }

    /// They withdraw their message `of`.
    pub(crate) fn withdraws(&self, number: u32, of: u32) -> Action {
        self.does(number, json!({"type": "revoke", "revoke": {"original_message_id": self.wamid(of)}}))
    }

    /// They have another phone and user id `now`, as WhatsApp reports in message `number`.
    pub(crate) fn becomes(&self, number: u32, now: &Self) -> Action {
        let change = json!({
            "type": "user_changed_number", "wa_id": now.phone, "user_id": now.user, "previous_user_id": self.user,
        });
        let action = self.does(number, json!({"type": "system", "system": change})).without("from_user_id");
        Action { contact: None, ..action }
    }

    fn does(&self, number: u32, content: Value) -> Action {
        let sender =
            Sender { name: &self.name, phone: (!self.hides).then_some(self.phone.as_str()), user: Some(&self.user) };
        let message = sender.message(&self.wamid(number), NOW.seconds() + i64::from(number), content);
        Action { contact: Some(sender.contact()), message, other_business: self.of_other_business }
    }
}

impl Action {
    /// A webhook with this action alone.
    pub(crate) fn body(&self) -> Vec<u8> {
        together(std::slice::from_ref(self))
    }

    /// The same under another timestamp, in seconds after the world began.
    pub(crate) fn triggered_at(mut self, seconds: i64) -> Self {
        self.message["timestamp"] = (NOW.seconds() + seconds).to_string().into();
        self
    }

    /// The same without one of its fields.
    pub(crate) fn without(mut self, field: &str) -> Self {
        if let Some(fields) = self.message.as_object_mut() {
            fields.remove(field);
        }
        self
    }
}

/// A webhook with all of `actions`, each in a change of its own.
pub(crate) fn together(actions: &[Action]) -> Vec<u8> {
    let ours = json!({"display_phone_number": "15550783881", "phone_number_id": testkit::account().phone_number_id});
    let theirs = json!({"display_phone_number": OTHER_DISPLAY, "phone_number_id": OTHER_NUMBER});
    let changes: Vec<Value> = actions
        .iter()
        .map(|action| {
            let value = json!({
                "messaging_product": "whatsapp", "metadata": if action.other_business { &theirs } else { &ours },
                "contacts": Vec::from_iter(&action.contact), "messages": [action.message],
            });
            json!({"field": "messages", "value": value})
        })
        .collect();
    let entry = json!([{"id": testkit::account().waba_id, "changes": changes}]);
    json!({"object": "whatsapp_business_account", "entry": entry}).to_string().into_bytes()
}

/// A webhook with a status of the message called `wamid`. `callback` is its callback data, if there are any.
pub(crate) fn status(wamid: &str, callback: Option<&str>, word: &str, seconds: i64, to: &Customer) -> Vec<u8> {
    let mut status = json!({
        "id": wamid, "status": word, "timestamp": (NOW.seconds() + seconds).to_string(),
        "recipient_id": to.phone, "recipient_user_id": to.user,
    });
    if let Some(callback) = callback {
        status["biz_opaque_callback_data"] = callback.into();
    }
    if word == "delivered" {
        status["pricing"] = json!({"billable": true, "pricing_model": "PMP", "category": "service", "type": "regular"});
    }
    if word == "failed" {
        status["errors"] = json!([{"code": 131_026, "title": "Message undeliverable"}]);
    }
    bodies::webhook(json!({"statuses": [status]}))
}
