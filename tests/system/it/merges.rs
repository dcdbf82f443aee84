//! Two leads that are one person: found, merged, and parted again.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::ACCOUNT;
use testkit::{NOW, Sender, TestApp};

const PHONE: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: None };
const USER: Sender<'_> = Sender { name: "Ana S.", phone: None, user: Some("BR.1") };
const BOTH: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1") };

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK, "{ACCOUNT}");
    app.settle().await;
}

/// The IDs of the leads, the first made first.
async fn leads(app: &TestApp) -> Vec<String> {
    let mut leads: Vec<_> = app.get("/api/leads").await.items().iter().map(id).collect();
    leads.sort();
    leads
}

fn id(lead: &Value) -> String {
    lead["id"].as_str().unwrap_or_default().to_owned()
}

/// Ana, who wrote once by her phone and once by her user ID, and then with both: two leads that may be one person.
async fn two(app: &TestApp) -> (String, String) {
    deliver(app, PHONE.writes("wamid.A", NOW.seconds(), "by phone")).await;
    app.skip(Duration::from_secs(60));
    deliver(app, USER.writes("wamid.B", NOW.seconds() + 60, "by user ID")).await;
    app.skip(Duration::from_secs(60));
    deliver(app, BOTH.writes("wamid.C", NOW.seconds() + 120, "with both")).await;
    let leads = leads(app).await;
    assert_eq!(leads.len(), 2);
    (leads[0].clone(), leads[1].clone())
}

async fn texts(app: &TestApp, lead: &str) -> Vec<String> {
    let lead = app.get(&format!("/api/leads/{lead}")).await.json;
    let messages = lead["messages"].as_array().cloned().unwrap_or_default();
    messages.iter().map(|message| message["text"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn merge(app: &TestApp, lead: &str, with: &str) -> Value {
    let merged = app.post(&format!("/api/leads/{lead}/merge"), json!({ "with": with })).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.text);
    app.settle().await;
    merged.json
}

#[tokio::test]
async fn two_leads_become_one_with_both_histories_and_whoever_writes_next_is_that_one() {
    let app = TestApp::start().await;
    let (one, other) = two(&app).await;
    let pairs = app.get("/api/possible-duplicates").await;
    let pair: Vec<_> = pairs.items()[0]["leads"].as_array().into_iter().flatten().map(id).collect();
    assert_eq!(pair, [one.clone(), other.clone()]);

    let preview = app.get(&format!("/api/leads/{one}/merge-preview?with={other}")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert_eq!(preview.json["merged"]["conversations"].as_array().map(Vec::len), Some(2));
    let figures = app.get("/api/reports").await.text;
    let merged = merge(&app, &one, &other).await;
    assert_eq!(merged["otherLeadId"], json!(other));
    assert_eq!(merge(&app, &one, &other).await["id"], merged["id"], "the same request again changes nothing");
    assert_eq!(leads(&app).await, [one.as_str()]);
    assert_eq!(texts(&app, &one).await, ["with both", "by user ID", "by phone"]);
    assert_eq!(
        id(&app.get(&format!("/api/leads/{other}")).await.json),
        one,
        "its old address leads to the one that stays"
    );
    assert!(app.get("/api/possible-duplicates").await.items().is_empty());
    assert_eq!(app.get("/api/reports").await.text, figures, "a merge counts in no figure");

    app.skip(Duration::from_secs(60));
    deliver(&app, USER.writes("wamid.D", NOW.seconds() + 180, "by user ID again")).await;
    deliver(&app, USER.writes("wamid.B", NOW.seconds() + 60, "by user ID")).await;
    assert_eq!(leads(&app).await, [one.as_str()]);
    assert_eq!(texts(&app, &one).await.len(), 4, "a replay after the merge changes nothing");
    let lines = app.get(&format!("/api/leads/{one}/timeline?kind=changes")).await;
    assert_eq!(lines.items()[0]["type"], "leads_merged");
}

#[tokio::test]
async fn a_merge_that_is_undone_gives_each_lead_its_own_again() {
    let app = TestApp::start().await;
    let (one, other) = two(&app).await;
    app.call(Method::PATCH, &format!("/api/leads/{other}"), &[], Some(json!({ "tags": ["vip"] }))).await;
    let merged = merge(&app, &one, &other).await;
    app.skip(Duration::from_secs(60));
    deliver(&app, USER.writes("wamid.D", NOW.seconds() + 180, "by user ID again")).await;
    let path = format!("/api/leads/{one}/merges/{}/undo", merged["id"].as_str().unwrap_or_default());
    let undone = app.post(&path, json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text);
    app.settle().await;
    assert_eq!(app.post(&path, json!({})).await.json["undoneAt"], undone.json["undoneAt"]);
    assert_eq!(leads(&app).await, [one.clone(), other.clone()]);
    assert_eq!(texts(&app, &one).await, ["by phone"]);
    assert_eq!(texts(&app, &other).await, ["by user ID again", "with both", "by user ID"]);
    assert_eq!(app.get(&format!("/api/leads/{one}")).await.json["tags"], json!([]));
    assert_eq!(app.get(&format!("/api/leads/{other}")).await.json["tags"], json!(["vip"]));
    app.skip(Duration::from_secs(60));
    deliver(&app, USER.writes("wamid.E", NOW.seconds() + 240, "once more")).await;
    assert_eq!(texts(&app, &other).await[0], "once more");
}

#[tokio::test]
async fn a_merge_that_changes_the_stage_says_so_in_the_timeline_and_so_does_its_undoing() {
    let app = TestApp::start().await;
    let (one, other) = two(&app).await;
    app.call(Method::PATCH, &format!("/api/leads/{other}"), &[], Some(json!({ "stage": "Qualified" }))).await;
    app.skip(Duration::from_secs(60));
    let merged = merge(&app, &one, &other).await;
    let path = format!("/api/leads/{one}/timeline?kind=stages");
    let last = app.get(&path).await.items()[0]["description"].clone();
    assert_eq!(last, "Stage changed from Incoming to Qualified: another lead was merged into this one");
    app.skip(Duration::from_secs(60));
    let undo = format!("/api/leads/{one}/merges/{}/undo", merged["id"].as_str().unwrap_or_default());
    assert_eq!(app.post(&undo, json!({})).await.status, StatusCode::OK);
    app.settle().await;
    let lines = app.get(&path).await;
    assert_eq!(lines.items().len(), 2, "{}", lines.text);
    assert_eq!(
        lines.items()[0]["description"],
        "Stage changed from Qualified to Incoming: a merge of leads was undone"
    );
    assert_eq!(app.get(&format!("/api/leads/{one}")).await.json["stage"], "Incoming");
}

#[tokio::test]
async fn what_a_message_moves_while_leads_are_one_stays_with_the_lead_that_moved_and_a_replay_moves_nothing() {
    let app = TestApp::start().await;
    let asha = Sender { name: "Asha", phone: None, user: Some("IN.1") };
    let office = Sender { name: "Office", phone: None, user: Some("IN.2") };
    deliver(&app, asha.writes("wamid.A", NOW.seconds(), "mine")).await;
    app.skip(Duration::from_secs(60));
    deliver(&app, office.writes("wamid.O", NOW.seconds() + 60, "the office's")).await;
    let (one, other) = (leads(&app).await[0].clone(), leads(&app).await[1].clone());
    let merged = merge(&app, &one, &other).await;
    let stage = async |lead: &str| app.get(&format!("/api/leads/{lead}")).await.json["stage"].clone();
    deliver(&app, office.writes("wamid.O", NOW.seconds() + 60, "the office's")).await;
    assert_eq!(stage(&one).await, "Incoming", "the first message of a merged lead comes again");
    app.skip(Duration::from_secs(60));
    deliver(&app, office.writes("wamid.P", NOW.seconds() + 120, "again")).await;
    assert_eq!(stage(&one).await, "Contacted");
    let undo = format!("/api/leads/{one}/merges/{}/undo", merged["id"].as_str().unwrap_or_default());
    assert_eq!(app.post(&undo, json!({})).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!((stage(&one).await, stage(&other).await), (json!("Contacted"), json!("Incoming")));
    app.skip(Duration::from_secs(60));
    deliver(&app, office.writes("wamid.Q", NOW.seconds() + 180, "once more")).await;
    assert_eq!(texts(&app, &other).await, ["once more", "again", "the office's"], "their user ID is theirs again");
    for (lead, moves) in [(one, 1), (other, 1)] {
        let lines = app.get(&format!("/api/leads/{lead}/timeline?kind=stages")).await;
        assert_eq!(lines.items().len(), moves, "{}", lines.text);
    }
}

#[tokio::test]
async fn a_merge_is_refused_with_itself_after_a_month_and_twice() {
    let app = TestApp::start().await;
    let (one, other) = two(&app).await;
    let itself = app.post(&format!("/api/leads/{one}/merge"), json!({ "with": one })).await;
    assert_eq!(itself.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody =
        app.post(&format!("/api/leads/{one}/merge"), json!({ "with": "led_00000000000000000000000000" })).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nobody.text);
    let stale = [("if-match", "\"77\"")];
    let stale = app.post_with(&format!("/api/leads/{one}/merge"), &stale, json!({ "with": other })).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let merged = merge(&app, &one, &other).await;
    let crosswise = app.post(&format!("/api/leads/{other}/merge"), json!({ "with": one })).await;
    assert_eq!(crosswise.status, StatusCode::CONFLICT, "{}", crosswise.text);
    app.skip(Duration::from_secs(31 * 24 * 3600));
    let path = format!("/api/leads/{one}/merges/{}/undo", merged["id"].as_str().unwrap_or_default());
    let late = app.post(&path, json!({})).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("30 days"), "{}", late.text);
}

#[tokio::test]
async fn a_pair_that_was_settled_as_two_people_is_not_suggested_again() {
    let app = TestApp::start().await;
    let (one, other) = two(&app).await;
    let path = format!("/api/leads/{one}/not-duplicates");
    assert_eq!(app.post(&path, json!({ "leadId": other })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.post(&path, json!({ "leadId": other })).await.status, StatusCode::NO_CONTENT);
    assert!(app.get("/api/possible-duplicates").await.items().is_empty());
    app.skip(Duration::from_secs(60));
    deliver(&app, BOTH.writes("wamid.D", NOW.seconds() + 180, "with both again")).await;
    assert!(app.get("/api/possible-duplicates").await.items().is_empty());
    assert_eq!(app.get(&format!("/api/leads/{one}")).await.json["possibleDuplicates"], json!([]));
    assert_eq!(app.post(&path, json!({ "leadId": one })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_answer_in_a_merged_conversation_goes_to_the_address_that_wrote_there() {
    let app = TestApp::start().await;
    let asha = app.person("Asha Rao");
    app.says(&asha, "from my own phone").await;
    let one = leads(&app).await[0].clone();
    let bo = app.person("Asha at work");
    app.says(&bo, "from the office").await;
    let other = leads(&app).await[1].clone();
    merge(&app, &one, &other).await;
    let conversations = app.get("/api/conversations").await;
    assert_eq!(conversations.items().len(), 2);
    for conversation in conversations.items() {
        assert_eq!(conversation["leadId"], json!(one));
        let sent = app.post("/api/messages", json!({ "conversationId": conversation["id"], "text": "Hello" })).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    }
    app.settle().await;
    app.pass(Duration::from_secs(60)).await;
    let lead = app.get(&format!("/api/leads/{one}")).await.json;
    let statuses: Vec<_> = lead["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|message| message["direction"] == "outbound")
        .map(|message| message["status"].clone())
        .collect();
    assert_eq!(statuses.len(), 2);
    assert!(statuses.iter().all(|status| status != "failed"), "{statuses:?}");
}
