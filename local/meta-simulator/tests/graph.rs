//! The Graph API's answers: accepted sends, refusals, receipts, the number itself.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::http::StatusCode;
use common::{ASHA, ASHA_ID, stage, stage_with, text};
use meta_simulator::{CustomerMessage, Invent, Kind, Ticks};
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
            "template": {"name": "order_ready", "language": {"code": "es"}, "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "7"}]},
                {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "7"}]}]}}))
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
        let button = |n: usize| json!({"type": "reply", "reply": {"id": n.to_string(), "title": "Yes"}});
        let all: Vec<_> = (0..count).map(button).collect();
        json!({"type": "button", "body": {"text": "?"}, "action": {"buttons": all}})
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

/// An interactive message of the kind, with `value` at `path`.
fn asked(kind: &str, action: Value, path: &str, value: Value) -> Value {
    let mut message = json!({"type": kind, "body": {"text": "?"}, "action": action});
    if let Some(place) = message.pointer_mut(path) {
        *place = value;
    } else {
        message[path.trim_start_matches('/')] = value;
    }
    typed("interactive", message)
}

#[tokio::test]
async fn interactive_messages_are_checked_by_kind() {
    let stage = stage();
    stage.open_window().await;
    let words = |length: usize| json!({"text": "é".repeat(length)});
    let edge = |length: usize| json!({"type": "text", "text": "é".repeat(length)});
    let buttons = json!({"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}, {"type": "reply", "reply": {"id": "n", "title": "No"}}]});
    let list = json!({"button": "Open", "sections": [{"title": "s", "rows": [{"id": "r", "title": "t"}]}]});
    let link = json!({"name": "cta_url", "parameters": {"display_text": "Go", "url": "https://example.com"}});
    let place = json!({"name": "send_location"});
    let flow = json!({"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "7", "flow_cta": "Book",
        "flow_token": "t", "flow_action": "navigate", "flow_action_payload": {"screen": "S"}}});
    let product = json!({"catalog_id": "5", "product_retailer_id": "sku-1"});
    let shelf =
        |count: usize| json!([{"title": "s", "product_items": vec![json!({"product_retailer_id": "a"}); count]}]);
    let products = json!({"catalog_id": "5", "sections": shelf(1)});
    let cases = [
        ("button", &buttons, "/body", words(1024), words(1025), 100),
        ("button", &buttons, "/footer", words(60), words(61), 100),
        ("button", &buttons, "/header", edge(60), edge(61), 100),
        ("button", &buttons, "/action/buttons/0/reply/id", json!("é".repeat(256)), json!("é".repeat(257)), 100),
        ("button", &buttons, "/action/buttons/0/reply/title", json!("é".repeat(20)), json!("é".repeat(21)), 100),
        ("button", &buttons, "/action/buttons/0/reply/id", json!("x"), json!("n"), 131_009),
        ("list", &list, "/body", words(4096), words(4097), 100),
        ("list", &list, "/action/button", json!("é".repeat(20)), json!("é".repeat(21)), 100),
        ("list", &list, "/action/sections/0/title", json!("é".repeat(24)), json!("é".repeat(25)), 100),
        ("list", &list, "/action/sections/0/rows/0/id", json!("é".repeat(200)), json!("é".repeat(201)), 100),
        ("list", &list, "/header", edge(60), json!({"type": "image", "image": {"id": "1"}}), 131_009),
        ("cta_url", &link, "/action/parameters/display_text", json!("é".repeat(20)), json!("é".repeat(21)), 100),
        ("cta_url", &link, "/action/parameters/url", json!("http://a.example"), json!("a.example"), 131_009),
        ("location_request_message", &place, "/body", words(1024), words(1025), 100),
        ("location_request_message", &place, "/action/name", json!("send_location"), json!("locate"), 131_009),
        ("flow", &flow, "/action/parameters/flow_cta", json!("é".repeat(30)), json!("é".repeat(31)), 100),
        ("flow", &flow, "/action/parameters/flow_action", json!("navigate"), json!("walk"), 131_009),
        ("product", &product, "/action/product_retailer_id", json!("x"), json!(""), 131_009),
        ("product_list", &products, "/header", edge(60), edge(61), 100),
    ];
    for (kind, action, path, fits, breaks, code) in cases {
        let (status, answer) = stage.send(asked(kind, action.clone(), path, fits)).await;
        assert_eq!(status, StatusCode::OK, "{kind} {path} {answer}");
        let (status, answer) = stage.send(asked(kind, action.clone(), path, breaks)).await;
        assert_eq!((status, &answer["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{kind} {path}");
    }
    let full = |count| json!({"catalog_id": "5", "sections": shelf(count)});
    for (count, status) in [(30, StatusCode::OK), (31, StatusCode::BAD_REQUEST)] {
        assert_eq!(stage.send(asked("product_list", full(count), "/header", edge(1))).await.0, status);
    }
    let both = typed("image", json!({"id": "1", "link": "https://example.com/a.png"}));
    let ftp = typed("image", json!({"link": "ftp://example.com/a.png"}));
    let titled = typed("sticker", json!({"id": "1", "caption": "c"}));
    for (body, code) in [(both, 131_009), (ftp, 131_009), (titled, 100)] {
        assert_eq!(stage.send(body).await.1["error"]["code"], json!(code));
    }
}

#[tokio::test]
async fn a_reaction_to_an_old_message_or_to_a_reaction_fails() {
    let stage = stage();
    let old = stage.simulator.receive(&CustomerMessage::text(ASHA, "long ago")).unwrap().wamid;
    stage.pass(30 * 24 * 60 * 60 * 1000 + 1);
    let new = stage.simulator.receive(&CustomerMessage::text(ASHA, "today")).unwrap().wamid;
    let reaction = CustomerMessage { message_id: Some(new.clone()), ..CustomerMessage::new(ASHA, Kind::Reaction) };
    let reaction = stage.simulator.receive(&reaction).unwrap().wamid;
    for (target, failed) in [(old, Some(131_009)), (reaction, Some(131_009)), (new, None)] {
        let (status, _) = stage.send(typed("reaction", json!({"message_id": target, "emoji": "👍"}))).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(stage.simulator.sends(None).unwrap()[0].failed, failed, "{target}");
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
    stage.simulator.receive(&CustomerMessage::new(ASHA, Kind::Image)).unwrap();
    stage.simulator.deliver_due().await.unwrap();
    let image = stage.items("messages")[0]["image"].clone();
    let id = image["id"].as_str().unwrap();
    let (_, node) = stage.call("GET", &format!("/v25.0/{id}"), None).await;
    let node = node.unwrap();
    assert_eq!((&node["file_size"], &node["mime_type"]), (&json!("803"), &json!("image/png")));
    assert!(image["url"].as_str().unwrap().starts_with(&format!("http://meta/_media/{id}?")));
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
