//! Meta's rate cards: what a delivered message costs in a market, by category, currency and date. They are data, each rate
//! with its source; a rate that is not there is unknown, and never free.

use crate::channels::prices::markets::Recipient;
use crate::channels::prices::money::{Amount, Currency};
use crate::string_enum::string_enum;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

string_enum! {
    /// WhatsApp's category of a message. It decides the price.
    Category {
        /// Offers and news: a template.
        Marketing = "marketing",
        /// About something that the customer asked for: a template.
        Utility = "utility",
        /// A one-time code: a template.
        Authentication = "authentication",
        /// A one-time code to another country, of a business that Meta has declared eligible.
        AuthenticationInternational = "authentication_international",
        /// Any message that is no template.
        Service = "service",
    }
}

impl Category {
    /// The category in a word of Meta's, whose webhooks write `authentication-international`; none for another word.
    #[must_use]
    pub fn from_meta(word: &str) -> Option<Self> {
        match word {
            "marketing_lite" => Some(Self::Marketing),
            word => word.replace('-', "_").parse().ok(),
        }
    }
}

string_enum! {
    /// How well a rate is known.
    Confidence {
        /// Two independent public sources have it.
        Confirmed = "confirmed",
        /// One source has it.
        Single = "single",
    }
}

/// The version of a card: the first day on which it holds, such as 2026-10-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "date"), example = &"2026-10-01")]
pub struct CardVersion(#[schemars(with = "String")] Date);

/// A text that is no version of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date such as 2026-10-01")]
pub struct InvalidVersion;

impl CardVersion {
    pub(crate) const fn from_day(day: Date) -> Self {
        Self(day)
    }
}

impl fmt::Display for CardVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for CardVersion {
    type Error = InvalidVersion;
    fn try_from(text: String) -> Result<Self, InvalidVersion> {
        text.parse().map(Self).map_err(|_| InvalidVersion)
    }
}

impl From<CardVersion> for String {
    fn from(version: CardVersion) -> Self {
        version.to_string()
    }
}

/// A line of the rate cards that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the rate cards: {problem}")]
pub struct InvalidRate {
    line: usize,
    problem: &'static str,
}

/// One rate: what a delivered message costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The market, by its name on Meta's card.
    pub market: &'static str,
    /// The country calling codes of the market in this period, with the prefixes of a network.
    codes: Vec<&'static str>,
    /// The category.
    pub category: Category,
    /// The currency of the account that pays.
    pub currency: Currency,
    /// The list price of one message, before tax, a partner's fee and volume tiers.
    pub amount: Amount,
    /// The first day of the card, in the account's time zone. It names the card.
    pub from: Date,
    /// The last day; none while it holds.
    pub to: Option<Date>,
    /// Where the rate was read.
    pub source: &'static str,
    /// How well it is known.
    pub confidence: Confidence,
}

impl Rate {
    fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The rate cards.
#[derive(Clone, Debug, PartialEq)]
pub struct RateCards {
    rates: Vec<Rate>,
}

/// The cards that Leadwire has. A test reads them.
static CARDS: LazyLock<RateCards> = LazyLock::new(|| {
    let rates = include_str!("../../../data/rates.csv");
    let sources = include_str!("../../../data/sources.csv");
    RateCards::parse(rates, sources).expect("the rate cards are part of the program, and a test reads them")
});

/// Meta prints its markets on each card; the card in this currency has all of them.
const FULL_CARD: Currency = Currency::Usd;

impl RateCards {
    /// The cards that Leadwire has.
    #[must_use]
    pub fn current() -> &'static Self {
        &CARDS
    }

    /// Reads cards from two tables in CSV: the rates, and by number the sources that they name.
    ///
    /// # Errors
    /// [`InvalidRate`] names the line. A rate needs a source.
    pub fn parse(rates: &'static str, sources: &'static str) -> Result<Self, InvalidRate> {
        let sources: BTreeMap<&str, &str> = sources
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let rates = rates
            .lines()
            .enumerate()
            .skip(1)
            .map(|(at, line)| rate(line, &sources).map_err(|problem| InvalidRate { line: at + 1, problem }));
        Ok(Self { rates: rates.collect::<Result<_, _>>()? })
    }

    /// All rates.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// The market that `recipient` belongs to on `day`, by the longest calling code; none if no card holds on that day.
    #[must_use]
    pub fn market(&self, recipient: Recipient<'_>, day: Date) -> Option<&'static str> {
        let has =
            |rate: &&Rate| rate.currency == FULL_CARD && rate.category == Category::Marketing && rate.holds_on(day);
        let mut other = None;
        let mut found: Option<(usize, &'static str)> = None;
        for rate in self.rates.iter().filter(has) {
            if rate.codes.is_empty() {
                other = Some(rate.market);
            }
            for code in rate.codes.iter().filter(|code| recipient.has_prefix(code)) {
                if found.is_none_or(|(length, _)| code.len() > length) {
                    found = Some((code.len(), rate.market));
                }
            }
        }
        if recipient.is_listed_nowhere() { other } else { found.map(|(_, market)| market).or(other) }
    }

    /// The rate in a market on `day`; none if it is unknown.
    #[must_use]
    pub fn rate(&self, market: &str, category: Category, currency: Currency, day: Date) -> Option<&Rate> {
        let fits = |rate: &&Rate| {
            rate.market == market && rate.category == category && rate.currency == currency && rate.holds_on(day)
        };
        self.rates.iter().find(fits)
    }

    /// Whether there is any rate in `currency` on `day`.
    #[must_use]
    pub fn has_card(&self, currency: Currency, day: Date) -> bool {
        self.rates.iter().any(|rate| rate.currency == currency && rate.holds_on(day))
    }
}

fn rate(line: &'static str, sources: &BTreeMap<&str, &'static str>) -> Result<Rate, &'static str> {
    let columns: Vec<&'static str> = line.split(',').collect();
    let [market, codes, category, currency, amount, from, to, source, confidence] = columns[..] else {
        return Err("expected nine columns");
    };
    let to = if to.is_empty() { None } else { Some(to.parse().map_err(|_| "the last day is no date")?) };
    Ok(Rate {
        market,
        codes: codes.split_whitespace().collect(),
        category: category.parse().map_err(|_| "the category is unknown")?,
        currency: currency.parse().map_err(|_| "the currency is unknown")?,
        amount: Amount::parse(amount).map_err(|_| "the rate is no amount")?,
        from: from.parse().map_err(|_| "the first day is no date")?,
        to,
        source: sources.get(source).copied().ok_or("the rate has no source")?,
        confidence: confidence.parse().map_err(|_| "the confidence is unknown")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Phone;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    const HEAD: &str = "market,calling_codes,category,currency,rate,valid_from,valid_to,source,confidence";

    /// The days from which Meta's cards hold. Meta changes prices on the first day of a quarter alone.
    const CARDS: [&str; 6] = ["2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"];

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn usd(market: &str, category: Category, at: &str) -> Option<String> {
        let rate = RateCards::current().rate(market, category, Currency::Usd, day(at));
        rate.map(|rate| rate.amount.to_string())
    }

    #[test]
    fn every_rate_has_a_source_and_a_rate_without_one_is_refused() {
        let cards = RateCards::current();
        assert_eq!(cards.rates().len(), 1864);
        assert!(cards.rates().iter().all(|rate| rate.source.len() > 10));
        let line = |source: &str| -> &'static str {
            format!("{HEAD}\nIndia,91,marketing,USD,0.0107,2025-07-01,2025-09-30,{source},single").leak()
        };
        assert!(RateCards::parse(line("1"), "id,source\n1,Meta's card").is_ok());
        for unsourced in [line(""), line("2")] {
            let error = RateCards::parse(unsourced, "id,source\n1,Meta's card\n3,").unwrap_err();
            assert_eq!(error.to_string(), "line 2 of the rate cards: the rate has no source");
        }
        assert!(RateCards::parse(line("3"), "id,source\n3,").is_err(), "a source says something");
    }

    #[test]
    fn of_each_market_category_and_currency_one_rate_holds_at_a_time() {
        let mut seen: BTreeMap<_, Vec<(Date, Option<Date>)>> = BTreeMap::new();
        for rate in RateCards::current().rates() {
            let periods = seen.entry((rate.market, rate.category, rate.currency)).or_default();
            let apart = |(from, to): &(Date, Option<Date>)| {
                to.is_some_and(|to| to < rate.from) || rate.to.is_some_and(|to| to < *from)
            };
            assert!(periods.iter().all(apart), "{} {} {}", rate.market, rate.category, rate.from);
            periods.push((rate.from, rate.to));
            assert!(CARDS.map(day).contains(&rate.from), "{} begins in the middle of a quarter", rate.market);
        }
    }

    #[test]
    fn a_calling_code_stands_in_one_market_at_a_time_and_every_market_has_a_price_for_marketing() {
        for from in CARDS.map(day) {
            let on_card = |rate: &&Rate| rate.from == from && rate.currency == Currency::Usd;
            let markets: BTreeSet<_> =
                RateCards::current().rates().iter().filter(on_card).map(|rate| rate.market).collect();
            let mut codes = BTreeSet::new();
            let mut priced = BTreeSet::new();
            for rate in RateCards::current().rates().iter().filter(on_card) {
                if rate.category == Category::Marketing {
                    priced.insert(rate.market);
                    assert!(rate.codes.iter().all(|code| codes.insert(*code)), "{} {from}", rate.market);
                }
            }
            assert_eq!(priced, markets, "{from}");
        }
    }

    /// Meta's list of changes, one line for each date.
    #[test]
    fn each_date_on_which_meta_changed_a_price_changes_it_here() {
        use Category::{AuthenticationInternational, Marketing, Service, Utility};
        for (market, category, before, after, from) in [
            ("United Arab Emirates", Marketing, Some("0.0384"), Some("0.0499"), "2025-10-01"),
            ("Mexico", Marketing, Some("0.0436"), Some("0.0305"), "2025-10-01"),
            ("Colombia", Utility, Some("0.0002"), Some("0.0008"), "2025-10-01"),
            ("Argentina", Utility, Some("0.0289"), Some("0.026"), "2025-10-01"),
            ("Saudi Arabia", Utility, None, Some("0.0107"), "2025-10-01"),
            ("India", Marketing, Some("0.0107"), Some("0.0118"), "2026-01-01"),
            ("France", Marketing, Some("0.1432"), Some("0.0859"), "2026-01-01"),
            ("North America", Utility, Some("0.004"), Some("0.0034"), "2026-01-01"),
            ("Saudi Arabia", Marketing, Some("0.0455"), Some("0.0501"), "2026-04-01"),
            ("India", AuthenticationInternational, Some("0.028"), Some("0.0304"), "2026-04-01"),
            ("Pakistan", Utility, Some("0.0054"), Some("0.01"), "2026-04-01"),
            ("Turkey", Utility, Some("0.0053"), Some("0.0009"), "2026-04-01"),
            ("Italy", Marketing, Some("0.0691"), Some("0.0795"), "2026-07-01"),
            ("Spain", Marketing, Some("0.0615"), Some("0.0707"), "2026-07-01"),
            ("United Kingdom", Marketing, Some("0.0529"), Some("0.0635"), "2026-07-01"),
            ("Hong Kong", Marketing, None, Some("0.0732"), "2026-07-01"),
            ("Mexico", Marketing, Some("0.0305"), Some("0.0397"), "2026-10-01"),
            ("Rest of Asia Pacific", Marketing, Some("0.0732"), Some("0.0842"), "2026-10-01"),
            ("Pakistan", Utility, Some("0.01"), Some("0.015"), "2026-10-01"),
            ("Kazakhstan", Marketing, None, Some("0.0604"), "2026-10-01"),
            ("India", Service, Some("0.00"), Some("0.0014"), "2026-10-01"),
        ] {
            let eve = day(from).yesterday().unwrap().to_string();
            let found = (usd(market, category, &eve), usd(market, category, from));
            assert_eq!(found, (before.map(str::to_owned), after.map(str::to_owned)), "{market} {category} {from}");
        }
    }

    #[test]
    fn from_october_2026_a_service_message_costs_what_a_utility_template_does() {
        let of = |category: Category| {
            let on_card = move |rate: &&Rate| rate.from == date(2026, 10, 1) && rate.category == category;
            let rates = RateCards::current().rates().iter().filter(on_card);
            rates.map(|rate| ((rate.market, rate.currency), rate.amount)).collect::<BTreeMap<_, _>>()
        };
        let service = of(Category::Service);
        assert!(service.len() > 90);
        let utility = of(Category::Utility);
        assert!(service.iter().all(|(key, amount)| utility.get(key) == Some(amount)));
    }

    #[test]
    fn a_currency_has_its_own_printed_card_and_what_is_not_printed_is_unknown() {
        let cards = RateCards::current();
        let india = |currency, at| cards.rate("India", Category::Marketing, currency, day(at)).map(|rate| rate.amount);
        assert_eq!(india(Currency::Inr, "2025-12-31"), Amount::parse("0.7846").ok());
        assert_eq!(india(Currency::Inr, "2026-01-01"), Amount::parse("0.8631").ok());
        assert_eq!(india(Currency::Inr, "2025-09-30"), None);
        assert_eq!(india(Currency::Brl, "2026-10-01"), None, "of reais only the home market is known");
        assert!(cards.has_card(Currency::Brl, day("2026-10-01")) && !cards.has_card(Currency::Gbp, day("2026-10-01")));
    }

    #[test]
    fn a_market_shrinks_when_a_country_gets_a_row_of_its_own() {
        let market = |phone: &str, at: &str| {
            RateCards::current().market(Recipient::Phone(&Phone::parse(phone).unwrap()), day(at)).unwrap_or("none")
        };
        for (phone, at, expected) in [
            ("+852 5123 4567", "2026-06-30", "Rest of Asia Pacific"),
            ("+852 5123 4567", "2026-07-01", "Hong Kong"),
            ("+263 77 123 4567", "2025-09-30", "Other"),
            ("+263 77 123 4567", "2025-10-01", "Rest of Africa"),
            ("+7 701 234 5678", "2026-10-01", "Kazakhstan"),
            ("+7 901 234 5678", "2026-10-01", "Russia"),
            ("+1 809 555 0100", "2026-10-01", "Rest of Latin America"),
            ("+1 202 555 0147", "2026-10-01", "North America"),
            ("+1 868 555 0147", "2026-10-01", "Other"),
            ("+91 98765 43210", "2026-10-01", "India"),
            ("+683 1234567", "2026-10-01", "Other"),
            ("+91 98765 43210", "2025-06-30", "none"),
        ] {
            assert_eq!(market(phone, at), expected, "{phone} {at}");
        }
    }

    #[test]
    fn meta_s_words_are_read_in_both_spellings() {
        assert_eq!(Category::from_meta("authentication-international"), Some(Category::AuthenticationInternational));
        assert_eq!(Category::from_meta("marketing_lite"), Some(Category::Marketing));
        assert_eq!(Category::from_meta("referral_conversion"), None);
    }
}
