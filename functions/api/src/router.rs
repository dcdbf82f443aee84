//! Every route of the API, in one list. The aliases are those that existing front ends call.

use crate::app::App;
use crate::routes::{auth, channels, conversations, health, leads, messages, notices};
use crate::{Deps, around, problem};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;

/// The API over `deps`.
pub fn router(deps: Deps) -> Router {
    let app: App = Arc::new(deps);
    Router::new()
        // For anyone.
        .route("/api/health", get(health::show))
        .route("/api/auth/login", post(auth::login))
        // For people who have signed in.
        .route("/api/auth/me", get(auth::me))
        .route("/api/leads", get(leads::list))
        .route("/api/leads/{id}", get(leads::show).patch(leads::update).put(leads::update))
        .route("/api/conversations", get(conversations::list))
        .route("/api/conversations/{id}", get(conversations::show))
        .route("/api/conversations/{id}/messages", get(conversations::messages))
        .route("/api/conversations/{id}/read", post(conversations::read))
        .route("/api/messages", post(messages::send))
        .route("/api/channels", get(channels::list))
        .route("/api/notices", get(notices::list))
        // The same, as other front ends call it.
        .route("/api/whatsapp/status", get(channels::status))
        .route("/api/whatsapp/conversations", get(conversations::list))
        .route("/api/whatsapp/conversations/{id}", get(conversations::show))
        .route("/api/whatsapp/conversations/{id}/messages", get(conversations::messages))
        .route("/api/whatsapp/conversations/{id}/read", post(conversations::read))
        .route("/api/whatsapp/send", post(messages::send_and_wait))
        .route("/api/whatsapp/messages/send", post(messages::send_and_wait))
        .method_not_allowed_fallback(problem::no_such_method)
        .fallback(problem::no_such_path)
        .layer(from_fn_with_state(Arc::clone(&app), around::around))
        .with_state(app)
}
