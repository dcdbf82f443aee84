//! What a message costs, before it is accepted.

use super::place::Place;
use super::request::SendRequest;
use crate::web::problem::{FieldError, Kind, Problem};
use domain::Timestamp;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::markets::Recipient;
use domain::channels::prices::money::{Amount, Currency, Money};
use domain::channels::prices::plan::{AgreedPrice, Form, Occasion, Price, Unknown};
use domain::inbox::conversations::WINDOW_MARGIN;
use domain::inbox::free_entries::FreeEntry;
use domain::inbox::outbound_messages::OutboundMessage;
use store::channels::channels::Channel;

/// What a price depends on, of a message on `channel`.
pub(crate) fn occasion<'a>(
    channel: &Channel,
    form: Form,
    recipient: Recipient<'a>,
    window_until: Option<Timestamp>,
    free_entry_until: Option<Timestamp>,
    now: Timestamp,
) -> Occasion<'a> {
    Occasion {
        form,
        recipient,
        currency: channel.currency(),
        offset: channel.billing.offset(now),
        window_until,
        free_entry_until,
        margin: WINDOW_MARGIN,
        now,
    }
}

/// What the sender of `request` agrees to pay for `send`: what it costs, or at most what the request allows. A price that
/// is unknown has to be agreed to by name.
pub(crate) fn agreed(
    channel: &Channel,
    place: &Place,
    request: &SendRequest,
    send: &OutboundMessage,
    free_entry: FreeEntry,
    now: Timestamp,
) -> Result<AgreedPrice, Problem> {
    let window_until = place.conversation.window_until();
    let occasion = occasion(channel, send.content.form(), send.to.recipient(), window_until, free_entry.until, now);
    let agreed = AgreedPrice { over_budget: request.accept_over_budget, ..occasion.agree(RateCards::current()) };
    match (agreed.quote.price, request.max_price) {
        (Price::Unknown(why), _) if !request.accept_unknown_price => Err(unknown(channel, why)),
        (Price::Rated(rated), Some(most)) if rated.money.amount > most => Err(too_much(rated.money, most)),
        (Price::Free(_) | Price::Rated(_), Some(most)) => Ok(agreed.up_to(most)),
        (Price::Free(_) | Price::Rated(_), None) | (Price::Unknown(_), _) => Ok(agreed),
    }
}

fn too_much(costs: Money, most: Amount) -> Problem {
    let detail = format!(
        "The message costs {costs}, which is more than {most}. POST /api/quotes says what a message costs. Send a higher \
         maxPrice if you agree to it."
    );
    Problem::fields(Kind::PriceChanged, vec![FieldError::new("maxPrice", detail)])
}

/// Refuses a message whose price is unknown, and says what would make it known.
fn unknown(channel: &Channel, why: Unknown) -> Problem {
    let next = match why {
        Unknown::NoCurrency => format!(
            "The currency of the WhatsApp Business account of {} is not known, so neither is the price. Set it with \
             PATCH /api/channels/{}, or check the number with Meta.",
            channel.display, channel.id
        ),
        Unknown::NoCard => {
            let currency = channel.currency().map_or("this currency", Currency::as_str);
            format!("Leadwire has no rate card in {currency} for today.")
        }
        Unknown::NoRate => "The rate card has no price for the recipient's country and this category.".to_owned(),
        Unknown::NoCategory => {
            "WhatsApp gave the template a category that Leadwire does not know. Synchronise the templates.".to_owned()
        }
    };
    let detail = format!("{next} To send it without knowing its price, send acceptUnknownPrice: true.");
    Problem::fields(Kind::PriceUnknown, vec![FieldError::new("acceptUnknownPrice", detail)])
}
