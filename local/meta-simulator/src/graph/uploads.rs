//! The resumable upload API: a session for a file, and its bytes, for which Meta gives a handle.

use super::templates::HANDLE;
use super::{admit, no_such_object, refuse};
use crate::graph_error::GraphError;
use crate::signup::APP_ID;
use crate::simulator::Simulator;
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The types that reviewers can look at.
const TYPES: [&str; 4] = ["image/jpeg", "image/png", "video/mp4", "application/pdf"];

/// The largest file.
const LARGEST: usize = 100 * 1024 * 1024;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    file_length: usize,
    #[serde(default)]
    file_type: String,
}

/// `POST /{version}/{app}/uploads`: a session for a file of this length and type.
pub(super) async fn begin(
    State(simulator): State<Simulator>,
    Path((version, app)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let begun = admit(&simulator, &version, &headers).and_then(|_| {
        if app != APP_ID {
            return Err(no_such_object(&app));
        }
        if wanted.file_length == 0 || wanted.file_length > LARGEST {
            return Err(GraphError::with(100, "Param file_length is not valid"));
        }
        if !TYPES.contains(&wanted.file_type.as_str()) {
            return Err(GraphError::with(100, "Param file_type is not supported"));
        }
        Ok(json!({"id": format!("upload:{}?sig=ARZ", wanted.file_length)}))
    });
    respond(&simulator, begun)
}

/// `POST /{version}/upload:…`: the bytes of a session, whose token stands under another word than elsewhere.
pub(super) async fn bytes(simulator: &Simulator, version: &str, session: &str, request: Request) -> Response {
    let taken = taken(simulator, version, session, request).await;
    respond(simulator, taken)
}

async fn taken(simulator: &Simulator, version: &str, session: &str, request: Request) -> Result<Value, GraphError> {
    let (parts, body) = request.into_parts();
    let mut headers = parts.headers;
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|text| text.strip_prefix("OAuth ")).map(|token| format!("Bearer {token}"));
    let token = token.and_then(|text| HeaderValue::from_str(&text).ok());
    let token = token.ok_or_else(|| GraphError::platform(401, 190, "An access token is required."))?;
    headers.insert(header::AUTHORIZATION, token);
    admit(simulator, version, &headers)?;
    if headers.get("file_offset").is_none_or(|offset| offset != "0") {
        return Err(GraphError::with(100, "The header file_offset is not the offset of this session"));
    }
    let length: usize = session.strip_prefix("upload:").and_then(|text| text.parse().ok()).unwrap_or_default();
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| GraphError::with(100, "The file is too large"))?;
    if bytes.len() != length {
        return Err(GraphError::with(100, format!("Expected {length} bytes, got {}", bytes.len())));
    }
    Ok(json!({"h": format!("{HANDLE}{}", hex::encode(Sha256::digest(&bytes)))}))
}

fn respond(simulator: &Simulator, answer: Result<Value, GraphError>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(simulator, &error),
    }
}
