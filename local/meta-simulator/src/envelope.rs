//! The webhook envelope, Meta's way of writing JSON, and the signature over it.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// One `changes` entry before it is packed: a field and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// The account that it is about.
    pub waba: String,
    /// `messages`, or another webhook field.
    pub field: String,
    /// The value of the change.
    pub value: Value,
}

/// How two neighbouring changes are packed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// In one `value`, if both allow it.
    Value,
    /// In one entry, as changes of their own.
    Change,
    /// In entries of their own.
    Entry,
}

/// The envelope of `changes`; `joint` says how each is tied to the one before it, if both are of one account.
pub(crate) fn pack(changes: Vec<Change>, mut joint: impl FnMut() -> Joint) -> Value {
    let mut entries: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        let Some(entry) = entries.last_mut() else {
            entries.push(vec![change]);
            continue;
        };
        let same_account = entry.last().is_some_and(|last| last.waba == change.waba);
        match if same_account { joint() } else { Joint::Entry } {
            Joint::Entry => entries.push(vec![change]),
            Joint::Change => entry.push(change),
            Joint::Value => match entry.last_mut() {
                Some(last) if mergeable(last, &change) => merge(&mut last.value, &change.value),
                Some(_) | None => entry.push(change),
            },
        }
    }
    let entries: Vec<Value> = entries.into_iter().map(entry).collect();
    json!({"object": "whatsapp_business_account", "entry": entries})
}

fn entry(changes: Vec<Change>) -> Value {
    let waba_id = changes.first().map_or_else(String::new, |one| one.waba.clone());
    let changes: Vec<Value> = changes.into_iter().map(|one| json!({"value": one.value, "field": one.field})).collect();
    json!({"id": waba_id, "changes": changes})
}

/// Two values may share one if both are messages, or both statuses, and both name their contacts.
fn mergeable(left: &Change, right: &Change) -> bool {
    let both = |key: &str| left.value.get(key).is_some() && right.value.get(key).is_some();
    left.field == "messages"
        && right.field == "messages"
        && both("contacts")
        && (both("messages") || both("statuses"))
        && left.value.get("metadata") == right.value.get("metadata")
}

fn merge(into: &mut Value, from: &Value) {
    for key in ["messages", "statuses", "contacts"] {
        let (Some(all), Some(more)) = (into.get_mut(key).and_then(Value::as_array_mut), from[key].as_array()) else {
            continue;
        };
        for item in more {
            if key != "contacts" || !all.contains(item) {
                all.push(item.clone());
            }
        }
    }
}

/// JSON as Meta writes it: non-ASCII as `\uXXXX` in lower-case hex, `/` as `\/`.
#[must_use]
pub fn escape(value: &Value) -> String {
    let mut out = String::new();
    for character in value.to_string().chars() {
        match character {
            '/' => out.push_str("\\/"),
            ascii if ascii.is_ascii() => out.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

/// The value of `X-Hub-Signature-256` for `body`.
///
/// # Panics
/// Never: HMAC takes keys of every length.
#[must_use]
pub fn sign(app_secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_meta_does() {
        let text = escape(&json!({"a": "é 😀 https://x.y \"q\" \\"}));
        assert_eq!(text, r#"{"a":"\u00e9 \ud83d\ude00 https:\/\/x.y \"q\" \\"}"#);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["a"], "é 😀 https://x.y \"q\" \\");
    }

    #[test]
    fn signs_like_a_known_vector() {
        let signature = sign("key", b"The quick brown fox jumps over the lazy dog");
        assert_eq!(signature, "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    }

    #[test]
    fn merges_only_what_may_share_a_value() {
        let waba = || "W".to_owned();
        let message = |id: &str| Change {
            waba: waba(),
            field: "messages".into(),
            value: json!({"metadata": {}, "contacts": [{"user_id": "IN.1"}], "messages": [{"id": id}]}),
        };
        let value = json!({"metadata": {}, "statuses": [{"id": "c"}]});
        let failed = Change { waba: waba(), field: "messages".into(), value };
        let packed = pack(vec![message("a"), message("b"), failed], || Joint::Value);
        let changes = packed["entry"][0]["changes"].as_array().unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0]["value"]["messages"].as_array().unwrap().len(), 2);
        assert_eq!(changes[0]["value"]["contacts"].as_array().unwrap().len(), 1);
    }
}
