//! What lies in all queues, as text, without the numbers and names that are drawn.

use super::send::DEDUPLICATION_WINDOW;
use domain::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Result, params};
use std::fmt::Write as _;

const QUEUES: &str = "SELECT id, name, attributes FROM queues ORDER BY id";

/// In the order in which they were sent, which is all that their numbers say.
const MESSAGES: &str =
    "SELECT queue, message_group, deduplication, sent, visible, receives, first_received, origin, body
    FROM messages ORDER BY queue, sequence";

const GROUPS: &str = "SELECT queue, name, ready FROM message_groups ORDER BY queue, name";

/// Those that still count.
const DEDUPLICATIONS: &str = "SELECT queue, id, sent FROM deduplications WHERE sent > ?1 ORDER BY queue, id";

pub(super) fn of(db: &Connection, now: Timestamp) -> Result<String> {
    let mut text = String::new();
    rows(db, QUEUES, params![], &mut text)?;
    rows(db, MESSAGES, params![], &mut text)?;
    rows(db, GROUPS, params![], &mut text)?;
    rows(db, DEDUPLICATIONS, params![now.minus(DEDUPLICATION_WINDOW).millis()], &mut text)?;
    Ok(text)
}

/// A line for each row, and one behind them. Lengths stand before texts, so that no text looks like two.
fn rows(db: &Connection, query: &str, with: impl Params, text: &mut String) -> Result<()> {
    let mut statement = db.prepare_cached(query)?;
    let columns = statement.column_count();
    let mut rows = statement.query(with)?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let _ = match row.get_ref(column)? {
                ValueRef::Integer(number) => write!(text, "{number} "),
                ValueRef::Text(said) => write!(text, "{}:{} ", said.len(), String::from_utf8_lossy(said)),
                other @ (ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_)) => write!(text, "{other:?} "),
            };
        }
        text.push('\n');
    }
    text.push('\n');
    Ok(())
}
