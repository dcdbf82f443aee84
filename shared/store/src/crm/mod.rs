//! Leads, the identities by which they are recognised, and how their conversations begin.

pub mod blocks;
pub mod contacts;
pub mod deals;
pub mod duplicates;
pub mod erasures;
pub mod first_contact;
pub mod identities;
pub mod lead_changes;
pub mod lead_fields;
pub mod lead_index;
pub mod leads;
pub mod long_jobs;
pub mod merges;
pub mod notes;
pub mod openings;
pub mod pipelines;
pub mod requests;
pub mod segments;
pub(crate) mod standings;
pub mod tasks;
pub mod walks;
