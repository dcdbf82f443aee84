//! The routes of this area.

use super::{
    blocks, bulk, consent_import, consents, deals, duplicates, erasures, exports, identities, imports, lead_fields,
    lead_writes, leads, merges, notes, pipelines, search, segments, tasks,
};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post, put};
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
        get("/api/lead-fields", inbox_read, Read, lead_fields::list_lead_fields),
        post("/api/lead-fields", leads_write, Write, lead_fields::create_lead_field).also(&[Kind::Conflict]),
        patch("/api/lead-fields/{id}", leads_write, Write, lead_fields::update_lead_field).also(&[Kind::Conflict]),
        delete("/api/lead-fields/{id}", leads_write, Write, lead_fields::delete_lead_field).also(&[Kind::Conflict]),
        get("/api/pipeline", inbox_read, Read, pipelines::get_pipeline_totals).tagged(),
        get("/api/pipelines", inbox_read, Read, pipelines::list_pipelines),
        post("/api/pipelines", leads_write, Write, pipelines::create_pipeline).also(&[Kind::Conflict]),
        patch("/api/pipelines/{id}", leads_write, Write, pipelines::update_pipeline).also(&[Kind::Conflict]),
        delete("/api/pipelines/{id}", leads_write, Write, pipelines::delete_pipeline).also(&[Kind::Conflict]),
        get("/api/leads/{id}/deals", inbox_read, Read, deals::list_lead_deals),
        post("/api/leads/{id}/deals", inbox_write, Write, deals::create_deal).also(&[Kind::KeyReused, Kind::Conflict]),
        get("/api/deals", inbox_read, Read, deals::list_deals).tagged(),
        get("/api/deals/{id}", inbox_read, Read, deals::get_deal),
        patch("/api/deals/{id}", inbox_write, Write, deals::update_deal).also(&[Kind::Conflict]),
        delete("/api/deals/{id}", inbox_write, Write, deals::delete_deal).also(&[Kind::Conflict]),
        get("/api/segments", inbox_read, Read, segments::list_segments),
        post("/api/segments", inbox_write, Write, segments::create_segment).also(&[Kind::KeyReused, Kind::Conflict]),
        get("/api/segments/{id}", inbox_read, Read, segments::get_segment),
        patch("/api/segments/{id}", inbox_write, Write, segments::update_segment),
        delete("/api/segments/{id}", inbox_write, Write, segments::delete_segment),
        get("/api/segments/{id}/leads", inbox_read, Read, segments::list_segment_leads).tagged(),
        get("/api/segments/{id}/count", inbox_read, Read, segments::count_segment),
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
        post("/api/consents/import", leads_write, Write, consent_import::import_consents),
        get("/api/leads/{id}/identities", inbox_read, Read, identities::list_identities),
        get("/api/leads/{id}/merge-preview", inbox_read, Read, merges::preview_merge).also(&[Kind::Conflict]),
        post("/api/leads/{id}/merge", inbox_write, Write, merges::merge_lead).also(&[Kind::Conflict]),
        get("/api/leads/{id}/merges", inbox_read, Read, merges::list_merges),
        post("/api/leads/{id}/merges/{mergeId}/undo", inbox_write, Write, merges::undo_merge).also(&[Kind::Conflict]),
        get("/api/possible-duplicates", inbox_read, Read, duplicates::list_possible_duplicates),
        post("/api/leads/{id}/not-duplicates", inbox_write, Write, duplicates::dismiss_duplicate),
        get("/api/leads/{id}/block", inbox_read, Read, blocks::get_block),
        post("/api/leads/{id}/block", inbox_write, Write, blocks::block_lead).also(&[Kind::Conflict]),
        post("/api/leads/{id}/unblock", inbox_write, Write, blocks::unblock_lead).also(&[Kind::Conflict]),
        post("/api/leads/{id}/erase", leads_write, Write, erasures::erase_lead).also(&[Kind::Conflict]),
        get("/api/erasures", leads_write, Read, erasures::list_erasures),
        get("/api/erasures/{id}", leads_write, Read, erasures::get_erasure),
        get("/api/leads/{id}/consent", inbox_read, Read, consents::get_consent),
        patch("/api/leads/{id}/consent", inbox_write, Write, consents::update_consent),
    ]
}
