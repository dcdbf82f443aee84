//! The API through its router, over the real store on the embedded engine.

mod auth;
mod conversations;
mod edges;
mod leads;
mod sending;
mod support;
