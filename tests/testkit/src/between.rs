//! A place between SDK clients and AWS, from which every call is seen and dealt with.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use std::fmt::Debug;

/// What becomes of a call.
pub type Carried = Result<HttpResponse, ConnectorError>;

/// Somebody who stands in that place.
pub trait Between: Clone + Debug + Send + Sync + 'static {
    /// Deals with a call; `on` carries it to AWS.
    fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> impl Future<Output = Carried> + Send + 'static;
}

/// An HTTP client with somebody between it and AWS.
#[derive(Clone, Debug)]
pub struct Guarded<B> {
    between: B,
    on: SharedHttpClient,
}

impl<B: Between> Guarded<B> {
    /// `on` with `between` before it.
    pub const fn new(between: B, on: SharedHttpClient) -> Self {
        Self { between, on }
    }
}

impl<B: Between> HttpClient for Guarded<B> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let on = self.on.http_connector(settings, components);
        SharedHttpConnector::new(Way { between: self.between.clone(), on })
    }
}

#[derive(Clone, Debug)]
struct Way<B> {
    between: B,
    on: SharedHttpConnector,
}

impl<B: Between> HttpConnector for Way<B> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.between.clone().carry(request, self.on.clone()))
    }
}

/// What [`target`] calls a mail that is to be sent.
pub const MAIL: (&str, &str) = ("SES", "SendEmail");

/// What [`target`] calls a frame to a browser, and the end of its connection.
pub const FRAME: (&str, &str) = ("ApiGatewayManagement", "PostToConnection");
/// The end of a connection.
pub const CLOSE: (&str, &str) = ("ApiGatewayManagement", "DeleteConnection");

/// Service and operation that a request is for, such as `("AmazonSQS", "SendMessageBatch")`; of DynamoDB's service the
/// version is part of the name. SES is known by its path.
#[must_use]
pub fn target(request: &HttpRequest) -> (&str, &str) {
    if request.uri().ends_with("/v2/email/outbound-emails") {
        return MAIL;
    }
    if request.uri().contains("/@connections/") {
        return if request.method() == "DELETE" { CLOSE } else { FRAME };
    }
    request.headers().get("x-amz-target").and_then(|target| target.split_once('.')).unwrap_or_default()
}

/// The body of a request.
#[must_use]
pub fn body(request: &HttpRequest) -> &str {
    request.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Answers in AWS's stead.
///
/// # Errors
/// None that a status of HTTP could cause.
pub fn answer(status: u16, body: &Value) -> Carried {
    answer_text(status, body.to_string())
}

/// The same, with a body that has been written.
///
/// # Errors
/// None that a status of HTTP could cause.
pub fn answer_text(status: u16, body: String) -> Carried {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.0")
        .body(SdkBody::from(body))
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}

/// The answer is lost.
#[must_use]
pub fn lost() -> ConnectorError {
    ConnectorError::timeout("the answer is lost".into())
}

/// Carries on the entries of a batch for a queue that `pass` lets through, by their place and by how many there are, and
/// has the queue refuse the others.
///
/// # Errors
/// What carrying it on fails with.
pub async fn carry_some(mut request: HttpRequest, on: &SharedHttpConnector, pass: fn(usize, usize) -> bool) -> Carried {
    let mut asked: Value = serde_json::from_str(body(&request)).unwrap_or_default();
    let entries = asked["Entries"].as_array().map_or(&[][..], Vec::as_slice);
    let mut passed = Vec::new();
    let mut failed = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        if pass(place, entries.len()) {
            passed.push(entry.clone());
        } else {
            failed.push(json!({"Id": entry["Id"], "Code": "ServiceUnavailable", "SenderFault": false}));
        }
    }
    if passed.is_empty() {
        return answer(200, &json!({"Successful": [], "Failed": failed}));
    }
    asked["Entries"] = passed.into();
    *request.body_mut() = SdkBody::from(asked.to_string());
    let answered = on.call(request).await?;
    let mut said: Value = serde_json::from_slice(answered.body().bytes().unwrap_or_default()).unwrap_or_default();
    said["Failed"] = failed.into();
    answer(200, &said)
}
