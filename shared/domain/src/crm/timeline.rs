//! A lead's timeline: its kinds of entries, and the limits of what the team writes into it by hand.

use crate::inbox::history::{Entry, Event, Line};
use crate::string_enum::string_enum;

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 4_000;

/// The most users that one note mentions.
pub const MOST_MENTIONS: usize = 20;

/// The longest call or meeting, in minutes: a day.
pub const LONGEST_ACTIVITY: u32 = 24 * 60;

string_enum! {
    /// A kind of entries of a lead's timeline.
    TimelineKind {
        /// Messages.
        Messages = "messages",
        /// Notes.
        Notes = "notes",
        /// Calls, emails and meetings.
        Activities = "activities",
        /// Tasks.
        Tasks = "tasks",
        /// Deals.
        Deals = "deals",
        /// Moves between stages.
        Stages = "stages",
        /// Changes of details, deletion, restoration and merges.
        Changes = "changes",
        /// Status and assignment of conversations.
        Conversations = "conversations",
    }
}

impl TimelineKind {
    /// The kind of `entry`.
    #[must_use]
    pub const fn of_entry(entry: &Entry) -> Self {
        match &entry.line {
            Line::Received(_) | Line::Sent(_) | Line::Echo(_) => Self::Messages,
            Line::Event(Event::Note { .. }) => Self::Notes,
            Line::Event(Event::Activity { .. }) => Self::Activities,
            Line::Event(Event::TaskAdded { .. } | Event::TaskDone { .. } | Event::TaskDue { .. }) => Self::Tasks,
            Line::Event(
                Event::DealAdded { .. }
                | Event::DealMoved { .. }
                | Event::DealChanged { .. }
                | Event::DealDeleted { .. },
            ) => Self::Deals,
            Line::Event(Event::StageChanged { .. } | Event::Reengaged { .. }) => Self::Stages,
            Line::Event(
                Event::LeadCreated { .. }
                | Event::LeadChanged { .. }
                | Event::LeadDeleted { .. }
                | Event::LeadRestored { .. }
                | Event::LeadsMerged { .. }
                | Event::MergeUndone { .. },
            ) => Self::Changes,
            Line::Event(Event::StatusChanged { .. } | Event::Assigned { .. }) => Self::Conversations,
        }
    }
}
