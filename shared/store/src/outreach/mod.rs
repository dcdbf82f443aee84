//! Message templates.

pub mod template_syncs;
pub mod template_work;
pub mod templates;
