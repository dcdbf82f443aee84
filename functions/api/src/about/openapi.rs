//! The API description.

use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::schemas::Schemas;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The description as it is written down and served: JSON.
pub const DOCUMENT: &str = include_str!("../../openapi.json");

/// An OpenAPI document.
pub(crate) struct Document(&'static str);

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

impl Output for Document {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        let schema = json!({ "type": "object", "description": "An OpenAPI 3.1 document.", "required": ["openapi"] });
        let answer = Answer { body: Some(("application/json", schema)), ..Answer::empty("The API description.") };
        operation.answers.insert(200, answer);
    }
}

/// `GET /api/openapi.json`: Get this API description as OpenAPI 3.1. It is the same for all callers.
pub(crate) async fn get_api_description() -> Document {
    Document(DOCUMENT)
}
