//! What a business has spent on messages: a calendar month of its time zone, added up exactly from the messages themselves.
//!
//! A message counts in the month in which it was sent. WhatsApp bills it in the month in which it is delivered, which
//! differs for messages of the last minutes.

use crate::access::tenants::TimeZone;
use crate::actors::Actor;
use crate::channels::prices::cards::{Category, RateCards};
use crate::channels::prices::money::{Amount, Currency};
use crate::ids::{ChannelId, ConversationId, MessageId};
use crate::inbox::message_prices::{PriceState, amount};
use crate::inbox::outbound_content::OutboundContent;
use crate::inbox::outbound_messages::OutboundMessage;
use crate::time::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A text that is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a month such as 2026-10")]
pub struct InvalidMonth;

/// A calendar month, such as 2026-10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[0-9]{4}-(0[1-9]|1[0-2])$"), example = &"2026-10")]
pub struct Month(#[schemars(with = "String")] Date);

impl Month {
    /// Reads a month.
    ///
    /// # Errors
    /// [`InvalidMonth`] unless it is a year of four digits and a month of two.
    pub fn parse(text: &str) -> Result<Self, InvalidMonth> {
        let fits = text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let first = if fits { format!("{text}-01").parse().ok() } else { None };
        first.map(Self).ok_or(InvalidMonth)
    }

    /// The month that a day is in.
    #[must_use]
    pub fn containing(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// From when to when it lasts where the clock is that of `zone`; the end is no part of it.
    #[must_use]
    pub fn bounds(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let next = self.0.saturating_add(jiff::Span::new().months(1));
        (zone.midnight(self.0), zone.midnight(next))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl std::str::FromStr for Month {
    type Err = InvalidMonth;
    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Month {
    type Error = InvalidMonth;
    fn try_from(text: String) -> Result<Self, InvalidMonth> {
        Self::parse(&text)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// What costs are added up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostKey {
    /// The day, such as 2026-10-31, by the clock of the business.
    pub day: String,
    /// The channel.
    pub channel: ChannelId,
    /// The category; none if WhatsApp has one that Leadwire does not know.
    pub category: Option<Category>,
    /// The currency; none if it is not known.
    pub currency: Option<Currency>,
    /// The name of the template; none of messages that are no templates.
    pub template: Option<String>,
    /// Who sent the messages.
    pub by: Actor,
}

/// Costs of the messages of one [`CostKey`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// How many messages were sent.
    pub messages: u32,
    /// How many of them are settled: WhatsApp has said how it charges them, or they failed.
    pub settled_messages: u32,
    /// How many of them have no price: no card has one, or they are from before prices were kept.
    pub unknown_messages: u32,
    /// What those that are settled cost.
    pub settled: Amount,
    /// What those that are not settled were said to cost.
    pub open: Amount,
    /// What all of them were said to cost when they were sent.
    pub quoted: Amount,
}

/// A message that costs something else than what was quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The message.
    pub message: MessageId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// The currency.
    pub currency: Option<Currency>,
    /// What it was said to cost; none if that was unknown.
    pub quoted: Option<Amount>,
    /// What it costs; none if no card has it.
    pub settled: Option<Amount>,
}

/// Costs, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// By what they are added up.
    pub sums: BTreeMap<CostKey, Cost>,
    /// The messages whose price differs from the quote, but for those that failed.
    pub differences: Vec<Difference>,
}

impl Costs {
    /// Counts one message in.
    pub fn add(&mut self, send: &OutboundMessage, by: Actor, zone: &TimeZone, cards: &RateCards) {
        let at = send.id.moment();
        let cost = send.cost(cards);
        let template =
            if let OutboundContent::Template(template) = &send.content { Some(template.name.clone()) } else { None };
        let key = CostKey {
            day: zone.offset(at).date(at).to_string(),
            channel: send.conversation.channel,
            category: cost.and_then(|cost| cost.category),
            currency: cost.and_then(|cost| cost.currency),
            template,
            by,
        };
        let sum = self.sums.entry(key).or_default();
        sum.messages += 1;
        let Some(cost) = cost else {
            sum.unknown_messages += 1;
            return;
        };
        let quoted = amount(cost.agreed.quote.price);
        sum.quoted = sum.quoted.plus(quoted.unwrap_or_default());
        sum.unknown_messages += u32::from(cost.amount.is_none());
        match cost.state {
            PriceState::Quoted => sum.open = sum.open.plus(cost.amount.unwrap_or_default()),
            PriceState::Settled => {
                sum.settled_messages += 1;
                sum.settled = sum.settled.plus(cost.amount.unwrap_or_default());
            }
        }
        // What failed costs nothing, and nobody asks why.
        if cost.differs() && send.delivery.pricing.is_some() {
            self.differences.push(Difference {
                message: send.id,
                conversation: send.conversation,
                currency: cost.currency,
                quoted,
                settled: cost.amount,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_one_of_the_calendar_and_begins_at_midnight_of_its_place() {
        let month = Month::parse("2026-10").unwrap();
        let bounds = |zone: &str| {
            let (from, to) = month.bounds(&TimeZone::parse(zone).unwrap());
            (from.to_string(), to.to_string())
        };
        assert_eq!(bounds("UTC"), ("2026-10-01T00:00:00.000Z".into(), "2026-11-01T00:00:00.000Z".into()));
        assert_eq!(bounds("Asia/Kolkata"), ("2026-09-30T18:30:00.000Z".into(), "2026-10-31T18:30:00.000Z".into()));
        let berlin = bounds("Europe/Berlin");
        assert_eq!(berlin, ("2026-09-30T22:00:00.000Z".into(), "2026-10-31T23:00:00.000Z".into()), "summer time ends");
        assert_eq!(Month::parse("2026-12").unwrap().bounds(&TimeZone::default()).1.date(), "2027-01-01");
        for wrong in ["", "2026", "2026-13", "2026-1", "2026-10-01", "october", "26-0010"] {
            assert_eq!(Month::parse(wrong), Err(InvalidMonth), "{wrong}");
        }
    }
}
