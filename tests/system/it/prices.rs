//! Prices: quoted before a message is sent, agreed to with it, asked again before it is posted, and settled by WhatsApp's
//! statuses. A message whose price is not agreed to is never posted.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::Person;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{NOW, Reply, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

/// From the beginning of every test to the first hour of October 2026, in which WhatsApp begins to charge for service
/// messages.
const OCTOBER: Duration = Duration::from_secs(1_790_812_800 - 1_790_000_000 + 600);

async fn synchronised() -> TestApp {
    let app = TestApp::start().await;
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    app
}

/// A customer in India who has just written.
async fn customer(app: &TestApp) -> (Person, Value) {
    let person = app.meta().invent(meta_simulator::Invent {
        name: Some("Asha Rao".to_owned()),
        wa_id: Some("919876543210".to_owned()),
        ..meta_simulator::Invent::default()
    });
    let person = person.unwrap();
    app.says(&person, "Is my order ready?").await;
    let lead = app.only_lead().await;
    // What is sent now stands after what the customer wrote.
    app.skip(Duration::from_secs(1));
    (person, lead["id"].clone())
}

async fn quote(app: &TestApp, body: Value) -> Reply {
    let quoted = app.post("/api/quotes", body).await;
    assert_eq!(quoted.status, StatusCode::OK, "{}", quoted.text);
    quoted
}

fn template(name: &str) -> Value {
    json!({ "name": name, "language": if name == "order_ready" { "en_US" } else { "en" } })
}

fn filled(name: &str) -> Value {
    let mut template = template(name);
    if name == "order_ready" {
        template["header"] = json!("ORD-9");
        template["body"] = json!({ "1": "Asha", "2": "ORD-9" });
        template["buttons"] = json!({ "0": "ORD-9" });
    }
    template
}

async fn toggle(app: &TestApp) {
    let channel = app.account().channel;
    let toggled = app.call(Method::POST, &format!("/api/channels/{channel}/toggle"), &[], None).await;
    assert_eq!(toggled.status, StatusCode::OK, "{}", toggled.text);
}

async fn bill(app: &TestApp, change: Value) -> Reply {
    let channel = app.account().channel;
    app.call(Method::PATCH, &format!("/api/channels/{channel}"), &[], Some(change)).await
}

/// The newest message of the only lead.
async fn newest(app: &TestApp) -> Value {
    app.only_lead().await["messages"][0].clone()
}

fn posted(app: &TestApp) -> usize {
    app.meta().sends(None).unwrap().len()
}

#[tokio::test]
async fn a_quote_says_what_a_message_costs_and_writes_nothing() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let text = quote(&app, json!({ "leadId": lead, "text": "Yes, it is." })).await;
    let free = json!({
        "category": "service", "currency": "INR", "amount": "0.00", "basis": "open_window", "card": null, "unknown": null,
    });
    assert_eq!((&text["sendable"], &text["price"], &text["total"]), (&json!(true), &free, &json!("0.00")));
    let offer = quote(&app, json!({ "leadId": lead, "template": template("we_miss_you") })).await;
    let price = json!({
        "category": "marketing", "currency": "INR", "amount": "0.8631", "basis": "rate", "card": "2026-07-01",
        "unknown": null,
    });
    assert_eq!(offer["price"], price);
    let stranger = quote(&app, json!({ "phoneNumber": "+44 7911 123456", "template": template("we_miss_you") })).await;
    assert_eq!((&stranger["sendable"], &stranger["price"]["category"]), (&json!(true), &json!("marketing")));
    assert_ne!(stranger["price"]["amount"], price["amount"], "another country");
    let categories: Vec<_> = text["categories"].as_array().unwrap().iter().map(|one| one["category"].clone()).collect();
    assert_eq!(categories, ["service", "utility", "marketing", "authentication"]);
    let long = quote(&app, json!({ "leadId": lead, "text": "long ".repeat(2_000) })).await;
    assert_eq!(long["messages"], 3);
    assert_eq!((posted(&app), app.only_lead().await["messages"].as_array().unwrap().len()), (0, 1));
}

#[tokio::test]
async fn a_quote_of_what_cannot_be_sent_says_why_and_names_templates_with_their_prices() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    app.skip(25 * HOUR);
    let text = quote(&app, json!({ "leadId": lead, "text": "Yes, it is." })).await;
    assert_eq!((&text["sendable"], &text["refusal"]), (&json!(false), &json!("window_closed")));
    let offered = text["templates"].as_array().unwrap();
    let order = offered.iter().find(|one| one["name"] == "order_ready").unwrap();
    assert_eq!((&order["price"]["category"], &order["price"]["amount"]), (&json!("utility"), &json!("0.115")));
    let wrong = app.post("/api/quotes", json!({ "leadId": lead, "template": template("no_such_template") })).await;
    assert_eq!((wrong.status, wrong.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "template.name"));
    let both = json!({ "leadId": lead, "text": "hi", "template": template("we_miss_you") });
    assert_eq!(app.post("/api/quotes", both).await.str("field"), "template");
    assert_eq!(app.post("/api/quotes", json!({ "text": "hi" })).await.str("field"), "leadId");
}

#[tokio::test]
async fn a_message_has_its_price_from_the_start_and_whatsapp_s_status_settles_it() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let sent = app.post("/api/messages", json!({ "leadId": lead, "template": filled("we_miss_you") })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let price = |state: &str| {
        json!({
            "state": state, "category": "marketing", "currency": "INR", "amount": "0.8631", "ceiling": "0.8631",
            "quoted": "0.8631", "card": "2026-07-01",
        })
    };
    assert_eq!(newest(&app).await["price"], price("quoted"));
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(newest(&app).await["price"], price("settled"));
    let utility = app.post("/api/messages", json!({ "leadId": lead, "template": filled("order_ready") })).await;
    assert_eq!(utility.status, StatusCode::ACCEPTED, "{}", utility.text);
    app.pass(Duration::from_secs(10)).await;
    let free = newest(&app).await["price"].clone();
    assert_eq!(
        (&free["state"], &free["amount"], &free["category"]),
        (&json!("settled"), &json!("0.00"), &json!("utility"))
    );
}

#[tokio::test]
async fn a_message_whose_price_rose_is_held_until_a_user_approves_the_new_price() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    app.skip(OCTOBER.checked_sub(HOUR).unwrap());
    app.says(&person, "Are you there?").await;
    let lead = json!({ "leadId": lead });
    toggle(&app).await;
    let free = app.post("/api/messages", json!({ "leadId": lead["leadId"], "text": "Yes." })).await;
    assert_eq!(free.status, StatusCode::ACCEPTED, "{}", free.text);
    let generous = json!({ "leadId": lead["leadId"], "text": "Come in.", "maxPrice": "0.2" });
    let generous = app.post("/api/messages", generous).await;
    assert_eq!(generous.status, StatusCode::ACCEPTED, "{}", generous.text);
    app.pass(HOUR).await;
    assert_eq!(posted(&app), 0, "the number is paused, and it is October by now");
    toggle(&app).await;
    app.pass(Duration::from_secs(300)).await;
    let thread = app.only_lead().await["messages"].as_array().unwrap().clone();
    let find = |text: &str| thread.iter().find(|one| one["text"] == text).unwrap();
    let held = find("Yes.");
    assert_eq!(held["status"], "held");
    let error = &held["error"];
    assert_eq!(
        (&error["reason"], &error["cause"], &error["nextStep"]),
        (&json!("price_changed"), &json!("price_changed"), &json!("check_price"))
    );
    let agreed = find("Come in.");
    assert_eq!((&agreed["status"], &agreed["price"]["ceiling"]), (&json!("read"), &json!("0.20")));
    assert_eq!(posted(&app), 1, "it is held alone");
    let listed = app.get("/api/messages/held").await;
    let one = &listed.items()[0];
    assert_eq!(
        (&one["id"], &one["agreed"], &one["price"]["amount"], &one["approvable"]),
        (&held["id"], &json!("0.00"), &json!("0.115"), &json!(true))
    );
    let approve = format!(
        "/api/conversations/{}/messages/{}/approve",
        one["conversationId"].as_str().unwrap(),
        one["id"].as_str().unwrap()
    );
    for too_little in [json!({}), json!({ "maxPrice": "0.114" })] {
        let refused = app.post(&approve, too_little).await;
        let says = (refused.str("type"), refused.str("field"));
        assert_eq!(says, ("/problems/price-changed", "maxPrice"), "{}", refused.text);
        assert!(refused.str("detail").contains("INR 0.115"), "{}", refused.text);
    }
    let approved = app.post(&approve, json!({ "maxPrice": "0.115" })).await;
    assert_eq!(approved.status, StatusCode::NO_CONTENT, "{}", approved.text);
    app.pass(Duration::from_secs(10)).await;
    let thread = app.only_lead().await["messages"].as_array().unwrap().clone();
    let sent = thread.iter().find(|one| one["text"] == "Yes.").unwrap();
    assert_eq!((&sent["status"], &sent["price"]["ceiling"]), (&json!("read"), &json!("0.115")));
    assert_eq!((posted(&app), app.get("/api/messages/held").await.items().len()), (2, 0));
    assert_eq!(app.post(&approve, json!({ "maxPrice": "0.115" })).await.status, StatusCode::CONFLICT, "once");
    let now = quote(&app, json!({ "leadId": lead["leadId"], "text": "Yes." })).await;
    assert_eq!((&now["price"]["amount"], &now["price"]["basis"]), (&json!("0.115"), &json!("free_allowance")));
}

#[tokio::test]
async fn a_template_that_whatsapp_moved_to_a_dearer_category_is_not_posted_at_the_old_price() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    toggle(&app).await;
    let sent = app.post("/api/messages", json!({ "leadId": lead, "template": filled("order_ready") })).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let all = app.meta().templates().unwrap();
    let order = all.iter().find(|one| one["name"] == "order_ready").unwrap()["id"].as_str().unwrap().to_owned();
    app.meta().change_template(&order, json!({ "category": "MARKETING" }).as_object().unwrap()).unwrap();
    app.post("/api/templates/sync", json!({})).await;
    app.settle().await;
    toggle(&app).await;
    app.pass(Duration::from_secs(300)).await;
    let message = newest(&app).await;
    assert_eq!((&message["status"], &message["error"]["reason"]), (&json!("held"), &json!("price_changed")));
    let conversation = app.get("/api/messages/held").await.items()[0]["conversationId"].as_str().unwrap().to_owned();
    let path = format!("/api/conversations/{conversation}/messages/{}", message["id"].as_str().unwrap());
    let cancelled = app.call(Method::DELETE, &path, &[], None).await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text);
    app.pass(Duration::from_secs(8 * 24 * 3600)).await;
    let thread = app.only_lead().await["messages"].as_array().unwrap().clone();
    let cancelled = thread.iter().find(|one| one["id"] == message["id"]).expect("it stays in the thread");
    assert_eq!((&cancelled["status"], posted(&app)), (&json!("cancelled"), 0));
    assert_eq!(app.get("/api/messages/held").await.items().len(), 0);
}

#[tokio::test]
async fn a_message_that_nobody_approves_expires_and_holds_up_nobody() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    app.skip(OCTOBER.checked_sub(HOUR).unwrap());
    app.says(&person, "Are you there?").await;
    toggle(&app).await;
    let free = app.post("/api/messages", json!({ "leadId": lead, "text": "long ".repeat(1_000) })).await;
    assert_eq!(free.status, StatusCode::ACCEPTED, "{}", free.text);
    app.pass(HOUR).await;
    toggle(&app).await;
    app.pass(Duration::from_secs(300)).await;
    assert_eq!(app.get("/api/messages/held").await.items().len(), 2, "both parts of the text");
    let later = app.post("/api/messages", json!({ "leadId": lead, "text": "Hello?" })).await;
    assert_eq!(later.status, StatusCode::ACCEPTED, "{}", later.text);
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(posted(&app), 1, "what was agreed to at its price goes");
    app.pass(24 * HOUR).await;
    let thread = app.only_lead().await["messages"].as_array().unwrap().clone();
    let long: Vec<_> = thread.iter().filter(|one| one["text"].as_str().unwrap().starts_with("long")).collect();
    assert_eq!(long.len(), 2);
    for part in long {
        assert_eq!((&part["status"], &part["error"]["reason"]), (&json!("failed"), &json!("expired")), "{part}");
    }
    assert_eq!(
        (posted(&app), app.get("/api/messages/held").await.items().len(), app.count("held_cost").await),
        (1, 0, 0)
    );
}

#[tokio::test]
async fn a_message_whose_price_is_unknown_is_refused_until_its_sender_agrees() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let changed = bill(&app, json!({ "currency": "GBP", "timeZone": "Europe/London" })).await;
    assert_eq!(
        (&changed["currency"], &changed["timeZone"]),
        (&json!("GBP"), &json!("Europe/London")),
        "{}",
        changed.text
    );
    let body = json!({ "leadId": lead, "template": filled("we_miss_you") });
    let refused = app.post("/api/messages", body.clone()).await;
    assert_eq!(
        (refused.status, refused.str("type"), refused.str("field")),
        (StatusCode::UNPROCESSABLE_ENTITY, "/problems/price-unknown", "acceptUnknownPrice")
    );
    assert!(refused.str("detail").contains("no rate card in GBP"), "{}", refused.text);
    let unknown = quote(&app, json!({ "leadId": lead, "template": template("we_miss_you") })).await;
    assert_eq!((&unknown["price"]["amount"], &unknown["price"]["unknown"]), (&Value::Null, &json!("no_card")));
    assert_eq!(posted(&app), 0);
    let mut agreed = body;
    agreed["acceptUnknownPrice"] = json!(true);
    let sent = app.post("/api/messages", agreed).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.pass(Duration::from_secs(10)).await;
    let message = newest(&app).await;
    assert_eq!((&message["status"], &message["price"]["amount"]), (&json!("read"), &Value::Null));
    for (wrong, field) in
        [(json!({ "timeZone": "Mars/Olympus" }), "timeZone"), (json!({ "currency": "XYZ" }), "currency")]
    {
        let refused = bill(&app, wrong).await;
        assert_eq!((refused.status.is_client_error(), refused.str("field")), (true, field), "{}", refused.text);
    }
}

#[tokio::test]
async fn a_message_that_costs_more_than_the_sender_allows_is_refused_with_its_price() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let send = |most: &str| json!({ "leadId": lead, "template": filled("we_miss_you"), "maxPrice": most });
    let refused = app.post("/api/messages", send("0.78")).await;
    assert_eq!(
        (refused.str("type"), refused.str("field")),
        ("/problems/price-changed", "maxPrice"),
        "{}",
        refused.text
    );
    assert!(refused.str("detail").contains("INR 0.8631"), "{}", refused.text);
    let wrong = app.post("/api/messages", send("cheap")).await;
    assert!(wrong.status.is_client_error(), "{}", wrong.text);
    assert_eq!(app.post("/api/messages", send("0.8631")).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_number_that_is_connected_has_the_currency_that_meta_says() {
    let app = TestApp::start().await;
    let number = app.meta().numbers().iter().find(|number| number.verified_name == "Leadwire Second").unwrap().clone();
    let connected = app.post(
        "/api/channels",
        json!({
            "name": "Second", "phoneNumberId": number.phone_number_id, "businessAccountId": number.waba_id,
            "accessToken": number.access_token,
        }),
    );
    let connected = connected.await;
    assert_eq!((connected.status, &connected["currency"]), (StatusCode::CREATED, &json!("INR")), "{}", connected.text);
    assert!(app.now() >= NOW);
}

#[tokio::test]
async fn the_costs_of_a_month_are_added_up_from_its_messages_and_differences_are_named() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    for name in ["we_miss_you", "we_miss_you", "order_ready"] {
        app.skip(Duration::from_secs(1));
        let sent = app.post("/api/messages", json!({ "leadId": lead, "template": filled(name) })).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    }
    app.pass(Duration::from_secs(10)).await;
    let all = app.meta().templates().unwrap();
    let offer = all.iter().find(|one| one["name"] == "we_miss_you").unwrap()["id"].as_str().unwrap().to_owned();
    app.meta().change_template(&offer, json!({ "category": "UTILITY" }).as_object().unwrap()).unwrap();
    let cheaper = app.post("/api/messages", json!({ "leadId": lead, "template": filled("we_miss_you") })).await;
    assert_eq!(cheaper.status, StatusCode::ACCEPTED, "{}", cheaper.text);
    app.pass(Duration::from_secs(10)).await;
    let costs = app.get("/api/costs?month=2026-09").await;
    assert_eq!(
        (costs.status, &costs["month"], &costs["nextCursor"]),
        (StatusCode::OK, &json!("2026-09"), &Value::Null)
    );
    let sum = |category: &str, template: &str| {
        let is_it = |one: &&Value| one["category"] == category && one["template"] == template;
        costs.items().iter().find(is_it).unwrap().clone()
    };
    let marketing = sum("marketing", "we_miss_you");
    assert_eq!((&marketing["messages"], &marketing["settled"]), (&json!(2), &json!("1.7262")), "{}", costs.text);
    assert_eq!((&marketing["day"], &marketing["currency"]), (&json!("2026-09-21"), &json!("INR")));
    for (template, quoted) in [("order_ready", "0.00"), ("we_miss_you", "0.8631")] {
        let utility = sum("utility", template);
        assert_eq!(
            (&utility["messages"], &utility["settled"], &utility["quoted"]),
            (&json!(1), &json!("0.00"), &json!(quoted))
        );
    }
    let difference = &costs["differences"][0];
    assert_eq!((&difference["quoted"], &difference["settled"]), (&json!("0.8631"), &json!("0.00")));
    assert_eq!(app.get("/api/costs?month=2026-08").await.items().len(), 0);
    let table = app.get("/api/costs.csv?month=2026-09").await;
    assert!(table.text.starts_with("day,channelId,category,") && table.text.contains("\"1.7262\""), "{}", table.text);
    let wrong = app.get("/api/costs?month=2026-13").await;
    assert_eq!((wrong.status, wrong.str("field")), (StatusCode::BAD_REQUEST, "month"), "{}", wrong.text);
}

#[tokio::test]
async fn after_the_answer_to_an_ad_everything_is_free_for_72_hours() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let offer = json!({ "leadId": lead, "template": template("we_miss_you") });
    let mut message = meta_simulator::CustomerMessage::new(person.id.to_string(), meta_simulator::Kind::Text);
    message.text = Some("I saw your ad".to_owned());
    let extra = json!({ "referral": { "source_type": "ad", "source_id": "120226", "headline": "Homes" } });
    message.extra = extra.as_object().unwrap().clone();
    app.does(message).await;
    let before = quote(&app, offer.clone()).await;
    assert_eq!(before["price"]["basis"], "rate", "nobody has answered yet");
    app.skip(HOUR);
    let answer = app.post("/api/messages", json!({ "leadId": lead, "text": "Welcome!" })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
    app.pass(Duration::from_secs(10)).await;
    let free = quote(&app, offer.clone()).await;
    assert_eq!((&free["price"]["amount"], &free["price"]["basis"]), (&json!("0.00"), &json!("free_entry_point")));
    app.skip(71 * HOUR);
    assert_eq!(quote(&app, offer.clone()).await["price"]["basis"], "free_entry_point");
    app.skip(HOUR);
    assert_eq!(quote(&app, offer).await["price"]["basis"], "rate", "72 hours are over");
}

#[tokio::test]
async fn a_message_with_a_fallback_goes_out_as_the_template_once_the_window_is_closed() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    let body = json!({ "leadId": lead, "text": "Yes, it is.", "fallback": template("we_miss_you") });
    toggle(&app).await;
    let waits = app.post("/api/messages", body.clone()).await;
    assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.text);
    app.pass(25 * HOUR - Duration::from_secs(1)).await;
    assert_eq!(newest(&app).await["status"], "failed", "it waits no longer than its time");
    let closed = app.post("/api/messages", body.clone()).await;
    assert_eq!(closed.status, StatusCode::ACCEPTED, "{}", closed.text);
    assert_eq!(newest(&app).await["type"], "template", "the window is closed already");
    toggle(&app).await;
    app.pass(Duration::from_secs(300)).await;
    assert_eq!((newest(&app).await["status"].clone(), posted(&app)), (json!("read"), 1));
    for (field, wrong) in [
        ("fallback.name", json!({ "fallback": { "name": "No Such", "language": "en" } })),
        ("fallback", json!({ "text": "long ".repeat(2_000) })),
    ] {
        let mut refused = body.clone();
        wrong.as_object().unwrap().iter().for_each(|(name, value)| refused[name] = value.clone());
        let refused = app.post("/api/messages", refused).await;
        assert_eq!(
            (refused.status, refused.str("field")),
            (StatusCode::UNPROCESSABLE_ENTITY, field),
            "{}",
            refused.text
        );
    }
}

#[tokio::test]
async fn a_message_whose_window_closes_while_it_waits_goes_out_as_its_fallback() {
    let app = synchronised().await;
    let (_, lead) = customer(&app).await;
    app.skip(23 * HOUR);
    toggle(&app).await;
    let body = json!({ "leadId": lead, "text": "Yes, it is.", "fallback": template("we_miss_you") });
    let waits = app.post("/api/messages", body).await;
    assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.text);
    assert_eq!(newest(&app).await["type"], "text");
    app.pass(2 * HOUR).await;
    toggle(&app).await;
    app.pass(Duration::from_secs(300)).await;
    let sent = newest(&app).await;
    assert_eq!((&sent["type"], &sent["status"]), (&json!("template"), &json!("read")), "{sent}");
    assert_eq!((&sent["price"]["category"], posted(&app)), (&json!("marketing"), 1));
}

#[tokio::test]
async fn free_service_messages_are_counted_once_by_number_and_month() {
    let app = synchronised().await;
    let (person, lead) = customer(&app).await;
    let left = || async { quote(&app, json!({ "leadId": lead, "text": "Yes." })).await["freeMessagesLeft"].clone() };
    assert_eq!(left().await, Value::Null, "all are free");
    app.skip(OCTOBER);
    app.says(&person, "Are you there?").await;
    assert_eq!(left().await, json!(1000));
    for _ in 0..3 {
        let sent = app.post("/api/messages", json!({ "leadId": lead, "text": "Yes." })).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
        app.pass(Duration::from_secs(10)).await;
    }
    assert_eq!(left().await, json!(997));
    let offer = app.post("/api/messages", json!({ "leadId": lead, "template": filled("we_miss_you") })).await;
    assert_eq!(offer.status, StatusCode::ACCEPTED, "{}", offer.text);
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(left().await, json!(997), "a template never counts");
    app.skip(31 * 24 * HOUR);
    assert_eq!(left().await, json!(1000), "another month");
}
