//! The outbox: updates wait to be packed into POSTs, POSTs wait to be answered with 200.

use super::Storage;
use crate::error::Error;
use domain::Timestamp;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

/// One message, status or other change, before it is packed.
#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub id: i64,
    pub due: Timestamp,
    pub field: String,
    pub value: Value,
    pub wamid: Option<String>,
    /// `message`, the name of the status, or `raw`.
    pub kind: String,
}

/// One POST, with the body that every attempt repeats.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub id: i64,
    pub created: Timestamp,
    pub due: Timestamp,
    pub body: String,
    pub updates: i64,
    pub copy_of: Option<i64>,
    pub attempts: u32,
    pub state: String,
    pub last_answer: Option<String>,
    pub last_at: Option<Timestamp>,
}

const POST: &str = "id, created, due, body, updates, copy_of, attempts, state, last_answer, last_at";

fn post(row: &Row<'_>) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get(0)?,
        created: Timestamp::from_millis(row.get(1)?),
        due: Timestamp::from_millis(row.get(2)?),
        body: row.get(3)?,
        updates: row.get(4)?,
        copy_of: row.get(5)?,
        attempts: row.get(6)?,
        state: row.get(7)?,
        last_answer: row.get(8)?,
        last_at: row.get::<_, Option<i64>>(9)?.map(Timestamp::from_millis),
    })
}

fn update(row: &Row<'_>) -> rusqlite::Result<Update> {
    Ok(Update {
        id: row.get(0)?,
        due: Timestamp::from_millis(row.get(1)?),
        field: row.get(2)?,
        value: row.get(3)?,
        wamid: row.get(4)?,
        kind: row.get(5)?,
    })
}

/// Puts an update into the outbox, as `waiting` or, if Meta shall lose it, as `lost`.
pub(crate) fn add_update(connection: &Connection, new: &Update, lost: bool) -> Result<i64, Error> {
    let sql = "INSERT INTO updates (due, field, value, wamid, kind, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let state = if lost { "lost" } else { "waiting" };
    let values = params![new.due.millis(), new.field, new.value, new.wamid, new.kind, state];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(connection.last_insert_rowid())
}

/// Notes a change that another program has delivered.
pub(crate) fn add_delivered(connection: &Connection, value: &Value, wamid: &str, now: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO updates (due, field, value, wamid, kind, state, delivered_at)
        VALUES (?1, 'messages', ?2, ?3, 'message', 'packed', ?1)";
    connection.prepare_cached(sql)?.execute(params![now.millis(), value, wamid])?;
    Ok(())
}

/// The updates due at `now`, the first due first.
pub(crate) fn due_updates(connection: &Connection, now: Timestamp) -> Result<Vec<Update>, Error> {
    let sql = "SELECT id, due, field, value, wamid, kind FROM updates
        WHERE state = 'waiting' AND due <= ?1 ORDER BY due, id LIMIT 10000";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([now.millis()], update)?.collect::<Result<_, _>>()?)
}

/// Adds a POST of `updates`; without them it is a copy.
pub(crate) fn add_post(connection: &Connection, new: &Post, updates: &[i64]) -> Result<i64, Error> {
    let sql = "INSERT INTO posts (created, due, body, updates, copy_of, attempts, state)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)";
    let values = params![new.created.millis(), new.due.millis(), new.body, new.updates, new.copy_of, new.state];
    connection.prepare_cached(sql)?.execute(values)?;
    let id = connection.last_insert_rowid();
    let mut packed = connection.prepare_cached("UPDATE updates SET state = 'packed', post = ?2 WHERE id = ?1")?;
    for update in updates {
        packed.execute([update, &id])?;
    }
    Ok(id)
}

/// Notes that a POST was answered with 200.
pub(crate) fn delivered(connection: &Connection, post: &Post, answer: &str, now: Timestamp) -> Result<(), Error> {
    let sql =
        "UPDATE posts SET state = 'delivered', attempts = attempts + 1, last_answer = ?2, last_at = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![post.id, answer, now.millis()])?;
    let sql = "UPDATE updates SET delivered_at = ?2 WHERE post = ?1 AND delivered_at IS NULL";
    connection.prepare_cached(sql)?.execute(params![post.copy_of.unwrap_or(post.id), now.millis()])?;
    Ok(())
}

/// Notes that a POST was not answered with 200, and when it is tried again, if ever.
pub(crate) fn refused(
    connection: &Connection,
    post: &Post,
    answer: &str,
    now: Timestamp,
    again: Option<Timestamp>,
) -> Result<(), Error> {
    let sql = "UPDATE posts SET state = ?2, attempts = attempts + 1, last_answer = ?3, last_at = ?4,
        due = COALESCE(?5, due) WHERE id = ?1";
    let state = if again.is_some() { "waiting" } else { "dropped" };
    let values = params![post.id, state, answer, now.millis(), again.map(Timestamp::millis)];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Brings the waiting `kind` update of a message forward to `due`; false if there is none.
pub(crate) fn hasten(
    connection: &Connection,
    wamid: &str,
    kind: &str,
    value: &Value,
    due: Timestamp,
) -> Result<bool, Error> {
    let sql =
        "UPDATE updates SET due = ?4, value = ?3 WHERE wamid = ?1 AND kind = ?2 AND state = 'waiting' AND due > ?4";
    Ok(connection.prepare_cached(sql)?.execute(params![wamid, kind, value, due.millis()])? > 0)
}

impl Storage {
    /// The POSTs due at `now`, the first due first.
    pub(crate) fn due_posts(&self, now: Timestamp) -> Result<Vec<Post>, Error> {
        let sql = format!("SELECT {POST} FROM posts WHERE state = 'waiting' AND due <= ?1 ORDER BY due, id LIMIT 1000");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map([now.millis()], post)?.collect::<Result<_, _>>()?)
        })
    }

    /// The newest POSTs before `before`, at most `limit`.
    pub(crate) fn posts(&self, before: i64, limit: usize) -> Result<Vec<Post>, Error> {
        let sql = format!("SELECT {POST} FROM posts WHERE id < ?1 ORDER BY id DESC LIMIT ?2");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            Ok(statement.query_map(params![before, limit], post)?.collect::<Result<_, _>>()?)
        })
    }

    /// Makes every waiting POST due at `now`; returns how many.
    pub(crate) fn retry_now(&self, now: Timestamp) -> Result<usize, Error> {
        self.write(|connection| {
            let sql = "UPDATE posts SET due = ?1 WHERE state = 'waiting' AND due > ?1";
            Ok(connection.execute(sql, [now.millis()])?)
        })
    }

    /// When the next update or POST is due.
    pub(crate) fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT MIN(due) FROM (SELECT MIN(due) AS due FROM updates WHERE state = 'waiting'
            UNION ALL SELECT MIN(due) FROM posts WHERE state = 'waiting')";
        self.read(|connection| {
            let due: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(due.map(Timestamp::from_millis))
        })
    }

    /// How many updates and POSTs wait, were delivered, or were lost or given up.
    pub(crate) fn outbox_counts(&self) -> Result<Vec<(String, i64)>, Error> {
        let sql = "SELECT 'updates.' || state, COUNT(*) FROM updates GROUP BY state
            UNION ALL SELECT 'posts.' || state, COUNT(*) FROM posts GROUP BY state ORDER BY 1";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        })
    }
}
