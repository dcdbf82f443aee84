//! Whom each number has blocked.

use crate::error::Error;
use rusqlite::{Connection, params};

/// Whether `number` has blocked the person.
pub(crate) fn is_blocked(connection: &Connection, number: &str, person: i64) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) FROM blocks WHERE number = ?1 AND person = ?2";
    let count: i64 = connection.prepare_cached(sql)?.query_row(params![number, person], |row| row.get(0))?;
    Ok(count > 0)
}

/// The people whom `number` has blocked.
pub(crate) fn all(connection: &Connection, number: &str) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT person FROM blocks WHERE number = ?1 ORDER BY person")?;
    let people = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(people)
}

/// Blocks the person for `number`, or unblocks them.
pub(crate) fn set(connection: &Connection, number: &str, person: i64, blocked: bool) -> Result<(), Error> {
    let sql = if blocked {
        "INSERT OR IGNORE INTO blocks (number, person) VALUES (?1, ?2)"
    } else {
        "DELETE FROM blocks WHERE number = ?1 AND person = ?2"
    };
    connection.prepare_cached(sql)?.execute(params![number, person])?;
    Ok(())
}
