//! The API through its router, over the real store on the embedded engine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod auth;
mod channels;
mod conversations;
mod edges;
mod leads;
mod sending;
mod support;
