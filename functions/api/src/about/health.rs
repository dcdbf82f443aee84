//! Health check. It calls no other service, so a busy database does not make the API look down.

use axum::Json;
use schemars::JsonSchema;
use serde::Serialize;

/// The health of the API.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HealthView {
    /// The status of the API.
    status: Health,
}

/// The status of the API.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Health {
    /// The API is up.
    Ok,
}

/// `GET /api/health`: Check whether the API is up. It calls no other service.
pub(crate) async fn check_health() -> Json<HealthView> {
    Json(HealthView { status: Health::Ok })
}
