//! Leads.

pub(crate) mod bulk;
pub(crate) mod consents;
pub(crate) mod exports;
pub(crate) mod imports;
mod jobs;
mod lead_body;
pub(crate) mod lead_writes;
pub(crate) mod leads;
pub(crate) mod notes;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod tasks;
