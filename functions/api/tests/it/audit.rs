//! What was done, and by whom.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use domain::Secret;
use domain::audit::Entry;
use domain::users::Role;
use serde_json::{Value, json};

const PASSWORD: &str = "tangerine raft umbrella";

/// A business where the agent signed in twice, wrongly and rightly, and was refused something.
async fn with_deeds() -> (Api, String) {
    let api = Api::with_password(&api::passwords::hash(&Secret::new(PASSWORD), 1).unwrap()).await;
    let login = |password: &str| json!({ "email": "agent@example.com", "password": password });
    api.call_as_nobody("/api/auth/login", login("wrong")).await;
    api.pass(60);
    api.call_as_nobody("/api/auth/login", login(PASSWORD)).await;
    assert_eq!(api.get("/api/users").await.status, StatusCode::OK);
    assert_eq!(api.get("/api/audit").await.status, StatusCode::FORBIDDEN);
    let owner = api.token_of(Role::Owner).await;
    (api, owner)
}

#[tokio::test]
async fn s23_sign_ins_and_refusals_are_written_down() {
    let (api, owner) = with_deeds().await;
    let list = api.call_as(&owner, Method::GET, "/api/audit", Value::Null).await;
    assert_eq!(list.each("action"), ["refused", "signed_in", "sign_in_failed"]);
    assert_eq!(list.each("target")[0], "GET /api/audit");
    let agent = api.user.id.to_string();
    assert_eq!(list.each("by"), [agent.as_str(), agent.as_str(), "nobody"]);
}

#[tokio::test]
async fn s23_the_audit_comes_in_pages_and_by_what_is_wanted() {
    let (api, owner) = with_deeds().await;
    let get = async |path: &str| api.call_as(&owner, Method::GET, path, Value::Null).await;
    let first = get("/api/audit?limit=2").await;
    let next = first.body["nextCursor"].as_str().unwrap();
    let second = get(&format!("/api/audit?limit=2&cursor={next}")).await;
    assert_eq!((second.each("action"), &second.body["nextCursor"]), (vec!["sign_in_failed".to_owned()], &Value::Null));
    let other = get(&format!("/api/audit?action=signed_in&cursor={next}")).await;
    assert_eq!(other.body["field"], "cursor", "a cursor belongs to its filter");
    assert_eq!(get("/api/audit?action=signed_in").await.each("action"), ["signed_in"]);
    assert_eq!(get("/api/audit?by=nobody").await.each("action"), ["sign_in_failed"]);
    let late = api.now();
    assert_eq!(get(&format!("/api/audit?from={late}")).await.each("action"), ["refused", "signed_in"]);
    for wrong in ["action=flew", "by=me", "from=yesterday", "limit=0"] {
        assert_eq!(get(&format!("/api/audit?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn s16_s23_the_audit_is_taken_out_as_a_table_and_that_is_written_down() {
    let (api, owner) = with_deeds().await;
    let table = api.call_as(&owner, Method::GET, "/api/audit.csv", Value::Null).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let text = table.body.as_str().unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "number,at,by,action,target,detail,digest");
    assert!(lines[1].contains("\"exported\"") && lines.len() == 5, "{text}");
}

#[tokio::test]
async fn s23_entries_written_at_once_make_one_chain() {
    let (api, _) = with_deeds().await;
    let login = json!({ "email": "agent@example.com", "password": "wrong" });
    let tries = (0..8).map(|_| api.call_as_nobody("/api/auth/login", login.clone()));
    for answer in futures::future::join_all(tries).await {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let chain = api.store.chain(api.tenant, 0, 100).await.unwrap();
    let before = std::iter::once(None).chain(chain.iter().map(Some));
    assert!(chain.iter().zip(before).all(|(entry, before): (&Entry, _)| entry.follows(before)));
    assert_eq!(chain.len(), 11);
}
