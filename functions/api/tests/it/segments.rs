//! Segments: saved filters, and the leads that they hold.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::access::users::Role;
use serde_json::{Value, json};

async fn lead(api: &Api, body: Value) -> String {
    api.pass(1);
    let answer = api.post("/api/leads", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let id = answer.body["id"].as_str().unwrap().to_owned();
    api.store.tenant(api.tenant).index_lead(id.parse().unwrap()).await.unwrap();
    id
}

async fn save(api: &Api, body: Value) -> Answer {
    let answer = api.post("/api/segments", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer
}

async fn leads_of(api: &Api, filter: Value) -> Vec<String> {
    let saved = save(api, json!({ "name": "S", "filter": filter })).await;
    let path = format!("/api/segments/{}", saved.body["id"].as_str().unwrap());
    let answer = api.get(&format!("{path}/leads")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let count = api.get(&format!("{path}/count")).await.body;
    assert_eq!(count, json!({ "count": answer.each("id").len(), "complete": true }));
    answer.each("id")
}

#[tokio::test]
async fn a_segment_holds_the_leads_for_which_its_filter_holds() {
    let api = Api::of_owner().await;
    api.post("/api/lead-fields", json!({ "name": "Seats", "type": "number" })).await;
    let a = lead(&api, json!({ "name": "A", "tags": ["vip"], "source": "Referral", "fields": { "seats": 5 } })).await;
    let b = lead(&api, json!({ "name": "B", "tags": ["vip", "late"], "stage": "Won", "ownerId": api.user.id })).await;
    let c = lead(&api, json!({ "name": "C", "source": "Website", "fields": { "seats": 50 } })).await;
    let refuses = json!({ "marketing": false }).to_string();
    api.call(Method::PATCH, &format!("/api/leads/{c}/consent"), &[], &refuses).await;
    for (filter, wanted) in [
        (json!({ "tag": ["VIP"] }), vec![&b, &a]),
        (json!({ "all": [{ "tag": ["vip"] }, { "not": { "tag": ["late"] } }] }), vec![&a]),
        (json!({ "stage": ["Won"] }), vec![&b]),
        (json!({ "owner": [api.user.id] }), vec![&b]),
        (json!({ "owner": ["none"] }), vec![&c, &a]),
        (json!({ "any": [{ "source": ["Website"] }, { "stage": ["Won"] }] }), vec![&c, &b]),
        (json!({ "field": { "key": "seats", "atLeast": 6 } }), vec![&c]),
        (json!({ "field": { "key": "seats", "isEmpty": true } }), vec![&b]),
        (json!({ "consent": { "kind": "marketing", "allowed": false } }), vec![&c]),
        (json!({ "created": { "beforeDays": 1 } }), vec![]),
        (json!({ "activity": { "withinDays": 1 } }), vec![&c, &b, &a]),
    ] {
        assert_eq!(leads_of(&api, filter.clone()).await.iter().collect::<Vec<_>>(), wanted, "{filter}");
        let query: String = filter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let asked = api.get(&format!("/api/leads?filter={query}")).await;
        assert_eq!(asked.each("id").iter().collect::<Vec<_>>(), wanted, "{filter}");
    }
    let late = "%7B%22tag%22%3A%5B%22late%22%5D%7D";
    assert_eq!(api.get(&format!("/api/leads?stage=New&filter={late}")).await.each("id").len(), 0);
}

#[tokio::test]
async fn the_walk_of_a_job_meets_every_lead_once_and_goes_on_where_it_stopped() {
    let api = Api::new().await;
    let mut all = Vec::new();
    for name in ["A", "B", "C", "D", "E"] {
        all.push(lead(&api, json!({ "name": name, "tags": if name == "C" { json!([]) } else { json!(["x"]) } })).await);
    }
    let filter = serde_json::from_value(json!({ "not": { "tag": ["y"] } })).unwrap();
    let store = api.store.tenant(api.tenant);
    let mut met = Vec::new();
    let mut mark = None;
    loop {
        let page = store.walk_segment(&filter, mark.as_deref(), 2, api.now()).await.unwrap();
        met.extend(page.items.iter().map(|listed| listed.lead.id.to_string()));
        mark = page.next;
        if mark.is_none() {
            break;
        }
    }
    assert_eq!(met, all);
}

#[tokio::test]
async fn a_filter_that_is_wrong_is_refused() {
    let api = Api::new().await;
    let mut deep = json!({ "stage": ["Won"] });
    for _ in 0..6 {
        deep = json!({ "not": deep });
    }
    let mut abyss = "{\"not\":".repeat(5_000);
    abyss.push_str(&"}".repeat(5_000));
    for (filter, field) in [
        (deep, "filter"),
        (json!({ "any": vec![json!({ "stage": ["Won"] }); 60] }), "filter"),
        (json!({ "stage": [] }), "filter"),
        (json!({ "stage": ["Closed"] }), "filter.stage[0]"),
        (json!({ "tag": ["x".repeat(500)] }), "filter.tag[0]"),
        (json!({ "field": { "key": "seats", "isEmpty": true } }), "filter"),
        (json!({ "created": { "withinDays": 0 } }), "filter"),
        (json!({ "created": { "days": 1 } }), "filter.created.days"),
    ] {
        let answer = api.post("/api/segments", json!({ "name": "S", "filter": filter })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert_eq!(answer.body["errors"][0]["field"], field, "{}", answer.body);
    }
    let answer = api.call(Method::POST, "/api/segments", &[], &format!("{{\"name\":\"S\",\"filter\":{abyss}}}")).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    for query in ["%7B", "%7B%22stage%22%3A%5B%5D%7D", "1"] {
        let answer = api.get(&format!("/api/leads?filter={query}")).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!("filter")), "{query}");
    }
}

#[tokio::test]
async fn a_segment_is_private_until_it_is_shared_and_two_cannot_change_it_at_once() {
    let api = Api::of_owner().await;
    let key = [("idempotency-key", "one-segment-and-no-more")];
    let body = json!({ "name": "Mine", "filter": { "stage": ["Won"] } }).to_string();
    let made = api.call(Method::POST, "/api/segments", &key, &body).await;
    let again = api.call(Method::POST, "/api/segments", &key, &body).await;
    assert_eq!((again.status, &again.body["id"]), (StatusCode::CREATED, &made.body["id"]));
    let other = json!({ "name": "Other", "filter": { "stage": ["Won"] } }).to_string();
    let reused = api.call(Method::POST, "/api/segments", &key, &other).await;
    assert_eq!(reused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let path = format!("/api/segments/{}", made.body["id"].as_str().unwrap());
    let agent = api.token_of(Role::Agent).await;
    assert_eq!(api.call_as(&agent, Method::GET, &path, Value::Null).await.status, StatusCode::NOT_FOUND);
    let shared = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"shared":true}"#).await;
    assert_eq!((shared.status, &shared.body["revision"]), (StatusCode::OK, &json!(2)), "{}", shared.body);
    let stale = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"name":"X"}"#).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(api.call_as(&agent, Method::GET, "/api/segments", Value::Null).await.each("id").len(), 1);
    let private = api.call_as(&agent, Method::PATCH, &path, json!({ "shared": false })).await;
    assert_eq!(private.status, StatusCode::FORBIDDEN);
    let named = api.call_as(&agent, Method::PATCH, &path, json!({ "name": "Ours" })).await;
    assert_eq!((named.status, &named.body["name"]), (StatusCode::OK, &json!("Ours")));
    assert_eq!(api.call(Method::DELETE, &path, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_cursor_of_another_filter_is_refused() {
    let api = Api::new().await;
    for name in ["A", "B"] {
        lead(&api, json!({ "name": name })).await;
    }
    let won = save(&api, json!({ "name": "S", "filter": { "stage": ["New"] } })).await;
    let path = format!("/api/segments/{}", won.body["id"].as_str().unwrap());
    let first = api.get(&format!("{path}/leads?limit=1")).await;
    let cursor = first.body["nextCursor"].as_str().unwrap().to_owned();
    let second = api.get(&format!("{path}/leads?limit=1&cursor={cursor}")).await;
    assert_eq!(second.each("id").len(), 1);
    api.call(Method::PATCH, &path, &[], r#"{"filter":{"stage":["New","Won"]}}"#).await;
    let other = api.get(&format!("{path}/leads?limit=1&cursor={cursor}")).await;
    assert_eq!((other.status, &other.body["field"]), (StatusCode::BAD_REQUEST, &json!("cursor")));
}
