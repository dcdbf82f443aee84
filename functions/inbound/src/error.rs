//! Why an event could not be dealt with.

use domain::PhoneNumberId;
use queue::TaskError;
use store::StoreError;
use whatsapp::Malformed;

/// Why an event could not be dealt with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProcessError {
    /// The table did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queue message is none of ours.
    #[error(transparent)]
    Task(#[from] TaskError),
    /// The event lacks what makes it one.
    #[error("the event cannot be read: {0}")]
    Malformed(#[from] Malformed),
    /// Nobody has connected the number that it came to.
    #[error("no channel is connected with the number {}", number.as_ref().map_or("(none)", PhoneNumberId::as_str))]
    UnknownNumber {
        /// The number, if the event names one.
        number: Option<PhoneNumberId>,
    },
    /// What it builds on is being written by somebody else this moment.
    #[error("what the event builds on is still being written")]
    Unsettled,
    /// The code that dealt with it panicked.
    #[error("the event made its handler panic")]
    Panicked,
}

impl ProcessError {
    /// Whether the same event may succeed later.
    pub(crate) const fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Unsettled => true,
            Self::Task(_) | Self::Malformed(_) | Self::UnknownNumber { .. } | Self::Panicked => false,
        }
    }
}
