//! Conversations: reading them, sending, files, and the ticket for realtime.

pub(crate) mod assignments;
pub(crate) mod conversations;
pub(crate) mod files;
pub(crate) mod held;
pub(crate) mod inbox;
pub(crate) mod media;
pub(crate) mod messages;
pub(crate) mod quick_replies;
pub(crate) mod quotes;
pub(crate) mod realtime;
pub(crate) mod routes;
pub(crate) mod scheduled;
pub(crate) mod sending;
pub(crate) mod session_messages;
