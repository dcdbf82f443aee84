//! What WhatsApp tells about a message of ours after it was accepted. Each word is kept with its own time and
//! the shown one is folded from them, so neither order nor repetition matters.

use crate::identities::Customer;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use crate::wamid::Wamid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

string_enum! {
    /// A word of WhatsApp about a message of ours.
    Status {
        /// It left Meta's servers.
        Sent = "sent",
        /// It is on the customer's device.
        Delivered = "delivered",
        /// It was seen.
        Read = "read",
        /// A voice message was played.
        Played = "played",
        /// It will not arrive.
        Failed = "failed",
    }
}

/// One status of one message, as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusUpdate {
    /// The message it speaks of.
    pub wamid: Wamid,
    /// What is said of it.
    pub status: Status,
    /// When that was.
    pub at: Timestamp,
    /// Who the message went to, as far as told.
    pub recipient: Customer,
    /// The name that we gave the message, if it comes back.
    pub callback_data: Option<String>,
    /// What Meta charges for it.
    pub pricing: Option<Pricing>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
}

/// A status whose word is not one of [`Status`], as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherStatus {
    /// The word.
    pub word: String,
    /// When that was.
    pub at: Timestamp,
}

/// [`OtherStatus`] of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherUpdate {
    /// The message it speaks of.
    pub wamid: Wamid,
    /// What is said of it.
    pub told: OtherStatus,
    /// The name that we gave the message, if it comes back.
    pub callback_data: Option<String>,
}

/// How Meta charges a message. Other values may appear in each field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pricing {
    /// The category, such as `service`, `utility`, `marketing` or `authentication`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The type, such as `regular`, `free_customer_service` or `free_entry_point`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The pricing model, such as `PMP` (per message).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether Meta charges the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billable: Option<bool>,
}

/// Why a message failed, in Meta's words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusError {
    /// Meta's number for it.
    pub code: i64,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The details, which may quote the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Text>,
}

/// Every status that a message has had, each with its time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// When it left Meta's servers.
    pub sent: Option<Timestamp>,
    /// When it reached the device.
    pub delivered: Option<Timestamp>,
    /// When it was seen.
    pub read: Option<Timestamp>,
    /// When it was played.
    pub played: Option<Timestamp>,
    /// When it failed.
    pub failed: Option<Timestamp>,
    /// The latest status whose word is not known here.
    pub other: Option<OtherStatus>,
    /// The latest status of the payment that it asks for.
    pub payment: Option<OtherStatus>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
    /// What Meta charges for it.
    pub pricing: Option<Pricing>,
}

impl Delivery {
    /// Every known status with its time, the earliest first.
    #[must_use]
    pub fn history(&self) -> Vec<(Status, Timestamp)> {
        let said = [
            (Status::Sent, self.sent),
            (Status::Delivered, self.delivered),
            (Status::Read, self.read),
            (Status::Played, self.played),
            (Status::Failed, self.failed),
        ];
        let mut told: Vec<_> = said.into_iter().filter_map(|(status, at)| at.map(|at| (status, at))).collect();
        told.sort_by_key(|(_, at)| *at);
        told
    }

    /// The status to show: sent < failed < delivered < read < played. What was delivered did not fail.
    #[must_use]
    pub fn shown(&self) -> Option<Status> {
        let said = [
            (self.played, Status::Played),
            (self.read, Status::Read),
            (self.delivered, Status::Delivered),
            (self.failed, Status::Failed),
            (self.sent, Status::Sent),
        ];
        said.into_iter().find_map(|(at, status)| at.map(|_| status))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_delivered_is_not_shown_as_failed_and_a_late_sent_undoes_nothing() {
        let at = Some(Timestamp::from_seconds(1));
        let failed = Delivery { sent: at, failed: at, ..Delivery::default() };
        assert_eq!(failed.shown(), Some(Status::Failed));
        assert_eq!(Delivery { delivered: at, ..failed }.shown(), Some(Status::Delivered));
        assert_eq!(Delivery::default().shown(), None);
    }
}
