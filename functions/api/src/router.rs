//! Every route of the API in one list, each with who may call it and how often: there is no way to serve one without
//! saying so. The aliases are those that existing front ends call.

use crate::access::{Access, guard};
use crate::app::App;
use crate::limits::{self, Class};
use crate::routes::{auth, channels, conversations, health, leads, messages, notices};
use crate::{Deps, around, cors, headers, problem};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::permissions::Permission;
use std::sync::Arc;

/// A route of the API.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with the names of its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How often they may.
    pub class: Class,
    handler: MethodRouter<App>,
}

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    use Access::{Anyone, SignedIn};
    use Class::{Reads, SignsIn, Writes};
    let look = Access::Needs(Permission::ReadInbox);
    let serve = Access::Needs(Permission::ServeCustomers);
    let told = Access::Needs(Permission::ReadNotices);
    vec![
        get("/api/health", Anyone, Reads, health::show),
        post("/api/auth/login", Anyone, SignsIn, auth::login),
        get("/api/auth/me", SignedIn, Reads, auth::me),
        get("/api/leads", look, Reads, leads::list),
        get("/api/leads/{id}", look, Reads, leads::show),
        patch("/api/leads/{id}", serve, Writes, leads::update),
        put("/api/leads/{id}", serve, Writes, leads::update),
        get("/api/conversations", look, Reads, conversations::list),
        get("/api/conversations/{id}", look, Reads, conversations::show),
        get("/api/conversations/{id}/messages", look, Reads, conversations::messages),
        post("/api/conversations/{id}/read", serve, Writes, conversations::read),
        post("/api/messages", serve, Writes, messages::send),
        get("/api/channels", look, Reads, channels::list),
        get("/api/notices", told, Reads, notices::list),
        // The same, as other front ends call it.
        get("/api/whatsapp/status", look, Reads, channels::status),
        get("/api/whatsapp/conversations", look, Reads, conversations::list),
        get("/api/whatsapp/conversations/{id}", look, Reads, conversations::show),
        get("/api/whatsapp/conversations/{id}/messages", look, Reads, conversations::messages),
        post("/api/whatsapp/conversations/{id}/read", serve, Writes, conversations::read),
        post("/api/whatsapp/send", serve, Writes, messages::send_and_wait),
        post("/api/whatsapp/messages/send", serve, Writes, messages::send_and_wait),
    ]
}

/// The API over `deps`.
pub fn router(deps: Deps) -> Router {
    let app: App = Arc::new(deps);
    let served = routes().into_iter().fold(Router::new(), |served, route| {
        let guarded = from_fn_with_state((Arc::clone(&app), route.access), guard);
        let limited = from_fn_with_state((Arc::clone(&app), route.class), limits::guard);
        served.route(route.path, route.handler.route_layer(limited).route_layer(guarded))
    });
    served
        .method_not_allowed_fallback(problem::no_such_method)
        .fallback(problem::no_such_path)
        .layer(from_fn(around::caught))
        .layer(cors::layer(&app.origins))
        .layer(from_fn_with_state(Arc::clone(&app), around::around))
        .layer(from_fn(headers::around))
        .with_state(app)
}

fn get<T: 'static>(path: &'static str, access: Access, class: Class, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::GET, path, access, class, handler: on(MethodFilter::GET, handler) }
}

fn post<T: 'static>(path: &'static str, access: Access, class: Class, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::POST, path, access, class, handler: on(MethodFilter::POST, handler) }
}

fn patch<T: 'static>(path: &'static str, access: Access, class: Class, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::PATCH, path, access, class, handler: on(MethodFilter::PATCH, handler) }
}

fn put<T: 'static>(path: &'static str, access: Access, class: Class, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::PUT, path, access, class, handler: on(MethodFilter::PUT, handler) }
}
