//! A second factor: set up, asked for, replaced by recovery codes, taken away, and required by a business.

use crate::support::{Answer, Api};
use api::access::password_hashes;
use axum::http::{Method, StatusCode};
use domain::Secret;
use domain::access::second_factor::TotpSecret;
use domain::access::users::Role;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";

/// An agent who has this password.
async fn with_password() -> Api {
    Api::with_password(&password_hashes::hash(&Secret::new(PASSWORD), 1).unwrap()).await
}

async fn post(api: &Api, path: &str, body: Value) -> Answer {
    api.call_as(&api.fresh(), Method::POST, path, body).await
}

/// Sets a second factor up, and gives its secret and recovery codes.
async fn set_up(api: &Api) -> (TotpSecret, Vec<String>) {
    let offer = post(api, "/api/auth/second-factor", json!({ "password": PASSWORD })).await;
    assert_eq!(offer.status, StatusCode::CREATED, "{}", offer.body);
    let text = offer.body["secret"].as_str().unwrap();
    assert!(offer.body["uri"].as_str().unwrap().starts_with("otpauth://totp/Leadwire:agent%40example.com?secret="));
    assert!(!api.everything().await.contains(text), "the table does not hold the secret as it is");
    let secret = TotpSecret::parse(&Secret::new(text)).unwrap();
    let answer = post(api, "/api/auth/second-factor/confirm", json!({ "code": code(api, &secret) })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let codes: Vec<String> = serde_json::from_value(answer.body["recoveryCodes"].clone()).unwrap();
    let everything = api.everything().await;
    assert!(codes.iter().all(|code| !everything.contains(code.as_str())), "nor a recovery code");
    (secret, codes)
}

/// The code that the app shows now.
fn code(api: &Api, secret: &TotpSecret) -> String {
    secret.code_at(api.now()).expose().to_owned()
}

async fn login(api: &Api, code: Option<&str>) -> Answer {
    let mut body = json!({ "email": "agent@example.com", "password": PASSWORD });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    api.call_as_nobody("/api/auth/login", body).await
}

fn kind(answer: &Answer) -> (StatusCode, &str) {
    (answer.status, answer.body["type"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn s9_once_confirmed_a_sign_in_needs_a_code_and_each_code_holds_once() {
    let api = with_password().await;
    let offered = post(&api, "/api/auth/second-factor", json!({ "password": PASSWORD })).await;
    assert_eq!(
        login(&api, None).await.status,
        StatusCode::OK,
        "what was only offered is not asked for: {}",
        offered.body
    );
    let (secret, _) = set_up(&api).await;
    assert_eq!(api.get("/api/auth/me").await.body["secondFactor"], true);
    assert_eq!(kind(&login(&api, None).await), (StatusCode::UNAUTHORIZED, "/problems/code-needed"));
    let used = code(&api, &secret);
    assert_eq!(kind(&login(&api, Some(&used)).await), (StatusCode::UNAUTHORIZED, "/problems/wrong-code"));
    api.pass(30);
    let next = code(&api, &secret);
    let (one, other) = tokio::join!(login(&api, Some(&next)), login(&api, Some(&next)));
    let mut both = [one.status, other.status];
    both.sort();
    assert_eq!(both, [StatusCode::OK, StatusCode::UNAUTHORIZED], "two at once: one of them");
    api.pass(30);
    assert_eq!(kind(&login(&api, Some("abc")).await), (StatusCode::UNPROCESSABLE_ENTITY, "/problems/invalid-input"));
}

#[tokio::test]
async fn s9_a_wrong_password_is_told_as_ever_whether_a_code_comes_with_it_or_not() {
    let api = with_password().await;
    let (secret, _) = set_up(&api).await;
    api.pass(30);
    for code in [None, Some(code(&api, &secret))] {
        let body = json!({ "email": "agent@example.com", "password": "wrong horse", "code": code });
        let answer = api.call_as_nobody("/api/auth/login", body).await;
        assert_eq!(kind(&answer), (StatusCode::UNAUTHORIZED, "/problems/wrong-credentials"));
    }
    assert_eq!(login(&api, Some(&code(&api, &secret))).await.status, StatusCode::OK, "the code was not used up");
}

#[tokio::test]
async fn s9_codes_cannot_be_tried_without_end() {
    let api = with_password().await;
    set_up(&api).await;
    let mut statuses = Vec::new();
    for guess in 0..12 {
        api.pass(20);
        statuses.push(login(&api, Some(&format!("{guess:06}"))).await.status);
    }
    let wrong = statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count();
    assert_eq!((wrong, statuses[11]), (9, StatusCode::TOO_MANY_REQUESTS), "ten at once, of which setting up was one");
}

#[tokio::test]
async fn s9_a_recovery_code_signs_in_once_and_new_ones_end_the_old() {
    let api = with_password().await;
    let (secret, codes) = set_up(&api).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(login(&api, Some(&codes[0].to_uppercase())).await.status, StatusCode::OK);
    assert_eq!(kind(&login(&api, Some(&codes[0])).await), (StatusCode::UNAUTHORIZED, "/problems/wrong-code"));
    api.pass(30);
    let path = "/api/auth/second-factor/recovery-codes";
    assert_eq!(post(&api, path, json!({ "code": "000000" })).await.status, StatusCode::UNAUTHORIZED);
    let fresh = post(&api, path, json!({ "code": code(&api, &secret) })).await;
    let fresh: Vec<String> = serde_json::from_value(fresh.body["recoveryCodes"].clone()).unwrap();
    assert_eq!(login(&api, Some(&codes[1])).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(login(&api, Some(&fresh[0])).await.status, StatusCode::OK);
}

#[tokio::test]
async fn s9_a_recovery_code_signs_in_although_others_have_used_up_the_codes_of_the_app() {
    let api = with_password().await;
    let (secret, codes) = set_up(&api).await;
    let known = login(&api, Some(&codes[1])).await.body["deviceToken"].clone();
    for guess in 0..10 {
        api.pass(20);
        login(&api, Some(&format!("{guess:06}"))).await;
    }
    api.pass(20);
    assert_eq!(login(&api, Some(&code(&api, &secret))).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(login(&api, Some(&codes[0])).await.status, StatusCode::OK, "it is not counted");
    let body = json!({ "email": "agent@example.com", "password": PASSWORD, "code": code(&api, &secret),
        "deviceToken": known });
    let answer = api.call_as_nobody("/api/auth/login", body).await;
    assert_eq!(answer.status, StatusCode::OK, "nor the codes of a known device with them: {}", answer.body);
}

#[tokio::test]
async fn s8_a_new_password_by_a_link_does_not_get_around_the_second_factor() {
    let api = with_password().await;
    let (secret, _) = set_up(&api).await;
    let another = "tangerine raft umbrella";
    let token = api.reset_link(1).await;
    let answer =
        api.call_as_nobody("/api/auth/reset-password", json!({ "token": token.expose(), "password": another }));
    assert_eq!(answer.await.status, StatusCode::NO_CONTENT);
    let mut body = json!({ "email": "agent@example.com", "password": another });
    assert_eq!(api.call_as_nobody("/api/auth/login", body.clone()).await.status, StatusCode::UNAUTHORIZED);
    api.pass(30);
    body["code"] = json!(code(&api, &secret));
    assert_eq!(api.call_as_nobody("/api/auth/login", body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn it_is_set_up_by_the_password_and_removed_by_a_code() {
    let api = with_password().await;
    let wrong = post(&api, "/api/auth/second-factor", json!({ "password": "wrong horse" })).await;
    assert_eq!((wrong.status, &wrong.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
    let early = post(&api, "/api/auth/second-factor/confirm", json!({ "code": "123456" })).await;
    assert_eq!(kind(&early), (StatusCode::UNAUTHORIZED, "/problems/wrong-code"), "there is nothing to confirm");
    let (secret, _) = set_up(&api).await;
    let again = post(&api, "/api/auth/second-factor", json!({ "password": PASSWORD })).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    api.pass(30);
    let path = "/api/auth/second-factor/remove";
    assert_eq!(post(&api, path, json!({ "code": "000000" })).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&api, path, json!({ "code": code(&api, &secret) })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(login(&api, None).await.status, StatusCode::OK);
    set_up(&api).await;
}

#[tokio::test]
async fn what_was_only_offered_can_neither_be_removed_nor_give_recovery_codes() {
    let api = with_password().await;
    let offer = post(&api, "/api/auth/second-factor", json!({ "password": PASSWORD })).await;
    let secret = TotpSecret::parse(&Secret::new(offer.body["secret"].as_str().unwrap())).unwrap();
    let before = api.items().await;
    for path in ["/api/auth/second-factor/remove", "/api/auth/second-factor/recovery-codes"] {
        let answer = post(&api, path, json!({ "code": code(&api, &secret) })).await;
        assert_eq!(kind(&answer), (StatusCode::UNAUTHORIZED, "/problems/wrong-code"), "{path}");
        api.pass(30);
    }
    assert_eq!(api.items().await, before, "and nothing stands in the audit");
}

#[tokio::test]
async fn whoever_manages_people_takes_a_lost_second_factor_away_and_an_admin_no_owners() {
    let api = with_password().await;
    set_up(&api).await;
    let admin = api.token_of(Role::Admin).await;
    let path = format!("/api/users/{}/second-factor", api.user.id);
    let agent = api.call_as(&api.fresh(), Method::DELETE, &path, Value::Null).await;
    assert_eq!(agent.status, StatusCode::FORBIDDEN);
    assert_eq!(api.call_as(&admin, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.call_as(&admin, Method::DELETE, &path, Value::Null).await.status, StatusCode::NOT_FOUND);
    assert_eq!(login(&api, None).await.status, StatusCode::OK);
    let owner = api.token_of(Role::Owner).await;
    let me = api.call_as(&owner, Method::GET, "/api/auth/me", Value::Null).await;
    let path = format!("/api/users/{}/second-factor", me.body["id"].as_str().unwrap());
    assert_eq!(api.call_as(&admin, Method::DELETE, &path, Value::Null).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn s9_a_business_that_requires_it_lets_nobody_further_than_their_account_without_it() {
    let api = with_password().await;
    let owner = api.token_of(Role::Owner).await;
    let set =
        |of: &'static str| api.call_as(&owner, Method::PATCH, "/api/settings", json!({ "secondFactorRequiredOf": of }));
    assert_eq!(set("some").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set("everybody").await.body["secondFactorRequiredOf"], "everybody");
    assert_eq!(kind(&api.get("/api/leads").await), (StatusCode::FORBIDDEN, "/problems/second-factor-needed"));
    assert_eq!(api.get("/api/auth/me").await.status, StatusCode::OK);
    let (secret, _) = set_up(&api).await;
    assert_eq!(api.get("/api/leads").await.status, StatusCode::OK);
    let owners = api.call_as(&owner, Method::GET, "/api/settings", Value::Null).await;
    assert_eq!(kind(&owners), (StatusCode::FORBIDDEN, "/problems/second-factor-needed"), "nor the owner");
    api.pass(30);
    let removed = post(&api, "/api/auth/second-factor/remove", json!({ "code": code(&api, &secret) })).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/api/leads").await.status, StatusCode::FORBIDDEN);
}
