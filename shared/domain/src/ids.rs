//! Every kind of id, in one list: a prefix and a ULID, so that ids sort by time and cannot be mixed up.

use crate::digest;
use crate::time::Timestamp;
use crate::wamid::{PhoneNumberId, Wamid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;
use ulid::Ulid;

/// An id that is not of the form `prefix_` and 26 characters of a ULID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an ID: {prefix}_ followed by 26 emails and digits")]
pub struct InvalidId {
    prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(
            extend("pattern" = concat!("^", $prefix, "_[0-7][0-9A-HJKMNP-TV-Z]{25}$")),
            example = concat!($prefix, "_01M3250VASBF3MSX3QTC83A67F"),
        )]
        pub struct $name(Ulid);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// An id made from a point in time and 80 bits (random, or of a digest).
            #[must_use]
            pub fn from_parts(at: Timestamp, bits: u128) -> Self {
                Self(ulid(at, bits))
            }

            /// The id that `text`, 26 characters without a prefix, stands for: the form used in table keys.
            ///
            /// # Errors
            /// [`InvalidId`] if `text` is not a ULID.
            pub fn from_ulid_str(text: &str) -> Result<Self, InvalidId> {
                parsed(text).map(Self).ok_or(InvalidId { prefix: $prefix })
            }

            /// The 26 characters without the prefix: the form used in table keys.
            #[must_use]
            pub fn ulid_str(self) -> String {
                self.0.to_string()
            }

            /// When the thing that this id names came to be, in milliseconds.
            #[must_use]
            pub fn at(self) -> Timestamp {
                Timestamp::from_millis(i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let bare = text.strip_prefix(concat!($prefix, "_")).ok_or(InvalidId { prefix: $prefix })?;
                Self::from_ulid_str(bare)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )*};
}

ids! {
    /// The ID of an API key.
    ApiKeyId = "key";
    /// An entry of the audit.
    AuditId = "aud";
    /// The ID of a budget.
    BudgetId = "bud";
    /// The ID of a channel: a connected WhatsApp business number.
    ChannelId = "chn";
    /// The ID of a deal: a possible sale to a lead.
    DealId = "del";
    /// A device on which somebody has signed in.
    DeviceId = "dev";
    /// A request to prove a mailbox by a link.
    EmailVerificationId = "evf";
    /// The ID of an erasure: everything that is known of a person goes.
    ErasureId = "ers";
    /// The history of one lead. It keeps its id when the lead is merged into another.
    HistoryId = "his";
    /// The ID of an invitation.
    InvitationId = "inv";
    /// The ID of a lead: a customer of one business.
    LeadId = "led";
    /// An e-mail that we owe somebody.
    EmailId = "eml";
    /// The ID of a merge: two leads that became one.
    MergeId = "mrg";
    /// An import, an export or a bulk change.
    LongJobId = "job";
    /// A file: a customer's, or one to be sent.
    MediaId = "med";
    /// A history entry: a message or an event.
    MessageId = "msg";
    /// Somebody who runs the platform.
    OperatorId = "opr";
    /// The ID of a parked event: one that could not be read or was too large.
    ParkedId = "prk";
    /// The ID of a session that links one number by a QR code.
    PhoneSessionId = "pss";
    /// The ID of a pipeline: an order of the stages, with their names.
    PipelineId = "ppl";
    /// The ID of a quick reply.
    QuickReplyId = "qrp";
    /// A wish to choose a new password.
    ResetId = "rst";
    /// The ID of a segment: a saved filter of leads.
    SegmentId = "seg";
    /// The ID of a session: one sign-in of one user on one device.
    SessionId = "ses";
    /// The ID of a task of a lead.
    TaskId = "tsk";
    /// The ID of a message template: one name in one language of one WhatsApp business account.
    TemplateId = "tpl";
    /// The ID of a business.
    TenantId = "ten";
    /// The ID of a user.
    UserId = "usr";
    /// The ID of an event that webhooks receive.
    WebhookEventId = "evt";
    /// The ID of a webhook: an address that receives events.
    WebhookId = "whk";
}

/// The bits of a ULID below its 48 bits of time.
const BITS: u32 = 80;

fn ulid(at: Timestamp, bits: u128) -> Ulid {
    let millis = u128::from(u64::try_from(at.millis()).unwrap_or(0));
    Ulid::from((millis << BITS) | (bits & ((1 << BITS) - 1)))
}

/// Reads 26 characters, of 5 bits each. The first may say no more than 7: what is above 128 bits would be cut off, and
/// the text stand for another id.
fn parsed(text: &str) -> Option<Ulid> {
    Ulid::from_string(text).ok().filter(|_| text.starts_with(|first| first <= '7'))
}

impl TemplateId {
    /// The ID of the template `name` in `language` of the account: the same however often Meta lists it.
    #[must_use]
    pub fn for_name(account: &str, name: &str, language: &str) -> Self {
        Self::from_parts(Timestamp::default(), digest::bits80(&[account, name, language]))
    }
}

impl ErasureId {
    /// The erasure of this lead: a lead is erased once.
    #[must_use]
    pub const fn for_lead(lead: LeadId) -> Self {
        Self(lead.0)
    }

    /// The lead that is erased.
    #[must_use]
    pub const fn lead(self) -> LeadId {
        LeadId(self.0)
    }
}

impl HistoryId {
    /// The history that a new lead begins with: it bears the lead's own number.
    #[must_use]
    pub const fn for_lead(lead: LeadId) -> Self {
        Self(lead.0)
    }

    /// The lead that this history began with.
    #[must_use]
    pub const fn first_lead(self) -> LeadId {
        LeadId(self.0)
    }
}

/// When and where `webhook` took an event: the millisecond of the POST, and the event's place in it. Events that WhatsApp
/// dates to the same second are shown in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// When `webhook` took the POST.
    pub at: Timestamp,
    /// The event's place in the POST, from 0.
    pub place: u16,
}

/// Bits of a message id, from the left: 48 for the second (in milliseconds, as every ULID's time), 42 for the
/// millisecond in which the message reached us or was accepted, 14 for its place in the POST, 24 that tell equals apart.
const TIE_BITS: u32 = 24;
const PLACE_BITS: u32 = 14;
const MILLISECOND_BITS: u32 = 42;

/// WhatsApp's clock may run ahead of ours by this much; a later time is taken for a mistake.
const CLOCK_AHEAD: Duration = Duration::from_secs(5 * 60);

impl MessageId {
    /// The id of a customer's message on `number`, which WhatsApp dates to `written`. The order is the id itself: by second,
    /// then as `webhook` took the events. A time more than five minutes after `taken` counts as `taken`.
    #[must_use]
    pub fn inbound(number: &PhoneNumberId, wamid: &Wamid, written: Timestamp, taken: Taken) -> Self {
        let written = if written > taken.at.plus(CLOCK_AHEAD) { taken.at } else { written };
        let tie = digest::bits80(&[number.as_str(), wamid.as_str()]);
        Self::ordered(written, taken, tie)
    }

    /// The id of a message or event of ours at `at`. `bits` are random, or a digest where a repetition must give the same id.
    #[must_use]
    pub fn at_moment(at: Timestamp, bits: u128) -> Self {
        let place = (bits >> TIE_BITS) & low(PLACE_BITS);
        Self::ordered(at, Taken { at, place: u16::try_from(place).unwrap_or_default() }, bits)
    }

    fn ordered(written: Timestamp, taken: Taken, tie: u128) -> Self {
        let millisecond = u128::from(u64::try_from(taken.at.millis()).unwrap_or(0)) & low(MILLISECOND_BITS);
        let place = u128::from(taken.place).min(low(PLACE_BITS));
        let bits = (millisecond << (PLACE_BITS + TIE_BITS)) | (place << TIE_BITS) | (tie & low(TIE_BITS));
        Self::from_parts(Timestamp::from_seconds(written.seconds()), bits)
    }

    /// The id of the `n`th message after this one, of those that one long text is sent as: each is above the one before.
    #[must_use]
    pub fn part(self, n: u16) -> Self {
        Self(Ulid::from(u128::from(self.0).saturating_add(u128::from(n) << TIE_BITS)))
    }

    /// The millisecond at which the message reached us, or at which we accepted it.
    #[must_use]
    pub fn moment(self) -> Timestamp {
        let millisecond = (u128::from(self.0) >> (PLACE_BITS + TIE_BITS)) & low(MILLISECOND_BITS);
        Timestamp::from_millis(i64::try_from(millisecond).unwrap_or(i64::MAX))
    }

    /// The lowest id that a message of this time can have: where a look back begins.
    #[must_use]
    pub fn earliest_at(at: Timestamp) -> Self {
        Self::from_parts(at, 0)
    }
}

/// The lowest `bits` bits, all set.
const fn low(bits: u32) -> u128 {
    (1 << bits) - 1
}

/// The ID of a conversation: one lead on one channel. Written `cnv_`, then the history and the channel.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^cnv_([0-7][0-9A-HJKMNP-TV-Z]{25}){2}$"))]
pub struct ConversationId {
    /// Where the history lives.
    pub history: HistoryId,
    /// The business number that the customer writes to.
    pub channel: ChannelId,
}

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cnv_{}{}", self.history.0, self.channel.0)
    }
}

impl fmt::Debug for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ConversationId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = InvalidId { prefix: "cnv" };
        let both = text.strip_prefix("cnv_").ok_or(invalid.clone())?;
        let (history, channel) = both.split_at_checked(26).ok_or(invalid)?;
        Ok(Self { history: HistoryId::from_ulid_str(history)?, channel: ChannelId::from_ulid_str(channel)? })
    }
}

impl TryFrom<String> for ConversationId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<ConversationId> for String {
    fn from(id: ConversationId) -> Self {
        id.to_string()
    }
}

impl TenantId {
    /// What stands for this tenant in a log line.
    #[must_use]
    pub fn digest(self) -> String {
        let mut digest = digest::hex(&[&self.ulid_str()]);
        digest.truncate(12);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbound(wamid: &str, seconds: i64, received: i64, place: u16) -> MessageId {
        let number = PhoneNumberId::parse("1000001").unwrap();
        let wamid = Wamid::parse(wamid).unwrap();
        let taken = Taken { at: Timestamp::from_millis(received), place };
        MessageId::inbound(&number, &wamid, Timestamp::from_seconds(seconds), taken)
    }

    #[test]
    fn messages_of_one_second_stand_as_the_webhook_took_them() {
        let second = 1_790_000_000;
        let taken = second * 1000 + 250;
        let mut last = inbound("wamid.A=", second - 1, taken + 900, 9);
        for (received, place) in [(taken, 0), (taken, 1), (taken, 16_000), (taken + 1, 0), (taken + 5_000, 3)] {
            let next = inbound("wamid.B=", second, received, place);
            assert!(last < next, "{received} {place}");
            assert_eq!(next.at(), Timestamp::from_seconds(second));
            assert_eq!(next.moment(), Timestamp::from_millis(received));
            last = next;
        }
        assert!(last < inbound("wamid.C=", second + 1, taken, 0), "the second decides first");
    }

    #[test]
    fn an_answer_stands_among_the_messages_of_its_second_by_the_millisecond() {
        let second = 1_790_000_000;
        let answer = MessageId::at_moment(Timestamp::from_millis(second * 1000 + 500), u128::MAX);
        assert!(inbound("wamid.A=", second, second * 1000 + 499, 3) < answer);
        assert!(answer < inbound("wamid.A=", second, second * 1000 + 501, 0));
        assert_eq!(answer.moment(), Timestamp::from_millis(second * 1000 + 500));
    }

    #[test]
    fn the_parts_of_a_text_stand_one_after_the_other_in_its_second() {
        let first = MessageId::at_moment(Timestamp::from_millis(1_790_000_000_500), u128::MAX);
        assert!(first < first.part(1) && first.part(1) < first.part(2) && first.part(0) == first);
        assert_eq!(first.part(19).at(), first.at());
    }

    #[test]
    fn a_time_far_ahead_of_its_arrival_is_its_arrival() {
        let second = 1_790_000_000;
        let received = second * 1000 + 7;
        assert_eq!(inbound("wamid.A=", second + 299, received, 0).at(), Timestamp::from_seconds(second + 299));
        assert_eq!(inbound("wamid.A=", second + 301, received, 0).at(), Timestamp::from_seconds(second));
    }

    #[test]
    fn an_id_reads_back_what_it_wrote_and_refuses_another_kind() {
        let lead = LeadId::from_parts(Timestamp::from_seconds(1_790_000_000), 7);
        assert_eq!(lead.to_string().parse::<LeadId>().unwrap(), lead);
        assert!(lead.to_string().parse::<TenantId>().is_err());
        let conversation =
            ConversationId { history: HistoryId::for_lead(lead), channel: ChannelId::from_parts(lead.at(), 9) };
        assert_eq!(conversation.to_string().parse::<ConversationId>().unwrap(), conversation);
        assert!("cnv_".parse::<ConversationId>().is_err());
    }

    #[test]
    fn nothing_above_the_largest_id_is_taken_for_a_smaller_one() {
        assert!(format!("led_7{}", "Z".repeat(25)).parse::<LeadId>().is_ok());
        for above in ["led_80000000000000000000000000", "led_ZZZZZZZZZZZZZZZZZZZZZZZZZZ"] {
            assert!(above.parse::<LeadId>().is_err(), "{above}");
        }
    }

    #[test]
    fn ids_sort_by_time() {
        let early = MessageId::from_parts(Timestamp::from_seconds(1), u128::MAX);
        let late = MessageId::from_parts(Timestamp::from_seconds(2), 0);
        assert!(early.to_string() < late.to_string());
    }
}
