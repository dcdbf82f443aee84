//! `POST /{version}/{phone_number_id}/messages`: check, remember, answer, in that order.

use super::check::{self, Checked, Recipient};
use super::{admit, answer, no_such_object, number_for, receipts, refuse, stored};
use crate::error::Error;
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::people::Person;
use crate::rules::WINDOW;
use crate::settings::{FaultMode, WindowCheck};
use crate::simulator::Simulator;
use crate::statuses;
use crate::storage::{self, Address, SendRow, sends};
use crate::tokens::MESSAGING;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How old a message may be that a reaction is put to.
const REACTS_WITHIN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The handler.
pub(crate) async fn messages(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match take(&simulator, &version, &id, &headers, &body) {
        Ok(Taken::Receipt(answer)) => Json(answer).into_response(),
        Ok(Taken::Sent(answer, fault)) => reply(&simulator, answer, fault).await,
        Err(error) => refuse(&simulator, &error),
    }
}

/// What came of a request.
enum Taken {
    Receipt(Value),
    Sent(Value, Option<FaultMode>),
}

fn take(simulator: &Simulator, version: &str, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<Taken, GraphError> {
    let token = admit(simulator, version, headers)?;
    let number = number_for(simulator, &token, id).ok_or_else(|| no_such_object(id))?;
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return Err(GraphError::with(100, "The request body is not a JSON object"));
    };
    if receipts::is_receipt(&body) {
        return receipts::mark(simulator, &body).map(Taken::Receipt);
    }
    let checked = check::message(&body)?;
    if !token.permits(MESSAGING) {
        return Err(GraphError::code(10));
    }
    if !simulator.is_registered(number) {
        return Err(GraphError::code(133_010));
    }
    if checked.kind == "template" {
        simulator.check_template(&body)?;
    }
    limits(simulator, &checked)?;
    let fault = simulator.take_fault();
    match &fault {
        Some(FaultMode::ServerError) => return Err(GraphError::code(131_000)),
        Some(FaultMode::ErrorCode { code }) => return Err(GraphError::code(*code)),
        Some(_) | None => {}
    }
    let answer = accept(simulator, number, &checked, body, fault.as_ref())?;
    Ok(Taken::Sent(answer, fault))
}

fn limits(simulator: &Simulator, checked: &Checked) -> Result<(), GraphError> {
    let settings = simulator.settings();
    let now = simulator.now();
    let mut limits = simulator.limits();
    if settings.throughput_per_second > 0 && !limits.throughput(settings.throughput_per_second, now) {
        return Err(GraphError::with(130_429, "Message failed to send because the throughput limit was reached"));
    }
    let key = match &checked.recipient {
        Recipient::Phone { digits: key, .. } | Recipient::UserId(key) | Recipient::Misplaced { stripped: key, .. } => {
            key
        }
    };
    if settings.pair_rate && !limits.pair(key, now) {
        return Err(GraphError::with(131_056, "Too many messages sent from this phone number to the same recipient"));
    }
    Ok(())
}

/// Who a send goes to, and what the answer calls them.
struct Resolved {
    person: Option<Person>,
    address: Address,
    input: String,
    contact: Value,
}

fn resolve(simulator: &Simulator, number: &BusinessNumber, checked: &Checked) -> Result<Resolved, GraphError> {
    match &checked.recipient {
        Recipient::Misplaced { input, stripped } => Ok(Resolved {
            person: None,
            address: Address::TransportError,
            input: input.clone(),
            contact: json!({"input": input, "wa_id": stripped}),
        }),
        Recipient::UserId(user_id) => {
            let person = stored(simulator.storage().person_by_user_id(user_id))?;
            let person = person.ok_or_else(|| GraphError::with(131_026, "Message undeliverable: unknown recipient"))?;
            let contact = json!({"input": user_id, "user_id": user_id});
            Ok(Resolved { person: Some(person), address: Address::UserId, input: user_id.clone(), contact })
        }
        Recipient::Phone { input, digits } => {
            if *digits == number.display_phone_number {
                return Err(GraphError::code(131_021));
            }
            let person = stored(simulator.person_with_phone(digits))?;
            let contact = json!({"input": input, "wa_id": person.wa_id});
            Ok(Resolved { person: Some(person), address: Address::Phone, input: input.clone(), contact })
        }
    }
}

/// The code with which a send outside the window will fail, if it is accepted at all.
fn window(simulator: &Simulator, kind: &str, resolved: &Resolved) -> Result<Option<i64>, GraphError> {
    let Some(person) = &resolved.person else { return Ok(None) };
    let open = person.wrote_at.is_some_and(|at| simulator.now().since(at) < WINDOW);
    if open || kind == "template" {
        return Ok(None);
    }
    match simulator.settings().window {
        WindowCheck::Off => Ok(None),
        WindowCheck::Fail => Ok(Some(131_047)),
        WindowCheck::Refuse => Err(GraphError::window_closed()),
    }
}

/// A reaction fails that is put to a reaction, or to a message of more than 30 days ago.
fn stale_reaction(simulator: &Simulator, body: &Map<String, Value>) -> Result<bool, GraphError> {
    let Some(target) = body.get("reaction").and_then(|reaction| reaction["message_id"].as_str()) else {
        return Ok(false);
    };
    let target = stored(simulator.storage().received(target))?;
    Ok(target.is_some_and(|row| row.kind == "reaction" || simulator.now().since(row.at) > REACTS_WITHIN))
}

fn accept(
    simulator: &Simulator,
    number: &BusinessNumber,
    checked: &Checked,
    body: Map<String, Value>,
    fault: Option<&FaultMode>,
) -> Result<Value, GraphError> {
    let resolved = resolve(simulator, number, checked)?;
    if let Some(person) = &resolved.person {
        let is_blocked = simulator
            .storage()
            .read(|connection| storage::blocks::is_blocked(connection, &number.phone_number_id, person.id));
        if stored(is_blocked)? {
            return Err(GraphError::code(130_403));
        }
    }
    let mut failing = window(simulator, &checked.kind, &resolved)?;
    if stale_reaction(simulator, &body)? {
        failing = failing.or(Some(131_009));
    }
    if let Some(FaultMode::FailedStatus { code }) = fault {
        failing = Some(*code);
    }
    let keys = resolved.person.iter().flat_map(|person| [person.wa_id.as_str(), person.user_id.as_str()]);
    let codes = simulator.settings().recipient_codes;
    if let Some(code) = keys.into_iter().find_map(|key| codes.get(key)) {
        failing = Some(*code);
    }
    let wamid = stored(remember(simulator, number, checked, &resolved, Value::Object(body), failing, fault))?;
    simulator.wake();
    let mut message = json!({"id": wamid});
    if checked.kind == "template" {
        message["message_status"] = json!("accepted");
    }
    Ok(json!({"messaging_product": "whatsapp", "contacts": [resolved.contact], "messages": [message]}))
}

/// Commits the send and the statuses that will follow it.
fn remember(
    simulator: &Simulator,
    number: &BusinessNumber,
    checked: &Checked,
    resolved: &Resolved,
    body: Value,
    failing: Option<i64>,
    fault: Option<&FaultMode>,
) -> Result<String, Error> {
    let now = simulator.now();
    simulator.storage().write(|connection| {
        let person = resolved.person.as_ref();
        let in_window = person.and_then(|person| person.wrote_at).is_some_and(|at| now.since(at) < WINDOW);
        let wamid = simulator.serial(connection, now)?.wamid(person.map_or("", Person::visible_key));
        let billing = statuses::billing(simulator, connection, &checked.kind, &body, in_window, now)?;
        let mut row = SendRow {
            seq: 0,
            number: number.phone_number_id.clone(),
            wamid: wamid.clone(),
            at: now,
            person: person.map(|person| person.id),
            address: resolved.address,
            input: resolved.input.clone(),
            kind: checked.kind.clone(),
            callback_data: checked.callback_data.clone(),
            body,
            fault: fault.and_then(name),
            billing: Some(billing),
            sent_at: None,
            delivered_at: None,
            read_at: None,
            failed: failing,
        };
        statuses::schedule(&mut row, &simulator.settings());
        sends::add(connection, &row)?;
        if let Some(person) = person {
            statuses::enqueue(simulator, connection, &row, person)?;
        }
        Ok(wamid)
    })
}

fn name(fault: &FaultMode) -> Option<String> {
    let value = serde_json::to_value(fault).ok()?;
    value.get("mode")?.as_str().map(str::to_owned)
}

/// Answers an accepted send, or loses the answer as the fault wants it.
async fn reply(simulator: &Simulator, accepted: Value, fault: Option<FaultMode>) -> Response {
    match fault {
        None | Some(FaultMode::FailedStatus { .. }) => Json(accepted).into_response(),
        Some(FaultMode::Hang { seconds }) => {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            Json(accepted).into_response()
        }
        Some(FaultMode::ResetAfterAccept) => broken(),
        Some(FaultMode::BrokenJson) => {
            let text = accepted.to_string();
            text[..text.len() / 2].to_owned().into_response()
        }
        Some(FaultMode::ServerErrorAccepted | FaultMode::ServerError) => {
            answer(500, &GraphError::code(131_000).body(&simulator.trace()))
        }
        Some(FaultMode::ErrorCode { code }) => refuse(simulator, &GraphError::code(code)),
    }
}

/// An answer whose connection breaks before its first byte.
fn broken() -> Response {
    let reset = async { Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset)) };
    Body::from_stream(futures::stream::once(reset)).into_response()
}
