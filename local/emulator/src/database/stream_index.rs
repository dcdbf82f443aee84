//! What the engine leaves out of its table of stream records: an index, and an end.
//!
//! Both go through a connection of our own to the engine's SQLite data. Nothing else of the engine is touched.

use domain::Timestamp;
use rusqlite::{Connection, Result, params};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Answers the engine's "highest number of this table" and "records after this number" without reading all records.
const INDEX: &str = "CREATE INDEX IF NOT EXISTS emulator_stream_records
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// Of the oldest records those that are too old; only these are read, since records lie in the order of their making. The
/// newest one stays, since the engine derives the next number from it.
const TRIM: &str = "DELETE FROM _stream_records WHERE id IN (
    SELECT id FROM (SELECT id, created_at FROM _stream_records ORDER BY id LIMIT ?2)
    WHERE created_at < ?1 AND id < (SELECT MAX(id) FROM _stream_records))";

/// How many records one transaction removes: a few milliseconds for which the engine may have to wait.
const TRIM_PAGE: usize = 1000;

/// A database in memory that two connections can see: ours, which adds the index, and the engine's, which copies it.
const TEMPLATE: &str = "file:emulator-template?mode=memory&cache=shared";

/// Adds the index to the engine's database called `name`.
pub(super) fn create(name: &str) -> Result<()> {
    Connection::open(name)?.execute_batch(INDEX)
}

/// Gives an empty engine in memory, which no second connection can reach, the index by copying a template.
pub(super) fn copy_template(engine: &dynoxide::Database) -> Result<(), super::DatabaseError> {
    static KEPT: Mutex<Option<dynoxide::Database>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.is_none() {
        let template = dynoxide::Database::new(TEMPLATE)?;
        create(TEMPLATE)?;
        *kept = Some(template);
    }
    Ok(engine.restore_from(TEMPLATE)?)
}

/// Removes records made before `before`, a page at a time.
pub(super) fn trim(path: &Path, before: Timestamp) -> Result<usize> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    let mut trimmed = 0;
    loop {
        let page = connection.execute(TRIM, params![before.seconds(), TRIM_PAGE])?;
        trimmed += page;
        if page < TRIM_PAGE {
            return Ok(trimmed);
        }
    }
}
