//! Characters by what people see of them, as Unicode's tables have it. It does not know what a text means.

use icu_properties::props::{Dash, DefaultIgnorableCodePoint, Emoji, EmojiModifier, GeneralCategory, WhiteSpace};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Characters whose glyph is blank although Unicode counts them as symbols or letters: the Braille pattern without dots,
/// two Egyptian blanks and a musical note without a head.
const BLANKS: [char; 4] = ['\u{2800}', '\u{13441}', '\u{13442}', '\u{1d159}'];

/// Whether `c` leaves no mark on a screen: a space, a format character such as a direction mark, or one that fonts
/// ignore.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c == '\u{b}';
    }
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || CodePointSetData::new::<WhiteSpace>().contains(c)
        || CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::Format
        || BLANKS.contains(&c)
}

/// Whether `c` is a dash of any script, or a minus sign.
#[must_use]
pub fn is_dash(c: char) -> bool {
    CodePointSetData::new::<Dash>().contains(c)
}

/// Whether people see anything of `text`.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !is_invisible(c) && !c.is_control())
}

/// Whether `c` can begin an emoji: also the digits, which a keycap turns into one.
#[must_use]
pub fn is_emoji(c: char) -> bool {
    CodePointSetData::new::<Emoji>().contains(c)
}

/// Whether `text` is one emoji and nothing else (UTS 51, emoji sequences): a flag, or emoji that are joined to one, with
/// their variants and skin colours.
#[must_use]
pub fn is_one_emoji(text: &str) -> bool {
    let is_flag_letter = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    if text.chars().all(is_flag_letter) {
        return text.chars().count() == 2;
    }
    text.split('\u{200d}').all(is_joined_part)
}

/// A part of an emoji, between its joiners: one character with what modifies it.
fn is_joined_part(part: &str) -> bool {
    let mut characters = part.chars();
    let Some(first) = characters.next().filter(|first| is_emoji(*first)) else { return false };
    let rest = characters.as_str();
    let modifies = |c: char| {
        matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
            || CodePointSetData::new::<EmojiModifier>().contains(c)
    };
    rest.chars().all(modifies) && (!first.is_ascii() || rest.ends_with('\u{20e3}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_format_characters_and_fillers_are_invisible() {
        for c in [
            ' ',
            '\t',
            '\n',
            '\u{b}',
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{600}',
            '\u{115f}',
            '\u{180e}',
            '\u{2003}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{202a}',
            '\u{202f}',
            '\u{2060}',
            '\u{2066}',
            '\u{2800}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{e0020}',
        ] {
            assert!(is_invisible(c), "{c:?}");
        }
        for c in ['a', '-', '.', '0', 'é', 'अ', '\u{301}', '你', '😀', '٠'] {
            assert!(!is_invisible(c), "{c:?}");
        }
    }

    #[test]
    fn every_dash_of_unicode_is_one() {
        for c in "-‐‑‒–—―−﹣－⸺〜".chars() {
            assert!(is_dash(c), "{c:?}");
        }
        assert!(!"_~.=a1".chars().any(is_dash));
    }

    #[test]
    fn one_emoji_is_told_from_several_and_from_words() {
        for one in ["👍", "👍🏽", "❤️", "❤", "🇪🇸", "👨‍👩‍👧", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🤷🏾‍♀️", "©"]
        {
            assert!(is_one_emoji(one), "{one}");
        }
        for other in ["", "a", "5", "#", "👍👍", "👍 ", "ok👍", "🇪🇸🇫🇷", "🇪", "\u{200d}", "👍\u{200d}", "\u{fe0f}"]
        {
            assert!(!is_one_emoji(other), "{other}");
        }
    }

    #[test]
    fn a_text_is_visible_by_one_visible_character() {
        for blank in ["", " \t", "\u{200b}\u{2060}", "\u{3164}", "\u{2800}\u{2800}", "\0\u{7f}"] {
            assert!(!is_visible(blank), "{blank:?}");
        }
        for seen in [".", "❤\u{fe0f}", "\u{202b}علي\u{202c}", "\u{200b}x"] {
            assert!(is_visible(seen), "{seen:?}");
        }
    }
}
