//! What Meta keeps of a number besides its profile: short links, conversational components, calls, its own callback URL;
//! and the flows of its account.

use super::{admit, no_such_object, number_for, refuse, stored};
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use crate::storage::facts;
use crate::tokens::MANAGEMENT;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// The words under which facts are kept.
const LINKS: &str = "links";
const STARTERS: &str = "conversational_automation";
const CALLING: &str = "calling";
const CALLBACK: &str = "callback";

/// `GET /{version}/{number}/message_qrdls`.
pub(super) async fn links(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = number(&simulator, &version, &id, &headers).and_then(|number| fact(&simulator, number, LINKS));
    respond(&simulator, found.map(|links| json!({ "data": links.as_array().cloned().unwrap_or_default() })))
}

/// `POST /{version}/{number}/message_qrdls`: makes a link, or changes the message of one.
pub(super) async fn put_link(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let made = number(&simulator, &version, &id, &headers).and_then(|number| {
        let body = object(&body)?;
        let message = body.get("prefilled_message").and_then(Value::as_str).unwrap_or_default();
        if message.is_empty() || message.chars().count() > 140 {
            return Err(GraphError::with(100, "Param prefilled_message must have 1 to 140 characters"));
        }
        let mut links = fact(&simulator, number, LINKS)?.as_array().cloned().unwrap_or_default();
        let code = match body.get("code").and_then(Value::as_str) {
            Some(code) => {
                let link = links.iter_mut().find(|link| link["code"] == code);
                let link = link.ok_or_else(|| GraphError::with(100, "No such code"))?;
                link["prefilled_message"] = json!(message);
                code.to_owned()
            }
            None => {
                let code = stored(simulator.digits("link", 12))?;
                links.push(json!({
                    "code": code, "prefilled_message": message,
                    "deep_link_url": format!("https://wa.me/message/{code}"),
                    "qr_image_url": format!("https://scontent.xx.fbcdn.net/m1/v/t6/{code}"),
                }));
                code
            }
        };
        let link = links.iter().find(|link| link["code"] == code).cloned().unwrap_or_default();
        put(&simulator, number, LINKS, &Value::Array(links))?;
        Ok(link)
    });
    respond(&simulator, made)
}

/// `GET /{version}/{number}/message_qrdls/{code}`.
pub(super) async fn link(
    State(simulator): State<Simulator>,
    Path((version, id, code)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = number(&simulator, &version, &id, &headers).and_then(|number| fact(&simulator, number, LINKS));
    let found = found.map(|links| {
        let links = links.as_array().cloned().unwrap_or_default();
        json!({ "data": links.into_iter().filter(|link| link["code"] == code).collect::<Vec<_>>() })
    });
    respond(&simulator, found)
}

/// `DELETE /{version}/{number}/message_qrdls/{code}`.
pub(super) async fn delete_link(
    State(simulator): State<Simulator>,
    Path((version, id, code)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let deleted = number(&simulator, &version, &id, &headers).and_then(|number| {
        let links = fact(&simulator, number, LINKS)?.as_array().cloned().unwrap_or_default();
        let left: Vec<_> = links.iter().filter(|link| link["code"] != code).cloned().collect();
        if left.len() == links.len() {
            return Err(no_such_object(&code));
        }
        put(&simulator, number, LINKS, &Value::Array(left))?;
        Ok(json!({ "success": true }))
    });
    respond(&simulator, deleted)
}

/// `POST /{version}/{number}/conversational_automation`.
pub(super) async fn put_starters(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let done = number(&simulator, &version, &id, &headers).and_then(|number| {
        let body = object(&body)?;
        let texts = |key: &str| body.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        if texts("prompts").len() > 4 || texts("commands").len() > 30 {
            return Err(GraphError::with(100, "Too many prompts or commands"));
        }
        let long = |text: &Value, most: usize| text.as_str().is_none_or(|text| text.chars().count() > most);
        if texts("prompts").iter().any(|prompt| long(prompt, 80)) {
            return Err(GraphError::with(100, "A prompt has at most 80 characters"));
        }
        put(&simulator, number, STARTERS, &Value::Object(body))?;
        Ok(json!({ "success": true }))
    });
    respond(&simulator, done)
}

/// `GET /{version}/{number}/settings`.
pub(super) async fn settings(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = number(&simulator, &version, &id, &headers).and_then(|number| fact(&simulator, number, CALLING));
    let off = || json!({ "status": "DISABLED" });
    respond(&simulator, found.map(|calling| json!({ "calling": if calling.is_null() { off() } else { calling } })))
}

/// `POST /{version}/{number}/settings`.
pub(super) async fn put_settings(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let done = number(&simulator, &version, &id, &headers).and_then(|number| {
        let body = object(&body)?;
        let calling = body.get("calling").filter(|calling| calling.is_object());
        let calling = calling.ok_or_else(|| GraphError::with(100, "The parameter calling is required."))?;
        put(&simulator, number, CALLING, calling)?;
        Ok(json!({ "success": true }))
    });
    respond(&simulator, done)
}

/// `GET /{version}/{account}/flows`.
pub(super) async fn flows(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = admit(&simulator, &version, &headers).and_then(|token| {
        if token.waba_id != id {
            return Err(no_such_object(&id));
        }
        Ok(json!({ "data": [
            { "id": "1700000000000001", "name": "Book a table", "status": "PUBLISHED", "categories": ["OTHER"] },
            { "id": "1700000000000002", "name": "Feedback", "status": "DRAFT", "categories": ["SURVEY"] },
        ] }))
    });
    respond(&simulator, found)
}

/// `POST /{version}/{number}` with a callback URL of the number's own. Meta asks that address first.
pub(super) async fn put_callback(simulator: &Simulator, number: &BusinessNumber, body: &[u8]) -> Response {
    let done = callback(simulator, number, body).await;
    respond(simulator, done)
}

async fn callback(simulator: &Simulator, number: &BusinessNumber, body: &[u8]) -> Result<Value, GraphError> {
    let body = object(body)?;
    let wanted = &body.get("webhook_configuration").cloned().unwrap_or_default();
    let url = wanted["override_callback_uri"].as_str();
    let url = url.ok_or_else(|| GraphError::with(100, "The parameter webhook_configuration is required."))?;
    if !url.is_empty() {
        let token = wanted["verify_token"].as_str().unwrap_or_default();
        if !simulator.handshake_with(url, token).await {
            let words = "(#2200) Callback verification failed: the address did not answer with the challenge.";
            return Err(GraphError::platform(400, 2200, words));
        }
    }
    put(simulator, number, CALLBACK, &json!(url))?;
    Ok(json!({ "success": true }))
}

/// A number's own callback URL, if it has one.
pub(crate) fn callback_of(simulator: &Simulator, number: &BusinessNumber) -> Option<String> {
    let url = fact(simulator, number, CALLBACK).ok()?;
    url.as_str().filter(|url| !url.is_empty()).map(str::to_owned)
}

/// What a number's customers can tap or type.
pub(super) fn starters_of(simulator: &Simulator, number: &BusinessNumber) -> Value {
    fact(simulator, number, STARTERS).unwrap_or_default()
}

fn number<'a>(
    simulator: &'a Simulator,
    version: &str,
    id: &str,
    headers: &HeaderMap,
) -> Result<&'a BusinessNumber, GraphError> {
    let token = admit(simulator, version, headers)?;
    let number = number_for(simulator, &token, id).ok_or_else(|| no_such_object(id))?;
    if token.permits(MANAGEMENT) { Ok(number) } else { Err(GraphError::code(200)) }
}

fn object(body: &[u8]) -> Result<Map<String, Value>, GraphError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(GraphError::with(100, "The request body is not a JSON object")),
    }
}

fn fact(simulator: &Simulator, number: &BusinessNumber, word: &str) -> Result<Value, GraphError> {
    stored(simulator.storage().read(|connection| facts::find(connection, &number.phone_number_id, word)))
}

fn put(simulator: &Simulator, number: &BusinessNumber, word: &str, value: &Value) -> Result<(), GraphError> {
    stored(simulator.storage().write(|connection| facts::put(connection, &number.phone_number_id, word, value)))
}

fn respond(simulator: &Simulator, answer: Result<Value, GraphError>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(simulator, &error),
    }
}
