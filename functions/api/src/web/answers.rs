//! Answers that say by their type what they are, so that the description of the API says the same.

use crate::web::if_match::tag_of;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::headers;
use crate::web::openapi::schemas::Schemas;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// 201: what was made.
pub(crate) struct Created<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: JsonSchema> Output for Created<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(201, Answer::json::<T>("Created.", schemas));
    }
}

/// 200 or 201, with the revision of what is shown as its tag: sent as `If-Match`, it guards a change.
pub(crate) struct Versioned<T, const STATUS: u16 = 200> {
    pub(crate) revision: u64,
    pub(crate) body: T,
}

impl<T: Serialize, const STATUS: u16> IntoResponse for Versioned<T, STATUS> {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(STATUS).unwrap_or(StatusCode::OK);
        (status, [(ETAG, tag_of(self.revision))], Json(self.body)).into_response()
    }
}

impl<T: JsonSchema, const STATUS: u16> Output for Versioned<T, STATUS> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let meaning = if STATUS == 201 { "Created." } else { "Success." };
        operation.answers.insert(STATUS, Answer::json::<T>(meaning, schemas).with_header(headers::REVISION));
    }
}

/// 202: it will be done, or there was nothing to do; the caller is not told which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accepted;

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}

impl Output for Accepted {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(202, Answer::empty("Accepted."));
    }
}

/// 202: it will be done, and this is what stands now.
pub(crate) struct Accepting<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Accepting<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Json(self.0)).into_response()
    }
}

impl<T: JsonSchema> Output for Accepting<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        operation.answers.insert(202, Answer::json::<T>("Accepted.", schemas));
    }
}

/// 204: it is done, and there is nothing to show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done;

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl Output for Done {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(204, Answer::empty("Done."));
    }
}
