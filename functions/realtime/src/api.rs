//! The HTTP API as this function calls it on behalf of a connection: by an access token once, when it connects, and later by a
//! pass that works once.

use futures::FutureExt;
use futures::future::BoxFuture;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Debug;
use std::time::Duration;

/// API Gateway waits for this function's answer, which takes 10 s at most.
const PATIENCE: Duration = Duration::from_secs(8);

/// The API does not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Silent(pub String);

/// An answer of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body; null if it has none.
    pub body: Value,
}

/// A way to the HTTP API. The real one is [`HttpApi`].
pub trait Api: Debug + Send + Sync {
    /// Carries `request`, whose URI is a path of the API.
    fn carry(&self, request: Request<String>) -> BoxFuture<'_, Result<Answer, Silent>>;
}

impl dyn Api {
    /// The ticket that the API gives for an access token; none if it rejects the token.
    pub(crate) async fn ticket(&self, token: &str) -> Result<Option<String>, Silent> {
        #[derive(Deserialize)]
        struct Ticket {
            ticket: String,
        }
        let Ok(request) = request(Method::POST, "/api/realtime/ticket", &format!("Bearer {token}"), String::new())
        else {
            return Ok(None);
        };
        let answer = self.carry(request).await?;
        match answer.status {
            200 => {
                let ticket: Result<Ticket, _> = serde_json::from_value(answer.body);
                ticket.map(|ticket| Some(ticket.ticket)).map_err(|error| Silent(error.to_string()))
            }
            status if status >= 500 => Err(Silent(format!("the API answers {status}"))),
            _ => Ok(None),
        }
    }
}

/// A request of the API that `authorization` permits; the header is never shown.
pub(crate) fn request(
    method: Method,
    path: &str,
    authorization: &str,
    body: String,
) -> Result<Request<String>, http::Error> {
    let mut value = HeaderValue::try_from(authorization)?;
    value.set_sensitive(true);
    let request = Request::builder().method(method).uri(path).header(AUTHORIZATION, value);
    request.header(CONTENT_TYPE, "application/json").body(body)
}

/// The API over HTTPS.
#[derive(Clone, Debug)]
pub struct HttpApi {
    client: reqwest::Client,
    base: String,
}

impl HttpApi {
    /// The API at `base`, which has no slash at its end.
    ///
    /// # Errors
    /// If the machine has no certificates to trust.
    pub fn new(base: String) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .pool_idle_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()?;
        Ok(Self { client, base })
    }
}

impl Api for HttpApi {
    fn carry(&self, request: Request<String>) -> BoxFuture<'_, Result<Answer, Silent>> {
        async move {
            let silent = |error: reqwest::Error| Silent(error.without_url().to_string());
            let (parts, body) = request.into_parts();
            let url = format!("{}{}", self.base, parts.uri);
            let sent = self.client.request(parts.method, url).headers(parts.headers).body(body).send().await;
            let answer = sent.map_err(silent)?;
            let status = answer.status().as_u16();
            let body = answer.bytes().await.map_err(silent)?;
            Ok(Answer { status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
        }
        .boxed()
    }
}
