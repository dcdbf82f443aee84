//! Tickets for the WebSocket of live updates: browsers cannot send an Authorization header with a WebSocket.

use crate::app::App;
use crate::views::At;
use crate::web::auth::Person;
use crate::web::problem::{Kind, Problem};
use crate::web::secrets;
use axum::Json;
use axum::extract::State;
use domain::access::permissions::Permission;
use domain::inbox::realtime::{TICKET_LIFE, Ticket, ticket_digest};
use schemars::JsonSchema;
use serde::Serialize;

/// A ticket for one WebSocket connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RealtimeTicket")]
pub(crate) struct TicketView {
    /// The ticket. It works only once.
    ticket: String,
    /// The URL to connect to, including the ticket.
    url: String,
    /// When the ticket expires.
    expires_at: At,
}

/// `POST /api/realtime/ticket`: Create a ticket for the WebSocket of live updates. It works once, within 30 seconds.
/// The connection closes when the session ends or when the user's permissions change.
pub(crate) async fn create_realtime_ticket(
    State(app): State<App>,
    Person(principal): Person,
) -> Result<Json<TicketView>, Problem> {
    let user = &principal.user;
    let tenant = &principal.tenant;
    if !user.role.may(Permission::ReadInbox) {
        let detail = format!("The role {} does not have the permission {}.", user.role, Permission::ReadInbox);
        return Err(Problem::new(Kind::Forbidden, detail));
    }
    if !user.second_factor && tenant.second_factor.requires(user.role) {
        let detail = "Enable two-factor authentication first: POST /api/auth/second-factor with your password, then \
                      confirm a code.";
        return Err(Problem::new(Kind::SecondFactorNeeded, detail));
    }
    let secret = secrets::new_key("", &*app.random);
    let ticket = secret.expose().to_owned();
    let expires = app.clock.now().plus(TICKET_LIFE);
    let kept = Ticket { tenant: tenant.id, user: user.id, session: principal.session.id, expires };
    app.store.put_ticket(&ticket_digest(&ticket), &kept).await?;
    Ok(Json(TicketView { url: format!("{}?ticket={ticket}", app.edge.realtime_url), ticket, expires_at: At(expires) }))
}
