//! The files of `events/whatsapp/` posted as WhatsApp posts them, and messages of ours for their statuses to speak of.

use crate::bodies::as_posted;
use crate::{Sender, TestApp};
use domain::inbox::outbound_messages::Outcome;
use domain::{ConversationId, MessageId, Wamid};
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// The names in a folder of events, without their ending.
///
/// # Panics
/// If there is no such folder, or something else than JSON in it.
#[must_use]
pub fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(crate::events().join(folder)).expect("the folder can be read");
    let name = |entry: std::fs::DirEntry| entry.file_name().into_string().expect("a name is UTF-8");
    let name = |entry| name(entry).strip_suffix(".json").expect("every event is JSON").to_owned();
    let mut names: Vec<_> = entries.map(|entry| name(entry.expect("the folder can be read"))).collect();
    names.sort_unstable();
    names
}

/// What the status of the file `file` of `whatsapp/` says.
fn status_in(file: &str) -> Value {
    let webhook: Value = serde_json::from_str(&crate::event(&format!("whatsapp/{file}.json"))).expect("it is JSON");
    webhook["entry"][0]["changes"][0]["value"]["statuses"][0].clone()
}

/// The message of ours that the status of the file `file` of `whatsapp/` speaks of.
///
/// # Panics
/// If there is no status in the file.
#[must_use]
pub fn spoken_of(file: &str) -> Wamid {
    Wamid::parse(status_in(file)["id"].as_str().expect("a status names its message")).expect("as WhatsApp does")
}

impl TestApp {
    /// Posts a file of `whatsapp/` as WhatsApp does: it is in the queue then, and nothing else has happened.
    pub async fn post_file(&self, file: &str) {
        let body = as_posted(&crate::event(&format!("whatsapp/{file}.json")));
        assert_eq!(self.deliver(body).await.status, StatusCode::OK, "{file}");
    }

    /// Delivers a file of `whatsapp/` and works everything off.
    pub async fn deliver_file(&self, file: &str) {
        self.post_file(file).await;
        self.settle().await;
    }

    /// An hour after [`NOW`](crate::NOW), with a customer who has written, and a message of ours to them that WhatsApp
    /// accepted under the name that the status of `file` speaks of.
    pub async fn with_message_of(file: &str) -> Self {
        let app = Self::start().await;
        app.skip(HOUR);
        let status = status_in(file);
        let text = |field: &str| status[field].as_str();
        let customer = Sender { name: "Customer", phone: text("recipient_id"), user: text("recipient_user_id") };
        let answer = app.deliver(customer.writes("wamid.first", app.now().seconds(), "hello")).await;
        assert_eq!(answer.status, StatusCode::OK);
        app.settle().await;
        app.accepted(&spoken_of(file)).await;
        app
    }

    /// Accepts a text to the only lead, and gives the conversation and the message's id. Nobody has seen it yet.
    pub async fn answer(&self, text: &str) -> (ConversationId, MessageId) {
        let body = json!({"leadId": self.only_lead().await["id"], "text": text});
        let answer = self.post("/api/messages", body).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
        let conversation = answer.str("conversationId").parse();
        let id = answer.str("id").parse();
        (conversation.expect("the API tells ids"), id.expect("the API tells ids"))
    }

    /// Sends a message to the only lead, and lets WhatsApp call it `wamid`.
    pub async fn accepted(&self, wamid: &Wamid) {
        let (conversation, id) = self.answer("ours").await;
        let store = self.stack().store();
        let tenant = self.account().tenant;
        let now = self.now();
        let send = store.tenant(tenant).outbound_message(conversation.history, id).await.expect("the table answers");
        let send = send.expect("the message is there");
        let claimed = store.tenant(tenant).claim(&send, "test", now.plus(HOUR), None).await.expect("the table answers");
        assert!(claimed);
        store
            .tenant(tenant)
            .settle(&send, "test", &Outcome::Accepted(wamid.clone()), now)
            .await
            .expect("the table answers");
        self.settle().await;
    }

    /// The status of the only message of ours.
    pub async fn status(&self) -> String {
        let lead = self.only_lead().await;
        let messages = lead["messages"].as_array().expect("a lead has messages");
        let ours: Vec<_> = messages.iter().filter(|message| message["direction"] == "outbound").collect();
        assert_eq!(ours.len(), 1);
        ours[0]["status"].as_str().expect("a message of ours has a status").to_owned()
    }
}
