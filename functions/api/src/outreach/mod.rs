//! Campaigns and message templates.

pub(crate) mod campaign_body;
pub(crate) mod campaign_quotes;
pub(crate) mod campaign_recipients;
pub(crate) mod campaigns;
pub(crate) mod routes;
pub(crate) mod template_syncs;
pub(crate) mod template_writes;
pub(crate) mod templates;
