//! The `Idempotency-Key` header: a name that the client gives to one request, so that sending it again changes nothing.

use crate::web::openapi::describe::{Input, Operation, optional};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{Kind, Problem};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde_json::json;
use store::reliability::idempotency::KEPT;

const HEADER: &str = "Idempotency-Key";

/// The longest key.
const LONGEST: usize = 255;

/// The key that the client gave, if it gave one.
#[derive(Clone, Debug)]
pub(crate) struct IdempotencyKey(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut keys = parts.headers.get_all(HEADER).iter();
        match (keys.next(), keys.next()) {
            (None, _) => Ok(Self(None)),
            (Some(key), None) => {
                let key = key.to_str().ok().filter(|key| fits(key));
                key.map(|key| Self(Some(key.to_owned()))).ok_or_else(wrong)
            }
            (Some(_), Some(_)) => Err(wrong()),
        }
    }
}

impl Input for IdempotencyKey {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let days = KEPT.as_secs() / (24 * 3600);
        let says = format!(
            "A unique key for this request, kept for {days} days. A request with the same key returns the existing \
             message, and nothing is sent twice."
        );
        let schema = json!({ "type": "string", "pattern": "^[!-~]+$", "minLength": 1, "maxLength": LONGEST });
        operation.parameters.push(optional("header", HEADER, &says, &schema));
        operation.problems.insert(Kind::BadRequest);
    }
}

fn fits(key: &str) -> bool {
    (1..=LONGEST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

fn wrong() -> Problem {
    Problem::field(Kind::BadRequest, HEADER, format!("Send one key of 1 to {LONGEST} visible ASCII characters."))
}
