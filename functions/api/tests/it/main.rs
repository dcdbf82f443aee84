//! The API through its router, over the real store on the embedded engine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod accounts;
mod audit;
mod auth;
mod channels;
mod conversations;
mod deals;
mod described;
mod edges;
mod inbox;
mod keys;
mod lead_fields;
mod lead_writes;
mod leads;
mod limits;
mod mailboxes;
mod openapi;
mod people;
mod quick_replies;
mod second_factor;
mod segments;
mod sending;
mod sessions;
mod signing;
mod support;
mod tenants;
mod timeline;
mod waiting;
mod webhooks;
