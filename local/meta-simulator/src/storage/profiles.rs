//! The business profiles, one for each number.

use crate::error::Error;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

/// The profile of a number; an empty one if none was written.
pub(crate) fn find(connection: &Connection, number: &str) -> Result<Map<String, Value>, Error> {
    let sql = "SELECT profile FROM profiles WHERE number = ?1";
    let found: Option<String> = connection.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?;
    Ok(found.map_or_else(|| Ok(Map::new()), |profile| serde_json::from_str(&profile))?)
}

/// Writes the profile of a number.
pub(crate) fn put(connection: &Connection, number: &str, profile: &Map<String, Value>) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO profiles (number, profile) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![number, serde_json::to_string(profile)?])?;
    Ok(())
}
