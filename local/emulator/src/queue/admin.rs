//! The queues themselves: creating and changing them, their names, and what can be counted.

use super::attributes::Attributes;
use super::{Queue, QueueError, Queues, redrive};
use crate::names::{ACCOUNT, REGION};
use domain::Timestamp;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// The longest name of a queue, with its suffix.
const MAX_NAME: usize = 80;

/// How the name of a FIFO queue ends.
const FIFO_SUFFIX: &str = ".fifo";

/// A queue's ARN.
pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// The name at the end of a queue's ARN.
pub(super) fn name_in_arn(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// A queue's URL.
pub(super) fn url(name: &str) -> String {
    format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}")
}

/// The name at the end of a queue's URL.
pub(super) fn name_in_url(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// Reads all queues.
pub(super) fn load(db: &Connection) -> Result<BTreeMap<String, Queue>, QueueError> {
    let mut statement = db.prepare("SELECT id, name, created, attributes FROM queues")?;
    let mut rows = statement.query([])?;
    let mut queues = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let attributes: String = row.get(3)?;
        let name: String = row.get(1)?;
        let attributes = Attributes::new(is_fifo(&name), serde_json::from_str(&attributes)?)?;
        let queue = queue(row.get(0)?, name, Timestamp::from_millis(row.get(2)?), attributes);
        queues.insert(queue.name.clone(), queue);
    }
    Ok(queues)
}

fn queue(id: i64, name: String, created: Timestamp, attributes: Attributes) -> Queue {
    Queue { id, name, created, attributes, changed: Arc::new(watch::Sender::new(0)) }
}

impl Queues {
    /// Creates a queue, or finds that it exists with the same attributes.
    pub(super) fn create(&self, name: &str, given: BTreeMap<String, String>) -> Result<(), QueueError> {
        check_name(name)?;
        if let Ok(existing) = self.queue(name) {
            return existing
                .attributes
                .first_difference(&given)
                .map_or(Ok(()), |attribute| Err(QueueError::QueueNameExists(attribute.to_owned())));
        }
        let attributes = Attributes::new(is_fifo(name), given)?;
        self.check_target(&attributes)?;
        let text = serde_json::to_string(attributes.values())?;
        let created = self.now();
        let id = self.write(|db, now| {
            let insert = "INSERT INTO queues (name, created, attributes) VALUES (?1, ?2, ?3)";
            db.execute(insert, params![name, now.millis(), text])?;
            Ok(db.last_insert_rowid())
        })?;
        self.lock().queues.insert(name.to_owned(), queue(id, name.to_owned(), created, attributes));
        Ok(())
    }

    /// Changes some attributes of a queue.
    pub(super) fn set_attributes(&self, queue: &Queue, given: BTreeMap<String, String>) -> Result<(), QueueError> {
        let attributes = queue.attributes.clone().changed(given)?;
        self.check_target(&attributes)?;
        let text = serde_json::to_string(attributes.values())?;
        self.write(
            |db, _| Ok(db.execute("UPDATE queues SET attributes = ?2 WHERE id = ?1", params![queue.id, text])?),
        )?;
        self.lock().queues.insert(queue.name.clone(), Queue { attributes, ..queue.clone() });
        Ok(())
    }

    /// All attributes of a queue, with its counts.
    pub(super) fn attributes(&self, queue: &Queue) -> Result<BTreeMap<String, String>, QueueError> {
        let mut all = queue.attributes.values().clone();
        let created = queue.created.seconds().to_string();
        all.insert("QueueArn".to_owned(), arn(&queue.name));
        all.insert("LastModifiedTimestamp".to_owned(), created.clone());
        all.insert("CreatedTimestamp".to_owned(), created);
        for (name, count) in counts(&self.lock().connection, queue, self.now())? {
            all.insert(name.to_owned(), count.to_string());
        }
        Ok(all)
    }

    /// Removes all messages of a queue, also those in flight.
    pub(super) fn purge(&self, queue: &Queue) -> Result<(), QueueError> {
        self.write(|db, _| {
            db.execute("DELETE FROM messages WHERE queue = ?1", params![queue.id])?;
            db.execute("DELETE FROM message_groups WHERE queue = ?1", params![queue.id])?;
            Ok(())
        })
    }

    /// Moves what is in the dead-letter queue `source` to `destination`, or back to where each message came from. AWS
    /// does this in the background; here it is done when this returns.
    pub(super) fn move_messages(&self, source: &str, destination: Option<&str>) -> Result<(), QueueError> {
        let queues = self.lock().queues.clone();
        let find = |arn: &str| queues.get(name_in_arn(arn)).cloned().ok_or(QueueError::ResourceNotFound);
        let from = find(source)?;
        let target = destination.map(find).transpose()?;
        let source_arn = arn(&from.name);
        let is_target =
            |queue: &Queue| queue.attributes.redrive().is_some_and(|policy| policy.target_arn == source_arn);
        if !queues.values().any(is_target) {
            let reason = "Source queue must be configured as a Dead Letter Queue.";
            return Err(QueueError::InvalidParameterValue { value: source.to_owned(), name: "SourceArn", reason });
        }
        let origin = |id: Option<i64>| queues.values().find(|queue| Some(queue.id) == id).cloned();
        let destination = |id| target.clone().or_else(|| origin(id));
        let reached = self.write(|db, now| redrive::unbury(db, &from, destination, now))?;
        reached.iter().for_each(Queue::signal);
        Ok(())
    }

    /// The names of the queues that begin with `prefix`.
    pub(super) fn names(&self, prefix: &str) -> Vec<String> {
        self.lock().queues.keys().filter(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn check_target(&self, attributes: &Attributes) -> Result<(), QueueError> {
        let Some(policy) = attributes.redrive() else { return Ok(()) };
        self.queue(name_in_arn(&policy.target_arn)).map(|_| ()).map_err(|_| QueueError::InvalidParameterValue {
            value: policy.target_arn.clone(),
            name: "RedrivePolicy",
            reason: "Dead letter target does not exist.",
        })
    }
}

/// By its name, as AWS wants it.
fn is_fifo(name: &str) -> bool {
    name.ends_with(FIFO_SUFFIX)
}

fn check_name(name: &str) -> Result<(), QueueError> {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let stem = name.strip_suffix(FIFO_SUFFIX).unwrap_or(name);
    if !stem.is_empty() && stem.bytes().all(valid) && name.len() <= MAX_NAME {
        return Ok(());
    }
    Err(QueueError::InvalidParameterValue {
        value: name.to_owned(),
        name: "QueueName",
        reason: "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length, .fifo for FIFO.",
    })
}

fn counts(db: &Connection, queue: &Queue, now: Timestamp) -> Result<[(&'static str, i64); 3], QueueError> {
    let count = "SELECT
            COALESCE(SUM(visible <= ?2), 0),
            COALESCE(SUM(visible > ?2 AND receives > 0), 0),
            COALESCE(SUM(visible > ?2 AND receives = 0), 0)
        FROM messages WHERE queue = ?1";
    Ok(db.prepare_cached(count)?.query_row(params![queue.id, now.millis()], |row| {
        Ok([
            ("ApproximateNumberOfMessages", row.get(0)?),
            ("ApproximateNumberOfMessagesNotVisible", row.get(1)?),
            ("ApproximateNumberOfMessagesDelayed", row.get(2)?),
        ])
    })?)
}
