//! What stands in a message of each kind.

use super::media::Media;
use super::{CustomerMessage, Kind, made_up};
use crate::graph::media::link;
use crate::people::Person;
use crate::simulator::Simulator;
use crate::wamid::Serial;
use serde_json::{Value, json};

/// Everything that a message is made from.
pub(super) struct Scene<'a> {
    pub simulator: &'a Simulator,
    pub wish: &'a CustomerMessage,
    pub person: &'a Person,
    pub serial: &'a Serial<'a>,
    /// The business's last message, which buttons answer unless another is named.
    pub answered: Option<String>,
}

/// A message, and what it changes about its sender.
pub(super) struct Played {
    pub message: Value,
    /// The new phone and BSUID.
    pub renumbered: Option<(String, String)>,
}

impl Scene<'_> {
    /// The message without its id and time.
    pub fn play(&self) -> Played {
        let mut renumbered = None;
        let mut message = match self.wish.kind {
            Kind::Text => json!({"type": "text", "text": {"body": self.text("Hello, is this still available?")}}),
            Kind::Image | Kind::Video | Kind::Audio | Kind::Voice | Kind::Document | Kind::Sticker => self.media(),
            Kind::Location => self.location(),
            Kind::Contacts => self.contacts(),
            Kind::Reaction => self.reaction(),
            Kind::ButtonReply | Kind::ListReply | Kind::NfmReply | Kind::CallPermissionReply => self.interactive(),
            Kind::Button => self.template_button(),
            Kind::Order => self.order(),
            Kind::Edit | Kind::Revoke => self.change(),
            Kind::NumberChange => {
                let new = self.new_number();
                let message = self.number_change(&new);
                renumbered = Some(new);
                message
            }
            Kind::Unsupported => unsupported(),
            Kind::Unknown => json!({"type": "hologram", "hologram": {"depth": 3, "url": "https://example.com/h"}}),
        };
        self.lay_over(&mut message);
        self.name_sender(&mut message);
        Played { message, renumbered }
    }

    fn text(&self, default: &str) -> String {
        self.wish.text.clone().unwrap_or_else(|| default.to_owned())
    }

    /// `content` over the object that the type names.
    fn lay_over(&self, message: &mut Value) {
        let kind = message["type"].as_str().unwrap_or_default().to_owned();
        if kind == "contacts" || kind == "interactive" {
            return;
        }
        for (key, value) in &self.wish.content {
            message[&kind][key] = value.clone();
        }
    }

    fn name_sender(&self, message: &mut Value) {
        if !self.person.hides_phone {
            message["from"] = json!(self.person.wa_id);
        }
        message["from_user_id"] = json!(self.person.user_id);
        if let Some(id) = &self.wish.reply_to {
            message["context"] = json!({"from": self.business(), "id": id});
        }
    }

    fn business(&self) -> &str {
        &self.simulator.config().display_phone_number
    }

    fn media(&self) -> Value {
        let kind = match self.wish.kind {
            Kind::Image => "image",
            Kind::Video => "video",
            Kind::Sticker => "sticker",
            Kind::Document => "document",
            _ => "audio",
        };
        let media = Media::new(kind, &made_up(self.serial, "media"));
        let mut object = json!({"id": media.id, "mime_type": media.mime_type, "sha256": media.sha256_base64()});
        if let Some(base) = &self.simulator.config().public_url {
            object["url"] = json!(link(self.simulator, &media.id, base));
        }
        match self.wish.kind {
            Kind::Audio => object["voice"] = json!(false),
            Kind::Voice => object["voice"] = json!(true),
            Kind::Sticker => object["animated"] = json!(false),
            Kind::Document => object["filename"] = json!(format!("document.{}", media.extension)),
            _ => {}
        }
        if let Some(caption) = self.wish.text.as_ref().filter(|_| matches!(kind, "image" | "video" | "document")) {
            object["caption"] = json!(caption);
        }
        json!({"type": kind, kind: object})
    }

    fn location(&self) -> Value {
        json!({"type": "location", "location": {
            "latitude": 12.9716, "longitude": 77.5946, "name": self.text("Cubbon Park"), "address": "Kasturba Road, Bengaluru",
        }})
    }

    fn contacts(&self) -> Value {
        let card = json!({
            "name": {"formatted_name": "Meera Rao", "first_name": "Meera", "last_name": "Rao"},
            "phones": [{"phone": "+91 98765 00002", "wa_id": "919876500002", "type": "CELL"}],
            "emails": [{"email": "meera@example.com", "type": "WORK"}],
            "org": {"company": "Example Ltd"},
            "origin": "other",
        });
        let cards = self.wish.content.get("contacts").cloned().unwrap_or_else(|| json!([card]));
        json!({"type": "contacts", "contacts": cards})
    }

    fn reaction(&self) -> Value {
        let mut reaction = json!({"message_id": self.wish.message_id});
        match self.wish.emoji.as_deref() {
            Some("") => {}
            Some(emoji) => reaction["emoji"] = json!(emoji),
            None => reaction["emoji"] = json!("👍"),
        }
        json!({"type": "reaction", "reaction": reaction})
    }

    /// Which of the business's messages an answer belongs to.
    fn context(&self) -> Value {
        let id = self.wish.message_id.clone().or_else(|| self.answered.clone());
        json!({"from": self.business(), "id": id.unwrap_or_else(|| self.serial.wamid("business"))})
    }

    fn interactive(&self) -> Value {
        let (kind, answer) = match self.wish.kind {
            Kind::ButtonReply => ("button_reply", json!({"id": "yes", "title": self.text("Yes, please")})),
            Kind::ListReply => {
                ("list_reply", json!({"id": "slot-3", "title": self.text("Tue 10:00"), "description": "45 min"}))
            }
            Kind::CallPermissionReply => {
                let response = self.text("accept");
                ("call_permission_reply", json!({"response": response, "response_source": "user_action"}))
            }
            _ => {
                let response = json!({"flow_token": "t1", "email": "asha@example.com"}).to_string();
                ("nfm_reply", json!({"name": "flow", "body": self.text("Sent"), "response_json": response}))
            }
        };
        let mut answer = answer;
        for (key, value) in &self.wish.content {
            answer[key] = value.clone();
        }
        json!({"type": "interactive", "context": self.context(), "interactive": {"type": kind, kind: answer}})
    }

    fn template_button(&self) -> Value {
        let text = self.text("Unsubscribe");
        json!({"type": "button", "context": self.context(), "button": {"payload": text.to_uppercase(), "text": text}})
    }

    fn order(&self) -> Value {
        json!({"type": "order", "order": {"catalog_id": "500000000000001", "text": self.text("Please deliver on Friday"),
            "product_items": [{"product_retailer_id": "sku-1", "quantity": 2, "item_price": 249.5, "currency": "INR"}]}})
    }

    fn change(&self) -> Value {
        let id = &self.wish.message_id;
        if self.wish.kind == Kind::Revoke {
            return json!({"type": "revoke", "revoke": {"original_message_id": id}});
        }
        let new = json!({"context": {"id": id}, "type": "text", "text": {"body": self.text("(edited)")}});
        json!({"type": "edit", "edit": {"original_message_id": id, "message": new}})
    }

    fn new_number(&self) -> (String, String) {
        let wished = |key: &str| self.wish.content.get(key).and_then(Value::as_str).map(str::to_owned);
        let country = self.person.user_id.split('.').next().unwrap_or("IN");
        let wa_id = wished("wa_id").unwrap_or_else(|| format!("91{}", self.serial.digits("phone", 10)));
        let user_id = wished("user_id").unwrap_or_else(|| format!("{country}.{}", self.serial.digits("user", 20)));
        (wa_id, user_id)
    }

    fn number_change(&self, (wa_id, user_id): &(String, String)) -> Value {
        let name = &self.person.name;
        let old = &self.person.user_id;
        if self.person.hides_phone {
            return json!({"type": "system", "system": {"type": "user_changed_user_id", "user_id": user_id,
                "previous_user_id": old, "body": format!("User {name} changed their user ID")}});
        }
        let body = format!("User {name} changed from {} to {wa_id}", self.person.wa_id);
        json!({"type": "system", "system": {"type": "user_changed_number", "wa_id": wa_id, "user_id": user_id,
            "previous_user_id": old, "body": body}})
    }
}

fn unsupported() -> Value {
    json!({
        "type": "unsupported",
        "unsupported": {"type": "poll_creation"},
        "errors": [{
            "code": 131_051, "title": "Message type unknown", "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }],
    })
}
