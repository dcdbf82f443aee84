//! The host names that this instance answers to. A browser lets a page read answers from the page's own name, whichever
//! machine that name resolves to. A page that resolves its name to this machine must therefore read nothing.
//!
//! The webhook's paths take any name: what comes there is signed, and Meta comes by a tunnel's name.

use crate::gateway::WEBHOOK_PATHS;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::json;
use std::sync::Arc;

/// The names of this machine. Addresses cannot be made to resolve elsewhere.
const OWN: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The host names that this instance answers to.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Arc<[String]>);

impl Hosts {
    /// This machine's own names, and `public` ones.
    pub(crate) fn new(public: &[String]) -> Self {
        Self(OWN.into_iter().map(str::to_owned).chain(public.iter().cloned()).collect())
    }

    /// Whether `host`, which may end in a port, is one of them.
    fn include(&self, host: &str) -> bool {
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let name = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(name, _)| name);
        self.0.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Lets a request through that names one of `hosts`, or goes to the webhook; or answers 421.
pub(crate) async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let named = named.or_else(|| request.uri().host());
    if WEBHOOK_PATHS.contains(&request.uri().path()) || named.is_some_and(|host| hosts.include(host)) {
        return next.run(request).await;
    }
    let problem = json!({
        "type": "/problems/unknown-host",
        "title": "Unknown host name",
        "status": StatusCode::MISDIRECTED_REQUEST.as_u16(),
        "field": "Host",
        "detail": "Use localhost, 127.0.0.1 or a name given with --public-host.",
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (StatusCode::MISDIRECTED_REQUEST, kind, problem.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_by_its_whole_name_whatever_its_port() {
        let hosts = Hosts::new(&["crm.example.com".to_owned()]);
        for known in ["localhost", "LOCALHOST:5000", "127.0.0.1:5000", "[::1]", "[::1]:5000", "crm.example.com:443"] {
            assert!(hosts.include(known), "{known}");
        }
        for unknown in
            ["", ":5000", "evil.example", "localhost.evil.example", "localhost@evil.example", "xlocalhost", "127.0.0.2"]
        {
            assert!(!hosts.include(unknown), "{unknown}");
        }
    }
}
