//! The page on which one is the customer, and the lead that came of it.

use crate::error::Error;
use crate::simulator::Simulator;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

static PAGE: &str = include_str!("page.html");

/// The camera of a phone: it opens what a QR code says.
static PHONE: &str = include_str!("phone.html");

/// The routes.
pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/customer", get(|| async { Html(PAGE) }))
        .route("/customer/phone", get(|| async { Html(PHONE) }))
        .route("/_sim/photo.png", get(photo))
        .route("/_sim/lead", get(lead))
}

async fn photo() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/png")], include_bytes!("photo.png"))
}

/// Asks the local stack for the lead, so that the page needs nothing but this server.
async fn lead(State(simulator): State<Simulator>, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let Some(url) = &simulator.config().lead_panel_url else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let asked = format!("{url}?{}", query.unwrap_or_default());
    let (status, body) = simulator.config().transport.get(asked).await.map_err(Error::Unreachable)?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}
