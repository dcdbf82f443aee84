//! What the dispatch of a message is decided by, and what it can decide. The decision itself is a method of the message.

use crate::channels::budgets::Room;
use crate::channels::channels::Sending;
use crate::channels::failures::{Failure, Reason};
use crate::channels::prices::plan::{AgreedPrice, Quote};
use crate::inbox::outbound_content::OutboundContent;
use crate::inbox::outbound_messages::OutboundMessage;
use crate::time::Timestamp;
use crate::wamid::Wamid;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a dispatch is decided by, beside the message itself. What a later feature must ask before a message goes out
/// becomes a field here.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The message that this one comes after, as it stands; none if it comes after none, or that no longer matters.
    pub previous: Option<&'a OutboundMessage>,
    /// When the customer's last message reached us; none if they never wrote.
    pub arrived: Option<Timestamp>,
    /// When the 24-hour window shuts; none if the customer never opened it.
    pub window_until: Option<Timestamp>,
    /// Whether the channel sends.
    pub channel: Sending,
    /// What the message costs now.
    pub quote: Quote,
    /// Whether the customer has opted out of such messages.
    pub opted_out: bool,
    /// Whether the budgets that cover the message have room for it.
    pub room: Room,
}

/// What a worker does with a message that it was handed.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// Claim it, then post it.
    Post,
    /// Look again after this long.
    Wait(Duration),
    /// The message before it goes first. Of two accepted at the same moment the earlier may lie behind the later one in the
    /// queue, where it would wait for that one.
    EarlierFirst,
    /// The 24-hour window is closed: its fallback takes its place, and is decided then.
    FallBack,
    /// It is held for this reason: its channel does not send, or it costs too much.
    Hold(Reason),
    /// It can no longer go out.
    Fail(Failure),
    /// Its worker died while it posted: nobody knows.
    Unconfirm,
    /// There is nothing left to do.
    Nothing,
}

/// What came of a post to Meta.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Meta took it.
    Accepted(Wamid),
    /// Meta did not take it, for certain, and may be asked again after this long.
    NotYet(Duration),
    /// Meta did not take it, for certain, and never will.
    Refused(Failure),
    /// The channel's credentials are no good: its messages are held until they are mended.
    Unauthorised(Failure),
    /// Nobody knows.
    Unknown,
}

/// What goes out in place of a message for which the 24-hour window is closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fallback {
    /// The template.
    #[serde(rename = "c")]
    pub content: OutboundContent,
    /// What its sender agreed to pay for it.
    #[serde(rename = "p")]
    pub price: AgreedPrice,
}
