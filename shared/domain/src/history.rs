//! A lead's history: messages and other entries, newest first, with what was later said about a message folded in.

use crate::actors::Actor;
use crate::content::{Content, Context, Remark};
use crate::conversations::ConversationStatus;
use crate::direction::Direction;
use crate::ids::{ChannelId, ConversationId, MessageId};
use crate::leads::Stage;
use crate::personal::Text;
use crate::sends::Send;
use crate::time::Timestamp;
use crate::visibility::Assignee;
use crate::wamid::Wamid;
use serde::{Deserialize, Serialize};

/// One line of a lead's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id, which holds its time.
    pub id: MessageId,
    /// What it says.
    pub line: Line,
}

/// What a line of the history says.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The customer wrote.
    Received(Box<Received>),
    /// The business wrote.
    Sent(Box<Sent>),
    /// Something happened to the lead.
    Event(Event),
}

/// A message of the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// On which channel.
    pub channel: ChannelId,
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// When it first reached us.
    pub arrived: Timestamp,
    /// What was later said about it.
    pub afterwards: Afterwards,
}

/// What is shown in place of a withdrawn message.
pub const DELETED: &str = "This message was deleted";

impl Received {
    /// What is shown as the message's text: its last wording, or that it was withdrawn.
    #[must_use]
    pub fn shown_text(&self) -> Text {
        self.afterwards.shown_text(&self.content)
    }
}

/// A message of the business.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// What is sent, and how far it has come.
    pub send: Send,
    /// Who wrote it.
    pub by: Actor,
    /// What was later said about it.
    pub afterwards: Afterwards,
}

/// Something that happened to the lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was moved along the pipeline.
    StageChanged {
        /// From where.
        from: Stage,
        /// To where.
        to: Stage,
        /// By whom; none where a message did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Actor>,
    },
    /// It wrote again although it was Won or Lost.
    Reengaged {
        /// Where it stays.
        stage: Stage,
    },
    /// One of its conversations was opened, closed, snoozed or marked as pending.
    StatusChanged {
        /// On which channel.
        channel: ChannelId,
        /// From which status.
        from: ConversationStatus,
        /// To which status.
        to: ConversationStatus,
        /// Until when it is snoozed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// By whom; none where a message or the time did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Actor>,
    },
    /// One of its conversations was assigned, or unassigned.
    Assigned {
        /// On which channel.
        channel: ChannelId,
        /// Who had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Assignee>,
        /// Who has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Assignee>,
        /// By whom.
        by: Actor,
    },
}

/// Something said about an earlier message: kept beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// The event's own id, by which two of them are compared.
    pub id: MessageId,
    /// Who said it.
    pub direction: Direction,
    /// What was said: a reaction, an edit or a withdrawal.
    pub content: Content,
}

/// What was said about a message after it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Afterwards {
    /// The customer's reaction that stands.
    pub reaction: Option<Text>,
    /// The message's words since its last edit; empty if its caption was removed.
    pub edited: Option<Text>,
    /// Whether it was withdrawn: its content is not shown.
    pub revoked: bool,
}

impl Afterwards {
    /// Folds what was said about one message, in any order: the latest reaction and the latest edit stand,
    /// a withdrawal always does.
    #[must_use]
    pub fn of(mut children: Vec<Child>) -> Self {
        children.sort_by_key(|child| child.id);
        let mut folded = Self::default();
        for remark in children.iter().filter_map(|child| child.content.remark()) {
            match remark {
                Remark::Reaction { emoji, .. } => folded.reaction = emoji.and_then(Text::visible).cloned(),
                Remark::Edit { body, .. } => folded.edited = Some(body.clone()),
                Remark::Revoke { .. } => folded.revoked = true,
            }
        }
        folded
    }
}

impl Afterwards {
    /// What is shown as the text of a message that said `content`: its last wording, or that it was withdrawn.
    #[must_use]
    pub fn shown_text(&self, content: &Content) -> Text {
        match self {
            Self { revoked: true, .. } => Text::new(DELETED),
            Self { edited: Some(edited), .. } => content.readable_with(edited),
            Self { edited: None, .. } => content.readable(),
        }
    }
}

impl Entry {
    /// When it was written: WhatsApp's second for a customer's message, the millisecond for what is ours.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match &self.line {
            Line::Received(_) => self.id.at(),
            Line::Sent(_) | Line::Event(_) => self.id.moment(),
        }
    }

    /// The conversation in which this line stands, given the home; none for what concerns the lead as a whole.
    #[must_use]
    pub fn conversation(&self, home: crate::ids::HomeId) -> Option<ConversationId> {
        match &self.line {
            Line::Received(message) => Some(ConversationId { home, channel: message.channel }),
            Line::Sent(message) => Some(message.send.conversation),
            Line::Event(_) => None,
        }
    }

    /// The conversation that this line concerns, given the home: also where it says what happened to one.
    #[must_use]
    pub fn about(&self, home: crate::ids::HomeId) -> Option<ConversationId> {
        match &self.line {
            Line::Event(Event::StatusChanged { channel, .. } | Event::Assigned { channel, .. }) => {
                Some(ConversationId { home, channel: *channel })
            }
            Line::Event(Event::StageChanged { .. } | Event::Reengaged { .. }) => None,
            Line::Received(_) | Line::Sent(_) => self.conversation(home),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(seconds: i64, content: Content) -> Child {
        Child { id: MessageId::from_parts(Timestamp::from_seconds(seconds), 0), direction: Direction::In, content }
    }

    fn reaction(emoji: Option<&str>) -> Content {
        Content::Reaction { target: Wamid::parse("wamid.X").unwrap(), emoji: emoji.map(Text::new) }
    }

    #[test]
    fn the_latest_reaction_stands_whatever_came_first() {
        let early = child(1, reaction(Some("👍")));
        let late = child(2, reaction(Some("❤️")));
        let folded = Afterwards::of(vec![late.clone(), early.clone()]);
        assert_eq!(folded.reaction, Some(Text::new("❤️")));
        assert_eq!(folded, Afterwards::of(vec![early, late.clone()]));
        assert_eq!(Afterwards::of(vec![child(3, reaction(None)), late]).reaction, None);
    }
}
