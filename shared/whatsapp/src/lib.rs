//! Everything that knows Meta's JSON: the signature of a webhook, what is in one, and how a message is sent.
//!
//! Nothing here stores, queues or decides. What comes in is turned into the words of `domain`; what cannot be
//! is handed on as it came. Meta's lists of words are open, so no reader here fails over a word it does not know.

pub mod account_updates;
mod blocks;
mod business_profile;
pub mod callback_data;
pub mod calls;
pub mod client;
mod content;
pub mod echoes;
pub mod errors;
mod event_keys;
pub mod graph_check;
pub mod history;
mod json;
pub mod malformed;
pub mod media;
pub mod messages;
mod number_setup;
mod outgoing;
mod payments;
mod people;
pub mod preferences;
pub mod reported;
mod sample_upload;
pub mod signature;
pub mod signup;
pub mod statuses;
mod template_submission;
pub mod templates;
pub mod transport;
pub mod webhook;

pub use callback_data::CallbackData;
pub use calls::{Call, EndedCall, parse_calls};
pub use client::{Client, Marked};
pub use echoes::{Echo, parse_echoes};
pub use event_keys::EventKeys;
pub use graph_check::{NumberReport, Refusal, Subscribing, Unanswered};
pub use malformed::Malformed;
pub use messages::{InboundMessage, parse_message};
pub use signup::SignupApp;
pub use statuses::{ParsedStatus, parse_status};
pub use webhook::{Defect, Event, EventKind, Part, split};
