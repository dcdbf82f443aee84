//! What is done with an event, wherever it came from, and what has to hold then.

use domain::{MessageId, PhoneNumberId, Taken};
use queue::InboundTask;
use store::table::keys::{CrmKey, Key};
use whatsapp::{Event, EventKind, InboundMessage, ParsedStatus, parse_message, parse_status};

use crate::NOW;

/// Puts the event into a task for the queue, takes it out, and reads it as `inbound` does.
pub(crate) fn handled(event: &Event) {
    let names = event.names();
    assert_eq!([names.dedup.len(), names.group.len()], [32; 2]);
    assert_eq!((names.dedup, names.message), (event.dedup_key(), event.message_key()));
    let body =
        InboundTask::first(Taken { at: NOW, place: 0 }, event.clone()).body().expect("every event can be written");
    assert!(body.chars().all(taken_by_sqs), "SQS would refuse it");
    let back = InboundTask::<Event>::parse(&body).expect("what was written can be read");
    assert_eq!(back.arrived, NOW);
    same(event, &back.event);
    match event.kind {
        EventKind::Message => {
            let message = parse_message(event);
            let again = parse_message(&back.event);
            assert_eq!(message, again);
            if let Ok(message) = message {
                readable(event, &message);
            }
        }
        EventKind::Status => {
            let status = parse_status(event);
            let again = parse_status(&back.event);
            assert_eq!(status, again);
            if let Ok(ParsedStatus::Known(status)) = status {
                assert_eq!(status.status.as_str().parse(), Ok(status.status));
            }
        }
        EventKind::History => {
            if let Ok(past) = whatsapp::history::parse_past_message(event) {
                assert!(!past.customer.identities().is_empty(), "a past message is with somebody");
            }
        }
        EventKind::Notice => {}
    }
}

/// Whether SQS takes a message with this character (SendMessage: `#x9 | #xA | #xD | #x20 to #xD7FF | …`).
fn taken_by_sqs(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn same(event: &Event, back: &Event) {
    let parts = |event: &Event| (event.kind, event.number.clone(), event.waba.clone(), event.time, event.field.clone());
    assert_eq!(parts(event), parts(back));
    // What SQS would refuse was written as an escape.
    let plain = |json: &str| json.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
    let raw = |event: &Event| -> Vec<String> {
        event.contacts.iter().chain([&event.body]).map(|raw| plain(raw.get())).collect()
    };
    assert_eq!(raw(event), raw(back));
    if event.body.get() == back.body.get() {
        assert_eq!(event.names(), back.names());
    }
}

/// What is kept of a message can be kept, and read again.
fn readable(event: &Event, message: &InboundMessage) {
    let written = serde_json::to_string(&message.content).expect("content can be written");
    let read: domain::Content = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(read.kind(), message.content.kind());
    assert_eq!(read.readable(), message.content.readable());
    assert_eq!((read.opens_window(), read.amendment()), (message.content.opens_window(), message.content.amendment()));
    let context = serde_json::to_string(&message.context).expect("a context can be written");
    assert_eq!(serde_json::from_str::<domain::inbox::content::Context>(&context).ok().as_ref(), Some(&message.context));

    let tenant = domain::TenantId::from_parts(NOW, 1);
    assert!(!message.customer.identities().is_empty(), "nobody would be shown as its sender");
    for identity in message.customer.identities().into_iter().chain(message.also.iter().cloned()) {
        let key = Key::from(CrmKey::Identity(tenant, identity));
        assert_eq!(Key::parse(&key.pk(), &key.sk()), Some(key));
    }
    let nobody = PhoneNumberId::parse("1").expect("it has a character");
    let number = event.number.as_ref().unwrap_or(&nobody);
    let id = MessageId::inbound(number, &message.wamid, message.at, Taken { at: NOW, place: 7 });
    assert_eq!((id.moment(), id.to_string().parse()), (NOW, Ok(id)));
    assert!(id.at() <= message.at.max(NOW));
}
