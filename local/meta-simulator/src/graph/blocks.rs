//! `GET·POST·DELETE /{version}/{phone_number_id}/block_users`: whom a number has blocked. Only users who wrote within the last
//! 24 hours can be blocked. A mixed result is a 400 that names both.

use super::{admit, no_such_object, number_for, refuse, stored};
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::people::Person;
use crate::rules::WINDOW;
use crate::simulator::Simulator;
use crate::storage::blocks;
use crate::tokens::MESSAGING;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Wish {
    messaging_product: String,
    block_users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    user: Option<String>,
    user_id: Option<String>,
}

/// Lists whom the number has blocked.
pub(super) async fn list(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = number(&simulator, &version, &id, &headers).and_then(|number| {
        let ids = stored(simulator.storage().read(|connection| blocks::all(connection, &number.phone_number_id)))?;
        let people = stored(simulator.storage().people())?;
        let blocked = people.into_iter().filter(|person| ids.contains(&person.id));
        Ok(blocked.map(|person| shown(&person)).collect::<Vec<_>>())
    });
    match found {
        Ok(data) => Json(json!({ "data": data })).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}

/// Blocks users.
pub(super) async fn block(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&simulator, &version, &id, &headers, &body, true)
}

/// Unblocks users.
pub(super) async fn unblock(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&simulator, &version, &id, &headers, &body, false)
}

fn change(simulator: &Simulator, version: &str, id: &str, headers: &HeaderMap, body: &[u8], blocked: bool) -> Response {
    match changed(simulator, version, id, headers, body, blocked) {
        Ok((done, failed)) => {
            let name = if blocked { "added_users" } else { "removed_users" };
            let mut answer = json!({ "messaging_product": "whatsapp", "block_users": { name: done } });
            if failed.is_empty() {
                return Json(answer).into_response();
            }
            answer["block_users"]["failed_users"] = json!(failed);
            answer["error"] = json!({
                "message": "(#139100) Failed to block/unblock some users", "type": "OAuthException", "code": 139_100,
            });
            (StatusCode::BAD_REQUEST, Json(answer)).into_response()
        }
        Err(error) => refuse(simulator, &error),
    }
}

fn changed(
    simulator: &Simulator,
    version: &str,
    id: &str,
    headers: &HeaderMap,
    body: &[u8],
    blocked: bool,
) -> Result<(Vec<Value>, Vec<Value>), GraphError> {
    let number = number(simulator, version, id, headers)?;
    let wish: Wish = serde_json::from_slice(body)
        .map_err(|error| GraphError::with(100, format!("The request body is not as expected: {error}")))?;
    if wish.messaging_product != "whatsapp" || wish.block_users.is_empty() {
        return Err(GraphError::with(100, "messaging_product must be whatsapp, and block_users must not be empty"));
    }
    let mut done = Vec::new();
    let mut failed = Vec::new();
    for user in wish.block_users {
        let person = match (&user.user, &user.user_id) {
            (Some(phone), _) => {
                let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
                stored(simulator.storage().person_by_wa_id(&digits))?
            }
            (None, Some(user_id)) => stored(simulator.storage().person_by_user_id(user_id))?,
            (None, None) => return Err(GraphError::with(100, "A user needs `user` or `user_id`")),
        };
        let input = user.user.or(user.user_id);
        let wrote = person.as_ref().and_then(|person| person.wrote_at);
        let is_recent = wrote.is_some_and(|at| simulator.now().since(at) < WINDOW);
        match person.filter(|_| is_recent || !blocked) {
            Some(person) => {
                stored(simulator.storage().write(|connection| {
                    blocks::set(connection, &number.phone_number_id, person.id, blocked)
                }))?;
                done.push(json!({ "input": input, "wa_id": person.wa_id, "user_id": person.user_id }));
            }
            None => failed.push(json!({
                "input": input,
                "errors": [{ "code": 139_101, "message": "The user has not messaged the business in the last 24 hours" }],
            })),
        }
    }
    Ok((done, failed))
}

fn shown(person: &Person) -> Value {
    json!({ "messaging_product": "whatsapp", "wa_id": person.wa_id, "user_id": person.user_id })
}

/// The number, to whoever may send messages from it.
fn number<'a>(
    simulator: &'a Simulator,
    version: &str,
    id: &str,
    headers: &HeaderMap,
) -> Result<&'a BusinessNumber, GraphError> {
    let token = admit(simulator, version, headers)?;
    let number = number_for(simulator, &token, id).ok_or_else(|| no_such_object(id))?;
    if token.permits(MESSAGING) { Ok(number) } else { Err(GraphError::code(10)) }
}
