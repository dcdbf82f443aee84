//! What happens around every request: it gets an id, a panic becomes an answer, a problem is written out, and one
//! line goes to the log.

use crate::problem::Problem;
use crate::router::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use lambda_http::request::RequestContext;
use std::panic::AssertUnwindSafe;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ids than this are not taken over from the caller.
const LONGEST_ID: usize = 128;

pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request_id(request.extensions(), request.headers())
        .unwrap_or_else(|| domain::digest::hex(&[&app.ids.bits().to_string()]));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let answer = answer.unwrap_or_else(|_| Problem::internal("the handler panicked").into_response());
    log(&id, &method, route.as_deref().unwrap_or("none"), &answer);
    let answer = match answer.extensions().get::<Problem>().cloned() {
        Some(problem) => problem.document(&id, answer),
        None => answer,
    };
    with_headers(answer, &id)
}

/// The id under which API Gateway knows the request, or the one that the caller gave it.
fn request_id(extensions: &Extensions, headers: &HeaderMap) -> Option<String> {
    if let Some(RequestContext::ApiGatewayV2(context)) = extensions.get::<RequestContext>() {
        return context.request_id.clone();
    }
    let id = headers.get("x-amzn-requestid")?.to_str().ok()?;
    let fits = (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| id.to_owned())
}

fn log(id: &str, method: &Method, route: &str, answer: &Response) {
    let status = answer.status();
    let problem = answer.extensions().get::<Problem>().map_or("", Problem::for_log);
    if status.is_server_error() {
        tracing::error!(request.id = id, http.method = %method, http.route = route, http.status = status.as_u16(), problem, "request failed");
    } else {
        tracing::info!(request.id = id, http.method = %method, http.route = route, http.status = status.as_u16(), problem, "request answered");
    }
}

fn with_headers(mut answer: Response, id: &str) -> Response {
    let headers = answer.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    answer
}
