//! SHA-256 over several parts, for keys and ids that follow from what they name.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// SHA-256 over `parts`, each preceded by its length, so that no two lists of parts run together.
#[must_use]
pub fn sha256(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

/// The digest under which a token or key of ours is kept. It holds 256 random bits: nobody finds it by trying.
#[must_use]
pub fn of_token(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(&[token]))
}

/// The first 80 bits of [`sha256`]: what fits beside the time in a ULID.
#[must_use]
pub fn bits80(parts: &[&str]) -> u128 {
    sha256(parts).iter().take(10).fold(0, |bits, byte| (bits << 8) | u128::from(*byte))
}

/// The first 80 bits of SHA-256 over `bytes`.
#[must_use]
pub fn bits80_of(bytes: &[u8]) -> u128 {
    Sha256::digest(bytes).iter().take(10).fold(0, |bits, byte| (bits << 8) | u128::from(*byte))
}

/// The first 128 bits of [`sha256`] as 32 hexadecimal digits: for keys, deduplication ids and log lines.
#[must_use]
pub fn hex(parts: &[&str]) -> String {
    ::hex::encode(&sha256(parts)[..16])
}
