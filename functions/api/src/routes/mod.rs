//! The handlers, one file for each thing that the API offers.

pub(crate) mod assignments;
pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod channels;
pub(crate) mod conversations;
pub(crate) mod email_verification;
pub(crate) mod health;
pub(crate) mod keys;
pub(crate) mod leads;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod notices;
pub(crate) mod openapi;
pub(crate) mod parked;
pub(crate) mod passwords;
pub(crate) mod realtime;
pub(crate) mod second_factor;
pub(crate) mod tenants;
pub(crate) mod users;
