//! A number that stays in use on its phone: the phone's address book and past messages are imported without a trace in what
//! people work with, messages written on the phone are shown, and the phone can be unlinked.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use axum::body::Body;
use http::{Method, Request, StatusCode};
use meta_simulator::{BusinessNumber, CustomerMessage, Settings};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use testkit::TestApp;

async fn as_phone(app: &TestApp, path: &str, body: Value) -> testkit::Reply {
    let request = Request::post(path).header("content-type", "application/json");
    app.ask(request.body(Body::from(body.to_string())).unwrap()).await
}

/// A phone links its number, and brings what it has. Gives the channel's ID.
async fn link(app: &TestApp) -> (BusinessNumber, String) {
    let number = app.meta().numbers()[1].clone();
    let session = app.post("/api/sessions", json!({})).await;
    let state = session.str("link").split_once("?scan=").unwrap().1.to_owned();
    let scanned = as_phone(app, "/api/sessions/scan", json!({ "state": state })).await;
    let back = app.meta().sign_up(scanned.str("url"), &number.phone_number_id).unwrap();
    let pairs: HashMap<_, _> =
        back.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let linked =
        as_phone(app, "/api/sessions/complete", json!({ "code": pairs["code"], "state": pairs["state"] })).await;
    assert_eq!(linked.status, StatusCode::OK, "{}", linked.text);
    app.settle().await;
    app.pass(Duration::from_secs(5)).await;
    let status = app.get(&format!("/api/sessions/{}/status", session.str("id"))).await;
    (number, status.str("channelId").to_owned())
}

async fn lead(app: &TestApp, name: &str) -> Value {
    let listed = app.get("/api/leads?limit=100").await;
    assert_eq!(listed.status, StatusCode::OK, "{}", listed.text);
    let found = listed.items().iter().find(|lead| lead["name"] == name).cloned();
    let found = found.unwrap_or_else(|| panic!("no {name}: {}", listed.text));
    app.get(&format!("/api/leads/{}", found["id"].as_str().unwrap())).await.json
}

async fn conversation(app: &TestApp, lead: &Value) -> Value {
    app.get(&format!("/api/conversations/{}", lead["conversations"][0].as_str().unwrap())).await.json
}

async fn channel(app: &TestApp, id: &str) -> Value {
    app.get("/api/channels").await.items().iter().find(|channel| channel["id"] == id).cloned().unwrap()
}

#[tokio::test]
async fn the_past_of_a_phone_is_readable_and_nothing_else_comes_of_it() {
    let app = TestApp::start().await;
    let (_, id) = link(&app).await;
    let paula = lead(&app, "Paula Past").await;
    let texts: Vec<_> = paula["messages"].as_array().unwrap().iter().map(|message| message["text"].clone()).collect();
    assert_eq!(
        texts,
        ["[Image] This one", "Then I take one", "Yes, two of them.", "Do you still have the blue one?"],
        "{paula}"
    );
    let directions: Vec<_> = paula["messages"].as_array().unwrap().iter().map(|one| one["direction"].clone()).collect();
    assert_eq!(directions, ["inbound", "inbound", "outbound", "inbound"], "{paula}");
    assert_eq!(paula["stage"], "New");
    let conversation = conversation(&app, &paula).await;
    assert_eq!((&conversation["unread"], &conversation["status"]), (&json!(0), &json!("closed")), "{conversation}");
    assert_eq!(channel(&app, &id).await["historyPercent"], 100);

    let refused = app.post("/api/messages", json!({ "leadId": paula["id"], "text": "Hello" })).await;
    assert_eq!((refused.status, refused.str("type")), (StatusCode::UNPROCESSABLE_ENTITY, "/problems/window-closed"));
}

#[tokio::test]
async fn a_chunk_that_comes_again_and_the_files_that_come_later_change_nothing_else() {
    let app =
        TestApp::with(Settings { duplicates: 2, duplicate_fraction: 1.0, reorder: 0.5, ..Settings::default() }).await;
    link(&app).await;
    app.pass(Duration::from_secs(60)).await;
    let paula = lead(&app, "Paula Past").await;
    assert_eq!(paula["messages"].as_array().unwrap().len(), 4, "{paula}");
    assert_eq!(paula["messages"][0]["type"], "image", "the file took the place of its placeholder: {paula}");
}

#[tokio::test]
async fn the_next_message_of_a_customer_of_the_past_opens_the_conversation() {
    let app = TestApp::start().await;
    let (number, _) = link(&app).await;
    let paula = lead(&app, "Paula Past").await;
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.display_phone_number, "phone_number_id": number.phone_number_id },
        "contacts": [{ "profile": { "name": "Paula" }, "wa_id": "34600999001" }],
        "messages": [{ "from": "34600999001", "id": "wamid.NEW", "timestamp": app.now().seconds().to_string(),
            "type": "text", "text": { "body": "Is it still there?" } }],
    });
    let entry = json!({ "id": number.waba_id, "changes": [{ "field": "messages", "value": value }] });
    let body = json!({ "object": "whatsapp_business_account", "entry": [entry] });
    assert_eq!(app.deliver(body.to_string()).await.status, StatusCode::OK);
    app.settle().await;
    let paula = app.get(&format!("/api/leads/{}", paula["id"].as_str().unwrap())).await;
    let conversation = conversation(&app, &paula.json).await;
    assert_eq!((&conversation["unread"], &conversation["status"]), (&json!(1), &json!("open")), "{conversation}");
    assert_eq!(paula["messages"].as_array().unwrap().len(), 5);
    assert_eq!((&paula["stage"], &paula["name"]), (&json!("Contacted"), &json!("Paula Past")));
}

#[tokio::test]
async fn contacts_of_the_address_book_become_leads_with_their_names() {
    let app = TestApp::start().await;
    link(&app).await;
    let peter = lead(&app, "Peter Phonebook").await;
    assert_eq!((&peter["stage"], &peter["messages"]), (&json!("New"), &json!([])), "{peter}");
    assert!(peter["phone"].as_str().unwrap().ends_with("15112345678"), "{peter}");
}

#[tokio::test]
async fn a_phone_that_does_not_share_its_past_says_so_and_is_asked_again_by_hand() {
    let app = TestApp::with(Settings { history_declined: true, ..Settings::default() }).await;
    let (_, id) = link(&app).await;
    let setup = app.get(&format!("/api/channels/{id}/setup")).await;
    assert_eq!(setup["saving"], false, "{}", setup.text);
    assert!(setup["problem"].as_str().unwrap().contains("does not share its history"), "{}", setup.text);
    app.meta().set_settings(Settings::default());
    let path = format!("/api/channels/{id}/setup");
    let again = app.call(Method::PATCH, &path, &[], Some(json!({ "importPhone": true }))).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    app.settle().await;
    app.pass(Duration::from_secs(5)).await;
    assert_eq!(app.get(&path).await["problem"], Value::Null);
    assert_eq!(lead(&app, "Paula Past").await["messages"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_message_from_the_phone_answers_the_customer_and_is_not_answered() {
    let app = TestApp::start().await;
    let (number, _) = link(&app).await;
    let asha = app.person("Asha Rao");
    let to = Some(number.phone_number_id.clone());
    app.does(CustomerMessage { to, ..CustomerMessage::text(asha.id.to_string(), "Is it ready?") }).await;
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.display_phone_number, "phone_number_id": number.phone_number_id },
        "message_echoes": [{ "from": number.display_phone_number, "to": asha.wa_id, "id": "wamid.ECHO",
            "timestamp": app.now().seconds().to_string(), "type": "text", "text": { "body": "Yes, come by" } }],
    });
    let entry = json!({ "id": number.waba_id, "changes": [{ "field": "smb_message_echoes", "value": value }] });
    let body = json!({ "object": "whatsapp_business_account", "entry": [entry] });
    for _ in 0..2 {
        assert_eq!(app.deliver(body.to_string()).await.status, StatusCode::OK);
        app.settle().await;
    }
    let asha = lead(&app, "Asha Rao").await;
    let texts: Vec<_> = asha["messages"].as_array().unwrap().iter().map(|message| message["text"].clone()).collect();
    assert_eq!(texts, ["Yes, come by", "Is it ready?"], "{asha}");
    assert!(app.meta().sends(None).unwrap().is_empty());
}
