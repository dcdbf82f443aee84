//! Keys for programs.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::audit::Action;
use domain::users::Role;
use serde_json::{Value, json};

async fn make(api: &Api, token: &str, scopes: Value) -> Answer {
    api.call_as(token, Method::POST, "/api/keys", json!({ "name": "Website", "scopes": scopes })).await
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_name_until_it_is_revoked() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let owner = api.token_of(Role::Owner).await;
    let made = make(&api, &owner, json!(["inbox:read"])).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let key = made.body["key"].as_str().unwrap();
    assert!(key.starts_with("lw_") && key.ends_with(made.body["endsWith"].as_str().unwrap()));
    assert!(!api.everything().await.contains(key), "the table does not hold it");

    let path = format!("/api/leads/{}", lead.id);
    assert_eq!(api.call_as(key, Method::GET, &path, Value::Null).await.status, StatusCode::OK);
    let moved = api.call_as(key, Method::PATCH, &path, json!({ "stage": "Won" })).await;
    assert_eq!(moved.status, StatusCode::FORBIDDEN, "{}", moved.body);
    let deed = api.last_deed().await;
    assert_eq!((deed.action, deed.detail.as_str()), (Action::Refused, "inbox:write"));
    assert_eq!(deed.by.to_string(), made.body["id"].as_str().unwrap());
    for path in ["/api/auth/me", "/api/auth/sessions", "/api/keys", "/api/clients"] {
        assert_eq!(api.call_as(key, Method::GET, path, Value::Null).await.status, StatusCode::FORBIDDEN, "{path}");
    }

    let list = api.call_as(&owner, Method::GET, "/api/keys", Value::Null).await;
    assert_eq!((list.each("name"), list.each("key")), (vec!["Website".to_owned()], vec![String::new()]));
    assert_eq!(list.each("lastUsedAt"), [api.now().to_string()]);
    let revoke = format!("/api/keys/{}", made.body["id"].as_str().unwrap());
    assert_eq!(api.call_as(&owner, Method::DELETE, &revoke, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.call_as(key, Method::GET, &path_of_leads(), Value::Null).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(api.call_as(&owner, Method::GET, "/api/keys", Value::Null).await.body["items"], json!([]));
}

fn path_of_leads() -> String {
    "/api/leads".to_owned()
}

#[tokio::test]
async fn what_a_program_does_is_written_under_its_key() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let owner = api.token_of(Role::Owner).await;
    let made = make(&api, &owner, json!(["inbox:read", "inbox:write"])).await;
    let key = made.body["key"].as_str().unwrap();
    let path = format!("/api/leads/{}", lead.id);
    let moved = api.call_as(key, Method::PATCH, &path, json!({ "stage": "Won" })).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.body);
    let shown = api.get(&path).await;
    assert_eq!(shown.body["timeline"][0]["metadata"]["by"], made.body["id"], "{}", shown.body["timeline"][0]);
}

#[tokio::test]
async fn a_key_has_no_scope_that_makes_people_or_keys() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    for scopes in [json!([]), json!(["users:write"]), json!(["keys:write", "inbox:read"]), json!(["everything"])] {
        let answer = make(&api, &owner, scopes.clone()).await;
        let expected = (StatusCode::UNPROCESSABLE_ENTITY, &json!("scopes"));
        assert_eq!((answer.status, &answer.body["field"]), expected, "{scopes}");
    }
}

#[tokio::test]
async fn nobody_makes_up_a_key() {
    let api = Api::new().await;
    for key in ["lw_", "lw_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = api.call_as(key, Method::GET, "/api/leads", Value::Null).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}
