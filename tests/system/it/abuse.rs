//! What holds of limits while nobody can count, since the table answers nothing about them; and of a code that is used
//! twice at the same moment.

use domain::Secret;
use domain::access::rates::{Limit, Subject, Verdict};
use domain::access::second_factor::TotpSecret;
use http::{Method, Request, StatusCode};
use serde_json::json;
use std::pin::pin;
use std::time::Duration;
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

#[tokio::test]
async fn s9_a_recovery_code_that_is_used_twice_at_once_signs_in_once() {
    let app = TestApp::start().await;
    let account = app.account();
    let offer = app.post("/api/auth/second-factor", json!({"password": account.owner_password})).await;
    let secret = TotpSecret::parse(&Secret::new(offer.json["secret"].as_str().expect("a secret"))).expect("it is one");
    let confirm = json!({"code": secret.code_at(app.now()).expose()});
    let codes = app.post("/api/auth/second-factor/confirm", confirm).await.json["recoveryCodes"].clone();
    let body = json!({"email": account.owner_email, "password": account.owner_password, "code": codes[0]}).to_string();
    let login = || Request::post("/api/auth/login").body(axum::body::Body::from(body.clone())).unwrap();

    // The first worker has read that the code is left, and is about to use it up.
    let wire = Wire::new(|call| {
        let uses = call.operation == "TransactWriteItems" && call.body.contains("FACTOR");
        if uses { Turn::Waits } else { Turn::Goes }
    });
    let slow = app.workers(&wire, app.clock()).gateway();
    let mut first = pin!(testkit::ask(&slow, login()));
    assert!(wire.until_stuck(first.as_mut()).await.is_none(), "it waits");
    assert_eq!(app.ask(login()).await.status, StatusCode::OK, "the second overtakes it");
    wire.open();
    let late = first.await;
    assert_eq!((late.status, &late.json["type"]), (StatusCode::UNAUTHORIZED, &json!("/problems/wrong-code")));
}

#[tokio::test]
async fn s4_who_is_overtaken_in_the_midst_of_a_burst_gets_no_more_than_is_left() {
    let app = TestApp::start().await;
    let limit = Limit::new(1, Duration::from_secs(60), 3);
    let subject = Subject::Tenant(app.account().tenant);
    let store = app.stack().store();
    let take = || async { store.take(&subject, limit, app.now()).await.unwrap() };
    assert!(matches!(take().await, Verdict::Admitted { left: 2, .. }));

    // The first worker has seen that two are left, and is about to take one.
    let wire = Wire::waiting_at(1);
    let slow = app.workers(&wire, app.clock()).store().clone();
    let mut first = pin!(slow.take(&subject, limit, app.now()));
    assert!(wire.until_stuck(first.as_mut()).await.is_none(), "it waits");
    for left in [1, 0] {
        let taken = take().await;
        assert!(matches!(taken, Verdict::Admitted { left: still, .. } if still == left), "{taken:?}");
    }
    wire.open();
    let late = first.await.unwrap();
    assert!(matches!(late, Verdict::Refused { .. }), "{late:?}");
}
