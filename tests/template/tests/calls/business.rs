//! What a business sets up for itself: webhooks, keys that report statuses, budgets, and what Meta keeps of a number.

use super::{Watched, text};
use meta_simulator::Invent;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::receiver::Receiver;
use testkit::{CustomerMessage, Kind};

const HOUR: Duration = Duration::from_secs(3600);

pub async fn what_a_business_sets_up(watched: &Watched<'_>) {
    Box::pin(a_number_is_set_up(watched)).await;
    Box::pin(customers_opt_out(watched)).await;
    Box::pin(messages_are_scheduled(watched)).await;
    Box::pin(a_program_reports_statuses(watched)).await;
    Box::pin(budgets_hold_messages(watched)).await;
    Box::pin(webhooks_are_told(watched)).await;
}

async fn a_number_is_set_up(watched: &Watched<'_>) {
    let path = format!("/api/channels/{}", watched.app.account().channel);
    watched.api("POST", &format!("{path}/links"), Some(json!({"message": "I saw your window"}))).await;
    watched.settle().await;
    let setup = watched.api("GET", &format!("{path}/setup"), None).await;
    let link = format!("{path}/links/{}", text(&setup["links"][0], "code"));
    watched.api("PATCH", &link, Some(json!({"message": "I saw your ad"}))).await;
    watched.settle().await;
    watched.api("DELETE", &link, None).await;
    watched.settle().await;
    watched.api("PATCH", &format!("{path}/setup"), Some(json!({"starters": {"questions": ["Open?"]}}))).await;
    watched.app.forget_stream("changes").await;
    watched.pass(3).await;
    watched.api("POST", &format!("{path}/setup/refresh"), None).await;
    watched.settle().await;
    watched.api("GET", &format!("{path}/profile"), None).await;
    watched.api("PATCH", &format!("{path}/profile"), Some(json!({"about": "Flowers, and more"}))).await;
    watched.settle().await;
    let upload = json!({"mimeType": "image/png", "size": 1, "sha256": super::DIGEST_OF_X});
    let begun = watched.api("POST", "/api/media", Some(upload)).await;
    watched.app.put(&begun["upload"], b"x").await;
    watched.api("PATCH", &format!("{path}/setup"), Some(json!({"picture": begun["id"]}))).await;
    watched.settle().await;
}

async fn customers_opt_out(watched: &Watched<'_>) {
    watched.api("PATCH", "/api/settings", Some(json!({"stopConfirmation": "You get no more messages."}))).await;
    let ines = watched.app.person("Ines");
    for text in ["Hello", "stop", "start"] {
        watched.says(&ines, text).await;
        watched.app.skip(Duration::from_secs(2));
    }
}

async fn messages_are_scheduled(watched: &Watched<'_>) {
    let jan = watched.app.person("Jan");
    watched.says(&jan, "Hello").await;
    let lead = super::lead_of(watched, "Jan").await;
    let mut paths = Vec::new();
    for words in ["One", "Two"] {
        let at = watched.app.now().plus(Duration::from_secs(300)).to_string();
        let sent = json!({"leadId": lead, "text": words, "sendAt": at});
        let sent = watched.api("POST", "/api/messages", Some(sent)).await;
        paths.push(format!("/api/conversations/{}/messages/{}", text(&sent, "conversationId"), text(&sent, "id")));
    }
    let later = watched.app.now().plus(Duration::from_secs(360)).to_string();
    watched.api("PATCH", &paths[0], Some(json!({"text": "First", "sendAt": later}))).await;
    watched.api("DELETE", &paths[1], None).await;
    watched.pass(8).await;
}

async fn a_program_reports_statuses(watched: &Watched<'_>) {
    let password = watched.app.account().owner_password.clone();
    let key = json!({"name": "Gateway", "scopes": ["statuses:write"], "password": password});
    let key = watched.api("POST", "/api/keys", Some(key)).await;
    let wamid = watched.app.meta().sends(None).unwrap()[0].wamid.clone();
    let body = json!([{"id": wamid, "status": "read", "timestamp": watched.app.now().seconds()}]);
    watched.at("webhook");
    let mut request = watched.app.request("POST".parse().unwrap(), "/webhook/incoming", &[], Some(body));
    request.headers_mut().insert("authorization", format!("Bearer {}", text(&key, "key")).parse().unwrap());
    assert_eq!(testkit::ask(&watched.stack.gateway(), request).await.status, 200);
    watched.settle().await;
    watched.api("GET", "/api/keys", None).await;
    watched.api("DELETE", &format!("/api/keys/{}", text(&key, "id")), None).await;
}

/// Budgets that ask and hold: messages are approved, cancelled, let through, erased with their lead, and given up.
async fn budgets_hold_messages(watched: &Watched<'_>) {
    watched.api("POST", "/api/templates/sync", None).await;
    watched.settle().await;
    let invent = |name: &str, wa_id: &str| {
        let wishes = Invent { name: Some(name.to_owned()), wa_id: Some(wa_id.to_owned()), ..Invent::default() };
        watched.app.meta().invent(wishes).unwrap()
    };
    let mut leads = Vec::new();
    for (name, wa_id) in [("Kala", "919876543210"), ("Lila", "919876543211")] {
        watched.says(&invent(name, wa_id), "Hello").await;
        leads.push(super::lead_of(watched, name).await);
    }
    let offer = async |lead: &Value| {
        watched.app.skip(Duration::from_secs(1));
        let body = json!({"leadId": lead, "template": {"name": "we_miss_you", "language": "en"}});
        watched.api("POST", "/api/messages", Some(body)).await;
        watched.settle().await;
    };
    let budget = json!({"currency": "INR", "amount": "1", "period": "day", "action": "ask"});
    let budget = watched.api("POST", "/api/budgets", Some(budget)).await;
    let budget = format!("/api/budgets/{}", text(&budget, "id"));
    // One is sent, one will be approved, and one cancelled.
    for _ in 0..3 {
        offer(&leads[0]).await;
    }
    watched.api("GET", "/api/budgets", None).await;
    let quote = json!({"leadId": leads[0], "template": {"name": "we_miss_you", "language": "en"}});
    watched.api("POST", "/api/quotes", Some(quote)).await;
    let held = watched.api("GET", "/api/messages/held", None).await["items"].clone();
    let path = |one: &Value| format!("/api/conversations/{}/messages/{}", text(one, "conversationId"), text(one, "id"));
    watched.api("POST", &format!("{}/approve", path(&held[0])), Some(json!({}))).await;
    watched.api("DELETE", &path(&held[1]), None).await;
    watched.settle().await;
    watched.api("PATCH", &budget, Some(json!({"action": "hold"}))).await;
    for lead in [&leads[0], &leads[0], &leads[1]] {
        offer(lead).await;
    }
    let erase = format!("/api/leads/{}/erase", leads[1].as_str().unwrap());
    watched.api("POST", &erase, Some(json!({"confirm": leads[1]}))).await;
    watched.pass(5).await;
    watched.api("PATCH", &budget, Some(json!({"amount": "3"}))).await;
    watched.app.forget_stream("changes").await;
    watched.pass(4).await;
    watched.api("PATCH", &budget, Some(json!({"amount": "0"}))).await;
    for _ in 0..8 {
        watched.app.skip(24 * HOUR);
        watched.settle().await;
    }
    watched.api("DELETE", &budget, None).await;
    watched.pass(2).await;
}

/// Every type of event; and an endpoint that fails until it is switched off.
async fn webhooks_are_told(watched: &Watched<'_>) {
    let receiver = Receiver::start().await;
    let events = json!([
        "message.received",
        "message.created",
        "message.status",
        "lead.created",
        "lead.updated",
        "conversation.updated"
    ]);
    let hook = watched.api("POST", "/api/webhooks", Some(json!({"url": receiver.url, "events": events}))).await;
    let path = format!("/api/webhooks/{}", text(&hook, "id"));
    watched.api("POST", &format!("{path}/test"), None).await;
    watched.api("POST", &format!("{path}/rotate-secret"), None).await;
    watched.settle().await;
    let mona = watched.app.person("Mona");
    watched.says(&mona, "Hello").await;
    let photo = CustomerMessage::new(mona.id.to_string(), Kind::Image);
    watched.app.meta().receive(&photo).unwrap();
    watched.settle().await;
    let lead = super::lead_of(watched, "Mona").await;
    watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": "Hello!"}))).await;
    let lead = format!("/api/leads/{}", lead.as_str().unwrap());
    watched.api("PATCH", &lead, Some(json!({"tags": ["vip"]}))).await;
    let conversation = watched.api("GET", &lead, None).await["conversations"][0].clone();
    watched.api("POST", &format!("/api/conversations/{}/claim", conversation.as_str().unwrap()), None).await;
    watched.settle().await;
    receiver.answer("500".parse().unwrap());
    watched.says(&mona, "Are you there?").await;
    for _ in 0..5 {
        watched.app.skip(20 * HOUR);
        watched.settle().await;
    }
    assert_eq!(watched.api("GET", "/api/webhooks", None).await["items"][0]["disabled"], true);
    watched.api("PATCH", &path, Some(json!({"active": true}))).await;
    let event = watched.api("GET", &format!("{path}/deliveries"), None).await["items"][0]["eventId"].clone();
    watched.api("POST", &format!("{path}/deliveries/{}/replay", event.as_str().unwrap()), None).await;
    watched.settle().await;
    // An event that is under way finds no webhook.
    watched.says(&mona, "Hello?").await;
    watched.api("DELETE", &path, None).await;
    watched.app.skip(24 * HOUR);
    watched.pass(1).await;
}
