//! What happened: the accepted sends, and the outbox of webhooks.

use crate::error::Error;
use crate::simulator::Simulator;
use crate::storage::{Address, Post, SendRow};
use domain::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// An accepted send.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendRecord {
    /// Counts the accepted sends.
    pub seq: i64,
    /// The id of the number that it was sent from.
    pub phone_number_id: String,
    /// The message's id.
    pub wamid: String,
    /// When it was accepted.
    pub at: Timestamp,
    /// The recipient's number among the people; none if it was lost.
    pub person: Option<i64>,
    /// The recipient as given.
    pub input: String,
    /// Whether it went to a BSUID in `to`, and so to nobody.
    pub lost: bool,
    /// The type of the message.
    #[serde(rename = "type")]
    pub kind: String,
    /// What every status echoes.
    pub callback_data: Option<String>,
    /// The request.
    pub body: Value,
    /// The fault that its answer met.
    pub fault: Option<String>,
    /// Where it is now.
    pub ticks: Ticks,
    /// The code with which it failed.
    pub failed: Option<i64>,
}

/// How far a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ticks {
    /// The other side does not have it yet.
    Clock,
    /// It left.
    Sent,
    /// The other side has it.
    Delivered,
    /// The other side has read it.
    Read,
    /// It will not arrive.
    Failed,
}

/// One POST of the outbox.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookRecord {
    /// Counts the POSTs.
    pub id: i64,
    /// The POST that this one is a copy of.
    pub copy_of: Option<i64>,
    /// When it was packed.
    pub created: Timestamp,
    /// When it is or was due.
    pub due: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// `waiting`, `delivered`, `lost` (by a setting) or `dropped` (after seven days).
    pub state: String,
    /// The last HTTP status, or why there was none.
    pub last_answer: Option<String>,
    /// When that was.
    pub last_at: Option<Timestamp>,
    /// How many updates it carries.
    pub updates: i64,
    /// The very text that is signed and sent.
    pub body: String,
}

impl Simulator {
    /// Every accepted send, newest first; of one opaque datum, if named.
    ///
    /// # Errors
    /// If the database fails.
    pub fn sends(&self, callback_data: Option<&str>) -> Result<Vec<SendRecord>, Error> {
        self.sends_before(callback_data, i64::MAX, usize::MAX)
    }

    pub(crate) fn sends_before(
        &self,
        callback_data: Option<&str>,
        before: i64,
        limit: usize,
    ) -> Result<Vec<SendRecord>, Error> {
        let now = self.now();
        let rows = self.storage().sends(callback_data, before, limit)?;
        Ok(rows.into_iter().map(|row| SendRecord::from_row(row, now)).collect())
    }

    /// Every POST of the outbox, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn webhooks(&self) -> Result<Vec<WebhookRecord>, Error> {
        self.webhooks_before(i64::MAX, usize::MAX)
    }

    pub(crate) fn webhooks_before(&self, before: i64, limit: usize) -> Result<Vec<WebhookRecord>, Error> {
        Ok(self.storage().posts(before, limit)?.into_iter().map(WebhookRecord::from).collect())
    }
}

impl SendRecord {
    fn from_row(row: SendRow, now: Timestamp) -> Self {
        Self {
            ticks: ticks_of(&row, now),
            seq: row.seq,
            phone_number_id: row.number,
            wamid: row.wamid,
            at: row.at,
            person: row.person,
            input: row.input,
            lost: row.address == Address::TransportError,
            kind: row.kind,
            callback_data: row.callback_data,
            body: row.body,
            fault: row.fault,
            failed: row.failed,
        }
    }
}

impl From<Post> for WebhookRecord {
    fn from(post: Post) -> Self {
        Self {
            id: post.id,
            copy_of: post.copy_of,
            created: post.created,
            due: post.due,
            attempts: post.attempts,
            state: post.state,
            last_answer: post.last_answer,
            last_at: post.last_at,
            updates: post.updates,
            body: post.body,
        }
    }
}

/// How far a send is at `now`.
pub(crate) fn ticks_of(row: &SendRow, now: Timestamp) -> Ticks {
    let past = |time: Option<Timestamp>| time.is_some_and(|at| at <= now);
    if row.failed.is_some() && past(row.sent_at) {
        Ticks::Failed
    } else if past(row.read_at) {
        Ticks::Read
    } else if past(row.delivered_at) {
        Ticks::Delivered
    } else if past(row.sent_at) {
        Ticks::Sent
    } else {
        Ticks::Clock
    }
}
