//! The ids, numbers and checksums that SQS gives to messages.

use super::{Queue, QueueError};
use rusqlite::{Connection, OptionalExtension as _};

/// The number that the next stored message gets.
pub(super) fn next_sequence(db: &Connection) -> Result<i64, QueueError> {
    let last: Option<i64> = db
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'messages'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or_default() + 1)
}

/// An id in the form of a UUID, made from what is unique anyway, so that a run under a manual clock repeats exactly.
pub(super) fn message_id(queue: &Queue, sequence: i64) -> String {
    let digest = md5_hex(&format!("{} {} {sequence}", queue.name, queue.created.millis()));
    format!("{}-{}-{}-{}-{}", &digest[..8], &digest[8..12], &digest[12..16], &digest[16..20], &digest[20..])
}

/// The checksum that SQS gives for a body.
pub(super) fn md5_hex(text: &str) -> String {
    format!("{:x}", md5::compute(text))
}

/// A sequence number as AWS writes it: 20 digits.
pub(super) fn sequence_number(sequence: i64) -> String {
    format!("{sequence:020}")
}
