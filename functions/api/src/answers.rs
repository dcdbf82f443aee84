//! Answers that say by their type what they are, so that the description of the API says the same.

use crate::openapi::describe::{Answer, Operation, Output};
use crate::openapi::schemas::Schemas;
use axum::Json;
use axum::http::StatusCode;
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
        operation.answers.insert(201, Answer::json::<T>("It is made.", schemas));
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
        operation.answers.insert(202, Answer::empty("It is taken on."));
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
        operation.answers.insert(204, Answer::empty("It is done."));
    }
}
