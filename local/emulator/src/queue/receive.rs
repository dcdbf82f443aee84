//! Receiving: the oldest messages of groups that may deliver, and what was received too often goes aside.

use super::ids::{md5_hex, sequence_number};
use super::receipt::Receipt;
use super::{Queue, QueueError, groups, redrive};
use domain::Timestamp;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;
use std::time::Duration;

/// A message as it is received.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Its id.
    pub(crate) message_id: String,
    /// What deletes it.
    pub(crate) receipt_handle: String,
    /// Its body.
    pub(crate) body: String,
    /// The checksum of its body.
    pub(crate) md5_of_body: String,
    /// The system's attributes of it, by AWS's names.
    pub(crate) attributes: BTreeMap<&'static str, String>,
}

/// How one receive is done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receive {
    pub(super) limit: usize,
    pub(super) visibility: Duration,
    pub(super) now: Timestamp,
}

/// What one receive did.
#[derive(Debug, Default)]
pub(super) struct Received {
    pub(super) messages: Vec<Message>,
    pub(super) redriven: usize,
}

struct Stored {
    sequence: i64,
    message_id: String,
    deduplication: String,
    sent: Timestamp,
    visible: Timestamp,
    receives: u32,
    first_received: Option<i64>,
    body: String,
}

/// Takes up to `how.limit` messages. As on AWS, as many as possible come from one group before the next group's turn.
pub(super) fn receive(
    db: &Connection,
    queue: &Queue,
    dead_letters: Option<&Queue>,
    how: Receive,
) -> Result<Received, QueueError> {
    expire(db, queue, how.now)?;
    let mut received = Received::default();
    while received.messages.len() < how.limit {
        let ready = groups::ready(db, queue.id, how.now, how.limit - received.messages.len())?;
        if ready.is_empty() {
            break;
        }
        for group in ready {
            receive_group(db, queue, dead_letters, how, &group, &mut received)?;
        }
    }
    Ok(received)
}

fn receive_group(
    db: &Connection,
    queue: &Queue,
    dead_letters: Option<&Queue>,
    how: Receive,
    group: &str,
    received: &mut Received,
) -> Result<(), QueueError> {
    let room = how.limit - received.messages.len();
    if room == 0 {
        return Ok(());
    }
    for stored in first(db, queue.id, group, room)?.into_iter().take_while(|stored| stored.visible <= how.now) {
        match (queue.attributes.redrive(), dead_letters) {
            (Some(policy), Some(target)) if stored.receives >= policy.max_receives => {
                redrive::bury(db, queue, target, stored.sequence, how.now)?;
                received.redriven += 1;
            }
            (_, _) => received.messages.push(take(db, queue, group, stored, how)?),
        }
    }
    Ok(groups::settle(db, queue.id, group)?)
}

fn first(db: &Connection, queue: i64, group: &str, limit: usize) -> rusqlite::Result<Vec<Stored>> {
    db.prepare_cached(
        "SELECT sequence, message_id, deduplication, sent, visible, receives, first_received, body FROM messages
         WHERE queue = ?1 AND message_group = ?2 ORDER BY sequence LIMIT ?3",
    )?
    .query_map(params![queue, group, limit], stored)?
    .collect()
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        sequence: row.get(0)?,
        message_id: row.get(1)?,
        deduplication: row.get(2)?,
        sent: Timestamp::from_millis(row.get(3)?),
        visible: Timestamp::from_millis(row.get(4)?),
        receives: row.get(5)?,
        first_received: row.get(6)?,
        body: row.get(7)?,
    })
}

fn take(db: &Connection, queue: &Queue, group: &str, stored: Stored, how: Receive) -> Result<Message, QueueError> {
    let receives = stored.receives + 1;
    let first_received = stored.first_received.unwrap_or(how.now.millis());
    db.prepare_cached("UPDATE messages SET visible = ?2, receives = ?3, first_received = ?4 WHERE sequence = ?1")?
        .execute(params![stored.sequence, how.now.plus(how.visibility).millis(), receives, first_received])?;
    let mut attributes = BTreeMap::from([
        ("ApproximateFirstReceiveTimestamp", first_received.to_string()),
        ("ApproximateReceiveCount", receives.to_string()),
        ("SenderId", "emulator".to_owned()),
        ("SentTimestamp", stored.sent.millis().to_string()),
    ]);
    match groups::given(group) {
        Some("") => {}
        Some(given) => {
            attributes.insert("MessageGroupId", given.to_owned());
        }
        None => attributes.extend([
            ("MessageDeduplicationId", stored.deduplication),
            ("MessageGroupId", group.to_owned()),
            ("SequenceNumber", sequence_number(stored.sequence)),
        ]),
    }
    Ok(Message {
        receipt_handle: Receipt { queue: queue.id, sequence: stored.sequence, receives }.to_string(),
        md5_of_body: md5_hex(&stored.body),
        attributes,
        message_id: stored.message_id,
        body: stored.body,
    })
}

/// Drops what is older than the queue keeps, received or not. The oldest message of a queue is the head of a group.
fn expire(db: &Connection, queue: &Queue, now: Timestamp) -> Result<(), QueueError> {
    let kept_since = now.minus(queue.attributes.retention());
    while let Some((sequence, group, sent)) = groups::oldest(db, queue.id)? {
        if sent >= kept_since {
            break;
        }
        db.prepare_cached("DELETE FROM messages WHERE sequence = ?1")?.execute(params![sequence])?;
        groups::settle(db, queue.id, &group)?;
    }
    Ok(())
}
