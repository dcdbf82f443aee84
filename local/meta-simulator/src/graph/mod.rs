//! Meta's Graph API, as far as a sender needs it.

mod check;
mod media;
mod number;
mod receipts;
mod send;
mod shapes;

use crate::graph_error::GraphError;
use crate::simulator::Simulator;
use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

/// The routes of the Graph API.
pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/{version}/{id}", get(node))
        .route("/{version}/{id}/messages", post(send::messages))
        .route("/{version}/{id}/phone_numbers", get(numbers))
        .route("/{version}/{id}/subscribed_apps", get(subscribed_apps))
        .route("/_media/{id}", get(media::download))
}

/// `GET /{version}/{id}`: the business number, or a media object.
async fn node(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    query: axum::extract::Query<number::Fields>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = admit(&simulator, &version, &headers) {
        return refuse(&simulator, &error);
    }
    if id == simulator.config().phone_number_id {
        return Json(number::node(&simulator, &query)).into_response();
    }
    match media::node(&simulator, &id, &headers) {
        Some(media) => Json(media).into_response(),
        None => refuse(&simulator, &no_such_object(&id)),
    }
}

/// `GET /{version}/{account}/phone_numbers`: the account's one number.
async fn numbers(State(simulator): State<Simulator>, path: Path<(String, String)>, headers: HeaderMap) -> Response {
    let usual = number::Fields::default();
    of_account(&simulator, &path, &headers, || json!({"data": [number::node(&simulator, &usual)]}))
}

/// `GET /{version}/{account}/subscribed_apps`: the app that webhooks go to.
async fn subscribed_apps(
    State(simulator): State<Simulator>,
    path: Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let app = json!({"whatsapp_business_api_data": {"id": "670843887433847", "name": "Leadwire"}});
    of_account(&simulator, &path, &headers, || json!({"data": [app]}))
}

/// What `found` says of the account, to whoever may see it.
fn of_account(
    simulator: &Simulator,
    Path((version, id)): &Path<(String, String)>,
    headers: &HeaderMap,
    found: impl FnOnce() -> Value,
) -> Response {
    match admit(simulator, version, headers) {
        Err(error) => refuse(simulator, &error),
        Ok(()) if *id == simulator.config().waba_id => Json(found()).into_response(),
        Ok(()) => refuse(simulator, &no_such_object(id)),
    }
}

/// Checks version and Bearer token, which every call needs.
fn admit(simulator: &Simulator, version: &str, headers: &HeaderMap) -> Result<(), GraphError> {
    let config = simulator.config();
    if !config.versions.iter().any(|served| served == version) {
        return Err(GraphError::platform(400, 2500, format!("Unknown path components: /{version}")));
    }
    admit_token(simulator, headers)
}

fn admit_token(simulator: &Simulator, headers: &HeaderMap) -> Result<(), GraphError> {
    match bearer(headers) {
        Some(token) if token == simulator.config().access_token => Ok(()),
        Some(_) => Err(GraphError::platform(401, 190, "Invalid OAuth access token - Cannot parse access token")),
        None => Err(GraphError::platform(401, 190, "An access token is required to request this resource.")),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn no_such_object(id: &str) -> GraphError {
    let message = format!(
        "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, \
         or does not support this operation"
    );
    GraphError::platform(400, 33, message)
}

/// The answer that says `error`.
fn refuse(simulator: &Simulator, error: &GraphError) -> Response {
    answer(error.status, &error.body(&simulator.trace()))
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(body)).into_response()
}
