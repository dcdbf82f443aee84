//! Requests from outside: Meta's webhooks and the agents' calls.

use axum::body::Body;
use domain::{Secret, Timestamp};
use http::Method;
use http_body_util::BodyExt;
use leadwire::Stack;
use leadwire::data::Account;
use serde_json::Value;

/// When somebody asks again who does not.
pub(crate) const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// Something asked from outside that has not been answered to satisfaction.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    /// Meta posts this body.
    Post(Vec<u8>),
    /// An agent asks for this text to be sent; so often by now.
    Send { text: String, ask: Ask, patient: bool, times: u32 },
    /// An agent does something else, for which there is no reason to refuse it.
    Deed(Ask),
    /// Somebody of this address is invited.
    Invitation(String, Ask),
}

/// What became of a request to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was accepted, under this id.
    Accepted(String),
    /// It was refused.
    Refused(u16),
    /// Nobody heard, and nobody asked again.
    Nothing,
}

/// A webhook with this body, signed as Meta signs.
pub(crate) fn posted(account: &Account, body: Vec<u8>) -> http::Request<Body> {
    let signature = whatsapp::signature::sign(&body, &Secret::new(account.app_secret.clone()));
    let request = http::Request::post("/api/webhook/whatsapp").header("x-hub-signature-256", signature);
    request.header("content-type", "application/json").body(Body::from(body)).expect("a well-formed request")
}

/// A call of the API as the owner.
pub(crate) fn asked(stack: &Stack, account: &Account, ask: &Ask) -> http::Request<Body> {
    let token = testkit::token(stack, account);
    let mut request = http::Request::builder().method(&ask.method).uri(&ask.path);
    request = request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
    if let Some(key) = &ask.key {
        request = request.header("idempotency-key", key);
    }
    let body = ask.body.as_ref().map_or_else(Body::empty, |json| Body::from(json.to_string()));
    request.body(body).expect("a well-formed request")
}

/// What an agent asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) key: Option<String>,
    pub(crate) body: Option<Value>,
}

impl Ask {
    /// Something is posted.
    pub(crate) fn post(path: &str, body: Value) -> Self {
        Self { method: Method::POST, path: path.to_owned(), key: None, body: Some(body) }
    }
}

/// An answer's status and JSON.
pub(crate) async fn read(response: http::Response<Body>) -> (u16, Value) {
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}
