//! Every route of the API in one list, each with who may call it: there is no way to serve one without saying so. The
//! aliases are those that existing front ends call.

use crate::access::{Access, guard};
use crate::app::App;
use crate::routes::{auth, channels, conversations, health, leads, messages, notices};
use crate::{Deps, around, problem};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
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
    handler: MethodRouter<App>,
}

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    use Access::{Anyone, SignedIn};
    let look = Access::Needs(Permission::ReadInbox);
    let serve = Access::Needs(Permission::ServeCustomers);
    let told = Access::Needs(Permission::ReadNotices);
    vec![
        get("/api/health", Anyone, health::show),
        post("/api/auth/login", Anyone, auth::login),
        get("/api/auth/me", SignedIn, auth::me),
        get("/api/leads", look, leads::list),
        get("/api/leads/{id}", look, leads::show),
        patch("/api/leads/{id}", serve, leads::update),
        put("/api/leads/{id}", serve, leads::update),
        get("/api/conversations", look, conversations::list),
        get("/api/conversations/{id}", look, conversations::show),
        get("/api/conversations/{id}/messages", look, conversations::messages),
        post("/api/conversations/{id}/read", serve, conversations::read),
        post("/api/messages", serve, messages::send),
        get("/api/channels", look, channels::list),
        patch("/api/channels/{id}", Access::Needs(Permission::ManageChannels), channels::update),
        get("/api/notices", told, notices::list),
        // The same, as other front ends call it.
        get("/api/whatsapp/status", look, channels::status),
        get("/api/whatsapp/conversations", look, conversations::list),
        get("/api/whatsapp/conversations/{id}", look, conversations::show),
        get("/api/whatsapp/conversations/{id}/messages", look, conversations::messages),
        post("/api/whatsapp/conversations/{id}/read", serve, conversations::read),
        post("/api/whatsapp/send", serve, messages::send_and_wait),
        post("/api/whatsapp/messages/send", serve, messages::send_and_wait),
    ]
}

/// The API over `deps`.
pub fn router(deps: Deps) -> Router {
    let app: App = Arc::new(deps);
    let served = routes().into_iter().fold(Router::new(), |served, route| {
        let guarded = from_fn_with_state((Arc::clone(&app), route.access), guard);
        served.route(route.path, route.handler.route_layer(guarded))
    });
    served
        .method_not_allowed_fallback(problem::no_such_method)
        .fallback(problem::no_such_path)
        .layer(from_fn_with_state(Arc::clone(&app), around::around))
        .with_state(app)
}

fn get<T: 'static>(path: &'static str, access: Access, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::GET, path, access, handler: on(MethodFilter::GET, handler) }
}

fn post<T: 'static>(path: &'static str, access: Access, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::POST, path, access, handler: on(MethodFilter::POST, handler) }
}

fn patch<T: 'static>(path: &'static str, access: Access, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::PATCH, path, access, handler: on(MethodFilter::PATCH, handler) }
}

fn put<T: 'static>(path: &'static str, access: Access, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::PUT, path, access, handler: on(MethodFilter::PUT, handler) }
}
