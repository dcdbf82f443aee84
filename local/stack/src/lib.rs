//! The local stack: everything that runs on AWS, and Meta, in one process.
//!
//! The real handlers are linked as libraries and called with the real event types. What AWS does between them,
//! [`stack`] does with the embedded services; what API Gateway does before them, [`gateway`] and
//! [`sockets`] do.

pub mod args;
mod bucket;
pub mod connect;
mod console;
pub mod data;
pub mod doctor;
pub mod dotenv;
pub mod functions;
pub mod gateway;
mod hosts;
pub mod log;
mod mailbox;
mod panel;
pub mod platform;
pub mod real_number;
pub mod seed;
pub mod server;
pub mod sockets;
pub mod stack;
mod start_page;

pub use stack::Stack;
