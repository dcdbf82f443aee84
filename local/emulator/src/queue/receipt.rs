//! Receipt handles, and what they allow: deleting a message and changing when it is visible again.
//!
//! A handle is good while its message is in flight. Once the message is visible again, or was received again, AWS
//! refuses the handle on a FIFO queue; for a message that is gone, deleting succeeds.

use super::{Queue, QueueError, groups};
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The longest visibility timeout: twelve hours.
const MAX_VISIBILITY: u64 = 43_200;

/// What a receipt handle says: which receive of which message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Receipt {
    pub(super) queue: i64,
    pub(super) sequence: i64,
    pub(super) receives: u32,
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}-{:x}", self.queue, self.sequence, self.receives)
    }
}

impl FromStr for Receipt {
    type Err = QueueError;

    fn from_str(handle: &str) -> Result<Self, QueueError> {
        let read = || {
            let (queue, rest) = handle.split_once('-')?;
            let (sequence, receives) = rest.split_once('-')?;
            Some(Self {
                queue: i64::from_str_radix(queue, 16).ok()?,
                sequence: i64::from_str_radix(sequence, 16).ok()?,
                receives: u32::from_str_radix(receives, 16).ok()?,
            })
        };
        read().ok_or_else(|| QueueError::ReceiptHandleIsInvalid(handle.to_owned()))
    }
}

/// What a handle still stands for.
enum Standing {
    /// The message is in flight under this handle.
    InFlight { group: String },
    /// The message is visible again, or in flight under a later handle.
    Expired,
    /// There is no such message any more.
    Gone,
}

/// Deletes the message under the handle.
pub(super) fn delete(db: &Connection, queue: &Queue, handle: &str, now: Timestamp) -> Result<(), QueueError> {
    let receipt: Receipt = handle.parse()?;
    match standing(db, queue, receipt, now)? {
        Standing::InFlight { group } => {
            db.prepare_cached("DELETE FROM messages WHERE sequence = ?1")?.execute(params![receipt.sequence])?;
            Ok(groups::settle(db, queue.id, &group)?)
        }
        Standing::Expired => Err(QueueError::InvalidParameterValue {
            value: handle.to_owned(),
            name: "ReceiptHandle",
            reason: "The receipt handle has expired.",
        }),
        Standing::Gone => Ok(()),
    }
}

/// Makes the message under the handle visible `seconds` from now.
pub(super) fn change_visibility(
    db: &Connection,
    queue: &Queue,
    handle: &str,
    seconds: u64,
    now: Timestamp,
) -> Result<(), QueueError> {
    let receipt: Receipt = handle.parse()?;
    let timeout = visibility(seconds)?;
    match standing(db, queue, receipt, now)? {
        Standing::InFlight { group } => {
            db.prepare_cached("UPDATE messages SET visible = ?2 WHERE sequence = ?1")?
                .execute(params![receipt.sequence, now.plus(timeout).millis()])?;
            Ok(groups::settle(db, queue.id, &group)?)
        }
        Standing::Expired => Err(QueueError::MessageNotInflight),
        Standing::Gone => Err(QueueError::InvalidParameterValue {
            value: handle.to_owned(),
            name: "ReceiptHandle",
            reason: "Message does not exist or is not available for visibility timeout change.",
        }),
    }
}

/// Makes every message visible that some handle still holds, in all queues; what is delayed and was never received
/// stays delayed.
pub(super) fn release_all(db: &Connection, now: Timestamp) -> rusqlite::Result<usize> {
    let groups: Vec<(i64, String)> = db
        .prepare_cached("SELECT DISTINCT queue, message_group FROM messages WHERE visible > ?1 AND receives > 0")?
        .query_map(params![now.millis()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let released = db
        .prepare_cached("UPDATE messages SET visible = ?1 WHERE visible > ?1 AND receives > 0")?
        .execute(params![now.millis()])?;
    groups.iter().try_for_each(|(queue, group)| groups::settle(db, *queue, group))?;
    Ok(released)
}

/// A visibility timeout in the range that AWS allows.
pub(super) fn visibility(seconds: u64) -> Result<Duration, QueueError> {
    if seconds <= MAX_VISIBILITY {
        return Ok(Duration::from_secs(seconds));
    }
    Err(QueueError::InvalidParameterValue {
        value: seconds.to_string(),
        name: "VisibilityTimeout",
        reason: "Must be between 0 and 43200.",
    })
}

fn standing(db: &Connection, queue: &Queue, receipt: Receipt, now: Timestamp) -> Result<Standing, QueueError> {
    if receipt.queue != queue.id {
        return Err(QueueError::ReceiptHandleIsInvalid(receipt.to_string()));
    }
    let found: Option<(String, i64, u32)> = db
        .prepare_cached("SELECT message_group, visible, receives FROM messages WHERE sequence = ?1 AND queue = ?2")?
        .query_row(params![receipt.sequence, queue.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(match found {
        None => Standing::Gone,
        Some((group, visible, receives)) if receives == receipt.receives && visible > now.millis() => {
            Standing::InFlight { group }
        }
        Some(_) => Standing::Expired,
    })
}
