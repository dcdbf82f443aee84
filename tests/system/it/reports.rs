//! Reports: what was counted equals what happened, however often the stream's records come.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_lambda_events::streams::DynamoDbEventResponse;
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Person, TestApp};

async fn report(app: &TestApp, query: &str) -> Value {
    let reply = app.get(&format!("/api/reports{query}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json
}

/// An app in which a customer wrote, waited a minute for the answer, and read it.
async fn after_an_answer() -> (TestApp, Person) {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Are you open?").await;
    app.settle().await;
    app.skip(Duration::from_secs(60));
    let lead = app.only_lead().await["id"].clone();
    let sent = app.post("/api/messages", json!({"leadId": lead, "text": "We are."})).await;
    assert!(sent.status.is_success(), "{}", sent.text);
    app.pass(Duration::from_secs(60)).await;
    (app, person)
}

#[tokio::test]
async fn a_report_counts_messages_leads_and_response_times() {
    let (app, person) = after_an_answer().await;
    app.says(&person, "Thank you").await;
    app.pass(Duration::from_secs(60)).await;
    let report = report(&app, "").await;
    let total = &report["total"];
    let counts = ["received", "sent", "delivered", "failed", "newLeads", "answered"].map(|name| total[name].as_i64());
    assert_eq!(counts, [2, 1, 1, 0, 1, 1].map(Some), "{report}");
    let waited = total["medianResponseSeconds"].as_u64().unwrap_or_default();
    assert!((54..=66).contains(&waited), "a minute, to 10 percent: {waited}");
    assert_eq!(report["stages"], json!({"Contacted": 1}));
    assert_eq!(report["sources"], json!({"WhatsApp": 1}));
    let days = report["days"].as_array().cloned().unwrap_or_default();
    assert_eq!(days.len(), 30);
    assert_eq!((&days[29]["date"], &days[29]["received"]), (&report["to"], &json!(2)));
    assert_eq!(report["channels"][0]["received"], 2);
    assert_eq!((&report["users"][0]["sent"], report["users"].as_array().map(Vec::len)), (&json!(1), Some(1)));
    assert_eq!(report["before"]["received"], 0);
}

#[tokio::test]
async fn records_that_come_again_are_counted_once() {
    let (app, _) = after_an_answer().await;
    let before = report(&app, "").await;
    let again = async |event: StreamEvent| {
        for _ in 0..2 {
            changes::handle(&app.stack().functions().changes, event.clone()).await.unwrap();
        }
        Ok::<_, &str>(DynamoDbEventResponse::default())
    };
    app.emulator().stream_source(leadwire::stack::TABLE, "replay").pump_once(changes::follows, &again).await.unwrap();
    assert_eq!(report(&app, "").await, before);
}

#[tokio::test]
async fn a_day_begins_at_midnight_of_the_time_zone_that_is_asked_for() {
    let (app, _) = after_an_answer().await;
    let in_utc = report(&app, "?timeZone=UTC").await;
    let today = in_utc["to"].as_str().unwrap_or_default().to_owned();
    let one_day = report(&app, &format!("?from={today}&to={today}&timeZone=UTC")).await;
    assert_eq!((one_day["days"].as_array().map(Vec::len), &one_day["total"]["received"]), (Some(1), &json!(1)));
    let far_east = report(&app, "?timeZone=Pacific/Kiritimati").await;
    assert_eq!(far_east["timeZone"], "Pacific/Kiritimati");
    assert_eq!(far_east["total"]["received"], 1, "it is tomorrow there: {far_east}");
    assert_ne!(far_east["to"], in_utc["to"]);
}

#[tokio::test]
async fn a_span_that_cannot_be_is_refused_by_its_parameter() {
    let app = TestApp::start().await;
    for (query, field) in [
        ("?from=yesterday", "from"),
        ("?to=2026-02-30", "to"),
        ("?from=2026-11-30&to=2026-11-01", "to"),
        ("?from=2016-01-01&to=2026-01-01", "to"),
        ("?timeZone=Mars/Olympus", "timeZone"),
        ("?since=2026-11-01", "since"),
    ] {
        let reply = app.get(&format!("/api/reports{query}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}: {}", reply.text);
        assert_eq!(reply.json["errors"][0]["field"], field, "{}", reply.text);
    }
}
