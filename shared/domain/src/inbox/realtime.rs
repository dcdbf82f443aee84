//! Connections of browsers that are told of changes as they happen: how long one lives, what ends it, and who is told.

use crate::access::permissions::Permission;
use crate::access::users::User;
use crate::digest;
use crate::ids::{ConversationId, SessionId, TenantId, UserId};
use crate::inbox::conversations::Conversation;
use crate::personal::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// A ticket opens a connection for this long, once.
pub const TICKET_LIFE: Duration = Duration::from_secs(30);

/// API Gateway ends every connection after two hours.
pub const LONGEST: Duration = Duration::from_secs(2 * 3600);

/// How often a client says that it is there. API Gateway ends a connection that is silent for ten minutes.
pub const HEARTBEAT: Duration = Duration::from_secs(300);

/// A connection may be known this long before its handshake is over. What is posted to it until then is refused, and the
/// client reads everything after its handshake.
pub const HANDSHAKE: Duration = Duration::from_secs(10);

/// A connection id that is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the ID of a connection, up to 128 characters")]
pub struct InvalidConnectionId;

/// The name that API Gateway gives a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConnectionId(String);

impl ConnectionId {
    /// Reads an id.
    ///
    /// # Errors
    /// [`InvalidConnectionId`] unless it has 1 to 128 letters, digits and signs of base64.
    pub fn parse(text: &str) -> Result<Self, InvalidConnectionId> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte);
        let right = (1..=128).contains(&text.len()) && text.bytes().all(known);
        if right { Ok(Self(text.to_owned())) } else { Err(InvalidConnectionId) }
    }

    /// The id as API Gateway writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ConnectionId {
    type Error = InvalidConnectionId;
    fn try_from(text: String) -> Result<Self, InvalidConnectionId> {
        Self::parse(&text)
    }
}

impl From<ConnectionId> for String {
    fn from(id: ConnectionId) -> Self {
        id.0
    }
}

/// What a ticket opens a connection for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whose business.
    pub tenant: TenantId,
    /// Who connects.
    pub user: UserId,
    /// Under which session. The connection ends with it.
    pub session: SessionId,
    /// Until when it opens one.
    pub expires: Timestamp,
}

/// The digest under which a ticket is kept.
#[must_use]
pub fn ticket_digest(ticket: &str) -> String {
    digest::hex(&["realtime", ticket])
}

/// What frames a connection speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// The console's.
    #[default]
    Console,
    /// That of front ends which link phones by QR codes and send from them.
    Sessions,
}

/// The digest under which a pass is kept: what lets `realtime` call the API once on behalf of a connection.
#[must_use]
pub fn pass_digest(pass: &str) -> String {
    digest::hex(&["realtime call", pass])
}

/// A browser that is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its name.
    pub id: ConnectionId,
    /// Who looks at it.
    pub user: UserId,
    /// Their name when they connected.
    pub name: Text,
    /// Under which session they connected.
    pub session: SessionId,
    /// Under which count of the person's [`epoch`](User::epoch) they connected.
    pub epoch: u32,
    /// The conversation on screen.
    pub open: Option<ConversationId>,
    /// When they connected.
    pub since: Timestamp,
    /// What frames it speaks.
    pub dialect: Dialect,
}

/// Why a connection ends before its time, as a close code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The session has ended: refresh, then connect with a new ticket.
    SignedOut,
    /// What the person may see has changed: read it again, then connect.
    RightsChanged,
}

impl Closing {
    /// The close code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::SignedOut => 4401,
            Self::RightsChanged => 4403,
        }
    }
}

impl Connection {
    /// Until when it can last.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.since.plus(LONGEST)
    }

    /// Whether its handshake may still be under way at `now`.
    #[must_use]
    pub fn is_new(&self, now: Timestamp) -> bool {
        now < self.since.plus(HANDSHAKE)
    }

    /// Whether `user` is the person who connected, under the same rights to act.
    #[must_use]
    pub fn belongs_to(&self, user: &User) -> bool {
        user.id == self.user && user.active && user.epoch == self.epoch
    }
}

/// Whether `user` may be told of `conversation`. Every frame that speaks of a conversation asks this first.
#[must_use]
pub fn may_see(user: &User, conversation: &Conversation) -> bool {
    user.active && user.role.may(Permission::ReadInbox) && conversation.is_seen_by(&user.viewer())
}

/// The people who look at one conversation, each once, by name.
#[must_use]
pub fn present(connections: &[Connection], conversation: ConversationId) -> Vec<(UserId, Text)> {
    let mut people: Vec<_> = connections
        .iter()
        .filter(|connection| connection.open == Some(conversation))
        .map(|connection| (connection.user, connection.name.clone()))
        .collect();
    people.sort_by_key(|(user, _)| *user);
    people.dedup_by_key(|(user, _)| *user);
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, HistoryId};

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn connection(number: u128, user: u128, open: Option<ConversationId>) -> Connection {
        Connection {
            id: ConnectionId::parse(&format!("c{number}=")).unwrap(),
            user: UserId::from_parts(NOW, user),
            name: Text::new(format!("Person {user}")),
            session: SessionId::from_parts(NOW, user),
            epoch: 0,
            open,
            since: NOW,
            dialect: Dialect::Console,
        }
    }

    #[test]
    fn a_person_with_two_tabs_is_present_once() {
        let here = ConversationId { history: HistoryId::from_parts(NOW, 1), channel: ChannelId::from_parts(NOW, 2) };
        let there = ConversationId { history: HistoryId::from_parts(NOW, 3), ..here };
        let all = [
            connection(1, 7, Some(here)),
            connection(2, 5, Some(here)),
            connection(3, 7, Some(here)),
            connection(4, 6, Some(there)),
            connection(5, 8, None),
        ];
        let users: Vec<_> = present(&all, here).into_iter().map(|(user, _)| user).collect();
        assert_eq!(users, [UserId::from_parts(NOW, 5), UserId::from_parts(NOW, 7)]);
    }

    #[test]
    fn an_id_holds_nothing_that_a_key_or_a_path_is_divided_by() {
        assert!(ConnectionId::parse("L0SM9cOFIAMCJdw=").is_ok());
        for wrong in ["", "a#b", "a b", "a?b", "é", &"a".repeat(129)] {
            assert_eq!(ConnectionId::parse(wrong), Err(InvalidConnectionId), "{wrong}");
        }
    }
}
