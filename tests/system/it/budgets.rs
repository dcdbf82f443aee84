//! Budgets: booked with the claim, settled by WhatsApp's statuses exactly once, and what is over one is held until it has
//! room.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::{Fault, FaultMode, Settings};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Reply, TestApp};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What a marketing template to India costs.
const OFFER: &str = "0.8631";

async fn with_a_customer() -> (TestApp, Value) {
    let app = TestApp::start().await;
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    let person = app.meta().invent(meta_simulator::Invent {
        name: Some("Asha Rao".to_owned()),
        wa_id: Some("919876543210".to_owned()),
        ..meta_simulator::Invent::default()
    });
    app.says(&person.unwrap(), "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    app.skip(Duration::from_secs(1));
    (app, lead)
}

async fn budget(app: &TestApp, amount: &str, action: &str) -> Reply {
    let body = json!({ "currency": "INR", "amount": amount, "period": "day", "action": action });
    let created = app.post("/api/budgets", body).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    created
}

async fn offer(app: &TestApp, lead: &Value) -> Reply {
    send(app, json!({ "leadId": lead, "template": { "name": "we_miss_you", "language": "en" } })).await
}

async fn send(app: &TestApp, body: Value) -> Reply {
    let sent = app.post("/api/messages", body).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.pass(Duration::from_secs(10)).await;
    sent
}

async fn first(app: &TestApp) -> Value {
    app.get("/api/budgets").await.items()[0].clone()
}

async fn held(app: &TestApp) -> Vec<Value> {
    app.get("/api/messages/held").await.items().to_vec()
}

fn posted(app: &TestApp) -> usize {
    app.meta().sends(None).unwrap().len()
}

fn spent(budget: &Value) -> (&str, &str) {
    (budget["spent"].as_str().unwrap(), budget["settled"].as_str().unwrap())
}

#[tokio::test]
async fn a_message_is_booked_once_and_settled_once_and_what_fails_costs_nothing() {
    let (app, lead) = with_a_customer().await;
    budget(&app, "10", "hold").await;
    assert_eq!(spent(&first(&app).await), ("0.00", "0.00"));
    offer(&app, &lead).await;
    assert_eq!(spent(&first(&app).await), (OFFER, OFFER), "delivered, and so settled");
    // A text is free until October.
    send(&app, json!({ "leadId": lead, "text": "Hello" })).await;
    assert_eq!(spent(&first(&app).await), (OFFER, OFFER));
    for mode in [FaultMode::FailedStatus { code: 131_026 }, FaultMode::ErrorCode { code: 131_026 }] {
        let fault = Fault { mode, next: Some(1), fraction: 1.0 };
        app.meta().set_settings(Settings { faults: vec![fault], ..Settings::default() });
        offer(&app, &lead).await;
    }
    assert_eq!(spent(&first(&app).await), (OFFER, OFFER), "it was not delivered");
    app.pass(DAY).await;
    let next = first(&app).await;
    assert_eq!(spent(&next), ("0.00", "0.00"), "another day: {next}");
}

#[tokio::test]
async fn a_budget_that_holds_lets_messages_through_once_it_is_raised_or_its_day_is_over() {
    let (app, lead) = with_a_customer().await;
    let made = budget(&app, "1", "hold").await;
    for _ in 0..3 {
        offer(&app, &lead).await;
    }
    assert_eq!((posted(&app), held(&app).await.len()), (1, 2));
    let one = held(&app).await[0].clone();
    assert_eq!((&one["reason"], &one["approvable"]), (&json!("budget_spent"), &json!(false)));
    let path = format!(
        "/api/conversations/{}/messages/{}/approve",
        one["conversationId"].as_str().unwrap(),
        one["id"].as_str().unwrap()
    );
    let refused = app.post(&path, json!({})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    // Another message of the conversation, which costs nothing, does not wait.
    send(&app, json!({ "leadId": lead, "text": "Hello" })).await;
    assert_eq!(posted(&app), 2);
    let path = format!("/api/budgets/{}", made.str("id"));
    let raised = app.call(Method::PATCH, &path, &[], Some(json!({ "amount": "2" }))).await;
    assert_eq!(raised.status, StatusCode::OK, "{}", raised.text);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!((posted(&app), held(&app).await.len()), (3, 1), "as far as there is room");
    app.pass(DAY).await;
    assert_eq!((posted(&app), held(&app).await.len()), (4, 0));
    assert_eq!((app.count("held_cost").await, app.count("budget_resume").await), (0, 0));
}

#[tokio::test]
async fn a_budget_that_asks_holds_a_message_until_somebody_approves_it_or_its_sender_did() {
    let (app, lead) = with_a_customer().await;
    budget(&app, "0", "ask").await;
    let template = json!({ "name": "we_miss_you", "language": "en" });
    let quote = app.post("/api/quotes", json!({ "leadId": lead, "template": template })).await;
    assert_eq!(quote["overBudget"], "ask", "{}", quote.text);
    offer(&app, &lead).await;
    let one = held(&app).await[0].clone();
    assert_eq!((posted(&app), &one["approvable"]), (0, &json!(true)));
    let path = format!(
        "/api/conversations/{}/messages/{}/approve",
        one["conversationId"].as_str().unwrap(),
        one["id"].as_str().unwrap()
    );
    assert_eq!(app.post(&path, json!({})).await.status, StatusCode::NO_CONTENT);
    app.pass(Duration::from_secs(10)).await;
    assert_eq!((posted(&app), held(&app).await.len()), (1, 0));
    send(&app, json!({ "leadId": lead, "template": template, "acceptOverBudget": true })).await;
    assert_eq!((posted(&app), held(&app).await.len()), (2, 0));
}

#[tokio::test]
async fn a_budget_that_warns_holds_nothing_and_says_when_80_and_100_percent_were_reached() {
    let (app, lead) = with_a_customer().await;
    budget(&app, "1", "warn").await;
    assert_eq!(first(&app).await["reached80At"], Value::Null);
    offer(&app, &lead).await;
    let warned = first(&app).await;
    assert!(warned["reached80At"].is_string() && warned["reached100At"].is_null(), "{warned}");
    offer(&app, &lead).await;
    let over = first(&app).await;
    assert!(over["reached100At"].is_string(), "{over}");
    assert_eq!((over["reached80At"].clone(), posted(&app)), (warned["reached80At"].clone(), 2));
}

#[tokio::test]
async fn a_budget_of_zero_lets_through_what_is_free() {
    let (app, lead) = with_a_customer().await;
    let made = budget(&app, "0", "hold").await;
    send(&app, json!({ "leadId": lead, "text": "Hello" })).await;
    offer(&app, &lead).await;
    assert_eq!((posted(&app), held(&app).await.len()), (1, 1));
    let path = format!("/api/budgets/{}", made.str("id"));
    let stale = app.call(Method::DELETE, &path, &[("If-Match", "\"7\"")], None).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text);
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::NO_CONTENT);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!((posted(&app), held(&app).await.len()), (2, 0), "nothing holds it any more");
}

#[tokio::test]
async fn a_budget_that_cannot_be_is_refused_by_the_field_that_is_wrong() {
    let (app, _) = with_a_customer().await;
    let channel = app.account().channel;
    let right = json!({ "channelId": channel, "currency": "INR", "amount": "5", "period": "month", "action": "ask" });
    for (field, value) in [
        ("currency", json!("USD")),
        ("currency", json!("XXX")),
        ("amount", json!("-1")),
        ("amount", json!(5)),
        ("period", json!("week")),
        ("action", json!("explode")),
        ("channelId", json!("chn_01M3250VASBF3MSX3QTC83A67F")),
        ("colour", json!("red")),
    ] {
        let mut wrong = right.clone();
        wrong[field] = value;
        let refused = app.post("/api/budgets", wrong).await;
        assert_eq!(
            (refused.status, refused.str("field")),
            (StatusCode::UNPROCESSABLE_ENTITY, field),
            "{}",
            refused.text
        );
    }
    let made = app.post("/api/budgets", right).await;
    assert_eq!((made.status, &made["spent"]), (StatusCode::CREATED, &json!("0.00")), "{}", made.text);
    for _ in 1..10 {
        budget(&app, "5", "warn").await;
    }
    let body = json!({ "currency": "INR", "amount": "5", "period": "day", "action": "warn" });
    assert_eq!(app.post("/api/budgets", body).await.status, StatusCode::CONFLICT, "ten are enough");
    let path = format!("/api/budgets/{}", made.str("id"));
    let nothing = app.call(Method::PATCH, &path, &[], Some(json!({}))).await;
    assert_eq!(nothing.str("field"), "amount", "{}", nothing.text);
}
