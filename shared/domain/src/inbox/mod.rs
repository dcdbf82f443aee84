//! Conversations: what customers and we write, in what state it is, and how people see it.

pub mod addresses;
pub mod cards;
pub mod consents;
pub mod content;
pub mod conversations;
pub mod dispatch;
pub mod file_digest;
pub mod free_entries;
pub mod history;
pub mod interactive;
pub mod media;
pub mod media_type;
pub mod message_prices;
pub mod orders;
pub mod outbound_content;
pub mod outbound_media;
pub mod outbound_messages;
pub mod outbound_template;
pub mod parts;
pub mod payments;
mod plain_contents;
pub mod quick_replies;
pub mod realtime;
pub mod shown;
pub mod signals;
pub mod statuses;
pub mod sweeps;
