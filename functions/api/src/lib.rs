//! The HTTP API: what agents, the console and other front ends call.
//!
//! One list of routes stands in `router`. A handler reads its arguments through extractors (who calls, which id, what
//! the query and the body say), asks the store, and answers with a view. Every error becomes a problem document
//! (RFC 9457) in `problem`, and nowhere else.

mod access;
mod answers;
mod app;
mod around;
mod auth;
mod body;
mod cookies;
pub mod cors;
mod cursor;
mod deeds;
mod devices;
mod etag;
mod headers;
mod inbox;
mod limits;
pub mod openapi;
pub mod passwords;
mod path;
mod problem;
mod proofs;
mod query;
mod router;
mod routes;
mod second_factor;
pub mod secrets;
mod sending;
pub mod sessions;
mod signing;
pub mod tokens;

pub(crate) use ::views;

pub use access::Access;
pub use app::{Deps, Edge};
pub use auth::KEY_PREFIX;
pub use cors::Origins;
pub use limits::Class;
pub use router::{Route, router, routes};
pub use routes::openapi::DOCUMENT as DESCRIPTION;
pub use signing::Signing;
pub use tokens::Tokens;
