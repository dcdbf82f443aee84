//! Signing up and in, and choosing a new password.

use crate::support::{Answer, Api};
use api::access::password_hashes;
use axum::http::{Method, StatusCode};
use domain::access::audit::Action;
use domain::access::links::{RESET_LIFETIME, ResetLink};
use domain::access::users::{EmailAddress, Role};
use domain::ids::ResetId;
use domain::{Secret, Text};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";
const ANOTHER: &str = "tangerine raft umbrella";

async fn with_password() -> Api {
    Api::with_password(&password_hashes::hash(&Secret::new(PASSWORD), 1).unwrap()).await
}

fn signup(email: &str) -> Value {
    json!({ "fullName": "Maria Silva", "email": email, "password": ANOTHER, "agreeToTerms": true })
}

async fn login(api: &Api, email: &str, password: &str) -> Answer {
    api.call_as_nobody("/api/auth/login", json!({ "email": email, "password": password })).await
}

/// The answer without what differs between any two requests.
fn comparable(mut answer: Answer) -> (StatusCode, Value) {
    answer.body.as_object_mut().map(|body| body.remove("requestId"));
    (answer.status, answer.body)
}

#[tokio::test]
async fn whoever_signs_up_owns_a_business_and_is_signed_in() {
    let api = Api::new().await;
    for (path, email) in [("/api/auth/signup", "maria@example.com"), ("/api/auth/register", "rosa@example.com")] {
        let answer = api.call_as_nobody(path, signup(email)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        assert_eq!((&answer.body["user"]["role"], &answer.body["user"]["email"]), (&json!("owner"), &json!(email)));
        let token = answer.body["accessToken"].as_str().unwrap();
        let settings = api.call_as(token, Method::GET, "/api/settings", Value::Null).await;
        assert_eq!(settings.body["companyName"], "Maria Silva");
        assert_eq!(api.call_as(token, Method::GET, "/api/leads", Value::Null).await.body["items"], json!([]));
        assert_eq!(login(&api, email, ANOTHER).await.status, StatusCode::OK);
    }
    let named = json!({ "companyName": " Silva & Co " });
    let mut body = signup("company@example.com");
    body.as_object_mut().unwrap().extend(named.as_object().unwrap().clone());
    let answer = api.call_as_nobody("/api/auth/signup", body).await;
    let token = answer.body["accessToken"].as_str().unwrap();
    let settings = api.call_as(token, Method::GET, "/api/settings", Value::Null).await;
    assert_eq!(settings.body["companyName"], "Silva & Co");
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_signup_is_named_at_once_and_nothing_is_made() {
    let api = Api::new().await;
    let before = api.items().await;
    let body = json!({ "fullName": " ", "email": "maria", "password": "password", "agreeToTerms": false });
    let answer = api.call_as_nobody("/api/auth/signup", body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<_> = answer.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["email", "fullName", "password", "agreeToTerms"]);
    assert!(!answer.body.to_string().contains("\"password\":\"password\""));
    assert_eq!(api.items().await, before);
}

#[tokio::test]
async fn a_taken_address_is_told_with_what_to_do_and_nothing_is_made() {
    let api = Api::new().await;
    let before = api.items().await;
    let answer = api.call_as_nobody("/api/auth/signup", signup("AGENT@example.com")).await;
    assert_eq!((answer.status, &answer.body["type"]), (StatusCode::CONFLICT, &json!("/problems/address-taken")));
    assert_eq!((api.items().await, api.deps.passwords.computed()), (before, 1), "and the password was hashed");
}

#[tokio::test]
async fn s3_known_and_unknown_addresses_get_the_same_answers_after_the_same_work() {
    let api = with_password().await;
    let mut seen = Vec::new();
    for email in ["agent@example.com", "nobody@example.com"] {
        let hashes = api.deps.passwords.computed();
        let items = api.items().await;
        let signed = comparable(login(&api, email, "wrong horse").await);
        let forgot = comparable(api.call_as_nobody("/api/auth/forgot-password", json!({ "email": email })).await);
        seen.push((signed, forgot, api.deps.passwords.computed() - hashes, api.items().await - items));
    }
    assert_eq!(seen[0], seen[1]);
    let wish = 1;
    let email = 1;
    assert_eq!((seen[0].1.0, seen[0].2, seen[0].3), (StatusCode::ACCEPTED, 1, wish + email));
}

/// A password as two keyboards send it: letters with their accents as one character, and as two.
const TYPED: [&str; 2] = ["tr\u{e1}s-os-montes lim\u{e3}o", "tra\u{301}s-os-montes lima\u{303}o"];

#[tokio::test]
async fn a_password_is_the_same_from_every_keyboard() {
    for [chosen, typed] in [TYPED, [TYPED[1], TYPED[0]]] {
        let api = with_password().await;
        let mut body = signup("maria@example.com");
        body["password"] = json!(chosen);
        assert_eq!(api.call_as_nobody("/api/auth/signup", body).await.status, StatusCode::CREATED);
        let signed_in = login(&api, "maria@example.com", typed).await;
        assert_eq!(signed_in.status, StatusCode::OK, "chosen by signing up");
        let change = json!({ "currentPassword": typed, "newPassword": ANOTHER });
        let token = signed_in.body["accessToken"].as_str().unwrap();
        let changed = api.call_as(token, Method::POST, "/api/auth/change-password", change).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
        assert_eq!(reset(&api, &api.reset_link(1).await, chosen).await.status, StatusCode::NO_CONTENT);
        assert_eq!(login(&api, "agent@example.com", typed).await.status, StatusCode::OK, "chosen by a link");
    }
}

#[tokio::test]
async fn a_name_of_which_nobody_sees_anything_is_refused_and_named() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let user = format!("/api/users/{}", api.user.id);
    for blank in ["\u{200b}", "\u{3164}", "\u{2800}", "\u{202a}\u{202c}", " \u{feff} "] {
        let mut people = signup("maria@example.com");
        people["fullName"] = json!(blank);
        people["companyName"] = json!(blank);
        let answer = api.call_as_nobody("/api/auth/signup", people).await;
        let fields: Vec<_> = answer.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
        assert_eq!(fields, ["fullName", "companyName"], "{blank:?}");
        for (method, path, body, field) in [
            (Method::PATCH, "/api/auth/me", json!({ "name": blank }), "name"),
            (Method::PATCH, user.as_str(), json!({ "name": blank }), "name"),
            (Method::PATCH, "/api/settings", json!({ "companyName": blank }), "companyName"),
            (Method::POST, "/api/keys", json!({ "name": blank, "scopes": ["inbox:read"] }), "name"),
        ] {
            let answer = api.call_as(&owner, method, path, body).await;
            let told = (answer.status, &answer.body["field"]);
            assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{path} {blank:?} {}", answer.body);
        }
    }
}

#[tokio::test]
async fn s1_a_hash_of_less_work_is_made_anew_when_its_password_comes_by() {
    let old = argon2_with(8).await;
    let api = Api::with_password(&old).await;
    let email = EmailAddress::parse("agent@example.com").unwrap();
    assert_eq!(login(&api, "agent@example.com", PASSWORD).await.status, StatusCode::OK);
    let kept = api.store.login(&email).await.unwrap().unwrap().password;
    assert!(kept.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.expose());
    assert_eq!(login(&api, "agent@example.com", PASSWORD).await.status, StatusCode::OK);
}

/// The password's hash with one pass over so many KiB.
async fn argon2_with(memory: u32) -> Secret {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(memory, 1, 1, None).unwrap();
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    Secret::new(argon.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string())
}

async fn reset(api: &Api, token: &Secret, password: &str) -> Answer {
    api.call_as_nobody("/api/auth/reset-password", json!({ "token": token.expose(), "password": password })).await
}

#[tokio::test]
async fn s8_a_link_chooses_a_new_password_once_and_ends_every_session() {
    let api = with_password().await;
    let token = api.reset_link(1).await;
    assert!(!api.everything().await.contains(token.expose()), "the table does not hold the link");
    assert_eq!(api.get("/api/auth/me").await.status, StatusCode::OK);
    assert_eq!(reset(&api, &token, ANOTHER).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/api/auth/me").await.status, StatusCode::UNAUTHORIZED, "the old session has ended");
    assert_eq!(login(&api, "agent@example.com", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(login(&api, "agent@example.com", ANOTHER).await.status, StatusCode::OK);
    let again = reset(&api, &token, "umbrella raft tangerine").await;
    assert_eq!((again.status, &again.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("token")));
    assert_eq!(login(&api, "agent@example.com", ANOTHER).await.status, StatusCode::OK);
}

#[tokio::test]
async fn s8_a_link_that_is_old_forged_or_for_a_weak_password_chooses_nothing() {
    let api = with_password().await;
    let token = api.reset_link(1).await;
    assert_eq!(reset(&api, &token, "password").await.body["field"], "password");
    let forged = Secret::new(token.expose().replace(|email: char| email.is_ascii_digit(), "A"));
    assert_eq!(reset(&api, &forged, ANOTHER).await.body["field"], "token");
    let unknown = ResetLink { tenant: api.tenant, user: api.user.id, id: ResetId::from_parts(api.now(), 9) };
    assert_eq!(reset(&api, &unknown.token(&api.deps.token_key), ANOTHER).await.body["field"], "token");
    api.pass(RESET_LIFETIME.as_secs());
    assert_eq!(reset(&api, &token, ANOTHER).await.body["field"], "token");
    assert_eq!(login(&api, "agent@example.com", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_chooses_the_password() {
    let api = with_password().await;
    let token = api.reset_link(1).await;
    let (one, two) = tokio::join!(reset(&api, &token, ANOTHER), reset(&api, &token, "umbrella raft tangerine"));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::NO_CONTENT, StatusCode::UNPROCESSABLE_ENTITY]);
}

#[tokio::test]
async fn s7_a_changed_password_ends_every_session_but_the_one_that_comes_of_it() {
    let api = with_password().await;
    let other = api.signed_in(&api.user).await.access_token;
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let wrong = api.post("/api/auth/change-password", change("wrong", ANOTHER)).await;
    assert_eq!((wrong.status, &wrong.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("currentPassword")));
    let weak = api.post("/api/auth/change-password", change(PASSWORD, "12345678")).await;
    assert_eq!((weak.status, &weak.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("newPassword")));
    let changed = api.post("/api/auth/change-password", change(PASSWORD, ANOTHER)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(api.last_audit_event().await.action, Action::PasswordChanged);
    for ended in [&api.token, &other] {
        assert_eq!(api.call_as(ended, Method::GET, "/api/auth/me", Value::Null).await.status, StatusCode::UNAUTHORIZED);
    }
    let token = changed.body["accessToken"].as_str().unwrap();
    assert_eq!(api.call_as(token, Method::GET, "/api/auth/me", Value::Null).await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_renames_oneself_and_nothing_else() {
    let api = Api::new().await;
    let answer = api.call(Method::PATCH, "/api/auth/me", &[], r#"{"name":" Ana Lima "}"#).await;
    assert_eq!((answer.status, &answer.body["name"]), (StatusCode::OK, &json!("Ana Lima")));
    assert_eq!(api.store.tenant(api.tenant).user(api.user.id).await.unwrap().unwrap().name, Text::new("Ana Lima"));
    for body in [r#"{"role":"owner","name":"Ana"}"#, r#"{"name":""}"#, "{}"] {
        let answer = api.call(Method::PATCH, "/api/auth/me", &[], body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    assert_eq!(api.store.tenant(api.tenant).user(api.user.id).await.unwrap().unwrap().role, Role::Agent);
}
