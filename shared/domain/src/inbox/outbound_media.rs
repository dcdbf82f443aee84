//! A file that is to be sent: one that we keep, or one that WhatsApp fetches from a public address.

use crate::ids::MediaId;
use crate::limits::{Violation, optional};
use crate::personal::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest caption of an image, a video or a document (Cloud API, media messages).
pub const MAX_CAPTION: usize = 1024;

/// The longest name of a file. WhatsApp gives no limit; file systems take 255.
pub const MAX_FILENAME: usize = 240;

/// The longest address that browsers and servers agree on.
pub(crate) const MAX_URL: usize = 2000;

/// Names that no public server has (RFC 6761, RFC 6762, and what routers hand out).
const PRIVATE: [&str; 6] = ["internal", "invalid", "local", "localdomain", "localhost", "test"];

/// A public address of a file: `https`, with a host name. WhatsApp fetches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "uri", "pattern" = "^https://", "maxLength" = MAX_URL))]
pub struct Url(String);

/// Why a text is no public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUrl {
    /// It has another scheme.
    #[error("expected an address that begins with https://")]
    NotHttps,
    /// It names no host, or one that only the sender's own network knows.
    #[error("expected a public host name such as example.com, and no IP address, user name or space")]
    NotPublic,
    /// It is too long.
    #[error("may have {MAX_URL} characters at most")]
    TooLong,
}

impl Url {
    /// Reads a public address.
    ///
    /// # Errors
    /// [`InvalidUrl`] if it is none that WhatsApp would fetch.
    pub fn parse(text: &str) -> Result<Self, InvalidUrl> {
        let rest = text.strip_prefix("https://").ok_or(InvalidUrl::NotHttps)?;
        public(text, rest).map(|()| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks an address, of which `rest` is what follows the scheme.
pub(crate) fn public(text: &str, rest: &str) -> Result<(), InvalidUrl> {
    if text.chars().count() > MAX_URL {
        return Err(InvalidUrl::TooLong);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
    let has_gap = text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    if is_port && !has_gap && is_public(host) { Ok(()) } else { Err(InvalidUrl::NotPublic) }
}

/// Whether a host is one of the public names: labels of letters, digits and hyphens, and the last one is no number.
fn is_public(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let mut labels = host.split('.');
    let fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && labels.all(fits)
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !last.starts_with("0x")
        && !PRIVATE.contains(&last)
}

/// Where the file of a message comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaSource {
    /// We keep it, and hand it to WhatsApp before the message is posted.
    Stored(MediaId),
    /// WhatsApp fetches it.
    Link(Url),
}

/// What kind of file a message carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound, or a voice note.
    Audio,
    /// Any other file.
    Document,
    /// A sticker.
    Sticker,
}

impl MediaKind {
    /// WhatsApp's word for it, which is ours too.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Sticker => "sticker",
        }
    }

    /// Whether words can go with it (Cloud API, media messages).
    #[must_use]
    pub const fn takes_caption(self) -> bool {
        match self {
            Self::Image | Self::Video | Self::Document => true,
            Self::Audio | Self::Sticker => false,
        }
    }
}

/// A file to be sent, as a request or the table writes it: nothing of it is checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MediaDraft {
    /// A file that was uploaded. Either this or `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_id: Option<MediaId>,
    /// A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri", "pattern" = "^https://", "maxLength" = MAX_URL))]
    pub link: Option<String>,
    /// The words with it, up to 1,024 characters: of an image, a video or a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_CAPTION))]
    pub caption: Option<Text>,
    /// The name that the customer sees: of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_FILENAME))]
    pub filename: Option<Text>,
    /// Whether it is shown as a voice note: of a sound.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
}

/// A file that a message carries, with the words that go with it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(into = "MediaDraft")]
#[schemars(from = "MediaDraft")]
pub struct OutboundMedia {
    source: MediaSource,
    caption: Option<Text>,
    filename: Option<Text>,
    voice: bool,
}

impl OutboundMedia {
    /// Takes a file as a message of this `kind` carries it.
    ///
    /// # Errors
    /// [`Violation`] names the field that this kind does not have, or that breaks its limit.
    pub fn parse(kind: MediaKind, draft: MediaDraft) -> Result<Self, Violation> {
        let MediaDraft { media_id, link, caption, filename, voice } = draft;
        let source = match (media_id, link) {
            (Some(id), None) => MediaSource::Stored(id),
            (None, Some(link)) => {
                let url = Url::parse(&link).map_err(|error| Violation::new("link", error.to_string()))?;
                MediaSource::Link(url)
            }
            (None, None) => return Err(Violation::new("mediaId", "is missing: give a mediaId or a link")),
            (Some(_), Some(_)) => return Err(Violation::new("link", "Send either link or mediaId, not both.")),
        };
        let unknown = |field: &str, takes: &str| Violation::new(field, format!("only {takes} has one"));
        if caption.is_some() && !kind.takes_caption() {
            return Err(unknown("caption", "an image, a video or a document"));
        }
        if filename.is_some() && kind != MediaKind::Document {
            return Err(unknown("filename", "a document"));
        }
        if voice && kind != MediaKind::Audio {
            return Err(Violation::new("voice", "only a sound can be a voice note"));
        }
        optional("caption", caption.as_ref(), MAX_CAPTION)?;
        optional("filename", filename.as_ref(), MAX_FILENAME)?;
        Ok(Self { source, caption, filename, voice })
    }

    /// Where the file comes from.
    #[must_use]
    pub const fn source(&self) -> &MediaSource {
        &self.source
    }

    /// The words with it.
    #[must_use]
    pub const fn caption(&self) -> Option<&Text> {
        self.caption.as_ref()
    }

    /// The name that the customer sees.
    #[must_use]
    pub const fn filename(&self) -> Option<&Text> {
        self.filename.as_ref()
    }

    /// Whether it is shown as a voice note.
    #[must_use]
    pub const fn is_voice(&self) -> bool {
        self.voice
    }
}

impl From<OutboundMedia> for MediaDraft {
    fn from(media: OutboundMedia) -> Self {
        let (media_id, link) = match media.source {
            MediaSource::Stored(id) => (Some(id), None),
            MediaSource::Link(url) => (None, Some(url.0)),
        };
        Self { media_id, link, caption: media.caption, filename: media.filename, voice: media.voice }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(link: &str) -> MediaDraft {
        MediaDraft { link: Some(link.to_owned()), ..MediaDraft::default() }
    }

    fn refused(kind: MediaKind, draft: MediaDraft) -> String {
        OutboundMedia::parse(kind, draft).unwrap_err().to_string()
    }

    #[test]
    fn a_link_is_public_and_https() {
        for good in [
            "https://example.com/a.jpg",
            "https://EXAMPLE.com:8443?x=1",
            "https://xn--bcher-kva.example/b c".replace(' ', "_").as_str(),
        ] {
            assert!(Url::parse(good).is_ok(), "{good}");
        }
        assert_eq!(Url::parse("http://example.com/a.jpg"), Err(InvalidUrl::NotHttps));
        assert_eq!(Url::parse(&format!("https://example.com/{}", "a".repeat(MAX_URL))), Err(InvalidUrl::TooLong));
        for hidden in [
            "https://localhost/a",
            "https://a.localhost/a",
            "https://printer.local",
            "https://127.0.0.1/a",
            "https://[::1]/a",
            "https://2130706433/",
            "https://0x7f.0x1",
            "https://me@example.com/",
            "https://example.com:0/",
            "https:///a",
            "https://example.com/a b",
            "https://exa_mple.com",
            "https://10.0.0.1.",
            "https://example..com",
            "https://a\\b.com",
        ] {
            assert_eq!(Url::parse(hidden), Err(InvalidUrl::NotPublic), "{hidden}");
        }
    }

    #[test]
    fn a_file_has_one_source_and_the_words_of_its_kind() {
        let link = "https://example.com/a";
        let words = |length: usize| Some(Text::new("é".repeat(length)));
        let captioned = |length| MediaDraft { caption: words(length), ..linked(link) };
        for kind in [MediaKind::Image, MediaKind::Video, MediaKind::Document] {
            assert!(OutboundMedia::parse(kind, captioned(MAX_CAPTION)).is_ok());
            let told = refused(kind, captioned(MAX_CAPTION + 1));
            assert_eq!(told, "caption: has 1025 characters; use at most 1024");
        }
        for kind in [MediaKind::Audio, MediaKind::Sticker] {
            assert_eq!(refused(kind, captioned(1)), "caption: only an image, a video or a document has one");
        }
        let named = |length| MediaDraft { filename: words(length), ..linked(link) };
        assert!(OutboundMedia::parse(MediaKind::Document, named(MAX_FILENAME)).is_ok());
        assert_eq!(
            refused(MediaKind::Document, named(MAX_FILENAME + 1)),
            "filename: has 241 characters; use at most 240"
        );
        assert_eq!(refused(MediaKind::Image, named(1)), "filename: only a document has one");
        let spoken = MediaDraft { voice: true, ..linked(link) };
        assert!(OutboundMedia::parse(MediaKind::Audio, spoken.clone()).unwrap().is_voice());
        assert_eq!(refused(MediaKind::Video, spoken), "voice: only a sound can be a voice note");
        let none = refused(MediaKind::Image, MediaDraft::default());
        assert_eq!(none, "mediaId: is missing: give a mediaId or a link");
        let both = MediaDraft { media_id: "med_01M3250VASBF3MSX3QTC83A67F".parse().ok(), ..linked(link) };
        assert_eq!(refused(MediaKind::Image, both), "link: Send either link or mediaId, not both.");
    }
}
