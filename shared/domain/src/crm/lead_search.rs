//! How leads are found by what people type: words of name, email address, username and tags by their beginning, and the
//! phone by any four digits. The table holds one item for each of a lead's [`SearchToken`]s, so a search is a read of
//! neighbouring items and never a scan.

use crate::crm::lead_fields::FieldValue;
use crate::crm::leads::Lead;
use crate::inbox::conversations::Profile;
use crate::personal::Text;
use crate::phone::Phone;
use std::collections::BTreeSet;

/// The fewest digits by which a phone is found.
pub const FEWEST_DIGITS: usize = 4;

/// So many digits are a number as it is dialled: its zeros in front are a prefix. Fewer are a part of a number, zeros and all.
const DIALLED: usize = 8;

/// The longest word that is kept, in characters. A longer one is found by its beginning.
const LONGEST_WORD: usize = 32;

/// The longest text of a custom field whose words are kept, in bytes: a reference or a company, and no essay.
const LONGEST_FOUND: usize = 100;

/// The most words of one lead.
const MOST_WORDS: usize = 60;

/// The most words of a search. Further ones are ignored.
const MOST_TERMS: usize = 6;

/// By what a lead is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchToken {
    /// A word, as [`words`] gives it.
    Word(String),
    /// The end of a phone number, of four digits or more.
    Digits(String),
}

/// The words of `text`: runs of letters and digits, in lower case and without accents.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// Whether `c` belongs to the letter before it, as the vowel signs of Indian scripts do.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{951}'..='\u{957}'
        | '\u{962}'..='\u{963}' | '\u{980}'..='\u{983}' | '\u{9bc}'..='\u{9cd}' | '\u{a00}'..='\u{a03}'
        | '\u{a3c}'..='\u{a4d}' | '\u{a80}'..='\u{a83}' | '\u{abc}'..='\u{acd}' | '\u{b80}'..='\u{b83}'
        | '\u{bbe}'..='\u{bcd}' | '\u{c00}'..='\u{c04}' | '\u{c3c}'..='\u{c4d}' | '\u{d00}'..='\u{d03}'
        | '\u{d3b}'..='\u{d4d}')
}

/// The letter below the accent, of the alphabets in which people leave accents out.
const fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

impl Lead {
    /// Everything by which this lead is found, given the profiles of its conversations; nothing once it is deleted.
    #[must_use]
    pub fn search_tokens<'a>(&'a self, profiles: impl IntoIterator<Item = &'a Profile>) -> BTreeSet<SearchToken> {
        if self.deleted.is_some() {
            return BTreeSet::new();
        }
        let profiles = profiles.into_iter().flat_map(|profile| [profile.name.as_ref(), profile.username.as_ref()]);
        let texts = [self.name.as_ref()].into_iter().chain(profiles).flatten().map(Text::as_str);
        let email = self.details.email.as_ref().map(super::super::access::users::EmailAddress::as_str);
        let tags = self.details.tags.iter().map(super::lead_details::Tag::as_str);
        let words: BTreeSet<_> = texts.chain(email).chain(tags).chain(self.short_texts()).flat_map(words).collect();
        let words = words.into_iter().take(MOST_WORDS).map(SearchToken::Word);
        let ends = self.phone.iter().chain(&self.other_phones).map(digits).flat_map(|digits| {
            let lengths = FEWEST_DIGITS..=digits.len();
            lengths.filter_map(|length| digits.get(digits.len() - length..).map(str::to_owned)).collect::<Vec<_>>()
        });
        words.chain(ends.map(SearchToken::Digits)).collect()
    }
}

impl Lead {
    /// The texts of custom fields by which the lead is found.
    fn short_texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.details.fields.values().flat_map(|value| match value {
            FieldValue::Text(text) => std::slice::from_ref(text),
            FieldValue::Choices(choices) => choices.as_slice(),
            FieldValue::Boolean(_) | FieldValue::Number(_) => &[],
        });
        texts.map(Text::as_str).filter(|text| text.len() <= LONGEST_FOUND)
    }
}

/// The digits of a phone, with its country code.
fn digits(phone: &Phone) -> String {
    phone.e164().trim_start_matches('+').to_owned()
}

/// A search as somebody typed it. Every term must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSearch {
    terms: Vec<Term>,
}

/// A part of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    word: Option<String>,
    digits: Option<String>,
}

impl LeadSearch {
    /// Reads what somebody typed; none if there is no word and no four digits in it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
        if is_number {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let is_part = (FEWEST_DIGITS..DIALLED).contains(&digits.len());
            let digits = if is_part { digits } else { digits.trim_start_matches('0').to_owned() };
            let word = words(text).into_iter().next().filter(|word| *word == digits);
            let digits = (digits.len() >= FEWEST_DIGITS).then_some(digits);
            let term = Term { word, digits };
            return (term.word.is_some() || term.digits.is_some()).then(|| Self { terms: vec![term] });
        }
        let term = |word: String| {
            let is_digits = word.len() >= FEWEST_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
            Term { digits: is_digits.then(|| word.clone()), word: Some(word) }
        };
        let terms: Vec<_> = words(text).into_iter().take(MOST_TERMS).map(term).collect();
        (!terms.is_empty()).then_some(Self { terms })
    }

    /// For each term, the beginnings of the tokens of which a lead must have one. Somebody for whom phones are masked
    /// finds a phone by the whole number alone.
    #[must_use]
    pub fn beginnings(&self) -> Vec<Vec<SearchToken>> {
        let tokens = |term: &Term| {
            let word = term.word.clone().map(SearchToken::Word);
            word.into_iter().chain(term.digits.clone().map(SearchToken::Digits)).collect()
        };
        self.terms.iter().map(tokens).collect()
    }

    /// Whether `lead` is found, given the profiles of those of its conversations that the searcher sees.
    #[must_use]
    pub fn finds<'a>(
        &self,
        lead: &'a Lead,
        profiles: impl IntoIterator<Item = &'a Profile>,
        masks_phones: bool,
    ) -> bool {
        let whole: Vec<_> = lead.phone.iter().chain(&lead.other_phones).map(digits).collect();
        let tokens = lead.search_tokens(profiles);
        let has = |term: &Term| {
            tokens.iter().any(|token| match token {
                SearchToken::Word(word) => term.word.as_ref().is_some_and(|begins| word.starts_with(begins)),
                SearchToken::Digits(_) if masks_phones => {
                    term.digits.as_ref().is_some_and(|digits| whole.contains(digits))
                }
                SearchToken::Digits(end) => term.digits.as_ref().is_some_and(|begins| end.starts_with(begins)),
            })
        };
        self.terms.iter().all(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::users::EmailAddress;
    use crate::crm::lead_details::{LeadDetails, Tag};
    use crate::crm::leads::Source;
    use crate::ids::{LeadId, MessageId};
    use crate::stages::Stage;
    use crate::time::Timestamp;

    fn lead() -> Lead {
        let details = LeadDetails {
            email: Some(EmailAddress::parse("asha.rao@orchid.example").unwrap()),
            tags: [Tag::parse("Late payer").unwrap()].into(),
            ..LeadDetails::default()
        };
        Lead {
            name: Some(Text::new("Asha Ráo")),
            phone: Some(Phone::parse("919876543210").unwrap()),
            details,
            ..Lead::new(LeadId::from_parts(Timestamp::default(), 1), Stage::New, Source::Other, Timestamp::default())
        }
    }

    fn finds(text: &str, masks: bool) -> bool {
        let username = Some(Text::new("asha_in_pune"));
        let told_by = MessageId::from_parts(Timestamp::default(), 1);
        let profile = Profile { told_by, name: Some(Text::new("आशा राव")), username };
        LeadSearch::parse(text).is_some_and(|search| search.finds(&lead(), [&profile], masks))
    }

    #[test]
    fn a_lead_is_found_by_the_beginning_of_any_word() {
        for text in ["asha", "RAO", "ráo ash", "orchid.example", "payer late", "pune", "आशा", "asha.rao@orchid.example"]
        {
            assert!(finds(text, false), "{text}");
        }
        for text in ["sha", "asha bo", "", " - ", "आशि"] {
            assert!(!finds(text, false), "{text}");
        }
    }

    #[test]
    fn zeros_in_front_are_a_prefix_of_a_whole_number_and_digits_of_a_part() {
        let digits = |text: &str| LeadSearch::parse(text).and_then(|search| search.terms[0].digits.clone());
        assert_eq!(digits("0001").as_deref(), Some("0001"));
        assert_eq!(digits("00 91 98765 00001").as_deref(), Some("919876500001"));
        assert_eq!(digits("001"), None);
    }

    #[test]
    fn a_phone_is_found_by_any_four_digits_and_masked_by_the_whole_number_alone() {
        for text in ["9198", "6543", "3210", "+91 98765-43210", "0098765 43210", "asha 6543"] {
            assert!(finds(text, false), "{text}");
        }
        assert!(!finds("321", false) && !finds("3211", false));
        assert!(finds("+91 98765 43210", true));
        for text in ["9198", "3210", "9876543210", "asha 6543"] {
            assert!(!finds(text, true), "{text}");
        }
    }

    #[test]
    fn every_search_that_finds_a_lead_asks_for_one_of_its_tokens() {
        let tokens = lead().search_tokens([]);
        for text in ["asha", "late pay", "6543", "ráo 3210"] {
            for beginnings in LeadSearch::parse(text).unwrap().beginnings() {
                let is_asked = |token: &SearchToken| {
                    beginnings.iter().any(|begins| match (begins, token) {
                        (SearchToken::Word(begins), SearchToken::Word(word)) => word.starts_with(begins),
                        (SearchToken::Digits(begins), SearchToken::Digits(end)) => end.starts_with(begins),
                        (SearchToken::Word(_), SearchToken::Digits(_))
                        | (SearchToken::Digits(_), SearchToken::Word(_)) => false,
                    })
                };
                assert!(tokens.iter().any(is_asked), "{text}");
            }
        }
    }
}
