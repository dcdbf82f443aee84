//! Ids in paths. What is no id of the right kind names nothing: 404, like an id that nobody has.

use crate::web::openapi::describe::{Input, Operation};
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::{Kind, Problem};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::{ConversationId, MessageId};
use schemars::JsonSchema;
use serde_json::json;
use std::str::FromStr;

/// Why a path names nothing.
const NO_ID: &str = "The path does not contain a valid ID. Check the ID and try again.";

/// The one id in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let id = text.ok().and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(|| Problem::new(Kind::NotFound, NO_ID))
    }
}

/// The conversation and the message in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MessagePath {
    pub(crate) conversation: ConversationId,
    pub(crate) message: MessageId,
}

impl<S: Send + Sync> FromRequestParts<S> for MessagePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = Path::<(String, String)>::from_request_parts(parts, state).await.ok();
        let read = ids.and_then(|Path((conversation, message))| {
            Some(Self { conversation: conversation.parse().ok()?, message: message.parse().ok()? })
        });
        read.ok_or_else(|| Problem::new(Kind::NotFound, NO_ID))
    }
}

impl Input for MessagePath {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let conversation = schemas.taken::<ConversationId>();
        let message = schemas.taken::<MessageId>();
        for (name, schema) in [("id", conversation), ("messageId", message)] {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        operation.problems.insert(Kind::NotFound);
    }
}

impl<T: JsonSchema> Input for Id<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let schema = schemas.taken::<T>();
        operation.parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
        operation.problems.insert(Kind::NotFound);
    }
}
