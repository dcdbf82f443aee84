//! Campaigns: each recipient gets exactly one message, whatever happens; the funnel is exact; and no inbox shows a message of
//! a campaign before somebody answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::Person;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use testkit::{Reply, TestApp};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

async fn synchronised() -> TestApp {
    let app = TestApp::start().await;
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    app
}

/// Customers who never wrote, each with a lead that has the tag `vip`.
async fn customers(app: &TestApp, count: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..count {
        let person = app.person(&format!("Customer {number}"));
        let body = json!({"name": person.name, "phone": format!("+{}", person.wa_id), "tags": ["vip"]});
        let created = app.post("/api/leads", body).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
        people.push(person);
    }
    app.settle().await;
    people
}

fn campaign(app: &TestApp) -> Value {
    json!({
        "name": "Autumn reminder",
        "channelId": app.account().channel,
        "message": {
            "name": "appointment_reminder", "language": "en",
            "body": {
                "first_name": { "field": "first_name", "fallback": "there" },
                "day": { "text": "Tuesday" },
                "time": { "text": "10:00" },
            },
        },
        "audience": { "tag": "vip" },
        "acceptUnknownPrice": true,
    })
}

async fn create(app: &TestApp, body: Value) -> String {
    let created = app.post("/api/campaigns", body).await;
    assert_eq!((created.status, created.str("state")), (StatusCode::CREATED, "draft"), "{}", created.text);
    created.str("id").to_owned()
}

async fn command(app: &TestApp, id: &str, command: &str) -> Reply {
    app.post(&format!("/api/campaigns/{id}/{command}"), json!({})).await
}

async fn start(app: &TestApp, id: &str) -> Reply {
    let started = command(app, id, "start").await;
    assert_eq!(started.status, StatusCode::OK, "{}", started.text);
    app.settle().await;
    started
}

async fn shown(app: &TestApp, id: &str) -> Value {
    app.get(&format!("/api/campaigns/{id}")).await.json
}

async fn recipients(app: &TestApp, id: &str, outcome: &str) -> Vec<Value> {
    app.get(&format!("/api/campaigns/{id}/recipients?outcome={outcome}&limit=100")).await.items().to_vec()
}

/// How many messages each phone got.
fn received(app: &TestApp) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for send in app.meta().sends(None).unwrap() {
        *counts.entry(send.body["to"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    counts
}

fn funnel<const N: usize>(campaign: &Value, names: [&str; N]) -> [i64; N] {
    names.map(|name| campaign["funnel"][name].as_i64().unwrap_or(-1))
}

#[tokio::test]
async fn each_recipient_gets_one_message_and_the_funnel_counts_it_exactly() {
    let app = synchronised().await;
    let people = customers(&app, 12).await;
    let id = create(&app, campaign(&app)).await;
    let quote = command(&app, &id, "quote").await;
    assert_eq!((quote["counted"].clone(), quote["recipients"].clone()), (json!(12), json!(12)), "{}", quote.text);
    start(&app, &id).await;
    app.pass(MINUTE).await;
    let ended = shown(&app, &id).await;
    assert_eq!(ended["state"], "finished", "{ended}");
    let counts = funnel(&ended, ["recipients", "attempted", "sent", "delivered", "read", "failed", "replied"]);
    assert_eq!(counts, [12, 12, 12, 12, 12, 0, 0], "{ended}");
    let got = received(&app);
    assert_eq!((got.len(), got.values().all(|count| *count == 1)), (12, true), "{got:?}");
    assert!(app.get("/api/conversations").await.items().is_empty(), "no inbox row before somebody answers");

    app.says(&people[3], "Yes, I will come").await;
    app.pass(MINUTE).await;
    let inbox = app.get("/api/conversations").await;
    assert_eq!(inbox.items().len(), 1, "{}", inbox.text);
    assert_eq!(inbox.items()[0]["lastMessage"]["text"], "Yes, I will come");
    app.says(&people[3], "And my wife too").await;
    app.pass(MINUTE).await;
    assert_eq!(funnel(&shown(&app, &id).await, ["replied"]), [1]);
    let replied = recipients(&app, &id, "replied").await;
    assert_eq!((replied.len(), replied[0]["name"].clone()), (1, json!("Customer 3")), "{replied:?}");
    assert_eq!(recipients(&app, &id, "read").await.len(), 11);
    let table = app.get(&format!("/api/campaigns/{id}/recipients.csv")).await;
    assert_eq!((table.text.lines().count(), table.text.contains("Customer 7")), (13, true), "{}", table.text);
}

#[tokio::test]
async fn who_opted_out_was_written_to_or_is_somebody_twice_is_counted_and_gets_nothing() {
    let app = synchronised().await;
    let people = customers(&app, 4).await;
    for person in &people {
        app.says(person, "Hello").await;
    }
    app.says(&people[0], "stop").await;
    app.says(&people[1], "STOP").await;
    let leads = app.get("/api/leads?tag=vip&limit=100").await;
    let contacted = leads.items().iter().find(|lead| lead["name"] == "Customer 2").unwrap()["id"].clone();
    app.post("/api/messages", json!({"leadId": contacted, "text": "Hello again"})).await;
    app.settle().await;
    let mut body = campaign(&app);
    body["exclusions"] = json!({ "contactedWithinDays": 7 });
    let id = create(&app, body).await;
    let quote = command(&app, &id, "quote").await;
    let by_reason = |value: &Value| {
        let all = value.as_array().unwrap().iter();
        all.map(|one| (one["reason"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let counted = by_reason(&quote["exclusions"]);
    assert_eq!(quote["recipients"], 1, "{}", quote.text);
    app.skip(Duration::from_secs(1));
    let before = app.meta().sends(None).unwrap().len();
    start(&app, &id).await;
    app.pass(MINUTE).await;
    let ended = shown(&app, &id).await;
    assert_eq!(by_reason(&ended["funnel"]["exclusions"]), counted, "{ended}");
    assert_eq!((counted.get("no_consent"), counted.get("recently_contacted")), (Some(&2), Some(&1)), "{counted:?}");
    assert_eq!(app.meta().sends(None).unwrap().len(), before + 1);
    assert_eq!(recipients(&app, &id, "excluded").await.len(), 3);
}

#[tokio::test]
async fn a_paused_campaign_sends_nothing_more_and_goes_on_with_the_next_recipient() {
    let app = synchronised().await;
    customers(&app, 6).await;
    let id = create(&app, campaign(&app)).await;
    let started = command(&app, &id, "start").await;
    assert_eq!(started.str("state"), "running", "{}", started.text);
    // The steps of the campaign are taken, and nothing is posted yet.
    for _ in 0..4 {
        app.stack().pump_changes().await.unwrap();
        app.stack().poll_jobs().await.unwrap();
    }
    assert_eq!(funnel(&shown(&app, &id).await, ["attempted", "sent"]), [6, 0], "the messages wait");
    let paused = command(&app, &id, "pause").await;
    assert_eq!((paused.status, paused.str("state")), (StatusCode::OK, "paused"), "{}", paused.text);
    app.settle().await;
    app.pass(HOUR).await;
    assert!(received(&app).is_empty(), "{}", shown(&app, &id).await);
    let resumed = command(&app, &id, "resume").await;
    assert_eq!(resumed.status, StatusCode::OK, "{}", resumed.text);
    app.settle().await;
    app.pass(2 * MINUTE).await;
    let got = received(&app);
    assert_eq!((got.len(), got.values().all(|count| *count == 1)), (6, true), "{got:?}");
    let ended = shown(&app, &id).await;
    assert_eq!((ended["state"].clone(), funnel(&ended, ["attempted", "sent"])), (json!("finished"), [6, 6]), "{ended}");
}

#[tokio::test]
async fn a_cancelled_campaign_ends_for_good() {
    let app = synchronised().await;
    customers(&app, 3).await;
    let mut body = campaign(&app);
    body["schedule"] = json!({ "at": app.now().plus(HOUR).to_string() });
    let id = create(&app, body).await;
    assert_eq!(start(&app, &id).await.str("state"), "scheduled");
    assert_eq!(command(&app, &id, "cancel").await.str("state"), "cancelled");
    assert_eq!(command(&app, &id, "cancel").await.status, StatusCode::OK, "it may be repeated");
    app.pass(2 * HOUR).await;
    assert!(received(&app).is_empty());
    for refused in ["start", "pause", "resume"] {
        assert_eq!(command(&app, &id, refused).await.status, StatusCode::CONFLICT, "{refused}");
    }
}

#[tokio::test]
async fn a_scheduled_campaign_starts_at_its_time_also_if_the_stream_is_lost() {
    let app = synchronised().await;
    customers(&app, 3).await;
    let mut body = campaign(&app);
    body["schedule"] = json!({ "at": app.now().plus(HOUR).to_string() });
    let id = create(&app, body).await;
    assert_eq!(start(&app, &id).await.str("state"), "scheduled");
    app.forget_stream("changes").await;
    app.pass(HOUR - MINUTE).await;
    assert!(received(&app).is_empty());
    app.pass(4 * MINUTE).await;
    assert_eq!(received(&app).len(), 3, "{}", shown(&app, &id).await);
    assert_eq!(shown(&app, &id).await["state"], "finished");
}

#[tokio::test]
async fn quiet_hours_are_those_of_the_recipient() {
    let app = synchronised().await;
    let people = customers(&app, 2).await;
    let mut body = campaign(&app);
    // The tests begin at 14:13 UTC, which is 19:43 in India, where the recipients are.
    body["quietHours"] = json!({ "from": "18:00", "until": "21:00" });
    let id = create(&app, body).await;
    start(&app, &id).await;
    app.pass(HOUR).await;
    let waits = shown(&app, &id).await;
    assert_eq!(
        (waits["state"].clone(), waits["waitsFor"].clone()),
        (json!("running"), json!("quiet_hours")),
        "{waits}"
    );
    assert!(received(&app).is_empty(), "{waits}");
    app.pass(HOUR + 5 * MINUTE).await;
    let got = received(&app);
    assert_eq!((got.len(), got.values().all(|count| *count == 1)), (people.len(), true), "{got:?}");
    assert_eq!(shown(&app, &id).await["state"], "finished");
}

#[tokio::test]
async fn a_number_that_is_paused_has_its_campaign_wait() {
    let app = synchronised().await;
    customers(&app, 3).await;
    let id = create(&app, campaign(&app)).await;
    let toggle = format!("/api/channels/{}/toggle", app.account().channel);
    app.call(Method::POST, &toggle, &[], None).await;
    start(&app, &id).await;
    app.pass(5 * MINUTE).await;
    let waits = shown(&app, &id).await;
    assert_eq!((waits["state"].clone(), waits["waitsFor"].clone()), (json!("running"), json!("channel")), "{waits}");
    app.call(Method::POST, &toggle, &[], None).await;
    app.pass(5 * MINUTE).await;
    assert_eq!(received(&app).len(), 3);
    assert_eq!(shown(&app, &id).await["state"], "finished");
}

#[tokio::test]
async fn a_budget_that_is_reached_pauses_the_campaign_before_the_next_message() {
    let app = synchronised().await;
    let channel = app.account().channel;
    let bill = json!({ "currency": "USD" });
    app.call(Method::PATCH, &format!("/api/channels/{channel}"), &[], Some(bill)).await;
    customers(&app, 5).await;
    let mut body = campaign(&app);
    body["acceptUnknownPrice"] = json!(false);
    let id = create(&app, body).await;
    let quote = command(&app, &id, "quote").await;
    let total: f64 = quote["total"].as_str().unwrap().parse().unwrap();
    assert!(total > 0.0, "{}", quote.text);
    let budget = format!("{:.6}", total * 0.7);
    let path = format!("/api/campaigns/{id}");
    let changed = app.call(Method::PATCH, &path, &[], Some(json!({ "budget": budget }))).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(command(&app, &id, "quote").await["withinBudget"], false);
    start(&app, &id).await;
    app.pass(2 * MINUTE).await;
    let paused = shown(&app, &id).await;
    assert_eq!((paused["state"].clone(), paused["reason"].clone()), (json!("paused"), json!("budget")), "{paused}");
    let spent = received(&app).len();
    assert!((1..5).contains(&spent), "{spent}");
    assert_eq!(recipients(&app, &id, "pending").await.len(), 5 - spent);
}

#[tokio::test]
async fn a_template_that_whatsapp_pauses_in_mid_run_pauses_the_campaign() {
    let app = synchronised().await;
    customers(&app, 3).await;
    let mut body = campaign(&app);
    body["schedule"] = json!({ "at": app.now().plus(HOUR).to_string() });
    let id = create(&app, body).await;
    start(&app, &id).await;
    let all = app.meta().templates().unwrap();
    let one = all.iter().find(|one| one["name"] == "appointment_reminder" && one["language"] == "en").unwrap();
    app.meta().change_template(one["id"].as_str().unwrap(), json!({"status": "PAUSED"}).as_object().unwrap()).unwrap();
    app.settle().await;
    app.pass(HOUR + 2 * MINUTE).await;
    let paused = shown(&app, &id).await;
    assert_eq!((paused["state"].clone(), paused["reason"].clone()), (json!("paused"), json!("template")), "{paused}");
    assert!(received(&app).is_empty());
}

#[tokio::test]
async fn a_test_reaches_one_lead_and_does_not_count() {
    let app = synchronised().await;
    let people = customers(&app, 2).await;
    let id = create(&app, campaign(&app)).await;
    let body = json!({ "phoneNumber": format!("+{}", people[1].wa_id) });
    let tested = app.post(&format!("/api/campaigns/{id}/test"), body).await;
    assert_eq!(tested.status, StatusCode::ACCEPTED, "{}", tested.text);
    app.settle().await;
    app.pass(MINUTE).await;
    assert_eq!(received(&app).len(), 1);
    assert_eq!(funnel(&shown(&app, &id).await, ["attempted"]), [0]);
    let nobody = app.post(&format!("/api/campaigns/{id}/test"), json!({ "phoneNumber": "+4915112345678" })).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{}", nobody.text);
}
