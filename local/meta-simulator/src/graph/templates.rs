//! `/{version}/{waba_id}/message_templates`: listed page by page, created for review, deleted.

use super::{admit, no_such_object, refuse};
use crate::error::Error;
use crate::graph_error::GraphError;
use crate::simulator::Simulator;
use crate::storage::TemplateRow;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// How the handles of samples begin.
pub(super) const HANDLE: &str = "4::";

/// What the caller asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    fields: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
    status: Option<String>,
    name: Option<String>,
    hsm_id: Option<String>,
}

/// `GET`: a page of templates. `after` is the id of the last one of the page before.
pub(super) async fn list(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    respond(&simulator, page(&simulator, &version, &id, &asked, &headers))
}

/// `POST`: a template for review.
pub(super) async fn create(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let created = account(&simulator, &version, &id, &headers).and_then(|()| submit(&simulator, &body));
    respond(&simulator, created)
}

/// `DELETE`: all languages of a name, or the one with `hsm_id`.
pub(super) async fn delete(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let deleted = account(&simulator, &version, &id, &headers).and_then(|()| {
        let name = asked.name.as_deref().ok_or_else(|| GraphError::with(100, "The parameter name is required."))?;
        match stored(simulator.delete_templates(name, asked.hsm_id.as_deref()))? {
            0 => Err(GraphError::platform(404, 100, "Message template not found")),
            _ => Ok(json!({"success": true})),
        }
    });
    respond(&simulator, deleted)
}

fn respond(simulator: &Simulator, answer: Result<Value, GraphError>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(simulator, &error),
    }
}

fn account(simulator: &Simulator, version: &str, id: &str, headers: &HeaderMap) -> Result<(), GraphError> {
    admit(simulator, version, headers)?;
    if id == simulator.config().waba_id { Ok(()) } else { Err(no_such_object(id)) }
}

fn page(
    simulator: &Simulator,
    version: &str,
    id: &str,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<Value, GraphError> {
    let token = admit(simulator, version, headers)?;
    if id != simulator.config().waba_id && token.waba_id == id {
        // Only the first account has templates.
        return Ok(json!({"data": []}));
    }
    account(simulator, version, id, headers)?;
    let most = simulator.settings().templates_per_page;
    let limit = asked.limit.unwrap_or(25).clamp(1, most);
    let all = stored(simulator.storage().templates(simulator.now()))?;
    let wanted = |row: &TemplateRow| {
        asked.after.as_ref().is_none_or(|after| row.id > *after)
            && asked.status.as_ref().is_none_or(|status| row.status.eq_ignore_ascii_case(status))
            && asked.name.as_ref().is_none_or(|name| row.name.contains(name.as_str()))
    };
    let rows: Vec<TemplateRow> = all.into_iter().filter(wanted).collect();
    let shown: Vec<_> = rows.iter().take(limit).collect();
    let mut answer = json!({"data": shown.iter().map(|row| node(row, asked.fields.as_deref())).collect::<Vec<_>>()});
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        answer["paging"] = json!({"cursors": {"before": first.id, "after": last.id}});
        if rows.len() > limit {
            let url = simulator.config().public_url.clone().unwrap_or_else(|| "https://graph.facebook.com".to_owned());
            let next = format!("{url}/{version}/{id}/message_templates?limit={limit}&after={}", last.id);
            answer["paging"]["next"] = json!(next);
        }
    }
    Ok(answer)
}

/// A template with the fields asked for, or the usual ones; `id` is always among them.
pub(crate) fn node(row: &TemplateRow, fields: Option<&str>) -> Value {
    let all = json!({
        "id": row.id,
        "name": row.name,
        "language": row.language,
        "status": row.status,
        "category": row.category,
        "components": row.components,
        "quality_score": {"score": row.quality, "date": 1_790_000_000},
        "rejected_reason": row.reason,
    });
    let names = fields.unwrap_or("name,components,language,status,category");
    let mut node = Map::new();
    for name in names.split(',').map(str::trim).chain(["id"]) {
        if let Some(value) = all.get(name) {
            node.insert(name.to_owned(), value.clone());
        }
    }
    Value::Object(node)
}

fn submit(simulator: &Simulator, body: &[u8]) -> Result<Value, GraphError> {
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return Err(GraphError::with(100, "The request body is not a JSON object"));
    };
    let text = |key: &str| {
        let found = body.get(key).and_then(Value::as_str);
        found.ok_or_else(|| GraphError::with(100, format!("The parameter {key} is required.")))
    };
    let name = text("name")?;
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || name.len() > 512 || !name.bytes().all(fits) {
        return Err(GraphError::with(100, "Param name must be lower-case letters, digits and underscores"));
    }
    let language = text("language")?;
    let category = text("category")?;
    if !["MARKETING", "UTILITY", "AUTHENTICATION"].contains(&category) {
        return Err(GraphError::with(100, "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}"));
    }
    let components = body.get("components").cloned().unwrap_or_default();
    check_components(category, &components)?;
    match stored(simulator.submit_template(name, language, category, components))? {
        Some(row) => Ok(json!({"id": row.id, "status": row.status, "category": row.category})),
        None => Err(GraphError::authoring(2_388_024, "There is already content in this language for this template.")),
    }
}

/// What the review's first, automatic part looks at: samples, and parameters at the edges.
fn check_components(category: &str, components: &Value) -> Result<(), GraphError> {
    let all = components.as_array().map(Vec::as_slice).unwrap_or_default();
    headers(all)?;
    for carousel in all.iter().filter(|one| one["type"] == "CAROUSEL") {
        let cards = carousel["cards"].as_array().map(Vec::as_slice).unwrap_or_default();
        if !(2..=10).contains(&cards.len()) {
            return Err(GraphError::authoring(2_388_274, "A carousel has 2 to 10 cards."));
        }
        for card in cards {
            headers(card["components"].as_array().map(Vec::as_slice).unwrap_or_default())?;
        }
    }
    if category == "AUTHENTICATION" {
        return code(all);
    }
    let Some(body) = all.iter().find(|one| one["type"] == "BODY") else {
        return Err(GraphError::authoring(2_388_072, "The body of the message is missing."));
    };
    let text = body["text"].as_str().unwrap_or_default();
    if text.is_empty() || text.chars().count() > 1024 {
        return Err(GraphError::authoring(2_388_072, "The body must have 1 to 1024 characters."));
    }
    if text.starts_with("{{") || text.ends_with("}}") {
        return Err(GraphError::authoring(2_388_299, "Variables can't be at the start or end of the template."));
    }
    if text.contains("{{") && body.get("example").is_none() {
        return Err(GraphError::authoring(2_388_043, "The template needs an example for each variable."));
    }
    Ok(())
}

/// A header with a file has the handle of a sample, from the resumable upload API.
fn headers(components: &[Value]) -> Result<(), GraphError> {
    let shows = |one: &&Value| {
        one["type"] == "HEADER" && ["IMAGE", "VIDEO", "DOCUMENT"].iter().any(|kind| one["format"] == *kind)
    };
    let has_handle =
        |one: &Value| one["example"]["header_handle"][0].as_str().is_some_and(|handle| handle.starts_with(HANDLE));
    if components.iter().filter(shows).all(has_handle) {
        return Ok(());
    }
    Err(GraphError::authoring(2_388_273, "The header needs an example: the handle of an uploaded file."))
}

/// A one-time code has no text of its own, and one button.
fn code(components: &[Value]) -> Result<(), GraphError> {
    let has_text = |one: &Value| one["type"] == "BODY" && !one["text"].is_null();
    let button = components.iter().find(|one| one["type"] == "BUTTONS").map(|one| &one["buttons"][0]);
    if components.iter().any(has_text) {
        return Err(GraphError::authoring(2_388_042, "The text of authentication templates can't be changed."));
    }
    match button.and_then(|button| button["otp_type"].as_str()) {
        Some("COPY_CODE") => Ok(()),
        Some("ONE_TAP") if button.is_some_and(|button| button["supported_apps"].is_array()) => Ok(()),
        Some(_) | None => Err(GraphError::authoring(2_388_042, "Authentication templates need an OTP button.")),
    }
}

/// `GET /{version}/{template_id}`: one template, with all its fields.
pub(super) fn one(simulator: &Simulator, id: &str) -> Result<Option<Value>, Error> {
    let rows = simulator.storage().templates(simulator.now())?;
    let fields = "name,language,status,category,components,quality_score,rejected_reason";
    Ok(rows.iter().find(|row| row.id == id).map(|row| node(row, Some(fields))))
}

/// `POST /{version}/{template_id}`: changes a template. Only the first account has templates.
pub(super) fn edit(simulator: &Simulator, id: &str, body: &[u8]) -> Result<Value, GraphError> {
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return Err(GraphError::with(100, "The request body is not a JSON object"));
    };
    let components = body.get("components").cloned().unwrap_or_default();
    let category = body.get("category").and_then(Value::as_str);
    check_components(category.unwrap_or_default(), &components)?;
    stored(simulator.edit_template(id, category, components))??;
    Ok(json!({"success": true}))
}

fn stored<T>(result: Result<T, Error>) -> Result<T, GraphError> {
    result.map_err(|error| {
        tracing::error!(%error, "meta simulator");
        GraphError::code(131_000)
    })
}
