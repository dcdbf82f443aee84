//! The Graph API takes nothing for most of a day, and afterwards there is ten times as much to send.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::StatusCode;
use meta_simulator::Weather;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Person, Settings, TestApp};

/// The customers, and how many messages each is sent while the Graph API takes nothing. Afterwards it is ten times as many.
const CUSTOMERS: usize = 3;
const DURING: usize = 2;

/// Less than the 24 hours after which a message is given up.
const HOURS: u64 = 20;

/// The customers, each with the lead that they became.
async fn customers(app: &TestApp) -> Vec<(Person, Value)> {
    let mut customers = Vec::new();
    for n in 0..CUSTOMERS {
        let person = app.person(&format!("Customer {n}"));
        app.says(&person, "Hello").await;
        let leads = app.get("/api/leads").await;
        let named = |lead: &&Value| lead["name"] == person.name;
        let lead = leads.items().iter().find(named).unwrap()["id"].clone();
        customers.push((person, lead));
    }
    customers
}

async fn send(app: &TestApp, lead: &Value, text: usize) {
    let reply = app.post("/api/messages", json!({ "leadId": lead, "text": text.to_string() })).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
}

/// Lets hours pass, in steps of half an hour.
async fn hours(app: &TestApp, count: u64) {
    for _ in 0..count * 2 {
        app.skip(Duration::from_secs(1800));
        app.stack().drive_due().await;
        app.settle().await;
    }
}

#[tokio::test]
async fn what_waited_for_the_graph_api_and_ten_times_as_much_goes_out_once_and_in_order() {
    let app = TestApp::start().await;
    let customers = customers(&app).await;
    app.meta().set_settings(Settings { weather: Weather::RateLimited, ..Settings::default() });
    for text in 0..DURING {
        for (_, lead) in &customers {
            app.skip(Duration::from_millis(10));
            send(&app, lead, text).await;
        }
        app.settle().await;
        hours(&app, HOURS / DURING as u64).await;
    }
    assert!(app.meta().sends(None).unwrap().is_empty());
    app.meta().set_settings(Settings::default());
    for text in DURING..DURING * 11 {
        for (_, lead) in &customers {
            app.skip(Duration::from_millis(10));
            send(&app, lead, text).await;
        }
    }
    app.pass(Duration::from_secs(1200)).await;
    let expected: Vec<_> = (0..DURING * 11).map(|text| text.to_string()).collect();
    for (person, _) in &customers {
        let sends = app.meta().sends(None).unwrap();
        let theirs = sends.iter().rev().filter(|send| send.body["to"] == format!("+{}", person.wa_id));
        let texts: Vec<_> = theirs.map(|send| send.body["text"]["body"].as_str().unwrap().to_owned()).collect();
        assert_eq!(texts, expected, "to {}", person.name);
    }
}
