//! Budgets: how much a business spends on messages in a day or a month, and what happens when that is spent.
//!
//! A message is booked in every budget that covers it when it is claimed, with its quote. WhatsApp's statuses settle the
//! booking. A booking is compared with the message as it stands, so that it can be corrected at any time and in any order.

use crate::access::tenants::TimeZone;
use crate::channels::prices::money::{Amount, Currency};
use crate::ids::{BudgetId, ChannelId};
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most budgets of a business: each that covers a message is written when the message is claimed.
pub const MOST_BUDGETS: usize = 10;

/// The shares of a budget, in percent, at which a notice is given.
pub const NOTICE_LEVELS: [u8; 2] = [80, 100];

string_enum! {
    /// How long a budget lasts. A message counts in the period of its own account's time zone.
    BudgetPeriod {
        /// A calendar day.
        Day = "day",
        /// A calendar month.
        Month = "month",
    }
}

string_enum! {
    /// What happens to a message for which a budget has no room.
    BudgetAction {
        /// The message is sent. The budget only gives notices.
        Warn = "warn",
        /// The message is held until a user approves it, or the budget has room.
        Ask = "ask",
        /// The message is held until the budget has room.
        Hold = "hold",
    }
}

impl BudgetAction {
    /// How much it keeps back: the greater, the stricter.
    #[must_use]
    pub const fn strictness(self) -> u8 {
        match self {
            Self::Warn => 0,
            Self::Ask => 1,
            Self::Hold => 2,
        }
    }
}

/// What a budget covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BudgetScope {
    /// Every message of the business.
    #[serde(rename = "business")]
    Business,
    /// The messages of one channel.
    #[serde(rename = "channel")]
    Channel(ChannelId),
}

impl BudgetScope {
    /// Whether it covers the messages of `channel`.
    #[must_use]
    pub fn covers(self, channel: ChannelId) -> bool {
        match self {
            Self::Business => true,
            Self::Channel(one) => one == channel,
        }
    }
}

/// A budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Its ID.
    pub id: BudgetId,
    /// What it covers.
    pub scope: BudgetScope,
    /// The currency. Messages that are paid in another currency count in no budget of this one.
    pub currency: Currency,
    /// How much may be spent in a period.
    pub amount: Amount,
    /// How long it lasts.
    pub period: BudgetPeriod,
    /// What happens when it is spent.
    pub action: BudgetAction,
    /// Counted up at each change.
    pub revision: u64,
}

/// One period of a budget, by its first day: `2026-10-03`, or `2026-10`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PeriodName(String);

impl PeriodName {
    /// The name as it stands in a key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a name; none if it is no day and no month.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
        (date.len() == 10 && date.parse::<Date>().is_ok()).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for PeriodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BudgetPeriod {
    /// The period in which `day` is.
    #[must_use]
    pub fn name(self, day: Date) -> PeriodName {
        PeriodName(match self {
            Self::Day => day.to_string(),
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
        })
    }

    /// When the period ends in which `now` is, where the clock is that of `zone`.
    #[must_use]
    pub fn end(self, zone: &TimeZone, now: Timestamp) -> Timestamp {
        let day = zone.offset(now).date(now);
        zone.midnight(match self {
            Self::Day => day.saturating_add(1.day()),
            Self::Month => day.first_of_month().saturating_add(1.month()),
        })
    }
}

/// What is booked in one period of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// What messages cost that are settled, and the quotes of those that are on their way.
    pub booked: Amount,
    /// The part of it that WhatsApp has settled.
    pub settled: Amount,
    /// When 80 and 100 % were reached.
    pub reached: [Option<Timestamp>; 2],
}

impl Spending {
    /// The levels that are reached now, and of which no notice was given yet.
    #[must_use]
    pub fn new_levels(&self, budget: &Budget) -> [bool; 2] {
        let mut new = [false; 2];
        for ((new, level), reached) in new.iter_mut().zip(NOTICE_LEVELS).zip(self.reached) {
            let share = self.booked.times(100);
            *new = reached.is_none() && !self.booked.is_zero() && share >= budget.amount.times(u64::from(level));
        }
        new
    }
}

/// Whether the budgets that cover a message have room for it: the strictest of them decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// They have, or they only give notices.
    Fits,
    /// One has none, and a user may approve the message.
    Asks,
    /// One has none.
    Spent,
}

impl Room {
    /// Whether a message goes out, `approved` by a user or not.
    #[must_use]
    pub const fn admits(self, approved: bool) -> bool {
        match self {
            Self::Fits => true,
            Self::Asks => approved,
            Self::Spent => false,
        }
    }
}

impl Budget {
    /// Whether a message that is paid in `currency` counts in it.
    #[must_use]
    pub fn covers(&self, channel: ChannelId, currency: Option<Currency>) -> bool {
        self.scope.covers(channel) && currency == Some(self.currency)
    }

    /// Whether `cost` fits in it after `booked`. Nothing always fits.
    #[must_use]
    pub fn has_room(&self, booked: Amount, cost: Amount) -> bool {
        cost.is_zero() || booked.plus(cost) <= self.amount
    }

    /// What it does with a message that costs `cost`, after `booked`.
    #[must_use]
    pub fn room(&self, booked: Amount, cost: Amount) -> Room {
        if self.has_room(booked, cost) {
            return Room::Fits;
        }
        match self.action {
            BudgetAction::Warn => Room::Fits,
            BudgetAction::Ask => Room::Asks,
            BudgetAction::Hold => Room::Spent,
        }
    }

    /// The most that may be booked before a message that costs `cost` and still has to fit; none if it need not fit.
    /// Fails if it does not fit at all.
    ///
    /// # Errors
    /// `()` if the message costs more than the whole budget.
    #[expect(clippy::result_unit_err, reason = "there is nothing to say about it")]
    pub fn most_before(&self, cost: Amount, approved: bool) -> Result<Option<Amount>, ()> {
        let binds = match self.action {
            BudgetAction::Warn => false,
            BudgetAction::Ask => !approved,
            BudgetAction::Hold => true,
        };
        if !binds || cost.is_zero() {
            return Ok(None);
        }
        if cost > self.amount { Err(()) } else { Ok(Some(self.amount.minus(cost))) }
    }
}

/// What is booked for a message, and in which periods of which budgets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The amount: the quote, until WhatsApp has settled the message.
    #[serde(rename = "a")]
    pub amount: Amount,
    /// Whether it is settled.
    #[serde(rename = "s", default, skip_serializing_if = "std::ops::Not::not")]
    pub settled: bool,
    /// Where it is booked.
    #[serde(rename = "u")]
    pub uses: Vec<(BudgetId, PeriodName)>,
}

impl Booking {
    /// The settled part of it.
    #[must_use]
    pub const fn settled_amount(&self) -> Amount {
        if self.settled { self.amount } else { Amount::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn budget(amount: &str, action: BudgetAction) -> Budget {
        let at = Timestamp::from_seconds(1_790_000_000);
        Budget {
            id: BudgetId::from_parts(at, 1),
            scope: BudgetScope::Business,
            currency: Currency::Inr,
            amount: Amount::parse(amount).unwrap(),
            period: BudgetPeriod::Day,
            action,
            revision: 1,
        }
    }

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    #[test]
    fn a_message_that_no_longer_fits_is_let_through_asked_about_or_held() {
        for (action, room) in
            [(BudgetAction::Warn, Room::Fits), (BudgetAction::Ask, Room::Asks), (BudgetAction::Hold, Room::Spent)]
        {
            let budget = budget("10", action);
            assert_eq!(budget.room(amount("9.5"), amount("0.5")), Room::Fits, "to the last millionth");
            assert_eq!(budget.room(amount("9.5"), amount("0.500001")), room);
            assert_eq!(budget.room(amount("99"), Amount::ZERO), Room::Fits, "what is free always fits");
        }
    }

    #[test]
    fn a_budget_of_zero_lets_nothing_through_that_costs() {
        let none = budget("0", BudgetAction::Hold);
        assert_eq!(none.room(Amount::ZERO, amount("0.000001")), Room::Spent);
        assert_eq!(none.most_before(amount("0.000001"), true), Err(()));
        assert_eq!(none.most_before(Amount::ZERO, false), Ok(None));
        assert_eq!(Spending::default().new_levels(&none), [false, false], "nothing was spent");
    }

    #[test]
    fn a_budget_covers_what_is_paid_in_its_currency() {
        let channel = ChannelId::from_parts(Timestamp::default(), 1);
        let other = ChannelId::from_parts(Timestamp::default(), 2);
        let all = budget("10", BudgetAction::Hold);
        assert!(all.covers(channel, Some(Currency::Inr)) && all.covers(other, Some(Currency::Inr)));
        assert!(!all.covers(channel, Some(Currency::Usd)) && !all.covers(channel, None));
        let one = Budget { scope: BudgetScope::Channel(channel), ..all };
        assert!(one.covers(channel, Some(Currency::Inr)) && !one.covers(other, Some(Currency::Inr)));
    }

    #[test]
    fn a_notice_is_given_once_at_80_and_at_100_percent() {
        let budget = budget("10", BudgetAction::Warn);
        let at = |booked: &str, reached| Spending { booked: amount(booked), reached, ..Spending::default() };
        let now = Some(Timestamp::default());
        assert_eq!(at("7.999999", [None, None]).new_levels(&budget), [false, false]);
        assert_eq!(at("8", [None, None]).new_levels(&budget), [true, false]);
        assert_eq!(at("10", [now, None]).new_levels(&budget), [false, true]);
        assert_eq!(at("12", [now, now]).new_levels(&budget), [false, false]);
    }

    #[test]
    fn a_period_turns_at_midnight_of_the_account_s_zone() {
        let kolkata = TimeZone::parse("Asia/Kolkata").unwrap();
        let now = Timestamp::parse("2026-10-31T18:29:59Z").unwrap();
        assert_eq!(BudgetPeriod::Day.end(&kolkata, now).to_string(), "2026-10-31T18:30:00.000Z");
        assert_eq!(BudgetPeriod::Month.end(&kolkata, now).to_string(), "2026-10-31T18:30:00.000Z");
        let day = kolkata.offset(now).date(now);
        assert_eq!(BudgetPeriod::Day.name(day).as_str(), "2026-10-31");
        assert_eq!(BudgetPeriod::Month.name(day).as_str(), "2026-10");
        for name in ["2026-10-31", "2026-10"] {
            assert_eq!(PeriodName::parse(name).unwrap().as_str(), name);
        }
        for wrong in ["", "2026", "2026-13", "2026-10-32", "yesterday..", "2026-1-1"] {
            assert_eq!(PeriodName::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// What the claim's condition admits is what the decision admits.
        #[test]
        fn the_condition_of_a_claim_and_its_decision_agree(
            limit in 0_u64..1000, booked in 0_u64..1500, cost in 0_u64..300, approved in any::<bool>(),
            action in proptest::sample::select(BudgetAction::ALL.to_vec()),
        ) {
            let budget = Budget { amount: Amount::from_millionths(limit), ..budget("1", action) };
            let [booked, cost] = [booked, cost].map(Amount::from_millionths);
            let admitted = match budget.most_before(cost, approved) {
                Err(()) => false,
                Ok(None) => true,
                Ok(Some(most)) => booked <= most,
            };
            prop_assert_eq!(admitted, budget.room(booked, cost).admits(approved));
        }
    }
}
