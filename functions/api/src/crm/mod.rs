//! Leads.

pub(crate) mod blocks;
pub(crate) mod bulk;
pub(crate) mod consent_import;
pub(crate) mod consents;
pub(crate) mod deals;
pub(crate) mod duplicates;
pub(crate) mod erasures;
pub(crate) mod exports;
pub(crate) mod identities;
pub(crate) mod imports;
mod jobs;
mod lead_body;
pub(crate) mod lead_fields;
pub(crate) mod lead_writes;
pub(crate) mod leads;
pub(crate) mod merges;
pub(crate) mod notes;
pub(crate) mod pipelines;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod segments;
pub(crate) mod tasks;
