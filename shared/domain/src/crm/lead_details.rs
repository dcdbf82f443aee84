//! What the team writes down about a lead: email address, tags, owner, value, and why a sale was lost.

use crate::access::users::EmailAddress;
use crate::characters::is_invisible;
use crate::crm::lead_fields::FieldValues;
use crate::ids::UserId;
use crate::personal::Text;
use bigdecimal::{BigDecimal, ToPrimitive};
use iso_currency::Currency;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The most tags of one lead. Each is an item of the table.
pub const MOST_TAGS: usize = 30;

/// The longest tag, in characters.
pub const LONGEST_TAG: usize = 50;

/// The largest amount in a currency's smallest unit. A JSON number is exact up to about ten times that.
const LARGEST_AMOUNT: u64 = 900_000_000_000_000;

/// The longest amount as text: an exponent must not make a number of a million digits.
const LONGEST_AMOUNT: usize = 32;

/// The details of a lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadDetails {
    /// The email address.
    pub email: Option<EmailAddress>,
    /// The tags.
    pub tags: BTreeSet<Tag>,
    /// The user who looks after the lead.
    pub owner: Option<UserId>,
    /// The value of the sale.
    pub value: Option<LeadValue>,
    /// Why the sale was lost. Only in the stage Lost.
    pub lost_reason: Option<Text>,
    /// The values of custom fields.
    pub fields: FieldValues,
}

/// A tag that is empty or too long, or contains a comma or a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a tag of 1 to {LONGEST_TAG} characters without commas")]
pub struct InvalidTag;

/// A tag of a lead. Two tags that differ only in case are the same tag.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

impl Tag {
    /// Reads a tag. Spaces around it do not matter.
    ///
    /// # Errors
    /// [`InvalidTag`] if it is empty, longer than 50 characters, or contains a comma or a control character.
    pub fn parse(text: &str) -> Result<Self, InvalidTag> {
        let tag = text.trim_matches(is_invisible);
        let length = tag.chars().count();
        let fits = (1..=LONGEST_TAG).contains(&length) && !tag.chars().any(|c| c == ',' || c.is_control());
        if fits { Ok(Self(tag.to_owned())) } else { Err(InvalidTag) }
    }

    /// The tag as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag in lower case: the form by which tags are compared and listed.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Tag {}

impl PartialOrd for Tag {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tag {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({} bytes)", self.0.len())
    }
}

impl FromStr for Tag {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, InvalidTag> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Tag {
    type Error = InvalidTag;

    fn try_from(text: String) -> Result<Self, InvalidTag> {
        Self::parse(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

impl JsonSchema for Tag {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Tag".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST_TAG, "examples": ["wholesale"] })
    }
}

/// Why an amount of money is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAmount {
    /// It is not a positive number, or too large.
    #[error("expected a number from 0 to 9 trillion")]
    Range,
    /// The currency has fewer decimals.
    #[error("expected at most {0} decimals, as the currency has")]
    Decimals(u16),
}

/// A currency code that ISO 4217 does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a currency code of ISO 4217, such as EUR")]
pub struct UnknownCurrency;

/// The currency with this ISO 4217 code, in any case.
///
/// # Errors
/// [`UnknownCurrency`] if there is none.
pub fn currency(code: &str) -> Result<Currency, UnknownCurrency> {
    Currency::from_code(&code.trim().to_uppercase()).ok_or(UnknownCurrency)
}

/// The value of a sale: an exact amount in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadValue {
    minor: u64,
    currency: Currency,
}

impl LeadValue {
    /// The value of `amount`, a decimal number, in `currency`.
    ///
    /// # Errors
    /// [`InvalidAmount`] if it is negative, too large, or has more decimals than the currency.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, InvalidAmount> {
        let decimals = currency.exponent().unwrap_or(0);
        let number = Some(amount).filter(|text| text.len() <= LONGEST_AMOUNT);
        let number = number.and_then(|text| text.parse::<BigDecimal>().ok()).ok_or(InvalidAmount::Range)?;
        let (_, scale) = number.as_bigint_and_exponent();
        if scale < -20 {
            return Err(InvalidAmount::Range);
        }
        if scale > 40 {
            return Err(InvalidAmount::Decimals(decimals));
        }
        let minor = number * BigDecimal::from(10_u64.pow(u32::from(decimals)));
        if !minor.is_integer() {
            return Err(InvalidAmount::Decimals(decimals));
        }
        let minor = minor.to_u64().filter(|minor| *minor <= LARGEST_AMOUNT).ok_or(InvalidAmount::Range)?;
        Ok(Self { minor, currency })
    }

    /// The value of `minor` smallest units of the currency with this code; none if there is no such currency.
    #[must_use]
    pub fn from_minor(minor: u64, code: &str) -> Option<Self> {
        let currency = currency(code).ok()?;
        (minor <= LARGEST_AMOUNT).then_some(Self { minor, currency })
    }

    /// What `minor` smallest units of the currency with this code come to, for showing a sum: it may be larger than any one
    /// value. None if there is no such currency.
    #[must_use]
    pub fn sum_from_minor(minor: u64, code: &str) -> Option<f64> {
        let currency = currency(code).ok()?;
        Self { minor, currency }.amount().parse().ok()
    }

    /// The amount in the currency's smallest unit, such as cents.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.minor
    }

    /// The currency's ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.currency.code()
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as a decimal number, with the currency's decimals.
    #[must_use]
    pub fn amount(self) -> String {
        let decimals = usize::from(self.currency.exponent().unwrap_or(0));
        if decimals == 0 {
            return self.minor.to_string();
        }
        let digits = format!("{:0>width$}", self.minor, width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        format!("{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_differ_in_case_are_one() {
        let tags: BTreeSet<_> = ["VIP", " vip ", "Late payer"].iter().map(|text| Tag::parse(text).unwrap()).collect();
        assert_eq!(tags.len(), 2);
        assert_eq!(Tag::parse("a,b"), Err(InvalidTag));
        assert_eq!(Tag::parse(&"x".repeat(51)), Err(InvalidTag));
        assert_eq!(Tag::parse(" \u{200b} "), Err(InvalidTag));
    }

    #[test]
    fn an_amount_is_exact_in_the_decimals_of_its_currency() {
        let euros = |text| LeadValue::parse(text, Currency::EUR);
        assert_eq!(euros("1500.5").unwrap().amount(), "1500.50");
        assert_eq!(euros("0.07").unwrap().minor(), 7);
        assert_eq!(euros("1e3").unwrap().amount(), "1000.00");
        assert_eq!(euros("0.001"), Err(InvalidAmount::Decimals(2)));
        assert_eq!(LeadValue::parse("7", Currency::JPY).unwrap().amount(), "7");
        for wrong in ["-1", "1e99", "1e-99", "9e99999999", "NaN", "", "1e400000000000000000000"] {
            assert!(euros(wrong).is_err(), "{wrong}");
        }
    }
}
