//! Meta's Graph API as far as sends, photos and checks of numbers go: it accepts messages, once for each post, and remembers
//! them; every photo that it is asked for is the same, and every number is as it should be. A story chooses its answers, and
//! faults can be injected into its calls.

use crate::calls::{Calls, Fault};
use domain::channels::channels::NEEDED_PERMISSIONS;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use whatsapp::transport::{Transport, TransportError};

/// Every fault that a post can have.
const FAULTS: [Fault; 8] = [
    Fault::CrashBefore,
    Fault::CrashAfter,
    Fault::FailBefore,
    Fault::FailAfter,
    Fault::Throttle,
    Fault::Delay,
    Fault::Unclear,
    Fault::Garbled,
];

/// The bytes of every photo, and their SHA-256 digest in base64.
const PHOTO: &[u8] = b"a photo";
pub(crate) const PHOTO_DIGEST: &str = "1OJNdJpP4vFhry3pE8BAKwTjrih9r9D52/pKXFbGkoU=";

/// The number that every signup shares, and its account.
pub(crate) const SHARED_NUMBER: &str = "106540352242933";
pub(crate) const SHARED_ACCOUNT: &str = "102290129340399";

/// Where the bytes of a photo are.
const PHOTO_URL: &str = "/photo";

/// A message that Meta accepted: it will reach the customer.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) text: String,
    /// Our name for it, the callback data.
    pub(crate) callback_data: String,
    pub(crate) wamid: String,
    /// The `Authorization` header of the post.
    pub(crate) authorization: String,
}

/// How Meta answers a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Accepts,
    /// It accepts the message, and the answer never arrives.
    AcceptsSilently,
    /// It refuses with this code.
    Refuses(i64),
    /// It accepts the message, answers with this code, and reports soon that the message was delivered.
    AcceptsAndRefuses(i64),
}

/// The Graph API. Clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Meta {
    calls: Calls,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    accepted: Vec<Accepted>,
    to_report: Vec<Accepted>,
    answers: VecDeque<Answer>,
    read: BTreeSet<String>,
}

impl Meta {
    pub(crate) fn new(calls: Calls) -> Self {
        Self { calls, state: Arc::default() }
    }

    /// The accepted messages in their order.
    pub(crate) fn accepted(&self) -> Vec<Accepted> {
        self.state().accepted.clone()
    }

    /// The messages of customers of which it was told that they were read.
    pub(crate) fn read(&self) -> BTreeSet<String> {
        self.state().read.clone()
    }

    /// The messages that it will report as delivered, each once.
    pub(crate) fn take_to_report(&self) -> Vec<Accepted> {
        std::mem::take(&mut self.state().to_report)
    }

    /// Sets the answers to the next posts; after them it accepts everything.
    pub(crate) fn will(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state().answers.extend(answers);
    }

    async fn answer(self, message: Value, authorization: String) -> Result<http::Response<Vec<u8>>, TransportError> {
        match self.calls.fault(&FAULTS).await {
            Some(Fault::FailBefore) => Err(TransportError::BeforeSending("planned".to_owned())),
            Some(Fault::Throttle) => reply(429, &refusal(130_429)),
            Some(Fault::Unclear) => reply(500, &refusal(131_000)),
            Some(Fault::Garbled) => {
                let _ = self.take_effect(&message, &authorization);
                Ok(http::Response::new(b"{\"messages\":[{\"id\"".to_vec()))
            }
            Some(Fault::FailAfter) => {
                let _ = self.take_effect(&message, &authorization);
                Err(lost())
            }
            Some(Fault::CrashAfter) => {
                let _ = self.take_effect(&message, &authorization);
                self.calls.crash().await
            }
            Some(
                Fault::CrashBefore | Fault::Delay | Fault::Conflict | Fault::Repeat | Fault::Stale | Fault::Partial,
            )
            | None => self.take_effect(&message, &authorization),
        }
    }

    /// Says where a photo is, or gives its bytes.
    async fn give(self, uri: http::Uri) -> Result<http::Response<Vec<u8>>, TransportError> {
        let whole = given(&uri);
        match self.calls.fault(&FAULTS).await {
            Some(Fault::FailBefore) => Err(TransportError::BeforeSending("planned".to_owned())),
            Some(Fault::FailAfter) => Err(lost()),
            Some(Fault::Throttle) => reply(429, &refusal(130_429)),
            Some(Fault::Unclear) => reply(500, &refusal(131_000)),
            Some(Fault::Garbled) => Ok(http::Response::new(whole[..whole.len() / 2].to_vec())),
            Some(Fault::CrashAfter) => self.calls.crash().await,
            Some(
                Fault::CrashBefore | Fault::Delay | Fault::Conflict | Fault::Repeat | Fault::Stale | Fault::Partial,
            )
            | None => Ok(http::Response::new(whole)),
        }
    }

    fn take_effect(&self, message: &Value, authorization: &str) -> Result<http::Response<Vec<u8>>, TransportError> {
        if message["status"] == "read" {
            self.state().read.extend(message["message_id"].as_str().map(str::to_owned));
            return reply(200, &json!({"success": true}));
        }
        let answer = self.state().answers.pop_front().unwrap_or(Answer::Accepts);
        match answer {
            Answer::Accepts => {
                let wamid = self.accept(message, authorization, answer);
                reply(200, &json!({"messaging_product": "whatsapp", "messages": [{"id": wamid}]}))
            }
            Answer::AcceptsSilently => {
                self.accept(message, authorization, answer);
                Err(lost())
            }
            Answer::Refuses(code) => reply(400, &refusal(code)),
            Answer::AcceptsAndRefuses(code) => {
                self.accept(message, authorization, answer);
                reply(400, &refusal(code))
            }
        }
    }

    fn accept(&self, message: &Value, authorization: &str, answer: Answer) -> String {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut state = self.state();
        let wamid = format!("wamid.ours-{}", state.accepted.len());
        state.accepted.push(Accepted {
            text: text(&message["text"]["body"]),
            callback_data: text(&message["biz_opaque_callback_data"]),
            wamid: wamid.clone(),
            authorization: authorization.to_owned(),
        });
        if matches!(answer, Answer::AcceptsAndRefuses(_)) {
            let accepted = state.accepted.last().cloned();
            state.to_report.extend(accepted);
        }
        wamid
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Meta {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        // What is no message changes nothing that a story looks at.
        let is_message = request.uri().path().ends_with("/messages");
        if request.method() == http::Method::GET || !is_message {
            return self.clone().give(request.uri().clone()).boxed();
        }
        let message = serde_json::from_slice(request.body()).unwrap_or_default();
        let authorization = request.headers().get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        self.clone().answer(message, authorization.unwrap_or_default().to_owned()).boxed()
    }
}

/// What a GET is answered: the bytes of a photo, a report about a number or its token, or the node of a photo.
fn given(uri: &http::Uri) -> Vec<u8> {
    let is_of_number = uri.query().is_some_and(|query| query.starts_with("fields="));
    let answer = match uri.path().rsplit('/').next() {
        Some("photo") => return PHOTO.to_vec(),
        Some("access_token") => json!({"access_token": "EAAG-the-token-of-a-signup", "token_type": "bearer"}),
        Some("phone_numbers") if uri.path().contains(SHARED_ACCOUNT) => {
            json!({"data": [{"id": SHARED_NUMBER, "display_phone_number": "+1 555-078-3882", "status": "CONNECTED"}]})
        }
        Some("message_qrdls" | "flows") => json!({"data": []}),
        Some("settings") => json!({"calling": {"status": "DISABLED"}}),
        Some("phone_numbers") => json!({"data": [{"id": testkit::account().phone_number_id}]}),
        Some("subscribed_apps") => json!({"data": [{"whatsapp_business_api_data": {"id": "1", "name": "Leadwire"}}]}),
        Some("debug_token") => {
            let granted = json!([{"scope": NEEDED_PERMISSIONS[1], "target_ids": [SHARED_ACCOUNT]}]);
            json!({"data": {
                "app_id": "1", "is_valid": true, "expires_at": 0, "scopes": NEEDED_PERMISSIONS, "granular_scopes": granted,
            }})
        }
        Some(id) if is_of_number => {
            json!({"id": id, "display_phone_number": "15550783881", "status": "CONNECTED", "currency": "INR"})
        }
        Some(_) | None => {
            let base = format!("{}://{}", uri.scheme_str().unwrap_or("http"), uri.host().unwrap_or_default());
            json!({
                "url": format!("{base}{PHOTO_URL}"), "mime_type": "image/jpeg", "sha256": PHOTO_DIGEST,
                "file_size": PHOTO.len().to_string(),
            })
        }
    };
    answer.to_string().into_bytes()
}

fn lost() -> TransportError {
    TransportError::OnTheWay("planned".to_owned())
}

fn refusal(code: i64) -> Value {
    json!({"error": {"code": code, "message": "planned", "type": "OAuthException", "fbtrace_id": "A"}})
}

fn reply(status: u16, body: &Value) -> Result<http::Response<Vec<u8>>, TransportError> {
    let mut response = http::Response::new(body.to_string().into_bytes());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}
