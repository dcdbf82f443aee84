//! Takes Meta's webhooks: answers the handshake, and puts every event of a POST into the queue before it says 200.
//!
//! It does nothing else: verify the signature over the raw bytes, split, enqueue. 200 means durable.

mod handshake;
mod ingest;

use domain::Secret;
use lambda_http::http::{Method, StatusCode, header};
use lambda_http::{Body, Request, Response};
use queue::Queue;
use runtime::Clock;
use std::sync::Arc;
use store::Store;

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where events go that cannot go into the queue.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// The time of arrival.
    pub clock: Arc<dyn Clock>,
    /// What Meta repeats in the handshake.
    pub verify_token: Secret,
    /// The app secrets by which Meta signs; two while one replaces the other.
    pub app_secrets: Vec<Secret>,
}

/// Answers one request: the handshake (GET) or a delivery (POST).
pub async fn handle(deps: &Deps, request: Request) -> Response<Body> {
    match *request.method() {
        Method::GET => handshake::answer(deps, &request),
        Method::POST => ingest::answer(deps, &request).await,
        _ => reply(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are served here"),
    }
}

fn reply(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    response
}
