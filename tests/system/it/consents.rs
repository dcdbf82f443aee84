//! Customers opt out and in again: by a word, in WhatsApp's own settings, through an agent. It holds when a message is
//! accepted, and once more before it is posted.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::Person;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Reply, TestApp};

async fn synchronised() -> TestApp {
    let app = TestApp::start().await;
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    app
}

async fn customer(app: &TestApp) -> (Person, String) {
    let person = app.person("Asha Rao");
    app.says(&person, "Is my order ready?").await;
    app.skip(Duration::from_secs(1));
    let lead = app.only_lead().await["id"].as_str().unwrap().to_owned();
    (person, lead)
}

async fn offer(app: &TestApp, lead: &str) -> Reply {
    let template = json!({ "name": "we_miss_you", "language": "en" });
    let reply = app.post("/api/messages", json!({ "leadId": lead, "template": template })).await;
    app.settle().await;
    reply
}

async fn text(app: &TestApp, lead: &str) -> Reply {
    let reply = app.post("/api/messages", json!({ "leadId": lead, "text": "It is." })).await;
    app.settle().await;
    reply
}

async fn consent(app: &TestApp, lead: &str) -> Value {
    app.get(&format!("/api/leads/{lead}/consent")).await.json
}

async fn change(app: &TestApp, lead: &str, body: Value) -> Reply {
    app.call(Method::PATCH, &format!("/api/leads/{lead}/consent"), &[], Some(body)).await
}

#[tokio::test]
async fn who_writes_stop_gets_nothing_until_they_write_again_and_no_template_until_they_agree() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    app.says(&person, "Stop!").await;
    app.skip(Duration::from_secs(1));
    for refused in [offer(&app, &lead).await, text(&app, &lead).await] {
        assert_eq!((refused.status, refused.str("type")), (StatusCode::UNPROCESSABLE_ENTITY, "/problems/opted-out"));
    }
    let known = consent(&app, &lead).await;
    assert_eq!((&known["marketing"], &known["service"]), (&json!("refused"), &json!("refused")));
    assert_eq!((&known["history"][0]["source"], &known["history"][0]["by"]), (&json!("customer"), &Value::Null));
    app.says(&person, "But is my order ready?").await;
    app.skip(Duration::from_secs(1));
    assert_eq!(text(&app, &lead).await.status, StatusCode::ACCEPTED, "the answer to a question");
    assert_eq!(offer(&app, &lead).await.str("type"), "/problems/opted-out");
    app.says(&person, "START").await;
    app.skip(Duration::from_secs(1));
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn an_opt_out_holds_for_a_message_that_was_accepted_before_it() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let channel = app.account().channel;
    let toggle = format!("/api/channels/{channel}/toggle");
    app.call(Method::POST, &toggle, &[], None).await;
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED);
    app.says(&person, "stop").await;
    app.call(Method::POST, &toggle, &[], None).await;
    app.pass(Duration::from_secs(300)).await;
    let messages = app.only_lead().await["messages"].as_array().unwrap().clone();
    let offered = messages.iter().find(|message| message["type"] == "template").unwrap();
    assert_eq!((&offered["status"], &offered["error"]["reason"]), (&json!("failed"), &json!("opted_out")));
    assert_eq!(offered["error"]["nextStep"], "respect_opt_out");
    assert_eq!(app.meta().sends(None).unwrap().len(), 0);
}

#[tokio::test]
async fn who_stops_marketing_in_whatsapp_gets_no_offers_and_everything_else() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let preference = |value: &str, at: i64| {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": app.account().waba_id, "changes": [{
            "field": "user_preferences", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "15550783881", "phone_number_id": app.account().phone_number_id },
                "user_preferences": [{ "wa_id": person.wa_id, "category": "marketing_messages", "value": value, "timestamp": at }],
            },
        }] }] })
    };
    let now = app.now().seconds();
    assert_eq!(app.deliver(preference("stop", now).to_string()).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(offer(&app, &lead).await.str("type"), "/problems/opted-out");
    assert_eq!(text(&app, &lead).await.status, StatusCode::ACCEPTED);
    assert_eq!(consent(&app, &lead).await["history"][0]["source"], "whatsapp");
    app.deliver(preference("resume", now + 5).to_string()).await;
    app.deliver(preference("stop", now).to_string()).await;
    app.settle().await;
    assert_eq!(
        consent(&app, &lead).await["marketing"],
        json!("allowed"),
        "the later choice holds, whichever came last"
    );
}

#[tokio::test]
async fn a_user_writes_down_what_a_customer_said_and_needs_proof_to_undo_a_refusal() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let off = change(&app, &lead, json!({ "marketing": false })).await;
    assert_eq!(
        (off.status, &off["marketing"], &off["service"]),
        (StatusCode::OK, &json!("refused"), &json!("not_recorded"))
    );
    app.skip(Duration::from_secs(1));
    let bare = change(&app, &lead, json!({ "marketing": true })).await;
    assert_eq!((bare.status, bare.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "note"), "{}", bare.text);
    let proven = change(&app, &lead, json!({ "marketing": true, "note": "Signed the form at the desk" })).await;
    assert_eq!(
        (&proven["marketing"], &proven["history"][0]["note"]),
        (&json!("allowed"), &json!("Signed the form at the desk"))
    );
    assert_eq!(change(&app, &lead, json!({})).await.str("field"), "marketing");
    let audited = app.get("/api/audit?action=consent_changed").await;
    assert_eq!(audited.items().len(), 2, "{}", audited.text);
}

async fn settings(app: &TestApp, body: Value) -> Reply {
    app.call(Method::PATCH, "/api/settings", &[], Some(body)).await
}

fn texts(app: &TestApp) -> Vec<String> {
    let text = |send: &meta_simulator::SendRecord| send.body["text"]["body"].as_str().unwrap_or_default().to_owned();
    app.meta().sends(None).unwrap().iter().map(text).collect()
}

#[tokio::test]
async fn the_first_stop_is_confirmed_once_and_never_in_a_loop() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    app.says(&person, "stop").await;
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(texts(&app).len(), 0, "the business has not asked for it");
    app.says(&person, "start").await;
    let set = settings(&app, json!({ "stopConfirmation": "You get no more messages. START brings them back." })).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    for _ in 0..3 {
        app.skip(Duration::from_secs(2));
        app.says(&person, "stop").await;
        app.pass(Duration::from_secs(10)).await;
    }
    assert_eq!(texts(&app), ["You get no more messages. START brings them back."]);
    assert_eq!(offer(&app, &lead).await.str("type"), "/problems/opted-out");
    for wrong in [json!(""), json!("x".repeat(501))] {
        let refused = settings(&app, json!({ "stopConfirmation": wrong })).await;
        assert_eq!(refused.str("field"), "stopConfirmation", "{}", refused.text);
    }
    assert_eq!(settings(&app, json!({ "stopConfirmation": null })).await["stopConfirmation"], Value::Null);
}

#[tokio::test]
async fn marketing_without_a_recorded_consent_is_shown_and_asked_about_if_the_business_wants_that() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    assert_eq!(consent(&app, &lead).await["marketing"], json!("not_recorded"));
    let template = json!({ "name": "we_miss_you", "language": "en" });
    let quote = app.post("/api/quotes", json!({ "leadId": lead, "template": template })).await;
    assert_eq!(quote["marketingConsent"], "not_recorded", "{}", quote.text);
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED, "it only warns");
    settings(&app, json!({ "marketingWithoutConsent": "ask" })).await;
    let asked = offer(&app, &lead).await;
    assert_eq!(
        (asked.status, asked.str("type"), asked.str("field")),
        (StatusCode::UNPROCESSABLE_ENTITY, "/problems/consent-not-recorded", "acceptNoConsent")
    );
    let vouched = json!({ "leadId": lead, "template": template, "acceptNoConsent": true });
    assert_eq!(app.post("/api/messages", vouched).await.status, StatusCode::ACCEPTED);
    change(&app, &lead, json!({ "marketing": true, "note": "Signed at the desk" })).await;
    assert_eq!(offer(&app, &lead).await.status, StatusCode::ACCEPTED);
    assert_eq!(
        settings(&app, json!({ "marketingWithoutConsent": "guess" })).await.str("field"),
        "marketingWithoutConsent"
    );
}

#[tokio::test]
async fn consents_are_imported_with_their_proof_once_and_bad_rows_are_named() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let phone = person.wa_id.clone();
    let csv = format!(
        "phone,kind,allowed,source,date,proof\r\n+{phone},marketing,yes,Web form,2026-01-05,\"Form 12, ticked\"\n\
         +{phone},service,yes,Desk,2026-01-05,\n+4915112345678,marketing,yes,Desk,2026-01-05,Card 9\n\
         +{phone},marketing,maybe,Desk,2026-01-05,Card 9\n+{phone},marketing,yes,Desk,2999-01-05,Card 9\n\
         12,marketing,yes,Desk,2026-01-05,Card 9\n+{phone},email,yes,Desk,2026-01-05,Card 9\n+{phone},marketing\n"
    );
    let import = app.post("/api/consents/import", json!({ "csv": csv })).await;
    assert_eq!((import.status, &import["imported"]), (StatusCode::OK, &json!(1)), "{}", import.text);
    let errors: Vec<_> =
        import["errors"].as_array().unwrap().iter().map(|one| (one["row"].clone(), one["column"].clone())).collect();
    let expected = [(2, "proof"), (3, "phone"), (4, "allowed"), (5, "date"), (6, "phone"), (7, "kind"), (8, "phone")];
    assert_eq!(errors, expected.map(|(row, column)| (json!(row), json!(column))));
    let known = consent(&app, &lead).await;
    assert_eq!((&known["marketing"], &known["service"]), (&json!("allowed"), &json!("not_recorded")));
    let newest = &known["history"][0];
    assert_eq!((&newest["source"], &newest["note"]), (&json!("import"), &json!("Web form: Form 12, ticked")));
    let again = app.post("/api/consents/import", json!({ "csv": csv })).await;
    assert_eq!((&again["imported"], &again["unchanged"]), (&json!(0), &json!(1)), "{}", again.text);
    assert_eq!(consent(&app, &lead).await["history"].as_array().unwrap().len(), 1);
    for wrong in
        ["phone,kind\n1,2", "", "phone,kind,allowed,source,date,proof\n", "phone,kind,allowed,source,date,proof\n\"1"]
    {
        assert_eq!(app.post("/api/consents/import", json!({ "csv": wrong })).await.str("field"), "csv", "{wrong}");
    }
}
