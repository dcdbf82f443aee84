//! Which other sites may call the API from a browser: those that are named, each exactly. The function answers their
//! preflights itself, so that what AWS, the local stack and the tests run is one.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method};
use runtime::{ConfigError, Environment};
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// What names the sites.
const VARIABLE: &str = "ALLOWED_ORIGINS";

/// API Gateway's route for the preflights of every path.
pub const PREFLIGHTS: &str = "OPTIONS /{proxy+}";

/// How long a browser remembers a preflight: no browser does so for longer than two hours.
const REMEMBERED: Duration = Duration::from_secs(2 * 3600);

/// What a page may send beside a body …
const SENT: [HeaderName; 6] = [
    AUTHORIZATION,
    CONTENT_TYPE,
    IF_MATCH,
    IF_NONE_MATCH,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("prefer"),
];

/// … and what it may read.
const TOLD: [HeaderName; 6] = [
    ETAG,
    RETRY_AFTER,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("preference-applied"),
    HeaderName::from_static("x-request-id"),
];

/// The methods of all routes.
const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// The sites that may call the API from a browser, with a person's cookies. None unless some are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Arc<[String]>);

impl Origins {
    /// Those that the environment names in `ALLOWED_ORIGINS`, separated by commas.
    ///
    /// # Errors
    /// [`ConfigError`] if one is not written as browsers write an origin. It says what to do.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        let named = environment.optional("ALLOWED_ORIGINS").unwrap_or_default();
        let origins = named.split(',').filter(|_| !named.is_empty()).map(origin).collect::<Result<_, _>>()?;
        Ok(Self(origins))
    }

    /// The same and these, which are taken as they are.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = String>) -> Self {
        Self(self.0.iter().cloned().chain(more).collect())
    }

    /// Whether a page of `origin` may call: whether it is one of these, letter for letter.
    #[must_use]
    pub fn allow(&self, origin: &HeaderValue) -> bool {
        self.0.iter().any(|one| one.as_bytes() == origin.as_bytes())
    }
}

/// An origin as browsers write it: scheme, host and perhaps a port.
fn origin(text: &str) -> Result<String, ConfigError> {
    let wrong = |problem: String| ConfigError::Wrong { name: VARIABLE, problem };
    if text.contains('*') {
        return Err(wrong(format!("{text:?} would let any site use a person's cookies: list each origin")));
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://").filter(|rest| is_local(rest)));
    if rest.is_some_and(is_host) {
        return Ok(text.to_owned());
    }
    Err(wrong(format!(
        "{text:?} is not an origin: write https://, a host in lower case and, if it is not 443, a port, without a path \
         or a trailing slash. Separate origins by commas without spaces"
    )))
}

/// A page of the machine on which it is looked at is as safe as one by https.
fn is_local(rest: &str) -> bool {
    ["localhost", "127.0.0.1"].contains(&rest.split(':').next().unwrap_or_default())
}

fn is_host(rest: &str) -> bool {
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let named = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    let numbered = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    !host.is_empty() && host.bytes().all(named) && port.is_none_or(numbered)
}

/// What answers preflights, and tells browsers whose pages may read an answer.
pub(crate) fn layer(origins: &Origins) -> CorsLayer {
    let origins = origins.clone();
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| origins.allow(origin)))
        .allow_credentials(true)
        .allow_methods(METHODS)
        .allow_headers(SENT)
        .expose_headers(TOLD)
        .max_age(REMEMBERED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(named: &str) -> Result<Origins, ConfigError> {
        Origins::from_environment(&Environment::from_variables([(VARIABLE, named)]))
    }

    #[test]
    fn s11_origins_are_taken_one_by_one_and_exactly() {
        let origins = read("https://crm.example.com,https://a-b.example:8443,http://localhost:5173").unwrap();
        let allows = |origin: &'static str| origins.allow(&HeaderValue::from_static(origin));
        assert!(allows("https://crm.example.com") && allows("https://a-b.example:8443"));
        for other in [
            "https://crm.example.com.evil.example",
            "https://evil.example",
            "http://crm.example.com",
            "https://crm.example.com:8443",
            "https://sub.crm.example.com",
            "http://localhost",
            "null",
            "",
        ] {
            assert!(!allows(other), "{other}");
        }
        assert_eq!(read("").unwrap(), Origins::default());
    }

    #[test]
    fn s11_what_is_no_exact_origin_is_refused_and_told_how_to_write_it() {
        for (named, says) in [
            ("*", "list each origin"),
            ("https://*.example.com", "list each origin"),
            ("https://crm.example.com,*", "list each origin"),
            ("https://crm.example.com/", "a trailing slash"),
            ("https://crm.example.com/app", "without a path"),
            ("https://CRM.example.com", "lower case"),
            ("http://crm.example.com", "https://"),
            ("http://localhost.evil.example", "https://"),
            ("crm.example.com", "https://"),
            ("https://", "a host"),
            ("https://crm.example.com:", "a port"),
            ("https://crm.example.com:66000", "a port"),
            ("https://user@crm.example.com", "without a path"),
            ("https://a.example, https://b.example", "commas without spaces"),
            ("https://a.example,", "commas without spaces"),
            ("null", "https://"),
        ] {
            let error = read(named).unwrap_err().to_string();
            assert!(error.contains(VARIABLE) && error.contains(says), "{named}: {error}");
        }
    }
}
