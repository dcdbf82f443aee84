//! Text that only we can have written: what we hand out and take back, such as cursors, refresh tokens and links.
//! Whoever changes a letter has nothing, and a seal of one purpose is no seal of another.

use crate::personal::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a seal: 128 bits of HMAC-SHA-256.
const SEAL: usize = 16;

/// `payload` under a seal for `purpose`, as letters, digits, `-` and `_`.
#[must_use]
pub fn seal(key: &Secret, purpose: &[&str], payload: &[u8]) -> String {
    let seal = mac(key, purpose, payload).finalize().into_bytes();
    URL_SAFE_NO_PAD.encode([&seal[..SEAL], payload].concat())
}

/// What lies under the seal of `text`; none unless we sealed it for this very purpose.
#[must_use]
pub fn open(key: &Secret, purpose: &[&str], text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (seal, payload) = bytes.split_at_checked(SEAL)?;
    mac(key, purpose, payload).verify_truncated_left(seal).ok()?;
    Some(payload.to_vec())
}

/// 256 bits that follow from `from`, and that nobody finds without the key.
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
    fn only_the_same_key_and_purpose_open_a_seal() {
        let (key, purpose) = (Secret::new("k".repeat(32)), ["reset", "1"]);
        let sealed = seal(&key, &purpose, b"payload");
        assert_eq!(open(&key, &purpose, &sealed).as_deref(), Some(b"payload".as_slice()));
        assert_eq!(open(&Secret::new("l".repeat(32)), &purpose, &sealed), None);
        assert_eq!(open(&key, &["reset1"], &sealed), None);
        assert_eq!(open(&key, &purpose, &sealed[..sealed.len() - 2]), None);
        assert_eq!(open(&key, &purpose, ""), None);
        assert_ne!(derive(&key, &purpose, b"a"), derive(&key, &purpose, b"b"));
    }
}
