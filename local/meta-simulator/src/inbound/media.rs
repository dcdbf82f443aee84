//! The files that customers send: few, small, and the same every time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// A picture of hills, for photos and stickers.
static PHOTO: &[u8] = include_bytes!("../photo.png");

/// What every media id of the simulator begins with.
const MARK: &str = "99";

/// A file as WhatsApp hands it on.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    /// Its handle.
    pub id: String,
    /// Its type.
    pub mime_type: &'static str,
    /// The last part of its name.
    pub extension: &'static str,
}

/// One digit per kind, in the id, so that an id alone tells what it is.
const KINDS: [(&str, &str, &str); 6] = [
    ("image", "image/png", "png"),
    ("sticker", "image/png", "png"),
    ("video", "video/mp4", "mp4"),
    ("audio", "audio/ogg; codecs=opus", "ogg"),
    ("document", "application/pdf", "pdf"),
    ("text", "text/plain", "txt"),
];

impl Media {
    /// A new file of this kind; `digits` make its id.
    pub(crate) fn new(kind: &str, digits: &str) -> Self {
        let at = KINDS.iter().position(|(name, ..)| *name == kind).unwrap_or(KINDS.len() - 1);
        Self { id: format!("{MARK}{at}{digits}"), mime_type: KINDS[at].1, extension: KINDS[at].2 }
    }

    /// The file that has this id.
    pub(crate) fn with_id(id: &str) -> Option<Self> {
        let at = usize::try_from(id.strip_prefix(MARK)?.chars().next()?.to_digit(10)?).ok()?;
        let (_, mime_type, extension) = KINDS.get(at)?;
        Some(Self { id: id.to_owned(), mime_type, extension })
    }

    /// What is in it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self.extension {
            "png" => PHOTO.to_vec(),
            "pdf" => b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                .to_vec(),
            _ => format!("a simulated {} file, {}\n", self.extension, self.id).into_bytes(),
        }
    }

    /// Its hash as webhooks write it.
    pub(crate) fn sha256_base64(&self) -> String {
        STANDARD.encode(Sha256::digest(self.bytes()))
    }
}
