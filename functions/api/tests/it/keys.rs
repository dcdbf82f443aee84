//! Keys for programs.

use crate::support::{Answer, Api, PASSWORD, person};
use axum::http::{Method, StatusCode};
use domain::Secret;
use domain::access::audit::Action;
use domain::access::second_factor::TotpSecret;
use domain::access::users::{Role, User};
use serde_json::{Value, json};

async fn make(api: &Api, token: &str, scopes: Value) -> Answer {
    let body = json!({ "name": "Website", "scopes": scopes, "password": PASSWORD });
    api.call_as(token, Method::POST, "/api/keys", body).await
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
    let audit_event = api.last_audit_event().await;
    assert_eq!((audit_event.action, audit_event.detail.as_str()), (Action::Refused, "inbox:write"));
    assert_eq!(audit_event.by.to_string(), made.body["id"].as_str().unwrap());
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

async fn change(api: &Api, owner: &str, user: &User, change: Value) {
    let path = format!("/api/users/{}", user.id);
    let changed = api.call_as(owner, Method::PATCH, &path, change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
}

/// What a key of an admin opens: the inbox, and the audit.
async fn opens(api: &Api, key: &str) -> [u16; 2] {
    let mut statuses = [0; 2];
    for (status, path) in statuses.iter_mut().zip(["/api/leads", "/api/audit"]) {
        *status = api.call_as(key, Method::GET, path, Value::Null).await.status.as_u16();
    }
    statuses
}

#[tokio::test]
async fn a_key_never_opens_more_than_its_owner_may_and_nothing_once_they_are_shut_out() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let admin = person(api.tenant, Role::Admin);
    let made = make(&api, &api.token_of(Role::Admin).await, json!(["inbox:read", "audit:read"])).await;
    let key = made.body["key"].as_str().unwrap();
    assert_eq!(opens(&api, key).await, [200, 200]);
    change(&api, &owner, &admin, json!({ "role": "viewer" })).await;
    assert_eq!(opens(&api, key).await, [200, 403], "a viewer reads no audit");
    change(&api, &owner, &admin, json!({ "active": false })).await;
    assert_eq!(opens(&api, key).await, [401, 401]);
    let list = api.call_as(&owner, Method::GET, "/api/keys", Value::Null).await;
    let listed = &list.body["items"][0];
    assert_eq!((&listed["ownerId"], &listed["active"]), (&json!(admin.id.to_string()), &json!(false)));
}

#[tokio::test]
async fn a_key_goes_no_further_than_its_owner_where_a_second_factor_is_required() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let key = make(&api, &owner, json!(["inbox:read"])).await.body["key"].as_str().unwrap().to_owned();
    let rule = json!({ "secondFactorRequiredOf": "managers" });
    assert_eq!(api.call_as(&owner, Method::PATCH, "/api/settings", rule).await.status, StatusCode::OK);
    let refused = api.call_as(&key, Method::GET, "/api/leads", Value::Null).await;
    assert_eq!(refused.body["type"], "/problems/second-factor-needed", "{}", refused.body);
}

#[tokio::test]
async fn a_colleague_takes_a_key_over_before_its_owner_leaves() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let admin = person(api.tenant, Role::Admin);
    let made = make(&api, &api.token_of(Role::Admin).await, json!(["inbox:read", "audit:read"])).await;
    let key = made.body["key"].as_str().unwrap();
    let path = format!("/api/keys/{}/take-over", made.body["id"].as_str().unwrap());
    let unproved = api.call_as(&owner, Method::POST, &path, json!({})).await;
    assert_eq!((unproved.status, &unproved.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
    let proof = json!({ "password": PASSWORD });
    assert_eq!(api.call_as(&owner, Method::POST, &path, proof.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.last_audit_event().await.action, Action::KeyHandedOver);
    change(&api, &owner, &admin, json!({ "active": false })).await;
    assert_eq!(opens(&api, key).await, [200, 200]);
    let revoke = format!("/api/keys/{}", made.body["id"].as_str().unwrap());
    assert_eq!(api.call_as(&owner, Method::DELETE, &revoke, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.call_as(&owner, Method::POST, &path, proof).await.status, StatusCode::NOT_FOUND);
    assert_eq!(opens(&api, key).await, [401, 401]);
}

#[tokio::test]
async fn whoever_makes_a_key_proves_once_more_who_they_are() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let post = async |body: Value| api.call_as(&owner, Method::POST, "/api/keys", body).await;
    for proof in [json!({}), json!({ "password": "a guess" })] {
        let mut body = json!({ "name": "Website", "scopes": ["inbox:read"] });
        body.as_object_mut().unwrap().extend(proof.as_object().unwrap().clone());
        let answer = post(body).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
    }
    let offer = api.call_as(&owner, Method::POST, "/api/auth/second-factor", json!({ "password": PASSWORD })).await;
    let secret = TotpSecret::parse(&Secret::new(offer.body["secret"].as_str().unwrap())).unwrap();
    let code = || secret.code_at(api.now()).expose().to_owned();
    let confirm = json!({ "code": code() });
    api.call_as(&owner, Method::POST, "/api/auth/second-factor/confirm", confirm).await;
    api.pass(30);
    let body = json!({ "name": "Website", "scopes": ["inbox:read"], "code": code() });
    assert_eq!(post(body.clone()).await.status, StatusCode::CREATED);
    assert_eq!(post(body).await.body["type"], "/problems/wrong-code", "a code holds once");
}
