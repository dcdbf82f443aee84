//! Turns a panic of a handler into a 500 problem. Its text may quote a customer, so it goes into neither answer nor log.

use crate::web::problem::Problem;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

/// The layer. It stands within CORS, so that a page of an allowed origin can read this answer too.
pub(crate) fn layer() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(answer)
}

fn answer(_panic: Box<dyn Any + Send>) -> Response {
    Problem::internal("the handler panicked").into_response()
}
