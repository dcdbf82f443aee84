//! The codes that the signup page gave out, and the numbers that came into use by it or by a registration.

use crate::error::Error;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// A code of the signup page.
pub(crate) struct CodeRow {
    /// The ID of the number that was chosen.
    pub number: String,
    /// Where the page returned to.
    pub redirect: String,
    /// When it expires.
    pub until: Timestamp,
}

/// How a number came into use.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Onboarded {
    /// When somebody last chose it on the signup page.
    pub at: Option<Timestamp>,
    /// Whether it was registered for the Cloud API.
    pub registered: bool,
    /// Whether it stays in use on a phone.
    pub on_phone: bool,
}

/// Keeps a code.
pub(crate) fn put_code(connection: &Connection, code: &str, row: &CodeRow) -> Result<(), Error> {
    let sql = "INSERT INTO codes (code, number, redirect, until) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![code, row.number, row.redirect, row.until.millis()])?;
    Ok(())
}

/// Uses a code up; none if it was never given, or was used.
pub(crate) fn take_code(connection: &Connection, code: &str) -> Result<Option<CodeRow>, Error> {
    let sql = "DELETE FROM codes WHERE code = ?1 RETURNING number, redirect, until";
    let found = connection.prepare_cached(sql)?.query_row([code], |row| {
        Ok(CodeRow { number: row.get(0)?, redirect: row.get(1)?, until: Timestamp::from_millis(row.get(2)?) })
    });
    Ok(found.optional()?)
}

/// How this number came into use.
pub(crate) fn onboarded(connection: &Connection, number: &str) -> Result<Onboarded, Error> {
    let sql = "SELECT at, registered, on_phone FROM onboarded WHERE number = ?1";
    let found = connection.prepare_cached(sql)?.query_row([number], |row| {
        let at = row.get::<_, Option<i64>>(0)?.map(Timestamp::from_millis);
        Ok(Onboarded { at, registered: row.get(1)?, on_phone: row.get(2)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Says it.
pub(crate) fn put_onboarded(connection: &Connection, number: &str, row: Onboarded) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO onboarded (number, at, registered, on_phone) VALUES (?1, ?2, ?3, ?4)";
    let at = row.at.map(Timestamp::millis);
    connection.prepare_cached(sql)?.execute(params![number, at, row.registered, row.on_phone])?;
    Ok(())
}
