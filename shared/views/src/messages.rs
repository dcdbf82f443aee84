//! A message, either way.

use crate::At;
use domain::Direction;
use domain::content::{Referral, ReferredProduct};
use domain::history::{DELETED, Entry, Line, Received, Sent};
use domain::sends::{Failure, Reason, Send, SendState, Shown};
use domain::statuses::{Delivery, Pricing, Status, StatusError};
use domain::{Actor, Content, ConversationId, HomeId, MessageId, Text, Timestamp, Wamid};
use schemars::JsonSchema;
use serde::Serialize;
use whatsapp::errors::{Verdict, verdict};

/// A message, either way.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Its id.
    id: MessageId,
    /// Where it stands.
    conversation_id: ConversationId,
    /// WhatsApp's id; null until WhatsApp has named it.
    wamid: Option<Wamid>,
    /// Which way it went.
    direction: Direction,
    /// Its type, such as `text` or `image`: an open list, since WhatsApp's is.
    #[serde(rename = "type")]
    kind: String,
    /// What it says, or a line that stands for it.
    text: Text,
    /// How far it has come.
    status: MessageStatus,
    /// When it was written.
    at: At,
    /// All that it says; null if it was withdrawn.
    content: Option<Content>,
    /// Whether it was withdrawn.
    revoked: bool,
    /// WhatsApp's id of the message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Wamid>,
    /// Whether it was passed on from another conversation.
    forwarded: bool,
    /// The advertisement from which the customer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<Referral>,
    /// The product that the customer asks about.
    #[serde(skip_serializing_if = "Option::is_none")]
    referred_product: Option<ReferredProduct>,
    /// The emoji that the customer put to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<Text>,
    /// Its words since its last edit, of a file the caption: empty if that was removed. `text` says what is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited: Option<Text>,
    /// When it reached us, of one that the customer wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived_at: Option<At>,
    /// When WhatsApp said what, of one that the business wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    statuses: Option<StatusesView>,
    /// Why it failed or, while it is queued, why WhatsApp refused the number at the last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
    /// What WhatsApp counts it as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    /// Who sent it, of one that the business wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    /// The customer wrote it.
    Received,
    /// It waits to be sent.
    Queued,
    /// It is being sent.
    Claimed,
    /// WhatsApp took it.
    Accepted,
    /// It left WhatsApp's servers.
    Sent,
    /// It is on the customer's device.
    Delivered,
    /// It was seen.
    Read,
    /// It was heard.
    Played,
    /// It did not go out, or will not arrive.
    Failed,
    /// WhatsApp's answer was lost: nobody knows, and it is not sent again.
    Unconfirmed,
}

impl From<Shown> for MessageStatus {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Queued => Self::Queued,
            Shown::Claimed => Self::Claimed,
            Shown::Accepted => Self::Accepted,
            Shown::Failed | Shown::Told(Status::Failed) => Self::Failed,
            Shown::Unconfirmed => Self::Unconfirmed,
            Shown::Told(Status::Sent) => Self::Sent,
            Shown::Told(Status::Delivered) => Self::Delivered,
            Shown::Told(Status::Read) => Self::Read,
            Shown::Told(Status::Played) => Self::Played,
        }
    }
}

/// When WhatsApp said what; null where it has not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusesView {
    /// It left WhatsApp's servers.
    sent: Option<At>,
    /// It is on the customer's device.
    delivered: Option<At>,
    /// It was seen.
    read: Option<At>,
    /// It was heard.
    played: Option<At>,
    /// It will not arrive.
    failed: Option<At>,
}

/// Why a message of ours failed, or waits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SendError")]
pub struct ErrorView {
    /// Why.
    reason: Reason,
    /// WhatsApp's code for it; null if it was not WhatsApp.
    code: Option<i64>,
    /// What WhatsApp says of it; null if it says nothing.
    detail: Option<Text>,
}

impl MessageView {
    /// The line as a message; none if it is something else.
    pub fn of(entry: Entry, home: HomeId, now: Timestamp) -> Option<Self> {
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
            status: MessageStatus::Received,
            at: At(id.at()),
            content: Some(content),
            revoked: false,
            reply_to: context.reply_to,
            forwarded: context.forwarded,
            referral: context.referral,
            referred_product: context.referred_product,
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
        let (status, error) = (send.shown(now).into(), ErrorView::of(&send));
        let content = Content::Text { body: send.body.clone() };
        let view = Self {
            id: send.id,
            conversation_id: send.conversation,
            wamid: send.wamid,
            direction: Direction::Out,
            kind: content.kind().to_owned(),
            text: afterwards.shown_text(&content),
            status,
            at: At(send.id.moment()),
            content: Some(content),
            revoked: false,
            reply_to: send.reply_to,
            forwarded: false,
            referral: None,
            referred_product: None,
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
        Self { text, content: None, revoked: true, referral: None, referred_product: None, edited: None, ..self }
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
    /// Why `send` failed or waits, if it does: as WhatsApp told afterwards, else as it was found when it was to go out.
    pub fn of(send: &Send) -> Option<Self> {
        match (send.delivery.shown(), &send.state) {
            (Some(Status::Failed), _) => Some(Self::told(send.delivery.errors.first())),
            (None, SendState::Failed(failure) | SendState::Queued { refusal: Some(failure), .. }) => {
                Some(Self::found(failure))
            }
            (Some(_), _) | (None, _) => None,
        }
    }

    /// Why a send did not go out, as it was found here.
    pub fn found(failure: &Failure) -> Self {
        Self { reason: failure.reason, code: failure.code, detail: failure.detail.clone() }
    }

    fn told(error: Option<&StatusError>) -> Self {
        let detail = error.and_then(|error| error.details.clone().or_else(|| error.title.clone().map(Text::new)));
        let code = error.map(|error| error.code);
        let reason = match code.map(|code| verdict(code, None)) {
            Some(Verdict::Refused(reason)) => reason,
            Some(Verdict::Unauthorised) => Reason::Unauthorised,
            Some(Verdict::Again(_) | Verdict::Ambiguous) | None => Reason::Refused,
        };
        Self { reason, code, detail }
    }
}
