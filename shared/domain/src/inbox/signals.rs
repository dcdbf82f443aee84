//! What the customer is shown of the business's attention: blue ticks and a typing indicator. Nothing depends on it, so it
//! is tried for a while and then given up.

use crate::ids::ConversationId;
use crate::time::Timestamp;
use std::time::Duration;

/// Typing is shown at most once in this time. WhatsApp shows it for 25 seconds.
pub const TYPING_PAUSE: Duration = Duration::from_secs(20);

/// How long WhatsApp shows typing: what is later than this is not posted any longer.
const TYPING_SHOWN: Duration = Duration::from_secs(25);

/// How old the customer's message may be that a receipt or the typing indicator names (Cloud API: 30 days).
pub const OLDEST_MESSAGE: Duration = Duration::from_secs(30 * 24 * 3600);

/// When the sweeper looks at a signal for the first time.
pub const FIRST_SWEEP: Duration = Duration::from_secs(120);

/// How long a read receipt is tried.
const RECEIPT_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// What is to be shown in one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The conversation.
    pub conversation: ConversationId,
    /// Counts the wishes: what is done settles the wish that it knew of.
    pub number: u64,
    /// When somebody last read something new; none after the receipt was posted.
    pub read: Option<Timestamp>,
    /// When somebody last typed; none if nobody did.
    pub typing: Option<Timestamp>,
}

/// What to post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Nothing: it is done, or too late.
    Nothing,
    /// That the messages were read.
    Read,
    /// That, and that somebody types.
    ReadAndTyping,
}

impl Signal {
    /// What to post at `now`.
    #[must_use]
    pub fn show(&self, now: Timestamp) -> Show {
        let within = |at: Option<Timestamp>, time: Duration| at.is_some_and(|at| now.since(at) < time);
        match (within(self.typing, TYPING_SHOWN), within(self.read, RECEIPT_LIFETIME)) {
            (true, _) => Show::ReadAndTyping,
            (false, true) => Show::Read,
            (false, false) => Show::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, HistoryId};

    #[test]
    fn typing_is_shown_while_it_is_fresh_and_a_receipt_for_a_day() {
        let at = Timestamp::from_seconds(1_790_000_000);
        let conversation =
            ConversationId { history: HistoryId::from_parts(at, 1), channel: ChannelId::from_parts(at, 2) };
        let both = Signal { conversation, number: 1, read: Some(at), typing: Some(at) };
        assert_eq!(both.show(at.plus(Duration::from_secs(24))), Show::ReadAndTyping);
        assert_eq!(both.show(at.plus(TYPING_SHOWN)), Show::Read);
        assert_eq!(both.show(at.plus(RECEIPT_LIFETIME)), Show::Nothing);
        let typing = Signal { read: None, ..both };
        assert_eq!(typing.show(at.plus(TYPING_SHOWN)), Show::Nothing);
    }
}
