//! What the queue service refuses, and how AWS writes it.

use serde_json::json;

/// An error of the queue service.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// No queue has this name, URL or ARN.
    #[error("The specified queue does not exist.")]
    QueueDoesNotExist,
    /// The source or target of a redrive does not exist.
    #[error("The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.")]
    ResourceNotFound,
    /// The queue exists with other attributes.
    #[error("A queue already exists with the same name and a different value for attribute {0}.")]
    QueueNameExists(String),
    /// An attribute that does not exist or is not supported here.
    #[error("Unknown Attribute {0}.")]
    InvalidAttributeName(String),
    /// An attribute's value is out of range.
    #[error("Invalid value for the parameter {0}.")]
    InvalidAttributeValue(String),
    /// The handle was never issued by this queue.
    #[error("The input receipt handle \"{0}\" is not a valid receipt handle.")]
    ReceiptHandleIsInvalid(String),
    /// The message has become visible again, so that its visibility cannot be changed.
    #[error("The specified message isn't in flight.")]
    MessageNotInflight,
    /// A parameter's value is refused.
    #[error("Value {value} for parameter {name} is invalid. Reason: {reason}")]
    InvalidParameterValue {
        /// The value, shortened by the caller where it is long.
        value: String,
        /// The parameter.
        name: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// A parameter is missing.
    #[error("The request must contain the parameter {0}.")]
    MissingParameter(&'static str),
    /// A body with characters that SQS does not carry.
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    InvalidMessageContents,
    /// A batch without entries.
    #[error("There should be at least one entry in the request.")]
    EmptyBatchRequest,
    /// A batch with too many entries.
    #[error("Maximum number of entries per request are 10. You have sent {0}.")]
    TooManyEntriesInBatchRequest(usize),
    /// Two entries of a batch have the same id.
    #[error("Id {0} repeated.")]
    BatchEntryIdsNotDistinct(String),
    /// An entry's id is empty, too long or has characters other than letters, digits, `-` and `_`.
    #[error(
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
    )]
    InvalidBatchEntryId,
    /// The bodies of a batch are too long together.
    #[error("Batch requests cannot be longer than {limit} bytes. You have sent {sent} bytes.")]
    BatchRequestTooLong {
        /// The limit.
        limit: usize,
        /// What was sent.
        sent: usize,
    },
    /// Something that SQS has and this emulator does not.
    #[error("{0} is not supported by this emulator.")]
    UnsupportedOperation(String),
    /// The body of the request is not what the SDK would write.
    #[error("The request cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
    /// SQLite refused or failed.
    #[error("The queue storage failed: {0}")]
    Storage(#[from] rusqlite::Error),
}

/// Whom AWS blames for an error, written into the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Sender,
    Receiver,
}

impl QueueError {
    /// The HTTP status.
    pub(crate) const fn status(&self) -> u16 {
        match self.fault() {
            Fault::Sender => 400,
            Fault::Receiver => 500,
        }
    }

    /// The header `x-amzn-query-error`, from which the SDK takes the error's code.
    pub(crate) fn query_error(&self) -> String {
        match self.fault() {
            Fault::Sender => format!("{};Sender", self.code()),
            Fault::Receiver => format!("{};Receiver", self.code()),
        }
    }

    /// The body of the answer.
    pub(crate) fn to_json(&self) -> String {
        json!({ "__type": format!("com.amazonaws.sqs#{}", self.shape()), "message": self.to_string() }).to_string()
    }

    /// Whether the sender of a batch entry is to blame.
    pub(crate) fn is_senders_fault(&self) -> bool {
        self.fault() == Fault::Sender
    }

    const fn fault(&self) -> Fault {
        match self {
            Self::Storage(_) => Fault::Receiver,
            Self::QueueDoesNotExist
            | Self::ResourceNotFound
            | Self::QueueNameExists(_)
            | Self::InvalidAttributeName(_)
            | Self::InvalidAttributeValue(_)
            | Self::ReceiptHandleIsInvalid(_)
            | Self::MessageNotInflight
            | Self::InvalidParameterValue { .. }
            | Self::MissingParameter(_)
            | Self::InvalidMessageContents
            | Self::EmptyBatchRequest
            | Self::TooManyEntriesInBatchRequest(_)
            | Self::BatchEntryIdsNotDistinct(_)
            | Self::InvalidBatchEntryId
            | Self::BatchRequestTooLong { .. }
            | Self::UnsupportedOperation(_)
            | Self::Malformed(_) => Fault::Sender,
        }
    }

    /// The name of the error's shape in the JSON protocol.
    const fn shape(&self) -> &'static str {
        match self {
            Self::QueueDoesNotExist => "QueueDoesNotExist",
            Self::ResourceNotFound => "ResourceNotFoundException",
            Self::QueueNameExists(_) => "QueueNameExists",
            Self::InvalidAttributeName(_) => "InvalidAttributeName",
            Self::InvalidAttributeValue(_) => "InvalidAttributeValue",
            Self::ReceiptHandleIsInvalid(_) => "ReceiptHandleIsInvalid",
            Self::MessageNotInflight => "MessageNotInflight",
            Self::InvalidParameterValue { .. } => "InvalidParameterValueException",
            Self::MissingParameter(_) => "MissingRequiredParameterException",
            Self::InvalidMessageContents => "InvalidMessageContents",
            Self::EmptyBatchRequest => "EmptyBatchRequest",
            Self::TooManyEntriesInBatchRequest(_) => "TooManyEntriesInBatchRequest",
            Self::BatchEntryIdsNotDistinct(_) => "BatchEntryIdsNotDistinct",
            Self::InvalidBatchEntryId => "InvalidBatchEntryId",
            Self::BatchRequestTooLong { .. } => "BatchRequestTooLong",
            Self::UnsupportedOperation(_) => "UnsupportedOperation",
            Self::Malformed(_) => "SerializationException",
            Self::Storage(_) => "InternalFailure",
        }
    }

    /// The error's code in the older query protocol, which is the one that SDKs still match.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::QueueDoesNotExist => "AWS.SimpleQueueService.NonExistentQueue",
            Self::QueueNameExists(_) => "QueueAlreadyExists",
            Self::MessageNotInflight => "AWS.SimpleQueueService.MessageNotInflight",
            Self::InvalidParameterValue { .. } => "InvalidParameterValue",
            Self::MissingParameter(_) => "MissingParameter",
            Self::EmptyBatchRequest => "AWS.SimpleQueueService.EmptyBatchRequest",
            Self::TooManyEntriesInBatchRequest(_) => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            Self::BatchEntryIdsNotDistinct(_) => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            Self::InvalidBatchEntryId => "AWS.SimpleQueueService.InvalidBatchEntryId",
            Self::BatchRequestTooLong { .. } => "AWS.SimpleQueueService.BatchRequestTooLong",
            Self::UnsupportedOperation(_) => "AWS.SimpleQueueService.UnsupportedOperation",
            Self::ResourceNotFound
            | Self::InvalidAttributeName(_)
            | Self::InvalidAttributeValue(_)
            | Self::ReceiptHandleIsInvalid(_)
            | Self::InvalidMessageContents
            | Self::Malformed(_)
            | Self::Storage(_) => self.shape(),
        }
    }
}
