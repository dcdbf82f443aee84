//! Signing in, people, businesses, settings and API keys.

pub(crate) mod auth;
pub(crate) mod devices;
pub(crate) mod email_verification;
pub(crate) mod keys;
pub(crate) mod me;
pub mod password_hashes;
pub(crate) mod passwords;
pub(crate) mod proofs;
pub(crate) mod routes;
pub(crate) mod second_factor;
pub(crate) mod second_factor_codes;
pub mod sessions;
pub(crate) mod signing;
pub(crate) mod tenants;
pub mod tokens;
pub(crate) mod users;
pub(crate) mod webhooks;
