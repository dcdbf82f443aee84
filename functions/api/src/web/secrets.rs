//! What we make, hand out once, and keep as a digest alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Secret, digest};
use runtime::Random;

/// The digest under which a token or key of ours is kept. It holds 256 random bits: nobody finds it by trying.
#[must_use]
pub fn digest_of(token: &str) -> String {
    digest::of_token(token)
}

/// 256 new bits.
pub(crate) fn new(random: &dyn Random) -> [u8; 32] {
    let mut bits = [0; 32];
    bits[..16].copy_from_slice(&random.u128().to_be_bytes());
    bits[16..].copy_from_slice(&random.u128().to_be_bytes());
    bits
}

/// A new key that begins with `prefix`.
#[must_use]
pub fn new_key(prefix: &str, random: &dyn Random) -> Secret {
    Secret::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(new(random))))
}
