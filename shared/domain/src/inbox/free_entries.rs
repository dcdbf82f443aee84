//! The free entry point: a customer who came by an ad or a page's button, and whom the business answers within 24 hours,
//! is free for 72 hours from that answer. WhatsApp's statuses have the last word on what it charges.

use crate::channels::prices::plan::FREE_ENTRY;
use crate::inbox::conversations::SERVICE_WINDOW;
use crate::time::Timestamp;

/// What is known of the free entry point of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FreeEntry {
    /// When the customer last came by an ad.
    pub referred: Option<Timestamp>,
    /// When the business first answered that.
    pub answered: Option<Timestamp>,
    /// Until when everything is free, by this answer or an earlier one.
    pub until: Option<Timestamp>,
}

impl FreeEntry {
    /// This after the customer came by an ad at `at`. The same in any order, and however often.
    #[must_use]
    pub fn referred(self, at: Timestamp) -> Self {
        if self.referred.is_some_and(|known| at <= known) {
            return self;
        }
        Self { referred: Some(at), answered: None, ..self }
    }

    /// This after WhatsApp accepted a message of the business at `at`. Only the first answer within 24 hours counts.
    #[must_use]
    pub fn answered(self, at: Timestamp) -> Self {
        let Some(referred) = self.referred.filter(|referred| *referred <= at) else { return self };
        if self.answered.is_some() || at >= referred.plus(SERVICE_WINDOW) {
            return self;
        }
        Self { answered: Some(at), until: self.until.max(Some(at.plus(FREE_ENTRY))), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3600;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn the_first_answer_within_24_hours_opens_72_hours() {
        let came = FreeEntry::default().referred(at(0));
        assert_eq!(came.until, None, "nobody has answered");
        let answered = came.answered(at(HOUR));
        assert_eq!(answered.until, Some(at(73 * HOUR)));
        assert_eq!(answered.answered(at(2 * HOUR)), answered, "a second answer prolongs nothing");
        assert_eq!(came.answered(at(24 * HOUR)).until, None, "too late");
        assert_eq!(FreeEntry::default().answered(at(HOUR)), FreeEntry::default());
        let again = answered.referred(at(10 * HOUR));
        assert_eq!(again.until, Some(at(73 * HOUR)), "the earlier one still runs");
        assert_eq!(again.answered(at(11 * HOUR)).until, Some(at(83 * HOUR)));
    }

    proptest! {
        #[test]
        fn referrals_count_once_in_any_order(mut times in proptest::collection::vec(0_i64..100_000, 1..6)) {
            let all = |times: &[i64]| times.iter().fold(FreeEntry::default(), |entry, time| entry.referred(at(*time)));
            let forth = all(&times);
            times.reverse();
            prop_assert_eq!(all(&times), forth);
            prop_assert_eq!(forth.referred, times.iter().max().map(|time| at(*time)));
        }
    }
}
