//! Messages of a number that does not send: they are held, said to be so everywhere, and sent in order once it does.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::{Fault, FaultMode, Person, SendRecord, Settings, TokenWish};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Reply, TestApp};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A token of the number's account that Meta accepts, until [`expire`].
fn own_token(app: &TestApp) -> String {
    app.meta().issue_token(TokenWish::default()).unwrap().access_token
}

/// Meta refuses this token from now on.
fn expire(app: &TestApp, token: &str) {
    let access_token = Some(token.to_owned());
    app.meta().issue_token(TokenWish { access_token, expires_in_seconds: Some(0), ..TokenWish::default() }).unwrap();
}

async fn replace_token(app: &TestApp, token: &str) -> Reply {
    let path = format!("/api/channels/{}", app.account().channel);
    app.call(Method::PATCH, &path, &[], Some(json!({"accessToken": token}))).await
}

async fn toggle(app: &TestApp) {
    let reply = app.post(&format!("/api/channels/{}/toggle", app.account().channel), json!({})).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
}

/// A number whose own token Meta refuses, and a customer who has written to it.
async fn with_a_dead_token() -> (TestApp, Person) {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "Hello").await;
    let own = own_token(&app);
    assert_eq!(replace_token(&app, &own).await.status, StatusCode::OK);
    app.settle().await;
    expire(&app, &own);
    (app, asha)
}

async fn lead(app: &TestApp, name: &str) -> Value {
    let leads = app.get("/api/leads").await;
    leads.items().iter().find(|lead| lead["name"] == name).unwrap()["id"].clone()
}

/// Sends `text` to the lead with this name.
async fn answer(app: &TestApp, name: &str, text: &str) -> Reply {
    let lead = lead(app, name).await;
    let reply = app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    app.settle().await;
    reply
}

/// The message of ours that says `text`, as its conversation shows it.
async fn shown(app: &TestApp, reply: &Reply) -> Value {
    let conversation = reply.str("conversationId");
    let messages = app.get(&format!("/api/conversations/{conversation}/messages")).await;
    messages.items().iter().find(|message| message["id"] == reply["id"]).unwrap().clone()
}

async fn channel(app: &TestApp) -> Value {
    app.get("/api/channels").await.items()[0].clone()
}

/// The texts that Meta accepted, the oldest first.
fn sent(app: &TestApp) -> Vec<String> {
    let text = |send: &SendRecord| send.body["text"]["body"].as_str().unwrap_or_default().to_owned();
    app.meta().sends(None).unwrap().iter().rev().map(text).collect()
}

#[tokio::test]
async fn a_dead_token_holds_the_number_s_messages_until_it_is_replaced_and_then_they_are_sent_in_order() {
    let (app, _) = with_a_dead_token().await;
    app.says(&app.person("Ravi"), "Hi").await;
    let one = answer(&app, "Asha Rao", "One").await;
    for (name, text) in [("Ravi", "For Ravi"), ("Asha Rao", "Two"), ("Asha Rao", "Three")] {
        answer(&app, name, text).await;
        app.pass(Duration::from_secs(60)).await;
    }
    let held = shown(&app, &one).await;
    assert_eq!((&held["status"], &held["error"]["code"]), (&json!("held"), &json!(190)), "{held}");
    let says = (&held["error"]["cause"], &held["error"]["nextStep"]);
    assert_eq!(says, (&json!("token_invalid"), &json!("check_number")));
    let number = channel(&app).await;
    assert_eq!((&number["heldMessages"], &number["refusal"]["code"]), (&json!(4), &json!(190)), "{number}");
    let status = app.get("/api/whatsapp/status").await;
    assert!(status.str("message").contains("held"), "{}", status.text);
    assert_eq!(status["channels"][0]["heldMessages"], 4);
    app.pass(Duration::from_secs(3600)).await;
    assert_eq!((sent(&app).len(), channel(&app).await["heldMessages"].clone()), (0, json!(4)));

    let given = replace_token(&app, &app.account().access_token).await;
    assert_eq!((given.status, &given.json["refusal"]), (StatusCode::OK, &Value::Null), "{}", given.text);
    app.settle().await;
    app.pass(Duration::from_secs(10)).await;
    let texts = sent(&app);
    let of_asha: Vec<_> = texts.iter().filter(|text| *text != "For Ravi").cloned().collect();
    assert_eq!((of_asha, texts.len()), (vec!["One".to_owned(), "Two".to_owned(), "Three".to_owned()], 4));
    assert_eq!(shown(&app, &one).await["status"], "read");
    assert_eq!(channel(&app).await["heldMessages"], 0);
    assert_eq!(app.count("held").await, 0);
}

#[tokio::test]
async fn a_held_message_is_sent_though_the_stream_tells_of_no_resumption() {
    let (app, _) = with_a_dead_token().await;
    answer(&app, "Asha Rao", "One").await;
    replace_token(&app, &app.account().access_token).await;
    app.forget_stream("changes").await;
    app.settle().await;
    assert_eq!(sent(&app).len(), 0);
    app.pass(Duration::from_secs(300)).await;
    assert_eq!(sent(&app), ["One"], "the sweeper finds it");
}

#[tokio::test]
async fn a_message_that_is_accepted_after_the_number_resumed_goes_behind_those_that_were_held() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    toggle(&app).await;
    let one = answer(&app, "Asha Rao", "One").await;
    answer(&app, "Asha Rao", "Two").await;
    let waited = shown(&app, &one).await;
    assert_eq!((&waited["status"], &waited["error"]["nextStep"]), (&json!("held"), &json!("resume_number")));
    app.pass(Duration::from_secs(4 * 3600)).await;
    toggle(&app).await;
    app.forget_stream("changes").await;
    answer(&app, "Asha Rao", "Three").await;
    assert_eq!(sent(&app), ["One", "Two", "Three"], "though nothing has released the first two yet");
    app.pass(Duration::from_secs(600)).await;
    assert_eq!((sent(&app).len(), app.count("held").await, app.count("resume").await), (3, 0, 0));
}

#[tokio::test]
async fn a_refused_number_is_probed_with_one_message_and_goes_on_by_itself_when_meta_takes_it() {
    let fault = Fault { mode: FaultMode::ErrorCode { code: 133_010 }, next: Some(2), fraction: 1.0 };
    let app = TestApp::with(Settings { faults: vec![fault], ..Settings::default() }).await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    for text in ["One", "Two", "Three"] {
        answer(&app, "Asha Rao", text).await;
    }
    app.pass(Duration::from_secs(700)).await;
    let number = channel(&app).await;
    assert_eq!((sent(&app).len(), &number["heldMessages"]), (0, &json!(3)), "the first probe is refused: {number}");
    app.pass(Duration::from_secs(700)).await;
    assert_eq!(sent(&app), ["One", "Two", "Three"]);
    assert_eq!(channel(&app).await["refusal"], Value::Null);
}

#[tokio::test]
async fn a_check_of_a_refused_number_tries_it_at_once() {
    let fault = Fault { mode: FaultMode::ErrorCode { code: 133_010 }, next: Some(1), fraction: 1.0 };
    let app = TestApp::with(Settings { faults: vec![fault], ..Settings::default() }).await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    answer(&app, "Asha Rao", "One").await;
    assert_eq!(channel(&app).await["heldMessages"], 1);
    app.post(&format!("/api/channels/{}/check", app.account().channel), json!({})).await;
    app.settle().await;
    assert_eq!(sent(&app), ["One"]);
}

#[tokio::test]
async fn what_is_held_for_a_day_fails_and_what_the_window_shuts_out_fails_when_the_number_resumes() {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "Hello").await;
    toggle(&app).await;
    let early = answer(&app, "Asha Rao", "Too long").await;
    app.skip(DAY - Duration::from_secs(3600));
    app.says(&asha, "Still there?").await;
    app.skip(Duration::from_secs(3600));
    app.pass(Duration::from_secs(60)).await;
    let failed = shown(&app, &early).await;
    assert_eq!((&failed["status"], &failed["error"]["reason"]), (&json!("failed"), &json!("expired")), "{failed}");

    let late = answer(&app, "Asha Rao", "Too late").await;
    assert_eq!(shown(&app, &late).await["status"], "held");
    app.skip(DAY - Duration::from_secs(1800));
    toggle(&app).await;
    app.settle().await;
    let failed = shown(&app, &late).await;
    assert_eq!((&failed["status"], &failed["error"]["reason"]), (&json!("failed"), &json!("window_closed")));
    assert_eq!((sent(&app).len(), app.count("held").await), (0, 0));
}

#[tokio::test]
async fn more_messages_than_one_step_releases_are_all_sent_and_each_once() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    toggle(&app).await;
    let lead = lead(&app, "Asha Rao").await;
    for number in 0..120 {
        app.post("/api/messages", json!({"leadId": lead, "text": format!("{number:03}")})).await;
    }
    app.settle().await;
    assert_eq!(channel(&app).await["heldMessages"], 100, "counted up to that");
    toggle(&app).await;
    app.pass(Duration::from_secs(120)).await;
    let wanted: Vec<_> = (0..120).map(|number| format!("{number:03}")).collect();
    assert_eq!(sent(&app), wanted);
    assert_eq!((app.count("held").await, app.count("resume").await), (0, 0));
}
