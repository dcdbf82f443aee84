//! What a failed call of the AWS SDK means: one classification for every service.
//!
//! A failure shows code, message and status alone. What the SDK could show beside them may contain the response, and with
//! it a key, a secret or an address.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The service answered with an error.
    #[error("{}: {}", .code.as_deref().unwrap_or("no code"), .message.as_deref().unwrap_or("no message"))]
    Answered {
        /// The HTTP status.
        status: u16,
        /// The service's name for the error.
        code: Option<String>,
        /// The service's explanation.
        message: Option<String>,
    },
    /// There is no request: a defect of ours.
    #[error("the request could not be built")]
    NotBuilt,
    /// There is no answer that can be read. The service may have received the request.
    #[error("{0}")]
    NoAnswer(&'static str),
}

impl Failure {
    /// Classifies what the SDK returned.
    pub fn from_sdk<E: ProvideErrorMetadata>(error: &SdkError<E, Response>) -> Self {
        match error {
            SdkError::ServiceError(answer) => Self::Answered {
                status: answer.raw().status().as_u16(),
                code: answer.err().code().map(str::to_owned),
                message: answer.err().message().map(str::to_owned),
            },
            SdkError::ConstructionFailure(_) => Self::NotBuilt,
            SdkError::TimeoutError(_) => Self::NoAnswer("timed out"),
            SdkError::DispatchFailure(_) => Self::NoAnswer("the connection failed"),
            SdkError::ResponseError(_) => Self::NoAnswer("the answer could not be read"),
            _ => Self::NoAnswer("unknown failure"),
        }
    }
}
