//! The handlers, one file for each thing that the API offers.

pub(crate) mod auth;
pub(crate) mod channels;
pub(crate) mod conversations;
pub(crate) mod health;
pub(crate) mod leads;
pub(crate) mod messages;
pub(crate) mod notices;
