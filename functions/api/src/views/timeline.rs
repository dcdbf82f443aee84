//! One line of a lead's timeline: what happened, in words and in data.

use super::At;
use domain::history::{DELETED, Entry, Event, Line};
use domain::leads::Stage;
use domain::{Actor, Content, HomeId, MessageId, Text, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

/// How much of a message the timeline repeats, in bytes.
const PREVIEW: usize = 160;

#[derive(Debug, Serialize)]
pub(crate) struct TimelineView {
    id: MessageId,
    #[serde(rename = "type")]
    kind: &'static str,
    description: Text,
    metadata: Value,
    at: At,
}

impl TimelineView {
    pub(crate) fn of(entry: &Entry, home: HomeId, now: Timestamp) -> Self {
        let (kind, description, metadata) = match &entry.line {
            Line::Received(message) => {
                let said = said(&message.content, message.afterwards.edited.as_ref(), message.afterwards.revoked);
                let kind = message.content.kind();
                let metadata = json!({ "messageType": kind, "conversationId": entry.conversation(home) });
                ("message_received", Text::new(format!("Message received: {said}")), metadata)
            }
            Line::Sent(message) => {
                let content = Content::Text { body: message.send.body.clone() };
                let said = said(&content, message.afterwards.edited.as_ref(), message.afterwards.revoked);
                let (status, by) = (message.send.shown(now).word(), message.by);
                let metadata = json!({
                    "messageType": content.kind(),
                    "conversationId": message.send.conversation,
                    "status": status,
                    "by": by,
                });
                ("message_sent", Text::new(format!("Message sent: {said}")), metadata)
            }
            Line::Event(Event::StageChanged { from, to, by }) => moved(*from, *to, *by),
            Line::Event(Event::Reengaged { stage }) => {
                ("reengaged", Text::new(format!("Wrote again although {stage}")), json!({ "stage": stage }))
            }
        };
        Self { id: entry.id, kind, description, metadata, at: At(entry.id.at()) }
    }
}

fn moved(from: Stage, to: Stage, by: Option<Actor>) -> (&'static str, Text, Value) {
    let description = Text::new(format!("Stage changed from {from} to {to}"));
    ("stage_changed", description, json!({ "from": from, "to": to, "by": by }))
}

fn said(content: &Content, edited: Option<&Text>, revoked: bool) -> String {
    if revoked {
        return DELETED.to_owned();
    }
    let whole = edited.cloned().unwrap_or_else(|| content.readable());
    let head = whole.head(PREVIEW);
    if head.len() < whole.as_str().len() { format!("{head}…") } else { head.to_owned() }
}
