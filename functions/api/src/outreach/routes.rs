//! The routes of this area.

use super::{campaign_quotes, campaign_recipients, campaigns, template_syncs, template_writes, templates};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post};
use domain::access::permissions::Permission;

/// What may be wrong with a campaign that is to be changed or sent.
const MOVE: &[Kind] = &[Kind::Conflict, Kind::NoConnectedNumber, Kind::InvalidInput];

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Kind::{Conflict, NotFound};
    use RateClass::{Read, Write};
    let inbox_read = Access::Needs(Permission::ReadInbox);
    let templates_write = Access::Needs(Permission::ManageTemplates);
    let manage = Access::Needs(Permission::ManageCampaigns);
    vec![
        get("/api/campaigns", manage, Read, campaigns::list_campaigns).tagged(),
        post("/api/campaigns", manage, Write, campaigns::create_campaign).also(&[NotFound, Kind::NoConnectedNumber]),
        get("/api/campaigns/{id}", manage, Read, campaigns::get_campaign),
        patch("/api/campaigns/{id}", manage, Write, campaigns::update_campaign).also(MOVE),
        delete("/api/campaigns/{id}", manage, Write, campaigns::delete_campaign)
            .also(&[Conflict, Kind::ChangedMeanwhile]),
        post("/api/campaigns/{id}/quote", manage, Write, campaign_quotes::quote_campaign)
            .also(&[Kind::NoConnectedNumber, Kind::InvalidInput]),
        post("/api/campaigns/{id}/test", manage, Write, campaign_quotes::test_campaign).also(&[
            Kind::NoConnectedNumber,
            Kind::OptedOut,
            Kind::PriceUnknown,
        ]),
        post("/api/campaigns/{id}/start", manage, Write, campaigns::start_campaign).also(MOVE),
        post("/api/campaigns/{id}/pause", manage, Write, campaigns::pause_campaign).also(&[Conflict]),
        post("/api/campaigns/{id}/resume", manage, Write, campaigns::resume_campaign).also(MOVE),
        post("/api/campaigns/{id}/cancel", manage, Write, campaigns::cancel_campaign).also(&[Conflict]),
        get("/api/campaigns/{id}/recipients", manage, Read, campaign_recipients::list_recipients),
        get("/api/campaigns/{id}/recipients.csv", manage, Read, campaign_recipients::export_recipients),
        get("/api/templates", inbox_read, Read, templates::list_templates).also(&[NotFound]).tagged(),
        post("/api/templates", templates_write, Write, template_writes::create_template).also(&[
            Conflict,
            NotFound,
            Kind::NoConnectedNumber,
        ]),
        get("/api/templates/sync", inbox_read, Read, template_syncs::get_template_sync),
        post("/api/templates/sync", templates_write, Write, template_syncs::start_template_sync)
            .also(&[Kind::NoConnectedNumber]),
        get("/api/templates/{id}", inbox_read, Read, templates::get_template),
        patch("/api/templates/{id}", templates_write, Write, template_writes::update_template).also(&[Conflict]),
        delete("/api/templates/{id}", templates_write, Write, template_writes::delete_template).also(&[Conflict]),
        // The same, as other front ends call it.
        get("/api/whatsapp/templates", inbox_read, Read, templates::list_templates).tagged(),
        post("/api/whatsapp/templates", templates_write, Write, template_writes::create_template),
        get("/api/whatsapp/templates/sync", inbox_read, Read, template_syncs::get_template_sync),
        post("/api/whatsapp/templates/sync", templates_write, Write, template_syncs::start_template_sync),
        get("/api/whatsapp/templates/{id}", inbox_read, Read, templates::get_template),
        patch("/api/whatsapp/templates/{id}", templates_write, Write, template_writes::update_template),
        delete("/api/whatsapp/templates/{id}", templates_write, Write, template_writes::delete_template),
    ]
}
