//! Which accounts have their webhooks posted, where that was said.

use crate::error::Error;
use rusqlite::{Connection, OptionalExtension, params};

/// What was said last of an account.
pub(crate) fn find(connection: &Connection, waba_id: &str) -> Result<Option<bool>, Error> {
    let sql = "SELECT subscribed FROM subscriptions WHERE waba = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([waba_id], |row| row.get(0)).optional()?)
}

/// Says it.
pub(crate) fn put(connection: &Connection, waba_id: &str, subscribed: bool) -> Result<(), Error> {
    let sql = "INSERT INTO subscriptions (waba, subscribed) VALUES (?1, ?2)
        ON CONFLICT (waba) DO UPDATE SET subscribed = ?2";
    connection.prepare_cached(sql)?.execute(params![waba_id, subscribed])?;
    Ok(())
}
