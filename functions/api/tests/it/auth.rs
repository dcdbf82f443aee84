//! Signing in, and being kept out.

use crate::support::{Api, NOW, SEED, person};
use api::passwords;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::users::Role;
use domain::{Secret, TenantId};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::json;
use std::time::Duration;

async fn with_password(password: &str) -> Api {
    let api = Api::new().await;
    let hash = passwords::hash(&Secret::new(password), 1).unwrap();
    assert!(api.store.create_user(&api.user, &hash).await.unwrap());
    api
}

#[tokio::test]
async fn the_right_password_gives_a_token_that_opens_the_account() {
    let api = with_password("correct horse battery staple").await;
    let body = json!({ "email": " Agent@Example.com ", "password": "correct horse battery staple" });
    let answer = api.call_as_it_is(Method::POST, "/api/auth/login", &[], &body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!((&answer.body["tokenType"], &answer.body["expiresIn"]), (&json!("Bearer"), &json!(900)));
    assert_eq!(answer.body["user"]["email"], "agent@example.com");
    let token = format!("bearer {}", answer.body["accessToken"].as_str().unwrap());
    let me = api.call(Method::GET, "/api/auth/me", &[("authorization", &token)], "").await;
    assert_eq!(me.body, answer.body["user"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let api = with_password("correct horse battery staple").await;
    let wrong = json!({ "email": "agent@example.com", "password": "correct horse battery stable" });
    let unknown = json!({ "email": "nobody@example.com", "password": "correct horse battery staple" });
    let (mut wrong, mut unknown) =
        (api.post("/api/auth/login", wrong).await, api.post("/api/auth/login", unknown).await);
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong.headers.get("www-authenticate").unwrap(), "Bearer");
    for answer in [&mut wrong, &mut unknown] {
        assert!(answer.body["requestId"].take().is_string());
    }
    assert_eq!(wrong.body, unknown.body);
}

#[tokio::test]
async fn what_is_missing_or_wrong_at_the_door_is_named() {
    let api = Api::new().await;
    for (body, field) in [
        (json!({}), "email"),
        (json!({ "email": "ana@example.com" }), "password"),
        (json!({ "email": "ana", "password": "x" }), "email"),
        (json!({ "email": "ana@example.com", "password": 7 }), "password"),
        (json!({ "email": "ana@example.com", "password": "x", "tenant": "y" }), "tenant"),
    ] {
        let answer = api.post("/api/auth/login", body.clone()).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
}

/// Every route as `(method, path)`, as the router's own list has it.
fn routes() -> Vec<(Method, String)> {
    let source = include_str!("../../src/router.rs");
    let mut routes = Vec::new();
    for line in source.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")) {
        let (path, handlers) = line.split_once("\", ").unwrap();
        for (word, method) in
            [("get(", Method::GET), ("post(", Method::POST), ("patch(", Method::PATCH), ("put(", Method::PUT)]
        {
            if handlers.contains(word) {
                routes.push((method, path.to_owned()));
            }
        }
    }
    routes
}

const OPEN: [&str; 2] = ["/api/health", "/api/auth/login"];

/// Tokens that must open nothing, each with its flaw.
fn forgeries(api: &Api) -> Vec<(&'static str, String)> {
    let (header, payload) = api.token.rsplit_once('.').unwrap().0.split_once('.').unwrap();
    let header: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    let with_algorithm = |algorithm: &str| {
        let mut header = header.clone();
        header["alg"] = json!(algorithm);
        format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header.to_string()))
    };
    let public = Ed25519KeyPair::from_seed_unchecked(&SEED).unwrap().public_key().as_ref().to_vec();
    let by_public_key = with_algorithm("HS256");
    let hmac = crypto::sign(by_public_key.as_bytes(), &EncodingKey::from_secret(&public), Algorithm::HS256).unwrap();
    let other = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap().to_pkcs8v1().unwrap();
    let ours = with_algorithm("EdDSA");
    let signature = crypto::sign(ours.as_bytes(), &EncodingKey::from_ed_der(other.as_ref()), Algorithm::EdDSA).unwrap();
    let earlier = NOW.minus(Duration::from_secs(16 * 60));
    let stranger = api::Tokens::from_seed(&[9; 32]).unwrap();
    vec![
        ("expired", api.tokens.issue(&api.user, earlier).unwrap()),
        ("without algorithm", format!("{}.", with_algorithm("none"))),
        ("signed with the public key as a secret", format!("{by_public_key}.{hmac}")),
        ("signed with another key under our key's name", format!("{ours}.{signature}")),
        ("of another issuer's key", stranger.issue(&api.user, NOW).unwrap()),
        ("not a token", "x.y.z".to_owned()),
        ("empty", String::new()),
    ]
}

#[tokio::test]
async fn every_route_but_health_and_login_is_shut_to_whoever_has_no_token_of_ours() {
    let api = Api::new().await;
    let routes = routes();
    assert!(routes.len() > 20, "the list is read from the router");
    let headers: Vec<_> = forgeries(&api)
        .into_iter()
        .map(|(flaw, token)| (flaw, vec![("authorization", format!("Bearer {token}"))]))
        .collect();
    let spoofed = ("with a user id for a token", vec![("x-user-id", api.user.id.to_string())]);
    let none = ("without a token", Vec::new());
    let basic = ("with another scheme", vec![("authorization", format!("Basic {}", api.token))]);
    for (flaw, headers) in headers.iter().chain([&spoofed, &none, &basic]) {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (method, path) in routes.iter().filter(|(_, path)| !OPEN.contains(&path.as_str())) {
            let answer = api.call_as_it_is(method.clone(), path, &headers, "{}").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path} {flaw}");
            assert_eq!(answer.body["type"], "/problems/unauthenticated", "{method} {path} {flaw}");
        }
    }
}

#[tokio::test]
async fn a_viewer_may_look_but_not_act() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let token = format!("Bearer {}", api.token_of(Role::Viewer));
    let headers = [("authorization", token.as_str())];
    let (conversation, before) = (lead.conversations[0], api.items().await);
    let acts = [
        (Method::PATCH, format!("/api/leads/{}", lead.id), json!({ "stage": "Won" })),
        (Method::POST, format!("/api/conversations/{conversation}/read"), json!({})),
        (Method::POST, "/api/messages".to_owned(), json!({ "leadId": lead.id, "text": "hi" })),
        (Method::POST, "/api/whatsapp/send".to_owned(), json!({ "contactId": lead.id, "message": "hi" })),
    ];
    for (method, path, body) in acts {
        let answer = api.call(method, &path, &headers, &body.to_string()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let look = api.call(Method::GET, "/api/leads", &headers, "").await;
    assert_eq!((look.status, api.items().await), (StatusCode::OK, before));
}

#[tokio::test]
async fn another_tenants_ids_and_cursors_open_nothing() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    api.customer("919876543211", "hello").await;
    let cursor = api.get("/api/leads?limit=1").await.body["nextCursor"].as_str().unwrap().to_owned();
    let stranger = person(TenantId::from_parts(NOW, 99), Role::Owner);
    let token = format!("Bearer {}", api.tokens.issue(&stranger, NOW).unwrap());
    let headers = [("authorization", token.as_str())];
    let (id, conversation) = (lead.id, lead.conversations[0]);
    for path in [
        format!("/api/leads/{id}"),
        format!("/api/conversations/{conversation}"),
        format!("/api/conversations/{conversation}/messages"),
    ] {
        assert_eq!(api.call(Method::GET, &path, &headers, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let read = format!("/api/conversations/{conversation}/read");
    assert_eq!(api.call(Method::POST, &read, &headers, "").await.status, StatusCode::NOT_FOUND);
    let moved = api.call(Method::PATCH, &format!("/api/leads/{id}"), &headers, r#"{"stage":"Won"}"#).await;
    assert_eq!(moved.status, StatusCode::NOT_FOUND);
    for body in [json!({ "leadId": id, "text": "hi" }), json!({ "phoneNumber": "+919876543210", "message": "hi" })] {
        let answer = api.call(Method::POST, "/api/messages", &headers, &body.to_string()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{body}");
    }
    assert_eq!(api.call(Method::GET, "/api/leads", &headers, "").await.body["items"], json!([]));
    let answer = api.call(Method::GET, &format!("/api/leads?limit=1&cursor={cursor}"), &headers, "").await;
    assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!("cursor")));
}
