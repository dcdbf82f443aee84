//! The headers of answers, described once.

use serde_json::{Value, json};

/// The id of the request, on every answer.
pub(crate) const REQUEST_ID: &str = "X-Request-Id";
/// The limits that hold for the caller.
pub(crate) const POLICY: &str = "RateLimit-Policy";
/// What is left of them.
pub(crate) const LIMIT: &str = "RateLimit";
/// When to try again.
pub(crate) const RETRY_AFTER: &str = "Retry-After";
/// How to authenticate.
pub(crate) const AUTHENTICATE: &str = "WWW-Authenticate";
/// The tokens that browsers keep.
pub(crate) const COOKIE: &str = "Set-Cookie";
/// Which preference was followed.
pub(crate) const APPLIED: &str = "Preference-Applied";

/// Where the file is.
pub(crate) const LOCATION: &str = "Location";

/// The tag of an answer.
pub(crate) const TAG: &str = "ETag";

/// The tag of something that is changed under `If-Match`. Its name here is not that of the header, which is [`TAG`]'s.
pub(crate) const REVISION: &str = "Revision";

/// The name of the header that stands here under `name`.
pub(crate) fn header_name(name: &str) -> &str {
    if name == REVISION { TAG } else { name }
}

/// All headers, by the names under which answers refer to them.
pub(crate) fn all() -> Value {
    let text = |required: bool, says: &str, example: &str| {
        let schema = json!({ "type": "string" });
        json!({ "required": required, "description": says, "schema": schema, "example": example })
    };
    json!({
        REQUEST_ID: text(true, "The request ID. Quote it if you contact support.", "JpQX8qB-pdiGtGs="),
        POLICY: text(
            false,
            "The rate limits of the request: the quota (`q`) and the seconds until it is fully restored (`w`), as in \
             the IETF draft on RateLimit fields.",
            "\"user\";q=200;w=4",
        ),
        LIMIT: text(
            false,
            "The remaining quota of each rate limit (`r`), and the seconds until it is fully restored (`t`).",
            "\"user\";r=199;t=1",
        ),
        RETRY_AFTER: {
            "required": true,
            "description": "The number of seconds to wait before trying again.",
            "schema": { "type": "integer", "minimum": 1 },
        },
        AUTHENTICATE: text(false, "The authentication scheme.", "Bearer"),
        COOKIE: text(
            true,
            "The refresh token and, after a sign-in with a password, the device token, each in a cookie for browsers: \
             `HttpOnly`, `SameSite=Strict` and, over HTTPS, `Secure`.",
            "__Host-refreshToken=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000; Secure",
        ),
        LOCATION: text(true, "Where the file is: a signed link.", "https://files.example.com/…"),
        TAG: text(
            true,
            "The tag of this answer. Send it as `If-None-Match` to get 304 if nothing has changed.",
            "\"4d0b4c559d0e8a6d6d3f\"",
        ),
        REVISION: text(
            true,
            "The revision. Send it as `If-Match` with a change to get 412 if another client changed it first.",
            "\"3\"",
        ),
        APPLIED: text(false, "`wait` if the preference was applied.", "wait"),
    })
}

/// References to the headers `names`.
pub(crate) fn describe<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    let one = |name: &str| (header_name(name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    Value::Object(names.into_iter().map(one).collect())
}
