//! The real webhooks of `events/whatsapp`: every one is read whole, and every message has a line that people can read.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use whatsapp::{Event, EventKind, ParsedStatus, Part, parse_message, parse_status, split};

/// What every webhook says, one line for each event. A new webhook needs its lines here.
const LINES: &str = include_str!("webhook-lines.txt");

/// The name and body of every webhook, by name.
fn webhooks() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../events/whatsapp");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
    files.iter().map(read).collect()
}

fn events(name: &str, body: &[u8]) -> Vec<Event> {
    let event = |piece| match piece {
        Part::Event(event) => event,
        Part::Unreadable { flaw, raw, .. } => panic!("{name}: {flaw}: {raw:?}"),
    };
    split(body).into_iter().map(event).collect()
}

/// What an event says: of a message its type and its readable line.
fn line(event: &Event) -> String {
    match event.kind {
        EventKind::Message => {
            let content = parse_message(event).unwrap().content;
            format!("{} | {}", content.kind(), visible(content.readable().as_str()))
        }
        EventKind::Status => match parse_status(event).unwrap() {
            ParsedStatus::Known(update) => format!("status | {}", update.status),
            ParsedStatus::Payment(update) => format!("payment | {}", update.told.word),
            ParsedStatus::Unknown { word, .. } => format!("status not known | {word}"),
        },
        EventKind::History => {
            let past = whatsapp::history::parse_past_message(event).unwrap();
            format!("past {:?} | {}", past.direction, past.content.kind())
        }
        EventKind::Notice => format!("notice | {}", event.field),
    }
}

/// `text` with line ends and the like written out.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// `body` as Meta writes it: without spaces, everything but ASCII as `\uXXXX`, and every slash escaped.
fn as_meta_writes(body: &[u8]) -> Vec<u8> {
    let json: serde_json::Value = serde_json::from_slice(body).unwrap();
    let escape = |c: char| match c {
        '/' => "\\/".to_owned(),
        ' '..='~' => c.to_string(),
        _ => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    json.to_string().chars().map(escape).collect::<String>().into_bytes()
}

fn lines(write: fn(&[u8]) -> Vec<u8>) -> String {
    let of_webhook = |(name, body): (String, Vec<u8>)| {
        let events = events(&name, &write(&body));
        events.iter().map(|event| format!("{name} | {}\n", line(event))).collect::<String>()
    };
    webhooks().into_iter().map(of_webhook).collect()
}

#[test]
fn every_event_is_read() {
    let lines = lines(<[u8]>::to_vec);
    assert!(lines == LINES, "webhook-lines.txt does not say this:\n{lines}");
}

#[test]
fn every_event_is_read_as_meta_writes_it() {
    assert!(lines(as_meta_writes) == LINES, "the escaped webhooks say something else");
}

#[test]
fn every_event_has_its_number_and_a_key_of_its_own() {
    let mut keys = BTreeSet::new();
    for (name, body) in webhooks().iter().filter(|(name, _)| !name.starts_with("field-")) {
        for event in events(name, body) {
            assert_eq!(event.number.as_ref().map(domain::PhoneNumberId::as_str), Some("106540352242922"), "{name}");
            assert!(event.kind == EventKind::Notice || keys.insert(event.dedup_key()), "{name}: {event:?}");
        }
    }
}

#[test]
fn one_person_s_events_share_a_group_whatever_they_are() {
    let group = |name: &str| {
        let (_, body) = webhooks().into_iter().find(|(found, _)| found == name).unwrap();
        events(name, &body).remove(0).names().group
    };
    for of_ana in ["text-reply", "image", "reaction", "edit", "revoke", "status-delivered"] {
        assert_eq!(group(of_ana), group("text"), "{of_ana}");
    }
    assert_eq!(group("system-user-changed-number"), group("audio"), "under the user id before the change");
    assert_eq!(group("system-user-changed-user-id"), group("text-without-phone"));
    assert_ne!(group("text"), group("audio"));
}
