//! What a caller is told when a request fails: problem documents (RFC 9457). The one file that turns errors into
//! answers. What the caller may know and what only the log may know are separate fields.
//!
//! A problem travels as an extension of its response; [`Problem::document`] writes it out once the request's id is
//! known.

use crate::limits::RightPassword;
use crate::passwords::Unhashed;
use crate::sessions::SessionError;
use crate::views::At;
use crate::views::conversations::AssigneeView;
use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use seal::SealError;
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
    TooLarge,
    UnsupportedMediaType,
    InvalidInput,
    WindowClosed,
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
            Self::AddressTaken | Self::Conflict | Self::Claimed => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidInput
            | Self::WindowClosed
            | Self::NoConnectedNumber
            | Self::NoCountryCode
            | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What a program goes by.
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
            Self::TooLarge => "/problems/too-large",
            Self::UnsupportedMediaType => "/problems/unsupported-media-type",
            Self::InvalidInput => "/problems/invalid-input",
            Self::WindowClosed => "/problems/window-closed",
            Self::NoConnectedNumber => "/problems/no-connected-number",
            Self::NoCountryCode => "/problems/no-country-code",
            Self::KeyReused => "/problems/idempotency-key-reused",
            Self::TooManyRequests => "/problems/too-many-requests",
            Self::Internal => "/problems/internal",
            Self::Unavailable => "/problems/unavailable",
        }
    }

    /// What people read.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be read",
            Self::InvalidJson => "The body is not JSON",
            Self::InvalidParameter => "A parameter is not valid",
            Self::Unauthenticated => "Sign in first",
            Self::WrongCredentials => "Wrong e-mail address or password",
            Self::SignedOut => "This session has ended",
            Self::CodeNeeded => "A code of your second factor is needed",
            Self::WrongCode => "Wrong code",
            Self::EmailNotVerified => "Confirm your email address first",
            Self::SecondFactorNeeded => "Your business asks for a second factor",
            Self::Forbidden => "Your role does not allow this",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "This path does not take this method",
            Self::AddressTaken => "Somebody has this address",
            Self::Conflict => "This cannot be as things are",
            Self::Claimed => "A colleague has this conversation",
            Self::TooLarge => "The body is too large",
            Self::UnsupportedMediaType => "The body has to be JSON",
            Self::InvalidInput => "The input is not valid",
            Self::WindowClosed => "No 24-hour window is open",
            Self::NoConnectedNumber => "No WhatsApp number is connected",
            Self::NoCountryCode => "The phone number has no country code",
            Self::KeyReused => "This idempotency key belongs to another request",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "Try again in a moment",
        }
    }
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct FieldError {
    /// The field, as the body, the query or the header names it.
    field: String,
    /// What is wrong with it, or what was expected.
    detail: String,
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: field.into(), detail: detail.into() }
    }
}

/// Why a request failed: a problem document (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemView<'a> {
    /// The kind of problem: what a program goes by.
    #[serde(rename = "type")]
    kind: &'a str,
    /// The kind of problem, in words.
    title: &'a str,
    /// The HTTP status.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What is wrong with this request.
    detail: &'a str,
    /// The first field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    /// Where the 24-hour window is closed: when it closed, or closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<At>")]
    window_until: Option<&'a str>,
    /// Where a colleague has the conversation: who that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<&'a AssigneeView>,
    /// The id of the request, as in the header `X-Request-Id`.
    request_id: &'a str,
}

/// Why a request fails: what the caller is told, and what only the log is told.
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
            internal: None,
            headers: HeaderMap::new(),
            right_password: None,
        }))
    }

    /// Something that is wrong with one field.
    pub(crate) fn field(kind: Kind, field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let mut problem = Self::new(kind, format!("{field}: {detail}"));
        problem.0.errors.push(FieldError::new(field, detail));
        problem
    }

    /// Input whose fields have these errors, of which there is at least one.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        Self::fields(Kind::InvalidInput, errors)
    }

    /// Several things that are wrong, each with one field.
    pub(crate) fn fields(kind: Kind, errors: Vec<FieldError>) -> Self {
        let lines: Vec<_> = errors.iter().map(|error| format!("{}: {}", error.field, error.detail)).collect();
        let mut problem = Self::new(kind, lines.join("; "));
        problem.0.errors = errors;
        problem
    }

    /// Nobody has signed in, or the token does not hold.
    pub(crate) fn unauthenticated(detail: &str) -> Self {
        let challenge = HeaderValue::from_static("Bearer");
        Self::new(Kind::Unauthenticated, detail).with_header(WWW_AUTHENTICATE, challenge)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("There is no such {what}."))
    }

    /// A colleague has the conversation.
    pub(crate) fn claimed(assignee: AssigneeView) -> Self {
        let name = assignee.name().as_str().to_owned();
        let detail = format!("{name} has this conversation. Ask them to hand it over, or assign it to yourself.");
        let mut problem = Self::new(Kind::Claimed, detail);
        problem.0.title = Some(format!("{name} has this conversation"));
        problem.0.assignee = Some(assignee);
        problem
    }

    /// A defect of ours; `internal` is for the log alone.
    pub(crate) fn internal(internal: impl Into<String>) -> Self {
        let mut problem = Self::new(Kind::Internal, "This is our fault. The request's id helps us to find it.");
        problem.0.internal = Some(internal.into());
        problem
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

    /// What the log is to know beside the status: nothing of what a person wrote, no phone, no token.
    pub(crate) fn for_log(&self) -> &str {
        self.0.internal.as_deref().unwrap_or(self.0.kind.path())
    }

    /// Writes the document into `answer`, which keeps its status and headers.
    pub(crate) fn document(&self, request_id: &str, answer: Response) -> Response {
        let Parts { kind, detail, errors, window_until, title, assignee, .. } = &*self.0;
        let document = ProblemView {
            kind: kind.path(),
            title: title.as_deref().unwrap_or_else(|| kind.title()),
            status: kind.status().as_u16(),
            detail,
            field: errors.first().map(|error| error.field.as_str()),
            errors,
            window_until: window_until.as_deref(),
            assignee: assignee.as_ref(),
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

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let internal = for_log(&error);
        if !error.is_retryable() {
            return Self::internal(internal);
        }
        let mut problem = Self::new(Kind::Unavailable, "The database is busy. The same request may be sent again.")
            .with_header(RETRY_AFTER, HeaderValue::from_static("1"));
        problem.0.internal = Some(internal);
        problem
    }
}

impl From<SealError> for Problem {
    fn from(error: SealError) -> Self {
        if !error.is_retryable() {
            return Self::internal(error.to_string());
        }
        let mut problem = Self::new(Kind::Unavailable, "The key service is busy. The same request may be sent again.")
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
    Problem::not_found("path")
}

/// Answers a method that the path does not take; the `Allow` header says which it does.
pub(crate) async fn no_such_method() -> Problem {
    Problem::new(Kind::MethodNotAllowed, "The Allow header names the methods that this path takes.")
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
