//! One line of a lead's timeline: what happened, in words and in data.

use crate::At;
use crate::messages::MessageStatus;
use domain::conversations::ConversationStatus;
use domain::history::{Entry, Event, Line};
use domain::leads::Stage;
use domain::{Actor, Assignee, Content, ConversationId, HomeId, MessageId, Text, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// How much of a message the timeline repeats, in bytes.
const PREVIEW: usize = 160;

/// One line of a lead's timeline.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimelineLine")]
pub struct TimelineView {
    /// Its id.
    id: MessageId,
    #[serde(flatten)]
    what: WhatView,
    /// What happened, in words.
    description: Text,
    /// When.
    at: At,
}

/// What happened.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", content = "metadata", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum WhatView {
    /// The customer wrote.
    MessageReceived {
        /// The message's type.
        message_type: String,
        /// Where it stands.
        conversation_id: ConversationId,
    },
    /// The business wrote.
    MessageSent {
        /// The message's type.
        message_type: String,
        /// Where it stands.
        conversation_id: ConversationId,
        /// How far it has come.
        status: MessageStatus,
        /// Who sent it.
        by: Actor,
    },
    /// The lead was moved.
    StageChanged {
        /// From this stage …
        from: Stage,
        /// … to this one.
        to: Stage,
        /// Who moved it; null if their own message did.
        by: Option<Actor>,
    },
    /// The lead wrote again although the sale was over.
    Reengaged {
        /// Where it stands.
        stage: Stage,
    },
    /// A conversation was opened, closed, snoozed or marked as pending.
    StatusChanged {
        /// The conversation.
        conversation_id: ConversationId,
        /// Its status before …
        from: ConversationStatus,
        /// … and after.
        to: ConversationStatus,
        /// Until when it is snoozed.
        until: Option<At>,
        /// Who changed it; null if a message of the customer or the end of a snooze did.
        by: Option<Actor>,
    },
    /// A conversation was assigned, or unassigned.
    Assigned {
        /// The conversation.
        conversation_id: ConversationId,
        /// Who had it; null if it was unassigned.
        from: Option<Assignee>,
        /// Who has it; null if it is unassigned.
        to: Option<Assignee>,
        /// Who assigned it.
        by: Actor,
    },
}

impl TimelineView {
    /// What is shown of `entry`, a line of the history `home`, at `now`.
    pub fn of(entry: &Entry, home: HomeId, now: Timestamp) -> Self {
        let (description, what) = match &entry.line {
            Line::Received(message) => {
                let said = said(&message.shown_text());
                let message_type = message.content.kind().to_owned();
                let conversation_id = ConversationId { home, channel: message.channel };
                (format!("Message received: {said}"), WhatView::MessageReceived { message_type, conversation_id })
            }
            Line::Sent(message) => {
                let content = Content::Text { body: message.send.body.clone() };
                let said = said(&message.afterwards.shown_text(&content));
                let what = WhatView::MessageSent {
                    message_type: content.kind().to_owned(),
                    conversation_id: message.send.conversation,
                    status: message.send.shown(now).into(),
                    by: message.by,
                };
                (format!("Message sent: {said}"), what)
            }
            Line::Event(Event::StageChanged { from, to, by }) => {
                let what = WhatView::StageChanged { from: *from, to: *to, by: *by };
                (format!("Stage changed from {from} to {to}"), what)
            }
            Line::Event(Event::Reengaged { stage }) => {
                (format!("Wrote again although {stage}"), WhatView::Reengaged { stage: *stage })
            }
            Line::Event(Event::StatusChanged { channel, from, to, until, by }) => {
                let conversation_id = ConversationId { home, channel: *channel };
                let what =
                    WhatView::StatusChanged { conversation_id, from: *from, to: *to, until: until.map(At), by: *by };
                (format!("Conversation changed from {from} to {to}"), what)
            }
            Line::Event(Event::Assigned { channel, from, to, by }) => {
                let conversation_id = ConversationId { home, channel: *channel };
                let said = if to.is_some() { "Conversation assigned" } else { "Conversation unassigned" };
                (said.to_owned(), WhatView::Assigned { conversation_id, from: *from, to: *to, by: *by })
            }
        };
        Self { id: entry.id, what, description: Text::new(description), at: At(entry.at()) }
    }
}

/// The beginning of what a message says.
fn said(whole: &Text) -> String {
    let head = whole.excerpt(PREVIEW);
    if whole.as_str().ends_with(head) { head.to_owned() } else { format!("{head}…") }
}
