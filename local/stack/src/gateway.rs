//! What API Gateway does: an HTTP request becomes the event of an HTTP API (payload version 2.0), the function's
//! answer becomes an HTTP response. The handlers run behind the same adapter as on Lambda.

use crate::functions::Functions;
use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use http_body_util::BodyExt;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, Error, IntoResponse as IntoLambdaResponse, LambdaEvent, Service, service_fn};
use runtime::{Clock, Random};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// API Gateway's limit for a request of an HTTP API.
const MAX_BODY: usize = 10 * 1024 * 1024;

/// The paths that `webhook` serves; all others under `/api` are `api`'s.
pub const WEBHOOK_PATHS: [&str; 3] = ["/api/webhook/whatsapp", "/api/whatsapp/webhook", "/webhook/incoming"];

/// The HTTP API in front of `webhook` and `api`.
#[derive(Clone, Debug)]
pub struct Gateway {
    functions: Functions,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    client_ip_header: Option<HeaderName>,
}

/// A function's answer, as the HTTP API reads it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    multi_value_headers: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
    #[serde(default)]
    cookies: Vec<String>,
}

impl Gateway {
    /// The HTTP API in front of these functions.
    #[must_use]
    pub const fn new(functions: Functions, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { functions, clock, random, client_ip_header: None }
    }

    /// The same behind a tunnel or proxy that gives the client's address in `header`.
    #[must_use]
    pub fn behind(self, header: Option<HeaderName>) -> Self {
        Self { client_ip_header: header, ..self }
    }

    /// Serves one request.
    pub async fn serve(self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Ok(body) = http_body_util::Limited::new(body, MAX_BODY).collect().await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let id = format!("{:032x}", self.random.u128());
        let client = address(&parts, self.client_ip_header.as_ref());
        let event = match event(&parts, &body.to_bytes(), client, &id, self.clock.now().millis()) {
            Ok(event) => event,
            Err(error) => return failed(&error),
        };
        let answer = self.invoke(parts.uri.path(), event, id).await;
        answer.and_then(response).unwrap_or_else(|error| failed(&error))
    }

    async fn invoke(&self, path: &str, event: ApiGatewayV2httpRequest, id: String) -> Result<Value, Error> {
        let mut context = Context::default();
        context.request_id = id;
        let event = LambdaEvent::new(LambdaRequest::ApiGatewayV2(event), context);
        if WEBHOOK_PATHS.contains(&path) {
            let deps = Arc::clone(&self.functions.webhook);
            let handler = service_fn(move |request| {
                let deps = Arc::clone(&deps);
                async move { Ok::<_, Error>(webhook::handle(&deps, request).await) }
            });
            call(handler, event).await
        } else {
            call(self.functions.api.clone(), event).await
        }
    }
}

async fn call<S, R, E>(service: S, event: LambdaEvent<LambdaRequest>) -> Result<Value, Error>
where
    S: Service<lambda_http::Request, Response = R, Error = E>,
    S::Future: Send + 'static,
    R: IntoLambdaResponse,
    E: Into<Error>,
{
    // Both services are always ready, and the adapter must not be held while it answers: it cannot change threads.
    let answering = Adapter::from(service).call(event);
    let answer = answering.await.map_err(Into::into)?;
    Ok(serde_json::to_value(answer)?)
}

fn event(
    parts: &http::request::Parts,
    body: &Bytes,
    client: IpAddr,
    id: &str,
    now: i64,
) -> Result<ApiGatewayV2httpRequest, Error> {
    let path = parts.uri.path();
    let text = std::str::from_utf8(body).ok().filter(|_| is_text(&parts.headers));
    let event = json!({
        "version": "2.0",
        "routeKey": format!("{} {path}", parts.method),
        "rawPath": path,
        "rawQueryString": parts.uri.query().unwrap_or_default(),
        "headers": headers(&parts.headers),
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": "localhost",
            "domainPrefix": "local",
            "requestId": id,
            "routeKey": format!("{} {path}", parts.method),
            "stage": "$default",
            "timeEpoch": now,
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": client,
                "userAgent": parts.headers.get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or_default(),
            },
        },
        "body": text.map_or_else(|| STANDARD.encode(body), ToOwned::to_owned),
        "isBase64Encoded": text.is_none(),
    });
    let mut event: ApiGatewayV2httpRequest = serde_json::from_value(event)?;
    event.query_string_parameters = parts.uri.query().unwrap_or_default().parse_query();
    Ok(event)
}

/// Where the request came from; this machine where it came over no socket. Behind a tunnel it is the last address of the
/// header that the tunnel writes: clients can write those before it.
fn address(parts: &http::request::Parts, header: Option<&HeaderName>) -> IpAddr {
    let lines = header.map(|header| parts.headers.get_all(header));
    let last = lines.and_then(|lines| lines.iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    if let Some(client) = last {
        return client;
    }
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip())
}

trait ParseQuery {
    fn parse_query(&self) -> aws_lambda_events::query_map::QueryMap;
}

impl ParseQuery for str {
    fn parse_query(&self) -> aws_lambda_events::query_map::QueryMap {
        self.parse().unwrap_or_default()
    }
}

/// API Gateway hands on these types as text, and everything else in base64.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.is_empty() || kind.starts_with("text/") || kind.contains("json") || kind.contains("xml")
}

/// Repeated headers are joined by commas, as payload version 2.0 has it.
fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut joined = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let entry = joined.entry(name.as_str().to_owned()).or_default();
        if !entry.is_empty() {
            entry.push(',');
        }
        entry.push_str(&value);
    }
    joined
}

fn response(answer: Value) -> Result<Response, Error> {
    let answer: Answer = serde_json::from_value(answer)?;
    let body = match answer.body {
        Some(body) if answer.is_base64_encoded => STANDARD.decode(body)?,
        Some(body) => body.into_bytes(),
        None => Vec::new(),
    };
    let single = answer.headers.into_iter().filter(|(name, _)| !answer.multi_value_headers.contains_key(name));
    let many = answer
        .multi_value_headers
        .iter()
        .flat_map(|(name, values)| values.iter().map(move |v| (name.clone(), v.clone())));
    let cookies = answer.cookies.into_iter().map(|cookie| ("set-cookie".to_owned(), cookie));
    let mut response = Response::builder().status(answer.status_code);
    for (name, value) in single.chain(many).chain(cookies) {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(body))?)
}

fn failed(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "a function failed");
    plain(StatusCode::INTERNAL_SERVER_ERROR, r#"{"message":"Internal Server Error"}"#)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    IntoResponse::into_response((status, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_tells_where_the_request_came_from() {
        let (mut parts, _) = Request::new(Body::empty()).into_parts();
        assert_eq!(address(&parts, None).to_string(), "127.0.0.1");
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 7], 443))));
        assert_eq!(address(&parts, None).to_string(), "203.0.113.7");
        let header = HeaderName::from_static("x-forwarded-for");
        assert_eq!(address(&parts, Some(&header)).to_string(), "203.0.113.7", "the header is not there");
        parts.headers.append(&header, "192.0.2.1".parse().unwrap());
        parts.headers.append(&header, "192.0.2.2, 2001:db8::7".parse().unwrap());
        assert_eq!(address(&parts, Some(&header)).to_string(), "2001:db8::7");
        assert_eq!(address(&parts, None).to_string(), "203.0.113.7", "nobody believes a header that is not named");
        parts.headers.append(&header, "somebody".parse().unwrap());
        assert_eq!(address(&parts, Some(&header)).to_string(), "203.0.113.7");
    }
}
