//! The shape of each message type: what must be there, and how long it may be.

use super::interactive;
use crate::graph_error::GraphError;
use serde_json::{Map, Value};

/// The types a business can send.
const KINDS: [&str; 11] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "interactive",
    "reaction",
    "template",
];

/// Checks the object that the type names; returns the type, which is `text` where none is given.
pub(crate) fn check(body: &Map<String, Value>) -> Result<&str, GraphError> {
    let kind = match body.get("type") {
        None | Some(Value::Null) => "text",
        Some(Value::String(kind)) => kind,
        Some(_) => return Err(GraphError::with(100, "Param type must be a string")),
    };
    if !KINDS.contains(&kind) {
        let all = KINDS.join(", ").to_uppercase();
        return Err(GraphError::with(100, format!("Param type must be one of {{{all}}} - got \"{kind}\".")));
    }
    let content = body.get(kind).ok_or_else(|| missing(kind))?;
    if kind == "contacts" {
        return contacts(content).map(|()| kind);
    }
    let content =
        content.as_object().ok_or_else(|| GraphError::with(100, format!("Param {kind} must be an object")))?;
    match kind {
        "text" => text(content),
        "image" | "video" | "audio" | "document" | "sticker" => media(kind, content),
        "location" => location(content),
        "reaction" => reaction(content),
        "template" => template(content),
        _ => interactive::check(content),
    }?;
    Ok(kind)
}

pub(super) fn missing(path: &str) -> GraphError {
    GraphError::with(131_008, format!("The parameter {path} is required."))
}

fn too_long(path: &str, most: usize) -> GraphError {
    GraphError::with(100, format!("Param {path} must be at most {most} characters long."))
}

pub(super) fn required(kind: &str, content: &Map<String, Value>, keys: &[&str]) -> Result<(), GraphError> {
    for key in keys {
        if !content.contains_key(*key) {
            return Err(missing(&format!("{kind}['{key}']")));
        }
    }
    Ok(())
}

/// The string at `key`, at most `most` characters long; absent is fine.
pub(super) fn limited(kind: &str, content: &Map<String, Value>, key: &str, most: usize) -> Result<(), GraphError> {
    let path = format!("{kind}['{key}']");
    match content.get(key) {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(text)) if text.chars().count() <= most => Ok(()),
        Some(Value::String(_)) => Err(too_long(&path, most)),
        Some(_) => Err(GraphError::with(131_009, format!("Param {path} must be a string"))),
    }
}

fn text(content: &Map<String, Value>) -> Result<(), GraphError> {
    required("text", content, &["body"])?;
    limited("text", content, "body", 4096)?;
    if content.get("body").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(GraphError::with(131_009, "Param text['body'] must be a non-empty string."));
    }
    match content.get("preview_url") {
        None | Some(Value::Null | Value::Bool(_)) => Ok(()),
        Some(_) => Err(GraphError::with(100, "Param text['preview_url'] must be a boolean")),
    }
}

fn media(kind: &str, content: &Map<String, Value>) -> Result<(), GraphError> {
    let named = |key: &str| content.get(key).and_then(Value::as_str).filter(|value| !value.is_empty());
    match (named("id"), named("link")) {
        (None, None) => return Err(missing(&format!("{kind}['id'] or {kind}['link']"))),
        (Some(_), Some(_)) => {
            let details = format!("Only one of {kind}['id'] and {kind}['link'] may be present");
            return Err(GraphError::with(131_009, details));
        }
        (None, Some(link)) if !link.starts_with("https://") && !link.starts_with("http://") => {
            return Err(GraphError::with(131_009, format!("Param {kind}['link'] is not a valid URI.")));
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
    let foreign = [
        ("caption", matches!(kind, "audio" | "sticker")),
        ("filename", kind != "document"),
        ("voice", kind != "audio"),
    ];
    if let Some((key, _)) = foreign.iter().find(|(key, is_foreign)| *is_foreign && content.contains_key(*key)) {
        return Err(GraphError::with(100, format!("Param {kind}['{key}'] is not allowed")));
    }
    if content.get("voice").is_some_and(|voice| !voice.is_boolean()) {
        return Err(GraphError::with(100, "Param audio['voice'] must be a boolean"));
    }
    limited(kind, content, "caption", 1024)
}

/// An empty emoji takes the reaction back.
fn reaction(content: &Map<String, Value>) -> Result<(), GraphError> {
    required("reaction", content, &["message_id"])?;
    match (content["message_id"].as_str(), content.get("emoji")) {
        (Some(id), Some(Value::String(_)) | None) if id.starts_with("wamid.") => Ok(()),
        (Some(id), _) if id.starts_with("wamid.") => {
            Err(GraphError::with(100, "Param reaction['emoji'] must be a string"))
        }
        (_, _) => Err(GraphError::with(131_009, "reaction['message_id'] is not a valid message ID")),
    }
}

fn location(content: &Map<String, Value>) -> Result<(), GraphError> {
    required("location", content, &["latitude", "longitude"])?;
    let within = |key: &str, most: f64| {
        let value = match &content[key] {
            Value::String(text) => text.parse().ok(),
            other => other.as_f64(),
        };
        value.is_some_and(|value: f64| value.abs() <= most)
    };
    if within("latitude", 90.0) && within("longitude", 180.0) {
        return Ok(());
    }
    Err(GraphError::with(131_009, "location['latitude'] and location['longitude'] must be degrees"))
}

fn contacts(content: &Value) -> Result<(), GraphError> {
    let Some(cards) = content.as_array().filter(|cards| (1..=257).contains(&cards.len())) else {
        return Err(GraphError::with(131_009, "Param contacts must be an array of 1 to 257 contacts"));
    };
    for card in cards {
        let name = card.get("name").and_then(Value::as_object).ok_or_else(|| missing("contacts['name']"))?;
        required("contacts['name']", name, &["formatted_name"])?;
        if name.len() < 2 {
            return Err(GraphError::with(131_009, "contacts['name'] needs at least one part besides formatted_name"));
        }
    }
    Ok(())
}

fn template(content: &Map<String, Value>) -> Result<(), GraphError> {
    required("template", content, &["name", "language"])?;
    match content["language"].get("code").and_then(Value::as_str) {
        Some(_) => parameters(content),
        None => Err(missing("template['language']['code']")),
    }
}

/// Parameter texts: not empty, no newline, no tab, no more than four blanks in a row.
fn parameters(content: &Map<String, Value>) -> Result<(), GraphError> {
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let components = content.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
    for parameter in components.iter().flat_map(|component| list(component, "parameters")) {
        let Some(text) = parameter.get("text").and_then(Value::as_str) else { continue };
        if text.is_empty() || text.contains(['\n', '\t']) || text.contains("     ") {
            let details =
                "Param text cannot be empty or have new-line/tab characters or more than 4 consecutive spaces";
            return Err(GraphError::with(132_018, details));
        }
    }
    Ok(())
}
