//! Sending a message.

use crate::app::App;
use crate::auth::{Caller, Viewing};
use crate::body::JsonBody;
use crate::openapi::describe::{Answer, Operation, Output};
use crate::openapi::headers;
use crate::openapi::schemas::Schemas;
use crate::problem::Problem;
use crate::sending::accept::{Accepted, accept, settled};
use crate::sending::key::IdempotencyKey;
use crate::sending::prefer::{self, Wait};
use crate::sending::request::{SendBody, SendRequest};
use crate::views::E164;
use crate::views::leads::LeadNames;
use crate::views::messages::{ErrorView, MessageStatus};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::visibility::Viewer;
use domain::{ConversationId, LeadId, MessageId, Text, Timestamp, Wamid};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What came of a request to send.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SentMessage")]
struct SendView {
    /// Whether nothing has gone wrong so far.
    success: bool,
    /// WhatsApp's id of the message once it is known, else ours.
    message_id: String,
    /// Our id of the message.
    id: MessageId,
    /// WhatsApp's id of the message; null until it has one.
    wamid: Option<Wamid>,
    /// How far it has come.
    status: MessageStatus,
    /// What the lead is called.
    recipient: Text,
    /// The lead's phone; null if WhatsApp has not told it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// The text.
    message: Text,
    /// The lead.
    lead_id: LeadId,
    /// The conversation in which it stands.
    conversation_id: ConversationId,
    /// Why it failed, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
}

impl SendView {
    fn of(accepted: Accepted, now: Timestamp, names: LeadNames) -> Self {
        let Accepted { place, send } = accepted;
        let error = ErrorView::of(&send);
        let message_id = send.wamid.as_ref().map_or_else(|| send.id.to_string(), |wamid| wamid.as_str().to_owned());
        Self {
            success: error.is_none(),
            message_id,
            id: send.id,
            status: send.shown(now).into(),
            recipient: place.name(names),
            phone: place.phone(names),
            message: send.body,
            wamid: send.wamid,
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
        let meanings = [(200, "WhatsApp has answered, yes or no."), (202, "It is accepted, and will be sent.")];
        for (status, meaning) in meanings {
            let answer = Answer::json::<SendView>(meaning, schemas).with_header(headers::APPLIED);
            operation.answers.insert(status, answer);
        }
    }
}

/// `POST /api/messages`: sends a text. Answers 202 as soon as the message is accepted. With `Prefer: wait=N` it waits
/// up to N seconds for WhatsApp: 200 says that WhatsApp has answered, also where the answer is no (`success: false`,
/// with the error), so that the caller has the message's id either way. Ten requests of a business may wait at a time;
/// further ones are answered 202 at once, without `Preference-Applied`.
pub(crate) async fn send(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Wait(asked): Wait,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Told, Problem> {
    answer(&app, caller, &viewer, key, &body, asked, Duration::ZERO).await
}

/// `POST /api/whatsapp/send`: sends a text, and waits. The same as `POST /api/messages` for callers that expect
/// WhatsApp's answer at once: it waits up to three seconds, unless `Prefer: wait=N` says otherwise.
pub(crate) async fn send_and_wait(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    key: IdempotencyKey,
    Wait(asked): Wait,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Told, Problem> {
    answer(&app, caller, &viewer, key, &body, asked, prefer::UNASKED).await
}

async fn answer(
    app: &App,
    caller: Caller,
    viewer: &Viewer,
    IdempotencyKey(key): IdempotencyKey,
    body: &SendBody,
    asked: Option<Duration>,
    otherwise: Duration,
) -> Result<Told, Problem> {
    let request = SendRequest::of(body)?;
    let Accepted { place, send } = accept(app, caller, viewer, &request, key.as_deref()).await?;
    let (send, granted) = settled(app, caller.tenant, send, asked.unwrap_or(otherwise)).await?;
    let now = app.clock.now();
    let names = LeadNames { masks_phones: viewer.masks_phones() };
    let status = if send.shown(now).is_settled() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(Told { status, view: SendView::of(Accepted { place, send }, now, names), waited: granted && asked.is_some() })
}
