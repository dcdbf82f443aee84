//! Why a message failed, or a channel is refused.

use crate::personal::Text;
use crate::string_enum::string_enum;
use serde::{Deserialize, Serialize};

string_enum! {
    /// Why a message failed. Meta's code and explanation are given separately.
    Reason {
        /// The customer last wrote more than 24 hours ago.
        WindowClosed = "window_closed",
        /// It could not be sent within its lifetime.
        Expired = "expired",
        /// The number is not on WhatsApp, or cannot receive this message.
        NotReachable = "not_reachable",
        /// Meta rejected the message.
        Refused = "refused",
        /// Its file could not be uploaded to WhatsApp.
        FileNotSent = "file_not_sent",
        /// Meta rejects the channel. Check its token, permissions and registration.
        Unauthorised = "unauthorised",
        /// The channel is paused. Resume it, and the message is sent.
        Paused = "paused",
        /// The channel was disconnected.
        Disconnected = "disconnected",
        /// The customer has opted out of such messages.
        OptedOut = "opted_out",
        /// The message would cost more than its sender agreed to, or its price is no longer known. It is held until a user
        /// approves the new price.
        PriceChanged = "price_changed",
        /// A budget has no room for the message. It is held until the budget has.
        BudgetSpent = "budget_spent",
        /// It was scheduled unless the customer writes, and they wrote.
        TheyWrote = "they_wrote",
        /// An earlier part of the same text failed.
        EarlierPart = "earlier_part",
    }
}

impl Reason {
    /// Whether it is about what the message costs: such a message is held alone, and its channel sends on.
    #[must_use]
    pub const fn is_about_cost(self) -> bool {
        match self {
            Self::PriceChanged | Self::BudgetSpent => true,
            Self::WindowClosed
            | Self::Expired
            | Self::NotReachable
            | Self::Refused
            | Self::FileNotSent
            | Self::Unauthorised
            | Self::Paused
            | Self::Disconnected
            | Self::OptedOut
            | Self::TheyWrote
            | Self::EarlierPart => false,
        }
    }
}

/// Why a message failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The kind of reason.
    pub reason: Reason,
    /// Meta's code, if it was Meta.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Meta's words, which may quote the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
}

impl Failure {
    /// A failure that we found ourselves.
    #[must_use]
    pub const fn ours(reason: Reason) -> Self {
        Self { reason, code: None, detail: None }
    }
}
