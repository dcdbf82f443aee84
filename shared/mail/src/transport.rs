//! The one door to SES: an email to its recipient. What SES says is told by its code alone, since its words may hold the
//! address.

use aws_config::SdkConfig;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::Builder;
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use domain::Secret;
use domain::access::emails::{Email, Recipient};
use sdk_error::Failure;
use std::time::Duration;

/// Nobody waits longer than this for SES: a function has 15 s for everything.
const PATIENCE: Duration = Duration::from_secs(5);

/// The way to SES, by whom mails come, where their links lead, and what the tokens of those follow from.
#[derive(Clone, Debug)]
pub struct Mail {
    client: Client,
    from: String,
    console: String,
    token_key: Secret,
    /// SES's configuration set, which knows the addresses that get nothing more.
    set: Option<String>,
}

/// Why a mail did not go out, or may not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// SES takes no more for the moment.
    #[error("SES is throttling")]
    Throttled,
    /// SES did not answer, or answered with a fault of its own: the mail may have gone out.
    #[error("SES did not answer: {0}")]
    Unavailable(String),
    /// SES sends nothing for us, or not by this address or to that one. A person can mend it.
    #[error("SES does not send for us: {0}")]
    NotAllowed(String),
    /// SES never sends this mail: there can be no such address.
    #[error("SES refused the mail: {0}")]
    Refused(String),
}

impl MailError {
    /// Whether the same mail may go out later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Throttled | Self::Unavailable(_) | Self::NotAllowed(_) => true,
            Self::Refused(_) => false,
        }
    }
}

impl Mail {
    /// Mails from the address `from`, whose links lead to `console` with tokens that follow from `token_key`. A call is
    /// made once and given up after 5 s: it is the table that has it made again.
    #[must_use]
    pub fn new(aws: &SdkConfig, (from, console): (String, String), token_key: Secret) -> Self {
        let mut config = Builder::from(aws).retry_config(RetryConfig::disabled());
        // Without a timer there is nothing that could give up: so it is in memory, where every call answers at once.
        if aws.sleep_impl().is_some() {
            config = config.timeout_config(TimeoutConfig::builder().operation_timeout(PATIENCE).build());
        }
        Self { client: Client::from_conf(config.build()), from, console, token_key, set: None }
    }

    /// The same, with links that lead to `console`.
    #[must_use]
    pub fn leading_to(self, console: String) -> Self {
        Self { console, ..self }
    }

    /// The same, sent under SES's configuration set `set`.
    #[must_use]
    pub fn under(self, set: String) -> Self {
        Self { set: Some(set), ..self }
    }

    /// Sends an email to its recipient.
    ///
    /// # Errors
    /// [`MailError`] if SES did not take it, or did not say that it did.
    pub async fn send(&self, email: &Email, recipient: &Recipient) -> Result<(), MailError> {
        let written = email.written(recipient, &self.console, &self.token_key);
        let wrong = |error: BuildError| MailError::Refused(error.to_string());
        let content = |text: &str| Content::builder().data(text).charset("UTF-8").build().map_err(wrong);
        let body = Body::builder().text(content(written.text.expose())?).build();
        let message = Message::builder().subject(content(written.subject)?).body(body).build();
        let request = self.client.send_email().from_email_address(format!("Leadwire <{}>", self.from));
        let request = request.destination(Destination::builder().to_addresses(recipient.email.as_str()).build());
        let request = request.set_configuration_set_name(self.set.clone());
        let sent = request.content(EmailContent::builder().simple(message).build()).send().await;
        sent.map(|_| ()).map_err(|error| classify(&error))
    }
}

fn classify<E: ProvideErrorMetadata>(error: &SdkError<E>) -> MailError {
    match Failure::from_sdk(error) {
        Failure::Answered { status, code, .. } => classify_code(code.as_deref(), status),
        failure @ Failure::NotBuilt => MailError::Refused(failure.to_string()),
        failure @ Failure::NoAnswer(_) => MailError::Unavailable(failure.to_string()),
    }
}

fn classify_code(code: Option<&str>, status: u16) -> MailError {
    let code = code.unwrap_or("no code");
    match code {
        "TooManyRequestsException" | "ThrottlingException" | "Throttling" => MailError::Throttled,
        "BadRequestException" => MailError::Refused(code.to_owned()),
        _ if status == 429 => MailError::Throttled,
        _ if status >= 500 => MailError::Unavailable(format!("{status} {code}")),
        _ => MailError::NotAllowed(code.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_can_mend_or_what_passes_is_tried_again_and_a_mail_that_cannot_be_is_not() {
        for (code, status) in [
            ("TooManyRequestsException", 429),
            ("MessageRejected", 400),
            ("MailFromDomainNotVerifiedException", 400),
            ("AccountSuspendedException", 400),
            ("SendingPausedException", 400),
            ("LimitExceededException", 400),
            ("AccessDeniedException", 403),
            ("InternalFailure", 500),
        ] {
            assert!(classify_code(Some(code), status).is_retryable(), "{code}");
        }
        assert_eq!(classify_code(Some("ThrottlingException"), 400), MailError::Throttled);
        assert_eq!(classify_code(None, 503), MailError::Unavailable("503 no code".to_owned()));
        assert!(!classify_code(Some("BadRequestException"), 400).is_retryable());
    }
}
