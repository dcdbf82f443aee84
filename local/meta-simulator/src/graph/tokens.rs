//! `GET /{version}/debug_token`: what Meta says of a token. A token may ask about itself.

use super::{admit, refuse, stored};
use crate::simulator::Simulator;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) use crate::signup::APP_ID;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    input_token: String,
}

pub(super) async fn debug(
    State(simulator): State<Simulator>,
    Path(version): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let told = admit(&simulator, &version, &headers).and_then(|_| stored(simulator.token(&asked.input_token)));
    let told = match told {
        Err(error) => return refuse(&simulator, &error),
        Ok(token) => token,
    };
    let Some(token) = told else {
        let error = json!({"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"});
        return Json(json!({"data": {"error": error, "is_valid": false, "scopes": []}})).into_response();
    };
    let accounts: Vec<Value> = token.permissions.iter().map(|scope| granular(scope, &token.waba_id)).collect();
    Json(json!({"data": {
        "app_id": APP_ID,
        "type": "SYSTEM_USER",
        "application": "Leadwire",
        "data_access_expires_at": 0,
        "expires_at": token.expires_at.map_or(0, Timestamp::seconds),
        "is_valid": !token.is_expired(simulator.now()),
        "scopes": token.permissions,
        "granular_scopes": accounts,
    }}))
    .into_response()
}

fn granular(scope: &str, waba_id: &str) -> Value {
    json!({"scope": scope, "target_ids": [waba_id]})
}
