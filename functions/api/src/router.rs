//! Every route of the API: each area lists its own, with who may call it and how often. There is no way to serve one
//! without saying so. The aliases are those that existing front ends call.

use crate::Deps;
use crate::app::App;
use crate::web::access::{Access, guard};
use crate::web::limits::{self, RateClass};
use crate::web::middleware::{catch_panic, cors, etag, headers, request_log};
use crate::web::openapi::describe::Described;
use crate::web::problem::Kind;
use crate::web::{problem, query};
use crate::{about, access, channels, crm, inbox, insight, outreach};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::sync::Arc;

/// A route of the API. `D` is what else is kept of its handler: nothing where it is served.
#[derive(Clone, Debug)]
pub struct Route<D = ()> {
    /// Its method.
    pub method: Method,
    /// Its path, with the names of its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How often they may.
    pub class: RateClass,
    /// What may be wrong beside what follows from all that and from the handler's arguments.
    pub(crate) also: &'static [Kind],
    /// Whether its answers have a tag, by which a caller who has the same is answered 304.
    pub(crate) tagged: bool,
    /// The query parameters that it takes.
    pub parameters: Arc<[&'static str]>,
    /// What else is kept of its handler.
    pub(crate) described: D,
    handler: MethodRouter<App>,
}

/// What is kept of a handler beside the handler itself. So the description of the API is made from the same list, and
/// nothing of it is in the program that serves.
pub(crate) trait Detail {
    /// What is kept of `handler`.
    fn from_handler<T, H: Described<T>>(handler: &H) -> Self;
}

impl Detail for () {
    fn from_handler<T, H: Described<T>>(_: &H) -> Self {}
}

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

impl<D> Route<D> {
    /// Says what else may be wrong.
    pub(crate) fn also(self, also: &'static [Kind]) -> Self {
        Self { also, ..self }
    }

    /// Has its answers bear a tag: for what is polled.
    pub(crate) fn tagged(self) -> Self {
        Self { tagged: true, ..self }
    }
}

fn route<T: 'static, D: Detail>(
    method: Method,
    filter: MethodFilter,
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    let described = D::from_handler(&handler);
    let parameters = parameters(&handler).into();
    Route { method, path, access, class, also: &[], tagged: false, parameters, described, handler: on(filter, handler) }
}

fn parameters<T, H: Described<T>>(_: &H) -> Vec<&'static str> {
    H::parameters()
}

pub(crate) fn get<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::GET, MethodFilter::GET, path, access, class, handler)
}

pub(crate) fn post<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::POST, MethodFilter::POST, path, access, class, handler)
}

pub(crate) fn patch<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::PATCH, MethodFilter::PATCH, path, access, class, handler)
}

pub(crate) fn put<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::PUT, MethodFilter::PUT, path, access, class, handler)
}

pub(crate) fn delete<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::DELETE, MethodFilter::DELETE, path, access, class, handler)
}
