//! Sending messages.

use crate::app::App;
use crate::inbox::sending::accept::{Accepted, accept, settled};
use crate::inbox::sending::prefer::{self, Wait};
use crate::inbox::sending::request::{SendBody, SendRequest};
use crate::views::E164;
use crate::views::leads::LeadNames;
use crate::views::messages::{ErrorView, MessageStatus};
use crate::web::auth::{Caller, Viewing};
use crate::web::body::JsonBody;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::openapi::describe::{Answer, Operation, Output};
use crate::web::openapi::headers;
use crate::web::openapi::schemas::Schemas;
use crate::web::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::access::visibility::Viewer;
use domain::{ConversationId, LeadId, MessageId, Text, Timestamp, Wamid};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// A message that was accepted for sending.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SentMessage")]
struct SendView {
    /// Whether there has been no error so far.
    success: bool,
    /// WhatsApp's ID of the message if it is known, otherwise ours.
    message_id: String,
    /// Leadwire's ID of the message.
    id: MessageId,
    /// WhatsApp's ID of the message. Null until WhatsApp accepts it.
    wamid: Option<Wamid>,
    /// The delivery status.
    status: MessageStatus,
    /// The lead's name.
    recipient: Text,
    /// The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// What became of the request, as a sentence: `Message sent successfully` once WhatsApp has accepted the message.
    message: &'static str,
    /// The text, or a summary of the content.
    text: Text,
    /// The IDs of the further messages that a long text is sent as, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<MessageId>,
    /// The lead's ID.
    lead_id: LeadId,
    /// The conversation's ID.
    conversation_id: ConversationId,
    /// Why the message failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
}

impl SendView {
    /// What came of `request`.
    fn from_accepted(accepted: Accepted, request: &SendRequest, now: Timestamp, names: LeadNames) -> Self {
        let Accepted { place, send, parts } = accepted;
        let error = ErrorView::from_message(&send);
        let message_id = send.wamid.as_ref().map_or_else(|| send.id.to_string(), |wamid| wamid.as_str().to_owned());
        Self {
            success: error.is_none(),
            message_id,
            id: send.id,
            status: MessageStatus::from_send(&send, now),
            message: match (&error, send.shown(now).is_answered()) {
                (Some(_), _) => "Message not sent",
                (None, true) => "Message sent successfully",
                (None, false) => "Message accepted",
            },
            recipient: place.name(names),
            phone: place.phone(names),
            text: request.content.whole_text().cloned().unwrap_or_else(|| send.content.readable()),
            wamid: send.wamid,
            parts,
            lead_id: place.lead.id,
            conversation_id: send.conversation,
            error,
        }
    }
}

/// What is answered to whoever sends.
pub(crate) struct Told {
    status: StatusCode,
    view: SendView,
    waited: bool,
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let mut answer = (self.status, Json(self.view)).into_response();
        if self.waited {
            answer.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static("wait"));
        }
        answer
    }
}

impl Output for Told {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let meanings =
            [(200, "WhatsApp accepted or rejected the message."), (202, "The message is accepted and will be sent.")];
        for (status, meaning) in meanings {
            let answer = Answer::json::<SendView>(meaning, schemas).with_header(headers::APPLIED);
            operation.answers.insert(status, answer);
        }
    }
}

/// `POST /api/messages`: Send a message. `type` names the kind, and the field of that name has its content. Answers 202 as soon as the message is accepted. With `Prefer: wait=N` it
/// waits up to N seconds for WhatsApp's answer, and then answers 200 even if WhatsApp rejects the message (`success:
/// false` with the error), so that you always get the message's ID. With `sendAt` the message is scheduled. Up to ten requests of a business may wait at a
/// time; others are answered 202 immediately, without `Preference-Applied`.
pub(crate) async fn send_message(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Wait(asked): Wait,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Told, Problem> {
    answer(&app, caller, &viewer, key, &body, asked, Duration::ZERO).await
}

/// `POST /api/whatsapp/send`: Send a message and wait for WhatsApp's answer. Works like `POST /api/messages`, but
/// waits up to three seconds unless `Prefer: wait=N` says otherwise.
pub(crate) async fn send_message_and_wait(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Wait(asked): Wait,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Told, Problem> {
    answer(&app, caller, &viewer, key, &body, asked, prefer::UNASKED).await
}

/// `POST /api/messages/template`: Send an approved template. Works like `POST /api/messages` with `type: template`.
/// WhatsApp delivers templates also while the 24-hour window is closed, and to phone numbers that never wrote: a lead and a
/// conversation are created for them.
pub(crate) async fn send_template(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Wait(asked): Wait,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Told, Problem> {
    answer(&app, caller, &viewer, key, &body.of_template(), asked, Duration::ZERO).await
}

async fn answer(
    app: &App,
    caller: Caller,
    viewer: &Viewer,
    key: IdempotencyKey,
    body: &SendBody,
    asked: Option<Duration>,
    otherwise: Duration,
) -> Result<Told, Problem> {
    let request = SendRequest::parse(body)?;
    waited(app, caller, viewer, key, &request, asked, otherwise).await
}

/// Accepts `request`, and answers without waiting for WhatsApp.
pub(crate) async fn tell(
    app: &App,
    caller: Caller,
    viewer: &Viewer,
    key: IdempotencyKey,
    request: &SendRequest,
) -> Result<Told, Problem> {
    waited(app, caller, viewer, key, request, None, Duration::ZERO).await
}

async fn waited(
    app: &App,
    caller: Caller,
    viewer: &Viewer,
    IdempotencyKey(key): IdempotencyKey,
    request: &SendRequest,
    asked: Option<Duration>,
    otherwise: Duration,
) -> Result<Told, Problem> {
    let Accepted { place, send, parts } = accept(app, caller, viewer, request, key.as_deref()).await?;
    let (send, granted) = settled(app, caller.tenant, send, asked.unwrap_or(otherwise)).await?;
    let now = app.clock.now();
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    let status = if send.shown(now).is_answered() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(Told {
        status,
        view: SendView::from_accepted(Accepted { place, send, parts }, request, now, names),
        waited: granted && asked.is_some(),
    })
}
