//! Takes a webhook apart: every message, status and notice in it becomes an event of its own.
//!
//! Nothing is lost on the way: what cannot be read is a piece too, for exactly the part that is bad, and what
//! is beside it is not touched. Each event keeps its JSON as it came.

use crate::history::HISTORY;
use crate::json::{Object, legible, list};
use crate::people;
use domain::identities::Portfolio;
use domain::{Customer, PhoneNumberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The field whose changes are about messages.
const MESSAGES: &str = "messages";

/// What kind of event this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// A customer's message.
    Message,
    /// A status of a message of ours.
    Status,
    /// A message of a phone's past.
    History,
    /// Anything else: kept as it came.
    Notice,
}

impl EventKind {
    /// The word for it, in keys and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Status => "status",
            Self::History => "history",
            Self::Notice => "notice",
        }
    }
}

/// One thing that a webhook tells. Its JSON form is the body of a queue message.
#[derive(Clone, Serialize, Deserialize)]
pub struct Event {
    /// What kind of thing.
    pub kind: EventKind,
    /// The business number it concerns, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PhoneNumberId>,
    /// The account it concerns (`entry.id`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waba: Option<String>,
    /// When Meta made the webhook (`entry.time`): management fields have it, messages mostly do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The webhook's field. For a notice out of a list beside messages and statuses, `messages.` and the list's
    /// name: `messages.errors`, `messages.user_actions`.
    pub field: String,
    /// The entries of `contacts` that are about the person whom a message or status concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Box<RawValue>>,
    /// The message, the status, the list's item, or the whole value of the change.
    pub body: Box<RawValue>,
}

/// What a piece of a webhook came to.
#[derive(Clone, Debug)]
pub enum Part {
    /// An event.
    Event(Event),
    /// Something that cannot be read, to be kept aside.
    Unreadable {
        /// The part that is bad, as it came.
        raw: Bytes,
        /// What is wrong with it.
        flaw: Defect,
        /// The business number that it concerns, if what stands around it says so.
        number: Option<PhoneNumberId>,
    },
}

/// What is wrong with a piece of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Defect {
    /// It is not JSON.
    #[error("not JSON")]
    NotJson,
    /// It is JSON, but not an object.
    #[error("not an object")]
    NotAnObject,
    /// It is JSON, but not a list.
    #[error("not a list")]
    NotAList,
    /// It holds nothing that could be told.
    #[error("nothing in it")]
    Nothing,
}

/// Bytes as they came. Debug shows how many, since they may hold what people wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Shows what an event is, and none of what it says.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.body.get().len();
        write!(f, "Event({} of {:?}, {:?}, {size} bytes)", self.kind.as_str(), self.field, self.number)
    }
}

/// Takes the body of a webhook apart: `entry[].changes[]`, and the lists in each. There is always at least one piece.
///
/// Cloud API, webhooks: a POST holds up to 1,000 updates in up to 3 MB; any list may be missing, and a repetition
/// of the POST may be cut differently.
#[must_use]
pub fn split(body: &[u8]) -> Vec<Part> {
    let text = legible(body);
    let whole = |flaw| vec![Part::Unreadable { raw: Bytes(body.to_vec()), flaw, number: None }];
    let Some(post) = Object::read(&text) else {
        let json = serde_json::from_str::<&RawValue>(&text).is_ok();
        return whole(if json { Defect::NotAnObject } else { Defect::NotJson });
    };
    let mut pieces = Vec::new();
    for raw in items(&post, "entry", &mut pieces) {
        let before = pieces.len();
        split_entry(raw, &mut pieces);
        if pieces.len() == before {
            pieces.push(unreadable(raw, Defect::Nothing));
        }
    }
    if pieces.is_empty() { whole(Defect::Nothing) } else { pieces }
}

fn split_entry(raw: &RawValue, pieces: &mut Vec<Part>) {
    let Some(entry) = Object::from_raw(raw) else {
        return pieces.push(unreadable(raw, Defect::NotAnObject));
    };
    for raw in items(&entry, "changes", pieces) {
        match Object::from_raw(raw) {
            Some(change) => split_change(&entry, &change, raw, pieces),
            None => pieces.push(unreadable(raw, Defect::NotAnObject)),
        }
    }
}

fn split_change(entry: &Object<'_>, change: &Object<'_>, raw: &RawValue, pieces: &mut Vec<Part>) {
    let before = pieces.len();
    for value in change.every("value") {
        let frame = Frame::from_change(entry, change, Object::from_raw(value).as_ref());
        split_value(&frame, value, raw, pieces);
    }
    if pieces.len() == before {
        let frame = Frame::from_change(entry, change, None);
        pieces.push(if frame.field == MESSAGES { unreadable(raw, Defect::NotAnObject) } else { frame.notice(raw) });
    }
}

fn split_value(frame: &Frame, value: &RawValue, change: &RawValue, pieces: &mut Vec<Part>) {
    match Object::from_raw(value) {
        Some(lists) if frame.field == MESSAGES => {
            let before = pieces.len();
            split_lists(frame, &lists, pieces);
            if pieces.len() == before {
                pieces.push(frame.notice(value));
            }
        }
        Some(lists) if frame.field == HISTORY => split_history(frame, &lists, value, pieces),
        None if frame.field == MESSAGES => pieces.push(frame.unreadable(change, Defect::NotAnObject)),
        Some(_) | None => pieces.push(frame.notice(value)),
    }
}

/// The lists of a change of field `messages`. Also those that are not known yet: what they hold would else be lost.
fn split_lists(frame: &Frame, value: &Object<'_>, pieces: &mut Vec<Part>) {
    let contacts = Contacts::from_value(value);
    for (key, raw) in value.fields() {
        let kind = match key {
            "contacts" => continue,
            "messages" => EventKind::Message,
            "statuses" => EventKind::Status,
            _ => EventKind::Notice,
        };
        let expected = matches!(key, "messages" | "statuses" | "errors" | "user_actions");
        match list(raw) {
            Some(items) => pieces.extend(items.into_iter().map(|item| piece(frame, &contacts, kind, key, item))),
            None if expected => pieces.push(frame.unreadable(raw, Defect::NotAList)),
            None => {}
        }
    }
}

/// The past of a phone: each message is an event, with whom it was in its `contacts`; how much has come is a notice. What
/// does not read as this stays as it came, as a notice of the whole.
fn split_history(frame: &Frame, value: &Object<'_>, raw: &RawValue, pieces: &mut Vec<Part>) {
    let before = pieces.len();
    let mut is_whole = true;
    for (key, listed) in value.fields() {
        match (key, list(listed)) {
            ("history", Some(chunks)) => {
                for chunk in chunks {
                    is_whole &= split_chunk(frame, chunk, pieces).is_some();
                }
            }
            ("messages", Some(messages)) => pieces.extend(messages.into_iter().map(|raw| past(frame, raw, None))),
            ("history" | "messages", None) => is_whole = false,
            _ => {}
        }
    }
    if pieces.len() == before || !is_whole {
        pieces.push(frame.notice(raw));
    }
}

/// One chunk of the past. `None` where something in it is not what Meta documents.
fn split_chunk(frame: &Frame, chunk: &RawValue, pieces: &mut Vec<Part>) -> Option<()> {
    let chunk = Object::from_raw(chunk)?;
    let told: BTreeMap<_, _> = chunk.fields().filter(|(key, _)| *key != "threads").collect();
    pieces.push(frame.notice(&serde_json::value::to_raw_value(&told).ok()?));
    let mut is_whole = true;
    for (_, threads) in chunk.fields().filter(|(key, _)| *key == "threads") {
        for thread in list(threads)? {
            is_whole &= split_thread(frame, thread, pieces).is_some();
        }
    }
    is_whole.then_some(())
}

/// The messages with one person. `None` where something is not what Meta documents.
fn split_thread(frame: &Frame, thread: &RawValue, pieces: &mut Vec<Part>) -> Option<()> {
    let thread = Object::from_raw(thread)?;
    let with = thread.text("id").and_then(|id| {
        let key = if id.contains('.') { "user_id" } else { "wa_id" };
        serde_json::value::to_raw_value(&BTreeMap::from([(key, id)])).ok()
    });
    for (_, messages) in thread.fields().filter(|(key, _)| *key == "messages") {
        pieces.extend(list(messages)?.into_iter().map(|raw| past(frame, raw, with.clone())));
    }
    Some(())
}

fn past(frame: &Frame, raw: &RawValue, with: Option<Box<RawValue>>) -> Part {
    if Object::from_raw(raw).is_none() {
        return frame.unreadable(raw, Defect::NotAnObject);
    }
    Part::Event(Event { contacts: with.into_iter().collect(), ..frame.event(EventKind::History, raw) })
}

fn piece(frame: &Frame, contacts: &Contacts<'_>, kind: EventKind, key: &str, item: &RawValue) -> Part {
    let person = match (kind, Object::from_raw(item)) {
        (EventKind::Notice | EventKind::History, _) => {
            let field = format!("{MESSAGES}.{key}");
            return Part::Event(Event { field, ..frame.event(kind, item) });
        }
        (EventKind::Message | EventKind::Status, None) => return frame.unreadable(item, Defect::NotAnObject),
        (EventKind::Message, Some(message)) => people::sender(&message, None).customer,
        (EventKind::Status, Some(status)) => people::recipient(&status, None),
    };
    Part::Event(Event { contacts: contacts.about(&person), ..frame.event(kind, item) })
}

/// What all events of one change have in common.
struct Frame {
    number: Option<PhoneNumberId>,
    waba: Option<String>,
    time: Option<Timestamp>,
    field: String,
}

impl Frame {
    fn from_change(entry: &Object<'_>, change: &Object<'_>, value: Option<&Object<'_>>) -> Self {
        let id = value.and_then(|value| value.object("metadata")?.text("phone_number_id"));
        Self {
            number: id.and_then(|id| PhoneNumberId::parse(&id).ok()),
            waba: entry.text("id"),
            time: entry.integer("time").map(Timestamp::from_seconds),
            field: change.text("field").unwrap_or_default(),
        }
    }

    fn event(&self, kind: EventKind, body: &RawValue) -> Event {
        let Self { number, waba, time, field } = self;
        let number = number.clone();
        let waba = waba.clone();
        let field = field.clone();
        Event { kind, number, waba, time: *time, field, contacts: Vec::new(), body: body.to_owned() }
    }

    fn unreadable(&self, raw: &RawValue, flaw: Defect) -> Part {
        Part::Unreadable { raw: Bytes(raw.get().as_bytes().to_vec()), flaw, number: self.number.clone() }
    }

    fn notice(&self, body: &RawValue) -> Part {
        Part::Event(self.event(EventKind::Notice, body))
    }
}

/// The `contacts` of a change, each with the person it describes.
struct Contacts<'a> {
    raw: Vec<&'a RawValue>,
    people: Vec<Customer>,
}

impl<'a> Contacts<'a> {
    fn from_value(value: &Object<'a>) -> Self {
        let raw = value.raw("contacts").and_then(list).unwrap_or_default();
        let read =
            raw.into_iter().filter_map(|raw| Object::from_raw(raw).map(|contact| (raw, people::listed(&contact))));
        let (raw, people) = read.unzip();
        Self { raw, people }
    }

    fn about(&self, person: &Customer) -> Vec<Box<RawValue>> {
        people::matching(person, &self.people).into_iter().map(|index| self.raw[index].to_owned()).collect()
    }
}

/// What is in the lists under `key`: a list that is repeated is no reason to lose what the first one holds.
fn items<'a>(object: &Object<'a>, key: &str, pieces: &mut Vec<Part>) -> Vec<&'a RawValue> {
    let mut items = Vec::new();
    for raw in object.every(key) {
        match list(raw) {
            Some(more) => items.extend(more),
            None => pieces.push(unreadable(raw, Defect::NotAList)),
        }
    }
    items
}

fn unreadable(raw: &RawValue, flaw: Defect) -> Part {
    Part::Unreadable { raw: Bytes(raw.get().as_bytes().to_vec()), flaw, number: None }
}

impl Event {
    /// The portfolio that issued the user ids in this event, as far as the account tells it.
    #[must_use]
    pub fn portfolio(&self) -> Option<Portfolio> {
        self.waba.as_deref().and_then(Portfolio::of_account)
    }

    /// The body, to be read field by field; none if it is not an object.
    pub(crate) fn object(&self) -> Option<Object<'_>> {
        Object::from_raw(&self.body)
    }

    /// The contact that the event is about.
    pub(crate) fn contact(&self) -> Option<Object<'_>> {
        self.contacts.first().and_then(|raw| Object::from_raw(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(value: &str) -> Vec<u8> {
        let metadata = r#""metadata":{"phone_number_id":"1000001"}"#;
        format!(r#"{{"entry":[{{"id":"WABA","changes":[{{"field":"messages","value":{{{metadata},{value}}}}}]}}]}}"#)
            .into_bytes()
    }

    /// One short line for each piece.
    fn shown(body: &[u8]) -> Vec<String> {
        let line = |piece: Part| match piece {
            Part::Event(event) => format!("{} {} {}", event.kind.as_str(), event.field, event.body.get()),
            Part::Unreadable { raw, flaw, .. } => format!("{flaw}: {}", String::from_utf8_lossy(&raw.0)),
        };
        split(body).into_iter().map(line).collect()
    }

    fn events(body: &[u8]) -> Vec<Event> {
        let event = |piece| match piece {
            Part::Event(event) => event,
            Part::Unreadable { raw, flaw, .. } => panic!("{flaw}: {raw:?}"),
        };
        split(body).into_iter().map(event).collect()
    }

    #[test]
    fn a_body_that_is_no_webhook_is_kept_whole() {
        assert_eq!(shown(b""), ["not JSON: "]);
        assert_eq!(shown(b"{\"entry\":[tru]}"), ["not JSON: {\"entry\":[tru]}"]);
        assert_eq!(shown(b"[{\"id\":\"1\"}]"), ["not an object: [{\"id\":\"1\"}]"]);
        assert_eq!(shown(b"{}"), ["nothing in it: {}"]);
        assert_eq!(shown(br#"{"entry":[]}"#), [r#"nothing in it: {"entry":[]}"#]);
    }

    #[test]
    fn of_a_list_that_comes_twice_both_are_kept() {
        let twice = |list: &str, one: &str, other: &str| format!(r#""{list}":[{one}],"{list}":[{other}]"#);
        let messages = twice("messages", r#"{"id":"A"}"#, r#"{"id":"B"}"#);
        assert_eq!(shown(&post(&messages)), [r#"message messages {"id":"A"}"#, r#"message messages {"id":"B"}"#]);
        let change = |id: &str| format!(r#"{{"field":"messages","value":{{"messages":[{{"id":"{id}"}}]}}}}"#);
        let entry = format!("{{{}}}", twice("changes", &change("A"), &change("B")));
        let body = format!("{{{}}}", twice("entry", &entry, r#"{"changes":[]}"#));
        let expected =
            [r#"message messages {"id":"A"}"#, r#"message messages {"id":"B"}"#, r#"nothing in it: {"changes":[]}"#];
        assert_eq!(shown(body.as_bytes()), expected);
        let values = r#"{"entry":[{"changes":[{"field":"x","value":{"a":1},"value":{"b":2}}]}]}"#;
        assert_eq!(shown(values.as_bytes()), [r#"notice x {"a":1}"#, r#"notice x {"b":2}"#]);
    }

    #[test]
    fn what_is_bad_is_kept_aside_and_its_siblings_survive() {
        let body = post(r#""messages":[1,{"id":"A"},null,[],{"id":"B"}],"statuses":{"id":"C"},"errors":[{"code":1}]"#);
        let expected = [
            r#"notice messages.errors {"code":1}"#,
            "not an object: 1",
            r#"message messages {"id":"A"}"#,
            "not an object: null",
            "not an object: []",
            r#"message messages {"id":"B"}"#,
            r#"not a list: {"id":"C"}"#,
        ];
        assert_eq!(shown(&body), expected);
        let entries = br#"{"entry":[7,{"changes":{}},{"changes":[3,{"field":"messages"}]},{"id":"x"}]}"#;
        let expected = [
            "not an object: 7",
            "not a list: {}",
            "not an object: 3",
            r#"not an object: {"field":"messages"}"#,
            r#"nothing in it: {"id":"x"}"#,
        ];
        assert_eq!(shown(entries), expected);
    }

    #[test]
    fn depth_numbers_and_surrogates_spoil_nothing() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        let body = post(&format!(r#""messages":[{{"id":"A","x":{deep}}},{{"id":"B","y":1e999}},{{"z":"\ud800"}}]"#));
        let kept = shown(&body);
        assert_eq!(kept.len(), 3);
        assert!(kept.iter().all(|line| line.starts_with("message ")), "{kept:?}");
        assert!(kept[2].contains("\\ufffd"));
    }

    #[test]
    fn a_change_of_messages_with_nothing_known_in_it_is_a_notice() {
        assert_eq!(shown(&post(r#""messages":[],"new":{}"#)).len(), 1);
        assert!(shown(&post(r#""x":1"#))[0].starts_with(r#"notice messages {"metadata""#));
        assert_eq!(shown(&post(r#""polls":[{"q":1}]"#)), [r#"notice messages.polls {"q":1}"#]);
    }

    #[test]
    fn another_field_is_one_notice_with_its_number_and_time() {
        let value = r#"{"metadata":{"phone_number_id":1000001},"calls":[{},{}]}"#;
        let body = format!(r#"{{"entry":[{{"id":"W","time":5,"changes":[{{"field":"calls","value":{value}}}]}}]}}"#);
        let events = events(body.as_bytes());
        assert_eq!(shown(body.as_bytes()), [format!("notice calls {value}")]);
        assert_eq!(events[0].number.as_ref().map(PhoneNumberId::as_str), Some("1000001"));
        assert_eq!(events[0].time, Some(Timestamp::from_seconds(5)));
    }

    #[test]
    fn each_message_has_the_contact_of_its_sender_alone() {
        let body = post(
            r#""contacts":[{"wa_id":"919876543210"},{"user_id":"BR.2"}],"messages":[
               {"id":"A","from_user_id":"BR.2"},{"id":"B","from":"919876543210"},{"id":"C","from":"447700900123"}]"#,
        );
        let contacts: Vec<Vec<String>> =
            events(&body).iter().map(|event| event.contacts.iter().map(|raw| raw.get().to_owned()).collect()).collect();
        assert_eq!(
            contacts,
            [vec![r#"{"user_id":"BR.2"}"#.to_owned()], vec![r#"{"wa_id":"919876543210"}"#.to_owned()], vec![]]
        );
    }

    #[test]
    fn an_event_reads_back_from_its_json_byte_for_byte() {
        let body = post(r#""contacts":[{"wa_id":"1"}],"messages":[{"id":"A","n":1.50,"t":"\u00e9\/"}]"#);
        let event = events(&body).remove(0);
        let json = serde_json::to_string(&event).unwrap();
        let expected = r#"{"kind":"message","number":"1000001","waba":"WABA","field":"messages","contacts":[{"wa_id":"1"}],"body":{"id":"A","n":1.50,"t":"\u00e9\/"}}"#;
        assert_eq!(json, expected);
        let back: Event = serde_json::from_str(&json).unwrap();
        assert_eq!((back.body.get(), back.dedup_key()), (event.body.get(), event.dedup_key()));
    }

    #[test]
    fn the_deduplication_key_follows_from_the_bytes_of_the_event() {
        let keys = |value: &str| -> Vec<String> { events(&post(value)).iter().map(Event::dedup_key).collect() };
        let one = keys(r#""messages":[{"id":"A","from":"919876543210"}]"#);
        assert_eq!(one, keys(r#""contacts":[{"wa_id":"919876543210"}],"messages":[{"id":"A","from":"919876543210"}]"#));
        let content = keys(r#""messages":[{"id":"A","from":"919876543210","type":"text"}]"#);
        assert_ne!(one, content, "content passes behind its placeholder");
        let others = keys(
            r#""messages":[{"id":"B"},{}],"errors":[{"id":"A"}],"statuses":[{"id":"A"},{"id":"A","status":"sent"},
               {"id":"A","status":"sent","timestamp":"2"},{"id":"A","recipient_participant_id":"9"}]"#,
        );
        let all: std::collections::BTreeSet<_> = one.iter().chain(&others).collect();
        assert_eq!(all.len(), 8);
    }

    #[test]
    fn the_group_is_the_person_on_the_number() {
        let keys =
            |value: &str| -> Vec<String> { events(&post(value)).iter().map(|event| event.names().group).collect() };
        let ana = r#""contacts":[{"wa_id":"5511988887777","user_id":"BR.2"}]"#;
        let one = keys(&format!(
            r#"{ana},"messages":[{{"id":"A","from":"5511988887777"}},{{"id":"B","from_user_id":"BR.2"}}],
            "statuses":[{{"id":"C","recipient_user_id":"BR.2"}}]"#
        ));
        assert!(one.iter().all(|key| *key == one[0]), "{one:?}");
        assert_ne!(keys(r#""messages":[{"id":"A","from":"919876543210"}]"#), one[..1]);
        assert_eq!(keys(r#""messages":[{"id":"A"}]"#).len(), 1);
    }
}
