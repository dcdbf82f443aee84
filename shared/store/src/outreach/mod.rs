//! Message templates.

pub mod campaign_audience;
pub mod campaign_recipients;
pub mod campaign_runs;
pub mod campaigns;
pub mod template_syncs;
pub mod template_work;
pub mod templates;
