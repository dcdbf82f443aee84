//! What can go wrong between us and the table, without any of its transport.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use domain::personal::without_found;
use sdk_error::Failure;

/// What went wrong at the table. Every method of [`Store`](crate::Store) returns it: where the table cannot be read or
/// written, where an item cannot be read, and as [`StoreError::Conflict`] where other writers keep changing the same
/// items.
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
    /// A stored item does not read as what its key says it is, or has a version that this program does not know.
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

/// Classifies what the SDK says. Condition failures are answers, not errors: they are taken out before.
pub(crate) fn classify<E: ProvideErrorMetadata>(error: &SdkError<E>) -> StoreError {
    let (status, code, message) = match Failure::from_sdk(error) {
        Failure::Answered { status, code, message } => (status, code.unwrap_or_default(), message.unwrap_or_default()),
        failure @ Failure::NotBuilt => return StoreError::Rejected(failure.to_string()),
        failure @ Failure::NoAnswer(_) => return StoreError::Unavailable(failure.to_string()),
    };
    match code.as_str() {
        "ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded" => {
            StoreError::Throttled
        }
        "TransactionConflictException" | "TransactionInProgressException" => StoreError::Conflict,
        "TransactionCanceledException" if message.contains("TransactionConflict") => StoreError::Conflict,
        "TransactionCanceledException" if message.contains("Throttling") => StoreError::Throttled,
        code if status >= 500 => StoreError::Unavailable(format!("{status} {code}")),
        code => StoreError::Rejected(format!("{code}: {message}")),
    }
}
