//! Sending a message.

use crate::app::App;
use crate::auth::Caller;
use crate::body::JsonBody;
use crate::problem::Problem;
use crate::sending::accept::{Accepted, accept, settled};
use crate::sending::key::IdempotencyKey;
use crate::sending::prefer::{self, wait};
use crate::sending::request::{SendBody, SendRequest};
use crate::views::messages::ErrorView;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{ConversationId, LeadId, MessageId, Text, Timestamp, Wamid};
use serde::Serialize;
use std::time::Duration;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What came of a request to send. `messageId` is WhatsApp's id once it is known, else ours; `id` is always ours.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SendView {
    success: bool,
    message_id: String,
    id: MessageId,
    wamid: Option<Wamid>,
    status: &'static str,
    recipient: Text,
    phone: Option<String>,
    message: Text,
    lead_id: LeadId,
    conversation_id: ConversationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
}

impl SendView {
    fn of(accepted: Accepted, now: Timestamp) -> Self {
        let Accepted { place, send } = accepted;
        let error = ErrorView::of(&send);
        let message_id = send.wamid.as_ref().map_or_else(|| send.id.to_string(), |wamid| wamid.as_str().to_owned());
        Self {
            success: error.is_none(),
            message_id,
            id: send.id,
            status: send.shown(now).word(),
            recipient: place.name(),
            phone: place.phone(),
            message: send.body,
            wamid: send.wamid,
            lead_id: place.lead.id,
            conversation_id: send.conversation,
            error,
        }
    }
}

/// `POST /api/messages`. Answers 202 as soon as the message is accepted. With `Prefer: wait=N` it waits up to N seconds
/// for WhatsApp: 200 says that WhatsApp has answered, also where the answer is no (`success: false`, with the error),
/// so that the caller has the message's id either way.
pub(crate) async fn send(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Response, Problem> {
    answer(&app, caller, key, &body, wait(&headers), Duration::ZERO).await
}

/// `POST /api/whatsapp/send` and `/api/whatsapp/messages/send`: the same for callers that expect WhatsApp's answer at
/// once. They wait ten seconds unless they say otherwise.
pub(crate) async fn send_and_wait(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SendBody>,
) -> Result<Response, Problem> {
    answer(&app, caller, key, &body, wait(&headers), prefer::LONGEST).await
}

async fn answer(
    app: &App,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    body: &SendBody,
    asked: Option<Duration>,
    otherwise: Duration,
) -> Result<Response, Problem> {
    let request = SendRequest::of(body)?;
    let Accepted { place, send } = accept(app, caller, &request, key.as_deref()).await?;
    let send = settled(app, caller.tenant, send, asked.unwrap_or(otherwise)).await?;
    let now = app.clock.now();
    let status = if send.shown(now).is_settled() { StatusCode::OK } else { StatusCode::ACCEPTED };
    let mut answer = (status, Json(SendView::of(Accepted { place, send }, now))).into_response();
    if asked.is_some() {
        answer.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static("wait"));
    }
    Ok(answer)
}
