//! Meta's answers to a message: the first line is the HTTP status, the rest the body.

use crate::json::{fields, items, text};
use crate::{NOW, first_line};
use domain::inbox::outbound_messages::{Address, LIFETIME, OutboundMessage, Outcome, SendState};
use domain::inbox::statuses::Delivery;
use domain::{ChannelId, ConversationId, HistoryId, MessageId, OutboundContent, Phone, PhoneNumberId, Secret};
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use whatsapp::transport::{Transport, TransportError};
use whatsapp::{Client, errors};

/// The longest that Meta asks anybody to wait.
const LONGEST: Duration = Duration::from_secs(600);

/// What was posted is what was to be said, once; it counts as accepted only where a message of Meta's is named, and as
/// not sent only where Meta gave a code that says so.
pub fn run(bytes: &[u8]) {
    let (line, body) = first_line(bytes);
    let status = std::str::from_utf8(line).ok().and_then(|line| line.trim().parse().ok());
    let status = status.and_then(|code: u16| http::StatusCode::from_u16(code).ok()).unwrap_or_default();
    // An answer that is no text that can be sent stands for one that is.
    let said = OutboundContent::text(String::from_utf8_lossy(body));
    let said = said.or_else(|_| OutboundContent::text("hello")).expect("it is short");
    let send = send(said, body.len());
    let meta = Meta { status, body: body.to_vec(), posted: Arc::default() };
    let client = Client::new(meta.clone(), "https://graph.facebook.com/v26.0".to_owned());
    let number = PhoneNumberId::parse("1000001").expect("it has characters");
    let outcome = client.send(&number, &Secret::new("token"), &send, "lw1.name", &[]).now_or_never();
    let outcome = outcome.expect("Meta answers at once");
    assert_eq!(*meta.posted.lock().unwrap_or_else(PoisonError::into_inner), [words(&send)]);

    let answer = text(body);
    match outcome {
        Outcome::Accepted(wamid) => {
            assert!(status.is_success(), "{status}");
            let named = names(&answer).iter().any(|id| id == wamid.as_str());
            assert!(named || answer.contains("\\u"), "{wamid:?} is not in the answer");
        }
        Outcome::Refused(failure) | Outcome::Unauthorised(failure) => {
            assert!(failure.code.and_then(errors::meaning).is_some(), "{failure:?}");
        }
        Outcome::NotYet(pause) => {
            assert!(answer.contains("error") || answer.contains("\\u"), "it was not said why to wait");
            assert!(pause > Duration::ZERO && pause <= LONGEST, "{pause:?}");
        }
        Outcome::Unknown => {}
    }
}

fn send(content: OutboundContent, tries: usize) -> OutboundMessage {
    OutboundMessage {
        id: MessageId::from_parts(NOW, 3),
        conversation: ConversationId { history: HistoryId::from_parts(NOW, 1), channel: ChannelId::from_parts(NOW, 2) },
        to: Address::Phone(Phone::parse("34600111222").expect("it is one")),
        bsuid: None,
        content,
        reply_to: None,
        part_of: None,
        retry_of: None,
        unless_written_since: None,
        confirms_opt_out: false,
        after: None,
        price: None,
        fallback: None,
        booking: None,
        state: SendState::Queued { not_before: None, refusal: None, is_probe: false },
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        redriven: 0,
        queued: NOW,
        expires: NOW.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    }
}

/// What the text that is sent says.
fn words(send: &OutboundMessage) -> String {
    match &send.content {
        OutboundContent::Text(text) => text.body.as_str().to_owned(),
        other => other.readable().as_str().to_owned(),
    }
}

/// The ids of the messages that an answer names.
fn names(answer: &str) -> Vec<String> {
    let messages = fields(answer).unwrap_or_default().into_iter().filter(|(name, _)| name == "messages");
    let messages = messages.flat_map(|(_, list)| items(list).unwrap_or_default());
    let ids = messages.flat_map(|message| fields(message).unwrap_or_default()).filter(|(name, _)| name == "id");
    ids.map(|(_, id)| serde_json::from_str(id).unwrap_or_else(|_| id.to_owned())).collect()
}

/// Meta, with one answer for everything.
#[derive(Clone, Debug)]
struct Meta {
    status: http::StatusCode,
    body: Vec<u8>,
    posted: Arc<Mutex<Vec<String>>>,
}

impl Transport for Meta {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        let posted: Value = serde_json::from_slice(request.body()).expect("what is posted is JSON");
        let text = posted["text"]["body"].as_str().expect("with a text").to_owned();
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        let mut answer = http::Response::new(self.body.clone());
        *answer.status_mut() = self.status;
        ready(Ok(answer)).boxed()
    }
}
