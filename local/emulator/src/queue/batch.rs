//! Batches: up to ten entries in one transaction, each with its own result.

use super::attributes::MAX_BYTES;
use super::send::Entry;
use super::{Queue, QueueError, Queues, refusal_or_failure};
use domain::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const MAX_ENTRIES: usize = 10;
const MAX_ENTRY_ID: usize = 80;

/// The request of any batch operation.
#[derive(Debug, Deserialize)]
pub(super) struct Batch<E> {
    #[serde(rename = "Entries", default = "Vec::new")]
    entries: Vec<Identified<E>>,
}

/// Something with the id that the caller gave to an entry.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Identified<T> {
    #[serde(rename = "Id")]
    id: String,
    #[serde(flatten)]
    value: T,
}

/// The response of any batch operation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Results<T> {
    successful: Vec<Identified<T>>,
    failed: Vec<Identified<Failure>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failure {
    sender_fault: bool,
    code: &'static str,
    message: String,
}

impl Batch<Entry> {
    /// Refuses a batch whose bodies are too long together.
    pub(super) fn check_length(&self) -> Result<(), QueueError> {
        let sent = self.entries.iter().map(|entry| entry.value.message_body.len()).sum();
        if sent > MAX_BYTES { Err(QueueError::BatchRequestTooLong { limit: MAX_BYTES, sent }) } else { Ok(()) }
    }
}

impl Queues {
    /// Does `work` for each entry. An entry that is refused fails alone; a failing storage fails them all.
    pub(super) fn batch<E, T>(
        &self,
        batch: Batch<E>,
        work: impl Fn(&Connection, &E, Timestamp) -> Result<T, QueueError>,
    ) -> Result<Results<T>, QueueError> {
        check_entries(&batch.entries)?;
        self.write(|db, now| {
            let mut results = Results { successful: Vec::new(), failed: Vec::new() };
            for Identified { id, value } in batch.entries {
                match refusal_or_failure(work(db, &value, now))? {
                    Ok(value) => results.successful.push(Identified { id, value }),
                    Err(refusal) => results.failed.push(Identified { id, value: Failure::from(&refusal) }),
                }
            }
            Ok(results)
        })
    }

    /// [`Queues::batch`], after which the queue may have something new to deliver.
    pub(super) fn signalling_batch<E, T>(
        &self,
        queue: &Queue,
        batch: Batch<E>,
        work: impl Fn(&Connection, &E, Timestamp) -> Result<T, QueueError>,
    ) -> Result<Results<T>, QueueError> {
        let results = self.batch(batch, work)?;
        queue.signal();
        Ok(results)
    }
}

impl From<&QueueError> for Failure {
    fn from(error: &QueueError) -> Self {
        Self { sender_fault: error.is_senders_fault(), code: error.code(), message: error.to_string() }
    }
}

fn check_entries<E>(entries: &[Identified<E>]) -> Result<(), QueueError> {
    if entries.is_empty() {
        return Err(QueueError::EmptyBatchRequest);
    }
    if entries.len() > MAX_ENTRIES {
        return Err(QueueError::TooManyEntriesInBatchRequest(entries.len()));
    }
    let mut seen = BTreeSet::new();
    for entry in entries {
        let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if entry.id.is_empty() || entry.id.len() > MAX_ENTRY_ID || !entry.id.bytes().all(valid) {
            return Err(QueueError::InvalidBatchEntryId);
        }
        if !seen.insert(&entry.id) {
            return Err(QueueError::BatchEntryIdsNotDistinct(entry.id.clone()));
        }
    }
    Ok(())
}
