//! Files: the node with the short-lived link to a customer's file, the bytes behind it, and files that the business brings.

use super::{admit, admit_token, no_such_object, refuse};
use crate::graph_error::GraphError;
use crate::inbound::media::Media;
use crate::settings::MediaFault;
use crate::simulator::Simulator;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::Duration;

/// A link works for five minutes (Cloud API, media).
const LINK: Duration = Duration::from_secs(300);

/// A customer's file is kept for seven days, one that the business brought for 30.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
const UPLOAD_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// The largest file, and some room for the form around it.
const LARGEST: usize = 100 * 1024 * 1024;
const FORM: usize = 64 * 1024;

/// `GET /{version}/{media_id}`.
pub(crate) fn node(simulator: &Simulator, id: &str, headers: &HeaderMap) -> Option<Value> {
    let fault = simulator.settings().media_fault;
    let file = File::find(simulator, id).filter(|_| fault != Some(MediaFault::Gone))?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = simulator.config().public_url.clone().unwrap_or_else(|| format!("http://{host}"));
    let base = if fault == Some(MediaFault::OtherHost) { "https://files.example.com".to_owned() } else { base };
    let size = file.bytes.len() + usize::from(fault == Some(MediaFault::WrongSize));
    let mime_type = if fault == Some(MediaFault::OtherType) { "text/html" } else { &file.mime_type };
    Some(json!({
        "messaging_product": "whatsapp",
        "url": link(simulator, id, &base),
        "mime_type": mime_type,
        "sha256": hex::encode(<Sha256 as sha2::Digest>::digest(&file.bytes)),
        "file_size": size.to_string(),
        "id": id,
    }))
}

/// A link to a file, for five minutes from now.
pub(crate) fn link(simulator: &Simulator, id: &str, base: &str) -> String {
    let until = simulator.now().plus(LINK).seconds();
    format!("{base}/_media/{id}?ext={until}&hash={}", hash(simulator, id, until))
}

fn hash(simulator: &Simulator, id: &str, until: i64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(simulator.config().app_secret.as_bytes()).expect("HMAC takes any key");
    mac.update(format!("{id}/{until}").as_bytes());
    hex::encode(&mac.finalize().into_bytes()[..12])
}

/// What a link holds.
#[derive(Debug, Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    ext: i64,
    #[serde(default)]
    hash: String,
}

/// `GET /_media/{id}`, with the Bearer token as Meta wants it. A link that is over leads nowhere.
pub(crate) async fn download(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    Query(link): Query<Link>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = admit_token(&simulator, &headers) {
        return refuse(&simulator, &error);
    }
    let holds = link.hash == hash(&simulator, &id, link.ext) && simulator.now() < Timestamp::from_seconds(link.ext);
    let Some(file) = File::find(&simulator, &id).filter(|_| holds) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut bytes = file.bytes;
    let mime_type = [(header::CONTENT_TYPE, file.mime_type)];
    match simulator.settings().media_fault {
        Some(MediaFault::Unavailable) => StatusCode::BAD_GATEWAY.into_response(),
        Some(MediaFault::Endless) => {
            let chunk = Bytes::from(bytes);
            let for_ever = futures::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
            (mime_type, Body::from_stream(for_ever)).into_response()
        }
        Some(MediaFault::WrongDigest) => {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            (mime_type, bytes).into_response()
        }
        Some(MediaFault::Gone | MediaFault::OtherHost | MediaFault::OtherType | MediaFault::WrongSize) | None => {
            (mime_type, bytes).into_response()
        }
    }
}

/// A file that Meta has.
struct File {
    mime_type: String,
    bytes: Vec<u8>,
}

impl File {
    /// The file with this id, while it is kept.
    fn find(simulator: &Simulator, id: &str) -> Option<Self> {
        let now = simulator.now();
        if let Some(upload) = simulator.storage().upload(id).ok().flatten() {
            let kept = now < upload.at.plus(UPLOAD_KEPT);
            return kept.then_some(Self { mime_type: upload.mime_type, bytes: upload.bytes });
        }
        let came = simulator.storage().media_came(id).ok().flatten();
        let media = Media::with_id(id).filter(|_| came.is_none_or(|came| now < came.plus(KEPT)))?;
        Some(Self { mime_type: media.mime_type.to_owned(), bytes: media.bytes() })
    }
}

/// `POST /{version}/{phone_number_id}/media`: a form with `messaging_product`, `type` and `file`.
pub(crate) async fn upload(
    State(simulator): State<Simulator>,
    Path((version, number)): Path<(String, String)>,
    request: Request,
) -> Response {
    if let Err(error) = admit(&simulator, &version, request.headers()) {
        return refuse(&simulator, &error);
    }
    if number != simulator.config().phone_number_id {
        return refuse(&simulator, &no_such_object(&number));
    }
    if let Some(crate::settings::FaultMode::ErrorCode { code }) = simulator.take_upload_fault() {
        return refuse(&simulator, &GraphError::code(code));
    }
    let form = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Ok(body) = axum::body::to_bytes(request.into_body(), LARGEST + FORM).await else {
        return refuse(&simulator, &GraphError::with(131_053, "The file is too large"));
    };
    match kept(&simulator, form.as_deref().unwrap_or_default(), &body) {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}

fn kept(simulator: &Simulator, content_type: &str, body: &[u8]) -> Result<String, GraphError> {
    let wrong = |detail: &str| GraphError::with(100, detail);
    let boundary = content_type.split_once("boundary=").map(|(_, rest)| rest.trim_matches('"'));
    let boundary = boundary.ok_or_else(|| wrong("The body must be multipart/form-data"))?;
    let parts = parts(boundary, body);
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    if part("messaging_product").is_none_or(|part| part.bytes != b"whatsapp") {
        return Err(wrong("(#100) The parameter messaging_product is required."));
    }
    let file = part("file").ok_or_else(|| wrong("(#100) The parameter file is required."))?;
    let mime_type =
        domain::inbox::media::MediaType::parse(&file.mime_type).map_err(|_| wrong("Param file must have a type"))?;
    let limit = mime_type.upload_limit();
    let limit = limit
        .ok_or_else(|| wrong(&format!("Param file must be a file with one of the following types, not {mime_type}")))?;
    if file.bytes.is_empty() || file.bytes.len() as u64 > limit {
        return Err(GraphError::with(131_053, "The file is empty, or too large for its type"));
    }
    let id = simulator.digits("upload", 16).map_err(|_| GraphError::code(1))?;
    let added = simulator.storage().add_upload(&id, mime_type.as_str(), file.bytes, simulator.now());
    added.map(|()| id).map_err(|_| GraphError::code(1))
}

/// A part of a form.
struct Part<'a> {
    name: String,
    mime_type: String,
    bytes: &'a [u8],
}

/// The parts of a form (RFC 7578), as far as they are whole.
fn parts<'a>(boundary: &str, body: &'a [u8]) -> Vec<Part<'a>> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some(start) = find(rest, mark.as_bytes()) {
        rest = &rest[start + mark.len()..];
        let Some(end) = find(rest, format!("\r\n{mark}").as_bytes()) else { break };
        parts.extend(part(&rest[..end]));
        rest = &rest[end + 2..];
    }
    parts
}

fn part(text: &[u8]) -> Option<Part<'_>> {
    let text = text.strip_prefix(b"\r\n")?;
    let end = find(text, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&text[..end]).into_owned();
    let header = |name: &str| {
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition")?;
    let name = disposition.split("name=\"").nth(1)?.split('"').next()?.to_owned();
    Some(Part { name, mime_type: header("content-type").unwrap_or_default(), bytes: &text[end + 4..] })
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}
