//! What happens to leads: deals, consents, merges, blocks, imports, exports, bulk changes and erasures.

use super::{Watched, text};
use serde_json::{Value, json};
use testkit::{CustomerMessage, Kind};

/// A file of two leads, one of whom is known, and its SHA-256 digest.
const FILE: &str = "Name,Phone,Email,Plan\r\nFatma,+4915112345671,fatma@example.com,Gold\r\nGero,+4915112345672,,\r\n";
const DIGEST: &str = "XqyESGbkqgDANFFvUZD1oQuJRwav7O5I3Xmqr8d66Hg=";

pub async fn what_happens_to_leads(watched: &Watched<'_>) {
    Box::pin(deals_move_with_their_lead(watched)).await;
    Box::pin(leads_are_merged(watched)).await;
    Box::pin(a_lead_is_blocked(watched)).await;
    Box::pin(leads_are_imported(watched)).await;
    Box::pin(leads_are_exported_and_changed_in_bulk(watched)).await;
    Box::pin(a_lead_is_erased(watched)).await;
    Box::pin(lists_are_kept(watched)).await;
}

/// A lead of a person who writes, by its path.
async fn new_lead(watched: &Watched<'_>, name: &str) -> (String, String) {
    let person = watched.app.person(name);
    watched.says(&person, "Hello").await;
    let lead = super::lead_of(watched, name).await;
    (person.id.to_string(), format!("/api/leads/{}", lead.as_str().unwrap()))
}

async fn deals_move_with_their_lead(watched: &Watched<'_>) {
    let (cora, lead) = new_lead(watched, "Cora").await;
    let renewals = watched.api("POST", "/api/pipelines", Some(json!({"name": "Renewals"}))).await;
    let mut deals = Vec::new();
    for title in ["Braces", "Retainer"] {
        let body = json!({"title": title, "value": 900, "currency": "EUR", "pipelineId": renewals["id"]});
        let deal = watched.api("POST", &format!("{lead}/deals"), Some(body)).await;
        deals.push(format!("/api/deals/{}", text(&deal, "id")));
        watched.settle().await;
    }
    watched.api("GET", &format!("/api/deals?pipelineId={}", text(&renewals, "id")), None).await;
    for change in [json!({"stage": "Qualified"}), json!({"title": "Braces, again"})] {
        watched.api("PATCH", &deals[0], Some(change)).await;
    }
    watched.api("DELETE", &deals[1], None).await;
    watched.settle().await;
    // Who was deleted and writes again is there again, with the deals.
    watched.api("DELETE", &lead, None).await;
    watched.settle().await;
    watched.app.meta().receive(&CustomerMessage::text(cora, "Hello again")).unwrap();
    watched.settle().await;
    let moves = json!({"moves": {"firstMessage": "New", "laterMessage": "Contacted", "answer": "Contacted"}});
    watched.api("PATCH", &format!("/api/pipelines/{}", text(&renewals, "id")), Some(json!({"name": "Again"}))).await;
    let sales = watched.api("GET", "/api/pipelines", None).await["items"][0].clone();
    watched.api("PATCH", &format!("/api/pipelines/{}", text(&sales, "id")), Some(moves)).await;
    let empty = watched.api("POST", "/api/pipelines", Some(json!({"name": "Empty"}))).await;
    watched.api("DELETE", &format!("/api/pipelines/{}", text(&empty, "id")), None).await;
}

async fn leads_are_merged(watched: &Watched<'_>) {
    let (_, one) = new_lead(watched, "Dana").await;
    let other = json!({"name": "Dana O.", "phone": "+4915112345670", "email": "dana@example.com"});
    let other = text(&watched.api("POST", "/api/leads", Some(other)).await, "id");
    watched.api("POST", &format!("/api/leads/{other}/deals"), Some(json!({"title": "Crown"}))).await;
    let refuses = json!({"marketing": false});
    watched.api("PATCH", &format!("/api/leads/{other}/consent"), Some(refuses)).await;
    watched.settle().await;
    watched.api("GET", &format!("{one}/merge-preview?with={other}"), None).await;
    let merge = watched.api("POST", &format!("{one}/merge"), Some(json!({"with": other}))).await;
    watched.settle().await;
    watched.api("GET", &format!("{one}/merges"), None).await;
    watched.api("GET", &format!("{one}/identities"), None).await;
    watched.api("POST", &format!("{one}/merges/{}/undo", text(&merge, "id")), None).await;
    watched.settle().await;
    watched.api("POST", &format!("{one}/not-duplicates"), Some(json!({"leadId": other}))).await;
    watched.api("GET", "/api/possible-duplicates", None).await;
}

async fn a_lead_is_blocked(watched: &Watched<'_>) {
    let (_, lead) = new_lead(watched, "Elif").await;
    watched.api("POST", &format!("{lead}/block"), None).await;
    watched.settle().await;
    watched.api("GET", &format!("{lead}/block"), None).await;
    watched.api("POST", &format!("{lead}/unblock"), None).await;
    watched.app.forget_stream("changes").await;
    watched.pass(4).await;
}

async fn leads_are_imported(watched: &Watched<'_>) {
    let plan = json!({"name": "Plan", "type": "choice", "choices": ["Gold", "Silver"]});
    watched.api("POST", "/api/lead-fields", Some(plan)).await;
    watched.api("POST", "/api/leads", Some(json!({"name": "Gero", "phone": "+4915112345672"}))).await;
    let file = json!({"filename": "leads.csv", "size": FILE.len(), "sha256": DIGEST});
    let begun = watched.api("POST", "/api/imports", Some(file)).await;
    watched.app.put(&begun["upload"], FILE.as_bytes()).await;
    let path = format!("/api/imports/{}", text(&begun, "id"));
    watched.api("GET", &format!("{path}/preview"), None).await;
    let columns = json!(["name", "phone", "email", null]);
    let settings = json!({"columns": columns, "duplicates": "update", "tags": ["fair"], "consentProof": "Fair"});
    watched.api("POST", &format!("{path}/check"), Some(settings)).await;
    watched.settle().await;
    watched.api("POST", &format!("{path}/run"), None).await;
    watched.app.forget_stream("changes").await;
    watched.pass(4).await;
    watched.settle().await;
    assert_eq!(watched.api("GET", &path, None).await["state"], "done");
    watched.api("GET", "/api/imports", None).await;
    watched.api("DELETE", "/api/lead-fields/plan", None).await;
    let csv = "phone,kind,allowed,source,date,proof\n+4915112345672,marketing,yes,Desk,2026-01-05,Card 9\n";
    watched.api("POST", "/api/consents/import", Some(json!({"csv": csv}))).await;
}

async fn leads_are_exported_and_changed_in_bulk(watched: &Watched<'_>) {
    let me = watched.api("GET", "/api/auth/me", None).await["id"].clone();
    let done = async |path: &str, body: Value| {
        let begun = watched.api("POST", path, Some(body)).await;
        watched.settle().await;
        let path = format!("{path}/{}", text(&begun, "id"));
        assert_eq!(watched.api("GET", &path, None).await["state"], "done");
        path
    };
    for body in [
        json!({}),
        json!({"what": "messages", "format": "json"}),
        json!({"filter": {"tag": "fair"}}),
        json!({"filter": {"owner": "me"}}),
    ] {
        done("/api/exports", body).await;
    }
    let until = watched.app.now().plus(std::time::Duration::from_secs(3600)).to_string();
    for body in [
        json!({"action": "tag", "tags": ["spring"], "leads": {"tag": "fair"}}),
        json!({"action": "set_owner", "ownerId": me, "leads": {"tag": "spring"}}),
        json!({"action": "set_stage", "stage": "Won", "leads": {"tag": "spring"}}),
        json!({"action": "delete", "leads": {"tag": "spring"}}),
        json!({"action": "assign", "assignee": me, "conversations": {}}),
        json!({"action": "snooze", "snoozedUntil": until, "conversations": {"assignee": "me"}}),
        json!({"action": "close", "conversations": {"status": "all"}}),
    ] {
        let path = done("/api/bulk", body).await;
        let undo = watched.api("POST", &format!("{path}/undo"), None).await;
        watched.settle().await;
        assert_eq!(watched.api("GET", &format!("/api/bulk/{}", text(&undo, "id")), None).await["state"], "done");
    }
    done("/api/bulk", json!({"action": "read", "conversations": {"unread": true}})).await;
    // And those that are cancelled.
    for (path, body) in [
        ("/api/bulk", json!({"action": "tag", "tags": ["never"], "leads": {}})),
        ("/api/exports", json!({"format": "json"})),
    ] {
        let begun = watched.api("POST", path, Some(body)).await;
        watched.api("POST", &format!("{path}/{}/cancel", text(&begun, "id")), None).await;
        watched.settle().await;
    }
}

/// All that is known of a person goes, also a message that is held and one that is held for its cost.
async fn a_lead_is_erased(watched: &Watched<'_>) {
    let (hugo, lead) = new_lead(watched, "Hugo").await;
    let id = lead.rsplit('/').next().unwrap();
    watched.app.meta().receive(&CustomerMessage::new(hugo, Kind::Image)).unwrap();
    watched.settle().await;
    watched.api("POST", &format!("{lead}/notes"), Some(json!({"text": "Wants a discount"}))).await;
    watched.api("POST", &format!("{lead}/deals"), Some(json!({"title": "Crown"}))).await;
    watched.api("PATCH", &lead, Some(json!({"email": "hugo@example.com"}))).await;
    watched.api("PATCH", &format!("{lead}/consent"), Some(json!({"marketing": true, "note": "Desk"}))).await;
    watched.api("POST", "/api/messages", Some(json!({"leadId": id, "text": "Good morning"}))).await;
    watched.settle().await;
    let toggle = format!("/api/channels/{}/toggle", watched.app.account().channel);
    watched.api("POST", &toggle, None).await;
    watched.api("POST", "/api/messages", Some(json!({"leadId": id, "text": "Held, and erased"}))).await;
    watched.settle().await;
    let erasure = watched.api("POST", &format!("{lead}/erase"), Some(json!({"confirm": id}))).await;
    watched.app.forget_stream("changes").await;
    watched.pass(8).await;
    let path = format!("/api/erasures/{}", text(&erasure, "id"));
    assert_eq!(watched.api("GET", &path, None).await["status"], "done");
    watched.api("GET", "/api/erasures", None).await;
    watched.api("POST", &toggle, None).await;
    watched.settle().await;
}

/// Segments, quick replies, and what else an owner adds and removes.
async fn lists_are_kept(watched: &Watched<'_>) {
    for (path, body, change) in [
        ("/api/segments", json!({"name": "Fair", "filter": {"tag": ["fair"]}}), json!({"name": "Spring"})),
        ("/api/quick-replies", json!({"name": "hello", "text": "Hello!"}), json!({"text": "Hi!"})),
    ] {
        let made = watched.api("POST", path, Some(body)).await;
        watched.api("GET", path, None).await;
        let one = format!("{path}/{}", text(&made, "id"));
        watched.api("PATCH", &one, Some(change)).await;
        watched.api("DELETE", &one, None).await;
    }
    for path in ["/api/reports", "/api/costs", "/api/pipeline", "/api/tasks", "/api/lead-fields"] {
        watched.api("GET", path, None).await;
    }
}
