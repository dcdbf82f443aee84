//! The header `If-Match`: a change that names the revision it was made from is refused if there is a newer one.

use crate::web::openapi::describe::{Input, Operation, optional};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{Kind, Problem};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use serde_json::json;

/// The revision that a change was made from; none if any will do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IfMatch(pub(crate) Option<u64>);

impl IfMatch {
    /// Refuses a change that was made from another revision than `current`.
    pub(crate) fn admits(self, current: u64) -> Result<(), Problem> {
        if self.0.is_none_or(|revision| revision == current) { Ok(()) } else { Err(changed_meanwhile()) }
    }
}

/// Somebody changed it first.
pub(crate) fn changed_meanwhile() -> Problem {
    let detail = "Another client changed this after you read it. Read it again, and then repeat your change.";
    Problem::new(Kind::ChangedMeanwhile, detail)
}

/// The tag of a revision.
pub(crate) fn tag_of(revision: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{revision}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get(IF_MATCH) else { return Ok(Self(None)) };
        let tag = header.to_str().map(str::trim).unwrap_or_default();
        if tag == "*" {
            return Ok(Self(None));
        }
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        let revision = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        // A tag that is none of ours matches nothing, as RFC 9110 wants it.
        revision.and_then(|text| text.parse().ok()).map(|revision| Self(Some(revision))).ok_or_else(changed_meanwhile)
    }
}

impl Input for IfMatch {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let says = "The `ETag` of what was read. The change is refused with 412 if another client changed it since.";
        operation.parameters.push(optional("header", "If-Match", says, &json!({ "type": "string" })));
        operation.problems.insert(Kind::ChangedMeanwhile);
    }
}
