//! Signing in, and being kept out.

use crate::support::{Api, NOW, PASSWORD, SEED};
use api::access::password_hashes;
use api::{Access, Route};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Secret;
use domain::access::sessions::Session;
use domain::access::users::Role;
use domain::crm::leads::Lead;
use domain::ids::SessionId;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use std::time::Duration;

async fn with_password(password: &str) -> Api {
    Api::with_password(&password_hashes::hash(&Secret::new(password), 1).unwrap()).await
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
    let mut user = me.body.clone();
    let permissions = user.as_object_mut().unwrap().remove("permissions").unwrap();
    assert_eq!(permissions, json!(["inbox:read", "inbox:write", "notices:read", "users:read"]), "those of an agent");
    assert_eq!(user, answer.body["user"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let api = with_password("correct horse battery staple").await;
    let wrong = json!({ "email": "agent@example.com", "password": "correct horse battery stable" });
    let unknown = json!({ "email": "nobody@example.com", "password": "correct horse battery staple" });
    let mut wrong = api.post("/api/auth/login", wrong).await;
    let mut unknown = api.post("/api/auth/login", unknown).await;
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

/// Tokens that must open nothing, each with its flaw.
fn forgeries(api: &Api) -> Vec<(&'static str, String)> {
    let (header, payload) = api.token.rsplit_once('.').unwrap().0.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
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
    let session = Session::begun(SessionId::from_parts(NOW, 77), api.tenant, api.user.id, 0, "nothing");
    vec![
        ("expired", api.tokens.issue(&session, earlier).unwrap()),
        ("without algorithm", format!("{}.", with_algorithm("none"))),
        ("signed with the public key as a secret", format!("{by_public_key}.{hmac}")),
        ("signed with another key under our key's name", format!("{ours}.{signature}")),
        ("of another issuer's key", stranger.issue(&session, NOW).unwrap()),
        ("of a session that does not exist", api.tokens.issue(&session, NOW).unwrap()),
        ("not a token", "x.y.z".to_owned()),
        ("empty", String::new()),
    ]
}

#[tokio::test]
async fn s5_every_route_that_asks_who_calls_is_shut_to_whoever_has_no_token_of_ours() {
    let api = Api::new().await;
    let shut: Vec<_> = api::routes().into_iter().filter(|route| route.access != Access::Anyone).collect();
    let headers: Vec<_> = forgeries(&api)
        .into_iter()
        .map(|(flaw, token)| (flaw, vec![("authorization", format!("Bearer {token}"))]))
        .collect();
    let spoofed = ("with a user id for a token", vec![("x-user-id", api.user.id.to_string())]);
    let none = ("without a token", Vec::new());
    let basic = ("with another scheme", vec![("authorization", format!("Basic {}", api.token))]);
    for (flaw, headers) in headers.iter().chain([&spoofed, &none, &basic]) {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for Route { method, path, .. } in &shut {
            let answer = api.call_as_it_is(method.clone(), path, &headers, "{}").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path} {flaw}");
            assert_eq!(answer.body["type"], "/problems/unauthenticated", "{method} {path} {flaw}");
        }
    }
}

/// One line for each route: what it needs, and who has it.
fn rules() -> String {
    let roles = |access| Role::ALL.iter().filter(move |role| admits(access, **role)).map(|role| role.as_str());
    let line = |Route { method, path, access, .. }: Route| {
        format!(
            "{:<6} {path:<42} {:<14} {}\n",
            method.as_str(),
            access.to_string(),
            roles(access).collect::<Vec<_>>().join(" ")
        )
    };
    api::routes().into_iter().map(line).collect()
}

fn admits(access: Access, role: Role) -> bool {
    match access {
        Access::Anyone | Access::SignedIn => true,
        Access::Operator => false,
        Access::Needs(permission) => role.may(permission),
    }
}

#[test]
fn s13_each_route_has_a_rule_that_somebody_has_looked_at() {
    insta::assert_snapshot!(rules());
}

/// A path of the router's list with ids of `lead` in it.
fn filled(path: &str, lead: &Lead) -> String {
    let id = if path.contains("/conversations") { lead.conversations[0].to_string() } else { lead.id.to_string() };
    path.replace("{id}", &id)
}

#[tokio::test]
async fn s13_every_role_gets_what_the_table_grants_and_nothing_is_touched_by_whom_it_refuses() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let mut refused = 0;
    for role in Role::ALL.iter().copied() {
        for Route { method, path, access, .. } in api::routes() {
            // So many requests have to keep within the rates.
            api.pass(10);
            let body = if method == Method::GET { "" } else { "{}" };
            let token = format!("Bearer {}", api.token_of(role).await);
            let headers = [("authorization", token.as_str())];
            let before = api.items().await;
            let answer = api.call(method.clone(), &filled(path, &lead), &headers, body).await;
            let shut = !admits(access, role);
            assert_eq!(answer.status == StatusCode::FORBIDDEN, shut, "{method} {path} by {role}: {}", answer.body);
            if shut {
                refused += 1;
                assert_eq!(api.items().await, before, "{method} {path} by {role}");
            } else {
                assert!(!answer.status.is_server_error(), "{method} {path} by {role}: {}", answer.body);
            }
        }
    }
    assert!(refused >= 7, "a viewer may not act");
}

#[tokio::test]
async fn another_tenants_ids_and_cursors_open_nothing() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    api.customer("919876543211", "hello").await;
    let cursor = api.get("/api/leads?limit=1").await.body["nextCursor"].as_str().unwrap().to_owned();
    let token = format!("Bearer {}", api.stranger().await.1);
    let headers = [("authorization", token.as_str())];
    let id = lead.id;
    let conversation = lead.conversations[0];
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
    let body = json!({ "leadId": id, "text": "hi" }).to_string();
    assert_eq!(api.call(Method::POST, "/api/messages", &headers, &body).await.status, StatusCode::NOT_FOUND);
    for phone in ["+919876543210", "+12025550147"] {
        let body = json!({ "phoneNumber": phone, "message": "hi" }).to_string();
        let answer = api.call(Method::POST, "/api/messages", &headers, &body).await;
        assert_eq!(
            answer.body["type"], "/problems/no-connected-number",
            "{phone}: whether another tenant has it or not"
        );
    }
    assert_eq!(api.call(Method::GET, "/api/leads", &headers, "").await.body["items"], json!([]));
    let answer = api.call(Method::GET, &format!("/api/leads?limit=1&cursor={cursor}"), &headers, "").await;
    assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!("cursor")));
}

/// The query that a route demands.
fn query_of(path: &str, id: &str) -> String {
    match path {
        "/api/leads/{id}/merge-preview" => format!("?with={id}"),
        _ => String::new(),
    }
}

/// A body that the route would take.
fn body_of(path: &str, id: &str) -> Value {
    match path {
        "/api/leads/{id}" => json!({ "stage": "Won" }),
        "/api/leads/{id}/merge" => json!({ "with": id }),
        "/api/leads/{id}/not-duplicates" => json!({ "leadId": id }),
        "/api/leads/{id}/erase" => json!({ "confirm": id }),
        "/api/leads/{id}/notes" => json!({ "text": "Called twice" }),
        "/api/leads/{id}/activities" => json!({ "type": "call" }),
        "/api/leads/{id}/tasks" => json!({ "text": "Call back" }),
        "/api/leads/{id}/tasks/{taskId}" => json!({ "done": true }),
        "/api/leads/{id}/consent" => json!({ "marketing": false }),
        "/api/leads/{id}/deals" | "/api/deals/{id}" => json!({ "title": "Braces" }),
        "/api/lead-fields/{id}" | "/api/segments/{id}" | "/api/pipelines/{id}" => json!({ "name": "Another name" }),
        "/api/imports/{id}/check" => json!({ "columns": ["name"] }),
        "/api/users/{id}" => json!({ "name": "Eve" }),
        "/api/keys/{id}/take-over" => json!({ "password": PASSWORD }),
        "/api/conversations/{id}" => json!({ "status": "closed" }),
        "/api/conversations/{id}/messages/{messageId}" => json!({ "text": "Hello" }),
        "/api/conversations/{id}/messages/{messageId}/approve" => json!({}),
        "/api/budgets/{id}" => json!({ "amount": "1" }),
        "/api/conversations/{id}/assign" => json!({ "assignee": null }),
        "/api/channels/{id}/profile" => json!({ "about": "Dentists" }),
        "/api/channels/{id}/setup" => json!({ "starters": { "questions": ["What are your hours?"] } }),
        "/api/channels/{id}/links" | "/api/channels/{id}/links/{code}" => json!({ "message": "Hello" }),
        "/api/templates/{id}" | "/api/whatsapp/templates/{id}" => json!({ "isDefault": true }),
        "/api/sessions/{id}/messages" => json!({ "to": "919876543210", "message": "hello" }),
        "/api/quick-replies/{id}" => json!({ "text": "Hello" }),
        "/api/webhooks/{id}" => json!({ "active": false }),
        "/api/channels/{id}" => json!({ "accessToken": "EAAGm0PX4ZCpsBAKZC9w" }),
        _ => Value::Null,
    }
}

#[tokio::test]
async fn s12_every_route_that_names_something_is_a_404_for_another_tenant_and_touches_nothing() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let owner = api.token_of(Role::Owner).await;
    let post = async |path: &str, body: Value| api.call_as(&owner, Method::POST, path, body).await.body["id"].clone();
    let invitation = post("/api/users", json!({ "email": "bo@example.com", "role": "agent" })).await;
    let key = post("/api/keys", json!({ "name": "Website", "scopes": ["inbox:read"], "password": PASSWORD })).await;
    let file = json!({ "mimeType": "image/png", "size": 1, "sha256": "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=" });
    let upload = post("/api/media", file).await;
    let file = json!({ "filename": "a.csv", "size": 1, "sha256": "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=" });
    let import = post("/api/imports", file).await;
    let export = post("/api/exports", json!({})).await;
    let bulk = post("/api/bulk", json!({ "action": "tag", "tags": ["vip"], "leads": {} })).await;
    let reply = post("/api/quick-replies", json!({ "name": "hi", "text": "Hi", "shared": true })).await;
    let new = json!({ "name": "hello", "language": "en", "category": "utility", "body": "Hello there." });
    let template = post("/api/templates", new).await;
    let session = post("/api/sessions", Value::Null).await;
    let hook = json!({ "url": "https://example.com/hook", "events": ["message.received"] });
    let webhook = post("/api/webhooks", hook).await;
    let new = json!({ "currency": "INR", "amount": "5", "period": "day", "action": "warn" });
    let budget = post("/api/budgets", new).await;
    let sessions = api.call_as(&owner, Method::GET, "/api/auth/sessions", Value::Null).await;
    let number = api.store.tenant(api.tenant).channel(api.channel).await.unwrap().unwrap().number;
    let parked = api.store.park(b"no JSON", "not JSON", Some(&number), api.now()).await.unwrap();
    post("/api/lead-fields", json!({ "name": "Plan", "type": "text" })).await;
    let filter = json!({ "stage": ["Won"] });
    let segment = post("/api/segments", json!({ "name": "Customers", "filter": filter, "shared": true })).await;
    let pipeline = post("/api/pipelines", json!({ "name": "Renewals" })).await;
    let other = api.customer("919876543211", "hello").await.id;
    let erasure = post(&format!("/api/leads/{other}/erase"), json!({ "confirm": other })).await;
    let deal = post(&format!("/api/leads/{}/deals", lead.id), json!({ "title": "Braces" })).await;
    let (_, stranger) = api.stranger().await;
    let mut tried = 0;
    for Route { method, path, access, .. } in api::routes() {
        if !path.contains("{id}") || [Access::Operator, Access::Anyone].contains(&access) {
            continue;
        }
        let id = match path.trim_start_matches("/api/").trim_start_matches("whatsapp/").split('/').next().unwrap() {
            "leads" => lead.id.to_string(),
            "lead-fields" => "plan".to_owned(),
            "pipelines" => pipeline.as_str().unwrap().to_owned(),
            "deals" => deal.as_str().unwrap().to_owned(),
            "segments" => segment.as_str().unwrap().to_owned(),
            "conversations" => lead.conversations[0].to_string(),
            "users" => api.user.id.to_string(),
            "channels" => api.channel.to_string(),
            "erasures" => erasure.as_str().unwrap().to_owned(),
            "budgets" => budget.as_str().unwrap().to_owned(),
            "invitations" => invitation.as_str().unwrap().to_owned(),
            "keys" => key.as_str().unwrap().to_owned(),
            "parked" => parked.to_string(),
            "auth" => sessions.each("id")[0].clone(),
            "templates" => template.as_str().unwrap().to_owned(),
            "sessions" => session.as_str().unwrap().to_owned(),
            "webhooks" => webhook.as_str().unwrap().to_owned(),
            "imports" => import.as_str().unwrap().to_owned(),
            "exports" => export.as_str().unwrap().to_owned(),
            "bulk" => bulk.as_str().unwrap().to_owned(),
            "quick-replies" => reply.as_str().unwrap().to_owned(),
            "media" => upload.as_str().unwrap().to_owned(),
            other => panic!("which id does {other} take?"),
        };
        let before = api.everything_of(api.tenant).await;
        let asked = path.replace("{id}", &id) + &query_of(path, &id);
        let answer = api.call_as(&stranger, method.clone(), &asked, body_of(path, &id)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}: {}", answer.body);
        assert_eq!(api.everything_of(api.tenant).await, before, "{method} {path}");
        tried += 1;
    }
    assert!(tried >= 15, "only {tried} routes name something");
}

#[tokio::test]
async fn s12_an_idempotency_key_of_another_tenant_is_a_key_of_ones_own() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let body = json!({ "leadId": lead.id, "text": "hi" });
    let key = ("idempotency-key", "a-key-that-both-have-chosen");
    let ours = api.call(Method::POST, "/api/messages", &[key], &body.to_string()).await;
    assert_eq!(ours.status, StatusCode::ACCEPTED, "{}", ours.body);
    let bearer = format!("Bearer {}", api.stranger().await.1);
    let headers = [key, ("authorization", bearer.as_str())];
    let theirs = api.call(Method::POST, "/api/messages", &headers, &body.to_string()).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "the lead is not theirs: {}", theirs.body);
}
