//! What a business can read about its own work.

pub mod costs;
pub mod figures;
pub mod reports;
