//! Connections of browsers: opens them by a ticket, notes what is on screen, passes on who looks at a conversation and
//! who types in it, and forgets them. What changes in the table is told by `changes`.
//!
//! Connections of front ends that link phones speak another dialect. What they command is done by the HTTP API, which is
//! called on their behalf: this function knows no rule of sessions or of sending.

pub mod api;
mod commands;
mod frames;
mod session;

use api::Api;
use aws_lambda_events::apigw::{ApiGatewayProxyResponse, ApiGatewayWebsocketProxyRequest};
use domain::inbox::realtime::{ConnectionId, Dialect, InvalidConnectionId};
use push::Courier;
use runtime::{Clock, Random};
use session::Session;
use std::sync::Arc;
use store::{Store, StoreError};

/// The routes of the WebSocket API that this function serves.
pub const ROUTES: [&str; 3] = ["$connect", "$disconnect", "$default"];

/// What the function works with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where tickets and connections stand.
    pub store: Store,
    /// The way to the browsers.
    pub courier: Courier,
    /// The HTTP API, which does what connections of other front ends command.
    pub api: Arc<dyn Api>,
    /// The present time.
    pub clock: Arc<dyn Clock>,
    /// Random bits, for passes.
    pub random: Arc<dyn Random>,
}

/// Why an event of a connection could not be dealt with.
#[derive(Debug, thiserror::Error)]
enum RealtimeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the event names no connection: {0}")]
    Nameless(#[from] InvalidConnectionId),
}

/// Deals with one event of a connection. The status decides at `$connect` alone: 200 opens the connection, any other
/// refuses it.
pub async fn handle(deps: &Deps, event: ApiGatewayWebsocketProxyRequest) -> ApiGatewayProxyResponse {
    let status = match dealt(deps, &event).await {
        Ok(status) => status,
        Err(error @ RealtimeError::Nameless(_)) => {
            tracing::warn!(%error, "an event is not understood");
            400
        }
        Err(error @ RealtimeError::Store(_)) => {
            tracing::error!(%error, "a connection is not served");
            500
        }
    };
    let mut response = ApiGatewayProxyResponse::default();
    response.status_code = status;
    response
}

async fn dealt(deps: &Deps, event: &ApiGatewayWebsocketProxyRequest) -> Result<i64, RealtimeError> {
    let context = &event.request_context;
    let id = ConnectionId::parse(context.connection_id.as_deref().unwrap_or_default())?;
    let session = Session { deps, now: deps.clock.now() };
    let request = context.request_id.as_deref().unwrap_or_default();
    match context.route_key.as_deref().unwrap_or_default() {
        "$connect" => {
            let query = |name| event.query_string_parameters.first(name);
            Ok(match (query("ticket"), query("token")) {
                (None, Some(token)) => session.connect_by_token(id, token).await?,
                (ticket, _) => {
                    let of_sessions = query("dialect") == Some("sessions");
                    let dialect = if of_sessions { Dialect::Sessions } else { Dialect::Console };
                    session.connect(id, ticket.unwrap_or_default(), dialect).await?
                }
            })
        }
        "$disconnect" => {
            session.disconnect(&id).await?;
            Ok(200)
        }
        _ => {
            let name = context.message_id.as_deref().unwrap_or(request);
            session.hear(&id, event.body.as_deref().unwrap_or_default(), name).await?;
            Ok(200)
        }
    }
}
