//! The body of a webhook.

use crate::events::handled;
use crate::json::{fields, items, text};
use whatsapp::{Part, split};

/// Whatever comes is taken apart so that nothing of it is lost: each item of a list in it is in an event, or in a part
/// that is parked; each of those is as it came; and each event passes through the queue and reads as before.
pub fn run(body: &[u8]) {
    let came = text(body);
    let pieces = split(body);
    let kept: Vec<String> = pieces.iter().map(|piece| text(raw(piece))).collect();
    assert!(!kept.is_empty(), "nothing was left of it");
    for part in &kept {
        assert!(came.contains(part.as_str()) || is_of_a_chunk(&came, part), "{part} is not what came");
    }
    let must = leaves(&came);
    assert!(kept.len() >= must.len(), "{} parts came and {} were kept", must.len(), kept.len());
    for leaf in must {
        assert!(kept.iter().any(|part| part.contains(leaf)), "{leaf} was lost");
    }
    for piece in &pieces {
        if let Part::Event(event) = piece {
            handled(event);
        }
    }
}

/// Whether a part is what a chunk of a phone's past says of itself: its fields as they came, without its threads.
fn is_of_a_chunk(came: &str, part: &str) -> bool {
    fields(part).is_some_and(|fields| fields.iter().all(|(_, json)| came.contains(json)))
}

fn raw(piece: &Part) -> &[u8] {
    match piece {
        Part::Event(event) => event.body.get().as_bytes(),
        Part::Unreadable { raw, .. } => &raw.0,
    }
}

/// What must not be lost of `webhook`: all of it if it is no webhook; else the items of every list in a change of field
/// `messages`, save the contacts, which belong to what they describe; and whatever stands where a list should.
fn leaves(webhook: &str) -> Vec<&str> {
    let mut leaves = Vec::new();
    let Some(post) = fields(webhook) else { return vec![webhook] };
    for entry in listed(&post, "entry", &mut leaves) {
        let Some(entry) = or_leaf(fields(entry), entry, &mut leaves) else { continue };
        for change in listed(&entry, "changes", &mut leaves) {
            let Some(change) = or_leaf(fields(change), change, &mut leaves) else { continue };
            of_change(&change, &mut leaves);
        }
    }
    leaves
}

fn of_change<'a>(change: &[(String, &'a str)], leaves: &mut Vec<&'a str>) {
    let field: Option<String> =
        change.iter().rfind(|(name, _)| name == "field").and_then(|(_, json)| serde_json::from_str(json).ok());
    let values = change.iter().filter(|(name, json)| name == "value" && holds_something(json));
    for (_, value) in values {
        match fields(value) {
            Some(lists) if field.as_deref() == Some("messages") => {
                let lists = lists.into_iter().filter(|(name, _)| name != "contacts");
                for (name, list) in lists.filter(|(_, list)| holds_something(list)) {
                    match items(list) {
                        Some(items) => leaves.extend(items),
                        None if name == "messages" || name == "statuses" => leaves.push(list),
                        None => {}
                    }
                }
            }
            Some(lists) if field.as_deref() == Some("history") => of_history(&lists, leaves),
            Some(_) | None => leaves.push(value),
        }
    }
}

/// The messages of a phone's past.
fn of_history<'a>(lists: &[(String, &'a str)], leaves: &mut Vec<&'a str>) {
    let listed = |object: &[(String, &'a str)], name: &str| -> Vec<&'a str> {
        let values = object.iter().filter(|(other, _)| other == name);
        values.flat_map(|(_, json)| items(json).unwrap_or_default()).collect()
    };
    leaves.extend(listed(lists, "messages"));
    for chunk in listed(lists, "history").into_iter().filter_map(fields) {
        for thread in listed(&chunk, "threads").into_iter().filter_map(fields) {
            leaves.extend(listed(&thread, "messages"));
        }
    }
}

/// The items of every list that stands under `name`; whatever else stands there is a leaf.
fn listed<'a>(object: &[(String, &'a str)], name: &str, leaves: &mut Vec<&'a str>) -> Vec<&'a str> {
    let values = object.iter().filter(|(other, json)| other == name && holds_something(json));
    values.flat_map(|(_, json)| or_leaf(items(json), json, leaves).unwrap_or_default()).collect()
}

fn or_leaf<'a, T>(read: Option<T>, json: &'a str, leaves: &mut Vec<&'a str>) -> Option<T> {
    if read.is_none() {
        leaves.push(json);
    }
    read
}

fn holds_something(json: &str) -> bool {
    !matches!(json, "null" | "\"\"")
}
