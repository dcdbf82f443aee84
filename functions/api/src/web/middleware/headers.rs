//! What every answer tells a browser, also that of a preflight or of a failure: that it is data and no page. As OWASP's
//! cheat sheets for REST and for HTTP headers have it.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The same whatever is answered.
const ALWAYS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// Two years, as browsers ask of whom they take into their own lists. Of this host alone: others are not ours to bind.
const BY_HTTPS_ALONE: &str = "max-age=63072000";

/// Gives the answer these headers, whatever it says of them itself.
pub(crate) async fn add_headers(request: Request, next: Next) -> Response {
    let by_https = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // An answer by plain HTTP, such as on this machine, must not say it (RFC 6797, 7.2). Whoever forges the header is
    // told so alone.
    if by_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(BY_HTTPS_ALONE));
    }
    answer
}
