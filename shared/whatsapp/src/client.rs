//! Posts a message to the Graph API, once, and says what came of it.
//!
//! WhatsApp has no idempotency key: a post that is repeated may arrive twice. So nothing here tries again, and an
//! answer that leaves it open is [`Outcome::Unknown`], never a guess.

use crate::carrier::{Carrier, Lost};
use crate::errors::{Backoff, Verdict, verdict};
use crate::json::{Object, legible};
use crate::statuses::read_error;
use domain::sends::{Address, Failure, Outcome, Reason, Send};
use domain::{PhoneNumberId, Secret, Text, Wamid};
use http::Uri;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use std::sync::Arc;

/// Nothing left this machine: the network comes back, or a person mends the configuration.
const NOT_CONNECTED: Backoff = Backoff::seconds(1, 2, 60);

/// Speaks to the Graph API.
#[derive(Clone, Debug)]
pub struct Client {
    carrier: Arc<dyn Carrier>,
    base: String,
}

impl Client {
    /// `base` is the Graph API's address with its version, such as `https://graph.facebook.com/v26.0`.
    #[must_use]
    pub fn new(carrier: impl Carrier + 'static, base: String) -> Self {
        Self { carrier: Arc::new(carrier), base }
    }

    /// Opens a connection while the function starts, so that the first post does not wait for it. This asks for nothing
    /// that there is, and without a token.
    pub async fn reach(&self) {
        if let Ok(request) = http::Request::get(&self.base).body(Vec::new()) {
            let answer = self.carrier.carry(request).await;
            tracing::debug!(answered = answer.is_ok(), "reached the Graph API");
        }
    }

    /// Posts `send` from `number`. `opaque` is our name for it, which comes back with each status.
    pub async fn send(&self, number: &PhoneNumberId, token: &Secret, send: &Send, opaque: &str) -> Outcome {
        let answer = match self.request(number, token, &TextMessage::of(send, opaque)) {
            Ok(request) => self.carrier.carry(request).await,
            Err(problem) => Err(Lost::BeforeSending(problem)),
        };
        match answer {
            Ok(answer) => outcome(answer.status().is_success(), answer.status().as_u16(), answer.body(), send.tries),
            Err(Lost::BeforeSending(problem)) => {
                tracing::warn!(error = problem, "the Graph API cannot be reached");
                Outcome::NotYet(NOT_CONNECTED.after(send.tries))
            }
            Err(Lost::OnTheWay(problem)) => {
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
            Ok(request) => self.carrier.carry(request).await,
            Err(problem) => Err(Lost::BeforeSending(problem)),
        };
        match answer {
            Ok(answer) if answer.status().is_success() => Marked::Done,
            Ok(answer) => refused(answer.status().as_u16(), answer.body()),
            Err(Lost::BeforeSending(problem) | Lost::OnTheWay(problem)) => {
                tracing::warn!(error = problem, "the Graph API did not take a read receipt");
                Marked::Again
            }
        }
    }

    fn request(
        &self,
        number: &PhoneNumberId,
        token: &Secret,
        message: &impl Serialize,
    ) -> Result<http::Request<Vec<u8>>, String> {
        let url: Uri = format!("{}/{}/messages", self.base.trim_end_matches('/'), number.as_str())
            .parse()
            .map_err(|error: http::uri::InvalidUri| error.to_string())?;
        let body = serde_json::to_vec(message).map_err(|error| error.to_string())?;
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .map_err(|_| "the access token cannot stand in a header".to_owned())?;
        authorization.set_sensitive(true);
        http::Request::post(url)
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .map_err(|error| error.to_string())
    }
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

/// A text message as the Graph API takes it (Cloud API, text messages).
#[derive(Serialize)]
struct TextMessage<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(flatten)]
    to: Recipient<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    text: Body<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ReplyTo<'a>>,
    biz_opaque_callback_data: &'a str,
}

/// Cloud API, user ids: a phone goes into `to`, with `+`, else Meta puts the business's own country before it; a user
/// id goes into `recipient`. A user id in `to` is answered with 200 and never delivered.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Recipient<'a> {
    To(String),
    Recipient(&'a str),
}

#[derive(Serialize)]
struct Body<'a> {
    body: &'a str,
    preview_url: bool,
}

#[derive(Serialize)]
struct ReplyTo<'a> {
    message_id: &'a str,
}

impl<'a> TextMessage<'a> {
    fn of(send: &'a Send, opaque: &'a str) -> Self {
        Self {
            messaging_product: "whatsapp",
            recipient_type: "individual",
            to: match &send.to {
                Address::Phone(phone) => Recipient::To(phone.e164()),
                Address::Bsuid(id) => Recipient::Recipient(id.as_str()),
            },
            kind: "text",
            text: Body { body: send.body.as_str(), preview_url: send.preview_url },
            context: send.reply_to.as_ref().map(|wamid| ReplyTo { message_id: wamid.as_str() }),
            biz_opaque_callback_data: opaque,
        }
    }
}

/// What an answer says of the send. An error's code decides and not the HTTP status, which is not reliable.
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
