//! The phone of a number that stays in use there (coexistence): its address book and its past messages, which it brings once
//! each, within a day of the link.

use super::{admit, no_such_object, number_for, refuse, stored};
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use crate::storage::{Update, facts};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;

/// How long after the link Meta takes it.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// `POST /{version}/{number}/smb_app_data`.
pub(super) async fn import(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let begun = admit(&simulator, &version, &headers).and_then(|token| {
        let number = number_for(&simulator, &token, &id).ok_or_else(|| no_such_object(&id))?;
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let kind = body["sync_type"].as_str().unwrap_or_default().to_owned();
        take(&simulator, number, &kind)?;
        Ok(json!({ "messaging_product": "whatsapp", "request_id": kind }))
    });
    match begun {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}

fn take(simulator: &Simulator, number: &BusinessNumber, kind: &str) -> Result<(), GraphError> {
    let onboarded = simulator.onboarded(number).unwrap_or_default();
    let refused = |code, words: &str| GraphError::platform(400, code, words);
    if !onboarded.on_phone {
        return Err(GraphError::with(100, "The number is not in use in the WhatsApp Business app"));
    }
    let now = simulator.now();
    if onboarded.at.is_none_or(|at| now.since(at) > DAY) {
        return Err(refused(2_593_108, "History can be synchronised within 24 hours of the onboarding only."));
    }
    if simulator.settings().history_declined && kind == "history" {
        return Err(refused(2_593_109, "History sharing is turned off by the business from the WhatsApp Business App"));
    }
    let values = match kind {
        "smb_app_state_sync" => vec![contacts(number, now)],
        "history" => history(number, now),
        _ => return Err(GraphError::with(100, "Param sync_type must be smb_app_state_sync or history")),
    };
    let word = format!("imported {kind}");
    stored(simulator.storage().write(|connection| {
        if facts::find(connection, &number.phone_number_id, &word)? == json!(true) {
            return Ok(Err(refused(2_593_107, "It was synchronised already.")));
        }
        facts::put(connection, &number.phone_number_id, &word, &json!(true))?;
        for value in values {
            let update = Update { id: 0, due: now, field: kind.to_owned(), value, wamid: None, kind: "raw".to_owned() };
            simulator.enqueue(connection, update)?;
        }
        Ok(Ok(()))
    }))?
}

fn contacts(number: &BusinessNumber, now: Timestamp) -> Value {
    let one = |name: &str, phone: &str| {
        json!({
            "type": "contact", "action": "add", "metadata": { "timestamp": now.seconds().to_string() },
            "contact": { "full_name": name, "first_name": name.split(' ').next(), "phone_number": phone },
        })
    };
    let mut value = Simulator::value(number, "state_sync", one("Paula Past", PAULA));
    value["state_sync"] = json!([one("Paula Past", PAULA), one("Peter Phonebook", "4915112345678")]);
    value
}

/// With whom the phone wrote.
const PAULA: &str = "34600999001";

/// Two chunks, the newer phase last, and a picture that comes after them.
fn history(number: &BusinessNumber, now: Timestamp) -> Vec<Value> {
    let business = number.display_phone_number.as_str();
    let id = |place: u32| format!("wamid.PAST{}{place}", number.phone_number_id);
    let ago = |hours: u64| now.minus(Duration::from_secs(hours * 3600)).seconds().to_string();
    let said = |place: u32, hours: u64, text: &str| {
        json!({
            "from": PAULA, "id": id(place), "timestamp": ago(hours), "type": "text", "text": { "body": text },
            "history_context": { "status": "READ" },
        })
    };
    let answered = |place: u32, hours: u64, text: &str| {
        json!({
            "from": business, "to": PAULA, "id": id(place), "timestamp": ago(hours), "type": "text",
            "text": { "body": text }, "history_context": { "status": "DELIVERED" },
        })
    };
    let chunk = |phase: u32, progress: u32, messages: Value| {
        let item = json!({
            "metadata": { "phase": phase, "chunk_order": 1, "progress": progress },
            "threads": [{ "id": PAULA, "messages": messages }],
        });
        Simulator::value(number, "history", item)
    };
    let placeholder = json!({
        "from": PAULA, "id": id(4), "timestamp": ago(2), "type": "media_placeholder",
        "history_context": { "status": "READ" },
    });
    let picture = json!({
        "from": PAULA, "id": id(4), "timestamp": ago(2), "type": "image",
        "image": { "id": "770000000000001", "mime_type": "image/png", "sha256": "", "caption": "This one" },
    });
    vec![
        chunk(1, 60, json!([said(1, 240, "Do you still have the blue one?"), answered(2, 239, "Yes, two of them.")])),
        chunk(0, 100, json!([said(3, 3, "Then I take one"), placeholder])),
        Simulator::value(number, "messages", picture),
    ]
}
