//! How this crate opens its own SQLite files.

use rusqlite::backup::Progress;
use rusqlite::{Connection, MAIN_DB, Result};
use std::path::Path;

/// How many prepared statements a connection keeps: more than the queue service has.
const STATEMENTS: usize = 64;

/// Opens a file without `fsync`: `kill -9` loses nothing that was committed, because the operating system holds the
/// written pages; only a power cut could.
pub(crate) fn open(path: &Path, schema: &str) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    prepared(connection, schema)
}

/// An empty database in memory.
pub(crate) fn memory(schema: &str) -> Result<Connection> {
    prepared(Connection::open_in_memory()?, schema)
}

/// A database in memory that begins as a copy of the file at `path`.
pub(crate) fn copy(path: &Path, schema: &str) -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.restore(MAIN_DB, path, None::<fn(Progress)>)?;
    prepared(connection, schema)
}

fn prepared(connection: Connection, schema: &str) -> Result<Connection> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(schema)?;
    Ok(connection)
}
