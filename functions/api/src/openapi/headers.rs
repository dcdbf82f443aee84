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

/// The tag of an answer.
pub(crate) const TAG: &str = "ETag";

/// All headers, by the names under which answers refer to them.
pub(crate) fn all() -> Value {
    let text = |required: bool, says: &str, example: &str| {
        let schema = json!({ "type": "string" });
        json!({ "required": required, "description": says, "schema": schema, "example": example })
    };
    json!({
        REQUEST_ID: text(true, "The id of the request: with it we find what happened.", "JpQX8qB-pdiGtGs="),
        POLICY: text(
            false,
            "Each limit that was counted against: how many at once (`q`), and how many seconds until all of them are \
             there again (`w`), as the IETF's draft on RateLimit fields has it.",
            "\"user\";q=200;w=4",
        ),
        LIMIT: text(
            false,
            "What is left of each limit (`r`), and in how many seconds all of it will be there again (`t`).",
            "\"user\";r=199;t=1",
        ),
        RETRY_AFTER: {
            "required": true,
            "description": "After how many seconds to try again.",
            "schema": { "type": "integer", "minimum": 1 },
        },
        AUTHENTICATE: text(false, "How to authenticate.", "Bearer"),
        COOKIE: text(
            true,
            "The refresh token and, after a sign-in by password, the device's token, each in a cookie for browsers alone: \
             `HttpOnly`, `SameSite=Strict` and, by HTTPS, `Secure`.",
            "__Host-refreshToken=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000; Secure",
        ),
        TAG: text(true, "The tag of this answer: send it as `If-None-Match`, and get 304 while it is the same.", "\"4d0b4c559d0e8a6d6d3f\""),
        APPLIED: text(false, "`wait` where `Prefer` was understood.", "wait"),
    })
}

/// References to the headers `names`.
pub(crate) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    let one = |name: &str| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    Value::Object(names.into_iter().map(one).collect())
}
