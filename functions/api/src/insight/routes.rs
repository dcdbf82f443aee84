//! The routes of this area.

use super::{audit, costs, reports};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::route::{Detail, Route, get};
use domain::access::permissions::Permission;

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use RateClass::Read;
    let audit_read = Access::Needs(Permission::ReadAudit);
    let costs_read = Access::Needs(Permission::ReadCosts);
    let reports_read = Access::Needs(Permission::ReadReports);
    vec![
        get("/api/audit", audit_read, Read, audit::list_audit_entries),
        get("/api/audit.csv", audit_read, Read, audit::export_audit_log),
        get("/api/costs", costs_read, Read, costs::get_costs),
        get("/api/costs.csv", costs_read, Read, costs::export_costs),
        get("/api/reports", reports_read, Read, reports::get_report).tagged(),
    ]
}
