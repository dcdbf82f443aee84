//! Who answers a conversation, and who sees it. One function decides for lists, direct reads, counts and live updates.

use crate::ids::{ChannelId, InvalidId, UserId};
use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The most channels that a person's rule names: each adds lists that are merged for them.
pub const MOST_CHANNELS: usize = 100;

/// The ID of the user whom a conversation is assigned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(rename = "AssigneeId", extend("pattern" = "^usr_[0-7][0-9A-HJKMNP-TV-Z]{25}$"))]
pub enum Assignee {
    /// A person.
    User(UserId),
}

impl Assignee {
    /// The id without its prefix: the form used in table keys.
    #[must_use]
    pub fn ulid_str(self) -> String {
        match self {
            Self::User(id) => id.ulid_str(),
        }
    }
}

impl fmt::Display for Assignee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
        }
    }
}

impl FromStr for Assignee {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.parse().map(Self::User)
    }
}

impl TryFrom<String> for Assignee {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<Assignee> for String {
    fn from(assignee: Assignee) -> Self {
        assignee.to_string()
    }
}

string_enum! {
    /// The conversations that a user can see.
    Sees {
        /// All conversations.
        All = "all",
        /// Conversations on some channels.
        Channels = "channels",
        /// Conversations that are unassigned or assigned to the user.
        UnassignedAndMine = "unassigned_and_mine",
        /// Conversations assigned to the user.
        Mine = "mine",
    }
}

/// What a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visibility {
    /// Which conversations.
    pub sees: Sees,
    /// On which channels, for [`Sees::Channels`]; else empty.
    pub channels: Vec<ChannelId>,
    /// Whether customers' phones are masked.
    pub masks_phones: bool,
}

impl Visibility {
    /// Everything.
    pub const FULL: Self = Self { sees: Sees::All, channels: Vec::new(), masks_phones: false };
}

/// Which conversations are asked for, by who answers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedAssignee {
    /// All that the viewer may see.
    Anyone,
    /// Those that are unassigned.
    Unassigned,
    /// Those of one assignee.
    One(Assignee),
}

impl AskedAssignee {
    /// Whether a conversation with this assignee is asked for.
    #[must_use]
    pub fn has(self, assignee: Option<Assignee>) -> bool {
        match self {
            Self::Anyone => true,
            Self::Unassigned => assignee.is_none(),
            Self::One(one) => assignee == Some(one),
        }
    }
}

/// Somebody who looks at conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    person: Option<UserId>,
    visibility: Visibility,
}

impl Viewer {
    /// A person with this visibility.
    #[must_use]
    pub const fn person(id: UserId, visibility: Visibility) -> Self {
        Self { person: Some(id), visibility }
    }

    /// A program of the business, which sees everything.
    #[must_use]
    pub const fn program() -> Self {
        Self { person: None, visibility: Visibility::FULL }
    }

    /// As whom they are assigned conversations; none for a program.
    #[must_use]
    pub fn assignee(&self) -> Option<Assignee> {
        self.person.map(Assignee::User)
    }

    /// Whether they see everything.
    #[must_use]
    pub fn sees_everything(&self) -> bool {
        self.visibility.sees == Sees::All
    }

    /// Whether the lists of assignees hold more than they see: their rule names channels.
    #[must_use]
    pub fn is_restricted_to_channels(&self) -> bool {
        self.visibility.sees == Sees::Channels
    }

    /// Whether customers' phones are masked for them.
    #[must_use]
    pub const fn masks_phones(&self) -> bool {
        self.visibility.masks_phones
    }

    /// Whether they see a conversation on `channel` with this assignee.
    #[must_use]
    pub fn sees(&self, channel: ChannelId, assignee: Option<Assignee>) -> bool {
        match self.visibility.sees {
            Sees::All => true,
            Sees::Channels => self.visibility.channels.contains(&channel),
            Sees::UnassignedAndMine => assignee.is_none() || assignee == self.assignee(),
            Sees::Mine => assignee.is_some() && assignee == self.assignee(),
        }
    }

    /// The lists that hold what they may see of what is `asked` for: one for each assignee, none for the unassigned.
    /// `people` are all persons of the business.
    #[must_use]
    pub fn lists(&self, asked: AskedAssignee, people: &[UserId]) -> Vec<Option<Assignee>> {
        let own = self.assignee().map(Some);
        let all: Vec<_> = match self.visibility.sees {
            Sees::All | Sees::Channels => {
                std::iter::once(None).chain(people.iter().map(|id| Some(Assignee::User(*id)))).collect()
            }
            Sees::UnassignedAndMine => std::iter::once(None).chain(own).collect(),
            Sees::Mine => own.into_iter().collect(),
        };
        all.into_iter().filter(|assignee| asked.has(*assignee)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn user(number: u128) -> UserId {
        UserId::from_parts(Timestamp::default(), number)
    }

    fn channel(number: u128) -> ChannelId {
        ChannelId::from_parts(Timestamp::default(), number)
    }

    #[test]
    fn the_lists_of_a_viewer_hold_exactly_the_assignees_they_see() {
        let people = [user(1), user(2), user(3)];
        let assignees =
            [None, Some(Assignee::User(user(1))), Some(Assignee::User(user(2))), Some(Assignee::User(user(3)))];
        for sees in Sees::ALL {
            let visibility = Visibility { sees: *sees, channels: vec![channel(1)], masks_phones: false };
            let viewer = Viewer::person(user(2), visibility);
            let lists = viewer.lists(AskedAssignee::Anyone, &people);
            for assignee in assignees {
                assert_eq!(lists.contains(&assignee), viewer.sees(channel(1), assignee), "{sees} {assignee:?}");
                let one = assignee.map_or(AskedAssignee::Unassigned, AskedAssignee::One);
                assert_eq!(!viewer.lists(one, &people).is_empty(), viewer.sees(channel(1), assignee), "{sees}");
            }
        }
    }

    #[test]
    fn a_rule_of_channels_shows_no_other_channel_whoever_is_assigned() {
        let visibility = Visibility { sees: Sees::Channels, channels: vec![channel(1)], masks_phones: true };
        let viewer = Viewer::person(user(2), visibility);
        assert!(viewer.sees(channel(1), Some(Assignee::User(user(1)))) && viewer.masks_phones());
        assert!(!viewer.sees(channel(2), None) && !viewer.sees(channel(2), viewer.assignee()));
        assert!(Viewer::program().sees(channel(2), None));
    }
}
