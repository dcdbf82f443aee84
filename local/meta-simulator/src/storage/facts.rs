//! What is kept of a number, by a word for it.

use crate::error::Error;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

/// A fact of a number; null if none was written.
pub(crate) fn find(connection: &Connection, number: &str, word: &str) -> Result<Value, Error> {
    let sql = "SELECT value FROM facts WHERE number = ?1 AND word = ?2";
    let found: Option<String> =
        connection.prepare_cached(sql)?.query_row([number, word], |row| row.get(0)).optional()?;
    Ok(found.map_or(Ok(Value::Null), |value| serde_json::from_str(&value))?)
}

/// Writes a fact of a number.
pub(crate) fn put(connection: &Connection, number: &str, word: &str, value: &Value) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO facts (number, word, value) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![number, word, serde_json::to_string(value)?])?;
    Ok(())
}
