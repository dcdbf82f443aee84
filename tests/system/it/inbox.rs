//! The inbox of the whole system: snoozes end by themselves, and the customer sees what was read and that somebody types.

use http::{Method, StatusCode};
use meta_simulator::{Conversation, Ticks};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Person, TestApp};

/// An app in which one customer has written, and the path of the conversation.
async fn in_conversation() -> (TestApp, Person, String) {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let id = app.get("/api/conversations").await.items()[0]["id"].clone();
    let path = format!("/api/conversations/{}", id.as_str().unwrap_or_default());
    (app, person, path)
}

/// The conversation as the customer's phone shows it.
fn phone(app: &TestApp, person: &Person) -> Conversation {
    app.meta().conversation(&person.id.to_string()).expect("the customer has a conversation")
}

/// The ticks of the customer's messages, as their phone shows them.
fn ticks(app: &TestApp, person: &Person) -> Vec<Ticks> {
    phone(app, person).turns.iter().filter(|turn| turn.direction == "in").map(|turn| turn.ticks).collect()
}

async fn posted(app: &TestApp, path: &str) {
    let reply = app.post(path, json!({})).await;
    assert!(reply.status.is_success(), "{}", reply.text);
    app.settle().await;
}

async fn status(app: &TestApp, path: &str) -> Value {
    app.get(path).await.json["status"].clone()
}

#[tokio::test]
async fn a_snoozed_conversation_wakes_at_its_time_and_the_timeline_says_so() {
    let (app, _, path) = in_conversation().await;
    let until = app.now().plus(Duration::from_secs(600)).to_string();
    let body = json!({"status": "snoozed", "snoozedUntil": until});
    let snoozed = app.call(Method::PATCH, &path, &[], Some(body)).await;
    assert_eq!(snoozed.status, StatusCode::OK, "{}", snoozed.text);
    app.pass(Duration::from_secs(540)).await;
    assert_eq!(status(&app, &path).await, "snoozed");
    assert!(app.get("/api/conversations").await.items().is_empty());
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(status(&app, &path).await, "open");
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
    let lead = app.only_lead().await;
    let woken = json!({"from": "snoozed", "to": "open", "until": null, "by": null});
    let line = lead["timeline"].as_array().and_then(|lines| {
        lines.iter().find(|line| line["type"] == "status_changed" && line["metadata"]["to"] == "open").cloned()
    });
    let mut metadata = line.expect("a line says so")["metadata"].clone();
    metadata.as_object_mut().map(|fields| fields.remove("conversationId"));
    assert_eq!(metadata, woken);
}

#[tokio::test]
async fn a_message_wakes_a_snoozed_conversation_before_its_time() {
    let (app, person, path) = in_conversation().await;
    let until = app.now().plus(Duration::from_secs(600)).to_string();
    app.call(Method::PATCH, &path, &[], Some(json!({"status": "snoozed", "snoozedUntil": until}))).await;
    app.skip(Duration::from_secs(10));
    app.says(&person, "Anybody there?").await;
    assert_eq!(status(&app, &path).await, "open");
    app.call(Method::PATCH, &path, &[], Some(json!({"status": "closed"}))).await;
    app.pass(Duration::from_secs(900)).await;
    assert_eq!(status(&app, &path).await, "closed", "the end of the snooze opens nothing that was closed since");
}

#[tokio::test]
async fn the_customer_sees_blue_ticks_once_somebody_has_read() {
    let (app, person, path) = in_conversation().await;
    app.says(&person, "Are you open?").await;
    assert!(!ticks(&app, &person).contains(&Ticks::Read));
    posted(&app, &format!("{path}/read")).await;
    assert_eq!(ticks(&app, &person), [Ticks::Read, Ticks::Read]);
    assert!(!phone(&app, &person).typing);
    app.skip(Duration::from_secs(5));
    app.says(&person, "Hello?").await;
    assert_eq!(ticks(&app, &person).last(), Some(&Ticks::Delivered), "what came since is not read");
}

#[tokio::test]
async fn a_conversation_marked_as_unread_is_listed_as_such_until_the_next_read_and_the_customer_sees_nothing() {
    let (app, person, path) = in_conversation().await;
    posted(&app, &format!("{path}/read")).await;
    assert_eq!(app.get("/api/conversations?unread=true").await.items().len(), 0);
    let mut browser = app.browser().await;
    let seen = ticks(&app, &person);
    posted(&app, &format!("{path}/unread")).await;
    let frames = browser.frames_of("conversation");
    assert_eq!(frames.last().map(|frame| frame["conversation"]["markedUnread"].clone()), Some(json!(true)));
    let marked = app.get("/api/conversations?unread=true").await;
    assert_eq!((&marked.items()[0]["markedUnread"], &marked.items()[0]["unread"]), (&json!(true), &json!(0)));
    assert_eq!(app.get("/api/conversations/counts").await.json["allUnread"], 1);
    app.skip(Duration::from_secs(5));
    app.says(&person, "Hello?").await;
    let both = app.get(&path).await.json;
    assert_eq!((&both["markedUnread"], &both["unread"]), (&json!(true), &json!(1)));
    posted(&app, &format!("{path}/read")).await;
    let read = app.get(&path).await.json;
    assert_eq!((&read["markedUnread"], &read["unread"]), (&json!(false), &json!(0)));
    posted(&app, &format!("{path}/unread")).await;
    posted(&app, &format!("{path}/read")).await;
    assert_eq!(app.get("/api/conversations?unread=true").await.items().len(), 0);
    assert_eq!(ticks(&app, &person).len(), seen.len() + 1);
}

#[tokio::test]
async fn a_read_receipt_whose_stream_record_is_lost_is_posted_by_the_schedule() {
    let (app, person, path) = in_conversation().await;
    app.post(&format!("{path}/read"), json!({})).await;
    app.forget_stream("relay").await;
    app.settle().await;
    assert_ne!(ticks(&app, &person), [Ticks::Read]);
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(ticks(&app, &person), [Ticks::Read]);
}

#[tokio::test]
async fn without_read_receipts_the_customer_sees_nothing() {
    let (app, person, path) = in_conversation().await;
    let channel = format!("/api/channels/{}", app.account().channel);
    let off = app.call(Method::PATCH, &channel, &[], Some(json!({"readReceipts": false}))).await;
    assert_eq!(off.status, StatusCode::OK, "{}", off.text);
    posted(&app, &format!("{path}/typing")).await;
    posted(&app, &format!("{path}/read")).await;
    app.pass(Duration::from_secs(180)).await;
    assert_ne!(ticks(&app, &person), [Ticks::Read]);
    assert!(!phone(&app, &person).typing);
}

#[tokio::test]
async fn the_customer_sees_typing_for_a_while_and_it_is_posted_at_most_once_in_twenty_seconds() {
    let (app, person, path) = in_conversation().await;
    let typing = format!("{path}/typing");
    posted(&app, &typing).await;
    assert!(phone(&app, &person).typing);
    app.skip(Duration::from_secs(10));
    posted(&app, &typing).await;
    app.skip(Duration::from_secs(16));
    assert!(!phone(&app, &person).typing, "the second one came too soon to be posted");
    posted(&app, &typing).await;
    assert!(phone(&app, &person).typing);
    app.skip(Duration::from_secs(31 * 24 * 3600));
    posted(&app, &typing).await;
    assert!(!phone(&app, &person).typing, "the customer's message is too old");
}

#[tokio::test]
async fn conversations_that_wait_and_whose_window_closes_soon_are_listed() {
    let app = TestApp::start().await;
    let names =
        |listed: &testkit::Reply| -> Vec<Value> { listed.items().iter().map(|one| one["name"].clone()).collect() };
    app.says(&app.person("Asha Rao"), "Hello").await;
    app.skip(Duration::from_secs(20 * 3600));
    app.says(&app.person("Ravi"), "Hi").await;
    let soon = app.get("/api/conversations?closesWithin=5").await;
    assert_eq!(names(&soon), [json!("Asha Rao")], "{}", soon.text);
    assert_eq!(app.get("/api/conversations?closesWithin=3").await.items().len(), 0);
    assert_eq!(app.get("/api/conversations?closesWithin=24").await.items().len(), 2);
    let lead = app.get("/api/leads").await.items().iter().find(|one| one["name"] == "Ravi").unwrap()["id"].clone();
    posted_answer(&app, &lead).await;
    assert_eq!(names(&app.get("/api/conversations?closesWithin=24").await), [json!("Asha Rao")], "Ravi has his answer");
    app.skip(Duration::from_secs(5 * 3600));
    assert_eq!(app.get("/api/conversations?closesWithin=24").await.items().len(), 0, "it is closed");
    for wrong in ["0", "25", "soon"] {
        let refused = app.get(&format!("/api/conversations?closesWithin={wrong}")).await;
        assert_eq!(
            (refused.status, refused.str("field")),
            (StatusCode::BAD_REQUEST, "closesWithin"),
            "{}",
            refused.text
        );
    }
    let snoozed = app.get("/api/conversations?closesWithin=2&status=closed").await;
    assert_eq!(snoozed.status, StatusCode::BAD_REQUEST, "{}", snoozed.text);
}

async fn posted_answer(app: &TestApp, lead: &Value) {
    let sent = app.post("/api/messages", json!({ "leadId": lead, "text": "Hello!" })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.pass(Duration::from_secs(10)).await;
}
