//! What can go wrong in the simulator itself, as against what it simulates.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why the simulator could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused.
    #[error("the simulator's database failed")]
    Storage(#[from] rusqlite::Error),
    /// Something stored is not the JSON that it should be.
    #[error("stored JSON cannot be read")]
    Json(#[from] serde_json::Error),
    /// Nobody has this id, phone or BSUID.
    #[error("no such person: {0}")]
    NoSuchPerson(String),
    /// The business has no such number.
    #[error("no such business number: {0}")]
    NoSuchNumber(String),
    /// No message has this id.
    #[error("no such message: {0}")]
    NoSuchMessage(String),
    /// The request cannot be played.
    #[error("{0}")]
    Invalid(String),
    /// The business did not answer as it should.
    #[error("the business could not be reached: {0}")]
    Unreachable(String),
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::Storage(_) | Self::Json(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NoSuchPerson(_) | Self::NoSuchNumber(_) | Self::NoSuchMessage(_) => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unreachable(_) => StatusCode::BAD_GATEWAY,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "meta simulator");
        }
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}
