//! The `Prefer: wait=N` header (RFC 7240): how long the client would wait for WhatsApp's answer.

use crate::web::openapi::describe::{Input, Operation, optional};
use crate::web::openapi::schemas::Schemas;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;

/// How long the paths that wait by themselves do, where the client does not say: WhatsApp mostly answers within one.
pub(crate) const UNASKED: Duration = Duration::from_secs(3);

/// The longest wait that a client may ask for.
pub(crate) const LONGEST: Duration = Duration::from_secs(10);

/// How long the client would wait; none if it does not say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait(pub(crate) Option<Duration>);

impl<S: Send + Sync> FromRequestParts<S> for Wait {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(wait(&parts.headers)))
    }
}

impl Input for Wait {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let says = "`wait=N`: wait up to N seconds for WhatsApp's answer, at most ten (RFC 7240). Up to ten requests \
                    of a business may wait at a time; others are answered 202 immediately. Invalid values are ignored.";
        let schema = json!({ "type": "string", "examples": ["wait=10"] });
        operation.parameters.push(optional("header", "Prefer", says, &schema));
    }
}

/// How long the client would wait; none if it does not say. What cannot be read is passed over, as RFC 7240 has it.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let lines = headers.get_all("prefer").iter().filter_map(|line| line.to_str().ok());
    let mut preferences = lines.flat_map(|line| line.split(','));
    preferences.find_map(|preference| {
        let (name, value) = preference.split(';').next()?.split_once('=')?;
        let seconds = value.trim().trim_matches('"').parse().ok()?;
        name.trim().eq_ignore_ascii_case("wait").then(|| Duration::from_secs(seconds).min(LONGEST))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_wait_is_read_among_others_and_capped() {
        for (line, seconds) in [
            ("wait=5", Some(5)),
            ("respond-async, wait=3; foo=1", Some(3)),
            ("Wait=\"60\"", Some(10)),
            ("wait=soon", None),
            ("return=minimal", None),
        ] {
            let headers = HeaderMap::from_iter([("prefer".parse().unwrap(), HeaderValue::from_static(line))]);
            assert_eq!(wait(&headers), seconds.map(Duration::from_secs), "{line}");
        }
    }
}
