//! Webhooks of a business: what is refused, and what an answer keeps to itself.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use domain::access::users::Role;
use serde_json::{Value, json};

async fn as_owner(api: &Api, method: Method, path: &str, body: Value) -> crate::support::Answer {
    let token = api.token_of(Role::Owner).await;
    api.call_as(&token, method, path, body).await
}

fn example() -> Value {
    json!({ "url": "https://example.com/hook", "events": ["message.received"], "description": "Our shop" })
}

#[tokio::test]
async fn a_webhook_shows_its_secret_once_and_the_table_never_holds_it_in_clear() {
    let api = Api::new().await;
    let created = as_owner(&api, Method::POST, "/api/webhooks", example()).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    let secret = created.body["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && !api.everything().await.contains(secret));
    let listed = as_owner(&api, Method::GET, "/api/webhooks", Value::Null).await;
    assert_eq!(listed.body["items"][0]["description"], "Our shop");
    assert!(listed.body["items"][0].get("secret").is_none());
}

#[tokio::test]
async fn an_address_that_is_private_insecure_or_no_url_is_refused_by_name() {
    let api = Api::new().await;
    for (url, words) in [
        ("example.com", "complete URL"),
        ("http://example.com/hook", "https://"),
        ("https://user:pass@example.com/", "user name and password"),
        ("https://127.0.0.1/", "private networks"),
        ("https://169.254.169.254/latest/meta-data", "private networks"),
        ("https://[fd00:ec2::254]/", "private networks"),
        ("https://localhost/", "private networks"),
        ("https://intranet.local/", "private networks"),
    ] {
        let body = json!({ "url": url, "events": ["message.received"] });
        let refused = as_owner(&api, Method::POST, "/api/webhooks", body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        assert_eq!(refused.body["errors"][0]["field"], "url", "{}", refused.body);
        assert!(refused.body.to_string().contains(words), "{url}: {}", refused.body);
    }
    assert!(
        as_owner(&api, Method::GET, "/api/webhooks", Value::Null).await.body["items"].as_array().unwrap().is_empty()
    );
}

#[tokio::test]
async fn unknown_events_and_an_eleventh_webhook_are_refused() {
    let api = Api::new().await;
    for events in [json!([]), json!(["message.eaten"]), json!(["ping"])] {
        let body = json!({ "url": "https://example.com/hook", "events": events });
        let refused = as_owner(&api, Method::POST, "/api/webhooks", body).await;
        assert_eq!(
            (refused.status, &refused.body["errors"][0]["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("events"))
        );
    }
    for _ in 0..10 {
        assert_eq!(as_owner(&api, Method::POST, "/api/webhooks", example()).await.status, StatusCode::CREATED);
    }
    let refused = as_owner(&api, Method::POST, "/api/webhooks", example()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_change_from_an_old_reading_is_refused_and_one_without_effect_counts_for_nothing() {
    let api = Api::new().await;
    let created = as_owner(&api, Method::POST, "/api/webhooks", example()).await;
    let path = format!("/api/webhooks/{}", created.body["id"].as_str().unwrap());
    let off = as_owner(&api, Method::PATCH, &path, json!({ "active": false })).await;
    assert_eq!((&off.body["active"], &off.body["revision"]), (&json!(false), &json!(2)), "{}", off.body);
    let again = as_owner(&api, Method::PATCH, &path, json!({ "active": false })).await;
    assert_eq!(again.body["revision"], 2);
    let token = format!("Bearer {}", api.token_of(Role::Owner).await);
    let headers = [("authorization", token.as_str()), ("if-match", "\"1\"")];
    let stale = api.call(Method::PATCH, &path, &headers, r#"{"active":true}"#).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn an_event_that_is_still_on_its_way_is_not_sent_again_by_hand() {
    let api = Api::new().await;
    let created = as_owner(&api, Method::POST, "/api/webhooks", example()).await;
    let path = format!("/api/webhooks/{}", created.body["id"].as_str().unwrap());
    let test = as_owner(&api, Method::POST, &format!("{path}/test"), json!({})).await;
    assert_eq!((test.status, &test.body["state"]), (StatusCode::ACCEPTED, &json!("pending")), "{}", test.body);
    let event = test.body["eventId"].as_str().unwrap();
    let again = as_owner(&api, Method::POST, &format!("{path}/deliveries/{event}/replay"), json!({})).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let unknown = format!("{path}/deliveries/evt_01M3250VASBF3MSX3QTC83A67F/replay");
    assert_eq!(as_owner(&api, Method::POST, &unknown, json!({})).await.status, StatusCode::NOT_FOUND);
}
