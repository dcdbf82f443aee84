//! What a business can read about its own work, over all areas.

pub mod audit_log;
pub mod costs;
pub mod figures;
