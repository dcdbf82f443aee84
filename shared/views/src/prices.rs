//! What a message costs.

use domain::channels::prices::cards::{CardVersion, Category, RateCards};
use domain::channels::prices::money::{Amount, Currency};
use domain::channels::prices::plan::{Basis, Price, Quote, Unknown};
use domain::inbox::message_prices::{MessagePrice, PriceState};
use domain::inbox::outbound_messages::OutboundMessage;
use schemars::JsonSchema;
use serde::Serialize;

/// What WhatsApp charges for one message that is delivered. List prices, before tax, fees of partners and volume tiers.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "QuotedPrice")]
pub struct QuotedPriceView {
    /// The category. Null if WhatsApp has one that Leadwire does not know.
    category: Option<Category>,
    /// The currency of the WhatsApp Business account. Null if it is not known.
    currency: Option<Currency>,
    /// The amount. With the basis `free_allowance`, the most that the message can cost. Null if it is unknown.
    amount: Option<Amount>,
    /// The rule that the price follows from. Null if the price is unknown.
    basis: Option<Basis>,
    /// The version of the rate card: the first day on which it holds. Null if no card was needed, or if none has the price.
    card: Option<CardVersion>,
    /// Why the price is unknown. Null if it is known.
    unknown: Option<Unknown>,
}

/// What a message costs.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MessagePrice")]
pub struct MessagePriceView {
    /// Whether WhatsApp has said how it charges the message.
    state: PriceState,
    /// The category. Null if WhatsApp has one that Leadwire does not know.
    category: Option<Category>,
    /// The currency of the WhatsApp Business account. Null if it is not known.
    currency: Option<Currency>,
    /// The amount. Null if no rate card has it.
    amount: Option<Amount>,
    /// The most that the sender agreed to pay. Null for nothing, or if the sender agreed to an unknown price.
    ceiling: Option<Amount>,
    /// What the message was said to cost when it was sent. Null if that was unknown.
    quoted: Option<Amount>,
    /// The version of the rate card that the quote is from: the first day on which it holds.
    card: Option<CardVersion>,
}

impl QuotedPriceView {
    /// What `quote` says, of an account in `currency`.
    #[must_use]
    pub fn new(quote: &Quote, currency: Option<Currency>) -> Self {
        let nothing = Self { category: quote.category, currency, amount: None, basis: None, card: None, unknown: None };
        match quote.price {
            Price::Free(basis) => Self { amount: Some(Amount::ZERO), basis: Some(basis), ..nothing },
            Price::Rated(rated) => {
                Self { amount: Some(rated.money.amount), basis: Some(rated.basis), card: Some(rated.card), ..nothing }
            }
            Price::Unknown(why) => Self { unknown: Some(why), ..nothing },
        }
    }
}

impl MessagePriceView {
    /// What `send` costs; none of a message from before prices were kept.
    #[must_use]
    pub fn from_message(send: &OutboundMessage) -> Option<Self> {
        let MessagePrice { state, category, currency, amount, agreed } = send.cost(RateCards::current())?;
        let quoted = QuotedPriceView::new(&agreed.quote, currency);
        let ceiling = agreed.ceiling.map(|ceiling| ceiling.amount);
        Some(Self { state, category, currency, amount, ceiling, quoted: quoted.amount, card: quoted.card })
    }
}
