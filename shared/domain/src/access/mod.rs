//! Who may do what: businesses, people, sessions, API keys, permissions, and the audit of it.

pub mod audit;
pub mod emails;
pub mod links;
pub mod permissions;
pub mod rates;
pub mod second_factor;
pub mod sessions;
pub mod tenants;
pub mod users;
pub mod visibility;
pub mod webhooks;
