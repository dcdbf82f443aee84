//! Whether the API answers at all. It asks nobody else, so that a busy database is not taken for a dead function.

use axum::Json;
use serde_json::{Value, json};

/// `GET /api/health`
pub(crate) async fn show() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}
