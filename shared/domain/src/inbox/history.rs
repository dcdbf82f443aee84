//! A lead's history: messages and other entries, newest first, with what was later said about a message folded in.

use crate::access::visibility::Assignee;
use crate::activities::ActivityKind;
use crate::actors::Actor;
use crate::direction::Direction;
use crate::ids::{ChannelId, ConversationId, DealId, HistoryId, LeadId, MediaId, MergeId, MessageId, TaskId, UserId};
use crate::inbox::content::{AmendmentRef, Content, Context};
use crate::inbox::conversations::ConversationStatus;
use crate::inbox::outbound_messages::{OutboundMessage, SendState};
use crate::personal::Text;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
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
    /// The business wrote with WhatsApp's own app.
    Echo(Box<Echo>),
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
    /// Whether a phone brought it from the time before it was linked.
    pub imported: bool,
    /// What was later said about it.
    pub amendments: Amendments,
}

/// A message that the business wrote with WhatsApp's own app, on a phone or a computer.
#[derive(Clone, Debug, PartialEq)]
pub struct Echo {
    /// On which channel.
    pub channel: ChannelId,
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// What it says.
    pub content: Content,
    /// What it refers to.
    pub context: Context,
    /// Whether a phone brought it from the time before it was linked.
    pub imported: bool,
    /// What was later said about it.
    pub amendments: Amendments,
}

/// What is shown in place of a withdrawn message.
pub const DELETED: &str = "This message was deleted";

impl Received {
    /// What is shown as the message's text: its last wording, or that it was withdrawn.
    #[must_use]
    pub fn shown_text(&self) -> Text {
        self.amendments.shown_text(|| self.content.readable(), |words| self.content.readable_with(words))
    }
}

/// A message of the business.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// What is sent, and how far it has come.
    pub send: OutboundMessage,
    /// Who wrote it.
    pub by: Actor,
    /// What was later said about it.
    pub amendments: Amendments,
}

impl Echo {
    /// What is shown as the message's text: its last wording, or that it was withdrawn.
    #[must_use]
    pub fn shown_text(&self) -> Text {
        self.amendments.shown_text(|| self.content.readable(), |words| self.content.readable_with(words))
    }
}

impl Sent {
    /// What is shown as the message's text: its last wording, or that it was withdrawn.
    #[must_use]
    pub fn shown_text(&self) -> Text {
        let content = &self.send.content;
        self.amendments.shown_text(|| content.readable(), |words| content.readable_with(words))
    }
}

string_enum! {
    /// What gave a lead another stage without moving it along the pipeline.
    StageCause {
        /// A lead that was further along was merged into it.
        Merged = "merged",
        /// That merge was undone.
        MergeUndone = "merge_undone",
    }
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
        /// Why, of a lead that was lost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
        /// What took the lead there, if nobody moved it along: it then counts as no move.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<StageCause>,
    },
    /// Somebody wrote a note.
    Note {
        /// What it says.
        text: Text,
        /// Whom it mentions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<UserId>,
        /// Who wrote it.
        by: Actor,
    },
    /// Somebody logged a call, an email or a meeting.
    Activity {
        /// Which.
        kind: ActivityKind,
        /// What it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        /// How long it took.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
        /// Who logged it.
        by: Actor,
    },
    /// Somebody added a task.
    TaskAdded {
        /// Which.
        task: TaskId,
        /// What is to be done.
        text: Text,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<UserId>,
        /// Who added it.
        by: Actor,
    },
    /// A task was done.
    TaskDone {
        /// Which.
        task: TaskId,
        /// What was done.
        text: Text,
        /// By whom.
        by: Actor,
    },
    /// The time of a task's reminder came.
    TaskDue {
        /// Which.
        task: TaskId,
        /// What is to be done.
        text: Text,
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<UserId>,
    },
    /// It was created by a person or a program.
    LeadCreated {
        /// By whom.
        by: Actor,
    },
    /// Its details were changed.
    LeadChanged {
        /// The fields, by their names in the API.
        fields: Vec<String>,
        /// By whom.
        by: Actor,
    },
    /// It was deleted.
    LeadDeleted {
        /// By whom.
        by: Actor,
    },
    /// It was restored.
    LeadRestored {
        /// By whom; none where the customer wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Actor>,
    },
    /// Another lead was merged into it.
    LeadsMerged {
        /// The merge.
        merge: MergeId,
        /// The other lead.
        other: LeadId,
        /// By whom.
        by: Actor,
    },
    /// A merge was undone.
    MergeUndone {
        /// The merge.
        merge: MergeId,
        /// The other lead.
        other: LeadId,
        /// By whom.
        by: Actor,
    },
    /// A deal was created.
    DealAdded {
        /// Which.
        deal: DealId,
        /// What is sold.
        title: Text,
        /// In which stage it begins.
        stage: Stage,
        /// Who created it.
        by: Actor,
    },
    /// A deal was moved along its pipeline.
    DealMoved {
        /// Which.
        deal: DealId,
        /// What is sold.
        title: Text,
        /// From where.
        from: Stage,
        /// To where.
        to: Stage,
        /// Why, of a deal that was lost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
        /// Who moved it.
        by: Actor,
    },
    /// Details of a deal were changed.
    DealChanged {
        /// Which.
        deal: DealId,
        /// What is sold.
        title: Text,
        /// The fields, by their names in the API.
        fields: Vec<String>,
        /// Who changed it.
        by: Actor,
    },
    /// A deal was deleted.
    DealDeleted {
        /// Which.
        deal: DealId,
        /// What was to be sold.
        title: Text,
        /// Who deleted it.
        by: Actor,
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
pub struct Amendment {
    /// The event's own id, by which two of them are compared.
    pub id: MessageId,
    /// Who said it.
    pub direction: Direction,
    /// What was said: a reaction, an edit or a withdrawal.
    pub content: Content,
}

/// What was said about a message after it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amendments {
    /// The customer's reaction that stands.
    pub reaction: Option<Text>,
    /// The business's reaction that stands.
    pub own_reaction: Option<Text>,
    /// The message's words since its last edit; empty if its caption was removed.
    pub edited: Option<Text>,
    /// Whether it was withdrawn: its content is not shown.
    pub revoked: bool,
}

impl Amendments {
    /// Folds what was said about one message, in any order: the latest reaction and the latest edit stand,
    /// a withdrawal always does.
    #[must_use]
    pub fn fold(mut amendments: Vec<Amendment>) -> Self {
        amendments.sort_by_key(|child| child.id);
        let mut folded = Self::default();
        for (direction, amendment) in
            amendments.iter().filter_map(|child| Some((child.direction, child.content.amendment()?)))
        {
            match amendment {
                AmendmentRef::Reaction { emoji, .. } => {
                    let emoji = emoji.and_then(Text::visible).cloned();
                    match direction {
                        Direction::In => folded.reaction = emoji,
                        Direction::Out => folded.own_reaction = emoji,
                    }
                }
                AmendmentRef::Edit { body, .. } => folded.edited = Some(body.clone()),
                AmendmentRef::Revoke { .. } => folded.revoked = true,
            }
        }
        folded
    }
}

impl Amendments {
    /// What is shown as the text of a message: what it said first, what it says with its last words, or that it was
    /// withdrawn.
    fn shown_text(&self, first: impl FnOnce() -> Text, with: impl FnOnce(&Text) -> Text) -> Text {
        match self {
            Self { revoked: true, .. } => Text::new(DELETED),
            Self { edited: Some(edited), .. } => with(edited),
            Self { edited: None, .. } => first(),
        }
    }
}

impl Entry {
    /// The file that came with it, in the history `history`; none of one that was withdrawn.
    #[must_use]
    pub fn media(&self, history: HistoryId) -> Option<MediaId> {
        match &self.line {
            Line::Received(message) if !message.amendments.revoked => {
                message.content.file().map(|_| MediaId::inbound(history, self.id))
            }
            Line::Echo(echo) if !echo.amendments.revoked => {
                echo.content.file().map(|_| MediaId::inbound(history, self.id))
            }
            Line::Sent(message) if !message.amendments.revoked => message.send.content.stored_file(),
            Line::Received(_) | Line::Echo(_) | Line::Sent(_) | Line::Event(_) => None,
        }
    }

    /// When it was written: WhatsApp's second for a customer's message, the millisecond for what is ours.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match &self.line {
            Line::Received(_) | Line::Echo(_) => self.id.at(),
            Line::Sent(_) | Line::Event(_) => self.id.moment(),
        }
    }

    /// Whether it is shown as a line: a reaction of ours is shown at the message that it is put to.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        match &self.line {
            Line::Sent(message) => message.send.content.reaction().is_none() && !self.is_cancelled(),
            Line::Received(_) | Line::Echo(_) | Line::Event(_) => true,
        }
    }

    /// Whether a phone brought it from the time before it was linked: it is new to nobody.
    #[must_use]
    pub fn is_imported(&self) -> bool {
        match &self.line {
            Line::Received(message) => message.imported,
            Line::Echo(message) => message.imported,
            Line::Sent(_) | Line::Event(_) => false,
        }
    }

    /// Whether it is a message that was scheduled and is not sent.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        match &self.line {
            Line::Sent(message) => message.send.state == SendState::Cancelled,
            Line::Received(_) | Line::Echo(_) | Line::Event(_) => false,
        }
    }

    /// Whether an emoji can be put to it: it is a message, and neither withdrawn nor only about another one.
    #[must_use]
    pub fn takes_reactions(&self) -> bool {
        match &self.line {
            Line::Received(message) => !message.amendments.revoked && message.content.amendment().is_none(),
            Line::Sent(message) => !message.amendments.revoked && message.send.content.reaction().is_none(),
            Line::Echo(message) => !message.amendments.revoked,
            Line::Event(_) => false,
        }
    }

    /// The conversation in which this line stands, given the history; none for what concerns the lead as a whole.
    #[must_use]
    pub fn conversation(&self, history: HistoryId) -> Option<ConversationId> {
        match &self.line {
            Line::Received(message) => Some(ConversationId { history, channel: message.channel }),
            Line::Sent(message) => Some(message.send.conversation),
            Line::Echo(message) => Some(ConversationId { history, channel: message.channel }),
            Line::Event(_) => None,
        }
    }

    /// The conversation that this line concerns, given the history: also where it says what happened to one.
    #[must_use]
    pub fn about(&self, history: HistoryId) -> Option<ConversationId> {
        match &self.line {
            Line::Event(Event::StatusChanged { channel, .. } | Event::Assigned { channel, .. }) => {
                Some(ConversationId { history, channel: *channel })
            }
            Line::Event(
                Event::StageChanged { .. }
                | Event::Note { .. }
                | Event::Activity { .. }
                | Event::TaskAdded { .. }
                | Event::TaskDone { .. }
                | Event::TaskDue { .. }
                | Event::LeadCreated { .. }
                | Event::LeadChanged { .. }
                | Event::LeadDeleted { .. }
                | Event::LeadRestored { .. }
                | Event::LeadsMerged { .. }
                | Event::MergeUndone { .. }
                | Event::DealAdded { .. }
                | Event::DealMoved { .. }
                | Event::DealChanged { .. }
                | Event::DealDeleted { .. }
                | Event::Reengaged { .. },
            ) => None,
            Line::Received(_) | Line::Sent(_) | Line::Echo(_) => self.conversation(history),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(seconds: i64, content: Content) -> Amendment {
        Amendment { id: MessageId::from_parts(Timestamp::from_seconds(seconds), 0), direction: Direction::In, content }
    }

    fn reaction(emoji: Option<&str>) -> Content {
        Content::Reaction { target: Wamid::parse("wamid.X").unwrap(), emoji: emoji.map(Text::new) }
    }

    #[test]
    fn the_latest_reaction_stands_whatever_came_first() {
        let early = child(1, reaction(Some("👍")));
        let late = child(2, reaction(Some("❤️")));
        let folded = Amendments::fold(vec![late.clone(), early.clone()]);
        assert_eq!(folded.reaction, Some(Text::new("❤️")));
        assert_eq!(folded, Amendments::fold(vec![early, late.clone()]));
        assert_eq!(Amendments::fold(vec![child(3, reaction(None)), late]).reaction, None);
    }

    #[test]
    fn each_side_has_a_reaction_of_its_own() {
        let ours = Amendment { direction: Direction::Out, ..child(2, reaction(Some("❤️"))) };
        let folded = Amendments::fold(vec![child(1, reaction(Some("👍"))), ours.clone()]);
        assert_eq!((folded.reaction, folded.own_reaction), (Some(Text::new("👍")), Some(Text::new("❤️"))));
        let taken_back = Amendment { direction: Direction::Out, ..child(3, reaction(None)) };
        let folded = Amendments::fold(vec![child(1, reaction(Some("👍"))), ours, taken_back]);
        assert_eq!((folded.reaction, folded.own_reaction), (Some(Text::new("👍")), None));
    }
}
