//! Every route of the API in one list, each with who may call it and how often: there is no way to serve one without
//! saying so. The aliases are those that existing front ends call.

use crate::access::{Access, guard};
use crate::app::App;
use crate::limits::{self, Class};
use crate::openapi::describe::Described;
use crate::problem::Kind;
use crate::routes::{
    assignments, audit, auth, channels, conversations, email_verification, health, keys, leads, me, messages, notices,
    openapi, parked, passwords, realtime, second_factor, tenants, users,
};
use crate::{Deps, around, cors, etag, headers, problem, query};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::permissions::Permission;
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
    pub class: Class,
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
    fn of<T, H: Described<T>>(handler: &H) -> Self;
}

impl Detail for () {
    fn of<T, H: Described<T>>(_: &H) -> Self {}
}

/// Why a message is not accepted, beside what is wrong with the request itself.
const UNSENT: &[Kind] =
    &[Kind::NotFound, Kind::WindowClosed, Kind::NoConnectedNumber, Kind::NoCountryCode, Kind::KeyReused];

/// Why a conversation is not started.
const STARTED: &[Kind] = &[Kind::NotFound, Kind::NoConnectedNumber, Kind::NoCountryCode];

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    list()
}

/// Every route, with what is kept of its handler. An alias follows what it is the same as.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Access::{Anyone, Operator, SignedIn};
    use Class::{Reads, Sealed, SignsIn, Writes};
    use Kind::{AddressTaken, CodeNeeded, Conflict, EmailNotVerified, NotFound, SignedOut};
    use Kind::{WrongCode, WrongCredentials};
    let look = Access::Needs(Permission::ReadInbox);
    let serve = Access::Needs(Permission::ServeCustomers);
    let told = Access::Needs(Permission::ReadNotices);
    let people = Access::Needs(Permission::ReadUsers);
    let manage = Access::Needs(Permission::ManageUsers);
    let settings = Access::Needs(Permission::ManageSettings);
    let keep_keys = Access::Needs(Permission::ManageKeys);
    let aside = Access::Needs(Permission::ReadParked);
    let look_back = Access::Needs(Permission::ReadAudit);
    vec![
        get("/api/health", Anyone, Reads, health::show),
        get("/api/openapi.json", Anyone, Reads, openapi::show),
        post("/api/auth/signup", Anyone, SignsIn, auth::signup).also(&[AddressTaken]),
        post("/api/auth/login", Anyone, SignsIn, auth::login).also(&[WrongCredentials, CodeNeeded, WrongCode]),
        post("/api/auth/refresh", Anyone, Sealed, auth::refresh).also(&[SignedOut, Kind::Forbidden]),
        post("/api/auth/logout", Anyone, Sealed, auth::logout).also(&[Kind::Forbidden]),
        post("/api/auth/forgot-password", Anyone, SignsIn, passwords::forgot),
        post("/api/auth/reset-password", Anyone, SignsIn, passwords::reset),
        post("/api/auth/verify-email", Anyone, Sealed, email_verification::verify),
        post("/api/auth/verify-email/resend", SignedIn, Writes, email_verification::resend).also(&[Conflict]),
        post("/api/auth/change-password", SignedIn, Writes, passwords::change),
        get("/api/auth/me", SignedIn, Reads, me::show),
        patch("/api/auth/me", SignedIn, Writes, me::update).also(&[NotFound]),
        get("/api/auth/sessions", SignedIn, Reads, me::sessions),
        delete("/api/auth/sessions/{id}", SignedIn, Writes, me::end_session),
        post("/api/auth/second-factor", SignedIn, Writes, second_factor::offer).also(&[Conflict]),
        post("/api/auth/second-factor/confirm", SignedIn, Writes, second_factor::confirm).also(&[WrongCode]),
        post("/api/auth/second-factor/recovery-codes", SignedIn, Writes, second_factor::recovery_codes)
            .also(&[WrongCode, NotFound]),
        post("/api/auth/second-factor/remove", SignedIn, Writes, second_factor::remove).also(&[WrongCode]),
        get("/api/users", people, Reads, users::list),
        post("/api/users", manage, Writes, users::invite).also(&[EmailNotVerified]),
        patch("/api/users/{id}", manage, Writes, users::update).also(&[Conflict]),
        post("/api/users/{id}/reset-password", manage, Writes, users::reset_password),
        delete("/api/users/{id}/second-factor", manage, Writes, second_factor::take),
        get("/api/invitations", manage, Reads, users::invitations),
        delete("/api/invitations/{id}", manage, Writes, users::take_back),
        get("/api/keys", keep_keys, Reads, keys::list),
        post("/api/keys", keep_keys, Writes, keys::create).also(&[EmailNotVerified, WrongCode]),
        post("/api/keys/{id}/take-over", keep_keys, Writes, keys::take_over).also(&[EmailNotVerified, WrongCode]),
        delete("/api/keys/{id}", keep_keys, Writes, keys::revoke),
        get("/api/audit", look_back, Reads, audit::list),
        get("/api/audit.csv", look_back, Reads, audit::table),
        get("/api/settings", people, Reads, tenants::settings).also(&[NotFound]),
        patch("/api/settings", settings, Writes, tenants::update_settings).also(&[NotFound]),
        get("/api/clients", Operator, Reads, tenants::list),
        post("/api/clients", Operator, Writes, tenants::create),
        get("/api/clients/{id}", Operator, Reads, tenants::show),
        patch("/api/clients/{id}", Operator, Writes, tenants::update),
        get("/api/leads", look, Reads, leads::list).tagged(),
        get("/api/leads/{id}", look, Reads, leads::show),
        patch("/api/leads/{id}", serve, Writes, leads::update),
        put("/api/leads/{id}", serve, Writes, leads::replace),
        get("/api/conversations", look, Reads, conversations::list).tagged(),
        post("/api/conversations", serve, Writes, conversations::start).also(STARTED),
        get("/api/conversations/counts", look, Reads, conversations::counts).tagged(),
        get("/api/conversations/{id}", look, Reads, conversations::show).tagged(),
        patch("/api/conversations/{id}", serve, Writes, assignments::update),
        get("/api/conversations/{id}/messages", look, Reads, conversations::messages).tagged(),
        get("/api/conversations/{id}/messages/{messageId}/raw", look, Reads, conversations::raw),
        post("/api/conversations/{id}/read", serve, Writes, conversations::read),
        post("/api/conversations/{id}/typing", serve, Writes, conversations::typing),
        post("/api/conversations/{id}/assign", serve, Writes, assignments::assign),
        post("/api/conversations/{id}/claim", serve, Writes, assignments::claim).also(&[Kind::Claimed]),
        post("/api/messages", serve, Writes, messages::send).also(UNSENT),
        get("/api/channels", look, Reads, channels::list),
        patch("/api/channels/{id}", Access::Needs(Permission::ManageChannels), Writes, channels::update),
        post("/api/realtime/ticket", SignedIn, Writes, realtime::ticket).also(&[Kind::SecondFactorNeeded]),
        get("/api/notices", told, Reads, notices::list),
        get("/api/parked", aside, Reads, parked::list),
        get("/api/parked/{id}", aside, Reads, parked::show),
        // The same, as other front ends call it.
        post("/api/auth/register", Anyone, SignsIn, auth::signup),
        post("/api/auth/refresh-token", Anyone, Sealed, auth::refresh),
        get("/api/whatsapp/status", look, Reads, channels::status),
        get("/api/whatsapp/conversations", look, Reads, conversations::list).tagged(),
        get("/api/whatsapp/conversations/{id}", look, Reads, conversations::show).tagged(),
        get("/api/whatsapp/conversations/{id}/messages", look, Reads, conversations::messages).tagged(),
        post("/api/whatsapp/conversations/{id}/read", serve, Writes, conversations::read),
        post("/api/whatsapp/send", serve, Writes, messages::send_and_wait).also(UNSENT),
        post("/api/whatsapp/messages/send", serve, Writes, messages::send_and_wait),
    ]
}

/// The API over `deps`.
pub fn router(deps: Deps) -> Router {
    let app: App = Arc::new(deps);
    let served = routes().into_iter().fold(Router::new(), |served, route| {
        let guarded = from_fn_with_state((Arc::clone(&app), route.access), guard);
        let known = from_fn_with_state(Arc::clone(&route.parameters), query::guard);
        let limited = from_fn_with_state((Arc::clone(&app), route.class), limits::guard);
        let handler = if route.tagged { route.handler.route_layer(from_fn(etag::around)) } else { route.handler };
        served.route(route.path, handler.route_layer(limited).route_layer(known).route_layer(guarded))
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

impl<D> Route<D> {
    /// Says what else may be wrong.
    fn also(self, also: &'static [Kind]) -> Self {
        Self { also, ..self }
    }

    /// Has its answers bear a tag: for what is polled.
    fn tagged(self) -> Self {
        Self { tagged: true, ..self }
    }
}

fn route<T: 'static, D: Detail>(
    (method, filter): (Method, MethodFilter),
    path: &'static str,
    (access, class): (Access, Class),
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    let described = D::of(&handler);
    let parameters = parameters(&handler).into();
    Route { method, path, access, class, also: &[], tagged: false, parameters, described, handler: on(filter, handler) }
}

fn parameters<T, H: Described<T>>(_: &H) -> Vec<&'static str> {
    H::parameters()
}

fn get<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: Class,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route((Method::GET, MethodFilter::GET), path, (access, class), handler)
}

fn post<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: Class,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route((Method::POST, MethodFilter::POST), path, (access, class), handler)
}

fn patch<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: Class,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route((Method::PATCH, MethodFilter::PATCH), path, (access, class), handler)
}

fn put<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: Class,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route((Method::PUT, MethodFilter::PUT), path, (access, class), handler)
}

fn delete<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: Class,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route((Method::DELETE, MethodFilter::DELETE), path, (access, class), handler)
}
