//! Quick replies: shared and own ones, with variables and files.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use domain::access::users::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_quick_reply_is_filled_with_what_is_known_of_the_lead_and_the_agent() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let text = "Hello {{lead.firstName}}, I am {{agent.name}}. Is {{lead.email}} right?";
    let made = api.post("/api/quick-replies", json!({ "name": "/Hello", "text": text })).await;
    assert_eq!((made.status, &made.body["name"]), (StatusCode::CREATED, &json!("hello")), "{}", made.body);
    assert_eq!((&made.body["shared"], &made.body["mayChange"]), (&json!(false), &json!(true)));
    let path = format!("/api/quick-replies/{}", made.body["id"].as_str().unwrap());
    let filled = api.get(&format!("{path}/filled?conversationId={}", lead.conversations[0])).await;
    assert_eq!(filled.status, StatusCode::OK, "{}", filled.body);
    let filled = filled.body["text"].as_str().unwrap();
    assert!(filled.starts_with("Hello ") && filled.ends_with("Is right?") && !filled.contains("{{"), "{filled}");
    assert_eq!(api.get(&format!("{path}/filled")).await.body["field"], "conversationId");
    let changed = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"text":"Hi"}"#).await;
    assert_eq!((changed.status, &changed.body["revision"]), (StatusCode::OK, &json!(2)));
    let stale = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"text":"Ho"}"#).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(api.call(Method::DELETE, &path, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/api/quick-replies").await.each("id"), [""; 0]);
}

#[tokio::test]
async fn a_quick_reply_says_which_field_is_wrong() {
    let api = Api::new().await;
    for (body, field) in [
        (json!({ "text": "Hi" }), "name"),
        (json!({ "name": "hi" }), "text"),
        (json!({ "name": "two words", "text": "Hi" }), "name"),
        (json!({ "name": "hi", "text": "Hi {{lead.shoeSize}}" }), "text"),
        (json!({ "name": "hi", "text": "x".repeat(4_097) }), "text"),
        (json!({ "name": "hi", "text": "Hi", "mediaId": "med_1" }), "mediaId"),
        (json!({ "name": "hi", "text": "Hi", "colour": "red" }), "colour"),
    ] {
        let answer = api.post("/api/quick-replies", body.clone()).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
    api.post("/api/quick-replies", json!({ "name": "hi", "text": "Hi" })).await;
    let twice = api.post("/api/quick-replies", json!({ "name": "Hi", "text": "Hi again" })).await;
    assert_eq!((twice.status, &twice.body["field"]), (StatusCode::CONFLICT, &json!("name")));
}

#[tokio::test]
async fn shared_quick_replies_are_everybodys_and_own_ones_nobody_elses() {
    let api = Api::of_owner().await;
    let shared = api.post("/api/quick-replies", json!({ "name": "a", "text": "Hi", "shared": true })).await;
    let own = api.post("/api/quick-replies", json!({ "name": "b", "text": "Hi" })).await;
    let agent = api.token_of(Role::Agent).await;
    let seen = api.call_as(&agent, Method::GET, "/api/quick-replies", Value::Null).await;
    assert_eq!(seen.each("name"), ["a"]);
    assert_eq!(seen.body["items"][0]["mayChange"], false);
    for (made, status) in [(&shared, StatusCode::FORBIDDEN), (&own, StatusCode::NOT_FOUND)] {
        let path = format!("/api/quick-replies/{}", made.body["id"].as_str().unwrap());
        let answer = api.call_as(&agent, Method::PATCH, &path, json!({ "text": "Ho" })).await;
        assert_eq!(answer.status, status);
    }
    let body = json!({ "name": "c", "text": "Hi", "shared": true });
    let refused = api.call_as(&agent, Method::POST, "/api/quick-replies", body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
