//! Businesses, and whoever runs the platform.

use crate::support::{Api, PASSWORD};
use api::web::secrets::{digest_of, new_key};
use axum::http::{Method, StatusCode};
use domain::access::users::Role;
use domain::ids::OperatorId;
use serde_json::{Value, json};

pub async fn operator(api: &Api) -> String {
    let key = new_key(api::KEY_PREFIX, &*api.deps.random);
    let id = OperatorId::from_parts(api.now(), 1);
    api.store.create_operator(id, &digest_of(key.expose())).await.unwrap();
    key.expose().to_owned()
}

#[tokio::test]
async fn whoever_runs_the_platform_makes_businesses_and_lists_them() {
    let api = Api::new().await;
    let operator = operator(&api).await;
    for name in ["Leaf", "Stone", "River"] {
        api.pass(60);
        let body = json!({
            "companyName": name, "businessCategory": "Dentist", "timezone": "asia/kolkata",
            "languages": ["en", "hi"], "ownerEmail": format!("{name}@example.com"),
        });
        let made = api.call_as(&operator, Method::POST, "/api/clients", body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!((&made.body["timezone"], &made.body["isActive"]), (&json!("Asia/Kolkata"), &json!(true)));
        let signup = json!({
            "fullName": "Bo", "email": format!("{name}@example.com"), "password": "tangerine raft umbrella",
            "agreeToTerms": true, "invitation": made.body["invitation"]["token"],
        });
        let joined = api.call_as_nobody("/api/auth/signup", signup).await;
        assert_eq!(
            (&joined.body["user"]["role"], &joined.body["user"]["tenantId"]),
            (&json!("owner"), &made.body["id"])
        );
    }
    let first = api.call_as(&operator, Method::GET, "/api/clients?limit=3", Value::Null).await;
    assert_eq!(first.each("companyName"), ["River", "Stone", "Leaf"]);
    let next = first.body["nextCursor"].as_str().unwrap();
    let path = format!("/api/clients?limit=3&cursor={next}");
    let second = api.call_as(&operator, Method::GET, &path, Value::Null).await;
    assert_eq!(
        (second.each("companyName"), &second.body["nextCursor"]),
        (vec!["Orchid Dental".to_owned()], &Value::Null)
    );
    let forged = api.call_as(&operator, Method::GET, "/api/clients?cursor=x", Value::Null).await;
    assert_eq!(forged.body["field"], "cursor");
}

#[tokio::test]
async fn the_people_of_a_business_that_is_not_active_are_shut_out_at_once() {
    let api = Api::new().await;
    let operator = operator(&api).await;
    let key = json!({ "name": "Website", "scopes": ["inbox:read"], "password": PASSWORD });
    let owner = api.token_of(Role::Owner).await;
    let key = api.call_as(&owner, Method::POST, "/api/keys", key).await.body["key"].as_str().unwrap().to_owned();
    let path = format!("/api/clients/{}", api.tenant);
    for (active, status) in [(false, StatusCode::UNAUTHORIZED), (true, StatusCode::OK)] {
        let changed = api.call_as(&operator, Method::PATCH, &path, json!({ "isActive": active })).await;
        assert_eq!((changed.status, &changed.body["isActive"]), (StatusCode::OK, &json!(active)));
        assert_eq!(api.get("/api/leads").await.status, status);
        assert_eq!(api.call_as(&key, Method::GET, "/api/leads", Value::Null).await.status, status);
    }
}

#[tokio::test]
async fn an_operator_sees_no_data_of_a_business_and_no_owner_is_an_operator() {
    let api = Api::new().await;
    let operator = operator(&api).await;
    let owner = api.token_of(Role::Owner).await;
    for path in ["/api/leads", "/api/conversations", "/api/users", "/api/audit", "/api/auth/me"] {
        assert_eq!(
            api.call_as(&operator, Method::GET, path, Value::Null).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let path = format!("/api/clients/{}", api.tenant);
    for (method, path) in
        [(Method::GET, "/api/clients"), (Method::POST, "/api/clients"), (Method::PATCH, path.as_str())]
    {
        assert_eq!(api.call_as(&owner, method, path, json!({})).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn an_owner_changes_what_holds_for_the_business_and_not_whether_it_is_active() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let patch = async |body: Value| api.call_as(&owner, Method::PATCH, "/api/settings", body).await;
    let changed =
        patch(json!({ "companyName": "Orchid", "timezone": "America/Sao_Paulo", "languages": ["pt_BR"] })).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let shown = api.get("/api/settings").await;
    assert_eq!((&shown.body["companyName"], &shown.body["languages"]), (&json!("Orchid"), &json!(["pt_BR"])));
    for (body, field) in [
        (json!({ "timezone": "Mars/Olympus" }), "timezone"),
        (json!({ "languages": ["English"] }), "languages"),
        (json!({ "languages": [] }), "languages"),
        (json!({ "companyName": "" }), "companyName"),
        (json!({ "isActive": false }), "isActive"),
    ] {
        let answer = patch(body).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_new_business_is_named_and_nothing_is_made() {
    let api = Api::new().await;
    let operator = operator(&api).await;
    let before = api.items().await;
    for (body, field) in [
        (json!({}), "companyName"),
        (json!({ "companyName": "Leaf", "timezone": "x" }), "timezone"),
        (json!({ "companyName": "Leaf", "ownerEmail": "x" }), "email"),
    ] {
        let answer = api.call_as(&operator, Method::POST, "/api/clients", body).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    assert_eq!(api.items().await, before);
}
