//! Message groups: which may deliver, and when.
//!
//! A group delivers from its oldest message on, and nothing while any of its messages is in flight. What is in flight
//! was taken by one receive, so it is always among the group's first ten messages.

use super::attributes::MAX_MESSAGES;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Result, params};

/// Makes sure that the group of a message just sent has its row. An older message keeps the row as it is.
pub(super) fn joined(db: &Connection, queue: i64, group: &str, sequence: i64, visible: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO message_groups (queue, name, head, ready) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![queue, group, sequence, visible.millis()])?;
    Ok(())
}

/// The group of a message that is ordered with no other: the one that was given and a number of its own. A group that a
/// sender gives holds no space.
pub(super) fn alone(given: &str, sequence: i64) -> String {
    format!("{given} {sequence}")
}

/// The group that the sender gave to a message that is [`alone`], which may be empty; none for one of a FIFO queue.
pub(super) fn given(group: &str) -> Option<&str> {
    group.split_once(' ').map(|(given, _)| given)
}

/// Brings the group's row up to date after any of its messages was received, removed or changed.
pub(super) fn settle(db: &Connection, queue: i64, group: &str) -> Result<()> {
    let first = "SELECT sequence, visible, receives FROM messages
        WHERE queue = ?1 AND message_group = ?2 ORDER BY sequence LIMIT ?3";
    let mut statement = db.prepare_cached(first)?;
    let mut rows = statement.query(params![queue, group, MAX_MESSAGES])?;
    let Some(row) = rows.next()? else { return remove(db, queue, group) };
    let head: i64 = row.get(0)?;
    let mut ready: i64 = row.get(1)?;
    while let Some(row) = rows.next()? {
        // A message that was never received and is delayed holds up nothing but itself.
        if row.get::<_, i64>(2)? > 0 {
            ready = ready.max(row.get(1)?);
        }
    }
    db.prepare_cached("UPDATE message_groups SET head = ?3, ready = ?4 WHERE queue = ?1 AND name = ?2")?
        .execute(params![queue, group, head, ready])?;
    Ok(())
}

fn remove(db: &Connection, queue: i64, group: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM message_groups WHERE queue = ?1 AND name = ?2")?.execute(params![queue, group])?;
    Ok(())
}

/// The groups that may deliver now, the one with the oldest message first.
pub(super) fn ready(db: &Connection, queue: i64, now: Timestamp, limit: usize) -> Result<Vec<String>> {
    db.prepare_cached("SELECT name FROM message_groups WHERE queue = ?1 AND ready <= ?2 ORDER BY head LIMIT ?3")?
        .query_map(params![queue, now.millis(), limit], |row| row.get(0))?
        .collect()
}

/// The earliest time, perhaps past, at which a group of the queue can deliver.
pub(super) fn next_ready(db: &Connection, queue: i64) -> Result<Option<Timestamp>> {
    let next: Option<i64> = db
        .prepare_cached("SELECT MIN(ready) FROM message_groups WHERE queue = ?1")?
        .query_row(params![queue], |row| row.get(0))?;
    Ok(next.map(Timestamp::from_millis))
}

/// The queue's oldest message: its number, group and time of sending.
pub(super) fn oldest(db: &Connection, queue: i64) -> Result<Option<(i64, String, Timestamp)>> {
    db.prepare_cached(
        "SELECT m.sequence, g.name, m.sent FROM message_groups g JOIN messages m ON m.sequence = g.head
         WHERE g.queue = ?1 ORDER BY g.head LIMIT 1",
    )?
    .query_row(params![queue], |row| Ok((row.get(0)?, row.get(1)?, Timestamp::from_millis(row.get(2)?))))
    .optional()
}
