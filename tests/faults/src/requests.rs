//! Requests from outside. Meta posts until it is answered with 200, agents ask until they are answered.

use crate::calls::Function;
use crate::customer::{self, Customer};
use crate::template::{colleague, other_tenant};
use crate::workers::{Done, Work};
use crate::world::World;
use axum::body::Body;
use domain::Timestamp;
use domain::stages::Stage;
use futures::FutureExt;
use http::Method;
use leadwire::Stack;
use leadwire::data::Account;
use runtime::Clock;
use serde_json::{Value, json};
use std::time::Duration;

/// After this time Meta delivers again, and an agent asks again.
const AGAIN: Duration = Duration::from_secs(20);

/// After this time Meta reports a message that it accepted with a refusal: between the first two repetitions of its message.
const SOON: Duration = Duration::from_secs(3);

/// The time of a request that is never repeated.
pub(crate) const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// A request that has no satisfying answer yet.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    /// Meta posts this body.
    Webhook(Vec<u8>),
    /// An agent asks for this text to be sent, once if there is no key.
    Send { text: String, ask: Ask, times: u32 },
    /// An agent asks for something else, which there is no reason to refuse.
    Action(Ask),
    /// Somebody asks for something that may be refused, as where an answer was lost; the story goes on with the answer.
    Question(Ask),
}

/// Who calls the API.
#[derive(Clone, Debug, Default)]
pub(crate) enum Caller {
    #[default]
    Owner,
    /// The other owner of the business.
    Colleague,
    /// A program with this key.
    Program(String),
}

/// A call of the API.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    method: Method,
    path: String,
    key: Option<String>,
    body: Option<Value>,
    by: Caller,
}

/// The answer to a request to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was accepted under this id.
    Accepted(String),
    Refused(u16),
    /// No answer came, and nobody asked again.
    Unknown,
}

impl Ask {
    pub(crate) fn get(path: &str) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }

    pub(crate) fn post(path: &str, body: Value) -> Self {
        Self { method: Method::POST, path: path.to_owned(), body: Some(body), ..Self::default() }
    }

    pub(crate) fn patch(path: &str, body: Value) -> Self {
        Self { method: Method::PATCH, ..Self::post(path, body) }
    }

    pub(crate) fn delete(path: &str) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// The same under an idempotency key.
    pub(crate) fn keyed(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    pub(crate) fn by(self, by: Caller) -> Self {
        Self { by, ..self }
    }

    /// The request by which somebody of `account`'s business asks.
    pub(crate) fn request(&self, stack: &Stack, account: &Account) -> http::Request<Body> {
        let key = self.key.as_deref().map(|key| ("idempotency-key", key));
        let token = match &self.by {
            Caller::Owner => testkit::token(stack, account),
            Caller::Colleague => testkit::token(stack, &colleague(account)),
            Caller::Program(key) => key.clone(),
        };
        testkit::request(&token, self.method.clone(), &self.path, key.as_slice(), self.body.clone())
    }
}

impl World {
    /// Meta posts this body until it is answered with 200.
    pub(crate) fn post(&mut self, body: Vec<u8>) {
        self.request(Request::Webhook(body));
    }

    /// The same for a body that may concern the other business too.
    pub(crate) fn post_to_both(&mut self, body: Vec<u8>) {
        self.calls.state().tenants.insert(other_tenant().ulid_str());
        self.post(body);
    }

    /// Meta reports a status of what it accepted as `text`, if it accepted it: `seconds` after the world began.
    pub(crate) fn report(&mut self, text: &str, status: &str, seconds: i64, to: &Customer) {
        self.report_with(text, status, seconds, to, |name| Some(name.to_owned()));
    }

    /// The same, where `callback` makes the callback data from our name for the message.
    pub(crate) fn report_with(
        &mut self,
        text: &str,
        status: &str,
        seconds: i64,
        to: &Customer,
        callback: fn(&str) -> Option<String>,
    ) {
        if let Some(accepted) = self.meta.accepted().into_iter().find(|accepted| accepted.text == text) {
            self.failed.extend((status == "failed").then(|| text.to_owned()));
            let name = callback(&accepted.callback_data);
            self.post(customer::status(&accepted.wamid, name.as_deref(), status, seconds, to));
        }
    }

    /// Meta reports as delivered what it accepted with a refusal.
    pub(crate) fn report_what_was_refused(&mut self) {
        let at = self.now().plus(SOON);
        for accepted in self.meta.take_to_report() {
            let to = Customer::new("Asha", 1);
            let body = customer::status(&accepted.wamid, Some(&accepted.callback_data), "delivered", 3, &to);
            self.requests.insert(self.asked, (at, Request::Webhook(body)));
            self.asked += 1;
        }
    }

    /// An agent asks to send `text` to a customer, and asks again under the same key until answered.
    pub(crate) fn send(&mut self, to: &Customer, text: &str) {
        self.send_under(&format!("key-{}", self.asked), to, text);
    }

    /// The same under a key that may have been used before.
    pub(crate) fn send_under(&mut self, key: &str, to: &Customer, text: &str) {
        self.request_send(text, json!({"phoneNumber": to.phone, "text": text}), Some(key.to_owned()));
    }

    /// An agent asks to send `text` after `time`; with `unless`, only if the customer does not write before.
    pub(crate) fn schedule(&mut self, to: &Customer, text: &str, time: Duration, unless: bool) {
        let at = self.now().plus(time).to_string();
        let body = json!({"phoneNumber": to.phone, "text": text, "sendAt": at, "unlessTheyWrite": unless});
        self.request_send(text, body, Some(format!("key-{}", self.asked)));
    }

    /// The same, asked once and without a key.
    pub(crate) fn send_once(&mut self, to: &Customer, text: &str) {
        self.request_send(text, json!({"phoneNumber": to.phone, "text": text}), None);
    }

    /// An agent replies to the message called `wamid`.
    pub(crate) fn reply(&mut self, to: &Customer, wamid: &str, text: &str) {
        let body = json!({"phoneNumber": to.phone, "text": text, "replyTo": wamid});
        self.request_send(text, body, Some(format!("key-{}", self.asked)));
    }

    /// An agent reads the conversation of the lead at this place of the list, if there is any.
    pub(crate) fn read(&mut self, place: usize) {
        self.about_lead(place, |lead| {
            let conversation = lead["conversations"][0].as_str()?;
            Some(Ask::post(&format!("/api/conversations/{conversation}/read"), json!({})))
        });
    }

    /// An agent takes the conversation of the lead at this place of the list, if there is any.
    pub(crate) fn claim(&mut self, place: usize) {
        self.about_lead(place, |lead| {
            let conversation = lead["conversations"][0].as_str()?;
            Some(Ask::post(&format!("/api/conversations/{conversation}/claim"), json!({})))
        });
    }

    /// An agent gives the conversation of the lead at this place another status, if there is any.
    pub(crate) fn set_status(&mut self, place: usize, status: Value) {
        self.about_lead(place, |lead| {
            let path = format!("/api/conversations/{}", lead["conversations"][0].as_str()?);
            Some(Ask::patch(&path, status))
        });
    }

    /// An agent moves the lead at this place of the list, if there is any.
    pub(crate) fn move_to(&mut self, place: usize, stage: Stage) {
        self.about_lead(place, |lead| {
            let path = format!("/api/leads/{}", lead["id"].as_str()?);
            Some(Ask::patch(&path, json!({"stage": stage.as_str()})))
        });
    }

    /// The owner invites somebody.
    pub(crate) fn invite(&mut self, email: &str) {
        self.invited.insert(email.to_owned());
        self.request(Request::Action(Ask::post("/api/users", json!({"email": email, "role": "agent"}))));
    }

    /// Somebody asks until answered, and everything that follows is done. Gives the status, 0 if no answer ever came, and
    /// the JSON.
    pub(crate) fn ask(&mut self, ask: Ask) -> (u16, Value) {
        let id = self.asked;
        self.request(Request::Question(ask));
        self.settle();
        self.replies.remove(&id).unwrap_or_default()
    }

    fn about_lead(&mut self, place: usize, ask: impl FnOnce(&Value) -> Option<Ask>) {
        let leads = self.get("/api/leads?limit=100");
        let leads = leads["items"].as_array().map_or(&[][..], Vec::as_slice);
        if let Some(ask) = leads.get(place % leads.len().max(1)).and_then(ask) {
            self.request(Request::Action(ask));
        }
    }

    fn request_send(&mut self, text: &str, body: Value, key: Option<String>) {
        let ask = Ask { key, ..Ask::post("/api/messages", body) };
        self.outcomes.insert(text.to_owned(), Outcome::Unknown);
        self.request(Request::Send { text: text.to_owned(), ask, times: 0 });
    }

    fn request(&mut self, request: Request) {
        self.requests.insert(self.asked, (self.now(), request));
        self.asked += 1;
    }

    /// The requests that are due.
    pub(crate) fn due_requests(&self) -> Vec<usize> {
        self.requests.iter().filter(|(_, (at, _))| *at <= self.now()).map(|(id, _)| *id).collect()
    }

    /// Makes a request. It is repeated until its answer is satisfying.
    pub(crate) fn begin(&mut self, id: usize) {
        let Some((at, request)) = self.requests.get_mut(&id) else { return };
        *at = self.clock.now().plus(AGAIN);
        let always_accepts = self.variant.always_accepts();
        let (function, request) = match request {
            Request::Webhook(body) => (Function::Webhook, testkit::delivery(&self.account, body.clone())),
            Request::Send { ask, times, .. } => {
                *times += 1;
                if ask.key.is_none() {
                    *at = NEVER;
                }
                (Function::Api, ask.request(&self.stack, &self.account))
            }
            Request::Action(ask) | Request::Question(ask) => (Function::Api, ask.request(&self.stack, &self.account)),
        };
        let gateway = self.stack.gateway();
        let answered = async move {
            let reply = testkit::ask(&gateway, request).await;
            let status = if always_accepts { 200 } else { reply.status.as_u16() };
            Done::Answered { id, status, json: reply.json }
        };
        let ended = self.workers.begin(Work::requested(function, answered.boxed()), &self.calls);
        self.end(ended);
    }

    /// Takes the answer to a request.
    pub(crate) fn answered(&mut self, id: usize, status: u16, json: &Value) {
        let satisfied = match self.requests.get(&id) {
            None => return,
            Some((_, Request::Webhook(_))) => status == 200,
            Some((_, Request::Send { text, ask, times })) => {
                let outcome = match status {
                    200 | 202 => Outcome::Accepted(json["id"].as_str().unwrap_or_default().to_owned()),
                    401 | 500.. if ask.key.is_some() => return,
                    500.. => Outcome::Unknown,
                    // The first request may hang, and be accepted after the customer has written.
                    _ if *times > 1 => Outcome::Unknown,
                    _ => Outcome::Refused(status),
                };
                self.outcomes.insert(text.clone(), outcome);
                true
            }
            // A token may expire while hours pass; the next request has a new one.
            Some((_, Request::Question(_))) if matches!(status, 429 | 500..) => false,
            Some((_, Request::Question(_))) => {
                self.replies.insert(id, (status, json.clone()));
                true
            }
            Some((_, Request::Action(_))) if matches!(status, 401 | 429 | 500..) => false,
            Some((_, Request::Action(ask))) => {
                if status >= 300 {
                    self.calls.report(format!("{} {} was refused with {status}: {json}", ask.method, ask.path));
                }
                true
            }
        };
        if satisfied {
            self.requests.remove(&id);
        }
    }
}
