//! Every route of the API: each area lists its own, and the router serves the lists. The aliases are those that existing
//! front ends call.

use crate::Deps;
use crate::app::App;
use crate::web::access::guard;
use crate::web::limits;
use crate::web::middleware::{catch_panic, cors, etag, headers, request_log};
use crate::web::route::{Detail, Route};
use crate::web::{openapi, problem, query};
use crate::{about, access, channels, crm, inbox, insight, outreach};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use serde_json::Value;
use std::sync::Arc;

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    list()
}

/// Every route, with what is kept of its handler: the lists of all areas. In each of them an alias follows what it is
/// the same as.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    [
        about::routes::list(),
        access::routes::list(),
        channels::routes::list(),
        inbox::routes::list(),
        crm::routes::list(),
        outreach::routes::list(),
        insight::routes::list(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The OpenAPI description of every route. `source` gives the source of the module whose path below `src` it is asked
/// for.
///
/// # Panics
/// If a handler has no doc comment, or two schemas have one name.
#[must_use]
pub fn description(source: impl Fn(&str) -> String) -> Value {
    openapi::document(&list(), source)
}

/// The API over `deps`.
pub fn router(deps: Deps) -> Router {
    let app: App = Arc::new(deps);
    let served = routes().into_iter().fold(Router::new(), |served, route| {
        let guarded = from_fn_with_state((Arc::clone(&app), route.access), guard);
        let known = from_fn_with_state(Arc::clone(&route.parameters), query::guard);
        let limited = from_fn_with_state((Arc::clone(&app), route.class), limits::guard);
        let handler = if route.tagged { route.handler.route_layer(from_fn(etag::tag_answer)) } else { route.handler };
        served.route(route.path, handler.route_layer(limited).route_layer(known).route_layer(guarded))
    });
    served
        .method_not_allowed_fallback(problem::no_such_method)
        .fallback(problem::no_such_path)
        .layer(catch_panic::layer())
        .layer(cors::layer(&app.origins))
        .layer(from_fn_with_state(Arc::clone(&app), request_log::log_request))
        .layer(from_fn(headers::add_headers))
        .with_state(app)
}
