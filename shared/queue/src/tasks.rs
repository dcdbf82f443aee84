//! The messages of the queues, each with a version. A message is named by its ids alone: the worker reads it afresh.

use crate::client::Outgoing;
use domain::ids::{BudgetId, EmailId, ErasureId, LongJobId, WebhookEventId, WebhookId};
use domain::personal::without_found;
use domain::{
    ChannelId, ConversationId, HistoryId, LeadId, MediaId, MessageId, Taken, TemplateId, TenantId, Timestamp, digest,
};
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
    /// The business whose program reported it, with an API key; none where it came from WhatsApp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<TenantId>,
    /// The event.
    pub event: E,
}

impl<E> InboundTask<E> {
    /// An event that `webhook` has just taken.
    pub const fn first(taken: Taken, event: E) -> Self {
        Self { v: VERSION, arrived: taken.at, place: taken.place, run: Run::First, reporter: None, event }
    }

    /// The same, as a program of this business reported it.
    #[must_use]
    pub fn reported_by(self, tenant: TenantId) -> Self {
        Self { reporter: Some(tenant), ..self }
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

/// A message that wants to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundTask {
    v: u8,
    /// Whose it is.
    pub tenant: TenantId,
    /// In which history.
    pub history: HistoryId,
    /// Which message.
    pub send: MessageId,
    /// How often it was put into the queue before.
    pub redriven: u32,
}

impl OutboundTask {
    /// The message `send`, put into the queue for the `redriven`th time again.
    #[must_use]
    pub const fn new(tenant: TenantId, history: HistoryId, send: MessageId, redriven: u32) -> Self {
        Self { v: VERSION, tenant, history, send, redriven }
    }

    /// What makes this task the same as another, for five minutes: SQS swallows a repetition.
    #[must_use]
    pub fn dedup(&self) -> String {
        digest::hex(&[&self.send.ulid_str(), &self.redriven.to_string()])
    }

    /// The tasks with the same group are taken one after the other: those of one customer.
    #[must_use]
    pub fn group(&self) -> String {
        digest::hex(&[&self.tenant.ulid_str(), &self.history.ulid_str()])
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
        let name = self.signal.to_string();
        let wish = self.wish.to_string();
        let again = self.again.map(|at| at.millis().to_string()).unwrap_or_default();
        Ok(Outgoing {
            group: digest::hex(&[&self.tenant.ulid_str(), &name, "signal"]),
            dedup: digest::hex(&[&name, &wish, &again]),
            body: serde_json::to_string(self)?,
        })
    }
}

/// A number is to be checked with Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckTask {
    v: u8,
    /// Whose it is.
    pub tenant: TenantId,
    /// Which channel.
    pub check: ChannelId,
    /// Which wish it is.
    pub wish: u64,
}

impl CheckTask {
    /// The wish with this number.
    #[must_use]
    pub const fn new(tenant: TenantId, check: ChannelId, wish: u64) -> Self {
        Self { v: VERSION, tenant, check, wish }
    }

    /// The task for the queue. Its group is the channel's own: no message waits for a check.
    ///
    /// # Errors
    /// [`TaskError`] if it cannot be written as JSON.
    pub fn outgoing(&self) -> Result<Outgoing, TaskError> {
        let name = self.check.to_string();
        Ok(Outgoing {
            group: digest::hex(&[&self.tenant.ulid_str(), &name, "check"]),
            dedup: digest::hex(&[&name, &self.wish.to_string(), "check"]),
            body: serde_json::to_string(self)?,
        })
    }
}

/// What comes out of the outbound queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboundWork {
    /// A message.
    Send(OutboundTask),
    /// A signal.
    Signal(SignalTask),
    /// A check of a number.
    Check(CheckTask),
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
            #[serde(borrow)]
            check: Option<&'a RawValue>,
        }
        let kind: Kind<'_> = serde_json::from_str(body)?;
        match (kind.signal, kind.check) {
            (Some(_), _) => read(body).map(Self::Signal),
            (None, Some(_)) => read(body).map(Self::Check),
            (None, None) => read(body).map(Self::Send),
        }
    }
}

/// What a job is about: its kind and the ids by which it finds everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Messages that a budget holds are queued again, as far as it has room.
    Budget {
        /// The budget.
        id: BudgetId,
    },
    /// An email is sent.
    Email {
        /// The email.
        id: EmailId,
    },
    /// A webhook is told of an event.
    Delivery {
        /// The webhook.
        webhook: WebhookId,
        /// The event.
        event: WebhookEventId,
    },
    /// WhatsApp is asked to block or unblock a lead.
    Block {
        /// The lead.
        lead: LeadId,
    },
    /// What is known of a person is erased.
    Erasure {
        /// The erasure.
        id: ErasureId,
    },
    /// A customer's file is fetched from WhatsApp.
    Media {
        /// The file.
        id: MediaId,
    },
    /// A file of ours is taken to WhatsApp, for one number to send.
    MediaUpload {
        /// The file.
        id: MediaId,
        /// The number's channel.
        channel: ChannelId,
    },
    /// A step of an import, an export or a bulk change is taken.
    LongJob {
        /// The job.
        id: LongJobId,
    },
    /// What Meta keeps of a number is changed or read.
    NumberSetup {
        /// The number's channel.
        channel: ChannelId,
    },
    /// Held messages of a channel are queued again.
    Resume {
        /// The channel.
        channel: ChannelId,
    },
    /// A page of an account's templates is read from WhatsApp.
    TemplateSync {
        /// The channel whose token reads it.
        channel: ChannelId,
    },
    /// A template is submitted or deleted.
    TemplateWork {
        /// The template.
        id: TemplateId,
    },
}

impl Job {
    /// The word for its kind, for logs.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Delivery { .. } => "delivery",
            Self::Budget { .. } => "budget",
            Self::Email { .. } => "email",
            Self::Block { .. } => "block",
            Self::Erasure { .. } => "erasure",
            Self::Media { .. } => "media",
            Self::MediaUpload { .. } => "media_upload",
            Self::LongJob { .. } => "long_job",
            Self::NumberSetup { .. } => "number_setup",
            Self::Resume { .. } => "resume",
            Self::TemplateSync { .. } => "template_sync",
            Self::TemplateWork { .. } => "template_work",
        }
    }
}

/// One step of a job: slow work, done apart from everything that somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobTask {
    v: u8,
    /// Whose it is.
    pub tenant: TenantId,
    /// What it is.
    #[serde(flatten)]
    pub job: Job,
    /// Which step it is. A step is taken once: a task that comes again, or late, does nothing.
    pub step: u32,
}

impl JobTask {
    /// The step `step` of `job`.
    #[must_use]
    pub const fn new(tenant: TenantId, job: Job, step: u32) -> Self {
        Self { v: VERSION, tenant, job, step }
    }

    /// The task for the queue, in which the businesses have equal shares.
    ///
    /// # Errors
    /// [`TaskError`] if it cannot be written as JSON.
    pub fn outgoing(&self) -> Result<Outgoing, TaskError> {
        Ok(Outgoing { group: self.tenant.ulid_str(), dedup: String::new(), body: serde_json::to_string(self)? })
    }

    /// Reads a queue message.
    ///
    /// # Errors
    /// [`TaskError`] if it is not one of this version.
    pub fn parse(body: &str) -> Result<Self, TaskError> {
        read(body)
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

impl Versioned for JobTask {
    fn version(&self) -> u8 {
        self.v
    }
}

impl Versioned for CheckTask {
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
        let tenant = TenantId::from_parts(at, 1);
        let history = HistoryId::from_parts(at, 2);
        let send = MessageId::from_parts(at, 3);
        let first = OutboundTask::new(tenant, history, send, 0);
        let again = OutboundTask::new(tenant, history, send, 1);
        assert_ne!(first.dedup(), again.dedup());
        assert_eq!(first.group(), again.group());
        assert_eq!(OutboundTask::parse(&first.body().unwrap()).unwrap(), first);
    }

    #[test]
    fn a_job_is_a_pointer_that_reads_back() {
        let at = Timestamp::from_seconds(9);
        let tenant = TenantId::from_parts(at, 1);
        let id = MediaId::from_parts(at, 2);
        let email = EmailId::from_parts(at, 4);
        for job in [
            Job::Budget { id: BudgetId::from_parts(at, 6) },
            Job::Email { id: email },
            Job::Media { id },
            Job::MediaUpload { id, channel: ChannelId::from_parts(at, 3) },
            Job::LongJob { id: LongJobId::from_parts(at, 6) },
            Job::Resume { channel: ChannelId::from_parts(at, 3) },
            Job::NumberSetup { channel: ChannelId::from_parts(at, 3) },
            Job::TemplateSync { channel: ChannelId::from_parts(at, 3) },
            Job::TemplateWork { id: TemplateId::from_parts(at, 5) },
        ] {
            let task = JobTask::new(tenant, job, 4);
            let sent = task.outgoing().unwrap();
            assert_eq!(sent.group, tenant.ulid_str());
            assert_eq!(JobTask::parse(&sent.body).unwrap(), task);
        }
        assert!(JobTask::parse(r#"{"v":1,"job":"make_coffee","step":0}"#).is_err());
    }
}
