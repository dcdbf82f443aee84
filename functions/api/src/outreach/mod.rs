//! Message templates.

pub(crate) mod routes;
pub(crate) mod templates;
