//! Problem documents (RFC 9457): what a caller reads when a request fails. The one file that turns errors into answers.
//! What the caller may know and what only the log may know are separate fields.
//!
//! A problem travels as an extension of its response; [`Problem::document`] writes it out once the request's id is
//! known.

use crate::access::password_hashes::Unhashed;
use crate::access::sessions::SessionError;
use crate::views::At;
use crate::views::conversations::AssigneeView;
use crate::web::limits::RightPassword;
use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use blobs::BlobError;
use domain::LeadId;
use encryption::EncryptionError;
use schemars::JsonSchema;
use serde::Serialize;
use store::StoreError;

/// A kind of problem: its type, title and status belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    BadRequest,
    InvalidJson,
    InvalidParameter,
    Unauthenticated,
    WrongCredentials,
    SignedOut,
    CodeNeeded,
    WrongCode,
    Forbidden,
    EmailNotVerified,
    SecondFactorNeeded,
    NotFound,
    MethodNotAllowed,
    AddressTaken,
    Conflict,
    Claimed,
    LeadExists,
    ChangedMeanwhile,
    TooLarge,
    UnsupportedMediaType,
    InvalidInput,
    WindowClosed,
    PriceUnknown,
    PriceChanged,
    OptedOut,
    ConsentNotRecorded,
    NoConnectedNumber,
    NoCountryCode,
    KeyReused,
    TooManyRequests,
    Internal,
    Unavailable,
}

impl Kind {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::InvalidJson | Self::InvalidParameter => StatusCode::BAD_REQUEST,
            Self::Unauthenticated | Self::WrongCredentials | Self::SignedOut | Self::CodeNeeded | Self::WrongCode => {
                StatusCode::UNAUTHORIZED
            }
            Self::Forbidden | Self::EmailNotVerified | Self::SecondFactorNeeded => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::AddressTaken | Self::Conflict | Self::Claimed | Self::LeadExists => StatusCode::CONFLICT,
            Self::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidInput
            | Self::WindowClosed
            | Self::PriceUnknown
            | Self::PriceChanged
            | Self::OptedOut
            | Self::ConsentNotRecorded
            | Self::NoConnectedNumber
            | Self::NoCountryCode
            | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The type, for programs.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::BadRequest => "/problems/bad-request",
            Self::InvalidJson => "/problems/invalid-json",
            Self::InvalidParameter => "/problems/invalid-parameter",
            Self::Unauthenticated => "/problems/unauthenticated",
            Self::WrongCredentials => "/problems/wrong-credentials",
            Self::SignedOut => "/problems/signed-out",
            Self::CodeNeeded => "/problems/code-needed",
            Self::WrongCode => "/problems/wrong-code",
            Self::Forbidden => "/problems/forbidden",
            Self::EmailNotVerified => "/problems/email-not-verified",
            Self::SecondFactorNeeded => "/problems/second-factor-needed",
            Self::NotFound => "/problems/not-found",
            Self::MethodNotAllowed => "/problems/method-not-allowed",
            Self::AddressTaken => "/problems/address-taken",
            Self::Conflict => "/problems/conflict",
            Self::Claimed => "/problems/claimed",
            Self::LeadExists => "/problems/lead-exists",
            Self::ChangedMeanwhile => "/problems/changed-meanwhile",
            Self::TooLarge => "/problems/too-large",
            Self::UnsupportedMediaType => "/problems/unsupported-media-type",
            Self::InvalidInput => "/problems/invalid-input",
            Self::WindowClosed => "/problems/window-closed",
            Self::PriceUnknown => "/problems/price-unknown",
            Self::PriceChanged => "/problems/price-changed",
            Self::OptedOut => "/problems/opted-out",
            Self::ConsentNotRecorded => "/problems/consent-not-recorded",
            Self::NoConnectedNumber => "/problems/no-connected-number",
            Self::NoCountryCode => "/problems/no-country-code",
            Self::KeyReused => "/problems/idempotency-key-reused",
            Self::TooManyRequests => "/problems/too-many-requests",
            Self::Internal => "/problems/internal",
            Self::Unavailable => "/problems/unavailable",
        }
    }

    /// The title, for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be read",
            Self::InvalidJson => "The body is not valid JSON",
            Self::InvalidParameter => "Invalid parameter",
            Self::Unauthenticated => "Authentication required",
            Self::WrongCredentials => "Wrong email address or password",
            Self::SignedOut => "The session has ended",
            Self::CodeNeeded => "Two-factor code required",
            Self::WrongCode => "Wrong code",
            Self::EmailNotVerified => "Confirm your email address first",
            Self::SecondFactorNeeded => "Two-factor authentication required",
            Self::Forbidden => "Permission denied",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::AddressTaken => "Email address already in use",
            Self::Conflict => "Conflict with the current state",
            Self::Claimed => "A colleague has this conversation",
            Self::LeadExists => "This lead already exists",
            Self::ChangedMeanwhile => "Changed in the meantime",
            Self::TooLarge => "The body is too large",
            Self::UnsupportedMediaType => "The body must be JSON",
            Self::InvalidInput => "Invalid input",
            Self::WindowClosed => "The 24-hour window is closed",
            Self::PriceUnknown => "The price of the message is unknown",
            Self::PriceChanged => "The message costs more than you agreed to",
            Self::OptedOut => "The customer has opted out",
            Self::ConsentNotRecorded => "The customer's consent is not recorded",
            Self::NoConnectedNumber => "No WhatsApp number is connected",
            Self::NoCountryCode => "The phone number has no country code",
            Self::KeyReused => "Idempotency key already used",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "Temporarily unavailable",
        }
    }
}

/// An error of one input field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct FieldError {
    /// The name of the body field, query parameter or header.
    field: String,
    /// What is wrong with the field, or what is expected.
    detail: String,
}

impl FieldError {
    /// `detail` becomes a sentence, as errors of other crates are none.
    pub(crate) fn new(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: field.into(), detail: sentence(&detail.into()) }
    }
}

/// The text with a capital email and a full stop.
fn sentence(text: &str) -> String {
    let mut emails = text.chars();
    let first = emails.next().map(char::to_uppercase).into_iter().flatten();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    first.chain(emails).chain(end.chars()).collect()
}

/// Why a request failed, as a problem document (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemView<'a> {
    /// The type of problem, for programs.
    #[serde(rename = "type")]
    kind: &'a str,
    /// The type of problem, for people.
    title: &'a str,
    /// The HTTP status code.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What is wrong with this request, and what to do.
    detail: &'a str,
    /// The first invalid field.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// All invalid fields.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    /// When the 24-hour window closed, or will close.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<At>")]
    window_until: Option<&'a str>,
    /// The colleague whom the conversation is assigned to.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<&'a AssigneeView>,
    /// The lead that already has the phone number or email address, if the caller can see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<LeadId>,
    /// The request ID, as in the header `X-Request-Id`.
    request_id: &'a str,
}

/// Why a request fails: what the caller reads, and what only the log says.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    kind: Kind,
    detail: String,
    errors: Vec<FieldError>,
    window_until: Option<String>,
    title: Option<String>,
    assignee: Option<AssigneeView>,
    lead: Option<LeadId>,
    internal: Option<String>,
    headers: HeaderMap,
    right_password: Option<RightPassword>,
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            window_until: None,
            title: None,
            assignee: None,
            lead: None,
            internal: None,
            headers: HeaderMap::new(),
            right_password: None,
        }))
    }

    /// Something that is wrong with one field.
    pub(crate) fn field(kind: Kind, field: &str, detail: impl Into<String>) -> Self {
        Self::fields(kind, vec![FieldError::new(field, detail)])
    }

    /// Input whose fields have these errors, of which there is at least one.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        Self::fields(Kind::InvalidInput, errors)
    }

    /// Several things that are wrong, each with one field.
    pub(crate) fn fields(kind: Kind, errors: Vec<FieldError>) -> Self {
        let lines: Vec<_> = errors.iter().map(|error| format!("{}: {}", error.field, error.detail)).collect();
        let mut problem = Self::new(kind, lines.join(" "));
        problem.0.errors = errors;
        problem
    }

    /// The request has no valid token or key.
    pub(crate) fn unauthenticated(detail: &str) -> Self {
        let challenge = HeaderValue::from_static("Bearer");
        Self::new(Kind::Unauthenticated, detail).with_header(WWW_AUTHENTICATE, challenge)
    }

    /// No object called `what` has the ID of the request, or the caller may not see it.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("There is no {what} with this ID, or you do not have access to it."))
    }

    /// The same problem, or `instead` where something was not found: what an ID in a body names is no path. A table that did
    /// not answer stays one.
    pub(crate) fn if_missing(self, instead: impl FnOnce() -> Self) -> Self {
        if self.0.kind == Kind::NotFound { instead() } else { self }
    }

    /// The business has no connected number.
    pub(crate) fn not_connected() -> Self {
        let detail = "This business has no connected WhatsApp number. Connect a number first.";
        Self::new(Kind::NoConnectedNumber, detail)
    }

    /// The channel that the field `channelId` names is not there.
    pub(crate) fn no_such_channel() -> Self {
        Self::field(Kind::NotFound, "channelId", "There is no channel with this ID.")
    }

    /// A colleague has the conversation.
    pub(crate) fn claimed(assignee: AssigneeView) -> Self {
        let name = assignee.name().as_str().to_owned();
        let detail =
            format!("This conversation is assigned to {name}. Ask them to hand it over, or assign it to yourself.");
        let mut problem = Self::new(Kind::Claimed, detail);
        problem.0.title = Some(format!("{name} has this conversation"));
        problem.0.assignee = Some(assignee);
        problem
    }

    /// A defect of ours; `internal` is for the log alone.
    pub(crate) fn internal(internal: impl Into<String>) -> Self {
        let mut problem =
            Self::new(Kind::Internal, "Something went wrong on our side. Quote the request ID if you contact support.");
        problem.0.internal = Some(internal.into());
        problem
    }

    /// Something that we depend on does not answer; `internal` is for the log alone.
    pub(crate) fn unavailable(detail: &str, internal: String) -> Self {
        let mut problem = Self::new(Kind::Unavailable, detail).with_header(RETRY_AFTER, HeaderValue::from_static("5"));
        problem.0.internal = Some(internal);
        problem
    }

    /// A phone number does not say its country.
    pub(crate) fn no_country_code(field: &str) -> Self {
        let detail =
            "The country code is missing. Put + and the country code before the number, such as +91 98765 43210.";
        Self::field(Kind::NoCountryCode, field, detail)
    }

    /// Names the lead that stands in the way.
    pub(crate) fn with_lead(mut self, lead: Option<LeadId>) -> Self {
        self.0.lead = lead;
        self
    }

    /// Says when the window shut, or shuts.
    pub(crate) fn with_window(mut self, until: Option<domain::Timestamp>) -> Self {
        self.0.window_until = until.map(|at| at.to_string());
        self
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.0.headers.extend(headers);
        self
    }

    /// Says that the caller knew the password.
    pub(crate) fn with_right_password(mut self, right_password: RightPassword) -> Self {
        self.0.right_password = Some(right_password);
        self
    }

    /// What the log says besides the status: nothing of what a person wrote, no phone, no token.
    pub(crate) fn for_log(&self) -> &str {
        self.0.internal.as_deref().unwrap_or(self.0.kind.path())
    }

    /// Writes the document into `answer`, which keeps its status and headers.
    pub(crate) fn document(&self, request_id: &str, answer: Response) -> Response {
        let Parts { kind, detail, errors, window_until, title, assignee, lead, .. } = &*self.0;
        let document = ProblemView {
            kind: kind.path(),
            title: title.as_deref().unwrap_or_else(|| kind.title()),
            status: kind.status().as_u16(),
            detail,
            field: errors.first().map(|error| error.field.as_str()),
            errors,
            window_until: window_until.as_deref(),
            assignee: assignee.as_ref(),
            lead_id: *lead,
            request_id,
        };
        let (mut parts, _) = answer.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        Response::from_parts(parts, Json(document).into_response().into_body())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut answer = self.0.kind.status().into_response();
        answer.headers_mut().extend(self.0.headers.clone());
        if let Some(right_password) = self.0.right_password.clone() {
            answer.extensions_mut().insert(right_password);
        }
        answer.extensions_mut().insert(self);
        answer
    }
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Unsigned(error) => Self::internal(error.to_string()),
        }
    }
}

impl From<Unhashed> for Problem {
    fn from(error: Unhashed) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        let internal = error.to_string();
        if !error.is_retryable() {
            return Self::internal(internal);
        }
        let mut problem =
            Self::new(Kind::Unavailable, "The store of files is busy. The same request may be sent again.")
                .with_header(RETRY_AFTER, HeaderValue::from_static("1"));
        problem.0.internal = Some(internal);
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let internal = for_log(&error);
        if !error.is_retryable() {
            return Self::internal(internal);
        }
        let mut problem = Self::new(Kind::Unavailable, "The database is busy. Send the same request again.")
            .with_header(RETRY_AFTER, HeaderValue::from_static("1"));
        problem.0.internal = Some(internal);
        problem
    }
}

impl From<EncryptionError> for Problem {
    fn from(error: EncryptionError) -> Self {
        if !error.is_retryable() {
            return Self::internal(error.to_string());
        }
        let mut problem = Self::new(Kind::Unavailable, "The key service is busy. Send the same request again.")
            .with_header(RETRY_AFTER, HeaderValue::from_static("1"));
        problem.0.internal = Some(error.to_string());
        problem
    }
}

/// The error without what may hold a phone or what a person wrote: an item that cannot be read is named by its key
/// only where that is one of our own ids.
fn for_log(error: &StoreError) -> String {
    match error {
        StoreError::Corrupt { key, .. } => {
            let named = key.starts_with("msg_") || key.contains("#L#");
            let name = if named { key.clone() } else { format!("#{}", domain::digest::hex(&[key])) };
            format!("the item {name} cannot be read")
        }
        StoreError::Throttled | StoreError::Conflict | StoreError::Unavailable(_) | StoreError::Rejected(_) => {
            error.to_string()
        }
    }
}

/// Answers a path that the API does not have.
pub(crate) async fn no_such_path() -> Problem {
    Problem::new(Kind::NotFound, "There is no such path. GET /api/openapi.json lists all paths.")
}

/// Answers a method that the path does not take; the `Allow` header says which it does.
pub(crate) async fn no_such_method() -> Problem {
    Problem::new(Kind::MethodNotAllowed, "Use one of the methods that the Allow header lists.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_succeed_later_is_a_503_that_says_when() {
        for error in [StoreError::Throttled, StoreError::Conflict, StoreError::Unavailable("timed out".into())] {
            let answer = Problem::from(error).into_response();
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answer.headers().get("retry-after").unwrap(), "1");
        }
        let answer = Problem::from(StoreError::Rejected("no such table".into())).into_response();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.headers().get("retry-after").is_none());
    }

    #[test]
    fn the_log_names_an_item_without_a_phone_and_without_its_content() {
        let corrupt = |key: &str| StoreError::Corrupt { key: key.into(), problem: "unknown variant `secret`".into() };
        let phone = Problem::from(corrupt("T#01M3#ID#phone#919876543210 ID"));
        assert!(!phone.for_log().contains("98765") && !phone.for_log().contains("secret"), "{}", phone.for_log());
        let lead = Problem::from(corrupt("T#01M3#L#01M4 LEAD"));
        assert_eq!(lead.for_log(), "the item T#01M3#L#01M4 LEAD cannot be read");
    }
}
