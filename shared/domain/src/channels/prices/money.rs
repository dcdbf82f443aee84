//! Amounts of money: exact, in millionths of a currency's unit, because a rate may be 0.0008 dollars.

use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

string_enum! {
    /// The currency of a WhatsApp Business account: one in which Meta prints rate cards. It is fixed when the account is
    /// created.
    Currency {
        /// UAE dirhams.
        Aed = "AED",
        /// Argentine pesos.
        Ars = "ARS",
        /// Australian dollars.
        Aud = "AUD",
        /// Brazilian reais.
        Brl = "BRL",
        /// Chilean pesos.
        Clp = "CLP",
        /// Colombian pesos.
        Cop = "COP",
        /// Euros.
        Eur = "EUR",
        /// Pounds sterling.
        Gbp = "GBP",
        /// Indonesian rupiahs.
        Idr = "IDR",
        /// Indian rupees.
        Inr = "INR",
        /// Mexican pesos.
        Mxn = "MXN",
        /// Malaysian ringgits.
        Myr = "MYR",
        /// Peruvian soles.
        Pen = "PEN",
        /// Saudi riyals.
        Sar = "SAR",
        /// Singapore dollars.
        Sgd = "SGD",
        /// US dollars.
        Usd = "USD",
    }
}

/// How many digits after the point are kept.
const DECIMALS: usize = 6;

/// So many millionths are one.
const ONE: u64 = 1_000_000;

/// The most digits before the point: a trillion of any currency.
const MOST_WHOLE: usize = 12;

/// A text that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an amount such as 12.50: up to {MOST_WHOLE} digits, and up to {DECIMALS} after a point")]
pub struct InvalidAmount;

/// An amount in some currency, exact to a millionth of its unit. Written as a decimal, such as `0.0107`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^[0-9]{1,12}(\.[0-9]{1,6})?$"), example = &"0.0107")]
pub struct Amount(u64);

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// The amount.
    pub amount: Amount,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads a decimal.
    ///
    /// # Errors
    /// [`InvalidAmount`] unless it is up to twelve digits, and up to six after a point.
    pub fn parse(text: &str) -> Result<Self, InvalidAmount> {
        let (whole, parts) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, MOST_WHOLE) || !digits(parts, DECIMALS) {
            return Err(InvalidAmount);
        }
        let whole: u64 = whole.parse().map_err(|_| InvalidAmount)?;
        let millionths: u64 = format!("{parts:0<DECIMALS$}").parse().map_err(|_| InvalidAmount)?;
        Ok(Self(whole * ONE + millionths))
    }

    /// The amount of `millionths` of a unit.
    #[must_use]
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// The amount in millionths of a unit.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This amount `count` times.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// What is left of this after `other`; zero if that is more.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// At least two digits after the point, and as many as there are.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = format!("{:0DECIMALS$}", self.0 % ONE);
        let shown = parts.trim_end_matches('0').len().max(2);
        write!(f, "{}.{}", self.0 / ONE, &parts[..shown])
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
        amount.to_string()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_exactly_and_shown_with_two_digits_at_least() {
        for (written, millionths, shown) in [
            ("0.0008", 800, "0.0008"),
            ("0.1150", 115_000, "0.115"),
            ("78.4917", 78_491_700, "78.4917"),
            ("12", 12_000_000, "12.00"),
            ("12.5", 12_500_000, "12.50"),
            ("0.000001", 1, "0.000001"),
        ] {
            let amount = Amount::parse(written).unwrap();
            assert_eq!((amount.millionths(), amount.to_string().as_str()), (millionths, shown), "{written}");
        }
        for wrong in ["", ".", "1.", ".5", "-1", "+1", "1,5", "1e3", "0.0000001", "1234567890123", "1.2.3", "١"] {
            assert_eq!(Amount::parse(wrong), Err(InvalidAmount), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_reads_back_as_it_is_shown(millionths in 0_u64..1_000_000_000_000_000_000) {
            let amount = Amount::from_millionths(millionths);
            prop_assert_eq!(Amount::parse(&amount.to_string()), Ok(amount));
        }
    }
}
