//! Signed tokens: cursors, refresh tokens and links that we hand out and take back. A token is its payload with an
//! HMAC-SHA-256; the purpose is part of the MAC, so a token of one purpose never verifies for another. It hides nothing.

use crate::personal::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the tag: 128 bits of HMAC-SHA-256.
const TAG: usize = 16;

/// `payload` signed for `purpose`, in base64url without padding.
#[must_use]
pub fn sign(key: &Secret, purpose: &[&str], payload: &[u8]) -> String {
    let tag = mac(key, purpose, payload).finalize().into_bytes();
    URL_SAFE_NO_PAD.encode([&tag[..TAG], payload].concat())
}

/// What lies under the signature of `text`; none unless we token it for this very purpose.
#[must_use]
pub fn verify(key: &Secret, purpose: &[&str], text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (tag, payload) = bytes.split_at_checked(TAG)?;
    mac(key, purpose, payload).verify_truncated_left(tag).ok()?;
    Some(payload.to_vec())
}

/// 256 bits derived from `from`, which cannot be found without the key.
#[must_use]
pub fn derive(key: &Secret, purpose: &[&str], from: &[u8]) -> [u8; 32] {
    mac(key, purpose, from).finalize().into_bytes().into()
}

/// Each part is preceded by its length, so that no two lists of parts run together.
fn mac(key: &Secret, purpose: &[&str], payload: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).expect("HMAC takes keys of any length");
    for part in purpose.iter().map(|part| part.as_bytes()).chain([payload]) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_purpose_verify_a_token() {
        let key = Secret::new("k".repeat(32));
        let purpose = ["reset", "1"];
        let token = sign(&key, &purpose, b"payload");
        assert_eq!(verify(&key, &purpose, &token).as_deref(), Some(b"payload".as_slice()));
        assert_eq!(verify(&Secret::new("l".repeat(32)), &purpose, &token), None);
        assert_eq!(verify(&key, &["reset1"], &token), None);
        assert_eq!(verify(&key, &purpose, &token[..token.len() - 2]), None);
        assert_eq!(verify(&key, &purpose, ""), None);
        assert_ne!(derive(&key, &purpose, b"a"), derive(&key, &purpose, b"b"));
    }
}
