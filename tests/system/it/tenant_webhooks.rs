//! Webhooks of a business: signed events, once for each, whatever the receiver does.

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::BTreeSet;
use std::time::Duration;
use testkit::receiver::{Delivered, Receiver};
use testkit::{Reply, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

/// Creates a webhook of these types, and gives its ID and its secret.
async fn webhook(app: &TestApp, receiver: &Receiver, events: &[&str]) -> (String, String) {
    let created = app.post("/api/webhooks", json!({ "url": receiver.url, "events": events })).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.json);
    (created.str("id").to_owned(), created.str("secret").to_owned())
}

async fn deliveries(app: &TestApp, webhook: &str) -> Vec<Value> {
    app.get(&format!("/api/webhooks/{webhook}/deliveries")).await.items().to_vec()
}

async fn change(app: &TestApp, webhook: &str, body: Value) -> Reply {
    app.call(Method::PATCH, &format!("/api/webhooks/{webhook}"), &[], Some(body)).await
}

/// Whether one of the signatures of a delivery is by `secret`, as the specification says.
fn is_signed_by(delivered: &Delivered, secret: &str) -> bool {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let id = delivered.header("webhook-id");
    let timestamp = delivered.header("webhook-timestamp");
    mac.update(format!("{id}.{timestamp}.{}", delivered.body).as_bytes());
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    delivered.header("webhook-signature").split(' ').any(|one| one == expected)
}

#[tokio::test]
async fn a_customers_message_reaches_the_receiver_signed_and_as_the_api_shows_it() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let (_, secret) = webhook(&app, &receiver, &["message.received", "lead.created"]).await;
    let asha = app.person("Asha");
    app.says(&asha, "Are you open?").await;
    app.settle().await;
    let received = receiver.received();
    assert!(received.iter().all(|delivered| is_signed_by(delivered, &secret)));
    assert_eq!(
        BTreeSet::from_iter(receiver.types()),
        BTreeSet::from(["lead.created".into(), "message.received".into()])
    );
    assert_eq!(received.len(), 2);
    let message = received.iter().map(Delivered::json).find(|body| body["type"] == "message.received").unwrap();
    let lead = app.only_lead().await;
    assert_eq!(message["data"]["leadId"], lead["id"]);
    assert_eq!(message["data"]["message"]["text"], "Are you open?");
    let ids: BTreeSet<_> = received.iter().map(|one| one.header("webhook-id").to_owned()).collect();
    assert_eq!(ids.len(), 2, "each event has an ID of its own");
}

#[tokio::test]
async fn an_answer_and_its_ticks_are_events_and_a_type_that_nobody_asked_for_is_none() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    webhook(&app, &receiver, &["message.created", "message.status", "conversation.updated"]).await;
    let asha = app.person("Asha");
    app.says(&asha, "Hi").await;
    app.settle().await;
    let lead = app.only_lead().await;
    let sent = app.post("/api/messages", json!({ "leadId": lead["id"], "message": "Hello!" })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED);
    app.settle().await;
    let types = receiver.types();
    assert!(types.contains(&"message.created".to_owned()) && types.contains(&"message.status".to_owned()), "{types:?}");
    assert!(!types.contains(&"message.received".to_owned()));
    let conversation = lead["conversations"][0].as_str().unwrap();
    let closed = app
        .call(Method::PATCH, &format!("/api/conversations/{conversation}"), &[], Some(json!({ "status": "closed" })))
        .await;
    assert!(closed.status.is_success(), "{}", closed.json);
    app.settle().await;
    let last = receiver.received().last().unwrap().json();
    assert_eq!(
        (&last["type"], &last["data"]["conversation"]["status"]),
        (&json!("conversation.updated"), &json!("closed"))
    );
}

#[tokio::test]
async fn a_receiver_that_is_down_for_a_day_gets_every_event_once_it_is_back() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let (id, _) = webhook(&app, &receiver, &["message.received"]).await;
    receiver.answer(StatusCode::SERVICE_UNAVAILABLE);
    let asha = app.person("Asha");
    for text in ["one", "two", "three"] {
        app.says(&asha, text).await;
    }
    app.settle().await;
    for _ in 0..24 {
        app.pass(HOUR).await;
    }
    let refused = receiver.received().len();
    assert!((3..60).contains(&refused), "{refused} attempts in a day");
    let waiting = deliveries(&app, &id).await;
    assert!(waiting.iter().all(|one| one["state"] == "pending" && one["status"] == 503), "{waiting:?}");
    receiver.answer(StatusCode::OK);
    for _ in 0..8 {
        app.pass(HOUR).await;
    }
    let texts: Vec<_> = receiver.received().split_off(refused).iter().map(Delivered::json).collect();
    let texts: BTreeSet<_> =
        texts.iter().map(|body| body["data"]["message"]["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts, BTreeSet::from(["one".into(), "two".into(), "three".into()]));
    assert_eq!(receiver.received().len(), refused + 3, "each arrives once");
    assert!(deliveries(&app, &id).await.iter().all(|one| one["state"] == "delivered"));
}

#[tokio::test]
async fn a_receiver_that_fails_for_three_days_is_switched_off_and_its_events_can_be_sent_again() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let (id, _) = webhook(&app, &receiver, &["message.received"]).await;
    receiver.answer(StatusCode::INTERNAL_SERVER_ERROR);
    let asha = app.person("Asha");
    app.says(&asha, "Anybody there?").await;
    app.settle().await;
    for _ in 0..80 {
        app.pass(HOUR).await;
    }
    let listed = app.get("/api/webhooks").await;
    assert_eq!(listed.items()[0]["disabled"], true);
    let given_up = deliveries(&app, &id).await;
    assert_eq!(given_up[0]["state"], "failed");
    let audit = app.get("/api/audit").await;
    assert!(audit.items().iter().any(|entry| entry["action"] == "webhook_disabled"), "{}", audit.json);
    receiver.answer(StatusCode::OK);
    app.says(&asha, "Hello?").await;
    app.settle().await;
    let event = given_up[0]["eventId"].as_str().unwrap();
    let on = change(&app, &id, json!({ "active": true })).await;
    assert_eq!((on.status, &on.json["disabled"]), (StatusCode::OK, &json!(false)));
    let again = app.post(&format!("/api/webhooks/{id}/deliveries/{event}/replay"), json!({})).await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{}", again.json);
    app.settle().await;
    let last = receiver.received().last().unwrap().clone();
    assert_eq!(last.header("webhook-id"), event);
    assert_eq!(last.json()["data"]["message"]["text"], "Anybody there?");
    assert_eq!(deliveries(&app, &id).await[0]["state"], "delivered", "what came while it was off is not told");
}

#[tokio::test]
async fn a_test_event_arrives_and_both_secrets_sign_for_a_day_after_a_rotation() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let (id, old) = webhook(&app, &receiver, &["lead.updated"]).await;
    let rotated = app.post(&format!("/api/webhooks/{id}/rotate-secret"), json!({})).await;
    let new = rotated.str("secret").to_owned();
    assert_ne!(new, old);
    let test = async || {
        let sent = app.post(&format!("/api/webhooks/{id}/test"), json!({})).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.json);
        app.settle().await;
        receiver.received().last().unwrap().clone()
    };
    let first = test().await;
    assert_eq!(first.json()["type"], "ping");
    assert!(is_signed_by(&first, &new) && is_signed_by(&first, &old));
    app.pass(25 * HOUR).await;
    let later = test().await;
    assert!(is_signed_by(&later, &new) && !is_signed_by(&later, &old));
}

#[tokio::test]
async fn a_deleted_webhook_receives_nothing_more() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let (id, _) = webhook(&app, &receiver, &["message.received"]).await;
    receiver.answer(StatusCode::BAD_GATEWAY);
    let asha = app.person("Asha");
    app.says(&asha, "Hi").await;
    app.settle().await;
    let deleted = app.call(Method::DELETE, &format!("/api/webhooks/{id}"), &[], None).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let before = receiver.received().len();
    app.says(&asha, "Hello?").await;
    app.pass(5 * HOUR).await;
    assert_eq!(receiver.received().len(), before);
    assert_eq!(app.count("delivery").await, 0, "nothing is left on its way");
}
