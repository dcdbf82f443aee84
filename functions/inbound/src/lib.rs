//! Takes WhatsApp's events from the queue and writes down what they mean: messages, leads, statuses.
//!
//! Passing faults make an event come again, in its order; what can never be dealt with is parked at once.

mod became;
mod call_received;
mod consent;
mod echo_received;
mod error;
mod history_received;
mod link;
mod link_reported;
mod messages;
mod notice_received;
mod process;
mod routes;
mod status_received;
mod status_reported;
mod templates_changed;
mod trace;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use domain::Secret;
use queue::Queue;
use routes::Routes;
use runtime::{Clock, Random};
use std::sync::Arc;
use store::Store;

/// What the function works with.
#[derive(Debug)]
pub struct Deps {
    store: Store,
    queue: Queue,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    token_key: Secret,
    routes: Routes,
}

impl Deps {
    /// `queue` is the one that the events come from; `token_key` opens the names that we gave to our messages.
    #[must_use]
    pub fn new(store: Store, queue: Queue, clock: Arc<dyn Clock>, random: Arc<dyn Random>, token_key: Secret) -> Self {
        Self { store, queue, clock, random, token_key, routes: Routes::default() }
    }
}

/// Deals with a batch, and answers which events are to come again.
pub async fn handle(deps: &Deps, event: SqsEvent) -> SqsBatchResponse {
    queue::consume(&deps.queue, event, |record| process::process(deps, record)).await
}
