//! The webhooks' shapes: statuses, customers' messages, the signature over the bytes.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

mod common;

use common::{ASHA, ASHA_ID, Stage, stage, text};
use meta_simulator::{CustomerMessage, Invent, Kind, sign};
use serde_json::{Value, json};

const SENT: i64 = common::START / 1000;

#[tokio::test]
async fn every_webhook_is_signed_over_its_escaped_bytes() {
    let stage = stage();
    stage.simulator.receive(&CustomerMessage::text(ASHA, "café 😀 https://x.y")).unwrap();
    stage.simulator.deliver_due().await.unwrap();
    let request = stage.business.lock().unwrap().got[0].clone();
    let header = |name: &str| request.headers.iter().find(|(key, _)| key == name).unwrap().1.clone();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("x-hub-signature-256"), sign("local-app-secret", &request.body));
    let body = std::str::from_utf8(&request.body).unwrap();
    assert!(body.contains(r"caf\u00e9 \ud83d\ude00 https:\/\/x.y"), "{body}");
}

#[tokio::test]
async fn a_send_to_a_phone_is_sent_delivered_and_read() {
    let stage = stage();
    stage.open_window().await;
    let wamid = stage.send(text(ASHA, "hello")).await.1["messages"][0]["id"].clone();
    stage.play(2_000).await;
    let posts = stage.arrived();
    let pricing =
        json!({"billable": false, "pricing_model": "PMP", "category": "service", "type": "free_customer_service"});
    let expected = |status: &str, at: i64| {
        json!({"object": "whatsapp_business_account", "entry": [{"id": "200000000000001", "changes": [{
            "field": "messages", "value": {"messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "15550001111", "phone_number_id": "100000000000001"},
                "contacts": [{"wa_id": ASHA, "user_id": ASHA_ID}],
                "statuses": [{"id": wamid, "status": status, "timestamp": at.to_string(), "recipient_id": ASHA,
                    "recipient_user_id": ASHA_ID, "biz_opaque_callback_data": "job-1"}]}}]}]})
    };
    let mut all = [expected("sent", SENT), expected("delivered", SENT), expected("read", SENT + 1)];
    for post in &mut all[..2] {
        post["entry"][0]["changes"][0]["value"]["statuses"][0]["pricing"] = pricing.clone();
    }
    assert_eq!(posts, all);
}

fn hidden(stage: &Stage) -> meta_simulator::Person {
    let wish = Invent { name: Some("Zoë".to_owned()), hides_phone: Some(true), ..Invent::default() };
    stage.simulator.invent(wish).unwrap()
}

#[tokio::test]
async fn people_who_hide_their_phone_are_told_by_bsuid_alone() {
    let stage = stage();
    let zoe = hidden(&stage);
    stage.simulator.receive(&CustomerMessage::text(&zoe.user_id, "hi")).unwrap();
    stage.simulator.deliver_due().await.unwrap();
    let value = stage.arrived()[0]["entry"][0]["changes"][0]["value"].clone();
    assert_eq!(
        value["contacts"],
        json!([{"profile": {"name": "Zoë", "username": zoe.username}, "user_id": zoe.user_id}])
    );
    assert_eq!((value["messages"][0].get("from"), &value["messages"][0]["from_user_id"]), (None, &json!(zoe.user_id)));

    stage.send(json!({"messaging_product": "whatsapp", "recipient": zoe.user_id, "text": {"body": "x"}})).await;
    stage.play(400).await;
    let posts = stage.arrived();
    let value = |at: usize| posts[at]["entry"][0]["changes"][0]["value"].clone();
    assert_eq!(value(0)["contacts"], json!([{"user_id": zoe.user_id}]));
    assert_eq!(value(1)["contacts"][0]["profile"]["username"], json!(zoe.username));
    assert_eq!(value(1)["statuses"][0].get("recipient_id"), None);
}

#[tokio::test]
async fn failed_statuses_have_errors_and_no_contacts() {
    let stage = stage();
    stage.turn(json!({"window": "fail"}));
    stage.send(text(ASHA, "late")).await;
    let mut by_id = text("", "late");
    by_id["recipient"] = json!(ASHA_ID);
    stage.send(by_id).await;
    stage.play(2_000).await;
    let posts = stage.arrived();
    assert_eq!(posts.len(), 2);
    let value = |at: usize| posts[at]["entry"][0]["changes"][0]["value"].clone();
    assert_eq!(value(0).get("contacts"), None);
    let status = &value(0)["statuses"][0];
    assert_eq!((&status["status"], &status["errors"][0]["code"]), (&json!("failed"), &json!(131_047)));
    assert_eq!((&status["recipient_id"], status.get("recipient_user_id")), (&json!(ASHA), None));
    let status = &value(1)["statuses"][0];
    assert_eq!((status.get("recipient_id"), &status["recipient_user_id"]), (None, &json!(ASHA_ID)));
}

#[tokio::test]
async fn reactions_are_only_ever_sent() {
    let stage = stage();
    stage.open_window().await;
    let reaction = json!({"message_id": "wamid.X", "emoji": "👍"});
    stage.send(json!({"messaging_product": "whatsapp", "to": ASHA, "type": "reaction", "reaction": reaction})).await;
    stage.play(3_000).await;
    let statuses = stage.items("statuses");
    assert_eq!(statuses.iter().map(|one| one["status"].as_str().unwrap()).collect::<Vec<_>>(), ["sent"]);
}

/// Every kind, with what it needs.
fn every_kind(stage: &Stage) -> Vec<CustomerMessage> {
    let first = stage.simulator.receive(&CustomerMessage::text(ASHA, "first")).unwrap().wamid;
    let kinds = [
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Contacts,
        Kind::Reaction,
        Kind::ButtonReply,
        Kind::ListReply,
        Kind::NfmReply,
        Kind::Button,
        Kind::Order,
        Kind::Edit,
        Kind::Revoke,
        Kind::Unsupported,
        Kind::Unknown,
        Kind::NumberChange,
    ];
    let with_target = |kind| CustomerMessage { message_id: Some(first.clone()), ..CustomerMessage::new("1", kind) };
    kinds.into_iter().map(with_target).collect()
}

#[tokio::test]
async fn every_kind_of_message_has_its_shape() {
    let stage = stage();
    for message in every_kind(&stage) {
        stage.simulator.receive(&message).unwrap();
    }
    stage.simulator.deliver_due().await.unwrap();
    let posts = stage.arrived();
    let mut lines = Vec::new();
    for post in &posts {
        let value = &post["entry"][0]["changes"][0]["value"];
        let contacts = value.get("contacts").map_or("no contacts", |_| "contacts");
        lines.push(format!("{contacts} {}", sorted(&value["messages"][0])));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

/// JSON with sorted keys, whatever the map of this build is.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort();
            let fields: Vec<String> = keys.iter().map(|key| format!("{key:?}:{}", sorted(&map[*key]))).collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

#[tokio::test]
async fn edits_and_deletions_have_their_times() {
    let stage = stage();
    let wamid = stage.simulator.receive(&CustomerMessage::text(ASHA, "typo")).unwrap().wamid;
    let act = |kind| CustomerMessage { message_id: Some(wamid.clone()), ..CustomerMessage::new(ASHA, kind) };
    stage.pass(15 * 60_000);
    stage.simulator.receive(&act(Kind::Edit)).unwrap();
    assert!(stage.simulator.conversation(ASHA).unwrap().turns[0].edited);
    stage.pass(1);
    assert!(stage.simulator.receive(&act(Kind::Edit)).is_err());
    stage.simulator.receive(&act(Kind::Revoke)).unwrap();
    assert!(stage.simulator.conversation(ASHA).unwrap().turns[0].revoked);
    stage.pass(2 * 24 * 3_600_000);
    assert!(stage.simulator.receive(&act(Kind::Revoke)).is_err());
}

#[tokio::test]
async fn a_message_can_be_given_in_every_detail() {
    let stage = stage();
    let body = json!({"from": 1, "type": "image", "text": "our garden", "content": {"mime_type": "image/jpeg"},
        "extra": {"referral": {"source_type": "ad", "ctwa_clid": "c"}}, "replyTo": "wamid.X", "timestamp": 1_790_000_000});
    let (status, _) = stage.call("POST", "/_sim/messages", Some(body)).await;
    assert_eq!(status.as_u16(), 200);
    stage.simulator.deliver_due().await.unwrap();
    let message = &stage.items("messages")[0];
    assert_eq!(message["image"]["mime_type"], "image/jpeg");
    assert_eq!(message["image"]["caption"], "our garden");
    assert_eq!(message["referral"]["ctwa_clid"], "c");
    assert_eq!(message["context"], json!({"from": "15550001111", "id": "wamid.X"}));
    assert_eq!(message["timestamp"], "1790000000");
}
