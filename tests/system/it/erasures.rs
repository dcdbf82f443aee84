//! A person is erased: nothing of them is left, a late replay brings nothing back, and who writes again begins anew.

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{CustomerMessage, Kind, NOW, Sender, TestApp};

const PHONE: &str = "5511988887777";
const ANA: Sender<'_> = Sender { name: "Anabela Erased", phone: Some(PHONE), user: Some("BR.77") };

/// What stays: that it was done, of whom by number alone, and what was counted.
const STAYS: [&str; 6] = ["erasure", "tombstone", "audit", "link", "chain_key", "figures"];

async fn lead_of(app: &TestApp) -> String {
    app.only_lead().await["id"].as_str().unwrap_or_default().to_owned()
}

async fn erase(app: &TestApp, lead: &str) -> Value {
    let begun = app.post(&format!("/api/leads/{lead}/erase"), json!({ "confirm": lead })).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    let again = app.post(&format!("/api/leads/{lead}/erase"), json!({ "confirm": lead })).await;
    assert_eq!(again.json["id"], begun.json["id"], "the same request again begins nothing");
    app.settle().await;
    app.pass(Duration::from_secs(300)).await;
    let path = format!("/api/erasures/{}", begun.json["id"].as_str().unwrap_or_default());
    app.get(&path).await.json
}

#[tokio::test]
async fn nothing_of_an_erased_person_is_left_and_the_receipt_says_what_went() {
    let app = TestApp::start().await;
    assert_eq!(
        app.deliver(ANA.writes("wamid.ERASED-A", NOW.seconds(), "my secret words")).await.status,
        StatusCode::OK
    );
    app.settle().await;
    let lead = lead_of(&app).await;
    let path = format!("/api/leads/{lead}");
    app.post(&format!("{path}/notes"), json!({ "text": "likes her secret words" })).await;
    app.post(&format!("{path}/tasks"), json!({ "text": "call about the secret words" })).await;
    let sent = app.post("/api/messages", json!({ "leadId": lead, "text": "your secret words" })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.settle().await;
    let reaction = json!({ "type": "reaction", "reaction": { "message_id": "wamid.ERASED-A", "emoji": "👍" } });
    app.deliver(ANA.sends("wamid.ERASED-R", NOW.seconds() + 1, reaction)).await;
    app.settle().await;
    assert_eq!(app.get("/api/search?q=anabela").await.items().len(), 1);

    let receipt = erase(&app, &lead).await;
    assert_eq!((&receipt["status"], &receipt["messages"]), (&json!("done"), &json!(2)), "{receipt}");
    assert_eq!(receipt["receipt"].as_str().map(str::len), Some(32));
    assert_eq!(app.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(app.get("/api/search?q=anabela").await.items().is_empty());
    assert!(app.get("/api/conversations").await.items().is_empty());
    let bare = lead.strip_prefix("led_").unwrap_or_default();
    for ((pk, sk), item) in app.items().await {
        let kind = item["ty"].as_str().unwrap_or_default();
        let text = item.to_string().to_lowercase();
        for trace in [PHONE, "br.77", "anabela", "secret words", "wamid.erased"] {
            assert!(!text.contains(trace), "{trace} is left in {kind} at {pk} {sk}");
        }
        let is_named = pk.contains(bare) || sk.contains(bare);
        assert!(!is_named || STAYS.contains(&kind), "{kind} is left at {pk} {sk}");
    }
}

#[tokio::test]
async fn a_replay_of_an_erased_message_is_dropped_and_a_new_one_begins_a_new_lead() {
    let app = TestApp::start().await;
    let body = || ANA.writes("wamid.ERASED-A", NOW.seconds(), "before");
    app.deliver(body()).await;
    app.settle().await;
    let lead = lead_of(&app).await;
    erase(&app, &lead).await;
    app.deliver(body()).await;
    app.settle().await;
    assert!(app.get("/api/leads").await.items().is_empty(), "a replay brings nobody back");
    app.deliver(ANA.writes("wamid.NEW", app.now().seconds(), "after")).await;
    app.settle().await;
    let anew = app.only_lead().await;
    assert_ne!(anew["id"], json!(lead));
    assert_eq!(anew["messages"].as_array().map(Vec::len), Some(1));
    app.deliver(body()).await;
    app.settle().await;
    assert_eq!(app.only_lead().await["messages"].as_array().map(Vec::len), Some(1), "nor does one after that");
    let restored = app.post(&format!("/api/leads/{lead}/restore"), json!({})).await;
    assert_eq!(restored.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_customers_files_go_from_the_bucket_too() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.does(CustomerMessage::new(asha.id.to_string(), Kind::Image)).await;
    let lead = lead_of(&app).await;
    let url = app.only_lead().await["messages"][0]["media"]["url"].as_str().unwrap_or_default().to_owned();
    assert!(app.follow(&url).await.is_ok_and(|shown| shown.status == StatusCode::OK));
    let receipt = erase(&app, &lead).await;
    assert_eq!(receipt["files"], 1, "{receipt}");
    assert!(
        app.follow(&url).await.is_ok_and(|gone| gone.status == StatusCode::NOT_FOUND) || app.count("media").await == 0
    );
    assert_eq!(app.count("media").await, 0);
}

#[tokio::test]
async fn an_erasure_is_confirmed_by_the_leads_id_and_takes_merged_leads_along() {
    let app = TestApp::start().await;
    let one = app.post("/api/leads", json!({ "name": "Bo Lind", "email": "bo@orchid.example" })).await.json;
    let other = app.post("/api/leads", json!({ "name": "Bo L.", "phone": "+4915112345678" })).await.json;
    app.settle().await;
    let id = one["id"].as_str().unwrap_or_default();
    let unconfirmed = app.post(&format!("/api/leads/{id}/erase"), json!({ "confirm": other["id"] })).await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.post(&format!("/api/leads/{id}/erase"), json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let merged = app.post(&format!("/api/leads/{id}/merge"), json!({ "with": other["id"] })).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.text);
    app.settle().await;
    let receipt = erase(&app, id).await;
    assert_eq!(receipt["leadIds"].as_array().map(Vec::len), Some(2));
    assert_eq!(app.count("lead").await, 0);
    assert_eq!(app.count("id").await + app.count("lead_email").await, 0);
    let again = app.post("/api/leads", json!({ "name": "Bo", "email": "bo@orchid.example" })).await;
    assert_eq!(again.status, StatusCode::CREATED, "the address is free: {}", again.text);
}

#[tokio::test]
async fn whoever_was_merged_and_erased_begins_anew_by_each_of_their_addresses() {
    let app = TestApp::start().await;
    let people = ["BR.1", "BR.2"].map(|user| Sender { name: "Ana", phone: None, user: Some(user) });
    for (person, wamid) in people.iter().zip(["wamid.ONE", "wamid.TWO"]) {
        app.deliver(person.writes(wamid, NOW.seconds(), "before")).await;
        app.settle().await;
    }
    let ids: Vec<_> = app.get("/api/leads").await.items().iter().map(|lead| lead["id"].clone()).collect();
    let path = format!("/api/leads/{}", ids[0].as_str().unwrap_or_default());
    assert_eq!(app.post(&format!("{path}/merge"), json!({ "with": ids[1] })).await.status, StatusCode::OK);
    app.settle().await;
    let deal = json!({ "title": "Braces", "value": 900, "currency": "EUR" });
    assert_eq!(app.post(&format!("{path}/deals"), deal).await.status, StatusCode::CREATED);
    app.settle().await;
    erase(&app, ids[0].as_str().unwrap_or_default()).await;
    assert_eq!(app.count("lead").await + app.count("id").await + app.count("deal").await, 0);
    for (person, wamid) in people.iter().zip(["wamid.THREE", "wamid.FOUR"]) {
        app.deliver(person.writes(wamid, app.now().seconds(), "after")).await;
        app.settle().await;
    }
    assert_eq!(app.get("/api/leads").await.items().len(), 2);
}
