//! Conversations, their messages and files, and the browsers that follow them.

pub mod assignments;
pub mod bookings;
pub mod connections;
pub mod consents;
pub mod conversations;
pub mod fallbacks;
pub mod free_entries;
pub mod held;
pub mod held_for_cost;
pub mod history;
pub mod inbox;
pub mod media;
pub mod messages;
pub mod outbound_messages;
pub mod quick_replies;
pub mod receipts;
pub mod scheduled;
pub mod signals;
mod statuses;
pub mod sweeps;
pub mod tickets;
pub mod tombstones;
