//! What a message costs: as its sender agreed to it, and once it is delivered as WhatsApp's status says.

use crate::channels::budgets::{Booking, PeriodName};
use crate::channels::prices::cards::{Category, RateCards};
use crate::channels::prices::money::{Amount, Currency};
use crate::channels::prices::plan::{AgreedPrice, Form, Price, free_month, rated};
use crate::inbox::outbound_content::OutboundContent;
use crate::inbox::outbound_messages::{OutboundMessage, SendState};
use crate::inbox::statuses::{Pricing, Status};
use crate::string_enum::string_enum;
use crate::time::Timestamp;

string_enum! {
    /// How certain the price of a message is.
    PriceState {
        /// It is what the message was said to cost when it was sent.
        Quoted = "quoted",
        /// WhatsApp has delivered the message, and said how it charges it; or the message failed and costs nothing.
        Settled = "settled",
    }
}

/// The price of a message of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessagePrice {
    /// How certain it is.
    pub state: PriceState,
    /// The category; none if WhatsApp has one that Leadwire does not know.
    pub category: Option<Category>,
    /// The currency; none if it is not known.
    pub currency: Option<Currency>,
    /// The amount; none if no card has it.
    pub amount: Option<Amount>,
    /// What the sender agreed to.
    pub agreed: AgreedPrice,
}

/// Meta writes `free_customer_service`, `free_entry_point`, and in other types to come the same word first.
const FREE: &str = "free";

/// What Meta calls a service message that it does not charge.
const FREE_SERVICE: &str = "free_customer_service";

impl OutboundContent {
    /// What WhatsApp's rules on windows and prices depend on.
    #[must_use]
    pub fn form(&self) -> Form {
        match self {
            Self::Template(template) => Form::Template(template.category),
            Self::Text(_)
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::LocationRequest(_)
            | Self::CallPermissionRequest(_)
            | Self::PaymentRequest(_)
            | Self::OrderStatus(_)
            | Self::Flow(_)
            | Self::Product(_)
            | Self::ProductList(_) => Form::FreeForm,
        }
    }
}

impl OutboundMessage {
    /// What it costs; none of a message from before prices were kept.
    #[must_use]
    pub fn cost(&self, cards: &RateCards) -> Option<MessagePrice> {
        let agreed = self.price?;
        let delivered = self.delivery.delivered.or(self.delivery.read).or(self.delivery.played);
        let failed = match (self.delivery.shown(), &self.state) {
            (Some(Status::Failed), _) | (None, SendState::Failed(_)) => true,
            (Some(Status::Sent | Status::Delivered | Status::Read | Status::Played), _) | (None, _) => false,
        };
        let quoted = MessagePrice {
            state: PriceState::Quoted,
            category: agreed.quote.category,
            currency: agreed.currency,
            amount: amount(agreed.quote.price),
            agreed,
        };
        Some(match (delivered, &self.delivery.pricing) {
            (Some(at), Some(pricing)) => self.settled(cards, &quoted, pricing, at),
            (Some(_), None) => quoted,
            (None, _) if failed => MessagePrice { state: PriceState::Settled, amount: Some(Amount::ZERO), ..quoted },
            (None, _) => quoted,
        })
    }

    /// The month in which WhatsApp delivered it as one of the free service messages of its number; none if it is none.
    #[must_use]
    pub fn free_month(&self) -> Option<PeriodName> {
        let at = self.delivery.delivered.or(self.delivery.read).or(self.delivery.played)?;
        let pricing = self.delivery.pricing.as_ref()?;
        let is_free = pricing.billable == Some(false) && pricing.kind.as_deref() == Some(FREE_SERVICE);
        let is_service = pricing.category.as_deref().and_then(Category::from_meta) == Some(Category::Service);
        let day = self.price.map(|agreed| agreed.offset).unwrap_or_default().date(at);
        free_month(day).filter(|_| is_free && is_service)
    }

    /// What is to be booked in budgets for a message that was claimed with `booking`: its quote, until WhatsApp has
    /// settled it; nothing once it has failed. A price that no card has is booked as nothing.
    #[must_use]
    pub fn booked(&self, booking: &Booking, cards: &RateCards) -> Booking {
        let cost = self.cost(cards).filter(|cost| cost.state == PriceState::Settled);
        match cost {
            Some(cost) => {
                Booking { amount: cost.amount.unwrap_or_default(), settled: true, uses: booking.uses.clone() }
            }
            None => booking.clone(),
        }
    }

    /// What `pricing` comes to, of a message that was delivered at `at`.
    fn settled(&self, cards: &RateCards, quoted: &MessagePrice, pricing: &Pricing, at: Timestamp) -> MessagePrice {
        let category = pricing.category.as_deref().map_or(quoted.category, Category::from_meta);
        let is_free = pricing.kind.as_deref().is_some_and(|kind| kind.starts_with(FREE));
        let amount = if is_free || pricing.billable == Some(false) {
            Some(Amount::ZERO)
        } else {
            let day = quoted.agreed.offset.date(at);
            let price = |category| rated(cards, self.to.recipient(), category, quoted.currency, day);
            category.and_then(|category| amount(price(category)))
        };
        MessagePrice { state: PriceState::Settled, category, amount, ..*quoted }
    }
}

impl MessagePrice {
    /// Whether WhatsApp charges something else than what was quoted.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.state == PriceState::Settled && self.amount != amount(self.agreed.quote.price)
    }
}

/// What `price` comes to; none if it is unknown.
#[must_use]
pub const fn amount(price: Price) -> Option<Amount> {
    match price {
        Price::Free(_) => Some(Amount::ZERO),
        Price::Rated(rated) => Some(rated.money.amount),
        Price::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::failures::{Failure, Reason};
    use crate::channels::prices::plan::Occasion;
    use crate::ids::{ChannelId, ConversationId, HistoryId, MessageId};
    use crate::inbox::outbound_messages::{Address, LIFETIME};
    use crate::inbox::statuses::Delivery;
    use crate::phone::Phone;
    use crate::time::UtcOffset;
    use std::time::Duration;

    /// A marketing template to India, accepted in the last hour of 2025 by an account in rupees.
    fn sent() -> OutboundMessage {
        let now = Timestamp::parse("2025-12-31T23:30:00Z").unwrap();
        let to = Address::Phone(Phone::parse("919876543210").unwrap());
        let occasion = Occasion {
            form: Form::Template(Some(Category::Marketing)),
            recipient: to.recipient(),
            currency: Some(Currency::Inr),
            offset: UtcOffset::UTC,
            window_until: None,
            free_entry_until: None,
            margin: Duration::ZERO,
            now,
        };
        let agreed = occasion.agree(RateCards::current());
        OutboundMessage {
            id: MessageId::at_moment(now, 3),
            conversation: ConversationId {
                history: HistoryId::from_parts(now, 1),
                channel: ChannelId::from_parts(now, 2),
            },
            to,
            bsuid: None,
            content: OutboundContent::text("hello").unwrap(),
            reply_to: None,
            part_of: None,
            retry_of: None,
            unless_written_since: None,
            confirms_opt_out: false,
            after: None,
            price: Some(agreed),
            fallback: None,
            booking: None,
            state: SendState::Accepted,
            tries: 0,
            redriven: 0,
            queued: now,
            expires: now.plus(LIFETIME),
            wamid: None,
            delivery: Delivery::default(),
        }
    }

    fn delivered(category: &str, kind: &str, after: u64) -> OutboundMessage {
        let send = sent();
        let pricing = Pricing { category: Some(category.into()), kind: Some(kind.into()), ..Pricing::default() };
        let delivered = Some(send.id.moment().plus(Duration::from_secs(after)));
        OutboundMessage { delivery: Delivery { delivered, pricing: Some(pricing), ..Delivery::default() }, ..send }
    }

    fn cost(send: &OutboundMessage) -> (PriceState, Option<String>, bool) {
        let price = send.cost(RateCards::current()).unwrap();
        (price.state, price.amount.map(|amount| amount.to_string()), price.differs())
    }

    #[test]
    fn a_price_is_quoted_until_the_message_is_delivered() {
        assert_eq!(cost(&sent()), (PriceState::Quoted, Some("0.7846".into()), false));
        let mut on_its_way = delivered("marketing", "regular", 60);
        on_its_way.delivery.delivered = None;
        on_its_way.delivery.sent = Some(Timestamp::default());
        assert_eq!(cost(&on_its_way), (PriceState::Quoted, Some("0.7846".into()), false), "only delivery is charged");
        assert_eq!(cost(&delivered("marketing", "regular", 60)), (PriceState::Settled, Some("0.7846".into()), false));
        assert_eq!(OutboundMessage { price: None, ..sent() }.cost(RateCards::current()), None);
    }

    #[test]
    fn the_card_of_the_day_of_delivery_and_whatsapp_s_own_category_decide_what_is_settled() {
        let settled = |amount: &str, differs| (PriceState::Settled, Some(amount.to_owned()), differs);
        assert_eq!(
            cost(&delivered("marketing", "regular", 3600)),
            settled("0.8631", true),
            "it is another year by then"
        );
        assert_eq!(cost(&delivered("utility", "regular", 60)), settled("0.115", true));
        assert_eq!(cost(&delivered("marketing", "free_entry_point", 60)), settled("0.00", true));
        assert_eq!(cost(&delivered("referral_conversion", "regular", 60)), (PriceState::Settled, None, true));
    }

    #[test]
    fn what_failed_costs_nothing() {
        let failed = OutboundMessage { state: SendState::Failed(Failure::ours(Reason::Expired)), ..sent() };
        assert_eq!(cost(&failed), (PriceState::Settled, Some("0.00".into()), true));
        let mut told = sent();
        told.delivery.failed = Some(Timestamp::default());
        assert_eq!(cost(&told), (PriceState::Settled, Some("0.00".into()), true));
    }
}
