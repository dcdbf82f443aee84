//! `GET·POST /{version}/{phone_number_id}/whatsapp_business_profile`: what customers see of a business besides its name.

use super::templates::HANDLE;
use super::{admit, no_such_object, number_for, refuse, stored};
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use crate::storage::profiles;
use crate::tokens::MANAGEMENT;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The texts of a profile, and how long each may be.
const TEXTS: [(&str, usize); 4] = [("about", 139), ("address", 256), ("description", 512), ("email", 128)];

/// How many websites there may be.
const MOST_WEBSITES: usize = 2;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    fields: String,
}

pub(super) async fn read(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let found = number(&simulator, &version, &id, &headers).and_then(|number| {
        stored(simulator.storage().read(|connection| profiles::find(connection, &number.phone_number_id)))
    });
    match found {
        Ok(mut profile) => {
            profile.retain(|field, _| asked.fields.split(',').any(|one| one == field));
            profile.insert("messaging_product".to_owned(), json!("whatsapp"));
            Json(json!({"data": [profile]})).into_response()
        }
        Err(error) => refuse(&simulator, &error),
    }
}

pub(super) async fn change(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let changed = number(&simulator, &version, &id, &headers).and_then(|number| {
        let changes = checked(&body)?;
        stored(simulator.storage().write(|connection| {
            let mut profile = profiles::find(connection, &number.phone_number_id)?;
            profile.extend(changes);
            profile.retain(|_, value| *value != "" && *value != json!([]));
            profiles::put(connection, &number.phone_number_id, &profile)
        }))
    });
    match changed {
        Ok(()) => Json(json!({"success": true})).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}

/// The number, to whoever may manage it.
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

/// The fields to change.
fn checked(body: &[u8]) -> Result<Map<String, Value>, GraphError> {
    let wrong = |field: &str| GraphError::with(100, format!("Param {field} is not valid"));
    let Ok(Value::Object(mut changes)) = serde_json::from_slice(body) else {
        return Err(GraphError::with(100, "The request body is not a JSON object"));
    };
    if changes.remove("messaging_product") != Some(json!("whatsapp")) {
        return Err(wrong("messaging_product"));
    }
    for (field, value) in &changes {
        let longest = TEXTS.iter().find(|(text, _)| text == field).map(|(_, longest)| *longest);
        let fits = match (longest, value) {
            (Some(longest), Value::String(text)) => {
                text.chars().count() <= longest && (field != "about" || !text.is_empty())
            }
            (None, Value::Array(sites)) if field == "websites" => {
                sites.len() <= MOST_WEBSITES && sites.iter().all(Value::is_string)
            }
            (None, Value::String(handle)) if field == "profile_picture_handle" => handle.starts_with(HANDLE),
            _ => false,
        };
        if !fits {
            return Err(wrong(field));
        }
    }
    // Meta shows a link to the picture, and not the handle.
    if changes.remove("profile_picture_handle").is_some() {
        changes.insert("profile_picture_url".to_owned(), json!("https://pps.whatsapp.net/v/t61/picture"));
    }
    Ok(changes)
}
