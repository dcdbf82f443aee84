//! How far each consumer has read a stream, kept in a file of its own.

use crate::sqlite;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS checkpoints (
    consumer TEXT NOT NULL,
    stream TEXT NOT NULL,
    sequence_number TEXT NOT NULL,
    PRIMARY KEY (consumer, stream)
) WITHOUT ROWID";

/// The positions cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the stream positions cannot be used")]
pub struct CheckpointError(#[from] rusqlite::Error);

/// The positions of all consumers. Clones share them.
#[derive(Clone, Debug)]
pub struct Checkpoints(Arc<Mutex<Connection>>);

impl Checkpoints {
    /// Opens or creates the positions in the file at `path`.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, CheckpointError> {
        Ok(Self(Arc::new(Mutex::new(sqlite::open(path, SCHEMA)?))))
    }

    /// Positions in memory: every consumer begins at the beginning.
    ///
    /// # Errors
    /// When SQLite fails to start.
    pub fn memory() -> Result<Self, CheckpointError> {
        Ok(Self(Arc::new(Mutex::new(sqlite::memory(SCHEMA)?))))
    }

    /// Positions in memory that begin with those in the file at `path`.
    ///
    /// # Errors
    /// When SQLite fails or the file cannot be read.
    pub fn memory_like(path: &Path) -> Result<Self, CheckpointError> {
        Ok(Self(Arc::new(Mutex::new(sqlite::copy(path, SCHEMA)?))))
    }

    /// The sequence number of the last record that `consumer` is done with.
    pub(super) fn get(&self, consumer: &str, stream: &str) -> Result<Option<String>, CheckpointError> {
        Ok(self
            .lock()
            .prepare_cached("SELECT sequence_number FROM checkpoints WHERE consumer = ?1 AND stream = ?2")?
            .query_row(params![consumer, stream], |row| row.get(0))
            .optional()?)
    }

    /// Records that `consumer` is done with everything up to `sequence_number`.
    pub(super) fn set(&self, consumer: &str, stream: &str, sequence_number: &str) -> Result<(), CheckpointError> {
        self.lock()
            .prepare_cached(
                "INSERT OR REPLACE INTO checkpoints (consumer, stream, sequence_number) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![consumer, stream, sequence_number])?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
