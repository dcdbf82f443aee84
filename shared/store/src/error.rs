//! What can go wrong between us and the table, without any of its transport.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use domain::personal::without_found;

/// What went wrong at the table.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The table takes no more for the moment.
    #[error("the table is throttling")]
    Throttled,
    /// Another write to the same items was under way.
    #[error("another write to the same items was under way")]
    Conflict,
    /// The table did not answer, or answered with a fault of its own.
    #[error("the table did not answer: {0}")]
    Unavailable(String),
    /// The table refused the request: a defect of ours.
    #[error("the table refused the request: {0}")]
    Rejected(String),
    /// A stored item does not read as what its key says it is.
    #[error("the item {key} cannot be read: {problem}")]
    Corrupt {
        /// Where it stands.
        key: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl StoreError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Throttled | Self::Conflict | Self::Unavailable(_) => true,
            Self::Rejected(_) | Self::Corrupt { .. } => false,
        }
    }

    /// An item that does not read; what stands in it is not told.
    pub(crate) fn corrupt(key: impl Into<String>, problem: &(impl ToString + ?Sized)) -> Self {
        Self::Corrupt { key: key.into(), problem: without_found(&problem.to_string()) }
    }
}

/// Sorts what the SDK says. Condition failures are answers, not errors: they are taken out before.
pub(crate) fn sort<E: ProvideErrorMetadata>(error: &SdkError<E>) -> StoreError {
    match error {
        SdkError::ServiceError(service) => {
            sort_code(service.err().code(), service.err().message(), service.raw().status().as_u16())
        }
        SdkError::ConstructionFailure(_) => StoreError::Rejected("the request could not be built".to_owned()),
        SdkError::TimeoutError(_) => StoreError::Unavailable("timed out".to_owned()),
        SdkError::DispatchFailure(_) => StoreError::Unavailable("the connection failed".to_owned()),
        SdkError::ResponseError(_) => StoreError::Unavailable("the answer could not be read".to_owned()),
        _ => StoreError::Unavailable("unknown failure".to_owned()),
    }
}

fn sort_code(code: Option<&str>, message: Option<&str>, status: u16) -> StoreError {
    match code.unwrap_or_default() {
        "ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded" => {
            StoreError::Throttled
        }
        "TransactionConflictException" | "TransactionInProgressException" => StoreError::Conflict,
        "TransactionCanceledException" if message.is_some_and(|m| m.contains("TransactionConflict")) => {
            StoreError::Conflict
        }
        "TransactionCanceledException" if message.is_some_and(|m| m.contains("Throttling")) => StoreError::Throttled,
        code if status >= 500 => StoreError::Unavailable(format!("{status} {code}")),
        code => StoreError::Rejected(format!("{code}: {}", message.unwrap_or_default())),
    }
}
