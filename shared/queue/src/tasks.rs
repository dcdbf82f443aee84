//! The messages of the queues, each with a version. A send is named by its ids alone: the worker reads it afresh.

use crate::client::Outgoing;
use domain::personal::without_found;
use domain::{ConversationId, HomeId, MessageId, Taken, TenantId, Timestamp, digest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version that is written, and the only one that is read.
const VERSION: u8 = 1;

/// A queue message that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// It is not JSON of the expected shape. What stands there instead is not told.
    #[error("the task cannot be read: {}", without_found(&.0.to_string()))]
    Unreadable(#[from] serde_json::Error),
    /// It was written by a version that is not known here.
    #[error("the task has version {0}, not {VERSION}")]
    Version(u8),
}

/// Why an event is in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// It came from WhatsApp.
    First,
    /// It waited for the message it speaks of, and is tried again.
    Again,
    /// It has waited long enough: what cannot be placed now is shown by itself, or dropped.
    Last,
}

/// An event of WhatsApp, as `webhook` took it out of its POST.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InboundTask<E> {
    v: u8,
    /// When `webhook` took the POST.
    pub arrived: Timestamp,
    /// The event's place in the POST.
    #[serde(default)]
    pub place: u16,
    /// Why it is here.
    pub run: Run,
    /// The event.
    pub event: E,
}

impl<E> InboundTask<E> {
    /// An event that `webhook` has just taken.
    pub const fn first(taken: Taken, event: E) -> Self {
        Self { v: VERSION, arrived: taken.at, place: taken.place, run: Run::First, event }
    }

    /// When and where `webhook` took the event.
    #[must_use]
    pub const fn taken(&self) -> Taken {
        Taken { at: self.arrived, place: self.place }
    }
}

/// Puts an event that waited into words for the queue once more. `body` is as it stood in the queue; `occasion`
/// tells this try from others of the same event, which SQS would swallow as its repetition.
///
/// # Errors
/// [`TaskError`] if `body` is not an event of this version.
pub fn rerun(body: &str, run: Run, occasion: &[&str]) -> Result<Outgoing, TaskError> {
    let task: InboundTask<Box<RawValue>> = InboundTask::parse(body)?;
    let name = digest::hex(&[body]);
    let parts: Vec<_> = occasion.iter().copied().chain([name.as_str()]).collect();
    Ok(Outgoing { group: name.clone(), dedup: digest::hex(&parts), body: InboundTask { run, ..task }.body()? })
}

/// A send that wants to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundTask {
    v: u8,
    /// Whose it is.
    pub tenant: TenantId,
    /// In which home.
    pub home: HomeId,
    /// Which send.
    pub send: MessageId,
    /// How often the sweeper has put it into the queue again.
    pub redriven: u32,
}

impl OutboundTask {
    /// The send `send`, put into the queue for the `redriven`th time again.
    #[must_use]
    pub const fn new(tenant: TenantId, home: HomeId, send: MessageId, redriven: u32) -> Self {
        Self { v: VERSION, tenant, home, send, redriven }
    }

    /// What makes this task the same as another, for five minutes: SQS swallows a repetition.
    #[must_use]
    pub fn dedup(&self) -> String {
        digest::hex(&[&self.send.bare(), &self.redriven.to_string()])
    }

    /// The tasks with the same group are taken one after the other: those of one customer.
    #[must_use]
    pub fn group(&self) -> String {
        digest::hex(&[&self.tenant.bare(), &self.home.bare()])
    }
}

/// A customer is to be shown that messages were read, or that somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignalTask {
    v: u8,
    /// Whose it is.
    pub tenant: TenantId,
    /// In which conversation.
    pub signal: ConversationId,
    /// Which wish it is.
    pub wish: u64,
    /// How often the sweeper has put it into the queue again, as a time: none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Timestamp>,
}

impl SignalTask {
    /// The wish with this number; `again` is when the sweeper put it into the queue again.
    #[must_use]
    pub const fn new(tenant: TenantId, signal: ConversationId, wish: u64, again: Option<Timestamp>) -> Self {
        Self { v: VERSION, tenant, signal, wish, again }
    }

    /// The task for the queue. Its group is its own: no message waits for a signal.
    ///
    /// # Errors
    /// [`TaskError`] if it cannot be written as JSON.
    pub fn outgoing(&self) -> Result<Outgoing, TaskError> {
        let (name, wish) = (self.signal.to_string(), self.wish.to_string());
        let again = self.again.map(|at| at.millis().to_string()).unwrap_or_default();
        Ok(Outgoing {
            group: digest::hex(&[&self.tenant.bare(), &name, "signal"]),
            dedup: digest::hex(&[&name, &wish, &again]),
            body: serde_json::to_string(self)?,
        })
    }
}

/// What comes out of the outbound queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboundWork {
    /// A send.
    Send(OutboundTask),
    /// A signal.
    Signal(SignalTask),
}

impl OutboundWork {
    /// Reads a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it is not one of this version.
    pub fn parse(body: &str) -> Result<Self, TaskError> {
        #[derive(Deserialize)]
        struct Kind<'a> {
            #[serde(borrow)]
            signal: Option<&'a RawValue>,
        }
        let kind: Kind<'_> = serde_json::from_str(body)?;
        match kind.signal {
            Some(_) => read(body).map(Self::Signal),
            None => read(body).map(Self::Send),
        }
    }
}

trait Versioned {
    fn version(&self) -> u8;
}

impl<E> Versioned for InboundTask<E> {
    fn version(&self) -> u8 {
        self.v
    }
}

impl Versioned for OutboundTask {
    fn version(&self) -> u8 {
        self.v
    }
}

impl Versioned for SignalTask {
    fn version(&self) -> u8 {
        self.v
    }
}

fn read<T: DeserializeOwned + Versioned>(body: &str) -> Result<T, TaskError> {
    let task: T = serde_json::from_str(body)?;
    if task.version() == VERSION { Ok(task) } else { Err(TaskError::Version(task.version())) }
}

impl<E: DeserializeOwned> InboundTask<E> {
    /// Reads a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it is not one of this version.
    pub fn parse(body: &str) -> Result<Self, TaskError> {
        read(body)
    }
}

impl<E: Serialize> InboundTask<E> {
    /// Writes it as a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it cannot be written as JSON.
    pub fn body(&self) -> Result<String, TaskError> {
        Ok(plain(&serde_json::to_string(self)?))
    }
}

impl OutboundTask {
    /// Reads a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it is not one of this version.
    pub fn parse(body: &str) -> Result<Self, TaskError> {
        read(body)
    }

    /// Writes it as a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it cannot be written as JSON.
    pub fn body(&self) -> Result<String, TaskError> {
        Ok(serde_json::to_string(self)?)
    }
}

/// SQS refuses a body with U+FFFE or U+FFFF, which JSON allows unescaped: they are escaped here.
fn plain(json: &str) -> String {
    json.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_reads_back_and_another_version_is_told() {
        let task = InboundTask::first(Taken { at: Timestamp::from_seconds(9), place: 3 }, "event\u{ffff}".to_owned());
        let body = task.body().unwrap();
        assert!(!body.contains('\u{ffff}'), "SQS would refuse it");
        let read = InboundTask::<String>::parse(&body).unwrap();
        assert_eq!(read.event, "event\u{ffff}");
        assert_eq!(read.taken(), task.taken());
        let newer = body.replace("\"v\":1", "\"v\":2");
        assert!(matches!(InboundTask::<String>::parse(&newer), Err(TaskError::Version(2))));
        assert!(matches!(InboundTask::<String>::parse("{"), Err(TaskError::Unreadable(_))));
    }

    #[test]
    fn a_redriven_send_is_not_swallowed_as_a_repetition() {
        let at = Timestamp::from_seconds(9);
        let (tenant, home, send) =
            (TenantId::from_parts(at, 1), HomeId::from_parts(at, 2), MessageId::from_parts(at, 3));
        let first = OutboundTask::new(tenant, home, send, 0);
        let again = OutboundTask::new(tenant, home, send, 1);
        assert_ne!(first.dedup(), again.dedup());
        assert_eq!(first.group(), again.group());
        assert_eq!(OutboundTask::parse(&first.body().unwrap()).unwrap(), first);
    }
}
