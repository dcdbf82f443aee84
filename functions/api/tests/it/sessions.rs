//! Staying signed in, and being signed out.

use crate::support::{Answer, Api, person};
use axum::http::{Method, StatusCode};
use domain::access::audit::Action;
use domain::access::sessions::{GRACE, IDLE, LONGEST};
use domain::access::users::Role;
use domain::ids::SessionId;
use domain::{Actor, Timestamp};
use serde_json::{Value, json};

const REFRESH: &str = "/api/auth/refresh";

async fn refresh(api: &Api, token: &str) -> Answer {
    api.call_as_nobody(REFRESH, json!({ "refreshToken": token })).await
}

fn tokens(answer: &Answer) -> (String, String) {
    let token = |name: &str| answer.body[name].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned();
    (token("accessToken"), token("refreshToken"))
}

async fn opens(api: &Api, token: &str) -> bool {
    api.call_as(token, Method::GET, "/api/auth/me", Value::Null).await.status == StatusCode::OK
}

/// The agent's next refresh token after signing in.
async fn signed_in(api: &Api) -> (String, String) {
    let granted = api.signed_in(&api.user).await;
    (granted.access_token, granted.refresh_token.expose().to_owned())
}

#[tokio::test]
async fn s6_a_refresh_token_is_exchanged_for_the_next_and_only_its_digest_is_kept() {
    let api = Api::new().await;
    let (_, first) = signed_in(&api).await;
    api.pass(3600);
    for path in [REFRESH, "/api/auth/refresh-token"] {
        let (_, first) = signed_in(&api).await;
        let (access, next) = tokens(&api.call_as_nobody(path, json!({ "refreshToken": first })).await);
        assert!(opens(&api, &access).await && next != first);
        let kept = api.everything().await;
        assert!(!kept.contains(&first) && !kept.contains(&next));
    }
    let (access, _) = tokens(&refresh(&api, &first).await);
    assert!(opens(&api, &access).await);
}

#[tokio::test]
async fn s6_an_answer_that_was_lost_is_given_again_for_ten_seconds() {
    let api = Api::new().await;
    let (_, first) = signed_in(&api).await;
    let next = tokens(&refresh(&api, &first).await).1;
    api.pass(GRACE.as_secs());
    let again = tokens(&refresh(&api, &first).await);
    assert_eq!(again.1, next);
    assert!(opens(&api, &again.0).await);
    assert_eq!(refresh(&api, &next).await.status, StatusCode::OK, "and the one that both got goes on");
}

#[tokio::test]
async fn s6_of_two_who_renew_at_once_both_get_the_same() {
    let api = Api::new().await;
    let (_, first) = signed_in(&api).await;
    let (one, two) = tokio::join!(refresh(&api, &first), refresh(&api, &first));
    assert_eq!(tokens(&one).1, tokens(&two).1);
}

#[tokio::test]
async fn s6_a_token_that_is_used_again_ends_the_session_for_the_thief_and_for_the_owner() {
    let api = Api::new().await;
    let (_, first) = signed_in(&api).await;
    let (access, next) = tokens(&refresh(&api, &first).await);
    api.pass(GRACE.as_secs() + 1);
    let stolen = refresh(&api, &first).await;
    assert_eq!((stolen.status, &stolen.body["type"]), (StatusCode::UNAUTHORIZED, &json!("/problems/signed-out")));
    assert_eq!(refresh(&api, &next).await.status, StatusCode::UNAUTHORIZED);
    assert!(!opens(&api, &access).await, "nor does the access token open anything");
    let audit_event = api.last_audit_event().await;
    assert_eq!((audit_event.action, audit_event.by), (Action::TokenReused, Actor::User(api.user.id)));
    assert!(opens(&api, &api.token).await, "another session goes on");
}

#[tokio::test]
async fn s6_a_token_that_we_did_not_write_ends_nothing() {
    let api = Api::new().await;
    let (access, first) = signed_in(&api).await;
    let last = first.chars().last().unwrap();
    let changed = format!("{}{}", &first[..first.len() - 1], if last == 'A' { 'B' } else { 'A' });
    for forged in [changed.as_str(), "", "x", access.as_str()] {
        assert_eq!(refresh(&api, forged).await.status, StatusCode::UNAUTHORIZED, "{forged}");
    }
    assert_eq!(refresh(&api, &first).await.status, StatusCode::OK);
    let missing = api.call_as_nobody(REFRESH, json!({})).await;
    assert_eq!((missing.status, &missing.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("refreshToken")));
}

#[tokio::test]
async fn s6_a_session_ends_after_a_week_without_use_and_after_thirty_days_in_any_case() {
    let api = Api::new().await;
    let (_, unused) = signed_in(&api).await;
    let (_, mut used) = signed_in(&api).await;
    let begun = api.now();
    while api.now().since(begun) + IDLE / 2 < LONGEST {
        api.pass(IDLE.as_secs() / 2);
        used = tokens(&refresh(&api, &used).await).1;
    }
    assert_eq!(refresh(&api, &unused).await.status, StatusCode::UNAUTHORIZED);
    api.pass(LONGEST.as_secs() - api.now().since(begun).as_secs());
    assert_eq!(refresh(&api, &used).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn s7_logging_out_ends_the_session_at_once() {
    let api = Api::new().await;
    let ((by_body, token), (by_bearer, _)) = (signed_in(&api).await, signed_in(&api).await);
    let answer = api.call_as_nobody("/api/auth/logout", json!({ "refreshToken": token })).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert!(!opens(&api, &by_body).await && opens(&api, &by_bearer).await);
    assert_eq!(refresh(&api, &token).await.status, StatusCode::UNAUTHORIZED);
    let answer = api.call_as(&by_bearer, Method::POST, "/api/auth/logout", Value::Null).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(!opens(&api, &by_bearer).await);
    assert_eq!(api.last_audit_event().await.action, Action::SignedOut);
    assert_eq!(api.call_as_nobody("/api/auth/logout", json!({})).await.status, StatusCode::NO_CONTENT, "once more");
}

#[tokio::test]
async fn s7_another_role_or_being_shut_out_ends_every_session_at_once() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let path = format!("/api/users/{}", api.user.id);
    for change in [json!({ "role": "viewer" }), json!({ "active": false })] {
        let user = api.store.tenant(api.tenant).user(api.user.id).await.unwrap().unwrap();
        let granted = api.signed_in(&user).await;
        assert!(opens(&api, &granted.access_token).await);
        let changed = api.call_as(&owner, Method::PATCH, &path, change.clone()).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
        assert!(!opens(&api, &granted.access_token).await, "{change}");
        let renewed = refresh(&api, granted.refresh_token.expose()).await;
        assert_eq!(renewed.status, StatusCode::UNAUTHORIZED, "{change}");
    }
}

#[tokio::test]
async fn s10_a_browser_keeps_its_token_where_no_script_and_no_other_site_gets_it() {
    let api = Api::new().await;
    let (_, first) = signed_in(&api).await;
    let cookie = format!("theme=dark; __Host-refreshToken={first}");
    let from = |site: &'static str| vec![("sec-fetch-site", site), ("cookie", cookie.as_str())];
    let foreign = api.call_as_it_is(Method::POST, REFRESH, &from("cross-site"), "").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let neighbour = [("origin", "https://other.example"), ("cookie", cookie.as_str())];
    assert_eq!(api.call_as_it_is(Method::POST, REFRESH, &neighbour, "").await.status, StatusCode::FORBIDDEN);
    let answer = api.call_as_it_is(Method::POST, REFRESH, &from("same-origin"), "").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.get("refreshToken").is_none(), "no script sees it");
    let set = answer.headers["set-cookie"].to_str().unwrap();
    let (pair, attributes) = set.split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-refreshToken=") && !pair.ends_with(&first));
    assert_eq!(attributes, "HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=604800");
    let form = [("content-type", "text/plain"), ("cookie", cookie.as_str())];
    let answer = api.call_as_it_is(Method::POST, REFRESH, &form, "").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "no form of another page sends JSON");
}

#[tokio::test]
async fn one_sees_where_one_has_signed_in_and_ends_it() {
    let api = Api::new().await;
    let headers = [("user-agent", "Firefox on a ship"), ("authorization", "")];
    let hash = api::access::password_hashes::hash(&domain::Secret::new("tangerine raft umbrella"), 1).unwrap();
    let owner = person(api.tenant, Role::Owner);
    assert!(api.store.create_user(&owner, &hash).await.unwrap());
    let body = json!({ "email": "owner@example.com", "password": "tangerine raft umbrella" }).to_string();
    let ship = api.call_as_it_is(Method::POST, "/api/auth/login", &headers, &body).await;
    let desk = api.call_as_nobody("/api/auth/login", serde_json::from_str(&body).unwrap()).await;
    let ship = tokens(&ship).0;
    let desk = tokens(&desk).0;
    let list = api.call_as(&desk, Method::GET, "/api/auth/sessions", Value::Null).await;
    assert_eq!(list.each("device"), ["unknown", "Firefox on a ship"]);
    let current: Vec<_> = list.body["items"].as_array().unwrap().iter().map(|item| item["current"] == true).collect();
    assert_eq!(current, [true, false]);
    let path = format!("/api/auth/sessions/{}", list.each("id")[1]);
    assert_eq!(api.call_as(&api.token, Method::DELETE, &path, Value::Null).await.status, StatusCode::NOT_FOUND);
    assert!(opens(&api, &ship).await, "nobody ends the session of somebody else");
    assert_eq!(api.call_as(&desk, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert!(!opens(&api, &ship).await && opens(&api, &desk).await);
    let unknown = format!("/api/auth/sessions/{}", SessionId::from_parts(Timestamp::default(), 1));
    assert_eq!(api.call_as(&desk, Method::DELETE, &unknown, Value::Null).await.status, StatusCode::NOT_FOUND);
}
