//! Every kind of id, in one list: a prefix and a ULID, so that ids sort by time and cannot be mixed up.

use crate::digest;
use crate::time::Timestamp;
use crate::wamid::{PhoneNumberId, Wamid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ulid::Ulid;

/// An id that is not of the form `prefix_` and 26 characters of a ULID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an id of the form {prefix}_ followed by 26 letters and digits")]
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
            pub fn from_bare(text: &str) -> Result<Self, InvalidId> {
                parsed(text).map(Self).ok_or(InvalidId { prefix: $prefix })
            }

            /// The 26 characters without the prefix: the form used in table keys.
            #[must_use]
            pub fn bare(self) -> String {
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
                Self::from_bare(bare)
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
    /// A key by which a program calls the API.
    ApiKeyId = "key";
    /// One connected WhatsApp business number.
    ChannelId = "chn";
    /// Where one lead's history lives, for ever, whoever it belongs to later.
    HomeId = "hom";
    /// An invitation to join a business.
    InvitationId = "inv";
    /// One customer of one tenant.
    LeadId = "led";
    /// An e-mail that we owe somebody.
    LetterId = "let";
    /// One line of a lead's history: a message or any other entry.
    MessageId = "msg";
    /// Somebody who runs the platform.
    OperatorId = "opr";
    /// An event that could not be read, or was too large, kept aside.
    ParkedId = "prk";
    /// A wish to choose a new password.
    ResetId = "rst";
    /// One sign-in of one person, on one device.
    SessionId = "ses";
    /// One business.
    TenantId = "ten";
    /// A person who signs in.
    UserId = "usr";
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

impl HomeId {
    /// The home that a new lead begins with: it bears the lead's own number.
    #[must_use]
    pub const fn of(lead: LeadId) -> Self {
        Self(lead.0)
    }
}

impl MessageId {
    /// The id of a message that came from WhatsApp. It follows from the event alone, so that a repetition
    /// of the event, at once or years later, names the same entry.
    #[must_use]
    pub fn of_inbound(number: &PhoneNumberId, wamid: &Wamid, at: Timestamp) -> Self {
        Self::from_parts(Timestamp::from_seconds(at.seconds()), digest::bits80(&[number.as_str(), wamid.as_str()]))
    }

    /// Whether this is the id of the message `wamid` of `number`, whatever its time.
    #[must_use]
    pub fn is_of(self, number: &PhoneNumberId, wamid: &Wamid) -> bool {
        self.bits() == digest::bits80(&[number.as_str(), wamid.as_str()])
    }

    /// The lowest id that a message of this time can have: where a look back begins.
    #[must_use]
    pub fn earliest_at(at: Timestamp) -> Self {
        Self::from_parts(at, 0)
    }

    fn bits(self) -> u128 {
        u128::from(self.0) & ((1 << BITS) - 1)
    }
}

/// One lead on one channel: the home of its history, and the channel. Written `cnv_` and both numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^cnv_([0-7][0-9A-HJKMNP-TV-Z]{25}){2}$"))]
pub struct ConversationId {
    /// Where the history lives.
    pub home: HomeId,
    /// The business number that the customer writes to.
    pub channel: ChannelId,
}

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cnv_{}{}", self.home.0, self.channel.0)
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
        let (home, channel) = both.split_at_checked(26).ok_or(invalid)?;
        Ok(Self { home: HomeId::from_bare(home)?, channel: ChannelId::from_bare(channel)? })
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
        let mut digest = digest::hex(&[&self.bare()]);
        digest.truncate(12);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inbound_message_has_the_same_id_however_often_it_comes() {
        let number = PhoneNumberId::parse("1000001").unwrap();
        let wamid = Wamid::parse("wamid.A=").unwrap();
        let at = Timestamp::from_seconds(1_790_000_000);
        let id = MessageId::of_inbound(&number, &wamid, at);
        assert_eq!(id, MessageId::of_inbound(&number, &wamid, at));
        assert!(id.is_of(&number, &wamid));
        assert_eq!(id.at(), at);
        let other = PhoneNumberId::parse("1000002").unwrap();
        assert!(!id.is_of(&other, &wamid), "another number's message of the same wamid is another");
    }

    #[test]
    fn an_id_reads_back_what_it_wrote_and_refuses_another_kind() {
        let lead = LeadId::from_parts(Timestamp::from_seconds(1_790_000_000), 7);
        assert_eq!(lead.to_string().parse::<LeadId>().unwrap(), lead);
        assert!(lead.to_string().parse::<TenantId>().is_err());
        let conversation = ConversationId { home: HomeId::of(lead), channel: ChannelId::from_parts(lead.at(), 9) };
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
