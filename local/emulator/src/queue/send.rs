//! Sending: what is refused, what is a repetition, and the rest is stored.

use super::attributes::{Attributes, MAX_BYTES};
use super::ids::{md5_hex, message_id, next_sequence, sequence_number};
use super::{Queue, QueueError, groups};
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::time::Duration;

/// How long a deduplication id is remembered, also after its message is gone.
const DEDUPLICATION_WINDOW: Duration = Duration::from_secs(300);
/// The longest delay of one message of a standard queue, in seconds.
const LONGEST_DELAY: u64 = 900;
/// The longest group or deduplication id.
const MAX_ID: usize = 128;

/// A message as it is sent, alone or as an entry of a batch.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Entry {
    pub(super) message_body: String,
    message_group_id: Option<String>,
    message_deduplication_id: Option<String>,
    delay_seconds: Option<u64>,
    message_attributes: Option<serde_json::Map<String, serde_json::Value>>,
    message_system_attributes: Option<serde_json::Map<String, serde_json::Value>>,
}

/// What the sender is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Sent {
    #[serde(rename = "MD5OfMessageBody")]
    md5_of_message_body: String,
    message_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence_number: Option<String>,
}

/// The addressing of an entry that was accepted.
struct Address<'a> {
    group: Cow<'a, str>,
    deduplication: String,
    delay: Duration,
}

/// Sends one message, or answers as if, when its deduplication id was seen in the last five minutes.
pub(super) fn send(db: &Connection, queue: &Queue, entry: &Entry, now: Timestamp) -> Result<Sent, QueueError> {
    if !queue.attributes.is_fifo() {
        let address = accept_standard(&queue.attributes, entry, next_sequence(db)?)?;
        let (message_id, _) = store(db, queue, entry, &address, now)?;
        let md5_of_message_body = md5_hex(&entry.message_body);
        return Ok(Sent { md5_of_message_body, message_id, sequence_number: None });
    }
    let address = accept(&queue.attributes, entry)?;
    let key = deduplication_key(&queue.attributes, &address);
    forget(db, now)?;
    if let Some((message_id, sequence)) = earlier(db, queue.id, &key)? {
        return Ok(sent(entry, message_id, sequence));
    }
    let (message_id, sequence) = store(db, queue, entry, &address, now)?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO deduplications (queue, id, sent, message_id, sequence) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![queue.id, key, now.millis(), message_id, sequence])?;
    Ok(sent(entry, message_id, sequence))
}

/// Forgets deduplication ids whose window has passed.
fn forget(db: &Connection, now: Timestamp) -> Result<(), QueueError> {
    db.prepare_cached("DELETE FROM deduplications WHERE sent <= ?1")?
        .execute(params![now.minus(DEDUPLICATION_WINDOW).millis()])?;
    Ok(())
}

fn accept<'a>(attributes: &Attributes, entry: &'a Entry) -> Result<Address<'a>, QueueError> {
    check_body(attributes, &entry.message_body)?;
    check_extras(entry, true)?;
    let group = entry.message_group_id.as_deref().ok_or(QueueError::MissingParameter("MessageGroupId"))?;
    check_id("MessageGroupId", group)?;
    let deduplication = match &entry.message_deduplication_id {
        Some(id) => {
            check_id("MessageDeduplicationId", id)?;
            id.clone()
        }
        None if attributes.deduplicates_by_content() => hex::encode(Sha256::digest(&entry.message_body)),
        None => {
            return Err(refused(
                "MessageDeduplicationId",
                "null",
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
            ));
        }
    };
    Ok(Address { group: Cow::Borrowed(group), deduplication, delay: attributes.delay() })
}

/// A message of a standard queue: its group is the one that was given, if any, and a number that no other message has. AWS
/// refuses a deduplication id here.
fn accept_standard<'a>(attributes: &Attributes, entry: &'a Entry, sequence: i64) -> Result<Address<'a>, QueueError> {
    check_body(attributes, &entry.message_body)?;
    check_extras(entry, false)?;
    if let Some(id) = &entry.message_deduplication_id {
        return Err(refused(
            "MessageDeduplicationId",
            id,
            "The request includes a parameter that is not valid for this queue type.",
        ));
    }
    let given = entry.message_group_id.as_deref().unwrap_or_default();
    if !given.is_empty() {
        check_id("MessageGroupId", given)?;
    }
    let delay = entry.delay_seconds.map_or_else(|| attributes.delay(), Duration::from_secs);
    Ok(Address { group: Cow::Owned(groups::alone(given, sequence)), deduplication: String::new(), delay })
}

fn check_body(attributes: &Attributes, body: &str) -> Result<(), QueueError> {
    if body.is_empty() {
        return Err(QueueError::MissingParameter("MessageBody"));
    }
    if body.len() > attributes.max_bytes().min(MAX_BYTES) {
        return Err(refused("MessageBody", "(long)", "Message must be shorter than the queue's maximum."));
    }
    let carried = |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if body.chars().all(carried) { Ok(()) } else { Err(QueueError::InvalidMessageContents) }
}

/// Message attributes are refused rather than dropped: nothing here would carry them to the receiver.
fn check_extras(entry: &Entry, is_fifo: bool) -> Result<(), QueueError> {
    let longest = if is_fifo { 0 } else { LONGEST_DELAY };
    if entry.delay_seconds.is_some_and(|delay| delay > longest) {
        return Err(refused(
            "DelaySeconds",
            "given",
            "The request include parameter that is not valid for this queue type.",
        ));
    }
    let given = [&entry.message_attributes, &entry.message_system_attributes];
    if given.into_iter().flatten().any(|attributes| !attributes.is_empty()) {
        return Err(QueueError::UnsupportedOperation("a message attribute".to_owned()));
    }
    Ok(())
}

fn check_id(name: &'static str, id: &str) -> Result<(), QueueError> {
    if !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(refused(name, id, "It can only include alphanumeric and punctuation characters. 1 to 128 in length."))
}

fn refused(name: &'static str, value: &str, reason: &'static str) -> QueueError {
    QueueError::InvalidParameterValue { value: value.chars().take(MAX_ID).collect(), name, reason }
}

/// A group cannot contain a space, so the key is unambiguous.
fn deduplication_key(attributes: &Attributes, address: &Address<'_>) -> String {
    if attributes.deduplicates_within_group() {
        format!("{} {}", address.group, address.deduplication)
    } else {
        address.deduplication.clone()
    }
}

fn earlier(db: &Connection, queue: i64, key: &str) -> Result<Option<(String, i64)>, QueueError> {
    Ok(db
        .prepare_cached("SELECT message_id, sequence FROM deduplications WHERE queue = ?1 AND id = ?2")?
        .query_row(params![queue, key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

fn store(
    db: &Connection,
    queue: &Queue,
    entry: &Entry,
    address: &Address<'_>,
    now: Timestamp,
) -> Result<(String, i64), QueueError> {
    let visible = now.plus(address.delay);
    let message_id = message_id(queue, next_sequence(db)?);
    db.prepare_cached(
        "INSERT INTO messages (queue, message_group, message_id, deduplication, sent, visible, receives, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)",
    )?
    .execute(params![
        queue.id,
        address.group.as_ref(),
        message_id,
        address.deduplication,
        now.millis(),
        visible.millis(),
        entry.message_body
    ])?;
    let sequence = db.last_insert_rowid();
    groups::joined(db, queue.id, &address.group, sequence, visible)?;
    Ok((message_id, sequence))
}

fn sent(entry: &Entry, message_id: String, sequence: i64) -> Sent {
    let sequence_number = Some(sequence_number(sequence));
    Sent { md5_of_message_body: md5_hex(&entry.message_body), message_id, sequence_number }
}
