//! Links to files: the request by which a browser puts one into the bucket, and the answer that leads to one.

use crate::views::At;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::headers;
use crate::web::openapi::schemas::Schemas;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use blobs::Link;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::str::FromStr;

/// A request to make exactly as described.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "UploadRequest")]
pub(crate) struct RequestView {
    /// The method.
    method: String,
    /// The URL.
    url: String,
    /// The headers.
    headers: BTreeMap<&'static str, String>,
    /// When the request expires.
    expires_at: At,
}

impl From<Link> for RequestView {
    fn from(link: Link) -> Self {
        let Link { method, url, headers, expires } = link;
        Self { method: method.to_string(), url, headers: headers.into_iter().collect(), expires_at: At(expires) }
    }
}

/// What was signed into a link to a file.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(inline)]
pub(crate) struct Ticket(pub(crate) String);

impl FromStr for Ticket {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

/// 302: the file is there.
pub(crate) struct Elsewhere(pub(crate) HeaderValue);

impl IntoResponse for Elsewhere {
    fn into_response(self) -> Response {
        (StatusCode::FOUND, [(LOCATION, self.0)]).into_response()
    }
}

impl Output for Elsewhere {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let answer = Answer::empty("The file is at `Location`, for five minutes.").with_header(headers::LOCATION);
        operation.answers.insert(302, answer);
    }
}
