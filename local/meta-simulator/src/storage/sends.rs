//! The accepted sends' rows.

use super::Storage;
use crate::error::Error;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

/// How a send named its recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// By phone, in `to`.
    Phone,
    /// By BSUID, in `recipient`.
    UserId,
    /// By BSUID in `to`: accepted, and lost without a word.
    TransportError,
}

impl Address {
    fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::UserId => "user_id",
            Self::TransportError => "lost",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "phone" => Self::Phone,
            "user_id" => Self::UserId,
            _ => Self::TransportError,
        }
    }
}

/// One accepted send.
#[derive(Clone, Debug)]
pub(crate) struct SendRow {
    pub seq: i64,
    /// The id of the number that it was sent from.
    pub number: String,
    pub wamid: String,
    pub at: Timestamp,
    pub person: Option<i64>,
    pub address: Address,
    pub input: String,
    pub kind: String,
    pub callback_data: Option<String>,
    pub body: Value,
    pub fault: Option<String>,
    pub billing: Option<Value>,
    pub sent_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub failed: Option<i64>,
}

const COLUMNS: &str = "seq, wamid, at, person, address, input, type, opaque, body, fault, billing,
    sent_at, delivered_at, read_at, failed, number";

fn send(row: &Row<'_>) -> rusqlite::Result<SendRow> {
    let time = |index| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(Timestamp::from_millis));
    Ok(SendRow {
        seq: row.get(0)?,
        wamid: row.get(1)?,
        at: Timestamp::from_millis(row.get(2)?),
        person: row.get(3)?,
        address: Address::named(&row.get::<_, String>(4)?),
        input: row.get(5)?,
        kind: row.get(6)?,
        callback_data: row.get(7)?,
        body: row.get(8)?,
        fault: row.get(9)?,
        billing: row.get(10)?,
        sent_at: time(11)?,
        delivered_at: time(12)?,
        read_at: time(13)?,
        failed: row.get(14)?,
        number: row.get(15)?,
    })
}

fn millis(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::millis)
}

/// Remembers an accepted send for ever.
pub(crate) fn add(connection: &Connection, row: &SendRow) -> Result<(), Error> {
    let sql = "INSERT INTO sends (wamid, at, person, address, input, type, opaque, body, fault, billing,
        sent_at, delivered_at, read_at, failed, number)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    connection.prepare_cached(sql)?.execute(params![
        row.wamid,
        row.at.millis(),
        row.person,
        row.address.name(),
        row.input,
        row.kind,
        row.callback_data,
        row.body,
        row.fault,
        row.billing,
        millis(row.sent_at),
        millis(row.delivered_at),
        millis(row.read_at),
        row.failed,
        row.number,
    ])?;
    Ok(())
}

/// Notes when a send was read.
pub(crate) fn read_at(connection: &Connection, wamid: &str, at: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE sends SET read_at = ?2 WHERE wamid = ?1";
    connection.prepare_cached(sql)?.execute(params![wamid, at.millis()])?;
    Ok(())
}

/// How many free-form messages were delivered since `since`, counted up to `most`.
pub(crate) fn service_messages(connection: &Connection, since: Timestamp, most: u32) -> Result<u32, Error> {
    let sql = "SELECT COUNT(*) FROM (
        SELECT 1 FROM sends WHERE at >= ?1 AND type != 'template' AND delivered_at IS NOT NULL LIMIT ?2)";
    Ok(connection.prepare_cached(sql)?.query_row(params![since.millis(), most], |row| row.get(0))?)
}

impl Storage {
    /// The newest sends before `before`, at most `limit`, of one `callback_data` if named.
    pub(crate) fn sends(&self, callback_data: Option<&str>, before: i64, limit: usize) -> Result<Vec<SendRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sends WHERE seq < ?1 AND (?2 IS NULL OR opaque = ?2) ORDER BY seq DESC LIMIT ?3"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            Ok(statement.query_map(params![before, callback_data, limit], send)?.collect::<Result<_, _>>()?)
        })
    }

    /// The send that Meta calls `wamid`.
    pub(crate) fn send(&self, wamid: &str) -> Result<Option<SendRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM sends WHERE wamid = ?1");
        self.read(|connection| Ok(connection.prepare_cached(&sql)?.query_row([wamid], send).optional()?))
    }

    /// The last message to one person.
    pub(crate) fn last_send_to(&self, person: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT wamid FROM sends WHERE person = ?1 ORDER BY seq DESC LIMIT 1";
        self.read(|connection| Ok(connection.prepare_cached(sql)?.query_row([person], |row| row.get(0)).optional()?))
    }

    /// All sends to one person, oldest first.
    pub(crate) fn sends_to(&self, person: i64) -> Result<Vec<SendRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM sends WHERE person = ?1 ORDER BY seq");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map([person], send)?.collect::<Result<_, _>>()?)
        })
    }
}
