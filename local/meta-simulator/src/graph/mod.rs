//! Meta's Graph API, as far as a sender needs it.

mod blocks;
mod check;
mod interactive;
pub(crate) mod media;
mod number;
mod number_setup;
mod phone;
mod profile;
mod receipts;
mod send;
mod shapes;
pub(crate) mod signup;
pub(crate) mod templates;
mod tokens;
mod uploads;
mod weather;

use crate::error::Error;
use crate::graph_error::GraphError;
use crate::numbers::BusinessNumber;
use crate::simulator::Simulator;
use crate::tokens::{AccessToken, MANAGEMENT};
use axum::Json;
use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

/// The routes of the Graph API.
pub(crate) fn router(simulator: &Simulator) -> Router<Simulator> {
    Router::new()
        .route("/{version}/{id}", get(node).post(change))
        .route("/{version}/{id}/uploads", post(uploads::begin))
        .route("/{version}/debug_token", get(tokens::debug))
        .route("/{version}/dialog/oauth", get(signup::page))
        .route("/{version}/oauth/access_token", get(signup::exchange))
        .route("/{version}/{id}/register", post(signup::register))
        .route("/{version}/{id}/messages", post(send::messages))
        .route("/{version}/{id}/media", post(media::upload))
        .route("/{version}/{id}/phone_numbers", get(numbers))
        .route("/{version}/{id}/subscribed_apps", get(subscribed_apps).post(subscribe).delete(unsubscribe))
        .route(
            "/{version}/{id}/message_templates",
            get(templates::list).post(templates::create).delete(templates::delete),
        )
        .route("/{version}/{id}/message_qrdls", get(number_setup::links).post(number_setup::put_link))
        .route("/{version}/{id}/message_qrdls/{code}", get(number_setup::link).delete(number_setup::delete_link))
        .route("/{version}/{id}/conversational_automation", post(number_setup::put_starters))
        .route("/{version}/{id}/settings", get(number_setup::settings).post(number_setup::put_settings))
        .route("/{version}/{id}/flows", get(number_setup::flows))
        .route("/{version}/{id}/smb_app_data", post(phone::import))
        .route("/{version}/{id}/whatsapp_business_profile", get(profile::read).post(profile::change))
        .route("/{version}/{id}/block_users", get(blocks::list).post(blocks::block).delete(blocks::unblock))
        .route("/_media/{id}", get(media::download))
        .route_layer(middleware::from_fn_with_state(simulator.clone(), weather::pass))
}

/// The currency of every account here.
const CURRENCY: &str = "INR";

/// `GET /{version}/{id}`: a business number, an account, or a media object.
async fn node(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    query: Query<number::Fields>,
    headers: HeaderMap,
) -> Response {
    let token = match admit(&simulator, &version, &headers) {
        Ok(token) => token,
        Err(error) => return refuse(&simulator, &error),
    };
    if let Some(number) = number_for(&simulator, &token, &id) {
        return Json(number::node(&simulator, number, &query)).into_response();
    }
    if simulator.numbers().iter().any(|number| number.waba_id == id && number.waba_id == token.waba_id) {
        // 71 is Asia/Kolkata.
        return Json(json!({"id": id, "name": "Leadwire", "currency": CURRENCY, "timezone_id": "71"})).into_response();
    }
    if token.waba_id == simulator.config().waba_id
        && let Ok(Some(template)) = templates::one(&simulator, &id)
    {
        return Json(template).into_response();
    }
    match media::node(&simulator, &id, &headers) {
        Some(media) => Json(media).into_response(),
        None => refuse(&simulator, &no_such_object(&id)),
    }
}

/// `POST /{version}/{id}`: changes a template, or takes the bytes of an upload session.
async fn change(
    State(simulator): State<Simulator>,
    Path((version, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    if id.starts_with("upload:") {
        return uploads::bytes(&simulator, &version, &id, request).await;
    }
    let token = match admit(&simulator, &version, request.headers()) {
        Ok(token) => token,
        Err(error) => return refuse(&simulator, &error),
    };
    let Ok(body) = axum::body::to_bytes(request.into_body(), LARGEST_BODY).await else {
        return refuse(&simulator, &GraphError::with(100, "The request body is too large"));
    };
    if let Some(number) = number_for(&simulator, &token, &id) {
        return number_setup::put_callback(&simulator, number, &body).await;
    }
    let changed = if token.waba_id == simulator.config().waba_id {
        templates::edit(&simulator, &id, &body)
    } else {
        Err(no_such_object(&id))
    };
    match changed {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(&simulator, &error),
    }
}

/// The largest body of a change.
const LARGEST_BODY: usize = 1024 * 1024;

/// Which of an account's numbers are wanted.
#[derive(Debug, Deserialize)]
struct Page {
    #[serde(default = "usual_page")]
    limit: usize,
    /// How many were seen before: what a cursor of this Graph API stands for.
    #[serde(default)]
    after: usize,
    /// What is wanted of each; the usual, if nothing is said.
    fields: Option<String>,
}

fn usual_page() -> usize {
    25
}

/// `GET /{version}/{account}/phone_numbers`: the account's numbers, a page at a time.
async fn numbers(
    State(simulator): State<Simulator>,
    path: Path<(String, String)>,
    Query(page): Query<Page>,
    headers: HeaderMap,
) -> Response {
    let (_, id) = &*path;
    let all: Vec<_> = simulator.numbers().iter().filter(|number| number.waba_id == *id).collect();
    let wanted = number::Fields::new(page.fields.clone());
    on_account(&simulator, &path, &headers, || {
        let shown = all.iter().skip(page.after).take(page.limit);
        let data: Vec<_> = shown.map(|number| number::node(&simulator, number, &wanted)).collect();
        let seen = page.after + data.len();
        let mut paging = json!({"cursors": {"before": page.after.to_string(), "after": seen.to_string()}});
        if seen < all.len() {
            paging["next"] = json!(format!("/{id}/phone_numbers?limit={}&after={seen}", page.limit));
        }
        Ok(json!({"data": data, "paging": paging}))
    })
}

/// `GET /{version}/{account}/subscribed_apps`: the app that webhooks go to.
async fn subscribed_apps(
    State(simulator): State<Simulator>,
    path: Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let app = |id: &str, name: &str| json!({"whatsapp_business_api_data": {"id": id, "name": name}});
    on_account(&simulator, &path, &headers, || {
        let mut apps = Vec::new();
        if simulator.settings().other_app {
            apps.push(app("1203944847433001", "Another Provider"));
        }
        if simulator.is_subscribed(&path.1)? {
            apps.push(app(tokens::APP_ID, "Leadwire"));
        }
        Ok(json!({ "data": apps }))
    })
}

/// `POST /{version}/{account}/subscribed_apps`: has the account's webhooks posted.
async fn subscribe(State(simulator): State<Simulator>, path: Path<(String, String)>, headers: HeaderMap) -> Response {
    on_account(&simulator, &path, &headers, || {
        simulator.subscribe(&path.1, true)?;
        Ok(json!({"success": true}))
    })
}

/// `DELETE /{version}/{account}/subscribed_apps`: has them posted no more.
async fn unsubscribe(State(simulator): State<Simulator>, path: Path<(String, String)>, headers: HeaderMap) -> Response {
    on_account(&simulator, &path, &headers, || {
        simulator.subscribe(&path.1, false)?;
        Ok(json!({"success": true}))
    })
}

/// What `found` says of the account, to whoever has a token for it.
fn on_account(
    simulator: &Simulator,
    Path((version, id)): &Path<(String, String)>,
    headers: &HeaderMap,
    found: impl FnOnce() -> Result<Value, Error>,
) -> Response {
    let token = match admit(simulator, version, headers) {
        Ok(token) => token,
        Err(error) => return refuse(simulator, &error),
    };
    let mut numbers = simulator.numbers().iter();
    if !numbers.any(|number| number.waba_id == *id && number.waba_id == token.waba_id) {
        return refuse(simulator, &no_such_object(id));
    }
    if !token.permits(MANAGEMENT) {
        return refuse(simulator, &GraphError::code(200));
    }
    match found() {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            tracing::error!(%error, "meta simulator");
            refuse(simulator, &GraphError::code(2))
        }
    }
}

/// The number with this id, if the token gives access to it.
fn number_for<'a>(simulator: &'a Simulator, token: &AccessToken, id: &str) -> Option<&'a BusinessNumber> {
    let mut numbers = simulator.numbers().iter();
    numbers.find(|number| number.phone_number_id == id && number.waba_id == token.waba_id)
}

/// Checks version and Bearer token, which every call needs, and gives the token.
fn admit(simulator: &Simulator, version: &str, headers: &HeaderMap) -> Result<AccessToken, GraphError> {
    let config = simulator.config();
    if !config.versions.iter().any(|served| served == version) {
        return Err(GraphError::platform(400, 2500, format!("Unknown path components: /{version}")));
    }
    admit_token(simulator, headers)
}

fn admit_token(simulator: &Simulator, headers: &HeaderMap) -> Result<AccessToken, GraphError> {
    let refusal = |why: &str| GraphError::platform(401, 190, why);
    let token = bearer(headers).ok_or_else(|| refusal("An access token is required to request this resource."))?;
    let token = stored(simulator.token(token))?;
    let token = token.ok_or_else(|| refusal("Invalid OAuth access token - Cannot parse access token"))?;
    if token.is_expired(simulator.now()) {
        return Err(refusal("Error validating access token: Session has expired"));
    }
    Ok(token)
}

fn stored<T>(result: Result<T, Error>) -> Result<T, GraphError> {
    result.map_err(|error| {
        tracing::error!(%error, "meta simulator");
        GraphError::code(131_000)
    })
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
