//! Long jobs of a business: imports, exports and bulk changes. Each runs in steps, of which a worker takes one at a time.
//! What a step starts from is written down before the next one begins, so that a worker that dies loses and doubles
//! nothing.

use crate::actors::Actor;
use crate::ids::{LongJobId, TenantId};
use crate::personal::{Secret, Text};
use crate::signed_token;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use std::time::Duration;

/// How many long jobs of one business run at a time.
pub const AT_A_TIME: u8 = 2;

/// How often a step is tried before its job fails.
pub const MOST_TRIES: u32 = 8;

/// How long a job is listed. A rule of the bucket removes its files after a week.
pub const KEPT: Duration = Duration::from_secs(90 * 24 * 3600);

/// How long the files of a job are kept.
pub const FILES_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long a link to a file of a job works.
const TICKET_HOUR: i64 = 3600;

string_enum! {
    /// What a long job does.
    JobKind {
        /// Reads leads from a file.
        Import = "import",
        /// Writes leads or conversations into files.
        Export = "export",
        /// Changes many leads or conversations.
        Bulk = "bulk",
    }
}

string_enum! {
    /// How far a long job has come.
    JobState {
        /// It waits for a person: for a file, or for the go-ahead.
        Waiting = "waiting",
        /// Its steps are taken.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It was given up. `problem` says why.
        Failed = "failed",
        /// A person cancelled it. What was done by then stays.
        Cancelled = "cancelled",
    }
}

impl JobState {
    /// Whether nothing more will be done.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        match self {
            Self::Waiting | Self::Running => false,
            Self::Done | Self::Failed | Self::Cancelled => true,
        }
    }
}

/// A long job. What it is to do and how far it has come is JSON that its kind alone reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongJob {
    /// Its ID.
    pub id: LongJobId,
    /// What it does.
    pub kind: JobKind,
    /// How far it has come.
    pub state: JobState,
    /// Who began it: what they may see and do limits it.
    pub by: Actor,
    /// What it is to do.
    pub order: String,
    /// What has been done.
    pub progress: String,
    /// The next step, from 0.
    pub step: u32,
    /// How often that step was begun.
    pub tries: u32,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Why it failed.
    pub problem: Option<Text>,
}

impl LongJob {
    /// A new job.
    #[must_use]
    pub const fn new(
        id: LongJobId,
        kind: JobKind,
        state: JobState,
        by: Actor,
        order: String,
        progress: String,
    ) -> Self {
        Self { id, kind, state, by, order, progress, step: 0, tries: 0, ended: None, problem: None }
    }

    /// A name that only this try of this step gives to a file: a worker that was taken for dead overwrites no other's.
    #[must_use]
    pub fn part(&self, name: &str) -> String {
        format!("{name}-{}-{}", self.step, self.tries)
    }
}

/// Where a file of a job is kept in the bucket. The prefix is that of the rule that removes old ones.
#[must_use]
pub fn object(tenant: TenantId, job: LongJobId, name: &str) -> String {
    format!("jobs/{}/{}/{name}", tenant.ulid_str(), job.ulid_str())
}

/// What opens the files of one job for one person, without a token: a browser's download sends none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobTicket {
    /// Whose job it is.
    pub tenant: TenantId,
    /// For whom it opens.
    pub viewer: Actor,
}

impl JobTicket {
    /// The ticket for the files of `id`, as it stands in a link: the same within an hour.
    #[must_use]
    pub fn sign(&self, key: &Secret, id: LongJobId, now: Timestamp) -> String {
        let hour = now.seconds() / TICKET_HOUR;
        let Self { tenant, viewer } = self;
        signed_token::sign(key, &purpose(&id.ulid_str()), format!("{hour}.{tenant}.{viewer}").as_bytes())
    }

    /// Reads a ticket for the files of `id`; none if it is for another job, is over, or is not ours.
    #[must_use]
    pub fn open(key: &Secret, id: LongJobId, ticket: &str, now: Timestamp) -> Option<Self> {
        let payload = String::from_utf8(signed_token::verify(key, &purpose(&id.ulid_str()), ticket)?).ok()?;
        let mut parts = payload.splitn(3, '.');
        let hour: i64 = parts.next()?.parse().ok()?;
        let ticket = Self { tenant: parts.next()?.parse().ok()?, viewer: parts.next()?.parse().ok()? };
        let present = now.seconds() / TICKET_HOUR;
        (hour <= present && present <= hour + 1).then_some(ticket)
    }
}

const fn purpose(id: &str) -> [&str; 2] {
    ["long job", id]
}

/// A field of a CSV file that we write. A spreadsheet takes no cell of it for a formula: an apostrophe precedes one that
/// begins like it.
#[must_use]
pub fn csv_field(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
}

/// A line of a CSV file that we write.
#[must_use]
pub fn csv_line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let fields: Vec<_> = fields.into_iter().map(csv_field).collect();
    format!("{}\r\n", fields.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    #[test]
    fn a_ticket_opens_the_files_of_its_job_for_an_hour() {
        let key = Secret::new("k".repeat(32));
        let id = LongJobId::from_parts(NOW, 2);
        let ticket = JobTicket { tenant: TenantId::from_parts(NOW, 1), viewer: Actor::Nobody };
        let signed = ticket.sign(&key, id, NOW);
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        assert_eq!(JobTicket::open(&key, id, &signed, later(3600)), Some(ticket));
        assert_eq!(JobTicket::open(&key, id, &signed, later(7200)), None);
        assert_eq!(JobTicket::open(&key, LongJobId::from_parts(NOW, 3), &signed, NOW), None);
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(
            csv_line(["a \"b\", c", "=1+1", "@SUM(A1)", "-2", "\t=1"]),
            "\"a \"\"b\"\", c\",\"'=1+1\",\"'@SUM(A1)\",\"'-2\",\"'\t=1\"\r\n"
        );
    }
}
