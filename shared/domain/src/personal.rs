//! Text that must not be seen in a log: what people wrote, and secrets. Both mask themselves in Debug; what was read in
//! the place of something else is taken out of the words for that.

use crate::characters::{is_invisible, is_visible};
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that a person wrote, or a name. Debug shows its length alone; there is no Display.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Text(String);

impl Text {
    /// Wraps what a person wrote.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for storing and showing; never for a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The beginning of the text, at most `bytes` long and cut between characters.
    #[must_use]
    pub fn head(&self, bytes: usize) -> &str {
        &self.0[..self.0.floor_char_boundary(bytes)]
    }

    /// Whether people see nothing of it: it is empty, or holds only white space and invisible characters.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !is_visible(&self.0)
    }

    /// The text, unless people see nothing of it.
    #[must_use]
    pub fn visible(&self) -> Option<&Self> {
        if self.is_blank() { None } else { Some(self) }
    }

    /// The beginning of the text for a list, at most `bytes` long. Where only blanks would be left of it, it begins
    /// with the first character that can be seen.
    #[must_use]
    pub fn excerpt(&self, bytes: usize) -> &str {
        let head = self.head(bytes);
        if is_visible(head) {
            return head;
        }
        let seen = self.0.trim_start_matches(|c: char| is_invisible(c) || c.is_control());
        &seen[..seen.floor_char_boundary(bytes)]
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// A token, password or key. Debug shows nothing of it, there is no Display and no Serialize, and its memory is
/// overwritten once it is dropped.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(inline, extend("format" = "password"))]
pub struct Secret(#[schemars(with = "String")] SecretString);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(SecretString::from(secret.into()))
    }

    /// The secret itself, where it is used.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// What serde says is wrong with a value, without the value: `expected a boolean`, and not what stood there instead.
#[must_use]
pub fn without_found(problem: &str) -> String {
    let shows =
        ["invalid type: ", "invalid value: ", "unknown variant "].iter().any(|start| problem.starts_with(start));
    match problem.rsplit_once(", expected ") {
        Some((_, expected)) if shows => format!("expected {}", in_json(expected)),
        None if shows => "expected something else".to_owned(),
        Some(_) | None => problem.to_owned(),
    }
}

/// What serde expects, in JSON's words.
fn in_json(expected: &str) -> String {
    let (kind, rest) = expected.split_once(" at line ").map_or((expected, None), |(kind, rest)| (kind, Some(rest)));
    let kind = match kind {
        "a map" => "an object",
        "a sequence" => "an array",
        other => other,
    };
    rest.map_or_else(|| kind.to_owned(), |rest| format!("{kind} at line {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn an_excerpt_shows_something_wherever_the_words_begin() {
        assert_eq!(Text::new("  hello").excerpt(4), "  he");
        assert_eq!(Text::new(format!("{}hello", "\u{200b} ".repeat(99))).excerpt(4), "hell");
        assert_eq!(Text::new(" \n ").excerpt(2), "");
    }

    #[test]
    fn a_problem_says_what_was_expected_and_not_what_was_found() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Word {
            Yes,
        }
        let of = |problem: serde_json::Error| without_found(&problem.to_string());
        let told = [
            of(serde_json::from_str::<bool>(r#""my plan, expected by nobody""#).unwrap_err()),
            of(serde_json::from_str::<u8>("5511988887777").unwrap_err()),
            of(serde_json::from_str::<BTreeMap<String, u8>>("[]").unwrap_err()),
            of(serde_json::from_str::<Vec<u8>>("{}").unwrap_err()),
            of(serde_json::from_str::<Word>(r#""plan""#).unwrap_err()),
            without_found("unknown variant `plan`, there are no variants"),
            without_found("missing field `text`"),
        ];
        let place = |told: &String| told.split(" at line").next().unwrap_or_default().to_owned();
        let expected = [
            "expected a boolean",
            "expected u8",
            "expected an object",
            "expected an array",
            "expected `yes`",
            "expected something else",
        ];
        assert_eq!(told.iter().map(place).collect::<Vec<_>>(), [&expected[..], &["missing field `text`"]].concat());
        assert!(matches!(serde_json::from_str(r#""yes""#), Ok(Word::Yes)));
    }

    #[test]
    fn debug_shows_neither_text_nor_secret() {
        let shown = format!("{:?} {:?}", Text::new("my secret plan"), Secret::new("EAAG-token"));
        assert!(!shown.contains("plan") && !shown.contains("EAAG"), "{shown}");
    }

    #[test]
    fn a_head_is_cut_between_characters() {
        assert_eq!(Text::new("aé").head(2), "a");
    }
}
