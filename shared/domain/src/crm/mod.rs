//! Leads.

pub mod blocks;
pub mod bulk;
pub mod deals;
pub mod erasures;
pub mod exports;
pub mod import_fields;
pub mod import_file;
pub mod imports;
pub mod lead_changes;
pub mod lead_details;
pub mod lead_fields;
pub mod lead_search;
pub mod leads;
pub mod long_jobs;
pub mod merges;
pub mod pipelines;
pub mod segments;
pub mod selections;
pub mod tasks;
pub mod timeline;
