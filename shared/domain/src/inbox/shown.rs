//! How far a message of ours has come, as people see it.

use crate::inbox::statuses::Status;

/// What a person sees of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Waits for its time.
    Scheduled,
    /// Is not sent.
    Cancelled,
    /// Waits.
    Queued,
    /// Waits until its channel sends.
    Held,
    /// Is being posted.
    Claimed,
    /// Meta took it.
    Accepted,
    /// It did not go out.
    Failed,
    /// Nobody knows.
    Unconfirmed,
    /// As WhatsApp says.
    Told(Status),
}

impl Shown {
    /// The word for it in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Cancelled => "cancelled",
            Self::Queued => "queued",
            Self::Held => "held",
            Self::Claimed => "claimed",
            Self::Accepted => "accepted",
            Self::Failed => "failed",
            Self::Unconfirmed => "unconfirmed",
            Self::Told(status) => status.as_str(),
        }
    }

    /// Whether it did not go out, as far as we know.
    #[must_use]
    pub const fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Told(Status::Failed))
    }

    /// Whether nothing more happens soon: Meta has answered, or the message is held or scheduled. A caller who waits is
    /// waiting for this.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        match self {
            Self::Queued | Self::Claimed => false,
            Self::Scheduled | Self::Cancelled | Self::Held => true,
            Self::Accepted | Self::Failed | Self::Unconfirmed | Self::Told(_) => true,
        }
    }

    /// Whether Meta has answered, one way or the other, or never will.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        match self {
            Self::Scheduled | Self::Held | Self::Queued | Self::Claimed => false,
            Self::Cancelled | Self::Accepted | Self::Failed | Self::Unconfirmed | Self::Told(_) => true,
        }
    }
}
