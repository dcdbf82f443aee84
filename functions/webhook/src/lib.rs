//! Takes Meta's webhooks: answers the handshake, and puts every event of a POST into the queue before it says 200.
//!
//! It does nothing else: verify the signature over the raw bytes, split, enqueue. 200 means durable. A program of a
//! business may report statuses in the same way, with an API key in place of the signature.

mod handshake;
mod ingest;
mod report;

use lambda_http::http::{Method, StatusCode, header};
use lambda_http::{Body, Request, Response};
use queue::Queue;
use runtime::{Clock, Keyring, MetaSecrets};
use std::sync::Arc;
use store::Store;
use whatsapp::signature;

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where events go that cannot go into the queue.
    pub store: Store,
    /// The queue of `inbound`.
    pub inbound: Queue,
    /// The time of arrival.
    pub clock: Arc<dyn Clock>,
    /// What Meta repeats in the handshake, and signs deliveries with.
    pub keyring: Keyring<MetaSecrets>,
}

impl Deps {
    /// What `check` says under our secrets; and if a refusal may come of their being old, what it says under newer ones.
    async fn checked<T, E>(
        &self,
        check: impl Fn(&MetaSecrets) -> Result<T, E>,
        may_be_old: impl Fn(&E) -> bool,
    ) -> Result<T, E> {
        let now = self.clock.now();
        let checked = check(&*self.keyring.secrets(now).await);
        match &checked {
            Err(refusal) if may_be_old(refusal) => match self.keyring.newer(now).await {
                Some(secrets) => check(&secrets),
                None => checked,
            },
            Ok(_) | Err(_) => checked,
        }
    }
}

/// Answers one request: the handshake (GET) or a delivery (POST).
pub async fn handle(deps: &Deps, request: Request) -> Response<Body> {
    match *request.method() {
        Method::GET => handshake::answer(deps, &request).await,
        Method::POST => match report::key_of(&request) {
            Some(key) if !request.headers().contains_key(signature::HEADER) => {
                report::answer(deps, &request, key).await
            }
            Some(_) | None => ingest::answer(deps, &request).await,
        },
        _ => reply(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are served here"),
    }
}

fn reply(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    response
}

/// A refusal as RFC 9457 writes one; `field` is what is wrong in the body.
fn problem(status: StatusCode, detail: &str, field: Option<&str>) -> Response<Body> {
    let title = status.canonical_reason().unwrap_or_default();
    let text = |value: &str| serde_json::Value::from(value);
    let mut problem = serde_json::json!({ "type": "about:blank", "title": text(title), "status": status.as_u16(), "detail": text(detail) });
    if let Some(field) = field {
        problem["errors"] = serde_json::json!([{ "field": text(field), "detail": text(detail) }]);
    }
    let mut response = reply(status, &problem.to_string());
    let kind = header::HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
