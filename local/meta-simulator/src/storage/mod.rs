//! What the simulator remembers, in SQLite: people, sends, customer messages, files, templates, and the outbox of webhooks.

pub(crate) mod blocks;
pub(crate) mod facts;
mod media;
pub(crate) mod outbox;
pub(crate) mod people;
pub(crate) mod profiles;
pub(crate) mod received;
pub(crate) mod sends;
pub(crate) mod signups;
pub(crate) mod subscriptions;
pub(crate) mod templates;
pub(crate) mod tokens;

pub(crate) use outbox::{Post, Update};
pub(crate) use received::ReceivedRow;
pub(crate) use sends::{Address, SendRow};
pub(crate) use templates::TemplateRow;

use crate::config::Database;
use crate::error::Error;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS counter (only INTEGER PRIMARY KEY CHECK (only = 1), value INTEGER NOT NULL);
INSERT OR IGNORE INTO counter VALUES (1, 0);
CREATE TABLE IF NOT EXISTS people (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, wa_id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL UNIQUE,
  username TEXT, hides_phone INTEGER NOT NULL, window_at INTEGER);
CREATE TABLE IF NOT EXISTS sends (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, wamid TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, person INTEGER,
  address TEXT NOT NULL, input TEXT NOT NULL, type TEXT NOT NULL, opaque TEXT, body TEXT NOT NULL, fault TEXT,
  billing TEXT, sent_at INTEGER, delivered_at INTEGER, read_at INTEGER, failed INTEGER);
CREATE INDEX IF NOT EXISTS sends_by_person ON sends (person, seq);
CREATE INDEX IF NOT EXISTS sends_by_opaque ON sends (opaque, seq);
CREATE TABLE IF NOT EXISTS received (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, wamid TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, person INTEGER NOT NULL,
  type TEXT NOT NULL, message TEXT NOT NULL, read_at INTEGER, typing_until INTEGER);
CREATE INDEX IF NOT EXISTS received_by_person ON received (person, seq);
CREATE TABLE IF NOT EXISTS updates (
  id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  wamid TEXT, kind TEXT NOT NULL, state TEXT NOT NULL, post INTEGER, delivered_at INTEGER);
CREATE INDEX IF NOT EXISTS updates_due ON updates (state, due, id);
CREATE INDEX IF NOT EXISTS updates_by_wamid ON updates (wamid);
CREATE INDEX IF NOT EXISTS updates_by_post ON updates (post);
CREATE TABLE IF NOT EXISTS posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL,
  updates INTEGER NOT NULL, copy_of INTEGER, attempts INTEGER NOT NULL, state TEXT NOT NULL,
  last_answer TEXT, last_at INTEGER);
CREATE INDEX IF NOT EXISTS posts_due ON posts (state, due, id);
CREATE TABLE IF NOT EXISTS uploads (
  id TEXT PRIMARY KEY, mime_type TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS subscriptions (waba TEXT PRIMARY KEY, subscribed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS templates (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, category TEXT NOT NULL, status TEXT NOT NULL,
  quality TEXT NOT NULL, reason TEXT NOT NULL, components TEXT NOT NULL, review_status TEXT, review_reason TEXT,
  review_at INTEGER, UNIQUE (name, language));
CREATE TABLE IF NOT EXISTS blocks (
  number TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (number, person));
CREATE TABLE IF NOT EXISTS template_edits (template TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS profiles (number TEXT PRIMARY KEY, profile TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
  number TEXT NOT NULL, word TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (number, word));
CREATE TABLE IF NOT EXISTS codes (
  code TEXT PRIMARY KEY, number TEXT NOT NULL, redirect TEXT NOT NULL, until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS onboarded (
  number TEXT PRIMARY KEY, at INTEGER, registered INTEGER NOT NULL, on_phone INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, waba TEXT NOT NULL, expires_at INTEGER, permissions TEXT NOT NULL);
";

/// The database, one statement at a time.
#[derive(Debug)]
pub(crate) struct Storage(Mutex<Connection>);

impl Storage {
    /// Opens the database and makes its tables.
    pub(crate) fn open(database: &Database) -> Result<Self, Error> {
        let connection = match database {
            Database::Memory => Connection::open_in_memory()?,
            Database::File(path) => Connection::open(path)?,
        };
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.execute_batch(SCHEMA)?;
        add_number(&connection)?;
        templates::seed(&connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Runs `work` on the connection.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs `work` in a transaction, which is committed if it succeeds.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// Adds the columns for the business's number to a database that was made before there were several.
fn add_number(connection: &Connection) -> Result<(), Error> {
    for table in ["sends", "received"] {
        let sql = "SELECT COUNT(*) FROM pragma_table_info(?1) WHERE name = 'number'";
        let there: i64 = connection.query_row(sql, [table], |row| row.get(0))?;
        if there == 0 {
            connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN number TEXT NOT NULL DEFAULT ''"))?;
        }
    }
    Ok(())
}

/// The next number; never given twice by one database.
pub(crate) fn next_count(connection: &Connection) -> Result<i64, Error> {
    let sql = "UPDATE counter SET value = value + 1 RETURNING value";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
