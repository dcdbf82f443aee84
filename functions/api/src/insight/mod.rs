//! What a business can read about its own work.

pub(crate) mod audit;
pub(crate) mod costs;
pub(crate) mod reports;
pub(crate) mod routes;
