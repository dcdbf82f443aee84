//! Tickets by which a browser opens its connection: a WebSocket sends no Authorization header.

use crate::app::App;
use crate::auth::Person;
use crate::problem::{Kind, Problem};
use crate::secrets;
use crate::views::At;
use axum::Json;
use axum::extract::State;
use domain::permissions::Permission;
use domain::realtime::{TICKET_LIFE, Ticket, ticket_digest};
use schemars::JsonSchema;
use serde::Serialize;

/// What opens one connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RealtimeTicket")]
pub(crate) struct TicketView {
    /// The ticket. It works once.
    ticket: String,
    /// Where to connect, with the ticket in it.
    url: String,
    /// Until when it works.
    expires_at: At,
}

/// `POST /api/realtime/ticket`: a ticket for the WebSocket that tells of changes as they happen. It works once, within 30
/// seconds. The connection ends with the session, and when the person's rights change.
pub(crate) async fn ticket(State(app): State<App>, Person(principal): Person) -> Result<Json<TicketView>, Problem> {
    let (user, tenant) = (&principal.user, &principal.tenant);
    if !user.role.may(Permission::ReadInbox) {
        let detail = format!("The role {} does not grant {}.", user.role, Permission::ReadInbox);
        return Err(Problem::new(Kind::Forbidden, detail));
    }
    if !user.second_factor && tenant.second_factor.of(user.role) {
        let detail = "Set one up first: POST /api/auth/second-factor with your password, then confirm a code.";
        return Err(Problem::new(Kind::SecondFactorNeeded, detail));
    }
    let secret = secrets::new_key("", &*app.ids);
    let ticket = secret.expose().to_owned();
    let expires = app.clock.now().plus(TICKET_LIFE);
    let kept = Ticket { tenant: tenant.id, user: user.id, session: principal.session.id, expires };
    app.store.put_ticket(&ticket_digest(&ticket), &kept).await?;
    Ok(Json(TicketView { url: format!("{}?ticket={ticket}", app.edge.realtime_url), ticket, expires_at: At(expires) }))
}
