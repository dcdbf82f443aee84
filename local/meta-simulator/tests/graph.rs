//! The Graph API's answers: accepted sends, refusals, receipts, the number itself.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::http::StatusCode;
use common::{ASHA, ASHA_ID, stage, stage_with, text};
use meta_simulator::{CustomerMessage, Invent, Ticks};
use serde_json::{Value, json};

const MESSAGES: &str = "/v25.0/100000000000001/messages";

#[tokio::test]
async fn a_send_to_a_phone_is_answered_with_its_wa_id() {
    let stage = stage();
    stage.open_window().await;
    let (status, body) = stage.send(text("+91 98765-00001", "hello")).await;
    assert_eq!(status, StatusCode::OK);
    let wamid = body["messages"][0]["id"].as_str().unwrap();
    assert!(wamid.starts_with("wamid.") && wamid.ends_with('='));
    let expected = json!({"messaging_product": "whatsapp", "contacts": [{"input": "+91 98765-00001", "wa_id": ASHA}],
        "messages": [{"id": wamid}]});
    assert_eq!(body, expected);
    let sends = stage.simulator.sends(Some("job-1")).unwrap();
    assert_eq!((sends.len(), sends[0].wamid.as_str(), &sends[0].body["text"]["body"]), (1, wamid, &json!("hello")));
}

#[tokio::test]
async fn a_send_to_a_bsuid_is_answered_with_its_user_id() {
    let stage = stage();
    stage.open_window().await;
    let body = json!({"messaging_product": "whatsapp", "recipient": ASHA_ID, "text": {"body": "hola"}});
    let (status, body) = stage.send(body).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["contacts"], json!([{"input": ASHA_ID, "user_id": ASHA_ID}]));
}

#[tokio::test]
async fn to_wins_over_recipient() {
    let stage = stage();
    stage.open_window().await;
    let mut body = text(ASHA, "hello");
    body["recipient"] = json!("IN.999");
    assert_eq!(stage.send(body).await.1["contacts"], json!([{"input": ASHA, "wa_id": ASHA}]));
}

#[tokio::test]
async fn a_bsuid_in_to_is_accepted_and_lost_without_a_word() {
    let stage = stage();
    stage.open_window().await;
    let (status, body) = stage.send(text(ASHA_ID, "into the void")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["contacts"], json!([{"input": ASHA_ID, "wa_id": "10203040506070809010"}]));
    stage.play(5_000).await;
    assert!(stage.items("statuses").is_empty());
    let sends = stage.simulator.sends(None).unwrap();
    assert!(sends[0].lost && sends[0].ticks == Ticks::Clock);
}

#[tokio::test]
async fn a_template_goes_to_strangers_and_has_a_message_status() {
    let stage = stage();
    let (status, body) = stage
        .send(json!({"messaging_product": "whatsapp", "to": "+34600111222", "type": "template",
            "template": {"name": "order_ready", "language": {"code": "es"}}}))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["messages"][0]["message_status"], "accepted");
    assert!(stage.simulator.person("34600111222").unwrap().user_id.starts_with("ES."));
}

#[tokio::test]
async fn refusals_have_metas_shape() {
    let stage = stage();
    let (status, body) = stage.send(text(ASHA, "too late")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let trace = &body["error"]["fbtrace_id"];
    assert!(trace.as_str().unwrap().len() > 10);
    let details =
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
    let expected = json!({"error": {"message": "(#131047) Re-engagement message", "type": "OAuthException",
        "code": 131_047, "error_data": {"messaging_product": "whatsapp", "details": details}, "fbtrace_id": trace}});
    assert_eq!(body, expected);
    assert!(stage.simulator.sends(None).unwrap().is_empty());
}

#[tokio::test]
async fn the_window_closes_24_hours_after_the_customers_own_time() {
    let stage = stage();
    let mut old = CustomerMessage::text(ASHA, "written long ago");
    old.timestamp = Some(common::START / 1000 - 24 * 3600);
    stage.simulator.receive(&old).unwrap();
    assert_eq!(stage.send(text(ASHA, "x")).await.1["error"]["code"], 131_047);
    stage.open_window().await;
    stage.pass(24 * 3_600_000 - 1);
    assert_eq!(stage.send(text(ASHA, "x")).await.0, StatusCode::OK);
    stage.pass(1);
    assert_eq!(stage.send(text(ASHA, "x")).await.1["error"]["code"], 131_047);
}

#[tokio::test]
async fn tokens_versions_and_numbers_are_checked() {
    let stage = stage();
    for token in [None, Some("wrong")] {
        let (status, body) = stage.call_as(token, "POST", MESSAGES, Some(text(ASHA, "x"))).await;
        let body = body.unwrap();
        assert_eq!((status, &body["error"]["code"]), (StatusCode::UNAUTHORIZED, &json!(190)));
        assert_eq!(body["error"]["type"], "OAuthException");
    }
    for (path, code) in [("/v25.0/42/messages", 33), ("/v99.0/100000000000001/messages", 2500)] {
        let (status, body) = stage.call("POST", path, Some(text(ASHA, "x"))).await;
        assert_eq!((status, &body.unwrap()["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(code)));
    }
}

fn with(path: &str, value: Value) -> Value {
    let mut body = text(ASHA, "x");
    *body.pointer_mut(path).unwrap() = value;
    body
}

fn without(key: &str) -> Value {
    let mut body = text(ASHA, "x");
    body.as_object_mut().unwrap().remove(key);
    body
}

fn typed(kind: &str, content: Value) -> Value {
    json!({"messaging_product": "whatsapp", "to": ASHA, "type": kind, kind: content})
}

#[tokio::test]
async fn bodies_are_checked() {
    let stage = stage();
    stage.open_window().await;
    let buttons = |count: usize| {
        let button = json!({"type": "reply", "reply": {"id": "y", "title": "Yes"}});
        json!({"type": "button", "body": {"text": "?"}, "action": {"buttons": vec![button; count]}})
    };
    let refused = [
        (without("messaging_product"), 100),
        (with("/messaging_product", json!("sms")), 100),
        (without("to"), 131_008),
        (with("/to", json!("not a phone")), 131_009),
        (with("/to", json!("15550001111")), 131_021),
        (with("/recipient_type", json!("business_scoped_user_id")), 100),
        (with("/type", json!("hologram")), 100),
        (without("text"), 131_008),
        (with("/text", json!({})), 131_008),
        (with("/text/body", json!("")), 131_009),
        (with("/text/body", json!("é".repeat(4097))), 100),
        (with("/text", json!({"body": "x", "preview_url": "yes"})), 100),
        (with("/biz_opaque_callback_data", json!("o".repeat(513))), 100),
        (json!({"messaging_product": "whatsapp", "recipient": "IN.404", "text": {"body": "x"}}), 131_026),
        (typed("image", json!({"caption": "no file"})), 131_008),
        (typed("location", json!({"latitude": 1})), 131_008),
        (typed("contacts", json!([])), 131_009),
        (typed("interactive", buttons(4)), 131_009),
        (typed("template", json!({"name": "x"})), 131_008),
        (typed("reaction", json!({"emoji": "x"})), 131_008),
    ];
    for (body, code) in refused {
        let (status, answer) = stage.send(body.clone()).await;
        assert_eq!((status, &answer["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{body}");
    }
    let accepted = [
        with("/text/body", json!("é".repeat(4096))),
        with("/biz_opaque_callback_data", json!("o".repeat(512))),
        without("type"),
        typed("image", json!({"id": "1", "caption": "c"})),
        typed("audio", json!({"link": "https://example.com/a.ogg"})),
        typed("location", json!({"latitude": "40.4", "longitude": -3.7})),
        typed("contacts", json!([{"name": {"formatted_name": "A B", "first_name": "A"}}])),
        typed("interactive", buttons(3)),
        typed("reaction", json!({"message_id": "wamid.X", "emoji": "👍"})),
    ];
    for body in accepted {
        let (status, answer) = stage.send(body.clone()).await;
        assert_eq!(status, StatusCode::OK, "{body} {answer}");
    }
}

#[tokio::test]
async fn receipts_mark_the_message_and_those_before_it() {
    let stage = stage();
    stage.open_window().await;
    let last = stage.simulator.receive(&CustomerMessage::text(ASHA, "there?")).unwrap().wamid;
    let receipt = |id: &str| {
        json!({"messaging_product": "whatsapp", "status": "read", "message_id": id,
        "typing_indicator": {"type": "text"}})
    };
    assert_eq!(stage.send(receipt(&last)).await, (StatusCode::OK, json!({"success": true})));
    assert_eq!(stage.send(receipt("wamid.unknown")).await.1["error"]["code"], 131_009);
    let seen = stage.simulator.conversation(ASHA).unwrap();
    assert!(seen.typing && seen.turns.iter().all(|turn| turn.ticks == Ticks::Read));
    stage.pass(25_000);
    assert!(!stage.simulator.conversation(ASHA).unwrap().typing);
}

#[tokio::test]
async fn the_number_is_a_node() {
    let stage = stage();
    let (_, body) = stage.call("GET", "/v25.0/100000000000001?fields=display_phone_number,quality_rating", None).await;
    let expected =
        json!({"id": "100000000000001", "display_phone_number": "+1 555-000-1111", "quality_rating": "GREEN"});
    assert_eq!(body.unwrap(), expected);
    let (_, body) = stage.call("GET", "/v25.0/100000000000001", None).await;
    assert_eq!(body.unwrap()["verified_name"], "Leadwire Demo");
}

#[tokio::test]
async fn media_of_customers_can_be_fetched() {
    let stage = stage_with(|config| config.public_url = Some("http://meta".to_owned()));
    stage.simulator.receive(&CustomerMessage::new(ASHA, meta_simulator::Kind::Image)).unwrap();
    stage.simulator.deliver_due().await.unwrap();
    let image = stage.items("messages")[0]["image"].clone();
    let id = image["id"].as_str().unwrap();
    let (_, node) = stage.call("GET", &format!("/v25.0/{id}"), None).await;
    let node = node.unwrap();
    assert_eq!((&node["url"], &node["mime_type"]), (&image["url"], &json!("image/png")));
    let path = node["url"].as_str().unwrap().strip_prefix("http://meta").unwrap();
    assert_eq!(stage.call_as(None, "GET", path, None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(stage.call("GET", path, None).await.0, StatusCode::OK);
}

#[tokio::test]
async fn invented_people_are_found_by_every_key() {
    let stage = stage();
    let wish = Invent { hides_phone: Some(true), ..Invent::default() };
    let person = stage.simulator.invent(wish).unwrap();
    let username = person.username.clone().unwrap();
    for key in [&person.wa_id, &person.user_id, &username, &person.id.to_string()] {
        assert_eq!(stage.simulator.person(key).unwrap(), person);
    }
}
