//! Leads, the identities by which they are recognised, and how their conversations begin.

pub mod contacts;
pub mod first_contact;
pub mod identities;
pub mod lead_changes;
pub mod lead_index;
pub mod leads;
pub mod long_jobs;
pub mod notes;
pub mod openings;
pub mod tasks;
pub mod walks;
