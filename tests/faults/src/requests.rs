//! What is asked from outside: Meta posts until it is answered with 200, agents ask until they are answered.

use crate::customer::{self, Customer};
use crate::post::{self, Ask, NEVER, Request, Told};
use crate::template::neighbour;
use crate::workers::{Done, Work};
use crate::world::World;
use domain::leads::Stage;
use futures::FutureExt;
use http::Method;
use runtime::Clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// After what time Meta delivers again, and an agent asks again.
const AGAIN: Duration = Duration::from_secs(20);

impl World {
    /// Meta posts this body, until it is answered with 200.
    pub fn post(&mut self, body: Vec<u8>) {
        self.request(Request::Post(body));
    }

    /// The same for what may concern the other business too.
    pub fn post_to_both(&mut self, body: Vec<u8>) {
        self.calls.acts(neighbour().bare());
        self.post(body);
    }

    /// Meta says how what it took as `text` fares, if it took it: `seconds` after the world began.
    pub fn say(&mut self, text: &str, word: &str, seconds: i64, to: &Customer) {
        if let Some(taken) = self.meta.taken().into_iter().find(|taken| taken.text == text) {
            self.failed.extend((word == "failed").then(|| text.to_owned()));
            self.post(customer::status(&taken.wamid, Some(&taken.opaque), word, seconds, to));
        } else {
            self.beat += 1;
        }
    }

    /// The same without the name that we gave it.
    pub fn say_without_name(&mut self, text: &str, word: &str, seconds: i64, to: &Customer) {
        if let Some(taken) = self.meta.taken().into_iter().find(|taken| taken.text == text) {
            self.post(customer::status(&taken.wamid, None, word, seconds, to));
        } else {
            self.beat += 1;
        }
    }

    /// An agent asks to send `text` to a customer, and asks again under the same key until answered.
    pub fn send(&mut self, to: &Customer, text: &str) {
        self.send_under(&format!("key-{}", self.asked), to, text);
    }

    /// The same under a key that may have been used before.
    pub fn send_under(&mut self, key: &str, to: &Customer, text: &str) {
        self.request_send(text, json!({"phoneNumber": to.phone(), "text": text}), Some(key.to_owned()), true);
    }

    /// The same, asked once and without a key.
    pub fn send_once(&mut self, to: &Customer, text: &str) {
        self.request_send(text, json!({"phoneNumber": to.phone(), "text": text}), None, false);
    }

    /// An agent answers the message called `wamid`.
    pub fn reply(&mut self, to: &Customer, wamid: &str, text: &str) {
        let body = json!({"phoneNumber": to.phone(), "text": text, "replyTo": wamid});
        self.request_send(text, body, Some(format!("key-{}", self.asked)), true);
    }

    /// What those who asked to send were told.
    #[must_use]
    pub const fn told(&self) -> &BTreeMap<String, Told> {
        &self.told
    }

    /// An agent has read what the lead at this place of the list wrote, if there is any.
    pub fn read(&mut self, place: usize) {
        self.about_lead(place, |lead| {
            let conversation = lead["conversations"][0].as_str()?;
            Some(Ask::post(&format!("/api/conversations/{conversation}/read"), json!({})))
        });
    }

    /// An agent moves the lead at this place of the list, if there is any.
    pub fn move_to(&mut self, place: usize, stage: Stage) {
        self.about_lead(place, |lead| {
            let path = format!("/api/leads/{}", lead["id"].as_str()?);
            Some(Ask { method: Method::PATCH, ..Ask::post(&path, json!({"stage": stage.word()})) })
        });
    }

    /// The owner invites somebody.
    pub fn invite(&mut self, email: &str) {
        let ask = Ask::post("/api/users", json!({"email": email, "role": "agent"}));
        self.request(Request::Invitation(email.to_owned(), ask));
    }

    fn about_lead(&mut self, place: usize, ask: impl FnOnce(&Value) -> Option<Ask>) {
        if !self.goes_on() {
            return;
        }
        let leads = self.get("/api/leads?limit=100");
        let leads = leads["items"].as_array().map_or(&[][..], Vec::as_slice);
        if let Some(ask) = leads.get(place % leads.len().max(1)).and_then(ask) {
            self.request(Request::Deed(ask));
        }
    }

    fn request_send(&mut self, text: &str, body: Value, key: Option<String>, patient: bool) {
        let ask = Ask { key, ..Ask::post("/api/messages", body) };
        self.told.insert(text.to_owned(), Told::Nothing);
        self.request(Request::Send { text: text.to_owned(), ask, patient, times: 0 });
    }

    fn request(&mut self, request: Request) {
        self.beat += 1;
        self.requests.insert(self.asked, (self.now(), request));
        self.asked += 1;
    }

    /// The requests that are to be answered now.
    pub(crate) fn due_requests(&self) -> Vec<usize> {
        self.requests.iter().filter(|(_, (at, _))| *at <= self.now()).map(|(id, _)| *id).collect()
    }

    /// Lets a request be answered once. It is asked again until its answer is satisfying.
    pub(crate) fn begin(&mut self, id: usize) {
        let Some((at, request)) = self.requests.get_mut(&id) else { return };
        *at = self.clock.now().plus(AGAIN);
        let accepts = self.variant.always_accepts();
        let request = match request {
            Request::Post(body) => post::posted(&self.account, body.clone()),
            Request::Send { ask, patient, times, .. } => {
                *times += 1;
                if !*patient {
                    *at = NEVER;
                }
                post::asked(&self.stack, &self.account, ask)
            }
            Request::Deed(ask) | Request::Invitation(_, ask) => post::asked(&self.stack, &self.account, ask),
        };
        let gateway = self.stack.gateway();
        let answered = async move {
            let (status, json) = post::read(gateway.serve(request).await).await;
            Done::Answered(id, if accepts { 200 } else { status }, json)
        };
        let ended = self.workers.begin(Work::new(None, self.clock.now(), answered.boxed()), &self.calls);
        self.end(ended);
    }

    /// Hears the answer to a request.
    pub(crate) fn answered(&mut self, id: usize, status: u16, json: &Value) {
        let satisfied = match self.requests.get(&id) {
            None => return,
            Some((_, Request::Post(_))) => status == 200,
            Some((_, Request::Send { text, patient, times, .. })) => {
                let told = match status {
                    200 | 202 => Told::Accepted(json["id"].as_str().unwrap_or_default().to_owned()),
                    401 | 500.. if *patient => return,
                    500.. => Told::Nothing,
                    // The first asking may hang, and be granted when the customer has written meanwhile.
                    _ if *times > 1 => Told::Nothing,
                    _ => Told::Refused(status),
                };
                self.told.insert(text.clone(), told);
                true
            }
            // A token runs out where hours pass while somebody is at work; whoever asks again has a new one.
            Some((_, Request::Deed(_) | Request::Invitation(..))) if matches!(status, 401 | 429 | 500..) => false,
            Some((_, Request::Deed(ask) | Request::Invitation(_, ask))) if status >= 300 => {
                self.calls.accuse(format!("{} {} was refused with {status}: {json}", ask.method, ask.path));
                true
            }
            Some((_, Request::Deed(_))) => true,
            Some((_, Request::Invitation(email, _))) => {
                self.invited.insert(email.clone());
                true
            }
        };
        if satisfied {
            self.requests.remove(&id);
        }
    }
}
