//! What a customer orders from the catalogue, and what it costs. Prices are exact decimals: nothing is rounded.

use crate::personal::Text;
use bigdecimal::BigDecimal;
use iso_currency::Currency;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// An order from the business's catalogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Meta's ID of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_id: Option<String>,
    /// The customer's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The products, in the order sent.
    #[serde(default)]
    pub items: Vec<OrderItem>,
}

/// A product of an order. Values that WhatsApp did not send, or that cannot be read, are absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderItem {
    /// The business's own ID of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_retailer_id: Option<String>,
    /// The quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The price of one item, such as `249.99`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_price: Option<Amount>,
    /// The currency's ISO 4217 code, such as `INR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// Text that is not a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a decimal number that is not negative, with at most {MOST_DIGITS} digits on either side of the point"
)]
pub struct InvalidAmount;

/// More digits than any price has on either side of the point, and few enough to calculate with.
const MOST_DIGITS: i64 = 28;

/// A price: a decimal that is not negative, with the digits that it was written with. Its JSON form is a string, so
/// that no reader rounds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("pattern" = r"^[0-9]+(\.[0-9]+)?$"))]
pub struct Amount(BigDecimal);

impl Amount {
    /// Reads a price as a JSON number or a string has it: `30`, `249.99`, `2.5e2`.
    ///
    /// # Errors
    /// [`InvalidAmount`] if it is no number, is negative, or has too many digits.
    pub fn parse(text: &str) -> Result<Self, InvalidAmount> {
        let text = text.trim();
        let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        let decimal: BigDecimal = text.parse().map_err(|_| InvalidAmount)?;
        let behind = decimal.fractional_digit_count();
        let before = i64::try_from(decimal.digits()).map_err(|_| InvalidAmount)?.saturating_sub(behind);
        let sane = before <= MOST_DIGITS && (-MOST_DIGITS..=MOST_DIGITS).contains(&behind);
        if plain && sane && decimal >= 0 { Ok(Self(decimal)) } else { Err(InvalidAmount) }
    }
}

impl TryFrom<String> for Amount {
    type Error = InvalidAmount;
    fn try_from(text: String) -> Result<Self, InvalidAmount> {
        Self::parse(&text)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.0.to_plain_string()
    }
}

/// A sum in one currency. Shown with thousands separated, and with the decimals of the currency: `1,250.00 INR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    amount: Amount,
    currency: Option<String>,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minor = self.currency.as_ref().and_then(|code| Currency::from_code(&code.to_ascii_uppercase())?.exponent());
        let exact = self.amount.0.normalized();
        let places = minor.map_or(self.amount.0.fractional_digit_count(), i64::from);
        let digits = exact.with_scale(exact.fractional_digit_count().max(places)).to_plain_string();
        let point = digits.find('.').unwrap_or(digits.len());
        for (at, digit) in digits[..point].char_indices() {
            if at > 0 && (point - at).is_multiple_of(3) {
                f.write_char(',')?;
            }
            f.write_char(digit)?;
        }
        f.write_str(&digits[point..])?;
        match &self.currency {
            Some(currency) => write!(f, " {currency}"),
            None => Ok(()),
        }
    }
}

/// What the products of an order cost together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// One sum for each currency, in the order in which they appear.
    pub sums: Vec<Money>,
    /// Whether every product is in it. One without price or quantity is not.
    pub is_whole: bool,
}

impl Order {
    /// What the products cost together, as far as their prices and quantities are known.
    #[must_use]
    pub fn total(&self) -> Total {
        let mut sums: Vec<Money> = Vec::new();
        for item in &self.items {
            let Some(cost) = item.cost() else { continue };
            match sums.iter_mut().find(|sum| sum.currency == item.currency) {
                Some(sum) => sum.amount.0 += cost,
                None => sums.push(Money { amount: Amount(cost), currency: item.currency.clone() }),
            }
        }
        Total { sums, is_whole: self.items.iter().all(|item| item.cost().is_some()) }
    }

    /// The order in one line: `[Order] 2 items, 1,250.00 INR: Please gift wrap both`.
    #[must_use]
    pub fn readable(&self) -> String {
        let mut line = "[Order]".to_owned();
        let parts = [self.counted(), self.cost()];
        let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !said.is_empty() {
            line = format!("{line} {said}");
        }
        match self.note.as_ref().and_then(Text::visible) {
            Some(note) if said.is_empty() => format!("{line} {}", note.as_str()),
            Some(note) => format!("{line}: {}", note.as_str()),
            None => line,
        }
    }

    fn counted(&self) -> Option<String> {
        match self.items.len() {
            0 => None,
            1 => Some("1 item".to_owned()),
            many => Some(format!("{many} items")),
        }
    }

    fn cost(&self) -> Option<String> {
        let total = self.total();
        let sums: Vec<_> = total.sums.iter().map(Money::to_string).collect();
        let sums = if sums.is_empty() { return None } else { sums.join(" + ") };
        Some(if total.is_whole { sums } else { format!("at least {sums}") })
    }
}

impl OrderItem {
    /// What it costs, as many as are wanted.
    fn cost(&self) -> Option<BigDecimal> {
        Some(&self.item_price.as_ref()?.0 * BigDecimal::from(self.quantity?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(price: &str, quantity: u32, currency: &str) -> OrderItem {
        OrderItem {
            product_retailer_id: None,
            quantity: Some(quantity),
            item_price: Amount::parse(price).ok(),
            currency: Some(currency.to_owned()),
        }
    }

    fn line(items: Vec<OrderItem>) -> String {
        Order { items, ..Order::default() }.readable()
    }

    #[test]
    fn a_sum_is_exact_and_shown_with_the_decimals_of_its_currency() {
        assert_eq!(line(vec![item("500", 2, "INR"), item("250", 1, "INR")]), "[Order] 2 items, 1,250.00 INR");
        assert_eq!(line(vec![item("0.1", 3, "EUR")]), "[Order] 1 item, 0.30 EUR");
        assert_eq!(line(vec![item("1250", 1, "JPY")]), "[Order] 1 item, 1,250 JPY");
        assert_eq!(line(vec![item("1250.00", 1, "JPY")]), "[Order] 1 item, 1,250 JPY");
        assert_eq!(line(vec![item("1.25", 1, "KWD")]), "[Order] 1 item, 1.250 KWD");
        assert_eq!(line(vec![item("0.005", 3, "USD")]), "[Order] 1 item, 0.015 USD", "no digit is rounded away");
        assert_eq!(line(vec![item("1234567.5", 1, "XYZ")]), "[Order] 1 item, 1,234,567.5 XYZ");
        assert_eq!(line(vec![item("2.5e2", 1, "inr")]), "[Order] 1 item, 250.00 inr");
        assert_eq!(line(vec![item("9", 0, "INR")]), "[Order] 1 item, 0.00 INR");
    }

    #[test]
    fn each_currency_has_its_sum_and_what_has_no_price_is_in_none() {
        assert_eq!(line(vec![item("1", 1, "USD"), item("2", 2, "EUR")]), "[Order] 2 items, 1.00 USD + 4.00 EUR");
        let unpriced = OrderItem { quantity: Some(1), ..OrderItem::default() };
        assert_eq!(line(vec![item("1", 1, "USD"), unpriced.clone()]), "[Order] 2 items, at least 1.00 USD");
        assert_eq!(line(vec![unpriced]), "[Order] 1 item");
        assert_eq!(line(vec![OrderItem { currency: None, ..item("30", 2, "") }]), "[Order] 1 item, 60");
        assert_eq!(line(Vec::new()), "[Order]");
        let most = "9999999999999999999999999999.5";
        assert_eq!(line(vec![item(most, 2, "JPY")]), "[Order] 1 item, 19,999,999,999,999,999,999,999,999,999 JPY");
    }

    #[test]
    fn a_note_is_shown_unless_it_is_blank() {
        let order = |items: Vec<OrderItem>, note: &str| Order { items, note: Some(Text::new(note)), catalog_id: None };
        assert_eq!(order(vec![item("1", 1, "USD")], "Friday").readable(), "[Order] 1 item, 1.00 USD: Friday");
        assert_eq!(order(Vec::new(), "Friday").readable(), "[Order] Friday");
        assert_eq!(order(vec![item("1", 1, "USD")], " \u{200b}").readable(), "[Order] 1 item, 1.00 USD");
    }

    #[test]
    fn a_price_keeps_its_digits_and_is_never_negative() {
        for (written, kept) in [("249.99", "249.99"), ("30", "30"), ("30.00", "30.00"), (" 7 ", "7"), ("-0", "0")] {
            assert_eq!(Amount::parse(written).map(String::from).as_deref(), Ok(kept), "{written}");
        }
        for wrong in ["", "-1", "x", "1e999", "1e-999999999", "NaN", "1,5", "1_0", "0.12345678901234567890123456789012"]
        {
            assert_eq!(Amount::parse(wrong), Err(InvalidAmount), "{wrong}");
        }
    }
}
