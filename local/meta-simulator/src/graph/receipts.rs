//! Read receipts, and the typing indicator that may come with them.

use super::check;
use crate::error::Error;
use crate::graph_error::GraphError;
use crate::simulator::Simulator;
use crate::storage::received;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How long typing is shown.
const TYPING: Duration = Duration::from_secs(25);

/// Whether the body is a receipt and no message.
pub(crate) fn is_receipt(body: &Map<String, Value>) -> bool {
    body.contains_key("status")
}

/// Marks a customer's message as read by the business.
pub(crate) fn mark(simulator: &Simulator, body: &Map<String, Value>) -> Result<Value, GraphError> {
    check::product(body)?;
    if body["status"] != "read" {
        return Err(GraphError::with(100, "Param status must be one of {READ}"));
    }
    let Some(wamid) = body.get("message_id").and_then(Value::as_str) else {
        return Err(GraphError::with(131_008, "The parameter message_id is required."));
    };
    let typing = typing(body)?;
    match note(simulator, wamid, typing) {
        Ok(true) => Ok(json!({"success": true})),
        Ok(false) => Err(GraphError::with(131_009, "Message ID is invalid or too old")),
        Err(_) => Err(GraphError::code(131_000)),
    }
}

fn typing(body: &Map<String, Value>) -> Result<bool, GraphError> {
    match body.get("typing_indicator") {
        None | Some(Value::Null) => Ok(false),
        Some(indicator) if indicator["type"] == "text" => Ok(true),
        Some(_) => Err(GraphError::with(100, "Param typing_indicator['type'] must be one of {TEXT}")),
    }
}

fn note(simulator: &Simulator, wamid: &str, typing: bool) -> Result<bool, Error> {
    let now = simulator.now();
    simulator.storage().write(|connection| {
        if typing {
            received::typing(connection, wamid, now.plus(TYPING))?;
        }
        received::read_up_to(connection, wamid, now)
    })
}
