//! What the runbook tells an operator to do helps, and each of its entries says who has tried it.

use domain::{ChannelId, PhoneNumberId, Text};
use leadwire::stack::{INBOUND, OUTBOUND};
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use store::channels::channels::Channel;
use testkit::bodies::webhook;
use testkit::{NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

#[tokio::test]
async fn what_was_parked_as_nobodys_is_shown_once_its_number_is_connected_and_it_is_put_back() {
    let app = TestApp::start().await;
    let number = "900000000000009";
    let message = ANA.message("wamid.1", app.now().seconds(), json!({"type": "text", "text": {"body": "Hello?"}}));
    app.deliver(webhook(json!({
        "metadata": {"display_phone_number": "15550000009", "phone_number_id": number},
        "contacts": [ANA.contact()],
        "messages": [message],
    })))
    .await;
    app.settle().await;
    let store = app.stack().store();
    let parked = store.parked(10).await.unwrap();
    let bytes = store.parked_bytes(parked[0].id).await.unwrap().unwrap();
    let channel = Channel::new(
        ChannelId::from_parts(NOW, 9),
        Text::new("Second"),
        PhoneNumberId::parse(number).unwrap(),
        "15550000009".to_owned(),
        app.account().waba_id.clone(),
    );
    store.tenant(app.account().tenant).connect(&channel).await.unwrap();
    app.skip(Duration::from_secs(61));
    let sqs = aws_sdk_sqs::Client::new(&app.emulator().sdk_config());
    let queue = sqs.get_queue_url().queue_name(INBOUND).send().await.unwrap().queue_url.unwrap();
    let put = sqs.send_message().queue_url(queue).message_body(String::from_utf8(bytes).unwrap());
    put.message_group_id("replay").message_deduplication_id("replay-1").send().await.unwrap();
    app.settle().await;
    assert_eq!(app.only_lead().await["messages"][0]["text"], "Hello?");
}

#[tokio::test]
async fn a_send_that_comes_back_from_the_dead_letters_too_late_is_posted_by_nobody_and_says_so() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    app.post("/api/messages", json!({"leadId": lead, "text": "Good morning"})).await;
    app.stack().pump_relay().await.unwrap();
    app.die(OUTBOUND).await;
    assert_eq!(app.redrive(OUTBOUND).await, 1);
    app.settle().await;
    let lead = app.only_lead().await;
    let answer = lead["messages"].as_array().unwrap().iter().find(|message| message["text"] == "Good morning").unwrap();
    assert_eq!((&answer["status"], &answer["error"]["reason"]), (&json!("failed"), &json!("expired")));
    assert!(app.meta().sends(None).unwrap().is_empty());
}

/// The headings of alarms, each with the last line of its entry.
fn entries(page: &str) -> Vec<(&str, &str)> {
    let entries = page.split("\n### ").skip(1).map(|entry| entry.split("\n## ").next().unwrap_or_default().trim_end());
    entries.map(|entry| (entry.lines().next().unwrap_or_default(), entry.lines().last().unwrap_or_default())).collect()
}

#[test]
fn every_entry_says_by_which_test_it_is_rehearsed_or_why_by_none() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../RUNBOOK.md")).unwrap();
    let entries = entries(&page);
    assert!(entries.len() > 10, "only {} entries are found", entries.len());
    for (alarm, last) in entries {
        let tests = last.starts_with("Rehearsed by ") && last.contains("::");
        assert!(tests || last.starts_with("Not rehearsed: "), "{alarm} ends with: {last}");
    }
}
