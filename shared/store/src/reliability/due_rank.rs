//! The places of due work in its lists: by kind, by business, and by when.

use crate::table::keys::rank;
use domain::{TenantId, Timestamp};

/// A kind of due work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// An entry of the audit that no link holds yet.
    Audit,
    /// An event on its way to a webhook.
    Delivery,
    /// A budget whose held messages are to be looked at.
    Budget,
    /// A lead that WhatsApp is to block or unblock.
    Block,
    /// An e-mail.
    Email,
    /// A person whose data is being erased.
    Erasure,
    /// The next step of an import, an export or a bulk change.
    LongJob,
    /// A file to be fetched.
    Media,
    /// Events that wait for a message.
    Orphan,
    /// A lead whose lists and search tokens are to be written.
    Reindex,
    /// A reminder of a task.
    Reminder,
    /// A channel whose held messages are to be released.
    Resume,
    /// A message.
    Send,
    /// What Meta keeps of a number, to be changed or read.
    Setup,
    /// Something that a customer is to be shown.
    Signal,
    /// A conversation that wakes.
    Snooze,
    /// What is counted for the audit.
    Tally,
    /// A template that is to be submitted or deleted, or an account's templates that are to be read.
    Template,
}

impl DueKind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::Audit,
        Self::Delivery,
        Self::Budget,
        Self::Block,
        Self::Email,
        Self::Erasure,
        Self::LongJob,
        Self::Media,
        Self::Orphan,
        Self::Reindex,
        Self::Reminder,
        Self::Resume,
        Self::Send,
        Self::Setup,
        Self::Signal,
        Self::Snooze,
        Self::Tally,
        Self::Template,
    ];

    /// What the sort keys of due work of this kind begin with.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Delivery => "delivery",
            Self::Budget => "budget",
            Self::Block => "block",
            Self::Email => "email",
            Self::Erasure => "erasure",
            Self::LongJob => "job",
            Self::Media => "media",
            Self::Orphan => "orphan",
            Self::Reindex => "reindex",
            Self::Reminder => "reminder",
            Self::Resume => "resume",
            Self::Send => "send",
            Self::Setup => "setup",
            Self::Signal => "signal",
            Self::Snooze => "snooze",
            Self::Tally => "tally",
            Self::Template => "template",
        }
    }
}

/// The place in its list of something that is due at `at`; `name` tells equals apart. What a business waits for stands
/// together, so that a long list of one is passed over with one read.
#[must_use]
pub fn due_rank(kind: DueKind, tenant: TenantId, at: Timestamp, name: &str) -> String {
    format!("{}#{}#{}", kind.as_str(), tenant.ulid_str(), rank(at, name))
}

/// The kind, the business and the time in a [`due_rank`].
#[must_use]
pub fn read_due_rank(rank: &str) -> Option<(DueKind, TenantId, Timestamp)> {
    let mut parts = rank.splitn(4, '#');
    let word = parts.next()?;
    let kind = DueKind::ALL.into_iter().find(|kind| kind.as_str() == word)?;
    let tenant = TenantId::from_ulid_str(parts.next()?).ok()?;
    Some((kind, tenant, Timestamp::from_millis(parts.next()?.parse().ok()?)))
}

/// What comes after every [`due_rank`] of this kind and business, and before all that follow.
#[must_use]
pub fn after_due_of(kind: DueKind, tenant: TenantId) -> String {
    format!("{}#{}$", kind.as_str(), tenant.ulid_str())
}
