//! The HTTP API: what agents, the console and other front ends call.
//!
//! One list of routes stands in `router`. A handler reads its arguments through extractors (who calls, which id, what
//! the query and the body say), asks the store, and answers with a view. Every error becomes a problem document
//! (RFC 9457) in `problem`, and nowhere else.

mod around;
mod auth;
mod body;
mod cursor;
pub mod passwords;
mod path;
mod problem;
mod query;
mod router;
mod routes;
mod sending;
pub mod tokens;
mod views;

pub use router::router;
pub use tokens::Tokens;

use domain::Secret;
use runtime::{Clock, Ids};
use std::sync::Arc;
use store::Store;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Everything that is kept.
    pub store: Store,
    /// The present time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// Signs and checks access tokens.
    pub tokens: Tokens,
    /// The key by which cursors are sealed.
    pub seal_key: Secret,
}
