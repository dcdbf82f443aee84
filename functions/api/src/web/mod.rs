//! The HTTP kit: who may call, what is read of a request, how it is answered, and what describes it.

pub(crate) mod access;
pub(crate) mod answers;
pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod cookies;
pub(crate) mod cursor;
pub(crate) mod file_links;
pub(crate) mod idempotency_key;
pub(crate) mod if_match;
pub(crate) mod limits;
pub mod middleware;
pub(crate) mod names;
pub(crate) mod openapi;
pub(crate) mod path;
pub(crate) mod problem;
pub(crate) mod query;
pub(crate) mod route;
pub mod secrets;
pub(crate) mod uploads;
