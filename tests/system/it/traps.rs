//! Twenty traps of WhatsApp's Cloud API that other systems fell into. Each test is named after its trap, and shows in short
//! that it is avoided; other modules try the same in every order and at every fault.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::{ACCOUNT, of_account, webhook};
use testkit::wire::GRAPH;
use testkit::{CustomerMessage, Fault, FaultMode, Kind, Sender, Settings, TestApp, Turn, Wire};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

/// The texts on the only lead's page, the newest first.
async fn texts(app: &TestApp) -> Vec<String> {
    let lead = app.only_lead().await;
    lead["messages"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

/// An app whose only customer has just written.
async fn with_customer(settings: Settings) -> TestApp {
    let app = TestApp::with(settings).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    app.skip(Duration::from_secs(10));
    app
}

async fn reply(app: &TestApp, body: Value) -> Value {
    let mut body = body;
    body["leadId"] = app.only_lead().await["id"].clone();
    let reply = app.post("/api/messages", body).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    app.settle().await;
    reply.json
}

/// The only message of ours on the lead's page.
async fn ours(app: &TestApp) -> Value {
    let lead = app.only_lead().await;
    let messages = lead["messages"].as_array().unwrap();
    messages.iter().find(|one| one["direction"] == "outbound").cloned().unwrap_or_default()
}

fn status(wamid: &str, word: &str, seconds: i64) -> Value {
    json!({"id": wamid, "status": word, "timestamp": seconds.to_string(), "recipient_id": "5511988887777"})
}

#[tokio::test]
async fn trap_01_a_delivery_is_answered_once_it_is_queued_and_before_it_is_processed() {
    let app = TestApp::start().await;
    let answer = app.deliver(ANA.writes("wamid.A", app.now().seconds(), "Hello")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(app.get("/api/leads").await.items().is_empty(), "nothing is processed yet");
    app.settle().await;
    assert_eq!(texts(&app).await, ["Hello"]);
}

#[tokio::test]
async fn trap_02_a_message_that_is_delivered_again_is_stored_once() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        deliver(&app, ANA.writes("wamid.A", app.now().seconds(), "Hello")).await;
        app.pass(Duration::from_secs(600)).await;
    }
    assert_eq!((texts(&app).await.len(), &app.only_lead().await["unread"]), (1, &json!(1)));
}

#[tokio::test]
async fn trap_03_two_copies_within_one_second_are_one_message() {
    let app = TestApp::start().await;
    let seconds = app.now().seconds();
    let copies = [ANA.writes("wamid.A", seconds, "Hello"), ANA.writes("wamid.A", seconds + 1, "Hello")];
    for copy in copies {
        assert_eq!(app.deliver(copy).await.status, StatusCode::OK);
    }
    app.settle().await;
    assert_eq!(texts(&app).await, ["Hello"]);
}

#[tokio::test]
async fn trap_04_a_status_never_goes_backwards() {
    let app = with_customer(Settings { statuses_lost: 1.0, ..Settings::default() }).await;
    reply(&app, json!({"text": "Hi"})).await;
    let wamid = ours(&app).await["wamid"].as_str().unwrap().to_owned();
    for word in ["read", "delivered", "sent"] {
        deliver(&app, webhook(json!({"statuses": [status(&wamid, word, app.now().seconds())]}))).await;
        assert_eq!(ours(&app).await["status"], "read", "after {word}");
    }
}

#[tokio::test]
async fn trap_05_a_status_that_comes_before_its_message_is_known_applies_later() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", app.now().seconds(), "Hello")).await;
    deliver(&app, webhook(json!({"statuses": [status("wamid.EARLY", "delivered", app.now().seconds())]}))).await;
    app.accepted(&domain::Wamid::parse("wamid.EARLY").unwrap()).await;
    app.pass(Duration::from_secs(60)).await;
    assert_eq!(ours(&app).await["status"], "delivered");
}

#[tokio::test]
async fn trap_06_every_entry_change_and_message_of_a_delivery_is_handled() {
    let app = TestApp::start().await;
    let seconds = app.now().seconds();
    let text = |wamid: &str, text: &str| ANA.message(wamid, seconds, json!({"type": "text", "text": {"body": text}}));
    let value = |messages: Value| {
        let body = webhook(json!({"contacts": [ANA.contact()], "messages": messages}));
        serde_json::from_slice::<Value>(&body).unwrap()["entry"][0].clone()
    };
    let mut first = value(json!([text("wamid.A", "one"), text("wamid.B", "two")]));
    let second = value(json!([text("wamid.C", "three")]));
    first["changes"].as_array_mut().unwrap().push(second["changes"][0].clone());
    let third = value(json!([text("wamid.D", "four")]));
    let body = json!({"object": "whatsapp_business_account", "entry": [first, third]});
    deliver(&app, body.to_string().into_bytes()).await;
    assert_eq!(texts(&app).await, ["four", "three", "two", "one"]);
}

#[tokio::test]
async fn trap_07_a_status_that_cannot_be_read_spoils_no_message_of_the_same_delivery() {
    let app = TestApp::start().await;
    let message = ANA.message("wamid.A", app.now().seconds(), json!({"type": "text", "text": {"body": "Hello"}}));
    let statuses = json!([7, {"id": "wamid.B", "status": "read", "timestamp": "never"}]);
    deliver(&app, webhook(json!({"contacts": [ANA.contact()], "statuses": statuses, "messages": [message]}))).await;
    assert_eq!(texts(&app).await, ["Hello"]);
}

#[tokio::test]
async fn trap_08_the_signature_is_over_the_bytes_as_they_came() {
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.A", app.now().seconds(), "Olá/ação 🙂");
    let posted = testkit::bodies::as_posted(&String::from_utf8(body).unwrap());
    deliver(&app, posted.into_bytes()).await;
    assert_eq!(texts(&app).await, ["Olá/ação 🙂"]);
}

#[tokio::test]
async fn trap_09_a_delivery_without_a_signature_is_refused() {
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.A", app.now().seconds(), "Hello");
    assert_eq!(app.post_webhook(&[], body.clone()).await.status, StatusCode::UNAUTHORIZED);
    let wrong = [("x-hub-signature-256", "sha256=00")];
    assert_eq!(app.post_webhook(&wrong, body).await.status, StatusCode::UNAUTHORIZED);
    app.settle().await;
    assert!(app.get("/api/leads").await.items().is_empty());
}

#[tokio::test]
async fn trap_10_a_channel_says_whether_its_account_is_subscribed() {
    let app = TestApp::start().await;
    let id = app.get("/api/channels").await.items()[0]["id"].as_str().unwrap().to_owned();
    assert!(app.post(&format!("/api/channels/{id}/check"), json!({})).await.status.is_success());
    app.settle().await;
    let channel = app.get("/api/channels").await.items()[0].clone();
    assert!(channel["checks"].to_string().contains("subscri"), "{channel}");
}

#[tokio::test]
async fn trap_11_the_spellings_of_a_brazilian_number_are_one_customer() {
    let app = TestApp::start().await;
    let old = Sender { phone: Some("551188887777"), user: None, ..ANA };
    deliver(&app, old.writes("wamid.A", app.now().seconds(), "one")).await;
    let new = Sender { user: None, ..ANA };
    deliver(&app, new.writes("wamid.B", app.now().seconds() + 1, "two")).await;
    assert_eq!(texts(&app).await, ["two", "one"]);
}

#[tokio::test]
async fn trap_12_a_customer_who_hides_the_phone_is_a_lead_and_is_answered() {
    let app = TestApp::start().await;
    let person = app.hidden_person("Asha Rao");
    app.says(&person, "Hello").await;
    assert_eq!(app.only_lead().await["phone"], Value::Null);
    reply(&app, json!({"text": "Hi"})).await;
    assert_eq!(ours(&app).await["status"], "accepted");
}

#[tokio::test]
async fn trap_13_a_user_id_goes_into_recipient_and_never_into_to() {
    let app = TestApp::start().await;
    let person = app.hidden_person("Asha Rao");
    app.says(&person, "Hello").await;
    reply(&app, json!({"text": "Hi"})).await;
    let posted = app.meta().sends(None).unwrap()[0].body.clone();
    assert_eq!((posted["recipient"].as_str(), posted.get("to")), (Some(person.user_id.as_str()), None));
}

#[tokio::test]
async fn trap_14_a_send_whose_answer_is_lost_is_not_sent_again() {
    let app = with_customer(Settings { statuses_lost: 1.0, ..Settings::default() }).await;
    app.answer("Hi").await;
    app.stack().pump_relay().await.unwrap();
    let wire = Wire::new(|call| if call.operation == GRAPH { Turn::Loses } else { Turn::Goes });
    app.workers(&wire, app.clock()).poll_outbound().await.unwrap();
    app.pass(Duration::from_secs(3600)).await;
    assert_eq!((app.meta().sends(None).unwrap().len(), app.status().await.as_str()), (1, "unconfirmed"));
}

#[tokio::test]
async fn trap_15_what_meta_accepts_is_not_shown_as_delivered() {
    let mode = FaultMode::FailedStatus { code: 131_026 };
    let app = with_customer(Settings::default()).await;
    let faults = vec![Fault { mode, next: Some(1), fraction: 1.0 }];
    app.meta().set_settings(Settings { faults, statuses_lost: 1.0, ..Settings::default() });
    reply(&app, json!({"text": "Hi"})).await;
    assert_eq!(ours(&app).await["status"], "accepted");
    let wamid = ours(&app).await["wamid"].as_str().unwrap().to_owned();
    let mut failed = status(&wamid, "failed", app.now().seconds());
    failed["errors"] = json!([{"code": 131_026, "title": "Message undeliverable"}]);
    deliver(&app, webhook(json!({"statuses": [failed]}))).await;
    let message = ours(&app).await;
    assert_eq!((message["status"].as_str(), message["error"]["code"].as_i64()), (Some("failed"), Some(131_026)));
}

#[tokio::test]
async fn trap_16_codes_that_forbid_another_try_are_tried_once() {
    for code in [131_047, 131_049, 131_050] {
        let faults = vec![Fault { mode: FaultMode::ErrorCode { code }, next: None, fraction: 1.0 }];
        let app = with_customer(Settings::default()).await;
        app.meta().set_settings(Settings { faults, ..Settings::default() });
        reply(&app, json!({"text": "Hi"})).await;
        app.meta().set_settings(Settings::default());
        app.pass(Duration::from_secs(3600)).await;
        assert_eq!((ours(&app).await["status"].as_str(), app.meta().sends(None).unwrap().len()), (Some("failed"), 0));
    }
}

#[tokio::test]
async fn trap_17_a_template_s_value_with_a_line_break_a_tab_or_five_spaces_is_refused_or_mended() {
    let app = with_customer(Settings::default()).await;
    assert!(app.post("/api/templates/sync", json!({})).await.status.is_success());
    app.settle().await;
    app.pass(Duration::from_secs(60)).await;
    let templates = app.get("/api/templates?limit=100").await;
    let named = |one: &&Value| one["status"] == "approved" && one.to_string().contains("{{1}}");
    let template = templates.items().iter().find(named).cloned().expect("the simulator has such a template");
    for value in ["a\nb", "a\tb", "a     b", " "] {
        let asked = json!({
            "leadId": app.only_lead().await["id"], "type": "template",
            "template": {"name": template["name"], "language": template["language"], "body": {"1": value}},
        });
        let reply = app.post("/api/messages", asked).await;
        app.settle().await;
        if reply.status == StatusCode::ACCEPTED {
            let posted = app.meta().sends(None).unwrap()[0].body.to_string();
            assert!(!posted.contains("\\n") && !posted.contains("\\t") && !posted.contains("     "), "{posted}");
        } else {
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{value:?} {}", reply.text);
        }
    }
}

#[tokio::test]
async fn trap_18_a_customer_s_file_is_fetched_at_once_and_kept() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.does(CustomerMessage::new(person.id.to_string(), Kind::Image)).await;
    app.settle().await;
    let lead = app.only_lead().await;
    assert_eq!(lead["messages"][0]["media"]["state"], "stored", "{lead}");
}

#[tokio::test]
async fn trap_19_an_echo_of_the_phone_app_is_the_business_s_own_and_opens_no_window() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", app.now().seconds(), "Hello")).await;
    let until = app.get("/api/conversations").await.items()[0]["windowUntil"].clone();
    app.skip(Duration::from_secs(60));
    let echo = json!({
        "from": "15550783881", "to": "5511988887777", "to_user_id": ANA.user, "id": "wamid.ECHO",
        "timestamp": app.now().seconds().to_string(), "type": "text", "text": {"body": "From the phone"},
    });
    deliver(&app, of_account(ACCOUNT, "smb_message_echoes", json!({"message_echoes": [echo]}))).await;
    let lead = app.only_lead().await;
    assert_eq!(lead["messages"][0]["direction"], "outbound");
    assert_eq!(lead["unread"], 1);
    assert_eq!(app.get("/api/conversations").await.items()[0]["windowUntil"], until);
    assert!(app.meta().sends(None).unwrap().is_empty());
}

#[tokio::test]
async fn trap_20_a_dead_token_holds_the_messages_and_the_channel_says_so() {
    let app = with_customer(Settings::default()).await;
    let faults = vec![Fault { mode: FaultMode::ErrorCode { code: 190 }, next: None, fraction: 1.0 }];
    app.meta().set_settings(Settings { faults, ..Settings::default() });
    reply(&app, json!({"text": "Hi"})).await;
    assert_eq!(ours(&app).await["status"], "held");
    let channel = app.get("/api/channels").await.items()[0].clone();
    assert!(!channel["refusal"].is_null(), "{channel}");
}
