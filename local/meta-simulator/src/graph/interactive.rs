//! The shape of an interactive message: what its kind needs, and how long the parts may be.

use super::shapes::{limited, missing, required};
use crate::graph_error::GraphError;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Kinds that are taken as they are.
const UNCHECKED: [&str; 8] = [
    "address_message",
    "call_permission_request",
    "carousel",
    "catalog_message",
    "request_contact_info",
    "voice_call",
    "order_details",
    "order_status",
];

/// Checks an interactive message.
pub(super) fn check(content: &Object) -> Result<(), GraphError> {
    required("interactive", content, &["type", "action"])?;
    let Some(action) = content["action"].as_object() else {
        return Err(GraphError::with(100, "Param interactive['action'] must be an object"));
    };
    let Some(kind) = content["type"].as_str() else {
        return Err(GraphError::with(100, "Param interactive['type'] must be a string"));
    };
    match kind {
        "button" => {
            frame(content, Body::Needed(1024), Header::TextOrMedia)?;
            buttons(action)
        }
        "list" => {
            frame(content, Body::Needed(4096), Header::Text)?;
            rows(action)
        }
        "cta_url" => {
            frame(content, Body::Needed(1024), Header::TextOrMedia)?;
            cta_url(action)
        }
        "location_request_message" => {
            frame(content, Body::Needed(1024), Header::None)?;
            named(action, "send_location")
        }
        "flow" => {
            frame(content, Body::Needed(1024), Header::TextOrMedia)?;
            flow(action)
        }
        "product" => {
            frame(content, Body::Optional, Header::None)?;
            ids(action, &["catalog_id", "product_retailer_id"])
        }
        "product_list" => {
            required("interactive", content, &["header"])?;
            frame(content, Body::Needed(1024), Header::Text)?;
            products(action)
        }
        other if UNCHECKED.contains(&other) => Ok(()),
        other => Err(GraphError::with(100, format!("Param interactive['type'] must not be \"{other}\"."))),
    }
}

/// What a kind has above its action.
enum Body {
    Needed(usize),
    Optional,
}

/// Which header a kind can have.
enum Header {
    None,
    Text,
    TextOrMedia,
}

/// Header, body and footer.
fn frame(content: &Object, body: Body, header: Header) -> Result<(), GraphError> {
    match (body, content.get("body")) {
        (Body::Needed(most), Some(body)) => words("body", body, most)?,
        (Body::Needed(_), None) => return Err(missing("interactive['body']")),
        (Body::Optional, Some(body)) => words("body", body, 1024)?,
        (Body::Optional, None) => {}
    }
    if let Some(footer) = content.get("footer") {
        words("footer", footer, 60)?;
    }
    let Some(shown) = content.get("header") else { return Ok(()) };
    match (header, shown["type"].as_str()) {
        (Header::Text | Header::TextOrMedia, Some("text")) => words("header", shown, 60),
        (Header::TextOrMedia, Some("image" | "video" | "document")) => Ok(()),
        (Header::None | Header::Text | Header::TextOrMedia, _) => {
            Err(GraphError::with(131_009, "Param interactive['header']['type'] is not allowed"))
        }
    }
}

/// `{"text": …}` with at most `most` characters, and not empty.
fn words(key: &str, value: &Value, most: usize) -> Result<(), GraphError> {
    let path = format!("interactive['{key}']");
    let Some(object) = value.as_object() else {
        return Err(GraphError::with(100, format!("Param {path} must be an object")));
    };
    required(&path, object, &["text"])?;
    limited(&path, object, "text", most)?;
    full(&path, object, "text")
}

/// The string at `key` is there, and not empty.
fn full(path: &str, object: &Object, key: &str) -> Result<(), GraphError> {
    match object.get(key).and_then(Value::as_str) {
        Some(text) if !text.trim().is_empty() => Ok(()),
        Some(_) => Err(GraphError::with(131_009, format!("Param {path}['{key}'] must be a non-empty string."))),
        None => Err(missing(&format!("{path}['{key}']"))),
    }
}

fn ids(object: &Object, keys: &[&str]) -> Result<(), GraphError> {
    keys.iter().try_for_each(|key| full("action", object, key))
}

fn named(action: &Object, name: &str) -> Result<(), GraphError> {
    if action.get("name").and_then(Value::as_str) == Some(name) {
        return Ok(());
    }
    Err(GraphError::with(131_009, format!("Param action['name'] must be \"{name}\".")))
}

/// No two of them are the same.
fn distinct<'a>(ids: impl Iterator<Item = &'a Value>, what: &str) -> Result<(), GraphError> {
    let mut seen: Vec<&Value> = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            return Err(GraphError::with(131_009, format!("Duplicated {what} id")));
        }
        seen.push(id);
    }
    Ok(())
}

fn buttons(action: &Object) -> Result<(), GraphError> {
    let Some(buttons) = action.get("buttons").and_then(Value::as_array).filter(|all| (1..=3).contains(&all.len()))
    else {
        return Err(GraphError::with(131_009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"));
    };
    for button in buttons {
        let reply = button.get("reply").and_then(Value::as_object).ok_or_else(|| missing("buttons['reply']"))?;
        for (key, most) in [("id", 256), ("title", 20)] {
            full("reply", reply, key)?;
            limited("reply", reply, key, most)?;
        }
    }
    distinct(buttons.iter().map(|button| &button["reply"]["id"]), "button")
}

fn sections(action: &Object) -> Result<Vec<&Object>, GraphError> {
    required("action", action, &["sections"])?;
    let sections: Vec<_> = action["sections"].as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    if sections.is_empty() || sections.len() > 10 {
        return Err(GraphError::with(131_009, "Invalid sections count. Min allowed: 1, Max allowed: 10"));
    }
    for section in &sections {
        limited("section", section, "title", 24)?;
        if sections.len() > 1 {
            full("section", section, "title")?;
        }
    }
    Ok(sections)
}

/// What stands in the list `key` of each section.
fn within<'a>(sections: &[&'a Object], key: &str) -> Vec<&'a Value> {
    sections.iter().filter_map(|section| section.get(key)?.as_array()).flatten().collect()
}

fn rows(action: &Object) -> Result<(), GraphError> {
    full("action", action, "button")?;
    limited("action", action, "button", 20)?;
    let rows = within(&sections(action)?, "rows");
    if rows.is_empty() || rows.len() > 10 {
        return Err(GraphError::with(131_009, "Total row count exceed max allowed count: 10"));
    }
    for row in rows.iter().filter_map(|row| row.as_object()) {
        for (key, most) in [("id", 200), ("title", 24)] {
            full("row", row, key)?;
            limited("row", row, key, most)?;
        }
        limited("row", row, "description", 72)?;
    }
    distinct(rows.iter().map(|row| &row["id"]), "row")
}

fn cta_url(action: &Object) -> Result<(), GraphError> {
    named(action, "cta_url")?;
    let parameters = parameters(action)?;
    full("parameters", parameters, "display_text")?;
    limited("parameters", parameters, "display_text", 20)?;
    full("parameters", parameters, "url")?;
    let url = parameters["url"].as_str().unwrap_or_default();
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    Err(GraphError::with(131_009, "Param parameters['url'] is not a valid URI."))
}

fn parameters(action: &Object) -> Result<&Object, GraphError> {
    action.get("parameters").and_then(Value::as_object).ok_or_else(|| missing("action['parameters']"))
}

fn flow(action: &Object) -> Result<(), GraphError> {
    named(action, "flow")?;
    let parameters = parameters(action)?;
    for key in ["flow_message_version", "flow_cta"] {
        full("parameters", parameters, key)?;
    }
    limited("parameters", parameters, "flow_cta", 30)?;
    if !parameters.contains_key("flow_name") {
        full("parameters", parameters, "flow_id")?;
    }
    match (parameters.get("flow_action").and_then(Value::as_str), parameters.get("flow_action_payload")) {
        (Some("navigate") | None, None) | (Some("data_exchange"), None) => Ok(()),
        (Some("navigate") | None, Some(Value::Object(payload))) => full("flow_action_payload", payload, "screen"),
        (Some("data_exchange"), Some(_)) => {
            Err(GraphError::with(131_009, "Param flow_action_payload is not allowed for data_exchange"))
        }
        (_, _) => Err(GraphError::with(131_009, "Param flow_action must be one of {navigate, data_exchange}")),
    }
}

fn products(action: &Object) -> Result<(), GraphError> {
    ids(action, &["catalog_id"])?;
    let products = within(&sections(action)?, "product_items");
    if products.is_empty() || products.len() > 30 {
        return Err(GraphError::with(131_009, "Total product count exceed max allowed count: 30"));
    }
    let all = products.iter().filter_map(|product| product.as_object());
    all.into_iter().try_for_each(|product| full("product_items", product, "product_retailer_id"))
}
