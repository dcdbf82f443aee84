//! Posts a message to the Graph API, once, and says what came of it.
//!
//! WhatsApp has no idempotency key: a post that is repeated may arrive twice. So nothing here tries again, and an
//! answer that leaves it open is [`Outcome::Unknown`], never a guess.

use crate::errors::{Verdict, verdict};
use crate::json::{Object, legible};
use crate::outgoing;
use crate::statuses::read_error;
use crate::transport::{Transport, TransportError};
use domain::channels::failures::{Failure, Reason};
use domain::inbox::outbound_messages::{OutboundMessage, Outcome};
use domain::{Backoff, MediaId, PhoneNumberId, Secret, Text, Wamid};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Uri};
use serde::Serialize;
use std::sync::Arc;

/// Nothing left this machine: the network comes back, or a person mends the configuration.
const NOT_CONNECTED: Backoff = Backoff::seconds(1, 2, 60);

/// Speaks to the Graph API.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<dyn Transport>,
    base: String,
}

impl Client {
    /// `base` is the Graph API's address with its version, such as `https://graph.facebook.com/v26.0`.
    #[must_use]
    pub fn new(transport: impl Transport + 'static, base: String) -> Self {
        Self { transport: Arc::new(transport), base }
    }

    /// The way to the Graph API.
    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// The Graph API's address with its version, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        self.base.trim_end_matches('/')
    }

    /// Opens a connection while the function starts, so that the first post does not wait for it. This asks for nothing
    /// that there is, and without a token.
    pub async fn warm_up(&self) {
        if let Ok(request) = http::Request::get(&self.base).body(Vec::new()) {
            let answer = self.transport.carry(request).await;
            tracing::debug!(answered = answer.is_ok(), "reached the Graph API");
        }
    }

    /// Posts `send` from `number`. `callback_data` is our name for it, which comes back with each status. `files` are Meta's ids
    /// of the stored files that it carries; where one is missing nothing is posted.
    pub async fn send(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        send: &OutboundMessage,
        callback_data: &str,
        files: &[(MediaId, String)],
    ) -> Outcome {
        let message = outgoing::message(send, callback_data, files).map_err(|error| error.to_string());
        let answer = match message.and_then(|message| self.request(number, token, &message)) {
            Ok(request) => self.transport.carry(request).await,
            Err(problem) => Err(TransportError::BeforeSending(problem)),
        };
        match answer {
            Ok(answer) => outcome(answer.status().is_success(), answer.status().as_u16(), answer.body(), send.tries),
            Err(TransportError::BeforeSending(problem)) => {
                tracing::warn!(error = problem, "the Graph API cannot be reached");
                Outcome::NotYet(NOT_CONNECTED.after(send.tries))
            }
            Err(TransportError::OnTheWay(problem)) => {
                tracing::warn!(error = problem, "the Graph API did not answer");
                Outcome::Unknown
            }
        }
    }

    /// Shows the customer that their messages up to `wamid` were read, and with `typing` that somebody types. It may be
    /// repeated.
    pub async fn mark_read(&self, number: &PhoneNumberId, token: &Secret, wamid: &Wamid, typing: bool) -> Marked {
        let typing_indicator = typing.then_some(TypingIndicator { kind: "text" });
        let receipt =
            ReadReceipt { messaging_product: "whatsapp", status: "read", message_id: wamid.as_str(), typing_indicator };
        let answer = match self.request(number, token, &receipt) {
            Ok(request) => self.transport.carry(request).await,
            Err(problem) => Err(TransportError::BeforeSending(problem)),
        };
        match answer {
            Ok(answer) if answer.status().is_success() => Marked::Done,
            Ok(answer) => refused(answer.status().as_u16(), answer.body()),
            Err(TransportError::BeforeSending(problem) | TransportError::OnTheWay(problem)) => {
                tracing::warn!(error = problem, "the Graph API did not take a read receipt");
                Marked::Again
            }
        }
    }

    /// A request without a body for `path`, which begins after the version.
    pub(crate) fn bare_request(
        &self,
        method: Method,
        path: &str,
        token: &Secret,
    ) -> Result<http::Request<Vec<u8>>, String> {
        let request = http::Request::builder().method(method).uri(self.url(path)?);
        request.header(AUTHORIZATION, authorization(token)?).body(Vec::new()).map_err(|error| error.to_string())
    }

    /// A GET of `path`, which begins after the version, without a token.
    pub(crate) fn open_request(&self, path: &str) -> Result<http::Request<Vec<u8>>, String> {
        http::Request::get(self.url(path)?).body(Vec::new()).map_err(|error| error.to_string())
    }

    fn request(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        message: &impl Serialize,
    ) -> Result<http::Request<Vec<u8>>, String> {
        self.json_request(Method::POST, &format!("{}/messages", number.as_str()), token, message)
    }

    /// A POST of `content` to `path`, which begins after the version.
    pub(crate) fn json_request(
        &self,
        method: Method,
        path: &str,
        token: &Secret,
        content: &impl Serialize,
    ) -> Result<http::Request<Vec<u8>>, String> {
        let body = serde_json::to_vec(content).map_err(|error| error.to_string())?;
        http::Request::builder()
            .method(method)
            .uri(self.url(path)?)
            .header(AUTHORIZATION, authorization(token)?)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .map_err(|error| error.to_string())
    }

    fn url(&self, path: &str) -> Result<Uri, String> {
        let url = format!("{}/{path}", self.base());
        url.parse().map_err(|error: http::uri::InvalidUri| error.to_string())
    }
}

/// The header that carries `token`; it is never shown.
fn authorization(token: &Secret) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))
        .map_err(|_| "the access token cannot stand in a header".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

/// What came of showing the customer that messages were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// They are shown it.
    Done,
    /// It may succeed later.
    Again,
    /// WhatsApp refuses it, with this code if it gave one.
    Refused(Option<i64>),
}

/// A read receipt as the Graph API takes it (Cloud API, typing indicators).
#[derive(Serialize)]
struct ReadReceipt<'a> {
    messaging_product: &'static str,
    status: &'static str,
    message_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    typing_indicator: Option<TypingIndicator>,
}

#[derive(Serialize)]
struct TypingIndicator {
    #[serde(rename = "type")]
    kind: &'static str,
}

/// What an answer says of the message. An error's code decides and not the HTTP status, which is not reliable.
fn outcome(success: bool, status: u16, answer: &[u8], tries: u32) -> Outcome {
    let text = legible(answer);
    let Some(answer) = Object::read(&text) else { return unclear(status) };
    match (accepted(&answer), answer.object("error")) {
        (Some(wamid), _) if success => Outcome::Accepted(wamid),
        (_, Some(error)) => of_error(&error, status, tries),
        (_, None) => unclear(status),
    }
}

fn accepted(answer: &Object<'_>) -> Option<Wamid> {
    let id = answer.objects("messages").first()?.text("id")?;
    Wamid::parse(&id).ok()
}

/// Cloud API, errors: `{"error": {code, error_subcode, message, error_data: {details}, fbtrace_id}}`, where `error_data`
/// may be a plain string.
fn of_error(error: &Object<'_>, status: u16, tries: u32) -> Outcome {
    let Some(code) = error.integer("code") else { return unclear(status) };
    let read = read_error(error);
    let detail = read.details.or_else(|| read.title.map(Text::new));
    let failure = |reason| Failure { reason, code: Some(code), detail };
    let trace = error.text("fbtrace_id").unwrap_or_default();
    tracing::info!(http.status = status, meta.code = code, meta.trace = %trace, "the Graph API answered with an error");
    match verdict(code, error.integer("error_subcode")) {
        Verdict::Again(backoff) => Outcome::NotYet(backoff.after(tries)),
        Verdict::Refused(reason) => Outcome::Refused(failure(reason)),
        Verdict::Unauthorised => Outcome::Unauthorised(failure(Reason::Unauthorised)),
        Verdict::Ambiguous => Outcome::Unknown,
    }
}

/// What a refusal of a read receipt means. Nothing is lost by a repetition, so a code that leaves it open means again.
fn refused(status: u16, answer: &[u8]) -> Marked {
    let text = legible(answer);
    let error = Object::read(&text).and_then(|answer| answer.object("error"));
    let code = error.as_ref().and_then(|error| error.integer("code"));
    tracing::info!(http.status = status, meta.code = code, "the Graph API refused a read receipt");
    match code.map(|code| verdict(code, error.as_ref().and_then(|error| error.integer("error_subcode")))) {
        Some(Verdict::Refused(_) | Verdict::Unauthorised) => Marked::Refused(code),
        Some(Verdict::Again(_) | Verdict::Ambiguous) | None => Marked::Again,
    }
}

fn unclear(status: u16) -> Outcome {
    tracing::warn!(http.status = status, "the Graph API's answer leaves open whether it took the message");
    Outcome::Unknown
}
