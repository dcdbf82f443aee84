//! The customers' messages' rows.

use super::Storage;
use crate::error::Error;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

/// One message of a customer, and what became of its webhook.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedRow {
    pub wamid: String,
    pub at: Timestamp,
    pub person: i64,
    /// The ID of the number that it was written to. Empty in rows from before there were several: the first.
    pub number: String,
    pub kind: String,
    pub message: Value,
    /// When the business showed it as read.
    pub read_at: Option<Timestamp>,
    /// Until when the business shows that it types.
    pub typing_until: Option<Timestamp>,
    /// When the webhook was answered with 200.
    pub delivered_at: Option<Timestamp>,
}

const SELECT: &str = "SELECT wamid, at, person, type, message, read_at, typing_until,
    (SELECT MIN(delivered_at) FROM updates WHERE updates.wamid = received.wamid), number FROM received";

fn received(row: &Row<'_>) -> rusqlite::Result<ReceivedRow> {
    let time = |index| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(Timestamp::from_millis));
    Ok(ReceivedRow {
        wamid: row.get(0)?,
        at: Timestamp::from_millis(row.get(1)?),
        person: row.get(2)?,
        kind: row.get(3)?,
        message: row.get(4)?,
        read_at: time(5)?,
        typing_until: time(6)?,
        delivered_at: time(7)?,
        number: row.get(8)?,
    })
}

/// Remembers a message of a customer.
pub(crate) fn add(connection: &Connection, row: &ReceivedRow) -> Result<(), Error> {
    let sql = "INSERT INTO received (wamid, at, person, type, message, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![row.wamid, row.at.millis(), row.person, row.kind, row.message, row.number];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Marks a message and the earlier ones of the same person as read by the business.
pub(crate) fn read_up_to(connection: &Connection, wamid: &str, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE received SET read_at = COALESCE(read_at, ?2) WHERE
        person = (SELECT person FROM received WHERE wamid = ?1) AND seq <= (SELECT seq FROM received WHERE wamid = ?1)";
    Ok(connection.prepare_cached(sql)?.execute(params![wamid, now.millis()])? > 0)
}

/// Shows that the business types an answer to this message.
pub(crate) fn typing(connection: &Connection, wamid: &str, until: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE received SET typing_until = ?2 WHERE wamid = ?1";
    connection.prepare_cached(sql)?.execute(params![wamid, until.millis()])?;
    Ok(())
}

impl Storage {
    /// All messages of one person, oldest first.
    pub(crate) fn received_from(&self, person: i64) -> Result<Vec<ReceivedRow>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE person = ?1 ORDER BY seq"))?;
            Ok(statement.query_map([person], received)?.collect::<Result<_, _>>()?)
        })
    }

    /// The customer's message with this id.
    pub(crate) fn received(&self, wamid: &str) -> Result<Option<ReceivedRow>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE wamid = ?1"))?;
            Ok(statement.query_row([wamid], received).optional()?)
        })
    }
}
