//! Whether the API answers at all. It asks nobody else, so that a busy database is not taken for a dead function.

use axum::Json;
use schemars::JsonSchema;
use serde::Serialize;

/// Whether the API answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HealthView {
    /// How it is.
    status: Health,
}

/// How the API is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Health {
    /// It answers.
    Ok,
}

/// `GET /api/health`: whether the API answers. It asks nobody else.
pub(crate) async fn show() -> Json<HealthView> {
    Json(HealthView { status: Health::Ok })
}
