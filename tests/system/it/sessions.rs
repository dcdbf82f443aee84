//! Sessions that link a phone's own number by a QR code: scanned, linked, written from, unlinked on the phone, ended.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::users::Role;
use emulator::connections::Sent;
use http::{Method, Request, StatusCode};
use leadwire::sockets::Socket;
use meta_simulator::{BusinessNumber, CustomerMessage};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use testkit::{Reply, TestApp};

fn second(app: &TestApp) -> BusinessNumber {
    app.meta().numbers()[1].clone()
}

async fn create(app: &TestApp) -> Reply {
    let reply = app.post("/api/sessions", json!({})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply
}

async fn status(app: &TestApp, session: &str) -> Reply {
    app.get(&format!("/api/sessions/{session}/status")).await
}

/// A call of the phone, which has not signed in.
async fn as_phone(app: &TestApp, path: &str, body: Value) -> Reply {
    let request = Request::post(path).header("content-type", "application/json");
    app.ask(request.body(Body::from(body.to_string())).unwrap()).await
}

/// The phone opens what the QR code says.
async fn scan(app: &TestApp, session: &Reply) -> Reply {
    let state = session.str("link").split_once("?scan=").unwrap().1.to_owned();
    as_phone(app, "/api/sessions/scan", json!({"state": state})).await
}

/// The phone's owner confirms on Meta's page, which returns to the console.
async fn confirm(app: &TestApp, scanned: &Reply, number: &BusinessNumber) -> Reply {
    let back = app.meta().sign_up(scanned.str("url"), &number.phone_number_id).unwrap();
    let query = back.split_once('?').unwrap().1;
    let pairs: HashMap<_, _> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    as_phone(app, "/api/sessions/complete", json!({"code": pairs["code"], "state": pairs["state"]})).await
}

async fn link(app: &TestApp, number: &BusinessNumber) -> Reply {
    let session = create(app).await;
    let scanned = scan(app, &session).await;
    assert_eq!(scanned.status, StatusCode::OK, "{}", scanned.text);
    let linked = confirm(app, &scanned, number).await;
    assert_eq!(linked.status, StatusCode::OK, "{}", linked.text);
    status(app, session.str("id")).await
}

/// A change of the account, as Meta posts it.
async fn reported(app: &TestApp, number: &BusinessNumber, event: &str) {
    let value = json!({"event": event, "waba_info": {"waba_id": number.waba_id}});
    let entry = json!({"id": number.waba_id, "time": app.now().seconds(), "changes": [{"field": "account_update", "value": value}]});
    let body = json!({"object": "whatsapp_business_account", "entry": [entry]});
    assert_eq!(app.deliver(body.to_string()).await.status, StatusCode::OK);
    app.settle().await;
}

#[tokio::test]
async fn a_phone_is_linked_by_its_qr_code_and_keeps_its_number() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = create(&app).await;
    assert_eq!((&session["status"], &session["phoneNumber"]), (&json!("connecting"), &Value::Null));
    let qr = session.str("qr").strip_prefix("data:image/svg+xml;base64,").unwrap();
    let svg = String::from_utf8(STANDARD.decode(qr).unwrap()).unwrap();
    assert!(svg.contains("<svg"), "{svg}");
    assert_eq!(status(&app, session.str("id")).await["qr"], session["qr"], "it can be shown again");

    let scanned = scan(&app, &session).await;
    assert!(scanned.str("url").contains("whatsapp_business_app_onboarding"), "{}", scanned.text);
    assert!(!scanned.str("business").is_empty(), "the phone shows to whom it links");
    let linked = confirm(&app, &scanned, &number).await;
    assert_eq!((linked.status, &linked["phoneNumber"]), (StatusCode::OK, &json!("+1 555-078-3882")), "{}", linked.text);

    let now = status(&app, session.str("id")).await;
    assert_eq!((&now["status"], &now["qr"]), (&json!("connected"), &Value::Null), "{}", now.text);
    assert_eq!(now["phoneNumber"], "+1 555-078-3882");
    let channels = app.get("/api/channels").await;
    assert!(channels.items().iter().any(|channel| channel["id"] == now["channelId"]), "{}", channels.text);
    let listed = app.get("/api/sessions").await;
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 1, "{}", listed.text);
}

#[tokio::test]
async fn a_sessions_messages_go_out_from_its_number_once_for_each_key() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = link(&app, &number).await;
    let path = format!("/api/sessions/{}/messages", session.str("id"));
    let asha = app.person("Asha Rao");
    let to = Some(number.phone_number_id.clone());
    app.does(CustomerMessage { to, ..CustomerMessage::text(asha.id.to_string(), "Is it ready?") }).await;
    app.says(&app.person("Ravi"), "Another number's customer").await;

    let body = json!({"to": format!("+{}", asha.wa_id), "message": "It is."});
    app.skip(Duration::from_secs(1));
    for status in [StatusCode::ACCEPTED, StatusCode::OK] {
        let sent = app.post_with(&path, &[("idempotency-key", "one")], body.clone()).await;
        assert_eq!(sent.status, status, "{}", sent.text);
        app.settle().await;
    }
    let sends = app.meta().sends(None).unwrap();
    assert_eq!((sends.len(), &sends[0].phone_number_id), (1, &number.phone_number_id));
    let messages = app.get(&path).await;
    let texts: Vec<_> =
        messages["messages"].as_array().unwrap().iter().map(|message| &message["text"]).take(2).collect();
    assert_eq!(texts, [&json!("It is."), &json!("Is it ready?")], "{}", messages.text);

    for (body, status, field) in [
        (json!({"to": "nobody", "message": "Hello"}), StatusCode::UNPROCESSABLE_ENTITY, "to"),
        (json!({"to": asha.wa_id, "message": " "}), StatusCode::UNPROCESSABLE_ENTITY, "message"),
        (json!({"to": asha.wa_id}), StatusCode::UNPROCESSABLE_ENTITY, "message"),
    ] {
        let wrong = app.post(&path, body).await;
        assert_eq!((wrong.status, &wrong["errors"][0]["field"]), (status, &json!(field)), "{}", wrong.text);
    }
}

#[tokio::test]
async fn a_qr_code_works_once_and_for_ten_minutes() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = create(&app).await;
    let scanned = scan(&app, &session).await;
    assert_eq!(confirm(&app, &scanned, &number).await.status, StatusCode::OK);
    let again = scan(&app, &session).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    assert!(again.text.contains("already used"), "{}", again.text);
    let other = confirm(&app, &scanned, &app.meta().numbers()[2].clone()).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.text);

    let late = create(&app).await;
    app.skip(Duration::from_secs(600));
    let expired = scan(&app, &late).await;
    assert_eq!(expired.status, StatusCode::CONFLICT, "{}", expired.text);
    assert!(expired.text.contains("expired"), "{}", expired.text);
    let now = status(&app, late.str("id")).await;
    assert_eq!((&now["status"], &now["error"]), (&json!("error"), &json!("expired")), "{}", now.text);

    let stranger =
        as_phone(&app, "/api/sessions/scan", json!({"state": "a state that is nobodys".replace(' ', "-")})).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "{}", stranger.text);
}

#[tokio::test]
async fn a_number_has_one_session() {
    let app = TestApp::start().await;
    let number = second(&app);
    link(&app, &number).await;
    let session = create(&app).await;
    let twice = confirm(&app, &scan(&app, &session).await, &number).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text);
    assert!(twice.text.contains("Already connected"), "{}", twice.text);
    let now = status(&app, session.str("id")).await;
    assert_eq!((&now["status"], &now["error"]), (&json!("error"), &json!("already_connected")), "{}", now.text);
}

#[tokio::test]
async fn a_session_follows_what_whatsapp_reports_of_the_phone() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = link(&app, &number).await;
    for (event, expected) in [
        ("ACCOUNT_OFFBOARDED", "reconnecting"),
        ("ACCOUNT_RECONNECTED", "connected"),
        ("PARTNER_REMOVED", "logged_out"),
    ] {
        app.skip(Duration::from_secs(60));
        reported(&app, &number, event).await;
        let now = status(&app, session.str("id")).await;
        assert_eq!(now["status"], expected, "{event}: {}", now.text);
    }
}

#[tokio::test]
async fn a_phone_that_was_unlinked_is_linked_again_by_a_new_qr_code() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = link(&app, &number).await;
    app.settle().await;
    app.skip(Duration::from_secs(60));
    reported(&app, &number, "PARTNER_REMOVED").await;
    assert_eq!(status(&app, session.str("id")).await["status"], "logged_out");
    app.skip(Duration::from_secs(60));
    let again = link(&app, &number).await;
    assert_eq!(
        (&again["status"], &again["channelId"]),
        (&json!("connected"), &session["channelId"]),
        "the number's history goes on: {}",
        again.text
    );
    assert_eq!(status(&app, session.str("id")).await["status"], "disconnected", "a number has one session");
    assert_eq!(app.get("/api/channels").await.items().len(), 2);
}

#[tokio::test]
async fn a_session_ends_with_its_number_and_can_be_begun_anew() {
    let app = TestApp::start().await;
    let number = second(&app);
    let session = link(&app, &number).await;
    let path = format!("/api/sessions/{}", session.str("id"));
    for _ in 0..2 {
        let ended = app.call(Method::DELETE, &path, &[], None).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text);
    }
    assert_eq!(status(&app, session.str("id")).await["status"], "disconnected");
    assert_eq!(app.get("/api/channels").await.items().len(), 1);
    let refused = app.post(&format!("{path}/messages"), json!({"to": "+919876543210", "message": "Hello"})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);

    let withdrawn = create(&app).await;
    let end = app.call(Method::DELETE, &format!("/api/sessions/{}", withdrawn.str("id")), &[], None).await;
    assert_eq!(end.status, StatusCode::NO_CONTENT, "{}", end.text);
    assert_eq!(scan(&app, &withdrawn).await.status, StatusCode::CONFLICT);

    let anew = link(&app, &number).await;
    assert_eq!(
        (&anew["status"], &anew["channelId"]),
        (&json!("connected"), &session["channelId"]),
        "its history goes on"
    );
    assert_eq!(status(&app, session.str("id")).await["status"], "disconnected");
}

/// A socket of another front end, opened by the owner's access token.
async fn socket(app: &TestApp) -> Socket {
    let query = format!("token={}", app.token());
    app.stack().sockets().connect(&query, IpAddr::V4(Ipv4Addr::LOCALHOST)).await.unwrap()
}

/// The frames that were sent to a socket since it was asked last.
fn frames(socket: &mut Socket) -> Vec<Value> {
    let mut frames = Vec::new();
    while let Some(sent) = socket.received() {
        match sent {
            Sent::Frame(text) => frames.push(serde_json::from_str(&text).unwrap()),
            Sent::Close => frames.push(json!({"type": "closed"})),
        }
    }
    frames
}

fn types(frames: &[Value]) -> Vec<&str> {
    frames.iter().map(|frame| frame["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn another_front_end_links_a_phone_and_writes_over_its_socket() {
    let app = TestApp::start().await;
    let number = second(&app);
    let mut socket = socket(&app).await;
    socket.say(r#"{"type":"create_session"}"#).await;
    let said = frames(&mut socket);
    assert_eq!(types(&said), ["qr_code"], "{said:?}");
    assert!(said[0]["qr"].as_str().unwrap().starts_with("data:image/svg+xml;base64,"));
    let id = said[0]["sessionId"].as_str().unwrap().to_owned();
    app.settle().await;
    assert_eq!(frames(&mut socket)[0]["status"], "connecting");

    let session = status(&app, &id).await;
    assert_eq!(confirm(&app, &scan(&app, &session).await, &number).await.status, StatusCode::OK);
    app.settle().await;
    let said = frames(&mut socket);
    assert_eq!(types(&said), ["session_ready", "status_update"], "{said:?}");
    assert_eq!((&said[0]["phoneNumber"], &said[1]["status"]), (&json!("+1 555-078-3882"), &json!("connected")));

    let asha = app.person("Asha Rao");
    let to = Some(number.phone_number_id.clone());
    app.does(CustomerMessage { to, ..CustomerMessage::text(asha.id.to_string(), "Hello?") }).await;
    let said = frames(&mut socket);
    assert_eq!(types(&said), ["message_received"], "{said:?}");
    let message = &said[0]["message"];
    assert_eq!((&message["text"], &message["from"]), (&json!("Hello?"), &json!(format!("+{}", asha.wa_id))));

    let send = json!({"type": "send_message", "sessionId": id, "to": asha.wa_id, "message": "Hi.", "requestId": "7"});
    for _ in 0..2 {
        socket.say(&send.to_string()).await;
    }
    let said = frames(&mut socket);
    assert_eq!(types(&said), ["message_accepted"; 2], "{said:?}");
    assert_eq!(said[0]["messageId"], said[1]["messageId"], "the same request sends once");
    app.settle().await;
    assert_eq!(app.meta().sends(None).unwrap().len(), 1);

    socket.say(&json!({"type": "disconnect_session", "sessionId": id}).to_string()).await;
    app.settle().await;
    let said = frames(&mut socket);
    assert!(said.iter().all(|frame| frame["status"] == "disconnected"), "{said:?}");
    assert_eq!(status(&app, &id).await["status"], "disconnected");
}

#[tokio::test]
async fn a_socket_says_what_is_wrong_and_opens_by_a_good_token_alone() {
    let app = TestApp::start().await;
    let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let refused = app.stack().sockets().connect("token=no-token", from).await;
    assert_eq!(refused.map(|_| ()).unwrap_err(), StatusCode::UNAUTHORIZED);
    let mut socket = socket(&app).await;
    let session = create(&app).await;
    for (text, status) in [
        ("no JSON".to_owned(), 400),
        (json!({"type": "send_message", "sessionId": "1", "to": "1", "message": "a"}).to_string(), 400),
        (
            json!({"type": "send_message", "sessionId": session["id"], "to": "+919876543210", "message": "a"})
                .to_string(),
            422,
        ),
        (json!({"type": "disconnect_session", "sessionId": "pss_01M3250VASBF3MSX3QTC83A67F"}).to_string(), 404),
    ] {
        socket.say(&text).await;
        let said = frames(&mut socket);
        assert_eq!((types(&said), &said[0]["status"]), (vec!["error"], &json!(status)), "{text}: {said:?}");
        assert!(said[0]["detail"].is_string(), "{said:?}");
    }
    let agent = app.colleague("Bo", Role::Agent).await;
    let query = format!("token={}", agent.token);
    let mut theirs = app.stack().sockets().connect(&query, from).await.unwrap();
    theirs.say(r#"{"type":"create_session"}"#).await;
    assert_eq!(frames(&mut theirs)[0]["status"], 403, "who may not manage channels may not here");
}
