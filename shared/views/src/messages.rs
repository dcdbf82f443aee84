//! A message from the customer or from the business.

use crate::At;
use crate::media::{Files, Links, MediaView};
use crate::prices::MessagePriceView;
use domain::channels::causes::{Cause, NextStep};
use domain::channels::failures::{Failure, Reason};
use domain::inbox::content::{Referral, ReferredProduct};
use domain::inbox::history::{DELETED, Echo, Entry, Line, Received, Sent};
use domain::inbox::outbound_messages::{OutboundMessage, SendState};
use domain::inbox::shown::Shown;
use domain::inbox::statuses::{Delivery, OtherStatus, Pricing, Status, StatusError};
use domain::{
    Actor, Content, ConversationId, Direction, HistoryId, MessageId, OutboundContent, Text, Timestamp, Wamid,
};
use schemars::JsonSchema;
use serde::Serialize;
use whatsapp::errors::{Verdict, cause, verdict};

/// A message from the customer or from the business.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// The message's ID.
    id: MessageId,
    /// The conversation's ID.
    conversation_id: ConversationId,
    /// WhatsApp's ID of the message. Null until WhatsApp accepts it.
    wamid: Option<Wamid>,
    /// The direction of the message.
    direction: Direction,
    /// The type, such as `text` or `image`. Other values may appear.
    #[serde(rename = "type")]
    kind: String,
    /// The text, or a summary of the content.
    text: Text,
    /// The delivery status.
    status: MessageStatus,
    /// When the message was written; of a scheduled message, when it is to be sent.
    at: At,
    /// The full content. Null if the message was deleted.
    content: Option<ContentView>,
    /// The message's file, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<MediaView>,
    /// Whether the message was deleted.
    revoked: bool,
    /// WhatsApp's ID of the message that this one replies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Wamid>,
    /// The first message of the long text that this message continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<MessageId>,
    /// The failed message that this one repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_of: Option<MessageId>,
    /// Whether a scheduled message is not to be sent once the customer has written.
    #[serde(skip_serializing_if = "Option::is_none")]
    unless_they_write: Option<bool>,
    /// Whether the message was forwarded.
    forwarded: bool,
    /// The ad that the customer came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<Referral>,
    /// The product that the customer asks about.
    #[serde(skip_serializing_if = "Option::is_none")]
    referred_product: Option<ReferredProduct>,
    /// The customer's reaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<Text>,
    /// The business's reaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reaction: Option<Text>,
    /// The text after the last edit; for a file, the caption. Empty if the caption was removed. `text` is what to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited: Option<Text>,
    /// When a customer's message reached Leadwire.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived_at: Option<At>,
    /// When each delivery status was reported, if the business sent the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    statuses: Option<StatusesView>,
    /// Each delivery status with its time, the earliest first, if the business sent the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_history: Option<Vec<StatusChangeView>>,
    /// How the payment fares that the message asks for. Other statuses than `pending`, `captured` and `failed` may appear.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_status: Option<PaymentStatusView>,
    /// The name of the template that the message is.
    #[serde(skip_serializing_if = "Option::is_none")]
    template_name: Option<String>,
    /// Why the message failed or is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
    /// How WhatsApp charges the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    /// What the message costs, if the business sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<MessagePriceView>,
    /// Who sent the message, if the business did. Left out if it was sent with the WhatsApp app.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
}

/// The content of a message. A kind that both sides can send has one shape.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "MessageContent")]
enum ContentView {
    /// A customer's message.
    Received(Content),
    /// A message of the business.
    Sent(OutboundContent),
}

/// The delivery status of a message.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    /// The customer sent it.
    Received,
    /// It waits until the time at which it is to be sent, which is in `at`.
    Scheduled,
    /// It was scheduled, and is not sent: a user cancelled it, or gave it another time. Lists leave it out.
    Cancelled,
    /// It is waiting to be sent.
    Queued,
    /// It waits because the number does not send: it is paused, or WhatsApp rejects it. `error` says what to do. The
    /// message is sent after that.
    Held,
    /// It is being sent.
    Claimed,
    /// WhatsApp accepted it.
    Accepted,
    /// WhatsApp sent it.
    Sent,
    /// It reached the customer's device.
    Delivered,
    /// The customer read it.
    Read,
    /// The customer played it.
    Played,
    /// It could not be sent or delivered.
    Failed,
    /// WhatsApp's answer was lost. It may have been sent, and is not sent again.
    Unconfirmed,
    /// WhatsApp accepted it, and then reported a status that is not known here. `statusHistory` has its word.
    Unknown,
}

impl MessageStatus {
    /// How far `send` has come.
    #[must_use]
    pub fn from_send(send: &OutboundMessage, now: Timestamp) -> Self {
        match (send.shown(now), &send.delivery.other) {
            (Shown::Accepted, Some(_)) => Self::Unknown,
            (shown, _) => shown.into(),
        }
    }
}

impl From<Shown> for MessageStatus {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Scheduled => Self::Scheduled,
            Shown::Cancelled => Self::Cancelled,
            Shown::Queued => Self::Queued,
            Shown::Held => Self::Held,
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

/// When WhatsApp reported each status. Null if it has not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusesView {
    /// WhatsApp sent it.
    sent: Option<At>,
    /// It reached the customer's device.
    delivered: Option<At>,
    /// The customer read it.
    read: Option<At>,
    /// The customer played it.
    played: Option<At>,
    /// It could not be delivered.
    failed: Option<At>,
}

/// How a payment fares.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PaymentStatus")]
pub struct PaymentStatusView {
    /// The status, as WhatsApp reports it.
    status: String,
    /// When it was.
    at: At,
}

impl PaymentStatusView {
    fn new(told: &OtherStatus) -> Self {
        Self { status: told.word.clone(), at: At(told.at) }
    }
}

/// A delivery status that was reported for a message.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StatusChange")]
pub struct StatusChangeView {
    /// The status; `unknown` if its word is not known here.
    status: MessageStatus,
    /// When it was.
    timestamp: At,
    /// The word as it was reported.
    raw: String,
}

impl StatusChangeView {
    fn list(delivery: &Delivery) -> Vec<Self> {
        let known = delivery.history().into_iter().map(|(status, at)| Self {
            status: Shown::Told(status).into(),
            timestamp: At(at),
            raw: status.as_str().to_owned(),
        });
        let mut all: Vec<_> = known.collect();
        if let Some(other) = &delivery.other {
            let raw = other.word.clone();
            all.push(Self { status: MessageStatus::Unknown, timestamp: At(other.at), raw });
            all.sort_by_key(|change| change.timestamp.0);
        }
        all
    }
}

/// Why a message failed, or is waiting.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SendError")]
pub struct ErrorView {
    /// The reason.
    reason: Reason,
    /// The cause, in more detail.
    cause: Cause,
    /// What you can do next.
    next_step: NextStep,
    /// WhatsApp's error code. Null if the error is not from WhatsApp.
    code: Option<i64>,
    /// WhatsApp's explanation. Null if there is none.
    detail: Option<Text>,
}

impl MessageView {
    /// The line as a message, with its file out of `files`; none if it is something else, or stands at another message.
    pub fn with_file(entry: Entry, history: HistoryId, files: &Files, links: &Links<'_>) -> Option<Self> {
        let file = entry.media(history).and_then(|id| files.get(id));
        let media = file.map(|file| MediaView::new(file, links));
        Self::from_entry(entry, history, links.now).map(|view| Self { media, ..view })
    }

    fn from_entry(entry: Entry, history: HistoryId, now: Timestamp) -> Option<Self> {
        if !entry.is_shown() && !entry.is_cancelled() {
            return None;
        }
        match entry.line {
            Line::Received(message) => Some(Self::received(entry.id, history, *message)),
            Line::Sent(message) => Some(Self::sent(*message, now)),
            Line::Echo(message) => Some(Self::echo(entry.id, history, *message)),
            Line::Event(_) => None,
        }
    }

    fn received(id: MessageId, history: HistoryId, message: Received) -> Self {
        let text = message.shown_text();
        let Received { channel, wamid, content, context, arrived, imported: _, amendments } = message;
        let view = Self {
            id,
            conversation_id: ConversationId { history, channel },
            wamid: Some(wamid),
            direction: Direction::In,
            kind: content.kind().to_owned(),
            text,
            status: MessageStatus::Received,
            at: At(id.at()),
            content: Some(ContentView::Received(content)),
            media: None,
            revoked: false,
            reply_to: context.reply_to,
            part_of: None,
            retry_of: None,
            unless_they_write: None,
            forwarded: context.forwarded,
            referral: context.referral,
            referred_product: context.referred_product,
            reaction: amendments.reaction,
            own_reaction: amendments.own_reaction,
            edited: amendments.edited,
            arrived_at: Some(At(arrived)),
            statuses: None,
            status_history: None,
            payment_status: None,
            template_name: None,
            error: None,
            pricing: None,
            price: None,
            by: None,
        };
        if amendments.revoked { view.withdrawn() } else { view }
    }

    fn echo(id: MessageId, history: HistoryId, message: Echo) -> Self {
        let text = message.shown_text();
        let Echo { channel, wamid, content, context, imported: _, amendments } = message;
        let view = Self {
            id,
            conversation_id: ConversationId { history, channel },
            wamid: Some(wamid),
            direction: Direction::Out,
            kind: content.kind().to_owned(),
            text,
            status: MessageStatus::Sent,
            at: At(id.at()),
            content: Some(ContentView::Received(content)),
            media: None,
            revoked: false,
            reply_to: context.reply_to,
            part_of: None,
            retry_of: None,
            unless_they_write: None,
            forwarded: context.forwarded,
            referral: None,
            referred_product: None,
            reaction: amendments.reaction,
            own_reaction: amendments.own_reaction,
            edited: amendments.edited,
            arrived_at: None,
            statuses: None,
            status_history: None,
            payment_status: None,
            template_name: None,
            error: None,
            pricing: None,
            price: None,
            by: None,
        };
        if amendments.revoked { view.withdrawn() } else { view }
    }

    fn sent(message: Sent, now: Timestamp) -> Self {
        let text = message.shown_text();
        let Sent { send, by, amendments } = message;
        let status = MessageStatus::from_send(&send, now);
        let template_name = send.content.template().map(|template| template.name.clone());
        let error = ErrorView::from_message(&send);
        let price = MessagePriceView::from_message(&send);
        let view = Self {
            id: send.id,
            conversation_id: send.conversation,
            wamid: send.wamid,
            direction: Direction::Out,
            kind: send.content.kind().to_owned(),
            text,
            status,
            at: At(send.id.moment()),
            content: Some(ContentView::Sent(send.content)),
            media: None,
            revoked: false,
            reply_to: send.reply_to,
            part_of: send.part_of,
            retry_of: send.retry_of,
            unless_they_write: send.unless_written_since.map(|_| true),
            forwarded: false,
            referral: None,
            referred_product: None,
            reaction: amendments.reaction,
            own_reaction: amendments.own_reaction,
            edited: amendments.edited,
            arrived_at: None,
            statuses: Some(StatusesView::from_delivery(&send.delivery)),
            status_history: Some(StatusChangeView::list(&send.delivery)),
            payment_status: send.delivery.payment.as_ref().map(PaymentStatusView::new),
            template_name,
            error,
            pricing: send.delivery.pricing,
            price,
            by: Some(by),
        };
        if amendments.revoked { view.withdrawn() } else { view }
    }

    /// Without anything that it said.
    fn withdrawn(self) -> Self {
        let text = Text::new(DELETED);
        Self { text, content: None, revoked: true, referral: None, referred_product: None, edited: None, ..self }
    }
}

impl StatusesView {
    fn from_delivery(delivery: &Delivery) -> Self {
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
    pub fn from_message(send: &OutboundMessage) -> Option<Self> {
        match (send.delivery.shown(), &send.state) {
            (Some(Status::Failed), _) => Some(Self::told(send.delivery.errors.first())),
            (
                None,
                SendState::Failed(failure)
                | SendState::Held(failure)
                | SendState::Queued { refusal: Some(failure), .. },
            ) => Some(Self::found(failure)),
            (Some(_), _) | (None, _) => None,
        }
    }

    /// Why a message did not go out, as it was found here.
    pub fn found(failure: &Failure) -> Self {
        let known = match failure.reason {
            // A code that came on the way is not why it was given up.
            Reason::Expired => None,
            Reason::WindowClosed
            | Reason::NotReachable
            | Reason::Refused
            | Reason::FileNotSent
            | Reason::PriceChanged
            | Reason::BudgetSpent
            | Reason::OptedOut
            | Reason::Paused
            | Reason::Disconnected
            | Reason::TheyWrote
            | Reason::EarlierPart
            | Reason::Unauthorised => failure.code.and_then(|code| cause(code, None)),
        };
        Self::new(failure.reason, known, failure.code, failure.detail.clone())
    }

    fn told(error: Option<&StatusError>) -> Self {
        let detail = error.and_then(|error| error.details.clone().or_else(|| error.title.clone().map(Text::new)));
        let code = error.map(|error| error.code);
        let reason = match code.map(|code| verdict(code, None)) {
            Some(Verdict::Refused(reason)) => reason,
            Some(Verdict::Unauthorised) => Reason::Unauthorised,
            Some(Verdict::Again(_) | Verdict::Ambiguous) | None => Reason::Refused,
        };
        Self::new(reason, code.and_then(|code| cause(code, None)), code, detail)
    }

    fn new(reason: Reason, known: Option<Cause>, code: Option<i64>, detail: Option<Text>) -> Self {
        let cause = known.unwrap_or_else(|| reason.into());
        Self { reason, cause, next_step: cause.next_step(), code, detail }
    }
}
