//! Conversations, their messages and files, and the browsers that follow them.

pub mod assignments;
pub mod connections;
pub mod consents;
pub mod conversations;
pub mod held;
pub mod history;
pub mod inbox;
pub mod media;
pub mod messages;
pub mod outbound_messages;
pub mod receipts;
pub mod scheduled;
pub mod signals;
mod statuses;
pub mod tickets;
