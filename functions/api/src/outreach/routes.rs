//! The routes of this area.

use super::{template_syncs, template_writes, templates};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post};
use domain::access::permissions::Permission;

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Kind::{Conflict, NotFound};
    use RateClass::{Read, Write};
    let inbox_read = Access::Needs(Permission::ReadInbox);
    let templates_write = Access::Needs(Permission::ManageTemplates);
    vec![
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
