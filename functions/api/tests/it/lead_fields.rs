//! Custom fields of leads: their definitions, and the values that leads have.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

async fn define(api: &Api, body: Value) -> Value {
    let answer = api.post("/api/lead-fields", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body
}

async fn four(api: &Api) {
    define(api, json!({ "name": "Contract end", "type": "date" })).await;
    define(api, json!({ "name": "Plan", "type": "choice", "choices": ["Gold", "Silver"] })).await;
    define(api, json!({ "name": "Seats", "type": "number" })).await;
    define(api, json!({ "name": "Reference", "type": "text" })).await;
}

#[tokio::test]
async fn a_lead_has_values_which_keep_when_the_field_is_renamed_and_moved() {
    let api = Api::of_owner().await;
    four(&api).await;
    let fields = json!({ "contract_end": "2026-12-24", "plan": "gold", "seats": 12, "reference": "QX-77" });
    let made = api.post("/api/leads", json!({ "name": "Asha", "fields": fields })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let wanted = json!({ "contract_end": "2026-12-24", "plan": "Gold", "seats": 12.0, "reference": "QX-77" });
    assert_eq!(made.body["fields"], wanted);
    let path = format!("/api/leads/{}", made.body["id"].as_str().unwrap());
    let change = json!({ "name": "Tier", "position": 0, "choices": ["Silver"] }).to_string();
    let renamed = api.call(Method::PATCH, "/api/lead-fields/plan", &[], &change).await;
    assert_eq!((renamed.status, &renamed.body["name"]), (StatusCode::OK, &json!("Tier")), "{}", renamed.body);
    let listed = api.get("/api/lead-fields").await;
    assert_eq!(listed.each("key"), ["plan", "contract_end", "seats", "reference"]);
    assert_eq!(api.get(&path).await.body["fields"], wanted);

    let change = json!({ "fields": { "seats": null, "plan": "silver" } }).to_string();
    let changed = api.call(Method::PATCH, &path, &[], &change).await;
    let wanted = json!({ "contract_end": "2026-12-24", "plan": "Silver", "reference": "QX-77" });
    assert_eq!(changed.body["fields"], wanted, "{}", changed.body);
    let id = made.body["id"].as_str().unwrap().parse().unwrap();
    api.store.tenant(api.tenant).index_lead(id).await.unwrap();
    assert_eq!(api.get("/api/search?q=qx").await.each("id").len(), 1);

    let gone = api.call(Method::DELETE, "/api/lead-fields/plan", &[], "").await;
    assert_eq!(gone.status, StatusCode::OK);
    assert_eq!(api.get(&path).await.body["fields"], json!({ "contract_end": "2026-12-24", "reference": "QX-77" }));
}

#[tokio::test]
async fn a_value_of_the_wrong_type_and_an_unknown_field_are_named() {
    let api = Api::of_owner().await;
    four(&api).await;
    for (fields, field) in [
        (json!({ "contract_end": "24.12.2026" }), "fields.contract_end"),
        (json!({ "plan": "Tin" }), "fields.plan"),
        (json!({ "seats": "12" }), "fields.seats"),
        (json!({ "seats": 1e300 }), "fields.seats"),
        (json!({ "reference": "x".repeat(1_001) }), "fields.reference"),
        (json!({ "reference": " " }), "fields.reference"),
        (json!({ "colour": "red" }), "fields.colour"),
        (json!({ "Plan": "Gold" }), "fields.Plan"),
    ] {
        let answer = api.post("/api/leads", json!({ "name": "Asha", "fields": fields })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert_eq!(answer.body["errors"][0]["field"], field, "{}", answer.body);
    }
}

#[tokio::test]
async fn put_takes_back_the_values_that_get_gave() {
    let api = Api::of_owner().await;
    four(&api).await;
    let made = api.post("/api/leads", json!({ "name": "Asha", "fields": { "seats": 3, "plan": "Gold" } })).await;
    let path = format!("/api/leads/{}", made.body["id"].as_str().unwrap());
    let mut whole = api.get(&path).await.body;
    let same = api.call(Method::PUT, &path, &[], &whole.to_string()).await;
    assert_eq!((same.status, &same.body["revision"]), (StatusCode::OK, &json!(1)), "{}", same.body);
    whole["fields"]["seats"] = json!(4);
    let other = api.call(Method::PUT, &path, &[], &whole.to_string()).await;
    assert_eq!(other.body["fields"], json!({ "seats": 4.0, "plan": "Gold" }), "{}", other.body);
    assert_eq!(api.call(Method::PUT, &path, &[], &whole.to_string()).await.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_stage_may_require_a_field() {
    let api = Api::of_owner().await;
    define(&api, json!({ "name": "Reference", "type": "text", "requiredAt": ["Won"] })).await;
    let made = api.post("/api/leads", json!({ "name": "Asha" })).await;
    let path = format!("/api/leads/{}", made.body["id"].as_str().unwrap());
    let refused = api.call(Method::PATCH, &path, &[], r#"{"stage":"Won"}"#).await;
    assert_eq!(refused.body["errors"][0]["field"], "fields.reference", "{}", refused.body);
    let both = json!({ "stage": "Won", "fields": { "reference": "QX-77" } }).to_string();
    assert_eq!(api.call(Method::PATCH, &path, &[], &both).await.status, StatusCode::OK);
}

#[tokio::test]
async fn definitions_that_are_wrong_are_refused_by_field() {
    let api = Api::of_owner().await;
    four(&api).await;
    for (body, status, field) in [
        (json!({ "name": " ", "type": "text" }), 422, "name"),
        (json!({ "name": "x".repeat(61), "type": "text" }), 422, "name"),
        (json!({ "name": "A", "type": "colour" }), 422, "type"),
        (json!({ "name": "A", "type": "choice" }), 422, "choices"),
        (json!({ "name": "A", "type": "choice", "choices": ["a", "A"] }), 422, "choices"),
        (json!({ "name": "A", "type": "text", "choices": ["a"] }), 422, "choices"),
        (json!({ "name": "A", "type": "text", "key": "1a" }), 422, "key"),
        (json!({ "name": "A", "type": "text", "requiredAt": ["Closed"] }), 422, "requiredAt[0]"),
        (json!({ "name": "PLAN", "type": "text" }), 409, "name"),
        (json!({ "name": "A", "type": "text", "key": "plan" }), 409, "key"),
    ] {
        let answer = api.post("/api/lead-fields", body.clone()).await;
        let named = answer.body["errors"][0]["field"].as_str().or_else(|| answer.body["field"].as_str());
        assert_eq!((answer.status.as_u16(), named), (status, Some(field)), "{body} {}", answer.body);
    }
    let stale = api.call(Method::PATCH, "/api/lead-fields/plan", &[("if-match", "\"1\"")], r#"{"name":"B"}"#).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let missing = api.call(Method::PATCH, "/api/lead-fields/colour", &[], r#"{"name":"B"}"#).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
