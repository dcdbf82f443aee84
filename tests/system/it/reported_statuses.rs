//! Statuses that a program of a business reports with an API key, and the history of statuses that messages show.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use testkit::{Reply, Settings, TestApp};

/// A friendly Meta that reports nothing by itself.
fn silent() -> Settings {
    Settings { statuses_lost: 1.0, ..Settings::default() }
}

/// Posts `body` to the route for statuses, with an API key unless it is empty.
async fn report(app: &TestApp, key: &str, body: &Value) -> Reply {
    let request = Request::post("/webhook/incoming").header("content-type", "application/json");
    let request = if key.is_empty() { request } else { request.header("authorization", format!("Bearer {key}")) };
    let reply = app.ask(request.body(Body::from(body.to_string())).unwrap()).await;
    app.settle().await;
    reply
}

async fn key(app: &TestApp, scopes: &[&str]) -> String {
    let body = json!({"name": "Gateway", "scopes": scopes, "password": app.account().owner_password});
    let made = app.post("/api/keys", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.str("key").to_owned()
}

/// A message of the business, as its conversation lists it.
async fn sent(app: &TestApp) -> Value {
    let conversation = app.get("/api/conversations").await.items()[0]["id"].as_str().unwrap().to_owned();
    let messages = app.get(&format!("/api/messages?conversationId={conversation}")).await;
    messages.items().iter().find(|message| message["direction"] == "outbound").cloned().unwrap_or_default()
}

async fn with_a_message() -> (TestApp, String, String) {
    let app = TestApp::with(silent()).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": "Hi"})).await;
    assert_eq!((reply.str("text"), reply.str("message")), ("Hi", "Message accepted"), "{}", reply.text);
    app.settle().await;
    let wamid = sent(&app).await["wamid"].as_str().unwrap().to_owned();
    let key = key(&app, &["statuses:write"]).await;
    (app, key, wamid)
}

#[tokio::test]
async fn a_program_reports_statuses_in_any_order_and_as_often_as_it_likes() {
    let (app, key, wamid) = with_a_message().await;
    let read = json!([{"id": wamid, "status": "read", "timestamp": 1_790_000_300}]);
    let first = report(&app, &key, &read).await;
    assert_eq!((first.status, first.json["accepted"].as_u64()), (StatusCode::OK, Some(1)), "{}", first.text);
    let rest = json!({"statuses": [
        {"id": wamid, "status": "sent", "timestamp": "1790000100"},
        {"id": wamid, "status": "delivered", "timestamp": 1_790_000_200},
        {"id": wamid, "status": "seen_by_cat", "timestamp": 1_790_000_250},
    ]});
    report(&app, &key, &rest).await;
    report(&app, &key, &read).await;
    let message = sent(&app).await;
    assert_eq!(message["status"], "read");
    let history = message["statusHistory"].as_array().unwrap().iter();
    let told: Vec<_> = history.map(|one| (one["status"].as_str().unwrap(), one["raw"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [("sent", "sent"), ("delivered", "delivered"), ("unknown", "seen_by_cat"), ("read", "read")],
        "{message}"
    );
}

#[tokio::test]
async fn a_word_that_is_not_known_is_shown_as_unknown_until_a_known_one_comes() {
    let (app, key, wamid) = with_a_message().await;
    report(&app, &key, &json!([{"id": wamid, "status": "pending_review"}])).await;
    assert_eq!(sent(&app).await["status"], "unknown");
    report(&app, &key, &json!([{"id": wamid, "status": "delivered"}])).await;
    assert_eq!(sent(&app).await["status"], "delivered");
}

#[tokio::test]
async fn statuses_need_a_key_with_their_scope_and_reach_its_business_alone() {
    let (app, key_, wamid) = with_a_message().await;
    let status = json!([{"id": wamid, "status": "failed", "timestamp": 1_790_000_300}]);
    for wrong in ["", "lw_nobody", "Bearer"] {
        assert_eq!(report(&app, wrong, &status).await.status, StatusCode::UNAUTHORIZED, "{wrong}");
    }
    let reader = key(&app, &["inbox:read"]).await;
    assert_eq!(report(&app, &reader, &status).await.status, StatusCode::FORBIDDEN);
    let wrong = report(&app, &key_, &json!([{"id": wamid}])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json["errors"][0]["field"], "statuses[0].status");
    let foreign = json!([{"id": "wamid.of-somebody-else", "status": "failed"}]);
    assert_eq!(report(&app, &key_, &foreign).await.status, StatusCode::OK);
    assert_eq!(sent(&app).await["status"], "accepted");
}

#[tokio::test]
async fn the_dialects_say_their_own_sentences() {
    let app = TestApp::with(silent()).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let status = app.get("/api/whatsapp/status").await;
    assert_eq!(status.str("message"), "WhatsApp is configured and ready to use");
    let numbered = app.post("/api/whatsapp/send", json!({"leadId": 1, "message": "Hi"})).await;
    assert_eq!(numbered.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(numbered.json["errors"][0]["field"], "leadId");
    assert!(numbered.text.contains("IDs are strings"), "{}", numbered.text);
    let unnamed = app.get("/api/messages").await;
    assert_eq!(
        (unnamed.status, unnamed.json["errors"][0]["field"].as_str()),
        (StatusCode::BAD_REQUEST, Some("conversationId"))
    );
}
