//! The HTTP API: what agents, the console and other front ends call.
//!
//! Each area lists its routes, and `router` joins the lists. A handler reads its arguments through extractors (who
//! calls, which id, what the query and the body say), asks the store, and answers with a view. Every error becomes a
//! problem document (RFC 9457) in `web/problem`, and nowhere else.

pub mod about;
pub mod access;
mod app;
mod channels;
mod crm;
mod inbox;
mod insight;
mod outreach;
mod router;
pub mod web;

pub(crate) use ::views;

pub use about::openapi::DOCUMENT as DESCRIPTION;
pub use access::signing::Signing;
pub use access::tokens::Tokens;
pub use app::{Deps, Edge, RETURN_PATH, Signups};
pub use router::{description, router, routes};
pub use web::access::Access;
pub use web::auth::KEY_PREFIX;
pub use web::limits::RateClass;
pub use web::middleware::cors::Origins;
pub use web::route::Route;
