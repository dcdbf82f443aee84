//! The controls, the page, the handshake, and delivery in the background.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use common::{ASHA, stage, stage_with, text};
use meta_simulator::{CustomerMessage, HttpTransport, Invent, Kind};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

#[tokio::test]
async fn sends_are_listed_newest_first_by_page_and_by_callback_data() {
    let stage = stage();
    stage.open_window().await;
    for at in 0..5 {
        let mut body = text(ASHA, "x");
        body["biz_opaque_callback_data"] = json!(format!("job-{at}"));
        stage.send(body).await;
    }
    let (_, first) = stage.call("GET", "/_sim/sends?limit=2", None).await;
    let first = first.unwrap();
    assert_eq!((&first["items"][0]["callbackData"], first["items"].as_array().unwrap().len()), (&json!("job-4"), 2));
    let (_, next) = stage.call("GET", &format!("/_sim/sends?limit=2&cursor={}", first["nextCursor"]), None).await;
    assert_eq!(next.unwrap()["items"][0]["callbackData"], "job-2");
    let (_, one) = stage.call("GET", "/_sim/sends?callbackData=job-1", None).await;
    assert_eq!(one.unwrap()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_outbox_shows_attempts_and_answers() {
    let stage = stage();
    stage.answers([Ok(503)]);
    stage.simulator.receive(&CustomerMessage::text(ASHA, "hi")).unwrap();
    stage.simulator.deliver_due().await.unwrap();
    let (_, body) = stage.call("GET", "/_sim/webhooks", None).await;
    let body = body.unwrap();
    let post = &body["items"][0];
    assert_eq!((&post["attempts"], &post["lastAnswer"], &post["state"]), (&json!(1), &json!("503"), &json!("waiting")));
    assert_eq!(body["counts"]["posts.waiting"], 1);
    stage.call("POST", "/_sim/webhooks/retry", None).await.1.unwrap();
    let (_, delivered) = stage.call("POST", "/_sim/webhooks/deliver", None).await;
    assert_eq!(delivered.unwrap(), json!({"answered": 1, "refused": 0, "dropped": 0}));
}

#[tokio::test]
async fn a_conversation_shows_both_sides() {
    let stage = stage();
    let first = stage.simulator.receive(&CustomerMessage::text(ASHA, "hi")).unwrap().wamid;
    stage.simulator.deliver_due().await.unwrap();
    let mut reply = text(ASHA, "hello");
    reply["context"] = json!({"message_id": first});
    let sent = stage.send(reply).await.1["messages"][0]["id"].as_str().unwrap().to_owned();
    let like = CustomerMessage { message_id: Some(sent), ..CustomerMessage::new(ASHA, Kind::Reaction) };
    stage.simulator.receive(&like).unwrap();
    let (_, body) = stage.call("GET", "/_sim/people/1/conversation", None).await;
    let body = body.unwrap();
    let turns = &body["turns"];
    assert_eq!(turns.as_array().unwrap().len(), 2);
    assert_eq!((&turns[0]["direction"], &turns[0]["ticks"]), (&json!("in"), &json!("delivered")));
    assert_eq!((&turns[1]["visible"], &turns[1]["replyTo"]), (&json!(false), &json!(first)));
    assert_eq!(turns[1]["reactions"], json!([{"from": "in", "emoji": "👍"}]));
    stage.pass(300);
    assert!(stage.simulator.conversation(ASHA).unwrap().turns[1].visible);
}

#[tokio::test]
async fn any_change_can_be_injected() {
    let stage = stage();
    let change = json!({"field": "account_update", "value": {"event": "DISABLED_UPDATE"}});
    stage.call("POST", "/_sim/webhooks", Some(change.clone())).await.1.unwrap();
    stage.simulator.deliver_due().await.unwrap();
    assert_eq!(stage.arrived()[0]["entry"][0]["changes"][0], change);
}

#[tokio::test]
async fn mistakes_are_told() {
    let stage = stage();
    let wrong = [
        ("GET", "/_sim/people/999", None, StatusCode::NOT_FOUND),
        ("POST", "/_sim/messages", Some(json!({"from": 1, "type": "telepathy"})), StatusCode::UNPROCESSABLE_ENTITY),
        ("POST", "/_sim/messages", Some(json!({"from": 1, "type": "reaction"})), StatusCode::UNPROCESSABLE_ENTITY),
        ("POST", "/_sim/messages", Some(json!({"from": 1, "type": "edit"})), StatusCode::NOT_FOUND),
        ("POST", "/_sim/people", Some(json!({"waId": ASHA})), StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (method, path, body, expected) in wrong {
        let (status, body) = stage.call(method, path, body).await;
        assert_eq!(status, expected, "{path}");
        assert!(body.unwrap()["error"].is_string());
    }
    assert!(stage.simulator.invent(Invent { wa_id: Some("12".to_owned()), ..Invent::default() }).is_err());
}

#[tokio::test]
async fn the_page_is_one_file() {
    let stage = stage();
    let request = Request::get("/customer").body(Body::empty()).unwrap();
    let response = stage.simulator.router().oneshot(request).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(page.contains("<title>") && !page.contains("http://") && !page.contains("https://"));
}

/// A business that answers the handshake and knows a lead.
async fn listening() -> String {
    let handshake = |RawQuery(query): RawQuery| async move {
        let query = query.unwrap_or_default();
        let get = |key: &str| query.split('&').find_map(|one| one.strip_prefix(key)).unwrap_or_default().to_owned();
        match get("hub.verify_token=").as_str() {
            "local-verify-token" => (StatusCode::OK, get("hub.challenge=")),
            _ => (StatusCode::FORBIDDEN, String::new()),
        }
    };
    let lead = |RawQuery(query): RawQuery| async move { json!({"name": query}).to_string() };
    let hook = get(handshake).post(|| async { StatusCode::OK });
    let router = axum::Router::new().route("/webhook", hook).route("/lead", get(lead));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn over_http_there_are_handshake_lead_and_background_delivery() {
    let business = listening().await;
    let stage = stage_with(|config| {
        config.transport = Arc::new(HttpTransport::default());
        config.webhook_url = format!("{business}/webhook");
        config.lead_panel_url = Some(format!("{business}/lead"));
    });
    let (status, body) = stage.call("POST", "/_sim/handshake", None).await;
    assert_eq!((status, body.unwrap()), (StatusCode::OK, json!({"verified": true})));
    let (_, lead) = stage.call("GET", "/_sim/lead?waId=1&userId=IN.2", None).await;
    assert_eq!(lead.unwrap()["name"], "waId=1&userId=IN.2");

    stage.simulator.receive(&CustomerMessage::text(ASHA, "hi")).unwrap();
    let simulator = stage.simulator.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move { simulator.run(async { stopped.await.unwrap_or_default() }).await });
    for _ in 0..200 {
        if stage.simulator.webhooks().unwrap().iter().any(|post| post.state == "delivered") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(stage.simulator.webhooks().unwrap()[0].last_answer.as_deref(), Some("200"));
    stop.send(()).unwrap();
    running.await.unwrap();
}
