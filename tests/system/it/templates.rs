//! Message templates: read from WhatsApp page by page, sent while the 24-hour window is closed, created for review, deleted,
//! and refused where WhatsApp would refuse them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use base64::Engine;
use http::{Method, StatusCode};
use meta_simulator::{Fault, FaultMode, TokenWish};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;
use testkit::{CustomerMessage, Kind, Reply, Settings, TestApp};

/// Longer than the review of a template takes.
const REVIEWED: Duration = Duration::from_secs(5);

/// Longer than the 24-hour window.
const CLOSED: Duration = Duration::from_secs(25 * 3600);

/// An app whose templates were read.
async fn synchronised(settings: Settings) -> TestApp {
    let app = TestApp::with(settings).await;
    sync(&app).await;
    app
}

async fn sync(app: &TestApp) {
    let begun = app.post("/api/templates/sync", json!({})).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    assert_eq!(begun.items()[0]["state"], "running");
    app.settle().await;
}

async fn templates(app: &TestApp, query: &str) -> Vec<Value> {
    let listed = app.get(&format!("/api/templates?limit=100{query}")).await;
    assert_eq!(listed.status, StatusCode::OK, "{}", listed.text);
    listed.items().to_vec()
}

async fn template(app: &TestApp, name: &str, language: &str) -> Value {
    let found = templates(app, &format!("&name={name}&language={language}")).await;
    found.into_iter().find(|template| template["name"] == name).unwrap_or_default()
}

fn order_ready(values: &Value) -> Value {
    let mut template = json!({
        "name": "order_ready", "language": "en_US", "header": "ORD-9",
        "body": { "1": "Asha", "2": "ORD-9" }, "buttons": { "0": "ORD-9" },
    });
    for (key, value) in values.as_object().unwrap() {
        template[key] = value.clone();
    }
    template
}

async fn send(app: &TestApp, to: &Value, template: &Value) -> Reply {
    let mut body = to.clone();
    body["template"] = template.clone();
    let reply = app.post("/api/messages/template", body).await;
    app.settle().await;
    reply
}

/// What was posted to WhatsApp last.
fn posted(app: &TestApp) -> Value {
    app.meta().sends(None).unwrap().first().map(|send| send.body.clone()).unwrap_or_default()
}

fn fields(reply: &Reply) -> Vec<String> {
    let errors = reply["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["field"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Meta's id of a template.
fn meta_id(app: &TestApp, name: &str) -> String {
    let all = app.meta().templates().unwrap();
    let found = all.iter().find(|template| template["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

async fn review(app: &TestApp, name: &str, changes: Value) {
    let id = meta_id(app, name);
    app.meta().change_template(&id, changes.as_object().unwrap()).unwrap();
    app.settle().await;
}

#[tokio::test]
async fn templates_are_read_page_by_page_and_listed_by_name() {
    let app = synchronised(Settings { templates_per_page: 4, ..Settings::default() }).await;
    let there = app.meta().templates().unwrap().len();
    let listed = templates(&app, "").await;
    assert_eq!(listed.len(), there);
    let progress = app.get("/api/templates/sync").await;
    assert_eq!((&progress.items()[0]["state"], &progress.items()[0]["count"]), (&json!("done"), &json!(there)));
    let names: Vec<_> =
        listed.iter().map(|one| (one["name"].as_str().unwrap(), one["language"].as_str().unwrap())).collect();
    assert!(names.is_sorted(), "{names:?}");
    let order = template(&app, "order_ready", "en_US").await;
    assert_eq!(
        (&order["status"], &order["quality"], &order["category"]),
        (&json!("approved"), &json!("green"), &json!("utility"))
    );
    assert_eq!(
        order["parameters"],
        json!({ "format": "positional", "header": "1", "body": ["1", "2"], "buttons": [0], "cards": [] })
    );
    assert_eq!(template(&app, "appointment_reminder", "en").await["parameters"]["format"], "named");
    assert_eq!(templates(&app, "&status=paused").await.len(), 1);
    assert_eq!(templates(&app, "&name=Appointment%20rem").await.len(), 3);
    let carousel = template(&app, "city_tour", "en").await;
    assert_eq!((&carousel["sendable"], carousel["cards"].as_array().map(Vec::len)), (&json!(true), Some(2)));
    assert_eq!(carousel["parameters"]["cards"][1], json!({ "body": ["1"], "buttons": [0] }));
}

#[tokio::test]
async fn a_list_goes_on_where_its_page_ended() {
    let app = synchronised(Settings::default()).await;
    let whole: Vec<_> = templates(&app, "").await.iter().map(|one| one["id"].clone()).collect();
    let mut walked = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = app.get(&format!("/api/templates?limit=5&cursor={cursor}")).await;
        walked.extend(page.items().iter().map(|one| one["id"].clone()));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(walked, whole);
}

#[tokio::test]
async fn a_template_goes_out_while_the_window_is_closed_and_is_answered() {
    let app = synchronised(Settings::default()).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Is my order ready?").await;
    let lead = app.only_lead().await;
    app.skip(CLOSED);
    let to = json!({ "leadId": lead["id"] });
    let text = app.post("/api/messages", json!({ "leadId": lead["id"], "text": "Yes" })).await;
    assert_eq!((text.status, text.str("type")), (StatusCode::UNPROCESSABLE_ENTITY, "/problems/window-closed"));
    let sent = send(&app, &to, &order_ready(&json!({}))).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    assert_eq!(
        posted(&app)["template"],
        json!({
            "name": "order_ready", "language": { "code": "en_US" }, "components": [
                { "type": "header", "parameters": [{ "type": "text", "text": "ORD-9" }] },
                { "type": "body", "parameters": [{ "type": "text", "text": "Asha" }, { "type": "text", "text": "ORD-9" }] },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [{ "type": "text", "text": "ORD-9" }] },
            ],
        })
    );
    app.pass(REVIEWED).await;
    let message = app.only_lead().await["messages"][0].clone();
    assert_eq!((&message["type"], &message["status"]), (&json!("template"), &json!("read")));
    assert_eq!(message["text"], "Hi Asha, your order ORD-9 is ready to collect.");
    assert_eq!(message["content"]["buttons"][0]["url"], "https://example.com/orders/ORD-9");
    app.says(&person, "Thank you!").await;
    let answer = app.post("/api/messages", json!({ "leadId": lead["id"], "text": "See you" })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
}

#[tokio::test]
async fn a_quick_reply_of_a_template_comes_back_as_what_was_tapped() {
    let app = synchronised(Settings::default()).await;
    let person = app.person("Asha Rao");
    let sent = send(
        &app,
        &json!({ "phoneNumber": format!("+{}", person.wa_id) }),
        &json!({ "name": "we_miss_you", "language": "en" }),
    )
    .await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let wamid = app.meta().sends(None).unwrap()[0].wamid.clone();
    let content = json!({ "text": "Yes, please", "payload": "Yes, please" }).as_object().unwrap().clone();
    let tapped =
        CustomerMessage { reply_to: Some(wamid), content, ..CustomerMessage::new(person.id.to_string(), Kind::Button) };
    app.does(tapped).await;
    assert_eq!(app.only_lead().await["messages"][0]["text"], "Yes, please");
}

#[tokio::test]
async fn a_template_to_a_phone_that_never_wrote_begins_one_conversation() {
    let app = synchronised(Settings::default()).await;
    let to = json!({ "phoneNumber": "+34 600 111 222" });
    let body = json!({ "phoneNumber": "+34600111222", "type": "template", "template": { "name": "we_miss_you", "language": "en" } });
    for reply in [
        send(&app, &to, &json!({ "name": "we_miss_you", "language": "en" })).await,
        app.post("/api/messages", body).await,
    ] {
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    }
    app.settle().await;
    let lead = app.only_lead().await;
    assert_eq!(lead["messages"].as_array().unwrap().len(), 2);
    assert_eq!((&lead["stage"], app.meta().sends(None).unwrap().len()), (&json!("New"), 2));
}

#[tokio::test]
async fn each_header_takes_its_own_value() {
    let app = synchronised(Settings::default()).await;
    let to = json!({ "phoneNumber": "+34600111222" });
    let link = "https://example.com/a";
    let sent = [
        (
            json!({ "name": "welcome_offer", "language": "en", "file": { "link": link }, "body": { "1": "Ana" } }),
            json!({ "type": "image", "image": { "link": link } }),
        ),
        (
            json!({ "name": "invoice", "language": "en", "file": { "link": link, "filename": "7.pdf" }, "body": { "1": "May" } }),
            json!({ "type": "document", "document": { "link": link, "filename": "7.pdf" } }),
        ),
        (
            json!({ "name": "store_location", "language": "en", "location": { "latitude": 40.4, "longitude": -3.7, "name": "Sol" } }),
            json!({ "type": "location", "location": { "latitude": "40.4", "longitude": "-3.7", "name": "Sol" } }),
        ),
    ];
    for (template, header) in sent {
        let reply = send(&app, &to, &template).await;
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
        assert_eq!(posted(&app)["template"]["components"][0]["parameters"], json!([header]));
        app.skip(Duration::from_secs(10));
    }
    let named = json!({
        "name": "appointment_reminder", "language": "pt_BR",
        "body": { "first_name": "Ana", "day": "terça", "time": "10:00" },
    });
    assert_eq!(send(&app, &to, &named).await.status, StatusCode::ACCEPTED);
    assert_eq!(
        posted(&app)["template"]["components"][0]["parameters"][0],
        json!({ "type": "text", "parameter_name": "first_name", "text": "Ana" })
    );
}

#[tokio::test]
async fn every_wrong_value_is_refused_by_its_field_before_anything_is_written() {
    let app = synchronised(Settings::default()).await;
    let to = json!({ "phoneNumber": "+34600111222" });
    let lines = |text: &str| json!({ "body": { "1": text, "2": "ORD-9" } });
    let refused = [
        (order_ready(&json!({ "name": "no_such" })), vec!["template.name"]),
        (order_ready(&json!({ "language": "fr" })), vec!["template.name"]),
        (order_ready(&json!({ "language": "english" })), vec!["template.language"]),
        (order_ready(&json!({ "name": "Order Ready" })), vec!["template.name"]),
        (order_ready(&json!({ "body": { "1": "Asha" } })), vec!["template.body.2"]),
        (order_ready(&json!({ "body": { "1": "Asha", "2": "x", "3": "y" } })), vec!["template.body.3"]),
        (order_ready(&lines("a\nb")), vec!["template.body.1"]),
        (order_ready(&lines("a\tb")), vec!["template.body.1"]),
        (order_ready(&lines("a     b")), vec!["template.body.1"]),
        (order_ready(&lines(" ")), vec!["template.body.1"]),
        (order_ready(&lines(&"x".repeat(1000))), vec!["template.body"]),
        (order_ready(&json!({ "header": null })), vec!["template.header"]),
        (order_ready(&json!({ "header": "x".repeat(60) })), vec!["template.header"]),
        (order_ready(&json!({ "buttons": {} })), vec!["template.buttons.0"]),
        (order_ready(&json!({ "buttons": { "0": "a b" } })), vec!["template.buttons.0"]),
        (order_ready(&json!({ "buttons": { "0": "a", "1": "b" } })), vec!["template.buttons.1"]),
        (order_ready(&json!({ "file": { "link": "https://example.com/a" } })), vec!["template.file"]),
        (json!({ "name": "welcome_offer", "language": "en" }), vec!["template.file", "template.body.1"]),
        (json!({ "name": "store_location", "language": "en" }), vec!["template.location"]),
        (json!({ "name": "flash_sale", "language": "en" }), vec!["template.name"]),
        (
            json!({ "name": "city_tour", "language": "en", "body": { "1": "Ana" } }),
            vec![
                "template.cards[0].body.1",
                "template.cards[0].buttons.0",
                "template.cards[0].file",
                "template.cards[1].body.1",
                "template.cards[1].buttons.0",
                "template.cards[1].file",
            ],
        ),
        (json!({ "name": "gift_card", "language": "en" }), vec!["template.name"]),
    ];
    for (template, expected) in refused {
        let reply = send(&app, &to, &template).await;
        assert_eq!(
            (reply.status, fields(&reply)),
            (StatusCode::UNPROCESSABLE_ENTITY, expected.iter().map(|field| (*field).to_owned()).collect()),
            "{template} {}",
            reply.text
        );
    }
    assert!(app.meta().sends(None).unwrap().is_empty());
    let unknown = send(&app, &to, &order_ready(&json!({ "colour": "red" }))).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.text);
}

#[tokio::test]
async fn a_template_that_whatsapp_pauses_is_not_sent_and_says_so() {
    let app = synchronised(Settings::default()).await;
    review(&app, "we_miss_you", json!({ "status": "PAUSED", "quality": "RED" })).await;
    let paused = template(&app, "we_miss_you", "en").await;
    assert_eq!((&paused["status"], &paused["quality"]), (&json!("paused"), &json!("red")), "{paused}");
    let reply =
        send(&app, &json!({ "phoneNumber": "+34600111222" }), &json!({ "name": "we_miss_you", "language": "en" }))
            .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.str("detail").contains("paused"), "{}", reply.text);
    review(&app, "we_miss_you", json!({ "status": "APPROVED" })).await;
    let reply =
        send(&app, &json!({ "phoneNumber": "+34600111222" }), &json!({ "name": "we_miss_you", "language": "en" }))
            .await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
}

#[tokio::test]
async fn a_template_that_is_paused_on_its_way_fails_with_metas_reason() {
    let app = synchronised(Settings::default()).await;
    let id = meta_id(&app, "we_miss_you");
    let body = json!({ "phoneNumber": "+34600111222", "template": { "name": "we_miss_you", "language": "en" } });
    let reply = app.post("/api/messages/template", body).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    app.meta().change_template(&id, json!({ "status": "PAUSED" }).as_object().unwrap()).unwrap();
    app.settle().await;
    let message = app.only_lead().await["messages"][0].clone();
    assert_eq!((&message["status"], &message["error"]["code"]), (&json!("failed"), &json!(132_015)), "{message}");
}

#[tokio::test]
async fn a_new_template_is_submitted_reviewed_and_then_sent() {
    let app = TestApp::start().await;
    let new = json!({
        "name": "order_shipped", "language": "en", "category": "utility",
        "body": "Hi {{first_name}}, order {{order}} is on its way.", "footer": "Leadwire Demo",
        "buttons": [{ "type": "url", "text": "Track", "url": "https://example.com/{{1}}" }],
        "examples": { "body": { "first_name": "Ana", "order": "7" }, "buttons": { "0": "7" } },
    });
    let created = app.post("/api/templates", new.clone()).await;
    assert_eq!((created.status, &created["status"]), (StatusCode::CREATED, &json!("submitting")), "{}", created.text);
    let again = app.post("/api/templates", new).await;
    assert_eq!((again.status, &again["field"]), (StatusCode::CONFLICT, &json!("name")), "{}", again.text);
    app.settle().await;
    assert_eq!(template(&app, "order_shipped", "en").await["status"], "pending");
    app.pass(REVIEWED).await;
    assert_eq!(template(&app, "order_shipped", "en").await["status"], "approved");
    let values = json!({
        "name": "order_shipped", "language": "en", "body": { "first_name": "Ana", "order": "7" }, "buttons": { "0": "7" },
    });
    let sent = send(&app, &json!({ "phoneNumber": "+34600111222" }), &values).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    assert_eq!(app.meta().sends(None).unwrap().len(), 1);
}

#[tokio::test]
async fn a_rejected_template_says_why() {
    let app = TestApp::start().await;
    let new = json!({ "name": "reject_me", "language": "en", "category": "marketing", "body": "Hello there." });
    assert_eq!(app.post("/api/templates", new).await.status, StatusCode::CREATED);
    app.pass(REVIEWED).await;
    let rejected = template(&app, "reject_me", "en").await;
    assert_eq!((&rejected["status"], &rejected["reason"]), (&json!("rejected"), &json!("INVALID_FORMAT")));
}

#[tokio::test]
async fn what_whatsapp_does_not_take_for_review_says_why_and_may_be_tried_again() {
    let app = TestApp::start().await;
    // WhatsApp has it already, which the list says once it is read.
    let new = json!({ "name": "we_miss_you", "language": "en", "category": "marketing", "body": "Hello there." });
    assert_eq!(app.post("/api/templates", new).await.status, StatusCode::CREATED);
    app.settle().await;
    let known = template(&app, "we_miss_you", "en").await;
    assert_eq!(
        (&known["status"], &known["body"]),
        (&json!("approved"), &json!("It has been a while. Shall we talk again?"))
    );
}

#[tokio::test]
async fn a_new_template_is_linted_by_field() {
    let app = TestApp::start().await;
    let good = json!({ "name": "hello", "language": "en", "category": "utility", "body": "Hi {{1}}, welcome.", "examples": { "body": { "1": "Ana" } } });
    let with = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body
    };
    let wrong = [
        (with("name", json!("Hello")), "name"),
        (with("language", json!("english")), "language"),
        (with("category", json!("authentication")), "code"),
        (with("category", json!("other")), "category"),
        (with("code", json!({ "delivery": "copy_code" })), "code"),
        (with("headerFile", json!("med_01M3250VASBF3MSX3QTC83A67F")), "headerFile"),
        (
            with(
                "cards",
                json!([{ "header": { "format": "image" }, "buttons": [{ "type": "quick_reply", "text": "A" }] }]),
            ),
            "cards",
        ),
        (with("body", json!("{{1}} hi")), "body"),
        (with("body", json!("Hi {{2}}, welcome.")), "body"),
        (with("footer", json!("x".repeat(61))), "footer"),
        (with("header", json!({ "format": "image" })), "headerFile"),
        (with("header", json!({ "format": "text", "text": "*Bold*" })), "header.text"),
        (with("examples", json!({})), "examples.body.1"),
        (with("buttons", json!([{ "type": "url", "text": "Go" }])), "buttons[0].url"),
        (with("buttons", json!([{ "type": "quick_reply", "text": "x".repeat(26) }])), "buttons[0].text"),
    ];
    for (body, field) in wrong {
        let reply = app.post("/api/templates", body.clone()).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{body} {}", reply.text);
        assert!(fields(&reply).contains(&field.to_owned()), "{body} {}", reply.text);
    }
    assert_eq!(app.post("/api/templates", good).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_deleted_template_is_gone_here_and_at_whatsapp() {
    let app = synchronised(Settings::default()).await;
    let order = template(&app, "order_ready", "es").await;
    let path = format!("/api/templates/{}", order["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::ACCEPTED);
    assert_eq!(app.get(&path).await["status"], "deleting");
    app.settle().await;
    assert_eq!(app.get(&path).await["status"], "deleted");
    assert_eq!(template(&app, "order_ready", "es").await, Value::Null);
    assert_eq!(template(&app, "order_ready", "en_US").await["status"], "approved", "the other language stays");
    let left = app.meta().templates().unwrap();
    assert!(!left.iter().any(|one| one["name"] == "order_ready" && one["language"] == "es"));
    let sent =
        send(&app, &json!({ "phoneNumber": "+34600111222" }), &json!({ "name": "order_ready", "language": "es" }))
            .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text);
}

#[tokio::test]
async fn what_is_deleted_at_whatsapp_is_marked_at_the_next_sync_and_the_day_after_by_itself() {
    let app = synchronised(Settings::default()).await;
    // As somebody in WhatsApp Manager does.
    assert_eq!(app.meta().delete_template("we_miss_you").unwrap(), 1);
    assert_eq!(template(&app, "we_miss_you", "en").await["status"], "approved", "nobody has looked");
    app.skip(CLOSED);
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(template(&app, "we_miss_you", "en").await, Value::Null);
}

#[tokio::test]
async fn a_sync_that_whatsapp_refuses_says_what_to_do() {
    let app = TestApp::start().await;
    let path = format!("/api/channels/{}", app.account().channel);
    let token = app.meta().issue_token(TokenWish::default()).unwrap().access_token;
    let own = json!({ "accessToken": token });
    assert_eq!(app.call(Method::PATCH, &path, &[], Some(own)).await.status, StatusCode::OK);
    let expired = TokenWish { access_token: Some(token), expires_in_seconds: Some(0), ..TokenWish::default() };
    app.meta().issue_token(expired).unwrap();
    sync(&app).await;
    let progress = app.get("/api/templates/sync").await;
    assert_eq!(progress.items()[0]["state"], "failed");
    assert!(progress.items()[0]["problem"].as_str().unwrap().contains("access token"), "{}", progress.text);
}

#[tokio::test]
async fn the_aliases_answer_the_same() {
    let app = synchronised(Settings::default()).await;
    assert_eq!(app.get("/api/whatsapp/templates").await.json, app.get("/api/templates").await.json);
    assert_eq!(app.post("/api/whatsapp/templates/sync", json!({})).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_lost_answer_leaves_a_template_unconfirmed_and_sends_it_once() {
    let app = synchronised(Settings::default()).await;
    let fault = Fault { mode: FaultMode::ResetAfterAccept, next: Some(1), fraction: 1.0 };
    app.meta().set_settings(Settings { faults: vec![fault], statuses_lost: 1.0, ..app.meta().settings() });
    let body = json!({ "name": "we_miss_you", "language": "en" });
    assert_eq!(send(&app, &json!({ "phoneNumber": "+34600111222" }), &body).await.status, StatusCode::ACCEPTED);
    app.pass(Duration::from_secs(300)).await;
    assert_eq!(app.meta().sends(None).unwrap().len(), 1);
    assert_eq!(app.only_lead().await["messages"][0]["status"], "unconfirmed");
}

/// A file of the business whose bytes are there.
async fn upload(app: &TestApp, mime_type: &str, bytes: &[u8]) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes));
    let body = json!({ "mimeType": mime_type, "size": bytes.len(), "sha256": digest });
    let answer = app.post("/api/media", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(app.put(&answer["upload"], bytes).await.status, StatusCode::OK);
    answer.str("id").to_owned()
}

fn photo_template(name: &str, file: &str) -> Value {
    json!({
        "name": name, "language": "en", "category": "marketing", "header": { "format": "image" }, "headerFile": file,
        "body": "Our new season is here.",
    })
}

async fn change(app: &TestApp, id: &str, body: Value) -> Reply {
    let reply = app.call(Method::PATCH, &format!("/api/templates/{id}"), &[], Some(body)).await;
    app.settle().await;
    reply
}

#[tokio::test]
async fn the_file_of_a_header_is_shown_to_reviewers_and_sent_with_every_message() {
    let app = TestApp::start().await;
    let file = upload(&app, "image/png", b"a picture").await;
    let created = app.post("/api/templates", photo_template("new_season", &file)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    app.pass(REVIEWED).await;
    let reviewed = template(&app, "new_season", "en").await;
    assert_eq!((&reviewed["status"], &reviewed["files"]), (&json!("approved"), &json!([file])), "{reviewed}");
    let listed = app.meta().templates().unwrap();
    let at_meta = listed.iter().find(|one| one["name"] == "new_season").unwrap();
    assert!(at_meta["components"][0]["example"]["header_handle"][0].as_str().unwrap().starts_with("4::"));

    let to = json!({ "phoneNumber": "+34600111222" });
    let sent = send(&app, &to, &json!({ "name": "new_season", "language": "en" })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.pass(Duration::from_secs(20)).await;
    let header = posted(&app)["template"]["components"][0]["parameters"][0].clone();
    assert!(header["image"]["id"].is_string(), "{header}");

    // A sync keeps it.
    sync(&app).await;
    assert_eq!(template(&app, "new_season", "en").await["files"], json!([file]));
    for (wrong, field) in [
        (upload(&app, "video/mp4", b"a film").await, "headerFile"),
        ("med_01M3250VASBF3MSX3QTC83A67F".to_owned(), "headerFile"),
    ] {
        let refused = app.post("/api/templates", photo_template("another", &wrong)).await;
        assert_eq!((refused.status, fields(&refused)), (StatusCode::UNPROCESSABLE_ENTITY, vec![field.to_owned()]));
    }
}

#[tokio::test]
async fn a_listed_template_gets_a_file_without_a_review() {
    let app = synchronised(Settings::default()).await;
    let offer = template(&app, "welcome_offer", "en").await;
    let id = offer["id"].as_str().unwrap();
    let file = upload(&app, "image/jpeg", b"a picture").await;
    let changed = change(&app, id, json!({ "headerFile": file })).await;
    assert_eq!((changed.status, &changed["files"]), (StatusCode::OK, &json!([file])), "{}", changed.text);
    assert_eq!(changed["status"], "approved");
    let two = change(&app, id, json!({ "cardFiles": [file, file] })).await;
    assert_eq!((two.status, fields(&two)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["headerFile".to_owned()]));
}

#[tokio::test]
async fn a_change_is_reviewed_again_and_an_approved_template_takes_one_a_day() {
    let app = synchronised(Settings::default()).await;
    let reminder = template(&app, "appointment_reminder", "en").await;
    let id = reminder["id"].as_str().unwrap().to_owned();
    assert_eq!((&reminder["editing"], &reminder["editObstacle"]), (&json!(false), &Value::Null));
    let body = |text: &str| json!({ "body": text, "footer": null, "examples": { "body": { "first_name": "Ana" } } });
    let changed = change(&app, &id, body("Hello {{first_name}}, we are looking forward to you.")).await;
    assert_eq!((changed.status, &changed["editing"]), (StatusCode::OK, &json!(true)), "{}", changed.text);
    assert_eq!(template(&app, "appointment_reminder", "en").await["status"], "pending");
    app.pass(REVIEWED).await;
    let reviewed = template(&app, "appointment_reminder", "en").await;
    assert_eq!((&reviewed["status"], &reviewed["parameters"]["body"]), (&json!("approved"), &json!(["first_name"])));
    let again = change(&app, &id, body("Hello {{first_name}}, see you.")).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    assert!(again.str("detail").contains("one change of an approved template a day"), "{}", again.text);
    let category =
        change(&app, &id, json!({ "category": "marketing", "examples": { "body": { "first_name": "A" } } })).await;
    assert_eq!((category.status, &category["field"]), (StatusCode::CONFLICT, &json!("category")), "{}", category.text);
    app.skip(CLOSED);
    let next = change(&app, &id, body("Hello {{first_name}}, see you.")).await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.text);
    let pending = template(&app, "spring_promotion", "en").await;
    let refused = change(&app, pending["id"].as_str().unwrap(), json!({ "body": "Spring." })).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    let nothing = change(&app, &id, json!({})).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nothing.text);
}

#[tokio::test]
async fn a_change_that_whatsapp_refuses_leaves_the_template_as_it_is() {
    let app = synchronised(Settings::default()).await;
    let id = meta_id(&app, "we_miss_you");
    // Somebody changed it in WhatsApp Manager an hour ago.
    let words = json!([{ "type": "BODY", "text": "It has been a while. Shall we talk?" }]);
    app.meta().edit(&id, words).unwrap();
    app.pass(REVIEWED).await;
    let template_id = template(&app, "we_miss_you", "en").await["id"].as_str().unwrap().to_owned();
    assert_eq!(change(&app, &template_id, json!({ "body": "Come back." })).await.status, StatusCode::OK);
    let kept = template(&app, "we_miss_you", "en").await;
    assert_eq!((&kept["status"], &kept["editing"]), (&json!("approved"), &json!(false)), "{kept}");
    assert!(kept["editProblem"].as_str().unwrap().contains("once a day"), "{kept}");
    assert_eq!(kept["body"], "It has been a while. Shall we talk?");
}

#[tokio::test]
async fn a_one_time_code_is_created_and_copied_by_its_button() {
    let app = TestApp::start().await;
    let code = |delivery: Value| json!({ "name": "sign_in", "language": "en", "category": "authentication", "code": delivery });
    let no_app = app.post("/api/templates", code(json!({ "delivery": "one_tap" }))).await;
    assert_eq!((no_app.status, fields(&no_app)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["code.apps".to_owned()]));
    let one_tap = json!({
        "delivery": "one_tap", "securityAdvice": true, "expiresInMinutes": 10,
        "apps": [{ "packageName": "com.example.shop", "signatureHash": "K8a/AINcGX7" }],
    });
    let created = app.post("/api/templates", code(one_tap)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    app.pass(REVIEWED).await;
    let approved = template(&app, "sign_in", "en").await;
    assert_eq!((&approved["status"], &approved["code"]["delivery"]), (&json!("approved"), &json!("one_tap")));
    let sent = send(
        &app,
        &json!({ "phoneNumber": "+34600111222" }),
        &json!({ "name": "sign_in", "language": "en", "body": { "1": "123456" } }),
    )
    .await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let components = posted(&app)["template"]["components"].clone();
    assert_eq!(components[1]["parameters"][0]["text"], "123456", "{components}");
}

#[tokio::test]
async fn each_card_of_a_carousel_goes_out_with_its_own_file() {
    let app = synchronised(Settings::default()).await;
    let files = [upload(&app, "image/png", b"a boat").await, upload(&app, "image/png", b"a bike").await];
    let tour = template(&app, "city_tour", "en").await;
    let changed = change(&app, tour["id"].as_str().unwrap(), json!({ "cardFiles": files })).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let card = |end: &str| json!({ "body": { "1": "9 am" }, "buttons": { "0": end } });
    let values =
        json!({ "name": "city_tour", "language": "en", "body": { "1": "Ana" }, "cards": [card("a"), card("b")] });
    let sent = send(&app, &json!({ "phoneNumber": "+34600111222" }), &values).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.pass(Duration::from_secs(30)).await;
    let cards = posted(&app)["template"]["components"][1]["cards"].clone();
    let images: Vec<_> = (0..2).map(|n| cards[n]["components"][0]["parameters"][0]["image"]["id"].clone()).collect();
    assert!(images.iter().all(Value::is_string) && images[0] != images[1], "{cards}");
    assert_eq!(cards[1]["components"][2]["parameters"][0]["text"], "b", "{cards}");
    let message = app.only_lead().await["messages"][0].clone();
    assert_eq!(message["content"]["cards"][0]["body"], "By boat from 9 am on.");
}

#[tokio::test]
async fn a_language_that_a_template_lacks_is_another_region_else_the_default_and_the_answer_says_so() {
    let app = synchronised(Settings::default()).await;
    let to = json!({ "phoneNumber": "+34600111222" });
    let hola = json!({
        "name": "order_ready", "language": "es_MX", "body": { "1": "Ana", "2": "7" }, "buttons": { "0": "7" },
    });
    let sent = send(&app, &to, &hola).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    assert_eq!(posted(&app)["template"]["language"]["code"], "es");
    let content = app.only_lead().await["messages"][0]["content"].clone();
    assert_eq!((&content["language"], &content["askedLanguage"]), (&json!("es"), &json!("es_MX")), "{content}");
    let hindi = order_ready(&json!({ "language": "hi" }));
    let refused = send(&app, &to, &hindi).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.str("detail").contains("It has en_US, es."), "{}", refused.text);
    let english = template(&app, "order_ready", "en_US").await;
    let changed = change(&app, english["id"].as_str().unwrap(), json!({ "isDefault": true })).await;
    assert_eq!((changed.status, &changed["isDefault"]), (StatusCode::OK, &json!(true)), "{}", changed.text);
    let sent = send(&app, &to, &hindi).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    assert_eq!(posted(&app)["template"]["language"]["code"], "en_US");
}
