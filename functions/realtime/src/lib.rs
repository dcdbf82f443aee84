//! Connections of browsers: opens them by a ticket, notes what is on screen, passes on who looks at a conversation and
//! who types in it, and forgets them. What changes in the table is told by `changes`.

mod frames;
mod session;

use aws_lambda_events::apigw::{ApiGatewayProxyResponse, ApiGatewayWebsocketProxyRequest};
use domain::realtime::{ConnectionId, InvalidConnectionId};
use push::Courier;
use runtime::Clock;
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
    /// The present time.
    pub clock: Arc<dyn Clock>,
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
    match context.route_key.as_deref().unwrap_or_default() {
        "$connect" => {
            let ticket = event.query_string_parameters.first("ticket").unwrap_or_default();
            Ok(session.connect(id, ticket).await?)
        }
        "$disconnect" => {
            session.disconnect(&id).await?;
            Ok(200)
        }
        _ => {
            session.hear(&id, event.body.as_deref().unwrap_or_default()).await?;
            Ok(200)
        }
    }
}
