//! Leads in the whole system: found by what people type, listed as they change, and restored when a deleted customer writes.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::TestApp;

async fn create(app: &TestApp, body: Value) -> String {
    let made = app.post("/api/leads", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    app.settle().await;
    made.json["id"].as_str().expect("a lead has an ID").to_owned()
}

async fn change(app: &TestApp, id: &str, body: Value) {
    let changed = app.call(Method::PATCH, &format!("/api/leads/{id}"), &[], Some(body)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    app.settle().await;
}

async fn found(app: &TestApp, text: &str) -> Vec<String> {
    let query: String = form_urlencoded(text);
    let answer = app.get(&format!("/api/search?q={query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{text}: {}", answer.text);
    answer.items().iter().map(|lead| lead["name"].as_str().unwrap_or_default().to_owned()).collect()
}

fn form_urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn names(app: &TestApp, path: &str) -> Vec<String> {
    app.get(path).await.items().iter().map(|lead| lead["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_lead_is_found_by_words_and_digits_as_soon_as_it_is_there_and_not_by_what_it_no_longer_has() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let bo = create(
        &app,
        json!({"name": "Bo Lind", "phone": "+4915112345678", "email": "bo@orchid.example", "tags": ["wholesale"]}),
    )
    .await;
    for (text, wanted) in [
        ("asha", vec!["Asha Rao"]),
        ("RAO as", vec!["Asha Rao"]),
        ("lind wholesale", vec!["Bo Lind"]),
        ("orchid", vec!["Bo Lind"]),
        ("1234", vec!["Bo Lind"]),
        ("+49 151 1234 5678", vec!["Bo Lind"]),
        ("bo asha", vec![]),
    ] {
        assert_eq!(found(&app, text).await, wanted, "{text}");
    }
    assert_eq!(app.get("/api/search?q=").await.status, StatusCode::BAD_REQUEST);
    assert!(found(&app, "+12").await.is_empty(), "two digits are too few");
    change(&app, &bo, json!({"name": "Bodil Berg", "phone": "+4915112349999", "tags": []})).await;
    for gone in ["lind", "wholesale", "5678"] {
        assert!(found(&app, gone).await.is_empty(), "{gone}");
    }
    assert_eq!(found(&app, "berg 9999").await, ["Bodil Berg"]);
}

#[tokio::test]
async fn lists_follow_a_change_and_a_newer_message_moves_a_lead_up_in_all_of_them() {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    let bo = app.person("Bo Lind");
    for person in [&asha, &bo] {
        app.says(person, "Hello").await;
        app.pass(Duration::from_secs(60)).await;
    }
    for lead in app.get("/api/leads").await.items() {
        change(&app, lead["id"].as_str().unwrap_or_default(), json!({"tags": ["vip"], "source": "Referral"})).await;
    }
    for path in ["/api/leads?tag=vip", "/api/leads?source=Referral"] {
        assert_eq!(names(&app, path).await, ["Bo Lind", "Asha Rao"], "{path}");
    }
    app.says(&asha, "One more thing").await;
    for path in ["/api/leads", "/api/leads?tag=vip", "/api/leads?source=Referral"] {
        assert_eq!(names(&app, path).await, ["Asha Rao", "Bo Lind"], "{path}");
    }
}

#[tokio::test]
async fn a_change_whose_record_in_the_stream_is_lost_is_listed_and_found_by_the_schedule() {
    let app = TestApp::start().await;
    let made = app.post("/api/leads", json!({"name": "Bo Lind", "tags": ["vip"]})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    app.forget_stream("changes").await;
    app.settle().await;
    assert!(found(&app, "lind").await.is_empty() && names(&app, "/api/leads?tag=vip").await.is_empty());
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(
        (found(&app, "lind").await, names(&app, "/api/leads?tag=vip").await),
        (vec!["Bo Lind".to_owned()], vec!["Bo Lind".to_owned()])
    );
}

#[tokio::test]
async fn a_deleted_lead_is_hidden_until_the_customer_writes_again() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    let path = format!("/api/leads/{}", lead["id"].as_str().unwrap_or_default());
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::NO_CONTENT);
    app.settle().await;
    assert!(found(&app, "asha").await.is_empty());
    assert!(app.get("/api/leads").await.items().is_empty() && app.get("/api/conversations").await.items().is_empty());
    app.pass(Duration::from_secs(60)).await;
    app.says(&person, "Are you there?").await;
    assert_eq!(found(&app, "asha").await, ["Asha Rao"]);
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
    let lead = app.get(&path).await.json;
    let texts: Vec<_> = lead["messages"].as_array().into_iter().flatten().map(|message| &message["text"]).collect();
    assert_eq!(texts, ["Are you there?", "Hello"], "nothing of the past is lost");
    let restored = lead["timeline"].as_array().into_iter().flatten().filter(|line| line["type"] == "lead_restored");
    assert_eq!(restored.count(), 1);
}

#[tokio::test]
async fn a_lead_that_was_created_by_hand_is_the_one_who_writes() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    let id = create(&app, json!({"name": "Mrs Rao", "phone": format!("+{}", person.wa_id)})).await;
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    assert_eq!((&lead["id"], &lead["name"]), (&json!(id), &json!("Mrs Rao")));
    assert_eq!(lead["conversations"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_task_reminds_at_its_time_and_not_once_it_is_done() {
    let app = TestApp::start().await;
    let id = create(&app, json!({"name": "Bo Lind"})).await;
    let path = format!("/api/leads/{id}/tasks");
    let due = app.now().plus(Duration::from_secs(600)).to_string();
    let call = app.post(&path, json!({"text": "Call back", "dueAt": due})).await;
    let done = app.post(&path, json!({"text": "Send the offer", "dueAt": due})).await;
    assert_eq!((call.status, done.status), (StatusCode::CREATED, StatusCode::CREATED), "{}", call.text);
    let done = format!("{path}/{}", done.json["id"].as_str().unwrap_or_default());
    assert_eq!(app.call(Method::PATCH, &done, &[], Some(json!({"done": true}))).await.status, StatusCode::OK);
    let reminders = async || {
        let lines = app.get(&format!("/api/leads/{id}/timeline?kind=tasks")).await;
        let due: Vec<_> = lines.items().iter().filter(|line| line["type"] == "task_due").cloned().collect();
        due.iter().map(|line| line["metadata"]["text"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    app.pass(Duration::from_secs(540)).await;
    assert!(reminders().await.is_empty());
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(reminders().await, ["Call back"]);
    app.pass(Duration::from_secs(600)).await;
    assert_eq!(reminders().await, ["Call back"], "a reminder comes once");
}
