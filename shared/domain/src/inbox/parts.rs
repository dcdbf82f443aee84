//! A text that is too long for one message, as several that follow each other.

use crate::characters::is_visible;
use crate::inbox::outbound_messages::MAX_TEXT;
use crate::personal::Text;

/// The longest text that is taken, in characters: at most twenty messages.
pub const MOST_TEXT: usize = 40_000;

/// The text as messages of at most [`MAX_TEXT`] characters: itself where it is short enough. It is cut between words, and
/// best between lines, unless a word is longer than half a message. What is cut at is left out; no part is blank.
#[must_use]
pub fn split(text: &Text) -> Vec<Text> {
    let mut rest = text.as_str();
    let mut parts = Vec::new();
    while let Some((end, _)) = rest.char_indices().nth(MAX_TEXT) {
        let cut = cut(&rest[..end], rest[end..].starts_with(char::is_whitespace));
        parts.push(rest[..cut].trim_end());
        rest = rest[cut..].trim_start();
    }
    parts.push(rest);
    let full: Vec<_> = parts.into_iter().filter(|part| is_visible(part)).map(Text::new).collect();
    if full.is_empty() { vec![text.clone()] } else { full }
}

/// The text under the name of the person who wrote it, in bold; itself if the name stands there already.
#[must_use]
pub fn signed(text: &Text, name: &Text) -> Text {
    let name: String = name.as_str().chars().filter(|letter| !letter.is_control() && *letter != '*').collect();
    let line = format!("*{}:*\n", name.trim());
    if text.as_str().starts_with(&line) { text.clone() } else { Text::new(format!("{line}{}", text.as_str())) }
}

/// Where `window` is cut. It `ends` where a word does if blank space follows.
fn cut(window: &str, ends: bool) -> usize {
    let half = window.char_indices().nth(MAX_TEXT / 2).map_or(0, |(at, _)| at);
    let late = |at: Option<usize>| at.filter(|at| *at > half);
    if let Some(line) = late(window.rfind('\n')) {
        return line;
    }
    if ends {
        return window.len();
    }
    late(window.rfind(char::is_whitespace)).unwrap_or(window.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        split(&Text::new(text)).iter().map(|part| part.as_str().to_owned()).collect()
    }

    #[test]
    fn a_name_stands_above_the_text_in_bold_and_once() {
        let text = signed(&Text::new("Hello"), &Text::new(" Asha *Rao*\n"));
        assert_eq!(text.as_str(), "*Asha Rao:*\nHello");
        assert_eq!(signed(&text, &Text::new("Asha Rao")), text);
    }

    #[test]
    fn a_text_that_fits_is_one_message_as_it_stands() {
        for text in ["hi", " hi ", &"é".repeat(MAX_TEXT)] {
            assert_eq!(parts(text), [text]);
        }
    }

    #[test]
    fn a_longer_one_is_cut_between_lines_else_between_words_else_anywhere() {
        let line = "a".repeat(3000);
        let word = "b".repeat(3000);
        assert_eq!(parts(&format!("{line}\nand {word}")), [line.clone(), format!("and {word}")]);
        assert_eq!(parts(&format!("{line} {word}")), [line.clone(), word.clone()]);
        assert_eq!(parts(&"é".repeat(MAX_TEXT + 1)), ["é".repeat(MAX_TEXT), "é".to_owned()]);
        assert_eq!(parts(&format!("{} b", "é".repeat(MAX_TEXT))), ["é".repeat(MAX_TEXT), "b".to_owned()]);
        assert_eq!(parts(&format!("x{}", " ".repeat(9000))), ["x"]);
    }

    #[test]
    fn nothing_is_lost_and_no_part_is_too_long_or_blank() {
        let words: String = (0..9_000).map(|n| format!("{n}{}", if n % 13 == 0 { "\n\n" } else { " " })).collect();
        let words = &words[..MOST_TEXT];
        let parts = parts(words);
        assert!(parts.len() <= 20, "{}", parts.len());
        assert!(parts.iter().all(|part| part.chars().count() <= MAX_TEXT && !part.trim().is_empty()));
        let said = parts.join(" ");
        assert!(said.split_whitespace().eq(words.split_whitespace()));
    }
}
