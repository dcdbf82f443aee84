//! Media that customers sent: the node with the short-lived url, and the bytes behind it.

use super::{admit_token, no_such_object, refuse};
use crate::inbound::media::Media;
use crate::simulator::Simulator;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `GET /{version}/{media_id}`.
pub(crate) fn node(simulator: &Simulator, id: &str, headers: &HeaderMap) -> Option<Value> {
    let media = Media::with_id(id)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = simulator.config().public_url.clone().unwrap_or_else(|| format!("http://{host}"));
    Some(json!({
        "messaging_product": "whatsapp",
        "url": media.url(&base),
        "mime_type": media.mime_type,
        "sha256": media.sha256_hex(),
        "file_size": media.bytes().len().to_string(),
        "id": id,
    }))
}

/// `GET /_media/{id}`, with the Bearer token as Meta wants it.
pub(crate) async fn download(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = admit_token(&simulator, &headers) {
        return refuse(&simulator, &error);
    }
    match Media::with_id(&id) {
        Some(media) => ([(header::CONTENT_TYPE, media.mime_type)], media.bytes()).into_response(),
        None => refuse(&simulator, &no_such_object(&id)),
    }
}
