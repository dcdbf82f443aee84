//! The routes of what the API says of itself.

use super::{health, openapi};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::route::{Detail, Route, get};

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Access::Anyone;
    use RateClass::Read;
    vec![
        get("/api/health", Anyone, Read, health::check_health),
        get("/api/openapi.json", Anyone, Read, openapi::get_api_description),
    ]
}
