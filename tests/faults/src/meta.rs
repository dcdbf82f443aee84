//! Meta's Graph API as far as sends go: it takes messages, once for each post, and remembers what it took. What it
//! answers can be set, and befallen by what was planned.

use crate::calls::{Call, Calls, Effect, Fault, Service};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use whatsapp::carrier::{Carrier, Lost};

/// A message that Meta took: it will reach the customer.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it says.
    pub text: String,
    /// The name that we gave it.
    pub opaque: String,
    /// The name that Meta gave it.
    pub wamid: String,
}

/// How Meta answers a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It takes the message.
    Takes,
    /// It takes the message, and the answer never arrives.
    TakesSilently,
    /// It refuses with this code, and takes nothing.
    Refuses(i64),
}

/// The Graph API, and what it took.
#[derive(Clone, Debug)]
pub struct Meta {
    calls: Calls,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    taken: Vec<Taken>,
    moods: VecDeque<Mood>,
}

impl Meta {
    /// A Meta that has taken nothing yet.
    #[must_use]
    pub fn new(calls: Calls) -> Self {
        Self { calls, state: Arc::default() }
    }

    /// What was taken so far, in its order.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    /// How it answers the next posts; after them it takes everything.
    pub fn will(&self, moods: impl IntoIterator<Item = Mood>) {
        self.state().moods.extend(moods);
    }

    /// What it took and how it will answer, as text.
    pub(crate) fn memory(&self) -> String {
        format!("{:?}", self.state())
    }

    async fn answer(self, message: Value) -> Result<http::Response<Vec<u8>>, Lost> {
        let call = Call { service: Service::Graph, operation: "messages".to_owned(), effect: Effect::Writes };
        let lost = || Err(Lost::OnTheWay("planned".to_owned()));
        match self.calls.meet(call).await {
            Some(Fault::FailBefore) => Err(Lost::BeforeSending("planned".to_owned())),
            Some(Fault::Throttle) => reply(429, &refusal(130_429)),
            Some(Fault::Unclear) => reply(500, &refusal(131_000)),
            Some(Fault::Garbled) => {
                self.take(&message);
                reply(200, &Value::Null)
            }
            Some(Fault::FailAfter) => {
                self.take(&message);
                lost()
            }
            Some(Fault::CrashAfter) => {
                self.take(&message);
                self.calls.crash().await
            }
            Some(
                Fault::CrashBefore | Fault::Delay | Fault::Conflict | Fault::Repeat | Fault::Stale | Fault::Partial,
            )
            | None => match self.mood() {
                Mood::Takes => {
                    let wamid = self.take(&message);
                    reply(200, &json!({"messaging_product": "whatsapp", "messages": [{"id": wamid}]}))
                }
                Mood::TakesSilently => {
                    self.take(&message);
                    lost()
                }
                Mood::Refuses(code) => reply(400, &refusal(code)),
            },
        }
    }

    fn mood(&self) -> Mood {
        self.state().moods.pop_front().unwrap_or(Mood::Takes)
    }

    fn take(&self, message: &Value) -> String {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut state = self.state();
        let wamid = format!("wamid.ours-{}", state.taken.len());
        let (text, opaque) = (text(&message["text"]["body"]), text(&message["biz_opaque_callback_data"]));
        state.taken.push(Taken { text, opaque, wamid: wamid.clone() });
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

fn refusal(code: i64) -> Value {
    json!({"error": {"code": code, "message": "planned", "type": "OAuthException", "fbtrace_id": "A"}})
}

fn reply(status: u16, body: &Value) -> Result<http::Response<Vec<u8>>, Lost> {
    let text = if body.is_null() { "{\"messages\":[{\"id\"".to_owned() } else { body.to_string() };
    let mut response = http::Response::new(text.into_bytes());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}
