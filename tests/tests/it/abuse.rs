//! What holds of limits while nobody can count: the table answers nothing about them.

use http::{Method, Request, StatusCode};
use serde_json::json;
use testkit::{TestApp, Turn, Wire};

/// A wire on which no count is written.
fn uncounted() -> Wire {
    Wire::new(|call| if call.body.contains("RATE#") { Turn::Fails } else { Turn::Goes })
}

#[tokio::test]
async fn s4_nobody_is_let_in_while_tries_cannot_be_counted() {
    let app = TestApp::start().await;
    let stack = app.workers(&uncounted(), app.clock());
    let account = app.account();
    let body = json!({"email": account.owner_email, "password": account.owner_password}).to_string();
    let login = || Request::post("/api/auth/login").body(axum::body::Body::from(body.clone())).unwrap();
    let refused = testkit::ask(&stack.gateway(), login()).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text);
    assert_eq!(app.ask(login()).await.status, StatusCode::OK, "once they can be");
}

#[tokio::test]
async fn s4_a_business_answers_its_customers_although_its_requests_cannot_be_counted() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    let stack = app.workers(&uncounted(), app.clock());
    let body = json!({"phoneNumber": format!("+{}", asha.wa_id), "text": "Good morning"});
    let request = app.request(Method::POST, "/api/messages", &[], Some(body));
    let sent = testkit::ask(&stack.gateway(), request).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
}
