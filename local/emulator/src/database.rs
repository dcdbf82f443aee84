//! DynamoDB: the embedded engine, spoken to as AWS is, by the name of an operation and a JSON body.
//!
//! A database in a file runs without `fsync`. `kill -9` still loses nothing that was answered, because the operating
//! system holds the written pages; only a power cut could lose the last moments.
//!
//! The engine keeps stream records in one table without an index and looks up its highest number at every write, so
//! that each write would cost more than the one before. An index is added at opening; in a file,
//! [`Database::trim_streams`] removes what is old, as AWS does after 24 hours.
//!
//! Time to live and the times in stream records follow the injected clock in memory. In a file the engine offers no
//! way to replace its clock and reads the machine's. How long a transaction's token protects from repetition (ten
//! minutes, in this process) is always measured by the machine.

mod operations;
mod stream_index;

use crate::clock::EngineClock;
use domain::Timestamp;
use dynoxide::DynoxideError;
use runtime::Clock;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;

/// What can go wrong in the database itself, apart from errors that AWS would answer.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The engine refused or failed.
    #[error("the database engine failed")]
    Engine(#[from] DynoxideError),
    /// SQLite refused or failed.
    #[error("the database file cannot be used")]
    Storage(#[from] rusqlite::Error),
    /// The path is not valid UTF-8, which the engine requires.
    #[error("the path {0} is not valid UTF-8")]
    Path(PathBuf),
}

/// An embedded DynamoDB. Clones share the data.
#[derive(Clone)]
pub struct Database {
    engine: dynoxide::Database,
    file: Option<PathBuf>,
    written: Arc<watch::Sender<u64>>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Database {
    /// Opens or creates the database in the file at `path`.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        let name = path.to_str().ok_or_else(|| DatabaseError::Path(path.to_owned()))?;
        let engine = dynoxide::Database::new(name)?;
        engine.enable_bulk_loading()?;
        stream_index::create(name)?;
        Ok(Self::new(engine, Some(path.to_owned())))
    }

    /// An empty database in memory, on `clock`.
    ///
    /// # Errors
    /// When the engine fails to start.
    pub fn memory(clock: Arc<dyn Clock>) -> Result<Self, DatabaseError> {
        let engine = dynoxide::Database::memory_with_clock(Arc::new(EngineClock(clock)))?;
        stream_index::copy_template(&engine)?;
        Ok(Self::new(engine, None))
    }

    /// A database in memory, on `clock`, that begins with what the file at `path` holds.
    ///
    /// # Errors
    /// When the engine fails to start or the file cannot be read.
    pub fn memory_like(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, DatabaseError> {
        let name = path.to_str().ok_or_else(|| DatabaseError::Path(path.to_owned()))?;
        let engine = dynoxide::Database::memory_with_clock(Arc::new(EngineClock(clock)))?;
        engine.restore_from(name)?;
        Ok(Self::new(engine, None))
    }

    fn new(engine: dynoxide::Database, file: Option<PathBuf>) -> Self {
        Self { engine, file, written: Arc::new(watch::Sender::new(0)) }
    }

    /// Signals after every writing operation; it may signal for one that changed nothing.
    #[must_use]
    pub fn written(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    /// Deletes what time to live has expired, and says how many items that was. AWS does this by itself, late.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn sweep_ttl(&self) -> Result<usize, DatabaseError> {
        let swept = self.engine.sweep_ttl()?;
        self.signal();
        Ok(swept)
    }

    /// Forgets stream records older than `before`, whether read or not, and says how many. The newest record always
    /// stays. In memory nothing can be forgotten and the answer is 0: the engine offers no way.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn trim_streams(&self, before: Timestamp) -> Result<usize, DatabaseError> {
        match &self.file {
            Some(path) => Ok(stream_index::trim(path, before)?),
            None => Ok(0),
        }
    }

    /// Executes one operation of `DynamoDB` or of its streams on its JSON body, and gives status and body of the answer:
    /// what a client gets, without the client.
    pub fn execute(&self, operation: &str, body: &str) -> (u16, String) {
        let answer = match operations::execute(&self.engine, operation, body) {
            Ok(body) => (200, body),
            Err(error) => (error.status_code(), error.to_json()),
        };
        if operations::writes(operation) {
            self.signal();
        }
        answer
    }

    /// The engine itself, for reading the stream in its raw shape.
    pub(crate) const fn engine(&self) -> &dynoxide::Database {
        &self.engine
    }

    fn signal(&self) {
        self.written.send_modify(|count| *count = count.wrapping_add(1));
    }
}
