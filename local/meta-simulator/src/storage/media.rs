//! The files' rows: those that the business brought, and when a customer's came.

use super::Storage;
use crate::error::Error;
use domain::Timestamp;
use rusqlite::{OptionalExtension, params};

/// A file that the business brought.
#[derive(Clone, Debug)]
pub(crate) struct UploadRow {
    pub mime_type: String,
    pub at: Timestamp,
    pub bytes: Vec<u8>,
}

impl Storage {
    /// Keeps a file of the business.
    pub(crate) fn add_upload(&self, id: &str, mime_type: &str, bytes: &[u8], at: Timestamp) -> Result<(), Error> {
        self.write(|connection| {
            let sql = "INSERT INTO uploads (id, mime_type, at, bytes) VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute(params![id, mime_type, at.millis(), bytes])?;
            Ok(())
        })
    }

    /// The file of the business with this id.
    pub(crate) fn upload(&self, id: &str) -> Result<Option<UploadRow>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT mime_type, at, bytes FROM uploads WHERE id = ?1")?;
            let row = statement.query_row([id], |row| {
                Ok(UploadRow { mime_type: row.get(0)?, at: Timestamp::from_millis(row.get(1)?), bytes: row.get(2)? })
            });
            Ok(row.optional()?)
        })
    }

    /// When the customer's message came that has this file.
    pub(crate) fn media_came(&self, id: &str) -> Result<Option<Timestamp>, Error> {
        self.read(|connection| {
            let sql = "SELECT at FROM received WHERE instr(message, ?1) > 0 ORDER BY seq DESC LIMIT 1";
            let at = connection.prepare_cached(sql)?.query_row([format!("\"{id}\"")], |row| row.get(0)).optional()?;
            Ok(at.map(Timestamp::from_millis))
        })
    }
}
