//! What is given to a connected number: the token by which it sends.

use crate::personal::Secret;

/// A text that cannot be one of Meta's tokens. What it says is shown to whoever gave it, without the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a token of Meta's: {SHORTEST} to {LONGEST} letters, digits and signs, without spaces")]
pub struct InvalidToken;

/// Meta's tokens have some 200 characters. Of a text of 20 the last four may be shown, and the rest is not guessed.
const SHORTEST: usize = 20;

/// Longer than any that was seen; sealed, it leaves the channel's item well below 4 KB.
const LONGEST: usize = 1000;

/// How many of its last characters are shown.
const SHOWN: usize = 4;

/// A token by which the Graph API is called.
#[derive(Clone, Debug)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Reads a token; surrounding space does not matter.
    ///
    /// # Errors
    /// [`InvalidToken`] unless it has 20 to 1,000 visible characters of ASCII, so that it can stand in a header.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim();
        let fits = (SHORTEST..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(Secret::new(text))) } else { Err(InvalidToken) }
    }

    /// The token itself, for sealing it.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// Its last four characters, by which people tell it from others.
    #[must_use]
    pub fn last4(&self) -> &str {
        let text = self.0.expose();
        &text[text.len() - SHOWN..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_what_can_stand_in_a_header_and_shows_its_end_alone() {
        let token = AccessToken::parse(" EAAGm0PX4ZCpsBAKZC9w\n").unwrap();
        assert_eq!((token.secret().expose(), token.last4()), ("EAAGm0PX4ZCpsBAKZC9w", "ZC9w"));
        assert!(!format!("{token:?}").contains("EAAG"));
        let (short, long) = ("E".repeat(19), "E".repeat(1001));
        for wrong in ["", short.as_str(), long.as_str(), "EAAG m0PX4ZCpsBAKZC9w", "EAAGm0PX4ZCpsBAKZC9w\u{e9}"] {
            assert_eq!(AccessToken::parse(wrong).unwrap_err(), InvalidToken, "{wrong}");
        }
    }
}
