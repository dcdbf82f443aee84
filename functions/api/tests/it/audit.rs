//! What was done, and by whom.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::Secret;
use domain::access::audit::{Action, Entry};
use domain::access::users::Role;
use serde_json::{Value, json};

const PASSWORD: &str = "tangerine raft umbrella";

/// A business where the agent signed in twice, wrongly and rightly, and was refused something.
async fn with_audit_events() -> (Api, String) {
    let api = Api::with_password(&api::access::password_hashes::hash(&Secret::new(PASSWORD), 1).unwrap()).await;
    let login = |password: &str| json!({ "email": "agent@example.com", "password": password });
    api.pass(1);
    api.call_as_nobody("/api/auth/login", login("wrong")).await;
    api.pass(60);
    api.call_as_nobody("/api/auth/login", login(PASSWORD)).await;
    api.pass(1);
    assert_eq!(api.get("/api/users").await.status, StatusCode::OK);
    assert_eq!(api.get("/api/audit").await.status, StatusCode::FORBIDDEN);
    api.end_tallies().await;
    let owner = api.token_of(Role::Owner).await;
    (api, owner)
}

async fn audit(api: &Api, owner: &str, query: &str) -> Answer {
    api.call_as(owner, Method::GET, &format!("/api/audit{query}"), Value::Null).await
}

#[tokio::test]
async fn s23_sign_ins_and_refusals_are_written_down() {
    let (api, owner) = with_audit_events().await;
    let list = audit(&api, &owner, "").await;
    assert_eq!(list.each("action"), ["refused", "signed_in", "sign_in_failed", "tenant_created"]);
    assert_eq!(list.each("target")[0], "GET /api/audit");
    let agent = api.user.id.to_string();
    assert_eq!(list.each("by"), [agent.as_str(), agent.as_str(), "nobody", agent.as_str()]);
}

#[tokio::test]
async fn s23_the_audit_comes_in_pages_and_by_what_is_wanted() {
    let (api, owner) = with_audit_events().await;
    let first = audit(&api, &owner, "?limit=2").await;
    let next = first.body["nextCursor"].as_str().unwrap();
    let second = audit(&api, &owner, &format!("?limit=2&cursor={next}")).await;
    assert_eq!(second.each("action"), ["sign_in_failed", "tenant_created"]);
    assert_eq!(second.body["nextCursor"], Value::Null);
    let other = audit(&api, &owner, &format!("?action=signed_in&cursor={next}")).await;
    assert_eq!(other.body["field"], "cursor", "a cursor belongs to its filter");
    assert_eq!(audit(&api, &owner, "?action=signed_in").await.each("action"), ["signed_in"]);
    assert_eq!(audit(&api, &owner, "?by=nobody").await.each("action"), ["sign_in_failed"]);
    let late = api.now();
    assert_eq!(audit(&api, &owner, &format!("?from={late}")).await.each("action"), ["refused"]);
    assert_eq!(audit(&api, &owner, &format!("?to={late}")).await.each("action").len(), 4);
    for wrong in ["action=flew", "by=me", "from=yesterday", "limit=0"] {
        assert_eq!(audit(&api, &owner, &format!("?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn s16_s23_the_audit_is_taken_out_as_a_table_and_that_is_written_down() {
    let (api, owner) = with_audit_events().await;
    api.pass(1);
    let table = api.call_as(&owner, Method::GET, "/api/audit.csv", Value::Null).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let text = table.body.as_str().unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "id,at,by,action,target,detail,times,link");
    assert!(lines[1].contains("\"exported\"") && lines.len() == 6, "{text}");
}

#[tokio::test]
async fn s23_what_one_caller_is_refused_by_the_thousand_is_one_entry_a_minute_with_its_number() {
    let (api, owner) = with_audit_events().await;
    let before = audit(&api, &owner, "?action=refused").await.each("action").len();
    api.pass(60);
    for _ in 0..30 {
        assert_eq!(api.get("/api/audit").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(api.get("/api/keys").await.status, StatusCode::FORBIDDEN);
    api.pass(60);
    api.end_tallies().await;
    let list = audit(&api, &owner, "?action=refused").await;
    assert_eq!(list.each("action").len(), before + 2, "one for each route");
    let of_audit =
        list.body["items"].as_array().unwrap().iter().find(|entry| entry["target"] == "GET /api/audit").unwrap();
    assert_eq!(of_audit["times"], 30);
}

#[tokio::test]
async fn s23_who_is_refused_too_often_is_counted_before_anything_is_written() {
    let (api, _) = with_audit_events().await;
    let mut limited = false;
    for _ in 0..300 {
        limited |= api.get("/api/audit").await.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(limited, "refusals are counted like writes");
}

#[tokio::test]
async fn s23_a_page_reads_so_much_and_no_more_and_says_where_it_goes_on() {
    let (api, owner) = with_audit_events().await;
    for number in 0..1200_u32 {
        let entry = api.entry(Action::Exported, &number.to_string());
        api.store.tenant(api.tenant).append(&entry).await.unwrap();
    }
    let first = audit(&api, &owner, "?action=tenant_created").await;
    assert_eq!(first.each("action").len(), 0, "what is wanted lies further back than one page reads");
    let next = first.body["nextCursor"].as_str().unwrap();
    let second = audit(&api, &owner, &format!("?action=tenant_created&cursor={next}")).await;
    assert_eq!((second.each("action").len(), &second.body["nextCursor"]), (1, &Value::Null));
}

#[tokio::test]
async fn s23_a_stage_that_is_moved_is_an_entry() {
    let (api, owner) = with_audit_events().await;
    let lead = api.customer("919876543210", "hello").await;
    api.pass(1);
    let path = format!("/api/leads/{}", lead.id);
    let moved = api.call(Method::PATCH, &path, &[], r#"{"stage": "Won"}"#).await;
    assert_eq!(moved.status, StatusCode::OK);
    let list = audit(&api, &owner, "?action=stage_moved").await;
    assert_eq!((list.each("target"), list.each("detail")), (vec![lead.id.to_string()], vec!["to Won".to_owned()]));
}

#[tokio::test]
async fn s23_an_entry_that_stands_is_never_written_over() {
    let (api, _) = with_audit_events().await;
    let entry = api.entry(Action::Exported, "audit");
    api.store.tenant(api.tenant).append(&entry).await.unwrap();
    let mut other: Entry = entry.clone();
    other.audit_event.action = Action::SignedIn;
    assert!(api.store.tenant(api.tenant).append(&other).await.is_err());
    assert_eq!(api.store.tenant(api.tenant).unchained(&[entry.id]).await.unwrap(), [entry]);
}
