//! A message, either way.

use super::At;
use domain::Direction;
use domain::content::Referral;
use domain::history::{DELETED, Entry, Line, Received, Sent};
use domain::sends::{Reason, Send, SendState};
use domain::statuses::{Delivery, Pricing, Status, StatusError};
use domain::{Actor, Content, ConversationId, HomeId, MessageId, Text, Timestamp, Wamid};
use serde::Serialize;
use whatsapp::errors::{Verdict, verdict};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MessageView {
    id: MessageId,
    conversation_id: ConversationId,
    /// Null until WhatsApp has named it.
    wamid: Option<Wamid>,
    direction: Direction,
    #[serde(rename = "type")]
    kind: String,
    text: Text,
    status: &'static str,
    at: At,
    /// Null if it was withdrawn.
    content: Option<Content>,
    revoked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Wamid>,
    forwarded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<Referral>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<Text>,
    /// What it says since its last edit; `text` shows the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived_at: Option<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statuses: Option<StatusesView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
}

/// When WhatsApp said what.
#[derive(Debug, Serialize)]
pub(crate) struct StatusesView {
    sent: Option<At>,
    delivered: Option<At>,
    read: Option<At>,
    played: Option<At>,
    failed: Option<At>,
}

/// Why a message of ours failed.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorView {
    reason: Reason,
    code: Option<i64>,
    detail: Option<Text>,
}

impl MessageView {
    /// The line as a message; none if it is something else.
    pub(crate) fn of(entry: Entry, home: HomeId, now: Timestamp) -> Option<Self> {
        match entry.line {
            Line::Received(message) => Some(Self::received(entry.id, home, *message)),
            Line::Sent(message) => Some(Self::sent(*message, now)),
            Line::Event(_) => None,
        }
    }

    fn received(id: MessageId, home: HomeId, message: Received) -> Self {
        let text = message.shown_text();
        let Received { channel, wamid, content, context, arrived, afterwards } = message;
        let view = Self {
            id,
            conversation_id: ConversationId { home, channel },
            wamid: Some(wamid),
            direction: Direction::In,
            kind: content.kind().to_owned(),
            text,
            status: "received",
            at: At(id.at()),
            content: Some(content),
            revoked: false,
            reply_to: context.reply_to,
            forwarded: context.forwarded,
            referral: context.referral,
            reaction: afterwards.reaction,
            edited: afterwards.edited,
            arrived_at: Some(At(arrived)),
            statuses: None,
            error: None,
            pricing: None,
            by: None,
        };
        if afterwards.revoked { view.withdrawn() } else { view }
    }

    fn sent(message: Sent, now: Timestamp) -> Self {
        let Sent { send, by, afterwards } = message;
        let (status, error) = (send.shown(now).word(), ErrorView::of(&send));
        let content = Content::Text { body: send.body.clone() };
        let view = Self {
            id: send.id,
            conversation_id: send.conversation,
            wamid: send.wamid,
            direction: Direction::Out,
            kind: content.kind().to_owned(),
            text: afterwards.edited.clone().unwrap_or(send.body),
            status,
            at: At(send.id.at()),
            content: Some(content),
            revoked: false,
            reply_to: send.reply_to,
            forwarded: false,
            referral: None,
            reaction: afterwards.reaction,
            edited: afterwards.edited,
            arrived_at: None,
            statuses: Some(StatusesView::of(&send.delivery)),
            error,
            pricing: send.delivery.pricing,
            by: Some(by),
        };
        if afterwards.revoked { view.withdrawn() } else { view }
    }

    /// Without anything that it said.
    fn withdrawn(self) -> Self {
        let text = Text::new(DELETED);
        Self { text, content: None, revoked: true, referral: None, edited: None, ..self }
    }
}

impl StatusesView {
    fn of(delivery: &Delivery) -> Self {
        Self {
            sent: delivery.sent.map(At),
            delivered: delivery.delivered.map(At),
            read: delivery.read.map(At),
            played: delivery.played.map(At),
            failed: delivery.failed.map(At),
        }
    }
}

impl ErrorView {
    /// Why `send` failed, if it did: as WhatsApp told afterwards, else as it was found when it was to go out.
    pub(crate) fn of(send: &Send) -> Option<Self> {
        match (send.delivery.shown(), &send.state) {
            (Some(Status::Failed), _) => Some(Self::told(send.delivery.errors.first())),
            (None, SendState::Failed(failure)) => {
                Some(Self { reason: failure.reason, code: failure.code, detail: failure.detail.clone() })
            }
            (Some(_), _) | (None, _) => None,
        }
    }

    fn told(error: Option<&StatusError>) -> Self {
        let detail = error.and_then(|error| error.details.clone().or_else(|| error.title.clone().map(Text::new)));
        let code = error.map(|error| error.code);
        let reason = match code.map(|code| verdict(code, None)) {
            Some(Verdict::Refused(reason)) => reason,
            Some(Verdict::Again(_) | Verdict::Unauthorised | Verdict::Ambiguous) | None => Reason::Refused,
        };
        Self { reason, code, detail }
    }
}
