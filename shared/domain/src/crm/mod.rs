//! Leads.

pub mod blocks;
pub mod erasures;
pub mod lead_changes;
pub mod lead_details;
pub mod lead_search;
pub mod leads;
pub mod merges;
pub mod tasks;
pub mod timeline;
