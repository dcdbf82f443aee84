//! A call changes what may be sent: it opens the 24-hour window of its conversation. Its end is a line of the history.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };
const HOUR: Duration = Duration::from_secs(3600);

/// The body of a webhook of field `calls`.
fn calls(who: &Sender<'_>, mut value: Value) -> Vec<u8> {
    value["contacts"] = json!([who.contact()]);
    let mut body: Value = serde_json::from_slice(&webhook(value)).unwrap();
    body["entry"][0]["changes"][0]["field"] = "calls".into();
    body.to_string().into_bytes()
}

/// Ana calls, or is called, at this second.
fn call(direction: &str, event: &str, seconds: i64) -> Vec<u8> {
    let content = json!({"event": event, "direction": direction, "to": "15550783881"});
    calls(&ANA, json!({"calls": [ANA.message("wacid.A", seconds, content)]}))
}

/// A call of the business to Ana fares so.
fn status(word: &str, seconds: i64) -> Vec<u8> {
    let status = json!({"id": "wacid.B", "type": "call", "status": word, "timestamp": seconds.to_string(),
        "recipient_id": ANA.phone, "recipient_user_id": ANA.user});
    calls(&ANA, json!({"statuses": [status]}))
}

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

async fn window(app: &TestApp) -> Value {
    app.get("/api/conversations").await.items()[0]["windowUntil"].clone()
}

/// Twenty-six hours after Ana's only message.
async fn after_the_window() -> TestApp {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Hello")).await;
    app.skip(26 * HOUR);
    app
}

async fn answers(app: &TestApp) -> (StatusCode, String) {
    let lead = app.only_lead().await;
    let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": "You called?"})).await;
    (reply.status, reply.text.clone())
}

#[tokio::test]
async fn a_call_that_nobody_answers_opens_the_window_and_becomes_no_message() {
    let app = after_the_window().await;
    let (refused, said) = answers(&app).await;
    assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        said.contains("As far as we know, the window closed at "),
        "the window may be open by what we did not get: {said}"
    );
    let before = app.only_lead().await;
    deliver(&app, call("USER_INITIATED", "connect", app.now().seconds() - 60)).await;
    let after = app.only_lead().await;
    assert_eq!(after, before, "no message, nothing unread, no other stage");
    assert_eq!(window(&app).await, "2026-09-23T16:12:20.000Z", "a day after the call");
    assert_eq!(answers(&app).await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_missed_call_is_a_line_of_the_history_once_and_makes_nothing_unread() {
    let app = after_the_window().await;
    let at = app.now().seconds() - 60;
    let unread = app.only_lead().await["unread"].clone();
    let ended = json!({"event": "terminate", "direction": "USER_INITIATED", "to": "15550783881", "status": "FAILED"});
    let missed = calls(&ANA, json!({"calls": [ANA.message("wacid.A", at, ended)]}));
    for body in [call("USER_INITIATED", "connect", at - 20), missed.clone(), missed] {
        deliver(&app, body).await;
        app.skip(Duration::from_secs(301));
    }
    let answered = json!({"event": "terminate", "direction": "USER_INITIATED", "to": "15550783881",
        "start_time": at.to_string(), "duration": 42});
    deliver(&app, calls(&ANA, json!({"calls": [ANA.message("wacid.C", app.now().seconds(), answered)]}))).await;
    let conversation = app.get("/api/conversations").await.items()[0]["id"].clone();
    let messages = app.get(&format!("/api/conversations/{}/messages", conversation.as_str().unwrap())).await;
    let texts: Vec<_> = messages.items().iter().map(|message| message["text"].clone()).collect();
    assert_eq!(texts, ["Voice call", "Missed voice call", "Hello"]);
    let content = &messages.items()[0]["content"];
    assert_eq!(content, &json!({"type": "call", "missed": false, "seconds": 42}));
    assert_eq!(app.only_lead().await["unread"], unread);
    assert_eq!(answers(&app).await.0, StatusCode::ACCEPTED, "the window is open");
}

#[tokio::test]
async fn a_call_of_the_business_opens_the_window_only_when_it_is_accepted() {
    let app = after_the_window().await;
    let shut = window(&app).await;
    let now = app.now().seconds();
    let ours = ["connect", "terminate"].map(|event| call("BUSINESS_INITIATED", event, now));
    for body in ours.into_iter().chain([status("RINGING", now), status("REJECTED", now)]) {
        deliver(&app, body).await;
        assert_eq!(window(&app).await, shut);
    }
    assert_eq!(answers(&app).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    deliver(&app, status("ACCEPTED", now)).await;
    assert_eq!(answers(&app).await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn somebody_unknown_who_calls_becomes_no_lead_and_nothing_waits_for_ever() {
    let app = TestApp::start().await;
    deliver(&app, call("USER_INITIATED", "connect", NOW.seconds())).await;
    assert_eq!(app.get("/api/leads").await.items().len(), 0);
    for _ in 0..20 {
        app.skip(12 * HOUR);
        app.stack().drive_due().await;
        app.settle().await;
    }
    assert_eq!((app.count("orphan").await, app.get("/api/leads").await.items().len()), (0, 0));
}

#[tokio::test]
async fn the_window_is_the_same_whichever_comes_first_and_however_often() {
    let message = ANA.writes("wamid.A", NOW.seconds(), "Hello");
    let bodies =
        [&message, &call("USER_INITIATED", "connect", NOW.seconds() + 60), &status("ACCEPTED", NOW.seconds() + 30)];
    for (order, times) in [([0, 1, 2], 1), ([1, 0, 2], 1), ([2, 1, 0], 1), ([1, 2, 0], 2)] {
        let app = TestApp::start().await;
        app.skip(HOUR);
        for index in order.repeat(times) {
            deliver(&app, bodies[index].clone()).await;
            app.skip(Duration::from_secs(301));
        }
        app.skip(24 * HOUR);
        app.stack().drive_due().await;
        app.settle().await;
        assert_eq!(window(&app).await, "2026-09-22T14:14:20.000Z", "{order:?}");
        assert_eq!((app.only_lead().await["unread"].clone(), app.count("orphan").await), (json!(1), 0), "{order:?}");
    }
}

#[tokio::test]
async fn a_call_from_the_future_opens_no_longer_window_however_often_it_comes() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Hello")).await;
    for _ in 0..2 {
        deliver(&app, call("USER_INITIATED", "connect", NOW.seconds() + 1_000_000)).await;
        assert_eq!(window(&app).await, "2026-09-22T14:13:20.000Z");
        app.skip(HOUR);
    }
}

#[tokio::test]
async fn a_call_on_a_number_that_is_not_connected_is_a_notice_of_its_account() {
    let app = after_the_window().await;
    let shut = window(&app).await;
    let mut body: Value = serde_json::from_slice(&call("USER_INITIATED", "connect", app.now().seconds())).unwrap();
    body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "1".into();
    deliver(&app, body.to_string().into_bytes()).await;
    assert_eq!((window(&app).await, app.get("/api/notices").await.items().len()), (shut, 1));
    assert!(app.stack().store().parked(10).await.unwrap().is_empty());
}
