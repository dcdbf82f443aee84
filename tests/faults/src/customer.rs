//! Customers, and what Meta posts when they do something.

use crate::template::{OTHER_DISPLAY, OTHER_NUMBER};
use serde_json::{Value, json};
use testkit::{NOW, Sender, bodies};

/// Somebody who writes to the business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    name: String,
    phone: String,
    user: String,
    hides: bool,
    next_door: bool,
}

/// One thing that a customer did, as it stands in a webhook.
#[derive(Clone, Debug)]
pub struct Deed {
    contact: Option<Value>,
    message: Value,
    next_door: bool,
}

impl Customer {
    /// The customer of this name and number, who shows their phone.
    #[must_use]
    pub fn new(name: &str, number: u32) -> Self {
        Self {
            name: name.to_owned(),
            phone: format!("91987650{number:04}"),
            user: format!("IN.{number}"),
            hides: false,
            next_door: false,
        }
    }

    /// The same person, who writes to the other business: their phone is the same, and their user id another.
    #[must_use]
    pub fn next_door(self) -> Self {
        Self { user: self.user.replace("IN.", "US."), next_door: true, ..self }
    }

    /// Whether they write to the other business.
    #[must_use]
    pub const fn is_next_door(&self) -> bool {
        self.next_door
    }

    /// The same customer under a username: their phone is hidden from us.
    #[must_use]
    pub fn hidden(self) -> Self {
        Self { hides: true, ..self }
    }

    /// Whether their phone is hidden from us.
    #[must_use]
    pub const fn hides(&self) -> bool {
        self.hides
    }

    /// Their phone.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// WhatsApp's id of their message `number`.
    #[must_use]
    pub fn wamid(&self, number: u32) -> String {
        format!("wamid.{}-{number}", self.user)
    }

    /// Their message `number` is a text. It is written so many seconds after the world begins.
    #[must_use]
    pub fn writes(&self, number: u32, text: &str) -> Deed {
        self.does(number, json!({"type": "text", "text": {"body": text}}))
    }

    /// Their message `number` is a photo.
    #[must_use]
    pub fn sends_photo(&self, number: u32) -> Deed {
        let image = json!({"id": format!("media-{number}"), "mime_type": "image/jpeg", "sha256": "c2hh"});
        self.does(number, json!({"type": "image", "image": image}))
    }

    /// They react to the message called `wamid`.
    #[must_use]
    pub fn reacts(&self, number: u32, wamid: &str, emoji: &str) -> Deed {
        self.does(number, json!({"type": "reaction", "reaction": {"message_id": wamid, "emoji": emoji}}))
    }

    /// They edit their message `of`.
    #[must_use]
    pub fn edits(&self, number: u32, of: u32, text: &str) -> Deed {
        let message = json!({"type": "text", "text": {"body": text}});
        self.does(number, json!({"type": "edit", "edit": {"original_message_id": self.wamid(of), "message": message}}))
    }

    /// They withdraw their message `of`.
    #[must_use]
    pub fn withdraws(&self, number: u32, of: u32) -> Deed {
        self.does(number, json!({"type": "revoke", "revoke": {"original_message_id": self.wamid(of)}}))
    }

    /// They are `now` somebody of another phone and user id, as WhatsApp says in message `number`.
    #[must_use]
    pub fn becomes(&self, number: u32, now: &Self) -> Deed {
        let told = json!({
            "type": "user_changed_number", "wa_id": now.phone, "user_id": now.user, "previous_user_id": self.user,
        });
        let deed = self.does(number, json!({"type": "system", "system": told})).without("from_user_id");
        Deed { contact: None, ..deed }
    }

    fn does(&self, number: u32, content: Value) -> Deed {
        let sender =
            Sender { name: &self.name, phone: (!self.hides).then_some(self.phone.as_str()), user: Some(&self.user) };
        let message = sender.message(&self.wamid(number), NOW.seconds() + i64::from(number), content);
        Deed { contact: Some(sender.contact()), message, next_door: self.next_door }
    }
}

impl Deed {
    /// A webhook with this alone.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        together(std::slice::from_ref(self))
    }
}

impl Deed {
    /// The same without one of its fields.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        if let Some(fields) = self.message.as_object_mut() {
            fields.remove(field);
        }
        self
    }
}

/// A webhook with all of `deeds`, each in a change of its own.
#[must_use]
pub fn together(deeds: &[Deed]) -> Vec<u8> {
    let ours = json!({"display_phone_number": "15550783881", "phone_number_id": testkit::account().phone_number_id});
    let theirs = json!({"display_phone_number": OTHER_DISPLAY, "phone_number_id": OTHER_NUMBER});
    let changes: Vec<Value> = deeds
        .iter()
        .map(|deed| {
            let value = json!({
                "messaging_product": "whatsapp", "metadata": if deed.next_door { &theirs } else { &ours },
                "contacts": Vec::from_iter(&deed.contact), "messages": [deed.message],
            });
            json!({"field": "messages", "value": value})
        })
        .collect();
    let entry = json!([{"id": testkit::account().waba_id, "changes": changes}]);
    json!({"object": "whatsapp_business_account", "entry": entry}).to_string().into_bytes()
}

/// A webhook that says how the message called `wamid` fares; `opaque` is our name for it, where Meta echoes it.
#[must_use]
pub fn status(wamid: &str, opaque: Option<&str>, word: &str, seconds: i64, to: &Customer) -> Vec<u8> {
    let mut status = json!({
        "id": wamid, "status": word, "timestamp": (NOW.seconds() + seconds).to_string(),
        "recipient_id": to.phone, "recipient_user_id": to.user,
    });
    if let Some(opaque) = opaque {
        status["biz_opaque_callback_data"] = opaque.into();
    }
    if word == "failed" {
        status["errors"] = json!([{"code": 131_026, "title": "Message undeliverable"}]);
    }
    bodies::webhook(json!({"statuses": [status]}))
}
