//! Meta's Graph API as far as sends go: it accepts messages, once for each post, and remembers them. A story chooses its
//! answers, and faults can be injected into its calls.

use crate::calls::{Calls, Fault};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use whatsapp::carrier::{Carrier, Lost};

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

/// A message that Meta accepted: it will reach the customer.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) text: String,
    /// Our name for it, the callback data.
    pub(crate) opaque: String,
    pub(crate) wamid: String,
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

    async fn answer(self, message: Value) -> Result<http::Response<Vec<u8>>, Lost> {
        match self.calls.fault(&FAULTS).await {
            Some(Fault::FailBefore) => Err(Lost::BeforeSending("planned".to_owned())),
            Some(Fault::Throttle) => reply(429, &refusal(130_429)),
            Some(Fault::Unclear) => reply(500, &refusal(131_000)),
            Some(Fault::Garbled) => {
                let _ = self.take_effect(&message);
                Ok(http::Response::new(b"{\"messages\":[{\"id\"".to_vec()))
            }
            Some(Fault::FailAfter) => {
                let _ = self.take_effect(&message);
                Err(lost())
            }
            Some(Fault::CrashAfter) => {
                let _ = self.take_effect(&message);
                self.calls.crash().await
            }
            Some(
                Fault::CrashBefore | Fault::Delay | Fault::Conflict | Fault::Repeat | Fault::Stale | Fault::Partial,
            )
            | None => self.take_effect(&message),
        }
    }

    fn take_effect(&self, message: &Value) -> Result<http::Response<Vec<u8>>, Lost> {
        if message["status"] == "read" {
            self.state().read.extend(message["message_id"].as_str().map(str::to_owned));
            return reply(200, &json!({"success": true}));
        }
        let answer = self.state().answers.pop_front().unwrap_or(Answer::Accepts);
        match answer {
            Answer::Accepts => {
                let wamid = self.accept(message, answer);
                reply(200, &json!({"messaging_product": "whatsapp", "messages": [{"id": wamid}]}))
            }
            Answer::AcceptsSilently => {
                self.accept(message, answer);
                Err(lost())
            }
            Answer::Refuses(code) => reply(400, &refusal(code)),
            Answer::AcceptsAndRefuses(code) => {
                self.accept(message, answer);
                reply(400, &refusal(code))
            }
        }
    }

    fn accept(&self, message: &Value, answer: Answer) -> String {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut state = self.state();
        let wamid = format!("wamid.ours-{}", state.accepted.len());
        state.accepted.push(Accepted {
            text: text(&message["text"]["body"]),
            opaque: text(&message["biz_opaque_callback_data"]),
            wamid: wamid.clone(),
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

impl Carrier for Meta {
    fn carry(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, Lost>> {
        let message = serde_json::from_slice(request.body()).unwrap_or_default();
        self.clone().answer(message).boxed()
    }
}

fn lost() -> Lost {
    Lost::OnTheWay("planned".to_owned())
}

fn refusal(code: i64) -> Value {
    json!({"error": {"code": code, "message": "planned", "type": "OAuthException", "fbtrace_id": "A"}})
}

fn reply(status: u16, body: &Value) -> Result<http::Response<Vec<u8>>, Lost> {
    let mut response = http::Response::new(body.to_string().into_bytes());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}
