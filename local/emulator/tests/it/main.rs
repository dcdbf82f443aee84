//! The emulator through its public edge: the AWS SDK's own clients, and handlers invoked by the event sources.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod crash;
mod database;
mod http;
mod queries;
mod queue;
mod queue_limits;
mod queue_model;
mod queue_source;
mod queue_standard;
mod stream_records;
mod stream_source;
mod support;
mod table;
mod transactions;
mod writes;
