//! The rows of the access tokens that were made or changed.

use crate::error::Error;
use crate::tokens::AccessToken;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// This token; none if it was neither made nor changed.
pub(crate) fn find(connection: &Connection, token: &str) -> Result<Option<AccessToken>, Error> {
    let sql = "SELECT waba, expires_at, permissions FROM tokens WHERE token = ?1";
    let found = connection.prepare_cached(sql)?.query_row([token], |row| {
        let permissions: String = row.get(2)?;
        Ok(AccessToken {
            access_token: token.to_owned(),
            waba_id: row.get(0)?,
            expires_at: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_millis),
            permissions: permissions.split_whitespace().map(str::to_owned).collect(),
        })
    });
    Ok(found.optional()?)
}

/// Writes a token, in the place of the same one.
pub(crate) fn put(connection: &Connection, token: &AccessToken) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO tokens (token, waba, expires_at, permissions) VALUES (?1, ?2, ?3, ?4)";
    let expires_at = token.expires_at.map(Timestamp::millis);
    let values = params![token.access_token, token.waba_id, expires_at, token.permissions.join(" ")];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}
