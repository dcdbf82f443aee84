//! Leads.

pub(crate) mod consents;
pub(crate) mod deals;
mod lead_body;
pub(crate) mod lead_fields;
pub(crate) mod lead_writes;
pub(crate) mod leads;
pub(crate) mod notes;
pub(crate) mod pipelines;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod segments;
pub(crate) mod tasks;
