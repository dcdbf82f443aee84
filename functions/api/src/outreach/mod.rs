//! Message templates.

pub(crate) mod routes;
pub(crate) mod template_syncs;
pub(crate) mod template_writes;
pub(crate) mod templates;
