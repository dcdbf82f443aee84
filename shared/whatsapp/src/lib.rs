//! Everything that knows Meta's JSON: the signature of a webhook, what is in one, and how a message is sent.
//!
//! Nothing here stores, queues or decides. What comes in is turned into the words of `domain`; what cannot be
//! is handed on as it came. Meta's lists of words are open, so no reader here fails over a word it does not know.

pub mod calls;
pub mod carrier;
pub mod client;
mod content;
pub mod echoes;
pub mod errors;
mod json;
pub mod malformed;
pub mod messages;
mod names;
pub mod opaque;
mod people;
pub mod signature;
pub mod statuses;
pub mod webhook;

pub use calls::{Call, parse_calls};
pub use client::{Client, Marked};
pub use echoes::{Echo, parse_echoes};
pub use malformed::Malformed;
pub use messages::{InboundMessage, parse_message};
pub use names::Names;
pub use opaque::Opaque;
pub use statuses::{ParsedStatus, parse_status};
pub use webhook::{Event, EventKind, Flaw, Piece, split};
