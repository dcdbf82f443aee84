//! A blocked customer: nothing goes out to them, what they write is out of sight, and WhatsApp blocks them too.

use http::StatusCode;
use serde_json::json;
use std::time::Duration;
use testkit::TestApp;

#[tokio::test]
async fn a_blocked_lead_gets_nothing_shows_up_nowhere_and_comes_back_when_it_is_unblocked() {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "Hello").await;
    let lead = app.only_lead().await["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/api/leads/{lead}");
    assert_eq!(app.get(&format!("{path}/block")).await.json["blocked"], json!(false));
    let blocked = app.post(&format!("{path}/block"), json!({})).await;
    assert_eq!((blocked.status, &blocked.json["atWhatsapp"]), (StatusCode::OK, &json!("pending")), "{}", blocked.text);
    app.settle().await;
    let state = app.get(&format!("{path}/block")).await.json;
    assert_eq!((&state["blocked"], &state["atWhatsapp"]), (&json!(true), &json!("done")), "{state}");
    assert!(app.get("/api/conversations").await.items().is_empty());
    let refused = app.post("/api/messages", json!({ "leadId": lead, "text": "Hello again" })).await;
    assert_eq!(refused.status.as_u16() / 100, 4, "{}", refused.text);
    assert!(refused.text.contains("blocked"), "{}", refused.text);
    app.says(&asha, "Are you there?").await;
    assert!(app.get("/api/conversations").await.items().is_empty(), "what a blocked customer writes is out of sight");
    assert_eq!(app.only_lead().await["messages"].as_array().map(Vec::len), Some(2), "and stored");
    let unblocked = app.post(&format!("{path}/unblock"), json!({})).await;
    assert_eq!(unblocked.status, StatusCode::OK, "{}", unblocked.text);
    app.settle().await;
    assert_eq!(app.get(&format!("{path}/block")).await.json["atWhatsapp"], json!("done"));
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
    let sent = app.post("/api/messages", json!({ "leadId": lead, "text": "Hello again" })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.settle().await;
}

#[tokio::test]
async fn whatsapp_blocks_nobody_who_wrote_long_ago_and_the_lead_is_blocked_all_the_same() {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "Hello").await;
    let lead = app.only_lead().await["id"].as_str().unwrap_or_default().to_owned();
    app.skip(Duration::from_secs(25 * 3600));
    app.post(&format!("/api/leads/{lead}/block"), json!({})).await;
    app.settle().await;
    let state = app.get(&format!("/api/leads/{lead}/block")).await.json;
    assert_eq!((&state["blocked"], &state["atWhatsapp"]), (&json!(true), &json!("refused")), "{state}");
    assert!(state["reason"].is_string());
}
