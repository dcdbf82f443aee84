//! A business connects a number by Meta's Embedded Signup: it opens Meta's page, shares a number there, and comes back with a
//! code.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use domain::access::users::Role;
use http::StatusCode;
use meta_simulator::{BusinessNumber, CustomerMessage};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use testkit::{Reply, TestApp};

fn spare(app: &TestApp) -> (BusinessNumber, BusinessNumber) {
    let [_, second, third] = app.meta().numbers() else { panic!("three numbers") };
    (second.clone(), third.clone())
}

async fn start(app: &TestApp, body: Value) -> String {
    let reply = app.post("/api/channels/signup", body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.str("url").to_owned()
}

/// The body of the request that the console makes when Meta's page returns to `url`.
fn returned(url: &str) -> Value {
    let query = url.split_once('?').unwrap().1;
    let pairs: HashMap<_, _> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    json!({"code": pairs["code"], "state": pairs["state"]})
}

async fn complete(app: &TestApp, body: &Value) -> Reply {
    app.post("/api/channels/signup/complete", body.clone()).await
}

#[tokio::test]
async fn a_number_is_connected_by_metas_page_and_sends_and_has_its_templates() {
    let app = TestApp::start().await;
    let (_, third) = spare(&app);
    let offered = app.get("/api/channels/signup").await;
    assert_eq!(offered["available"], true, "{}", offered.text);
    let url = start(&app, json!({})).await;
    let back = app.meta().sign_up(&url, &third.phone_number_id).unwrap();
    assert!(back.starts_with(offered.str("returnUrl")), "{back}");
    let channel = complete(&app, &returned(&back)).await;
    assert_eq!(channel.status, StatusCode::CREATED, "{}", channel.text);
    assert_eq!(
        (&channel["name"], &channel["phoneNumberId"]),
        (&json!("Leadwire Third"), &json!(third.phone_number_id))
    );
    let failed = channel["checks"].as_array().unwrap().iter().filter(|check| check["ok"] == false).count();
    assert_eq!(failed, 0, "{}", channel.text);
    assert_eq!(channel.str("twoStepPin").len(), 6, "Meta had not registered the number");
    assert!(app.meta().is_subscribed(&third.waba_id).unwrap());

    app.settle().await;
    let syncs = app.get("/api/templates/sync").await;
    let read = syncs.items().iter().find(|sync| sync["channelId"] == channel["id"]).map(|sync| sync["state"].clone());
    assert_eq!(read, Some(json!("done")), "its templates were read at once: {}", syncs.text);

    let asha = app.person("Asha Rao");
    let to = Some(third.phone_number_id.clone());
    app.does(CustomerMessage { to, ..CustomerMessage::text(asha.id.to_string(), "Are you open?") }).await;
    let lead = app.only_lead().await["id"].clone();
    let sent = app.post("/api/messages", json!({"leadId": lead, "text": "We are."})).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.settle().await;
    assert_eq!(app.meta().sends(None).unwrap()[0].phone_number_id, third.phone_number_id);

    let again = complete(&app, &returned(&back)).await;
    assert_eq!((again.status, &again["id"]), (StatusCode::CREATED, &channel["id"]), "an answer was lost");
    assert_eq!(again["twoStepPin"], Value::Null);
    let audit = app.get("/api/audit?action=channel_connected").await;
    assert_eq!(audit.items().len(), 1, "{}", audit.text);
}

#[tokio::test]
async fn a_code_lasts_thirty_seconds_and_a_state_takes_one_code() {
    let app = TestApp::start().await;
    let (second, third) = spare(&app);
    let url = start(&app, json!({})).await;
    let late = returned(&app.meta().sign_up(&url, &second.phone_number_id).unwrap());
    app.skip(Duration::from_secs(30));
    let refused = complete(&app, &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("within 30 seconds"), "{}", refused.text);

    let other = returned(&app.meta().sign_up(&url, &third.phone_number_id).unwrap());
    let used = complete(&app, &other).await;
    assert_eq!(used.status, StatusCode::CONFLICT, "{}", used.text);
    assert!(used.text.contains("already used"), "{}", used.text);

    let url = start(&app, json!({})).await;
    let back = returned(&app.meta().sign_up(&url, &second.phone_number_id).unwrap());
    app.skip(Duration::from_secs(31 * 60));
    let expired = complete(&app, &back).await;
    assert_eq!(expired.status, StatusCode::CONFLICT, "{}", expired.text);
    assert!(expired.text.contains("expired"), "{}", expired.text);
    assert_eq!(app.get("/api/channels").await.items().len(), 1);
}

#[tokio::test]
async fn the_number_that_was_shared_is_connected_and_no_other() {
    let app = TestApp::start().await;
    let (second, third) = spare(&app);
    for (number, body) in [(&second, json!({})), (&third, json!({"phoneNumber": "+1 555 078 3883"}))] {
        let url = start(&app, body).await;
        let back = returned(&app.meta().sign_up(&url, &number.phone_number_id).unwrap());
        let channel = complete(&app, &back).await;
        assert_eq!(channel["phoneNumberId"], json!(number.phone_number_id), "{}", channel.text);
    }
    let url = start(&app, json!({})).await;
    let back = returned(&app.meta().sign_up(&url, &second.phone_number_id).unwrap());
    let twice = complete(&app, &back).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text);
    assert!(twice.text.contains("Already connected"), "{}", twice.text);
}

#[tokio::test]
async fn a_signup_is_its_users_own_and_what_is_wrong_with_a_request_is_named() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let url = start(&app, json!({})).await;
    let back = returned(&app.meta().sign_up(&url, &second.phone_number_id).unwrap());
    let admin = app.colleague("Bo", Role::Admin).await.token;
    let path = "/api/channels/signup/complete";
    let request = testkit::request(&admin, http::Method::POST, path, &[], Some(back.clone()));
    let stolen = app.ask(request).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND, "{}", stolen.text);
    let as_phone = app.post("/api/sessions/complete", back.clone()).await;
    assert_eq!(as_phone.status, StatusCode::NOT_FOUND, "it belongs to no session: {}", as_phone.text);

    for (body, named) in [
        (json!({"code": "short", "state": back["state"]}), "code"),
        (json!({"code": back["code"], "state": "with a space in it"}), "state"),
        (json!({"code": back["code"], "state": back["state"], "more": 1}), "more"),
    ] {
        let wrong = complete(&app, &body).await;
        assert_eq!((wrong.status, &wrong["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(named)));
    }
    let wrong = app.post("/api/channels/signup", json!({"phoneNumber": "none"})).await;
    assert_eq!((wrong.status, &wrong["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("phoneNumber")));
    assert_eq!(complete(&app, &back).await.status, StatusCode::CREATED, "nothing of this used it up");
}
