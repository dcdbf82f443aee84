//! How the Graph API as a whole fares: one door before all of its routes.

use super::refuse;
use crate::graph_error::GraphError;
use crate::settings::Weather;
use crate::simulator::Simulator;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// How much longer each answer takes while it is slow.
const SLOW: Duration = Duration::from_secs(2);

/// Lets a request pass, late or not at all.
pub(super) async fn pass(State(simulator): State<Simulator>, request: Request, next: Next) -> Response {
    let is_send = request.uri().path().ends_with("/messages");
    let code = match simulator.settings().weather {
        Weather::Clear => return next.run(request).await,
        Weather::Slow => {
            tokio::time::sleep(SLOW).await;
            return next.run(request).await;
        }
        Weather::Down => 2,
        Weather::Refusing => 190,
        Weather::RateLimited if is_send => 130_429,
        Weather::RateLimited => 80_007,
    };
    refuse(&simulator, &GraphError::code(code))
}
