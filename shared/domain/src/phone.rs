//! Phone numbers: as people write them, as WhatsApp writes them, and the one spelling by which an account is found.
//!
//! It does not know which numbers exist: whether a phone has WhatsApp, WhatsApp says.

use crate::characters::{is_dash, is_invisible};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A text that is no phone number with its country code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPhone {
    /// Something else is in it, or it has too few digits or too many.
    #[error("expected a phone number with country code, 7 to 15 digits, such as +919876543210")]
    NotANumber,
    /// It begins with a 0, and no country code does.
    #[error("the country code is missing: replace the leading 0 by + and the country code, such as +919876543210")]
    NoCountryCode,
}

/// A phone number with country code: 7 to 15 digits (E.164), stored without `+`.
///
/// In Brazil, Mexico and Argentina, WhatsApp writes one account in two ways. Both are the same phone number.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = PATTERN), example = &"+919876543210")]
pub struct Phone(String);

/// What the description of the API says of a phone: digits, and around each whatever people set there. It lets through
/// a little more than [`Phone::parse`], since regular expressions of JSON Schema cannot name classes of Unicode.
const PATTERN: &str =
    "^[^0-9A-Za-z+]*(\\+|0[^0-9A-Za-z+]*0)?[^0-9A-Za-z+]*[1-9]([^0-9A-Za-z+]*[0-9]){6,15}[^0-9A-Za-z+]*$";

/// Dots, brackets and slashes that people set between digits, in all widths that keyboards have.
const PUNCTUATION: &str = ".·․‧•．()[]（）［］/⁄∕／";

/// The trunk prefix of a national number, as in `+44 (0)20 7946 0958`: not dialled from abroad.
const TRUNK_PREFIX: &str = "(0)";

/// Italy's country code: its numbers keep their 0 when they are dialled from abroad.
const ITALY: &str = "39";

/// The most digits that a number has without its country code in most countries.
const LONGEST_NATIONAL: usize = 10;

impl Phone {
    /// Reads a number as people write and paste it: a leading `+` or `00`, and dashes, dots, brackets, slashes, spaces
    /// and invisible characters anywhere, are passed over.
    ///
    /// # Errors
    /// [`InvalidPhone`] if anything else is in it, the digits are not 7 to 15, or the first is a 0: what is kept would
    /// read back without it.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        TypedPhone::parse(text).map(|typed| typed.phone)
    }

    /// The digits alone, as WhatsApp's `wa_id` has them.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number for those who may not see it: its last four digits.
    #[must_use]
    pub fn masked(&self) -> String {
        let digits = self.digits();
        format!("•••• {}", digits.get(digits.len().saturating_sub(4)..).unwrap_or_default())
    }

    /// `+` and the digits: the form that the Graph API wants and that people read.
    #[must_use]
    pub fn e164(&self) -> String {
        format!("+{}", self.0)
    }

    /// The digits in the one spelling that all spellings of this account have in common. It is what an account is found
    /// by, not what is shown or dialled.
    ///
    /// - Brazil (55): mobile numbers have a 9 after the area code. Accounts older than that 9 are written without it.
    /// - Mexico (52): no 1 after the country code, as since 2019. WhatsApp writes older accounts with it.
    /// - Argentina (54): a 9 after the country code, and no 15 after the area code.
    #[must_use]
    pub fn canonical(&self) -> Cow<'_, str> {
        let digits = self.0.as_str();
        let other = match digits.get(..2) {
            Some("55") => brazilian(&digits[2..]),
            Some("52") => mexican(&digits[2..]),
            Some("54") => argentine(&digits[2..]),
            Some(_) | None => None,
        };
        other.map_or(Cow::Borrowed(digits), Cow::Owned)
    }
}

/// Adds the 9 of a Brazilian mobile number that has none. Before the 9 came, mobile numbers began with 6 to 9 and
/// landlines with 2 to 5, which they still do.
fn brazilian(national: &str) -> Option<String> {
    let (area, number) = national.split_at_checked(2)?;
    let mobile = number.len() == 8 && number.starts_with(['6', '7', '8', '9']);
    (mobile && !area.contains('0')).then(|| format!("55{area}9{number}"))
}

/// Takes the 1 off a Mexican number. What follows it are ten digits, of which the first is no 0 and no 1.
fn mexican(national: &str) -> Option<String> {
    let number = national.strip_prefix('1')?;
    (number.len() == 10 && !number.starts_with(['0', '1'])).then(|| format!("52{number}"))
}

/// Writes an Argentine number as that of a mobile: a 9, the area code of two to four digits, and the rest, ten digits
/// without the 9. A 15 after the area code says the same as the 9 at history. No number is both a landline's and a
/// mobile's.
fn argentine(national: &str) -> Option<String> {
    let number = national.strip_prefix('9').unwrap_or(national);
    if !number.starts_with(['1', '2', '3']) {
        return None;
    }
    let number = match number.len() {
        10 => Cow::Borrowed(number),
        12 => {
            let mut areas = if number.starts_with("11") { 2..=2 } else { 3..=4 };
            let area = areas.find(|area| number[*area..].starts_with("15"))?;
            Cow::Owned(format!("{}{}", &number[..area], &number[area + 2..]))
        }
        _ => return None,
    };
    Some(format!("549{number}"))
}

/// Two phones are equal if they are spellings of one account.
impl PartialEq for Phone {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Phone {}

impl PartialOrd for Phone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Phone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical().cmp(&other.canonical())
    }
}

impl Hash for Phone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone(…{})", &self.0[self.0.len() - 2..])
    }
}

impl TryFrom<String> for Phone {
    type Error = InvalidPhone;
    fn try_from(text: String) -> Result<Self, InvalidPhone> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// A phone number that a person typed, who may have left out the country code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPhone {
    phone: Phone,
    international: bool,
}

impl TypedPhone {
    /// Reads it as [`Phone::parse`] does.
    ///
    /// # Errors
    /// [`InvalidPhone`], as there.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let mut number: String = without_trunk_prefix(&visible).chars().filter(|c| !is_separator(*c)).collect();
        let prefix = ["+", "＋", "00"].into_iter().find(|prefix| number.starts_with(prefix));
        number.drain(..prefix.map_or(0, str::len));
        if !(7..=15).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPhone::NotANumber);
        }
        if number.starts_with('0') {
            return Err(InvalidPhone::NoCountryCode);
        }
        Ok(Self { phone: Phone(number), international: prefix.is_some() })
    }

    /// The number, its first digits taken for the country code.
    #[must_use]
    pub const fn phone(&self) -> &Phone {
        &self.phone
    }

    /// Whether the country code may be missing: the number was typed without `+` or `00`, and is no longer than numbers
    /// are without country code, or begins with a 1 that is not North America's.
    #[must_use]
    pub fn may_lack_country_code(&self) -> bool {
        let digits = self.phone.digits();
        let short = digits.len() <= LONGEST_NATIONAL;
        !self.international && (short || digits.starts_with("10") || digits.starts_with("11"))
    }
}

/// Two requests are the same if they name the same account.
impl Serialize for TypedPhone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.phone.canonical())
    }
}

/// `text` without a trunk prefix in brackets that stands after the country code.
fn without_trunk_prefix(text: &str) -> Cow<'_, str> {
    let Some((country, rest)) = text.split_once(TRUNK_PREFIX) else { return Cow::Borrowed(text) };
    let code: String = country.chars().filter(char::is_ascii_digit).collect();
    let code = code.trim_start_matches('0');
    if code.is_empty() || code == ITALY { Cow::Borrowed(text) } else { Cow::Owned(format!("{country}{rest}")) }
}

fn is_separator(c: char) -> bool {
    is_dash(c) || PUNCTUATION.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digits_of(text: &str) -> Result<String, InvalidPhone> {
        Phone::parse(text).map(String::from)
    }

    fn canonical(digits: &str) -> String {
        Phone::parse(digits).unwrap().canonical().into_owned()
    }

    #[test]
    fn a_phone_is_read_as_people_write_it() {
        for written in [
            "+91 98765-43210",
            "00919876543210",
            "919876543210",
            "+91 (98765) 432.10",
            "(+91) 98765.43210",
            "(0091) 98765/43210",
            "[+91] 98765 43210",
            "＋91（98765）43210",
            "+91 (0)98765 43210",
            "+91\t98765\n43210",
            "\u{202a}+91 98765 43210\u{202c}",
            "\u{2066}+919876543210\u{2069}",
            "\u{200e}+919876543210",
            "\u{feff}+919876543210",
            "+91\u{2011}98765\u{2011}43210",
            "+91\u{202f}98765\u{202f}43210",
            "+91 98765\u{2013}43210",
            "+91 98765\u{2212}43210",
            "+91\u{2800}98765\u{ad}43210",
            "+91·98765·43210",
        ] {
            assert_eq!(digits_of(written).as_deref(), Ok("919876543210"), "{written:?}");
        }
        for wrong in [
            "",
            "+",
            "()",
            "12345",
            "+91 98765 x3210",
            "1234567890123456",
            "+٩١٩٨٧٦٥٤٣٢١٠",
            "++919876543210",
            "91+9876543210",
        ] {
            assert_eq!(digits_of(wrong), Err(InvalidPhone::NotANumber), "{wrong}");
        }
    }

    #[test]
    fn a_number_without_its_country_code_would_read_back_as_another() {
        for wrong in
            ["01711234567", "000012345678", "+0012345678", "(0) 98765 43210", "0-98765-43210", "+0 98765 43210"]
        {
            assert_eq!(digits_of(wrong), Err(InvalidPhone::NoCountryCode), "{wrong}");
        }
    }

    #[test]
    fn a_trunk_prefix_in_brackets_is_left_out_but_for_italy() {
        assert_eq!(digits_of("+44 (0)20 7946 0958").as_deref(), Ok("442079460958"));
        assert_eq!(digits_of("0049 (0) 30 901820").as_deref(), Ok("4930901820"));
        assert_eq!(digits_of("+39 (0)6 69812345").as_deref(), Ok("390669812345"));
    }

    #[test]
    fn debug_masks_the_phone() {
        assert!(!format!("{:?}", Phone::parse("919876543210").unwrap()).contains("98765"));
    }

    #[test]
    fn a_brazilian_mobile_has_one_account_with_and_without_its_9() {
        for (old, new) in [("553188885555", "5531988885555"), ("551161234567", "5511961234567")] {
            assert_eq!((canonical(old), canonical(new)), (new.to_owned(), new.to_owned()));
            assert_eq!(Phone::parse(old), Phone::parse(new));
        }
        for other in ["551133334444", "551125556666", "551151234567", "5511951234567", "55318888555", "550188885555"] {
            assert_eq!(canonical(other), other, "a landline, a newer mobile, too short, no area");
        }
        assert_ne!(Phone::parse("551151234567"), Phone::parse("5511951234567"), "a landline and a mobile");
    }

    #[test]
    fn a_mexican_number_has_one_account_with_and_without_its_1() {
        assert_eq!(
            (canonical("5215512345678"), canonical("525512345678")),
            ("525512345678".into(), "525512345678".into())
        );
        for other in ["521551234567", "52155123456789", "5211512345678", "52551234567"] {
            assert_eq!(canonical(other), other);
        }
    }

    #[test]
    fn an_argentine_number_has_one_account_with_9_with_15_and_without() {
        for spelling in ["5491123456789", "541123456789", "54111523456789", "549111523456789"] {
            assert_eq!(canonical(spelling), "5491123456789");
        }
        for spelling in ["5492234567890", "542234567890", "54223154567890"] {
            assert_eq!(canonical(spelling), "5492234567890");
        }
        for spelling in ["5492966123456", "542966123456", "54296615123456"] {
            assert_eq!(canonical(spelling), "5492966123456");
        }
        for other in ["54112345678", "549112345678", "54112345678901", "544123456789", "548001234567"] {
            assert_eq!(canonical(other), other);
        }
    }

    #[test]
    fn numbers_of_other_countries_have_one_spelling() {
        for other in ["919876543210", "12025550147", "351912345678", "59898765432", "15551234567", "447911123456"] {
            assert_eq!(canonical(other), other);
        }
    }

    #[test]
    fn a_number_that_was_typed_without_its_country_code_is_noticed() {
        for national in ["9876543210", "(202) 555-0147", "11 98888-7777", "98888-7777"] {
            assert!(TypedPhone::parse(national).unwrap().may_lack_country_code(), "{national}");
        }
        for international in ["+9876543210", "004712345678", "919876543210", "12025550147", "+55 11 98888-7777"] {
            assert!(!TypedPhone::parse(international).unwrap().may_lack_country_code(), "{international}");
        }
    }

    proptest! {
        #[test]
        fn the_canonical_spelling_is_a_phone_and_its_own_canonical_spelling(number in "(5[245]|[1-9])[0-9]{6,13}") {
            let phone = Phone::parse(&number).unwrap();
            let spelling = Phone::parse(&phone.canonical()).unwrap();
            prop_assert_eq!(spelling.digits(), &*phone.canonical());
            prop_assert_eq!(spelling.canonical(), phone.canonical());
            prop_assert_eq!(spelling, phone);
        }

        #[test]
        fn all_spellings_of_an_account_agree(
            area in "[1-9]{2}", mobile in "[6-9][0-9]{7}", mexican in "[2-9][0-9]{9}", argentine in "[123][0-9]{9}",
        ) {
            let pairs = [
                (format!("55{area}{mobile}"), format!("55{area}9{mobile}")),
                (format!("52{mexican}"), format!("521{mexican}")),
                (format!("54{argentine}"), format!("549{argentine}")),
            ];
            for (one, other) in pairs {
                prop_assert_eq!(Phone::parse(&one).unwrap(), Phone::parse(&other).unwrap());
            }
        }

        #[test]
        fn what_stands_between_the_digits_changes_nothing(
            marks in proptest::collection::vec(
                "[ \\-.()/\u{200e}\u{202a}\u{2011}\u{202f}\u{2013}\u{2212}\u{feff}]{0,3}", 12,
            ),
        ) {
            let digits = "919876543210".chars().zip(marks);
            let typed: String = digits.map(|(digit, marks)| format!("{marks}{digit}")).collect();
            prop_assert_eq!(digits_of(&format!("+{typed}")), Ok("919876543210".to_owned()));
        }
    }
}
