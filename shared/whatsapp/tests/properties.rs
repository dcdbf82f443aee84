//! Whatever comes in, nothing panics and nothing is lost: arbitrary bytes, and real webhooks with something broken.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::{ChannelId, Secret, TenantId, Timestamp};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use std::fs;
use std::sync::LazyLock;
use whatsapp::{CallbackData, Event, Part, parse_message, parse_status, signature, split};

static WEBHOOKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../events/whatsapp");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| fs::read(path).unwrap()).collect()
});

fn pick(which: Index) -> &'static [u8] {
    &WEBHOOKS[which.index(WEBHOOKS.len())]
}

/// Does all that is done with a webhook, and says how many pieces it came to.
fn run(body: &[u8]) -> usize {
    let pieces = split(body);
    for piece in &pieces {
        if let Part::Event(event) = piece {
            let _ = (parse_message(event), parse_status(event), event.names());
            let json = serde_json::to_string(event).unwrap();
            let back: Event = serde_json::from_str(&json).unwrap();
            assert_eq!(back.dedup_key(), event.dedup_key());
        }
    }
    pieces.len()
}

/// Values that stand where something else is expected.
fn junk() -> impl Strategy<Value = Value> {
    let long = "x".repeat(2000);
    let texts = ["", " ", "0", "-1", "1e999", "NaN", "\0", "é\u{1f642}", "null", "99999999999999999999"];
    let mut values: Vec<Value> = texts.into_iter().chain([long.as_str()]).map(Value::from).collect();
    values.extend([Value::Null, true.into(), 0.into(), (-1).into(), i64::MAX.into(), u64::MAX.into(), 1e300.into()]);
    values.extend(["[]", "{}", "[null]", "[[]]", "{\"id\":{}}", "[1,\"a\",{}]"].map(|json| json.parse().unwrap()));
    select(values)
}

/// Every place in `value`, as a JSON pointer.
fn places(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, inner)| places(inner, format!("{at}/{key}"), all));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| places(inner, format!("{at}/{index}"), all));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all.push(at);
}

fn raw_events(body: &[u8]) -> Vec<String> {
    let raw = |piece| match piece {
        Part::Event(event) => event.body.get().to_owned(),
        Part::Unreadable { raw, .. } => String::from_utf8(raw.0).unwrap(),
    };
    split(body).into_iter().map(raw).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_split_into_something(body in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(run(&body) > 0);
    }

    #[test]
    fn anything_like_json_is_split_into_something(body in r#"[\[\]{}:,"\\ud8dc0e.\-]{0,64}"#) {
        prop_assert!(run(body.as_bytes()) > 0);
        let inside = ["{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":", &body, "}]}]}"].concat();
        prop_assert!(run(inside.as_bytes()) > 0);
    }

    #[test]
    fn a_webhook_with_bytes_changed_is_split_into_something(
        webhook: Index,
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..3), 1..8),
    ) {
        let mut body = pick(webhook).to_vec();
        for (place, byte, how) in changes {
            let at = place.index(body.len());
            match how {
                0 => body[at] = byte,
                1 => drop(body.remove(at)),
                _ => body.insert(at, byte),
            }
        }
        prop_assert!(run(&body) > 0);
    }

    #[test]
    fn a_webhook_cut_short_is_split_into_something(webhook: Index, end: Index) {
        let body = pick(webhook);
        prop_assert!(run(&body[..end.index(body.len())]) > 0);
    }

    #[test]
    fn a_webhook_with_values_replaced_is_split_into_something(
        webhook: Index,
        changes in prop::collection::vec((any::<Index>(), junk()), 1..5),
    ) {
        let mut body: Value = serde_json::from_slice(pick(webhook)).unwrap();
        for (place, value) in changes {
            let mut all = Vec::new();
            places(&body, String::new(), &mut all);
            *body.pointer_mut(&all[place.index(all.len())]).unwrap() = value;
        }
        prop_assert!(run(body.to_string().as_bytes()) > 0);
    }

    #[test]
    fn a_broken_message_takes_no_other_with_it(webhook: Index, which: Index, junk in junk()) {
        let mut body: Value = serde_json::from_slice(pick(webhook)).unwrap();
        let before = raw_events(body.to_string().as_bytes());
        let mut all = Vec::new();
        places(&body, String::new(), &mut all);
        let item = |place: &&String| place.starts_with("/entry/0/changes/0/value/messages/") && place.matches('/').count() == 7;
        let messages: Vec<&String> = all.iter().filter(item).collect();
        prop_assume!(!messages.is_empty());
        let broken = body.pointer_mut(messages[which.index(messages.len())]).unwrap();
        let old = broken.to_string();
        let new = junk.to_string();
        *broken = junk;
        let expected: Vec<String> = before.into_iter().map(|event| if event == old { new.clone() } else { event }).collect();
        prop_assert_eq!(raw_events(body.to_string().as_bytes()), expected);
    }

    #[test]
    fn nothing_but_the_signature_of_the_body_is_taken(
        header in prop_oneof![any::<Vec<u8>>(), "sha256=[0-9a-f]{60,68}".prop_map(String::into_bytes)],
        body: Vec<u8>,
        secret in ".{1,16}",
    ) {
        let secrets = [Secret::new(secret)];
        let right = signature::sign(&body, &secrets[0]);
        prop_assert!(signature::verify([right.as_bytes()], &body, &secrets).is_ok());
        prop_assert_eq!(signature::verify([header.as_slice()], &body, &secrets).is_ok(), header == right.as_bytes());
    }

    #[test]
    fn no_unsigned_text_is_accepted(text in prop_oneof![".*", r"lw1\.[0-9A-Z]{26}\.[0-9A-Z]{26}\.[0-9a-f]{32}"]) {
        let at = Timestamp::from_seconds(1_790_000_000);
        let tenant = TenantId::from_parts(at, 1);
        let channel = ChannelId::from_parts(at, 2);
        prop_assert_eq!(CallbackData::verify(&Secret::new("key"), tenant, channel, &text), None);
    }
}
