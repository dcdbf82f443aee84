//! Leads.

pub mod blocks;
pub mod erasures;
pub mod deals;
pub mod lead_changes;
pub mod lead_details;
pub mod lead_fields;
pub mod lead_search;
pub mod leads;
pub mod merges;
pub mod pipelines;
pub mod segments;
pub mod tasks;
pub mod timeline;
