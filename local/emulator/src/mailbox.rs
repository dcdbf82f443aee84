//! SES as far as it is called: takes simple mails by its API of version 2, and keeps them for whoever wants to read them.
//! Nothing leaves the machine.

use crate::sqlite;
use domain::Timestamp;
use runtime::Clock;
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where mails are posted.
pub(crate) const PATH: &str = "/v2/email/outbound-emails";

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
)";

/// The mails cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the mailbox cannot be used")]
pub struct MailboxError(#[from] rusqlite::Error);

/// A mail that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its number: one more than that of the mail before it.
    pub id: i64,
    /// When it was sent.
    pub at: Timestamp,
    /// By whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Every mail that was sent. Clones share them.
#[derive(Clone, Debug)]
pub struct Mailbox {
    connection: Arc<Mutex<Connection>>,
    clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    from_email_address: String,
    destination: Destination,
    content: Content,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    to_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Simple,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Data,
    body: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Data {
    data: String,
}

/// What is answered: the status, the error's name if it is one, and the body.
pub(crate) type Answer = (u16, Option<&'static str>, String);

impl Mailbox {
    /// Opens or creates the mailbox in the file at `path`.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, MailboxError> {
        Ok(Self { connection: Arc::new(Mutex::new(sqlite::open(path, SCHEMA)?)), clock })
    }

    /// An empty mailbox in memory.
    ///
    /// # Errors
    /// When SQLite fails to start.
    pub fn memory(clock: Arc<dyn Clock>) -> Result<Self, MailboxError> {
        Ok(Self { connection: Arc::new(Mutex::new(sqlite::memory(SCHEMA)?)), clock })
    }

    /// The mails that were sent last, the newest first, at most `limit`.
    ///
    /// # Errors
    /// When the mailbox cannot be read.
    pub fn newest(&self, limit: u32) -> Result<Vec<Mail>, MailboxError> {
        let connection = self.lock();
        let mut all = connection
            .prepare_cached("SELECT id, at, sender, recipient, subject, body FROM mails ORDER BY id DESC LIMIT ?1")?;
        let mails = all.query_map([limit], |row| {
            let at = Timestamp::from_millis(row.get(1)?);
            let from = row.get(2)?;
            let to = row.get(3)?;
            let subject = row.get(4)?;
            let text = row.get(5)?;
            Ok(Mail { id: row.get(0)?, at, from, to, subject, text })
        })?;
        Ok(mails.collect::<Result<_, _>>()?)
    }

    /// Takes the mail that a request asks for.
    pub(crate) fn answer(&self, body: &str) -> Answer {
        let refused = |name: &'static str, message: &str| (400, Some(name), json!({"message": message}).to_string());
        let Ok(request) = serde_json::from_str::<Request>(body) else {
            return refused("BadRequestException", "Missing a sender, a destination, a subject or a text");
        };
        let [to] = request.destination.to_addresses.as_slice() else {
            return refused("BadRequestException", "Expected one destination");
        };
        match self.keep(&request, to) {
            Ok(id) => (200, None, json!({"MessageId": format!("{id:016x}")}).to_string()),
            Err(error) => (500, Some("InternalFailure"), json!({"message": error.to_string()}).to_string()),
        }
    }

    fn keep(&self, request: &Request, to: &str) -> Result<i64, MailboxError> {
        let connection = self.lock();
        let simple = &request.content.simple;
        let values = params![
            self.clock.now().millis(),
            request.from_email_address,
            to,
            simple.subject.data,
            simple.body.text.data
        ];
        let mut insert = connection
            .prepare_cached("INSERT INTO mails (at, sender, recipient, subject, body) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        insert.execute(values)?;
        Ok(connection.last_insert_rowid())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
