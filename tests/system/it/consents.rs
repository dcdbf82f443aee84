//! Customers opt out and in again: by a word, in WhatsApp's own settings, through an agent. It holds when a message is
//! accepted, and once more before it is posted.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::Person;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Reply, TestApp};

async fn synchronised() -> TestApp {
    let app = TestApp::start().await;
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    app
}

async fn customer(app: &TestApp) -> (Person, String) {
    let person = app.person("Asha Rao");
    app.says(&person, "Is my order ready?").await;
    app.skip(Duration::from_secs(1));
    let lead = app.only_lead().await["id"].as_str().unwrap().to_owned();
    (person, lead)
}

async fn offer(app: &TestApp, lead: &str) -> Reply {
    let template = json!({ "name": "we_miss_you", "language": "en" });
    let reply = app.post("/api/messages", json!({ "leadId": lead, "template": template })).await;
    app.settle().await;
    reply
}

async fn text(app: &TestApp, lead: &str) -> Reply {
    let reply = app.post("/api/messages", json!({ "leadId": lead, "text": "It is." })).await;
    app.settle().await;
    reply
}

async fn consent(app: &TestApp, lead: &str) -> Value {
    app.get(&format!("/api/leads/{lead}/consent")).await.json
}

async fn change(app: &TestApp, lead: &str, body: Value) -> Reply {
    app.call(Method::PATCH, &format!("/api/leads/{lead}/consent"), &[], Some(body)).await
}

#[tokio::test]
async fn who_writes_stop_gets_nothing_until_they_write_again_and_no_template_until_they_agree() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    app.says(&person, "Stop!").await;
    app.skip(Duration::from_secs(1));
    for refused in [offer(&app, &lead).await, text(&app, &lead).await] {
        assert_eq!((refused.status, refused.str("type")), (StatusCode::UNPROCESSABLE_ENTITY, "/problems/opted-out"));
    }
    let known = consent(&app, &lead).await;
    assert_eq!((&known["marketing"], &known["service"]), (&json!(false), &json!(false)));
    assert_eq!((&known["history"][0]["source"], &known["history"][0]["by"]), (&json!("customer"), &Value::Null));
    app.says(&person, "But is my order ready?").await;
    app.skip(Duration::from_secs(1));
    assert_eq!(text(&app, &lead).await.status, StatusCode::ACCEPTED, "the answer to a question");
    assert_eq!(offer(&app, &lead).await.str("type"), "/problems/opted-out");
    app.says(&person, "START").await;
    app.skip(Duration::from_secs(1));
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn an_opt_out_holds_for_a_message_that_was_accepted_before_it() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let channel = app.account().channel;
    let toggle = format!("/api/channels/{channel}/toggle");
    app.call(Method::POST, &toggle, &[], None).await;
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED);
    app.says(&person, "stop").await;
    app.call(Method::POST, &toggle, &[], None).await;
    app.pass(Duration::from_secs(300)).await;
    let messages = app.only_lead().await["messages"].as_array().unwrap().clone();
    let offered = messages.iter().find(|message| message["type"] == "template").unwrap();
    assert_eq!((&offered["status"], &offered["error"]["reason"]), (&json!("failed"), &json!("opted_out")));
    assert_eq!(offered["error"]["nextStep"], "respect_opt_out");
    assert_eq!(app.meta().sends(None).unwrap().len(), 0);
}

#[tokio::test]
async fn who_stops_marketing_in_whatsapp_gets_no_offers_and_everything_else() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let preference = |value: &str, at: i64| {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": app.account().waba_id, "changes": [{
            "field": "user_preferences", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "15550783881", "phone_number_id": app.account().phone_number_id },
                "user_preferences": [{ "wa_id": person.wa_id, "category": "marketing_messages", "value": value, "timestamp": at }],
            },
        }] }] })
    };
    let now = app.now().seconds();
    assert_eq!(app.deliver(preference("stop", now).to_string()).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(offer(&app, &lead).await.str("type"), "/problems/opted-out");
    assert_eq!(text(&app, &lead).await.status, StatusCode::ACCEPTED);
    assert_eq!(consent(&app, &lead).await["history"][0]["source"], "whatsapp");
    app.deliver(preference("resume", now + 5).to_string()).await;
    app.deliver(preference("stop", now).to_string()).await;
    app.settle().await;
    assert_eq!(consent(&app, &lead).await["marketing"], json!(true), "the later choice holds, whichever came last");
}

#[tokio::test]
async fn a_user_writes_down_what_a_customer_said_and_needs_proof_to_undo_a_refusal() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let off = change(&app, &lead, json!({ "marketing": false })).await;
    assert_eq!((off.status, &off["marketing"], &off["service"]), (StatusCode::OK, &json!(false), &json!(true)));
    app.skip(Duration::from_secs(1));
    let bare = change(&app, &lead, json!({ "marketing": true })).await;
    assert_eq!((bare.status, bare.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "note"), "{}", bare.text);
    let proven = change(&app, &lead, json!({ "marketing": true, "note": "Signed the form at the desk" })).await;
    assert_eq!(
        (&proven["marketing"], &proven["history"][0]["note"]),
        (&json!(true), &json!("Signed the form at the desk"))
    );
    assert_eq!(change(&app, &lead, json!({})).await.str("field"), "marketing");
    let audited = app.get("/api/audit?action=consent_changed").await;
    assert_eq!(audited.items().len(), 2, "{}", audited.text);
}
