//! Webhooks: those of `events/`, with other people, names and times in them.

use domain::Timestamp;
use serde_json::{Value, json};

/// A message that Meta took: the name that it gave, and the one that we gave.
#[derive(Clone, Debug)]
pub struct Taken {
    pub wamid: String,
    pub callback_data: String,
    /// The phone of the recipient.
    pub to: String,
}

/// A name as long as those that WhatsApp gives.
pub fn wamid(number: usize) -> String {
    format!("wamid.HBgNNTUxMTk4ODg4Nzc3NxUCABIYFDNB{number:024X}AA==")
}

/// The phone of the person of this number.
pub fn phone(person: usize) -> String {
    format!("55119{person:08}")
}

/// The webhook in `events/whatsapp/FILE`, of the person of this number: their message of this name, and what else is
/// put into it.
pub fn message(file: &str, person: usize, name: &str, at: Timestamp, put: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut webhook = read(file);
    let value = &mut webhook["entry"][0]["changes"][0]["value"];
    let phone = phone(person);
    let user = user_id(&phone);
    value["contacts"][0]["wa_id"] = phone.clone().into();
    value["contacts"][0]["user_id"] = user.clone().into();
    let message = &mut value["messages"][0];
    message["from"] = phone.into();
    message["from_user_id"] = user.into();
    message["id"] = name.into();
    message["timestamp"] = at.seconds().to_string().into();
    put(message);
    webhook.to_string().into_bytes()
}

/// The webhook in that file, of what became of a message of ours.
pub fn status(file: &str, taken: &Taken, at: Timestamp) -> Vec<u8> {
    let mut webhook = read(file);
    let value = &mut webhook["entry"][0]["changes"][0]["value"];
    let user = user_id(&taken.to);
    if value["contacts"].is_array() {
        value["contacts"][0]["wa_id"] = taken.to.clone().into();
        value["contacts"][0]["user_id"] = user.clone().into();
    }
    let status = &mut value["statuses"][0];
    status["recipient_id"] = taken.to.clone().into();
    status["recipient_user_id"] = user.into();
    status["id"] = taken.wamid.clone().into();
    status["timestamp"] = at.seconds().to_string().into();
    status["biz_opaque_callback_data"] = json!(taken.callback_data);
    webhook.to_string().into_bytes()
}

/// The user id of the person with this phone.
fn user_id(phone: &str) -> String {
    format!("BR.1349120{phone}")
}

fn read(file: &str) -> Value {
    serde_json::from_str(&testkit::event(&format!("whatsapp/{file}.json"))).expect("an event is JSON")
}
