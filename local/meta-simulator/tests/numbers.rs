//! Several numbers in several accounts: a token gives access to its own, and an account has to be subscribed.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::http::StatusCode;
use common::{ASHA, Stage, stage, text};
use meta_simulator::{BusinessNumber, CustomerMessage, TokenWish};
use serde_json::{Value, json};

fn second(stage: &Stage) -> BusinessNumber {
    stage.simulator.numbers()[1].clone()
}

async fn ask(stage: &Stage, token: &str, method: &str, path: &str) -> (StatusCode, Value) {
    let (status, body) = stage.call_as(Some(token), method, &format!("/v26.0/{path}"), None).await;
    (status, body.unwrap())
}

fn code(answer: (StatusCode, Value)) -> (u16, i64) {
    (answer.0.as_u16(), answer.1["error"]["code"].as_i64().unwrap())
}

#[tokio::test]
async fn a_token_gives_access_to_its_own_account_alone() {
    let stage = stage();
    let number = second(&stage);
    let path = format!("{}?fields=status,health_status", number.phone_number_id);
    let (status, node) = ask(&stage, &number.access_token, "GET", &path).await;
    assert_eq!((status, &node["status"]), (StatusCode::OK, &json!("CONNECTED")), "{node}");
    assert_eq!(node["health_status"]["can_send_message"], "AVAILABLE");
    for path in
        [path.clone(), format!("{}/phone_numbers", number.waba_id), format!("{}/subscribed_apps", number.waba_id)]
    {
        assert_eq!(code(ask(&stage, "local-access-token", "GET", &path).await), (400, 33), "{path}");
        assert_eq!(code(ask(&stage, "another", "GET", &path).await), (401, 190), "{path}");
    }
    let first = format!("{}/phone_numbers?limit=1", number.waba_id);
    let (_, page) = ask(&stage, &number.access_token, "GET", &first).await;
    assert_eq!((page["data"].as_array().unwrap().len(), page["paging"]["next"].is_string()), (1, true));
    let after = page["paging"]["cursors"]["after"].as_str().unwrap();
    let (_, page) = ask(&stage, &number.access_token, "GET", &format!("{first}&after={after}")).await;
    assert_eq!(page["data"][0]["id"], stage.simulator.numbers()[2].phone_number_id);
    assert_eq!(page["paging"]["next"], Value::Null);
}

#[tokio::test]
async fn a_number_has_webhooks_once_its_account_is_subscribed_and_sends_once_it_is_registered() {
    let stage = stage();
    let number = second(&stage);
    let apps = format!("{}/subscribed_apps", number.waba_id);
    let writes = |words: &str| {
        let to = Some(number.phone_number_id.clone());
        stage.simulator.receive(&CustomerMessage { to, ..CustomerMessage::text(ASHA, words) }).unwrap();
    };
    writes("unheard");
    stage.play(1_000).await;
    assert_eq!(stage.arrived(), Vec::<Value>::new());
    assert_eq!(ask(&stage, &number.access_token, "GET", &apps).await.1["data"], json!([]));
    assert_eq!(ask(&stage, &number.access_token, "POST", &apps).await.1["success"], true);
    assert_eq!(ask(&stage, &number.access_token, "GET", &apps).await.1["data"].as_array().unwrap().len(), 1);
    writes("heard");
    stage.play(1_000).await;
    let arrived = stage.arrived();
    assert_eq!((arrived.len(), &arrived[0]["entry"][0]["id"]), (1, &json!(number.waba_id)));
    let metadata = &arrived[0]["entry"][0]["changes"][0]["value"]["metadata"];
    assert_eq!(metadata["phone_number_id"], number.phone_number_id);

    let path = format!("/v26.0/{}/messages", number.phone_number_id);
    let (status, _) = stage.call_as(Some(&number.access_token), "POST", &path, Some(text(ASHA, "hello"))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(stage.simulator.sends(None).unwrap()[0].phone_number_id, number.phone_number_id);
    let third = stage.simulator.numbers()[2].clone();
    let path = format!("/v26.0/{}/messages", third.phone_number_id);
    let (status, body) = stage.call_as(Some(&third.access_token), "POST", &path, Some(text(ASHA, "hello"))).await;
    assert_eq!(code((status, body.unwrap())), (400, 133_010));
    assert_eq!(ask(&stage, &number.access_token, "DELETE", &apps).await.1["success"], true);
    writes("unheard again");
    assert!(
        stage.simulator.receive(&CustomerMessage { to: Some("1".into()), ..CustomerMessage::text(ASHA, "x") }).is_err()
    );
}

#[tokio::test]
async fn a_customer_has_a_conversation_with_each_number() {
    let stage = stage();
    let number = second(&stage);
    let writes = |to: Option<&str>, words: &str| {
        let to = to.map(str::to_owned);
        stage.simulator.receive(&CustomerMessage { to, ..CustomerMessage::text(ASHA, words) }).unwrap();
    };
    writes(None, "to the first");
    writes(Some(&number.phone_number_id), "to the second");
    let path = format!("/v26.0/{}/messages", number.phone_number_id);
    stage.call_as(Some(&number.access_token), "POST", &path, Some(text(ASHA, "from the second"))).await.1.unwrap();
    let said = async |with: &str| {
        let (status, body) = stage.call("GET", &format!("/_sim/people/{ASHA}/conversation{with}"), None).await;
        let body = body.unwrap();
        let turns = body["turns"].as_array().cloned().unwrap_or_default();
        let words = turns.iter().map(|turn| turn["content"]["body"].as_str().unwrap().to_owned());
        (status.as_u16(), words.collect::<Vec<_>>())
    };
    let all = ["to the first", "to the second", "from the second"].map(str::to_owned).to_vec();
    assert_eq!(said("").await, (200, all.clone()));
    assert_eq!(said("?number=100000000000001").await, (200, all[..1].to_vec()));
    assert_eq!(said(&format!("?number={}", number.phone_number_id)).await, (200, all[1..].to_vec()));
    assert_eq!(said(&format!("?number=%2B{}", number.display_phone_number)).await, (200, all[1..].to_vec()));
    assert_eq!(said("?number=1").await, (404, Vec::new()));
}

#[tokio::test]
async fn a_token_says_until_when_it_lasts_and_what_it_permits() {
    let stage = stage();
    let number = second(&stage);
    let wish = TokenWish { waba_id: Some(number.waba_id.clone()), expires_in_seconds: Some(60), ..Default::default() };
    let token = stage.simulator.issue_token(wish).unwrap().access_token;
    let path = format!("debug_token?input_token={token}");
    let (status, told) = ask(&stage, &token, "GET", &path).await;
    assert_eq!((status, &told["data"]["expires_at"]), (StatusCode::OK, &json!(common::START / 1000 + 60)));
    assert_eq!(told["data"]["scopes"], json!(["whatsapp_business_messaging", "whatsapp_business_management"]));
    assert_eq!(told["data"]["granular_scopes"][0]["target_ids"], json!([number.waba_id]));
    let own = format!("debug_token?input_token={}", number.access_token);
    assert_eq!(ask(&stage, &number.access_token, "GET", &own).await.1["data"]["expires_at"], 0);
    let unknown = ask(&stage, &token, "GET", "debug_token?input_token=unknown").await.1;
    assert_eq!((&unknown["data"]["is_valid"], &unknown["data"]["error"]["code"]), (&json!(false), &json!(190)));
    stage.pass(60_000);
    assert_eq!(code(ask(&stage, &token, "GET", &number.phone_number_id).await), (401, 190));

    let permitted = async |permission: &str| {
        let body = json!({"accessToken": token, "permissions": [permission]});
        let (status, changed) = stage.call("POST", "/_sim/tokens", Some(body)).await;
        assert_eq!((status, &changed.unwrap()["wabaId"]), (StatusCode::OK, &json!(number.waba_id)));
        let path = format!("/v26.0/{}/messages", number.phone_number_id);
        let sent = stage.call_as(Some(&token), "POST", &path, Some(text(ASHA, "hello"))).await;
        let apps = ask(&stage, &token, "GET", &format!("{}/subscribed_apps", number.waba_id)).await;
        [sent.1.unwrap(), apps.1].map(|answer| answer["error"]["code"].as_i64())
    };
    assert_eq!(permitted("whatsapp_business_management").await, [Some(10), None]);
    stage.simulator.receive(&CustomerMessage::text(ASHA, "hi")).unwrap();
    assert_eq!(permitted("whatsapp_business_messaging").await, [None, Some(200)]);
    let nowhere = json!({"wabaId": "1"});
    assert_eq!(stage.call("POST", "/_sim/tokens", Some(nowhere)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_number_has_a_business_profile() {
    let stage = stage();
    let number = second(&stage);
    let path = format!("/v26.0/{}/whatsapp_business_profile", number.phone_number_id);
    let change = async |changes: Value| {
        let mut body = json!({"messaging_product": "whatsapp"});
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        stage.call_as(Some(&number.access_token), "POST", &path, Some(body)).await.1.unwrap()
    };
    let read = async || {
        let asked = format!("{}/whatsapp_business_profile?fields=about,email,websites", number.phone_number_id);
        ask(&stage, &number.access_token, "GET", &asked).await.1["data"][0].clone()
    };
    assert_eq!(read().await, json!({"messaging_product": "whatsapp"}));
    let profile = json!({"about": "Flowers", "email": "a@example.com", "websites": ["https://example.com"]});
    assert_eq!(change(profile.clone()).await["success"], true);
    assert_eq!(change(json!({"email": "", "websites": []})).await["success"], true);
    assert_eq!(read().await, json!({"about": "Flowers", "messaging_product": "whatsapp"}));
    for wrong in [
        json!({"about": ""}),
        json!({"about": "x".repeat(140)}),
        json!({"websites": ["a", "b", "c"]}),
        json!({"websites": "https://example.com"}),
        json!({"hours": "all day"}),
    ] {
        assert_eq!(change(wrong.clone()).await["error"]["code"], 100, "{wrong}");
    }
    let other = stage.call("GET", &path, None).await;
    assert_eq!(code((other.0, other.1.unwrap())), (400, 33));
}
