//! The one door to API Gateway's management API: a frame to a connection, and the end of one.

use aws_config::SdkConfig;
use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::config::Builder;
use aws_sdk_apigatewaymanagement::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_apigatewaymanagement::primitives::Blob;
use aws_smithy_types::retry::RetryConfig;
use domain::inbox::realtime::ConnectionId;
use sdk_error::Failure;

/// The way to the browsers.
#[derive(Clone, Debug)]
pub struct Push {
    client: Client,
}

/// Why a frame did not reach its connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// There is no such connection (any longer, or not yet).
    #[error("the connection is gone")]
    Gone,
    /// API Gateway did not take the frame, or did not say that it did.
    #[error("the frame did not go out: {0}")]
    Unserved(String),
}

impl Push {
    /// Posts to the WebSocket API whose management API is at `url`. A call is made once: a connection that cannot be
    /// served is closed instead.
    #[must_use]
    pub fn new(aws: &SdkConfig, url: &str) -> Self {
        let config = Builder::from(aws).endpoint_url(url).retry_config(RetryConfig::disabled());
        Self { client: Client::from_conf(config.build()) }
    }

    /// Posts a frame.
    ///
    /// # Errors
    /// [`PushError`] if it did not go out.
    pub async fn post(&self, to: &ConnectionId, frame: &str) -> Result<(), PushError> {
        let data = Blob::new(frame.as_bytes());
        let posted = self.client.post_to_connection().connection_id(to.as_str()).data(data).send().await;
        posted.map(|_| ()).map_err(|error| classify(&error))
    }

    /// Ends a connection.
    ///
    /// # Errors
    /// [`PushError`] if API Gateway did not say that it did.
    pub async fn close(&self, connection: &ConnectionId) -> Result<(), PushError> {
        let closed = self.client.delete_connection().connection_id(connection.as_str()).send().await;
        closed.map(|_| ()).map_err(|error| classify(&error))
    }
}

fn classify<E: ProvideErrorMetadata>(error: &SdkError<E>) -> PushError {
    match Failure::from_sdk(error) {
        Failure::Answered { status: 410, .. } => PushError::Gone,
        Failure::Answered { code: Some(code), .. } if code == "GoneException" => PushError::Gone,
        Failure::Answered { code, .. } => PushError::Unserved(code.unwrap_or_else(|| "no code".to_owned())),
        failure @ (Failure::NotBuilt | Failure::NoAnswer(_)) => PushError::Unserved(failure.to_string()),
    }
}
