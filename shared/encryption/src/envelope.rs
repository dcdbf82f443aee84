//! How an encrypted text is written: `v1|key|wrapped data key|nonce|ciphertext`, the last three in base64. Who may open it
//! is not known here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// How it is written now.
const VERSION: &str = "v1";

/// AES-GCM's own size of a nonce: 96 bits.
pub(crate) const NONCE_BYTES: usize = 12;

/// What an encrypted text consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// The key service's name of the key by which the data key is wrapped.
    pub(crate) key: String,
    /// The data key, wrapped.
    pub(crate) wrapped: Vec<u8>,
    /// What no other text under this data key has.
    pub(crate) nonce: [u8; NONCE_BYTES],
    /// The text, encrypted, with its tag.
    pub(crate) ciphertext: Vec<u8>,
}

impl Envelope {
    /// Reads what [`Display`](fmt::Display) writes; none if it is something else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('|').collect();
        let [VERSION, key, wrapped, nonce, ciphertext] = parts[..] else { return None };
        let bytes = |text: &str| STANDARD.decode(text).ok();
        let wrapped = bytes(wrapped)?;
        let nonce = bytes(nonce)?.try_into().ok()?;
        let ciphertext = bytes(ciphertext)?;
        Some(Self { key: key.to_owned(), wrapped, nonce, ciphertext })
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [wrapped, nonce, ciphertext] =
            [&self.wrapped[..], &self.nonce[..], &self.ciphertext[..]].map(|bytes| STANDARD.encode(bytes));
        write!(f, "{VERSION}|{}|{wrapped}|{nonce}|{ciphertext}", self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_anything_else_is_none() {
        let envelope =
            Envelope { key: "arn:aws:kms:1".into(), wrapped: vec![1, 2, 3], nonce: [7; 12], ciphertext: vec![9] };
        let text = envelope.to_string();
        assert_eq!(text, "v1|arn:aws:kms:1|AQID|BwcHBwcHBwcHBwcH|CQ==");
        assert_eq!(Envelope::parse(&text), Some(envelope));
        let short_nonce = text.replace("BwcHBwcHBwcHBwcH", "BwcH");
        for other in ["", "EAAG", "v1||||", &text.replace("v1", "v2"), &format!("{text}|"), &short_nonce] {
            assert_eq!(Envelope::parse(other), None, "{other}");
        }
    }
}
