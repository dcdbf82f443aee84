//! Types of files (RFC 9110, 8.3.1), which of them WhatsApp takes, and which a browser may show.

use crate::inbox::media::LARGEST;
use crate::inbox::outbound_media::MediaKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is no type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the type of a file, such as image/jpeg")]
pub struct InvalidMediaType;

/// The type of a file by RFC 9110, 8.3.1, in lower case, with its parameters if it has any: `audio/ogg; codecs=opus`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("pattern" = "^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+", "maxLength" = LONGEST_TYPE))]
#[schemars(example = "image/jpeg")]
pub struct MediaType(String);

const KB: u64 = 1024;
const MB: u64 = 1024 * KB;

/// The longest type that is taken.
const LONGEST_TYPE: usize = 127;

/// Types of which a browser makes no page that could run something.
const SHOWN: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"];

/// The largest sticker that does not move. One that moves has the limit of its type.
pub const STILL_STICKER: u64 = 100 * KB;

/// What WhatsApp takes from a business, with how many bytes at most (Cloud API, media).
const TAKEN: [(&str, u64); 19] = [
    ("image/jpeg", 5 * MB),
    ("image/png", 5 * MB),
    ("image/webp", 500 * KB),
    ("video/mp4", 16 * MB),
    ("video/3gpp", 16 * MB),
    ("audio/aac", 16 * MB),
    ("audio/amr", 16 * MB),
    ("audio/mp4", 16 * MB),
    ("audio/mpeg", 16 * MB),
    ("audio/ogg", 16 * MB),
    ("text/plain", LARGEST),
    ("application/pdf", LARGEST),
    ("application/msword", LARGEST),
    ("application/vnd.ms-excel", LARGEST),
    ("application/vnd.ms-powerpoint", LARGEST),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", LARGEST),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", LARGEST),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", LARGEST),
    ("text/csv", LARGEST),
];

/// Whether a WebP moves, by its first bytes (WebP container, VP8X: the second bit of the flags).
#[must_use]
pub fn is_animated_webp(head: &[u8]) -> bool {
    let has = |at: usize, word: &[u8]| head.get(at..at + word.len()) == Some(word);
    has(0, b"RIFF") && has(8, b"WEBP") && has(12, b"VP8X") && head.get(20).is_some_and(|flags| flags & 0b10 != 0)
}

impl MediaType {
    /// What is said of a file of which nothing is known.
    const UNKNOWN: &str = "application/octet-stream";

    /// Reads a type.
    ///
    /// # Errors
    /// [`InvalidMediaType`] if it is none, or longer than any.
    pub fn parse(text: &str) -> Result<Self, InvalidMediaType> {
        let text = text.trim().to_ascii_lowercase();
        let token = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
        };
        let (essence, parameters) = text.split_once(';').unwrap_or((&text, ""));
        let whole = essence.trim().split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype));
        let plain = parameters.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if whole && plain && text.len() <= LONGEST_TYPE { Ok(Self(text)) } else { Err(InvalidMediaType) }
    }

    /// The type that WhatsApp announces; where it says none, or what is none, nothing is known of the file.
    #[must_use]
    pub fn announced(text: Option<&str>) -> Self {
        text.and_then(|text| Self::parse(text).ok()).unwrap_or_else(|| Self(Self::UNKNOWN.to_owned()))
    }

    /// The type with its parameters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type without its parameters.
    #[must_use]
    pub fn essence(&self) -> &str {
        self.0.split(';').next().unwrap_or_default().trim()
    }

    /// Whether a browser shows it, instead of saving it.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        let essence = self.essence();
        SHOWN.contains(&essence) || essence.starts_with("audio/") || essence.starts_with("video/")
    }

    /// Whether a file of this type and so many bytes is a sticker only if it moves.
    #[must_use]
    pub fn has_to_move(&self, size: u64) -> bool {
        self.essence() == "image/webp" && size > STILL_STICKER
    }

    /// How many bytes WhatsApp takes of such a file from a business; none if it takes no such file.
    #[must_use]
    pub fn upload_limit(&self) -> Option<u64> {
        TAKEN.iter().find(|(essence, _)| *essence == self.essence()).map(|(_, limit)| *limit)
    }

    /// The types that WhatsApp takes from a business.
    pub fn taken() -> impl Iterator<Item = &'static str> {
        TAKEN.iter().map(|(essence, _)| *essence)
    }

    /// Whether a message of this kind carries such a file (Cloud API, media). A voice note is Ogg alone.
    #[must_use]
    pub fn suits(&self, kind: MediaKind, voice: bool) -> bool {
        let essence = self.essence();
        match kind {
            MediaKind::Image => ["image/jpeg", "image/png"].contains(&essence),
            MediaKind::Video => essence.starts_with("video/"),
            MediaKind::Audio if voice => essence == "audio/ogg",
            MediaKind::Audio => essence.starts_with("audio/"),
            MediaKind::Document => true,
            MediaKind::Sticker => essence == "image/webp",
        }
    }

    /// Whether both name files of one sort: what is announced as a picture does not come as a page. A file of which
    /// nothing was known may be any.
    #[must_use]
    pub fn agrees_with(&self, found: &Self) -> bool {
        let sort = |one: &Self| one.0.split('/').next().map(str::to_owned);
        self.essence() == Self::UNKNOWN || sort(self) == sort(found)
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MediaType {
    type Error = InvalidMediaType;
    fn try_from(text: String) -> Result<Self, InvalidMediaType> {
        Self::parse(&text)
    }
}

impl From<MediaType> for String {
    fn from(media_type: MediaType) -> Self {
        media_type.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sticker_over_100_kb_has_to_move() {
        let webp = MediaType::parse("image/webp").unwrap();
        assert_eq!((webp.has_to_move(STILL_STICKER), webp.has_to_move(STILL_STICKER + 1)), (false, true));
        assert_eq!(webp.upload_limit(), Some(500 * KB));
        assert!(!MediaType::parse("image/png").unwrap().has_to_move(MB));
        let head = |flags: u8| [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".as_slice(), &[flags]].concat();
        assert!(is_animated_webp(&head(0b10)) && !is_animated_webp(&head(0b01_0000)));
        assert!(!is_animated_webp(b"RIFF\0\0\0\0WEBPVP8 ") && !is_animated_webp(b""));
    }

    #[test]
    fn a_type_has_two_parts_and_what_whatsapp_takes_has_a_limit() {
        for wrong in ["", "image", "image/", "/png", "image/p\nng", "im age/png", &format!("image/{}", "x".repeat(130))]
        {
            assert_eq!(MediaType::parse(wrong), Err(InvalidMediaType), "{wrong}");
        }
        let limit = |text: &str| MediaType::parse(text).unwrap().upload_limit();
        assert_eq!(limit("Image/JPEG"), Some(5 * MB));
        assert_eq!(limit("audio/ogg; codecs=opus"), Some(16 * MB));
        assert_eq!(limit("image/svg+xml"), None);
        let announced = |text: &str| MediaType::announced(Some(text));
        assert!(announced("image/jpeg").agrees_with(&announced("image/png")));
        assert!(!announced("image/jpeg").agrees_with(&announced("text/html")));
        assert!(announced("nonsense").agrees_with(&announced("text/html")));
    }
}
