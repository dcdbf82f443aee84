//! What front ends that link phones command: to create a session, to send from it, to end it. The API does it; its answer
//! becomes a frame.

use crate::api::request;
use crate::session::Session;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::inbox::realtime::{Connection, TICKET_LIFE, Ticket, pass_digest};
use domain::{PhoneSessionId, TenantId, digest};
use http::{HeaderValue, Method, Request};
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;

/// API Gateway takes frames of at most 32 KB.
const LONGEST: usize = 32 * 1024;

/// A command.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Command {
    /// A QR code is wanted.
    CreateSession,
    /// A text is to be sent. The same `request_id` sends once.
    SendMessage { session_id: PhoneSessionId, to: String, message: String, request_id: Option<String> },
    /// A session is to be ended.
    DisconnectSession { session_id: PhoneSessionId },
    /// The front end is there.
    Ping,
}

/// What the API is asked for a command.
enum Asked {
    Creation,
    Message { session_id: PhoneSessionId, to: String, message: String, request_id: Option<String> },
    End { session_id: PhoneSessionId },
}

impl Asked {
    const fn command(&self) -> &'static str {
        match self {
            Self::Creation => "create_session",
            Self::Message { .. } => "send_message",
            Self::End { .. } => "disconnect_session",
        }
    }

    /// The request of the API that does it. `name` tells the frame from others.
    fn request(&self, authorization: &str, name: &str) -> Result<Request<String>, http::Error> {
        let at = |method, path: &str, body: Value| request(method, path, authorization, body.to_string());
        match self {
            Self::Creation => at(Method::POST, "/api/sessions", json!({})),
            Self::Message { session_id, to, message, request_id } => {
                let body = json!({"to": to, "message": message});
                let name = request_id.as_deref().map_or_else(|| name.to_owned(), |id| format!("client {id}"));
                let key = HeaderValue::try_from(digest::hex(&["realtime", &session_id.to_string(), &name]));
                let path = format!("/api/sessions/{session_id}/messages");
                at(Method::POST, &path, body).and_then(|mut request| {
                    request.headers_mut().insert("idempotency-key", key?);
                    Ok(request)
                })
            }
            Self::End { session_id } => at(Method::DELETE, &format!("/api/sessions/{session_id}"), Value::Null),
        }
    }

    /// What is said of the API's answer.
    fn frame(&self, body: &Value) -> Value {
        match self {
            Self::Creation => json!({
                "type": "qr_code", "sessionId": body["id"], "qr": body["qr"], "link": body["link"],
                "expiresAt": body["expiresAt"],
            }),
            Self::Message { session_id, request_id, .. } => json!({
                "type": "message_accepted", "sessionId": session_id, "messageId": body["id"], "requestId": request_id,
            }),
            Self::End { session_id } => {
                json!({"type": "status_update", "sessionId": session_id, "status": "disconnected"})
            }
        }
    }
}

/// Does what a frame commands, and says what came of it.
pub(crate) async fn hear(
    session: Session<'_>,
    tenant: TenantId,
    connection: Connection,
    text: &str,
    name: &str,
) -> Result<(), StoreError> {
    let command = (text.len() <= LONGEST).then(|| serde_json::from_str::<Command>(text).ok()).flatten();
    let asked = match command {
        Some(Command::Ping) => return session.pong(tenant, connection).await,
        Some(Command::CreateSession) => Some(Asked::Creation),
        Some(Command::SendMessage { session_id, to, message, request_id }) => {
            Some(Asked::Message { session_id, to, message, request_id })
        }
        Some(Command::DisconnectSession { session_id }) => Some(Asked::End { session_id }),
        None => None,
    };
    let frame = match asked {
        Some(asked) => done(session, tenant, &connection, &asked, name).await?,
        None => {
            let detail = "Send JSON with the type create_session, send_message {sessionId, to, message} or \
                          disconnect_session {sessionId}.";
            json!({"type": "error", "status": 400, "detail": detail})
        }
    };
    session.deps.courier.deliver(vec![session.delivery(tenant, &connection, &frame.to_string())], session.now).await;
    Ok(())
}

async fn done(
    session: Session<'_>,
    tenant: TenantId,
    connection: &Connection,
    asked: &Asked,
    name: &str,
) -> Result<Value, StoreError> {
    let pass = pass(session, tenant, connection).await?;
    let request = asked.request(&format!("Pass {pass}"), &format!("{} {name}", connection.id));
    let failed = |status: u16, detail: Value, errors: Value| json!({"type": "error", "command": asked.command(), "status": status, "detail": detail, "errors": errors});
    let answer = match request {
        Ok(request) => session.deps.api.carry(request).await,
        Err(error) => return Ok(failed(400, json!(error.to_string()), Value::Null)),
    };
    Ok(match answer {
        Ok(answer) if (200..300).contains(&answer.status) => asked.frame(&answer.body),
        Ok(answer) => failed(answer.status, answer.body["detail"].clone(), answer.body["errors"].clone()),
        Err(error) => {
            tracing::warn!(%error, "the API does not do what a connection commands");
            failed(503, json!("The API does not answer. Send the same command again."), Value::Null)
        }
    })
}

/// What lets the API be called once on behalf of the connection's person, under their session.
async fn pass(session: Session<'_>, tenant: TenantId, connection: &Connection) -> Result<String, StoreError> {
    let random = &session.deps.random;
    let bits = [random.u128().to_be_bytes(), random.u128().to_be_bytes()].concat();
    let pass = URL_SAFE_NO_PAD.encode(bits);
    let expires = session.now.plus(TICKET_LIFE);
    let ticket = Ticket { tenant, user: connection.user, session: connection.session, expires };
    session.deps.store.put_ticket(&pass_digest(&pass), &ticket).await?;
    Ok(pass)
}
