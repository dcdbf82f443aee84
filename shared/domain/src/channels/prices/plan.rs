//! The planner: what can be sent to a recipient now, and what WhatsApp charges for it. One pure function, asked before a
//! message is accepted and once more before it is posted.
//!
//! Rules by date (Cloud API, pricing). Until 30 September 2026 messages that are no templates are free, and so are utility
//! templates inside the 24-hour window. From 1 October 2026 both are charged; of the messages that are no templates, each
//! business number has 1,000 a month for nothing. For 72 hours after the answer to a customer who came by an ad everything
//! is free. Dates are those of the account's time zone.

use crate::channels::budgets::{BudgetPeriod, PeriodName};
use crate::channels::prices::cards::{CardVersion, Category, RateCards};
use crate::channels::prices::markets::Recipient;
use crate::channels::prices::money::{Amount, Currency, Money};
use crate::string_enum::string_enum;
use crate::time::{Timestamp, UtcOffset};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The first day on which service messages, and utility templates inside the window, are charged.
const SERVICE_CHARGED: Date = date(2026, 10, 1);

/// The first day of prices by message. Before it Meta charged conversations, of which no card is kept.
const PER_MESSAGE: Date = date(2025, 7, 1);

/// So many service messages of a business number are free each month, from October 2026 on.
pub const FREE_SERVICE_MESSAGES: u32 = 1_000;

/// How long everything is free after the answer to a customer who came by an ad or a page's button.
pub const FREE_ENTRY: Duration = Duration::from_secs(72 * 3600);

/// The month whose free service messages a message of `day` is one of; none while all are free.
#[must_use]
pub fn free_month(day: Date) -> Option<PeriodName> {
    (day >= SERVICE_CHARGED).then(|| BudgetPeriod::Month.name(day))
}

/// What is to be sent, as far as WhatsApp's rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any message that is no template.
    FreeForm,
    /// A template of this category; none if it is one that Leadwire does not know.
    Template(Option<Category>),
}

impl Form {
    /// The category by which WhatsApp charges it; none if it is not known.
    #[must_use]
    pub const fn category(self) -> Option<Category> {
        match self {
            Self::FreeForm => Some(Category::Service),
            Self::Template(category) => category,
        }
    }
}

/// Everything that a plan depends on.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// What is to be sent.
    pub form: Form,
    /// To whom.
    pub recipient: Recipient<'a>,
    /// The currency of the account that pays; none if it is not known.
    pub currency: Option<Currency>,
    /// The clock of the account.
    pub offset: UtcOffset,
    /// When the 24-hour window closes; none if the customer never opened it.
    pub window_until: Option<Timestamp>,
    /// Until when everything is free because the customer came by an ad; none if that is not known.
    pub free_entry_until: Option<Timestamp>,
    /// How long before its end a window counts as closed, because a message still has to reach WhatsApp.
    pub margin: Duration,
    /// The time.
    pub now: Timestamp,
}

/// What can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// It can be sent, at this price.
    Send(Quote),
    /// It cannot.
    Refuse(Refusal),
}

string_enum! {
    /// Why a message cannot be sent now.
    Refusal {
        /// The 24-hour window is closed. WhatsApp then delivers only templates.
        WindowClosed = "window_closed",
    }
}

/// What WhatsApp charges for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The category; none if WhatsApp has one that Leadwire does not know.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// The price.
    #[serde(rename = "p")]
    pub price: Price,
}

/// The price of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Price {
    /// It costs nothing.
    #[serde(rename = "f")]
    Free(Basis),
    /// It costs this, if it is delivered.
    #[serde(rename = "r")]
    Rated(Rated),
    /// No card says what it costs.
    #[serde(rename = "u")]
    Unknown(Unknown),
}

/// A price from a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The amount. With the basis `free_allowance`, it is the most that the message can cost.
    #[serde(rename = "m")]
    pub money: Money,
    /// The card that has it.
    #[serde(rename = "d")]
    pub card: CardVersion,
    /// The rule.
    #[serde(rename = "b")]
    pub basis: Basis,
}

string_enum! {
    /// The rule that a price follows from.
    Basis {
        /// The rate of the card.
        Rate = "rate",
        /// The 24-hour window is open, and until 30 September 2026 WhatsApp charges nothing for this category then.
        OpenWindow = "open_window",
        /// The customer came by an ad, and everything is free for 72 hours.
        FreeEntryPoint = "free_entry_point",
        /// The first 1,000 service messages of a number in a month are free. The rate applies after them.
        FreeAllowance = "free_allowance",
    }
}

string_enum! {
    /// Why a price is unknown.
    Unknown {
        /// The currency of the WhatsApp Business account is not known.
        NoCurrency = "no_currency",
        /// There is no rate card in the account's currency for this date.
        NoCard = "no_card",
        /// The rate card has no rate for the recipient's market and this category.
        NoRate = "no_rate",
        /// WhatsApp gave the template a category that Leadwire does not know.
        NoCategory = "no_category",
    }
}

impl Price {
    /// What it costs at most; none if that is unknown. Free is no amount of any currency.
    #[must_use]
    pub const fn most(self) -> Option<Money> {
        match self {
            Self::Rated(rated) => Some(rated.money),
            Self::Free(_) | Self::Unknown(_) => None,
        }
    }
}

impl Occasion<'_> {
    /// What can be sent, and what it costs.
    #[must_use]
    pub fn plan(&self, cards: &RateCards) -> Plan {
        match self.form {
            Form::FreeForm if !self.window_is_open() => Plan::Refuse(Refusal::WindowClosed),
            Form::FreeForm | Form::Template(_) => Plan::Send(self.quote(cards)),
        }
    }

    /// What it costs, if it can be sent.
    #[must_use]
    pub fn quote(&self, cards: &RateCards) -> Quote {
        Quote { category: self.form.category(), price: self.price(cards) }
    }

    /// What a sender agrees to who accepts that price.
    #[must_use]
    pub fn agree(&self, cards: &RateCards) -> AgreedPrice {
        let quote = self.quote(cards);
        AgreedPrice {
            quote,
            ceiling: quote.price.most(),
            currency: self.currency,
            offset: self.offset,
            over_budget: false,
        }
    }

    fn window_is_open(&self) -> bool {
        self.is_within(self.window_until)
    }

    fn is_within(&self, until: Option<Timestamp>) -> bool {
        until.is_some_and(|until| self.now.plus(self.margin) < until)
    }

    fn price(&self, cards: &RateCards) -> Price {
        let day = self.offset.date(self.now);
        let Some(category) = self.form.category() else { return Price::Unknown(Unknown::NoCategory) };
        if self.is_within(self.free_entry_until) {
            return Price::Free(Basis::FreeEntryPoint);
        }
        if (PER_MESSAGE..SERVICE_CHARGED).contains(&day) {
            match category {
                Category::Service => return Price::Free(Basis::OpenWindow),
                Category::Utility if self.window_is_open() => return Price::Free(Basis::OpenWindow),
                Category::Utility
                | Category::Marketing
                | Category::Authentication
                | Category::AuthenticationInternational => {}
            }
        }
        rated(cards, self.recipient, category, self.currency, day)
    }
}

/// What the card of `day` says.
pub(crate) fn rated(
    cards: &RateCards,
    recipient: Recipient<'_>,
    category: Category,
    currency: Option<Currency>,
    day: Date,
) -> Price {
    let Some(currency) = currency else { return Price::Unknown(Unknown::NoCurrency) };
    if !cards.has_card(currency, day) {
        return Price::Unknown(Unknown::NoCard);
    }
    let rate = cards.market(recipient, day).and_then(|market| cards.rate(market, category, currency, day));
    let Some(rate) = rate else { return Price::Unknown(Unknown::NoRate) };
    let basis = match category {
        Category::Service if !rate.amount.is_zero() => Basis::FreeAllowance,
        Category::Service
        | Category::Utility
        | Category::Marketing
        | Category::Authentication
        | Category::AuthenticationInternational => Basis::Rate,
    };
    Price::Rated(Rated {
        money: Money { currency, amount: rate.amount },
        card: CardVersion::from_day(rate.from),
        basis,
    })
}

/// What a sender has agreed to pay for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedPrice {
    /// What the message was said to cost.
    #[serde(rename = "q")]
    pub quote: Quote,
    /// The most that it may cost; none for nothing. Of a price that was unknown, and that the sender agreed to, there is
    /// no ceiling.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Money>,
    /// The currency of the account; none if it was not known.
    #[serde(rename = "y", default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The account's clock when the message was accepted: its day decides which card holds.
    #[serde(rename = "o", default)]
    pub offset: UtcOffset,
    /// Whether a user has approved it although a budget has no room for it.
    #[serde(rename = "b", default, skip_serializing_if = "std::ops::Not::not")]
    pub over_budget: bool,
}

impl AgreedPrice {
    /// Agrees to `amount` at most.
    #[must_use]
    pub fn up_to(self, amount: Amount) -> Self {
        Self { ceiling: self.currency.map(|currency| Money { currency, amount }), ..self }
    }

    /// Whether the sender agreed to what `quote` says now.
    #[must_use]
    pub fn covers(&self, quote: &Quote) -> bool {
        match (self.quote.price, quote.price) {
            // Whoever agreed to an unknown price agreed to any.
            (_, Price::Free(_)) | (Price::Unknown(_), Price::Rated(_) | Price::Unknown(_)) => true,
            (Price::Free(_) | Price::Rated(_), Price::Unknown(_)) => false,
            (Price::Free(_) | Price::Rated(_), Price::Rated(now)) => {
                let fits =
                    |ceiling: Money| ceiling.currency == now.money.currency && now.money.amount <= ceiling.amount;
                now.money.amount.is_zero() || self.ceiling.is_some_and(fits)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Phone;
    use proptest::prelude::*;

    const KOLKATA: i16 = 330;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn phone(text: &str) -> Phone {
        Phone::parse(text).unwrap()
    }

    /// An occasion of an Indian account: a text to an Indian customer, in an open window.
    fn occasion<'a>(phone: &'a Phone, now: Timestamp, form: Form) -> Occasion<'a> {
        Occasion {
            form,
            recipient: Recipient::Phone(phone),
            currency: Some(Currency::Inr),
            offset: UtcOffset::from_minutes(KOLKATA),
            window_until: Some(now.plus(Duration::from_secs(3600))),
            free_entry_until: None,
            margin: Duration::from_secs(60),
            now,
        }
    }

    fn price(occasion: &Occasion<'_>) -> String {
        match occasion.plan(RateCards::current()) {
            Plan::Refuse(refusal) => refusal.to_string(),
            Plan::Send(quote) => match quote.price {
                Price::Free(basis) => format!("free: {basis}"),
                Price::Unknown(why) => format!("unknown: {why}"),
                Price::Rated(rated) => format!("{} {} {}", rated.money, rated.basis, rated.card),
            },
        }
    }

    const fn template(category: Category) -> Form {
        Form::Template(Some(category))
    }

    #[test]
    fn a_message_that_is_no_template_needs_the_window_and_is_free_until_september_2026() {
        let customer = phone("+919876543210");
        let on = |now| occasion(&customer, at(now), Form::FreeForm);
        assert_eq!(price(&on("2026-09-30T18:00:00Z")), "free: open_window");
        assert_eq!(price(&on("2026-09-30T18:30:00Z")), "INR 0.115 free_allowance 2026-10-01", "midnight in Kolkata");
        let utc = Occasion { offset: UtcOffset::UTC, ..on("2026-09-30T18:30:00Z") };
        assert_eq!(price(&utc), "free: open_window", "and not in UTC");
        let closed = Occasion { window_until: None, ..on("2026-09-30T18:00:00Z") };
        assert_eq!(price(&closed), "window_closed");
        let now = at("2026-11-30T10:00:00Z");
        let closes_in = |seconds| Occasion {
            window_until: Some(now.plus(Duration::from_secs(seconds))),
            ..occasion(&customer, now, Form::FreeForm)
        };
        assert_eq!(price(&closes_in(60)), "window_closed", "it still has to reach WhatsApp");
        assert_eq!(price(&closes_in(61)), "INR 0.115 free_allowance 2026-10-01");
    }

    #[test]
    fn a_utility_template_is_free_inside_the_window_until_september_2026() {
        let customer = phone("+919876543210");
        let on = |now| occasion(&customer, at(now), template(Category::Utility));
        assert_eq!(price(&on("2026-09-30T10:00:00Z")), "free: open_window");
        assert_eq!(price(&on("2026-10-01T10:00:00Z")), "INR 0.115 rate 2026-10-01");
        let outside = Occasion { window_until: None, ..on("2026-09-30T10:00:00Z") };
        assert_eq!(price(&outside), "INR 0.115 rate 2026-07-01");
    }

    #[test]
    fn marketing_and_one_time_codes_are_charged_inside_the_window_too() {
        let customer = phone("+919876543210");
        for (category, expected) in [
            (Category::Marketing, "INR 0.8631 rate 2026-07-01"),
            (Category::Authentication, "INR 0.115 rate 2026-07-01"),
        ] {
            assert_eq!(price(&occasion(&customer, at("2026-09-30T10:00:00Z"), template(category))), expected);
        }
    }

    #[test]
    fn for_72_hours_after_the_answer_to_an_ad_everything_is_free_but_a_text_needs_the_window() {
        let customer = phone("+919876543210");
        let now = at("2026-11-30T10:00:00Z");
        let entry = |form, ends: Duration| Occasion {
            free_entry_until: Some(now.plus(ends)),
            ..occasion(&customer, now, form)
        };
        for form in [Form::FreeForm, template(Category::Marketing), template(Category::Utility)] {
            assert_eq!(price(&entry(form, FREE_ENTRY)), "free: free_entry_point");
        }
        assert_eq!(price(&entry(template(Category::Marketing), Duration::ZERO)), "INR 0.8631 rate 2026-10-01");
        let closed = Occasion { window_until: None, ..entry(Form::FreeForm, FREE_ENTRY) };
        assert_eq!(price(&closed), "window_closed");
    }

    #[test]
    fn what_no_card_says_is_unknown_and_never_free() {
        let customer = phone("+919876543210");
        let marketing = occasion(&customer, at("2026-11-30T10:00:00Z"), template(Category::Marketing));
        assert_eq!(price(&Occasion { currency: None, ..marketing }), "unknown: no_currency");
        assert_eq!(price(&Occasion { currency: Some(Currency::Gbp), ..marketing }), "unknown: no_card");
        assert_eq!(price(&Occasion { currency: Some(Currency::Brl), ..marketing }), "unknown: no_rate");
        assert_eq!(price(&Occasion { form: Form::Template(None), ..marketing }), "unknown: no_category");
        let before = Occasion { now: at("2025-06-30T10:00:00Z"), ..marketing };
        assert_eq!(price(&before), "unknown: no_card", "Meta charged conversations then");
        let saudi = phone("+966512345678");
        let utility = Occasion {
            recipient: Recipient::Phone(&saudi),
            currency: Some(Currency::Usd),
            window_until: None,
            ..occasion(&customer, at("2025-08-01T10:00:00Z"), template(Category::Utility))
        };
        assert_eq!(price(&utility), "unknown: no_rate", "not the rate of the market Other");
    }

    #[test]
    fn a_price_that_rose_is_no_longer_agreed_to() {
        let customer = phone("+919876543210");
        let quote = |now: &str, currency| {
            let occasion = Occasion { currency, ..occasion(&customer, at(now), template(Category::Marketing)) };
            occasion.quote(RateCards::current())
        };
        let agreed = |quote: Quote| AgreedPrice {
            quote,
            ceiling: quote.price.most(),
            currency: quote.price.most().map(|money| money.currency),
            offset: UtcOffset::UTC,
            over_budget: false,
        };
        let inr = Some(Currency::Inr);
        let before = quote("2025-12-31T10:00:00Z", inr);
        let after = quote("2026-01-01T10:00:00Z", inr);
        assert!(agreed(before).covers(&before) && !agreed(before).covers(&after));
        assert!(agreed(after).covers(&before), "it became cheaper");
        assert!(agreed(before).up_to(Amount::parse("0.90").unwrap()).covers(&after));
        assert!(!agreed(after).covers(&quote("2026-01-01T10:00:00Z", Some(Currency::Usd))), "another currency");
        let unknown = quote("2026-01-01T10:00:00Z", None);
        assert!(agreed(unknown).covers(&after) && agreed(unknown).covers(&unknown));
        assert!(!agreed(after).covers(&unknown));
        let free = Quote { category: Some(Category::Utility), price: Price::Free(Basis::OpenWindow) };
        assert!(agreed(after).covers(&free) && !agreed(free).covers(&after));
    }

    #[test]
    fn an_agreed_price_reads_back_and_is_short() {
        let customer = phone("+919876543210");
        let agreed = occasion(&customer, at("2026-11-30T10:00:00Z"), Form::FreeForm).agree(RateCards::current());
        let json = serde_json::to_string(&agreed).unwrap();
        assert_eq!(serde_json::from_str::<AgreedPrice>(&json).unwrap(), agreed);
        assert!(json.len() < 200, "{json}");
    }

    fn any_form() -> impl Strategy<Value = Form> {
        proptest::sample::select(vec![
            Form::FreeForm,
            Form::Template(None),
            template(Category::Marketing),
            template(Category::Utility),
            template(Category::Authentication),
        ])
    }

    proptest! {
        /// For any number, currency and time: what is quoted is what a sender agrees to, a closed window lets templates
        /// alone through, and nothing is free without its rule.
        #[test]
        fn every_plan_is_agreed_to_and_follows_its_rule(
            number in "[1-9][0-9]{8,13}", form in any_form(), currency in proptest::option::of(
                proptest::sample::select(Currency::ALL.to_vec())),
            seconds in 1_751_328_000_i64..1_830_000_000, window in -90_000_i64..90_000, entry in -300_000_i64..300_000,
        ) {
            let phone = phone(&number);
            let now = Timestamp::from_seconds(seconds);
            let occasion = Occasion {
                currency,
                offset: UtcOffset::UTC,
                window_until: Some(Timestamp::from_seconds(seconds + window)),
                free_entry_until: Some(Timestamp::from_seconds(seconds + entry)),
                ..occasion(&phone, now, form)
            };
            match occasion.plan(RateCards::current()) {
                Plan::Refuse(Refusal::WindowClosed) => prop_assert!(form == Form::FreeForm && window <= 60),
                Plan::Send(quote) => {
                    prop_assert!(form != Form::FreeForm || window > 60);
                    prop_assert!(occasion.agree(RateCards::current()).covers(&quote));
                    match quote.price {
                        Price::Free(Basis::FreeEntryPoint) => prop_assert!(entry > 60),
                        Price::Free(Basis::OpenWindow) => {
                            prop_assert!(window > 60 && seconds < 1_790_812_800);
                        }
                        Price::Free(Basis::Rate | Basis::FreeAllowance) => prop_assert!(false, "a rate is an amount"),
                        Price::Rated(rated) => {
                            prop_assert_eq!(Some(rated.money.currency), currency);
                            prop_assert!(!rated.money.amount.is_zero());
                        }
                        Price::Unknown(_) => {}
                    }
                }
            }
        }

        /// Whether two numbers of one country differ does not matter: they cost the same.
        #[test]
        fn a_price_depends_on_the_country_and_not_on_the_number(one in "91[0-9]{10}", other in "91[0-9]{10}") {
            let quotes = [one, other].map(|number| {
                let phone = phone(&number);
                occasion(&phone, at("2026-11-30T10:00:00Z"), template(Category::Marketing)).quote(RateCards::current())
            });
            prop_assert_eq!(quotes[0], quotes[1]);
        }
    }
}
