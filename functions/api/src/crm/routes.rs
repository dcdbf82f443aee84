//! The routes of this area.

use super::{bulk, consents, exports, imports, lead_writes, leads, notes, search, tasks};
use crate::router::{Detail, Route, delete, get, patch, post, put};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use domain::access::permissions::Permission;

/// What may be wrong with a change of a lead.
const EDIT: &[Kind] = &[Kind::LeadExists, Kind::NoCountryCode, Kind::Conflict];

/// What may be wrong with a file that was uploaded.
const FILE: &[Kind] = &[Kind::Conflict, Kind::InvalidInput];

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use RateClass::{Read, Write};
    let inbox_read = Access::Needs(Permission::ReadInbox);
    let leads_write = Access::Needs(Permission::ManageLeads);
    let inbox_write = Access::Needs(Permission::ServeCustomers);
    vec![
        get("/api/leads", inbox_read, Read, leads::list_leads).tagged(),
        post("/api/leads", inbox_write, Write, lead_writes::create_lead).also(&[
            Kind::LeadExists,
            Kind::NoCountryCode,
            Kind::KeyReused,
            Kind::Conflict,
        ]),
        get("/api/leads/{id}", inbox_read, Read, leads::get_lead),
        patch("/api/leads/{id}", inbox_write, Write, lead_writes::update_lead).also(EDIT),
        put("/api/leads/{id}", inbox_write, Write, lead_writes::replace_lead).also(EDIT),
        delete("/api/leads/{id}", leads_write, Write, lead_writes::delete_lead).also(&[Kind::Conflict]),
        get("/api/leads/{id}/timeline", inbox_read, Read, notes::list_timeline),
        post("/api/leads/{id}/notes", inbox_write, Write, notes::create_note),
        post("/api/leads/{id}/activities", inbox_write, Write, notes::log_activity),
        get("/api/leads/{id}/tasks", inbox_read, Read, tasks::list_lead_tasks),
        post("/api/leads/{id}/tasks", inbox_write, Write, tasks::create_task).also(&[Kind::Conflict]),
        patch("/api/leads/{id}/tasks/{taskId}", inbox_write, Write, tasks::update_task),
        delete("/api/leads/{id}/tasks/{taskId}", inbox_write, Write, tasks::delete_task),
        get("/api/tasks", inbox_read, Read, tasks::list_tasks).tagged(),
        get("/api/search", inbox_read, Read, search::search_leads),
        get("/api/bulk", inbox_write, Read, bulk::list_bulk_changes).tagged(),
        post("/api/bulk", inbox_write, Write, bulk::create_bulk_change).also(&[Kind::KeyReused]),
        get("/api/bulk/{id}", inbox_write, Read, bulk::get_bulk_change).tagged(),
        post("/api/bulk/{id}/cancel", inbox_write, Write, bulk::cancel_bulk_change).also(&[Kind::Conflict]),
        post("/api/bulk/{id}/undo", inbox_write, Write, bulk::undo_bulk_change).also(&[Kind::Conflict]),
        get("/api/bulk/{id}/report", Access::Anyone, Read, bulk::get_bulk_report).also(&[Kind::Unauthenticated]),
        get("/api/exports", leads_write, Read, exports::list_exports).tagged(),
        post("/api/exports", leads_write, Write, exports::create_export).also(&[Kind::KeyReused]),
        get("/api/exports/{id}", leads_write, Read, exports::get_export).tagged(),
        post("/api/exports/{id}/cancel", leads_write, Write, exports::cancel_export).also(&[Kind::Conflict]),
        get("/api/exports/{id}/content", Access::Anyone, Read, exports::get_export_content)
            .also(&[Kind::Unauthenticated]),
        get("/api/imports", leads_write, Read, imports::list_imports).tagged(),
        post("/api/imports", leads_write, Write, imports::create_import).also(&[Kind::KeyReused]),
        get("/api/imports/{id}", leads_write, Read, imports::get_import).tagged(),
        get("/api/imports/{id}/preview", leads_write, Read, imports::preview_import).also(FILE),
        post("/api/imports/{id}/check", leads_write, Write, imports::check_import).also(&[Kind::Conflict]),
        post("/api/imports/{id}/run", leads_write, Write, imports::run_import).also(&[Kind::Conflict]),
        post("/api/imports/{id}/cancel", leads_write, Write, imports::cancel_import).also(&[Kind::Conflict]),
        get("/api/imports/{id}/report", Access::Anyone, Read, imports::get_import_report)
            .also(&[Kind::Unauthenticated]),
        post("/api/leads/{id}/restore", leads_write, Write, lead_writes::restore_lead).also(&[Kind::Conflict]),
        get("/api/leads/{id}/consent", inbox_read, Read, consents::get_consent),
        patch("/api/leads/{id}/consent", inbox_write, Write, consents::update_consent),
    ]
}
