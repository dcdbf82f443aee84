//! Messages that are sent later: at their time, changed or cancelled before it, and decided again when it comes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::{Fault, FaultMode, Person, SendRecord, Settings};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Reply, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

/// A customer who has written, and the lead.
async fn in_conversation() -> (TestApp, Person, Value) {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    (app, asha, lead)
}

fn after(app: &TestApp, time: Duration) -> String {
    app.now().plus(time).to_string()
}

async fn schedule(app: &TestApp, lead: &Value, text: &str, time: Duration) -> Reply {
    let body = json!({"leadId": lead, "text": text, "sendAt": after(app, time)});
    let reply = app.post("/api/messages", body).await;
    assert_eq!((reply.status, reply.str("status")), (StatusCode::ACCEPTED, "scheduled"), "{}", reply.text);
    app.settle().await;
    reply
}

fn path(message: &Reply) -> String {
    let conversation = message["conversationId"].as_str().unwrap();
    format!("/api/conversations/{conversation}/messages/{}", message.str("id"))
}

async fn messages(app: &TestApp, message: &Reply) -> Vec<Value> {
    let conversation = message.str("conversationId");
    app.get(&format!("/api/conversations/{conversation}/messages")).await.items().to_vec()
}

async fn shown(app: &TestApp, message: &Reply) -> Value {
    messages(app, message).await.into_iter().find(|one| one["id"] == message["id"]).unwrap_or(Value::Null)
}

/// The texts that Meta accepted, the oldest first.
fn sent(app: &TestApp) -> Vec<String> {
    let text = |send: &SendRecord| send.body["text"]["body"].as_str().unwrap_or_default().to_owned();
    app.meta().sends(None).unwrap().iter().rev().map(text).collect()
}

#[tokio::test]
async fn a_scheduled_message_goes_out_at_its_time_and_stands_there_in_the_history() {
    let (app, asha, lead) = in_conversation().await;
    let later = schedule(&app, &lead, "Good morning", 2 * HOUR).await;
    let waits = shown(&app, &later).await;
    assert_eq!((&waits["status"], &waits["at"]), (&json!("scheduled"), &json!(after(&app, 2 * HOUR))), "{waits}");
    let conversation = app.get("/api/conversations").await.items()[0].clone();
    assert_eq!(conversation["lastMessage"]["text"], "Hello", "{conversation}");
    app.skip(HOUR);
    app.says(&asha, "Anyone?").await;
    app.skip(Duration::from_secs(5));
    app.post("/api/messages", json!({"leadId": lead, "text": "Now"})).await;
    app.settle().await;
    assert_eq!(sent(&app), ["Now"]);
    app.skip(HOUR - Duration::from_secs(5));
    app.pass(Duration::from_secs(60)).await;
    assert_eq!(sent(&app), ["Now", "Good morning"]);
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(shown(&app, &later).await["status"], "read");
    let texts: Vec<_> = messages(&app, &later).await.iter().map(|message| message["text"].clone()).collect();
    assert_eq!(texts, ["Good morning", "Now", "Anyone?", "Hello"]);
    let conversation = app.get("/api/conversations").await.items()[0].clone();
    assert_eq!(conversation["lastMessage"]["text"], "Good morning");
}

#[tokio::test]
async fn a_scheduled_message_is_changed_moved_and_cancelled_until_its_time() {
    let (app, _, lead) = in_conversation().await;
    let one = schedule(&app, &lead, "One", HOUR).await;
    let changed = app.call(Method::PATCH, &path(&one), &[], Some(json!({"text": "First"}))).await;
    let says = (changed.status, changed["id"].clone(), changed["text"].clone());
    assert_eq!(says, (StatusCode::OK, one["id"].clone(), json!("First")), "{}", changed.text);
    let time = after(&app, 3 * HOUR);
    let moved = app.call(Method::PATCH, &path(&one), &[], Some(json!({"sendAt": time}))).await;
    let says = (moved["status"].clone(), moved["at"].clone(), moved["text"].clone());
    assert_eq!(says, (json!("scheduled"), json!(time), json!("First")), "{}", moved.text);
    assert_ne!(moved["id"], one["id"]);
    let ids: Vec<_> = messages(&app, &one).await.iter().map(|message| message["id"].clone()).collect();
    assert!(ids.contains(&moved["id"]) && !ids.contains(&one["id"]), "{ids:?}");
    let two = schedule(&app, &lead, "Two", 2 * HOUR).await;
    assert_eq!(app.call(Method::DELETE, &path(&two), &[], None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.call(Method::DELETE, &path(&two), &[], None).await.status, StatusCode::CONFLICT);
    assert_eq!(shown(&app, &two).await, Value::Null);
    app.skip(2 * HOUR);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(sent(&app), [""; 0]);
    app.skip(HOUR);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(sent(&app), ["First"]);
    let late = format!("/api/conversations/{}/messages/{}", one.str("conversationId"), moved.str("id"));
    let refused = app.call(Method::PATCH, &late, &[], Some(json!({"text": "Too late"}))).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
}

#[tokio::test]
async fn a_message_that_is_not_to_go_once_they_write_is_given_up_when_they_do() {
    let (app, asha, lead) = in_conversation().await;
    let body = |text: &str| {
        let at = after(&app, HOUR);
        json!({"leadId": lead, "text": text, "sendAt": at, "unlessTheyWrite": true})
    };
    let asks = app.post("/api/messages", body("Are you still interested?")).await;
    assert_eq!(shown(&app, &asks).await["unlessTheyWrite"], true);
    app.skip(HOUR / 2);
    app.says(&asha, "I am interested").await;
    app.skip(HOUR);
    app.pass(Duration::from_secs(120)).await;
    let given_up = shown(&app, &asks).await;
    let says = (&given_up["status"], &given_up["error"]["cause"], &given_up["error"]["nextStep"]);
    assert_eq!(says, (&json!("failed"), &json!("they_wrote"), &json!("answer_customer")));
    let conversation = app.get("/api/conversations").await.items()[0].clone();
    assert_eq!(conversation["lastMessage"]["text"], "I am interested", "it still waits for an answer");
    let quiet = app.post("/api/messages", body("Good night")).await;
    app.skip(HOUR);
    app.pass(Duration::from_secs(130)).await;
    assert_eq!(
        (sent(&app), shown(&app, &quiet).await["status"].clone()),
        (vec!["Good night".to_owned()], json!("read"))
    );
}

#[tokio::test]
async fn the_window_and_the_channel_are_asked_when_the_time_has_come() {
    let (app, _, lead) = in_conversation().await;
    let closed = schedule(&app, &lead, "Two days later", 48 * HOUR).await;
    let held = schedule(&app, &lead, "Paused then", HOUR).await;
    let toggle = format!("/api/channels/{}/toggle", app.account().channel);
    app.post(&toggle, json!({})).await;
    app.skip(HOUR);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(shown(&app, &held).await["status"], "held");
    app.post(&toggle, json!({})).await;
    app.settle().await;
    assert_eq!(sent(&app), ["Paused then"]);
    app.skip(48 * HOUR);
    app.pass(Duration::from_secs(120)).await;
    let failed = shown(&app, &closed).await;
    assert_eq!(
        (&failed["status"], &failed["error"]["reason"]),
        (&json!("failed"), &json!("window_closed")),
        "{failed}"
    );
}

#[tokio::test]
async fn a_wrong_time_is_refused_and_named() {
    let (app, _, lead) = in_conversation().await;
    let cases = [
        (json!({"sendAt": app.now().to_string()}), "sendAt", "future"),
        (json!({"sendAt": after(&app, 24 * 30 * HOUR + Duration::from_secs(1))}), "sendAt", "30 days"),
        (json!({"sendAt": "tomorrow"}), "sendAt", "Expected a time"),
        (json!({"unlessTheyWrite": true}), "unlessTheyWrite", "sendAt"),
        (json!({"expiresAt": app.now().to_string()}), "expiresAt", "after"),
        (json!({"sendAt": after(&app, HOUR), "text": "x".repeat(4097)}), "sendAt", "4,096"),
    ];
    for (fields, field, says) in cases {
        let mut body = json!({"leadId": lead, "text": "Hello"});
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let reply = app.post("/api/messages", body).await;
        let told = (reply.status, reply.str("field"));
        assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, field), "{fields}: {}", reply.text);
        assert!(reply.str("detail").contains(says), "{fields}: {}", reply.text);
    }
    let one = schedule(&app, &lead, "One", HOUR).await;
    for (body, field) in [(json!({}), "text"), (json!({"sendAt": app.now().to_string()}), "sendAt")] {
        let reply = app.call(Method::PATCH, &path(&one), &[], Some(body)).await;
        assert_eq!((reply.status, reply.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, field), "{}", reply.text);
    }
    assert_eq!(messages(&app, &one).await.len(), 2);
}

#[tokio::test]
async fn a_message_has_a_deadline_of_its_sender() {
    let (app, _, lead) = in_conversation().await;
    app.post(&format!("/api/channels/{}/toggle", app.account().channel), json!({})).await;
    let body = json!({"leadId": lead, "text": "Lunch?", "expiresAt": after(&app, HOUR)});
    let lunch = app.post("/api/messages", body).await;
    app.settle().await;
    assert_eq!(shown(&app, &lunch).await["status"], "held");
    app.skip(HOUR);
    app.pass(Duration::from_secs(60)).await;
    let late = shown(&app, &lunch).await;
    assert_eq!((&late["status"], &late["error"]["reason"]), (&json!("failed"), &json!("expired")), "{late}");
}

#[tokio::test]
async fn a_part_of_a_long_text_that_fails_stops_the_later_parts() {
    let fault = Fault { mode: FaultMode::ErrorCode { code: 131_026 }, next: Some(1), fraction: 1.0 };
    let app = TestApp::with(Settings { faults: vec![fault], ..Settings::default() }).await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    let long = app.post("/api/messages", json!({"leadId": lead, "text": "word ".repeat(2000)})).await;
    app.settle().await;
    app.pass(Duration::from_secs(30)).await;
    let ours: Vec<_> =
        messages(&app, &long).await.into_iter().filter(|message| message["direction"] == "outbound").collect();
    let causes: Vec<_> = ours.iter().rev().map(|message| message["error"]["cause"].clone()).collect();
    assert_eq!(causes, ["not_on_whatsapp", "earlier_part", "earlier_part"]);
    assert_eq!(sent(&app).len(), 0);
}

#[tokio::test]
async fn the_name_of_the_agent_stands_before_a_text_where_the_number_says_so() {
    let (app, _, lead) = in_conversation().await;
    let send = async |text: &str| app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
    send("Without").await;
    let number = format!("/api/channels/{}", app.account().channel);
    let set = app.call(Method::PATCH, &number, &[], Some(json!({"agentNames": true}))).await;
    assert_eq!((set.status, &set["agentNames"]), (StatusCode::OK, &json!(true)), "{}", set.text);
    send("With").await;
    let long = "x".repeat(4096);
    let parts = send(&long).await;
    assert_eq!(parts["parts"].as_array().map(Vec::len), Some(1), "the name counts: {}", parts.text);
    app.settle().await;
    app.pass(Duration::from_secs(30)).await;
    let name = app.get("/api/auth/me").await["name"].as_str().unwrap().to_owned();
    let texts = sent(&app);
    assert_eq!(texts[..2], ["Without".to_owned(), format!("*{name}:*\nWith")]);
    assert!(texts[2].starts_with(&format!("*{name}:*\nx")) && texts[3].starts_with('x'), "{texts:?}");
}
