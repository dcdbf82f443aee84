//! Who may do what: businesses, people, sessions, API keys, limits, and the audit of it.

pub mod api_keys;
pub mod audit;
pub mod chain;
pub mod emails;
pub mod invitations;
pub mod password_resets;
pub mod rates;
pub(crate) mod recipients;
pub mod second_factor;
pub mod sessions;
pub mod tallies;
pub mod tenants;
pub mod users;
pub mod waits;
pub mod webhooks;
