//! One line of a lead's timeline: what happened, in words and in data.

use crate::At;
use crate::messages::MessageStatus;
use domain::activities::ActivityKind;
use domain::ids::{DealId, MergeId, TaskId};
use domain::inbox::conversations::ConversationStatus;
use domain::inbox::history::{Entry, Event, Line, StageCause};
use domain::stages::Stage;
use domain::{Actor, Assignee, ConversationId, HistoryId, LeadId, MessageId, Text, Timestamp, UserId};
use schemars::JsonSchema;
use serde::Serialize;

/// How much of a message the timeline repeats, in bytes.
const PREVIEW: usize = 160;

/// An entry of a lead's timeline.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimelineLine")]
pub struct TimelineView {
    /// The entry's ID.
    id: MessageId,
    #[serde(flatten)]
    what: WhatView,
    /// What happened, as a sentence.
    description: Text,
    /// When it happened.
    at: At,
}

/// What happened.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", content = "metadata", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum WhatView {
    /// The customer sent a message.
    MessageReceived {
        /// The type of the message.
        message_type: String,
        /// The conversation's ID.
        conversation_id: ConversationId,
    },
    /// The business sent a message.
    MessageSent {
        /// The type of the message.
        message_type: String,
        /// The conversation's ID.
        conversation_id: ConversationId,
        /// The delivery status.
        status: MessageStatus,
        /// Who sent the message. Null if it was sent with the WhatsApp app.
        by: Option<Actor>,
    },
    /// The lead moved to another stage.
    StageChanged {
        /// The stage before.
        from: Stage,
        /// The stage after.
        to: Stage,
        /// Who moved the lead. Null if a message of the customer did.
        by: Option<Actor>,
        /// Why the sale was lost. Null for any other stage, or if no reason was given.
        reason: Option<Text>,
    },
    /// A user wrote a note.
    NoteAdded {
        /// What the note says.
        text: Text,
        /// The users whom the note mentions.
        mentions: Vec<UserId>,
        /// Who wrote the note.
        by: Actor,
    },
    /// A call was logged.
    CallMade(ActivityView),
    /// An email was logged.
    EmailSent(ActivityView),
    /// A meeting was logged.
    MeetingHeld(ActivityView),
    /// A task was added.
    TaskAdded {
        /// The task's ID.
        task_id: TaskId,
        /// What is to be done.
        text: Text,
        /// When it is to be done.
        due_at: Option<At>,
        /// Who does it.
        assignee_id: Option<UserId>,
        /// Who added the task.
        by: Actor,
    },
    /// A task was done.
    TaskDone {
        /// The task's ID.
        task_id: TaskId,
        /// What was done.
        text: Text,
        /// Who marked the task as done.
        by: Actor,
    },
    /// The assignee of a task was reminded.
    TaskDue {
        /// The task's ID.
        task_id: TaskId,
        /// What is to be done.
        text: Text,
        /// Who does it.
        assignee_id: Option<UserId>,
    },
    /// The lead was created by a user or a program.
    LeadCreated {
        /// Who created the lead.
        by: Actor,
    },
    /// Details of the lead were changed.
    LeadChanged {
        /// The names of the changed fields.
        fields: Vec<String>,
        /// Who changed the lead.
        by: Actor,
    },
    /// The lead was deleted.
    LeadDeleted {
        /// Who deleted the lead.
        by: Actor,
    },
    /// The lead was restored.
    LeadRestored {
        /// Who restored the lead. Null if a message of the customer did.
        by: Option<Actor>,
    },
    /// Another lead was merged into this one.
    LeadsMerged {
        /// The merge's ID.
        merge_id: MergeId,
        /// The other lead's ID.
        other_lead_id: LeadId,
        /// Who merged the leads.
        by: Actor,
    },
    /// A merge was undone.
    MergeUndone {
        /// The merge's ID.
        merge_id: MergeId,
        /// The other lead's ID.
        other_lead_id: LeadId,
        /// Who undid the merge.
        by: Actor,
    },
    /// A deal was created.
    DealAdded {
        /// The deal's ID.
        deal_id: DealId,
        /// What is sold.
        title: Text,
        /// The stage in which it begins.
        stage: Stage,
        /// Who created the deal.
        by: Actor,
    },
    /// A deal moved to another stage.
    DealMoved {
        /// The deal's ID.
        deal_id: DealId,
        /// What is sold.
        title: Text,
        /// The stage before.
        from: Stage,
        /// The stage after.
        to: Stage,
        /// Why the deal was lost. Null for any other stage, or if no reason was given.
        reason: Option<Text>,
        /// Who moved the deal.
        by: Actor,
    },
    /// Details of a deal were changed.
    DealChanged {
        /// The deal's ID.
        deal_id: DealId,
        /// What is sold.
        title: Text,
        /// The names of the changed fields.
        fields: Vec<String>,
        /// Who changed the deal.
        by: Actor,
    },
    /// A deal was deleted.
    DealDeleted {
        /// The deal's ID.
        deal_id: DealId,
        /// What was to be sold.
        title: Text,
        /// Who deleted the deal.
        by: Actor,
    },
    /// The lead wrote again after the sale was won or lost.
    Reengaged {
        /// The lead's stage.
        stage: Stage,
    },
    /// The conversation was opened, closed, snoozed or marked as pending.
    StatusChanged {
        /// The conversation's ID.
        conversation_id: ConversationId,
        /// The status before.
        from: ConversationStatus,
        /// The status after.
        to: ConversationStatus,
        /// When the snooze ends.
        until: Option<At>,
        /// Who changed the status. Null if a message of the customer or the end of the snooze did.
        by: Option<Actor>,
    },
    /// The conversation was assigned or unassigned.
    Assigned {
        /// The conversation's ID.
        conversation_id: ConversationId,
        /// The assignee before. Null if it was unassigned.
        from: Option<Assignee>,
        /// The assignee after. Null if it is unassigned.
        to: Option<Assignee>,
        /// Who assigned the conversation.
        by: Actor,
    },
}

/// A call, an email or a meeting.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Activity")]
struct ActivityView {
    /// What it was about. Null if nothing was written down.
    text: Option<Text>,
    /// How many minutes it took. Null if unknown.
    minutes: Option<u32>,
    /// Who logged it.
    by: Actor,
}

impl TimelineView {
    /// What is shown of `entry`, a line of the history `history`, at `now`.
    pub fn from_entry(entry: &Entry, history: HistoryId, now: Timestamp) -> Self {
        let (description, what) = match &entry.line {
            Line::Received(message) => {
                let said = said(&message.shown_text());
                let message_type = message.content.kind().to_owned();
                let conversation_id = ConversationId { history, channel: message.channel };
                (format!("Message received: {said}"), WhatView::MessageReceived { message_type, conversation_id })
            }
            Line::Sent(message) => {
                let said = said(&message.shown_text());
                let what = WhatView::MessageSent {
                    message_type: message.send.content.kind().to_owned(),
                    conversation_id: message.send.conversation,
                    status: message.send.shown(now).into(),
                    by: Some(message.by),
                };
                (format!("Message sent: {said}"), what)
            }
            Line::Echo(message) => {
                let what = WhatView::MessageSent {
                    message_type: message.content.kind().to_owned(),
                    conversation_id: ConversationId { history, channel: message.channel },
                    status: MessageStatus::Sent,
                    by: None,
                };
                (format!("Message sent: {}", said(&message.shown_text())), what)
            }
            Line::Event(Event::StageChanged { from, to, by, reason, cause }) => {
                let what = WhatView::StageChanged { from: *from, to: *to, by: *by, reason: reason.clone() };
                let why = match cause {
                    Some(StageCause::Merged) => ": another lead was merged into this one",
                    Some(StageCause::MergeUndone) => ": a merge of leads was undone",
                    None => "",
                };
                (format!("Stage changed from {from} to {to}{why}"), what)
            }
            Line::Event(Event::Note { text, mentions, by }) => {
                let what = WhatView::NoteAdded { text: text.clone(), mentions: mentions.clone(), by: *by };
                (format!("Note: {}", said(text)), what)
            }
            Line::Event(Event::Activity { kind, text, minutes, by }) => {
                let view = ActivityView { text: text.clone(), minutes: *minutes, by: *by };
                let about = text.as_ref().map(|text| format!(": {}", said(text))).unwrap_or_default();
                match kind {
                    ActivityKind::Call => (format!("Call{about}"), WhatView::CallMade(view)),
                    ActivityKind::Email => (format!("Email{about}"), WhatView::EmailSent(view)),
                    ActivityKind::Meeting => (format!("Meeting{about}"), WhatView::MeetingHeld(view)),
                }
            }
            Line::Event(Event::TaskAdded { task, text, due, assignee, by }) => {
                let what = WhatView::TaskAdded {
                    task_id: *task,
                    text: text.clone(),
                    due_at: due.map(At),
                    assignee_id: *assignee,
                    by: *by,
                };
                (format!("Task added: {}", said(text)), what)
            }
            Line::Event(Event::TaskDone { task, text, by }) => (
                format!("Task done: {}", said(text)),
                WhatView::TaskDone { task_id: *task, text: text.clone(), by: *by },
            ),
            Line::Event(Event::TaskDue { task, text, assignee }) => {
                let what = WhatView::TaskDue { task_id: *task, text: text.clone(), assignee_id: *assignee };
                (format!("Task due: {}", said(text)), what)
            }
            Line::Event(Event::LeadCreated { by }) => ("Lead created".to_owned(), WhatView::LeadCreated { by: *by }),
            Line::Event(Event::LeadChanged { fields, by }) => {
                let what = WhatView::LeadChanged { fields: fields.clone(), by: *by };
                (format!("Lead changed: {}", fields.join(", ")), what)
            }
            Line::Event(Event::LeadDeleted { by }) => ("Lead deleted".to_owned(), WhatView::LeadDeleted { by: *by }),
            Line::Event(Event::LeadRestored { by }) => ("Lead restored".to_owned(), WhatView::LeadRestored { by: *by }),
            Line::Event(Event::LeadsMerged { merge, other, by }) => {
                let what = WhatView::LeadsMerged { merge_id: *merge, other_lead_id: *other, by: *by };
                ("Another lead was merged into this one".to_owned(), what)
            }
            Line::Event(Event::MergeUndone { merge, other, by }) => {
                let what = WhatView::MergeUndone { merge_id: *merge, other_lead_id: *other, by: *by };
                ("A merge of leads was undone".to_owned(), what)
            }
            Line::Event(Event::DealAdded { deal, title, stage, by }) => {
                let what = WhatView::DealAdded { deal_id: *deal, title: title.clone(), stage: *stage, by: *by };
                (format!("Deal created: {}", said(title)), what)
            }
            Line::Event(Event::DealMoved { deal, title, from, to, reason, by }) => {
                let what = WhatView::DealMoved {
                    deal_id: *deal,
                    title: title.clone(),
                    from: *from,
                    to: *to,
                    reason: reason.clone(),
                    by: *by,
                };
                (format!("Deal moved from {from} to {to}: {}", said(title)), what)
            }
            Line::Event(Event::DealChanged { deal, title, fields, by }) => {
                let what =
                    WhatView::DealChanged { deal_id: *deal, title: title.clone(), fields: fields.clone(), by: *by };
                (format!("Deal changed: {}", said(title)), what)
            }
            Line::Event(Event::DealDeleted { deal, title, by }) => (
                format!("Deal deleted: {}", said(title)),
                WhatView::DealDeleted { deal_id: *deal, title: title.clone(), by: *by },
            ),
            Line::Event(Event::Reengaged { stage }) => {
                (format!("Wrote again after the stage {stage}"), WhatView::Reengaged { stage: *stage })
            }
            Line::Event(Event::StatusChanged { channel, from, to, until, by }) => {
                let conversation_id = ConversationId { history, channel: *channel };
                let what =
                    WhatView::StatusChanged { conversation_id, from: *from, to: *to, until: until.map(At), by: *by };
                (format!("Conversation changed from {from} to {to}"), what)
            }
            Line::Event(Event::Assigned { channel, from, to, by }) => {
                let conversation_id = ConversationId { history, channel: *channel };
                let said = if to.is_some() { "Conversation assigned" } else { "Conversation unassigned" };
                (said.to_owned(), WhatView::Assigned { conversation_id, from: *from, to: *to, by: *by })
            }
        };
        Self { id: entry.id, what, description: Text::new(description), at: At(entry.at()) }
    }
}

/// The beginning of what a message says.
fn said(whole: &Text) -> String {
    let conversation = whole.excerpt(PREVIEW);
    if whole.as_str().ends_with(conversation) { conversation.to_owned() } else { format!("{conversation}…") }
}
