//! To a dead-letter queue and back.

use super::ids::{message_id, next_sequence};
use super::{Queue, QueueError, groups};
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Moves a message to the dead-letter queue `target`. It keeps its id, group and receive count; its age starts anew, as
/// on AWS for FIFO queues. The caller settles the group it leaves.
pub(super) fn bury(
    db: &Connection,
    from: &Queue,
    target: &Queue,
    sequence: i64,
    now: Timestamp,
) -> Result<(), QueueError> {
    db.prepare_cached(
        "INSERT INTO messages
            (queue, message_group, message_id, deduplication, sent, visible, receives, first_received, origin, body)
         SELECT ?2, message_group, message_id, deduplication, ?3, ?3, receives, first_received, ?4, body
         FROM messages WHERE sequence = ?1",
    )?
    .execute(params![sequence, target.id, now.millis(), from.id])?;
    finish(db, target, sequence, now)?;
    Ok(())
}

/// One message of a dead-letter queue that can be moved.
struct Buried {
    sequence: i64,
    group: String,
    origin: Option<i64>,
}

/// Moves what is visible in the dead-letter queue `from` to `target`, or each message to where it came from. The
/// messages are new ones: with a new id and a receive count of zero. One that was sent to the dead-letter queue
/// directly came from nowhere and stays.
pub(super) fn unbury(
    db: &Connection,
    from: &Queue,
    destination: impl Fn(Option<i64>) -> Option<Queue>,
    now: Timestamp,
) -> Result<Vec<Queue>, QueueError> {
    let mut reached = Vec::new();
    let mut after = 0;
    while let Some(buried) = next(db, from.id, after, now)? {
        after = buried.sequence;
        if let Some(target) = destination(buried.origin) {
            revive(db, &target, &buried, now)?;
            groups::settle(db, from.id, &buried.group)?;
            reached.push(target);
        }
    }
    Ok(reached)
}

fn next(db: &Connection, queue: i64, after: i64, now: Timestamp) -> Result<Option<Buried>, QueueError> {
    Ok(db
        .prepare_cached(
            "SELECT sequence, message_group, origin FROM messages
             WHERE sequence > ?2 AND queue = ?1 AND visible <= ?3 ORDER BY sequence LIMIT 1",
        )?
        .query_row(params![queue, after, now.millis()], |row| {
            Ok(Buried { sequence: row.get(0)?, group: row.get(1)?, origin: row.get(2)? })
        })
        .optional()?)
}

fn revive(db: &Connection, target: &Queue, buried: &Buried, now: Timestamp) -> Result<(), QueueError> {
    let id = message_id(target, next_sequence(db)?);
    db.prepare_cached(
        "INSERT INTO messages (queue, message_group, message_id, deduplication, sent, visible, receives, body)
         SELECT ?2, message_group, ?4, deduplication, ?3, ?3, 0, body FROM messages WHERE sequence = ?1",
    )?
    .execute(params![buried.sequence, target.id, now.millis(), id])?;
    finish(db, target, buried.sequence, now)
}

/// After a copy: the target's group learns of it, and the original goes.
fn finish(db: &Connection, target: &Queue, original: i64, now: Timestamp) -> Result<(), QueueError> {
    let copy = db.last_insert_rowid();
    let group: String = db
        .prepare_cached("SELECT message_group FROM messages WHERE sequence = ?1")?
        .query_row(params![copy], |row| row.get(0))?;
    groups::joined(db, target.id, &group, copy, now)?;
    db.prepare_cached("DELETE FROM messages WHERE sequence = ?1")?.execute(params![original])?;
    Ok(())
}
