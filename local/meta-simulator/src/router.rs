//! Everything that is served, in one place.

use crate::simulator::Simulator;
use crate::{control, graph, page};
use axum::Router;

impl Simulator {
    /// Everything the simulator serves: the Graph API, its own controls, and the customer's page.
    pub fn router(&self) -> Router {
        Router::new().merge(graph::router(self)).merge(control::router()).merge(page::router()).with_state(self.clone())
    }
}
