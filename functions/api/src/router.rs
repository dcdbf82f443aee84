//! Every route of the API in one list, each with who may call it: there is no way to serve one without saying so. The
//! aliases are those that existing front ends call.

use crate::access::{Access, guard};
use crate::app::App;
use crate::routes::{
    audit, auth, channels, conversations, health, keys, leads, me, messages, notices, passwords, tenants, users,
};
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
    use Access::{Anyone, Operator, SignedIn};
    let look = Access::Needs(Permission::ReadInbox);
    let serve = Access::Needs(Permission::ServeCustomers);
    let told = Access::Needs(Permission::ReadNotices);
    let people = Access::Needs(Permission::ReadUsers);
    let manage = Access::Needs(Permission::ManageUsers);
    let settings = Access::Needs(Permission::ManageSettings);
    let keep_keys = Access::Needs(Permission::ManageKeys);
    let look_back = Access::Needs(Permission::ReadAudit);
    vec![
        get("/api/health", Anyone, health::show),
        post("/api/auth/signup", Anyone, auth::signup),
        post("/api/auth/login", Anyone, auth::login),
        post("/api/auth/refresh", Anyone, auth::refresh),
        post("/api/auth/logout", Anyone, auth::logout),
        post("/api/auth/forgot-password", Anyone, passwords::forgot),
        post("/api/auth/reset-password", Anyone, passwords::reset),
        post("/api/auth/change-password", SignedIn, passwords::change),
        get("/api/auth/me", SignedIn, me::show),
        patch("/api/auth/me", SignedIn, me::update),
        get("/api/auth/sessions", SignedIn, me::sessions),
        delete("/api/auth/sessions/{id}", SignedIn, me::end_session),
        get("/api/users", people, users::list),
        post("/api/users", manage, users::invite),
        patch("/api/users/{id}", manage, users::update),
        post("/api/users/{id}/reset-password", manage, users::reset_password),
        get("/api/invitations", manage, users::invitations),
        delete("/api/invitations/{id}", manage, users::take_back),
        get("/api/keys", keep_keys, keys::list),
        post("/api/keys", keep_keys, keys::create),
        delete("/api/keys/{id}", keep_keys, keys::revoke),
        get("/api/audit", look_back, audit::list),
        get("/api/audit.csv", look_back, audit::table),
        get("/api/settings", people, tenants::settings),
        patch("/api/settings", settings, tenants::update_settings),
        get("/api/clients", Operator, tenants::list),
        post("/api/clients", Operator, tenants::create),
        get("/api/clients/{id}", Operator, tenants::show),
        patch("/api/clients/{id}", Operator, tenants::update),
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
        get("/api/notices", told, notices::list),
        // The same, as other front ends call it.
        post("/api/auth/register", Anyone, auth::signup),
        post("/api/auth/refresh-token", Anyone, auth::refresh),
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

fn delete<T: 'static>(path: &'static str, access: Access, handler: impl Handler<T, App>) -> Route {
    Route { method: Method::DELETE, path, access, handler: on(MethodFilter::DELETE, handler) }
}
