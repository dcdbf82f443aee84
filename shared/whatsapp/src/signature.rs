//! Whether a webhook comes from Meta: the signature over its raw bytes, and the handshake that sets it up.

use domain::{Secret, digest};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The header that carries the signature, in lower case.
pub const HEADER: &str = "x-hub-signature-256";

/// Why a POST is not taken for Meta's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// It has no signature.
    #[error("the signature header is missing")]
    Missing,
    /// It has two signatures, of which one could be anybody's.
    #[error("the signature header is there more than once")]
    Repeated,
    /// It is not of the form that Meta sends.
    #[error("the signature header is not sha256= and 64 lower-case hexadecimal digits")]
    Form,
    /// Nothing was given to check it with.
    #[error("there is no app secret to check the signature with")]
    NoSecret,
    /// It was made with another secret, or over other bytes.
    #[error("the signature is not of this body under this app secret")]
    Mismatch,
}

/// Why a handshake is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    /// The mode is not `subscribe`.
    #[error("the mode is not subscribe")]
    Mode,
    /// The token is not ours, or we have none.
    #[error("the verify token is wrong")]
    Token,
    /// The challenge is nothing that may be sent back.
    #[error("the challenge is not 1 to 128 letters, digits, hyphens and underscores")]
    Challenge,
}

/// Checks that `body`, the bytes as received, was signed by Meta: `headers` are the values of [`HEADER`].
/// Any of `secrets` will do, so that one can be replaced while traffic flows; an empty one never does.
///
/// Cloud API, webhooks: `sha256=` and the HMAC-SHA256 of the body under the app secret, in lower-case
/// hexadecimal. How long the answer takes tells nothing of the secrets.
///
/// # Errors
/// [`SignatureError`] says what is wrong; to the sender all of them are a 401.
pub fn verify<'a>(
    headers: impl IntoIterator<Item = &'a [u8]>,
    body: &[u8],
    secrets: &[Secret],
) -> Result<(), SignatureError> {
    let mut headers = headers.into_iter();
    let header = headers.next().ok_or(SignatureError::Missing)?;
    if headers.next().is_some() {
        return Err(SignatureError::Repeated);
    }
    let claimed = header.strip_prefix(b"sha256=").and_then(unhex::<32>).ok_or(SignatureError::Form)?;
    if secrets.iter().all(|secret| secret.expose().is_empty()) {
        return Err(SignatureError::NoSecret);
    }
    let found = secrets.iter().fold(false, |found, secret| found | signed(secret, body, &claimed));
    if found { Ok(()) } else { Err(SignatureError::Mismatch) }
}

/// The value of [`HEADER`] for `body`: what Meta would send, for the simulator and for tests.
#[must_use]
pub fn sign(body: &[u8], secret: &Secret) -> String {
    let tag = mac(secret, &[body]).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default();
    format!("sha256={tag}")
}

/// Answers Meta's handshake: the challenge to send back as plain text if the token is ours.
///
/// Cloud API, webhooks: `GET` with `hub.mode=subscribe`, `hub.verify_token` and `hub.challenge`, unsigned. The
/// challenge goes back into an answer of ours, so nothing but a plain word is taken for one.
///
/// # Errors
/// [`HandshakeError`] says what is wrong; to the sender all of them are a 403.
pub fn verify_token<'a>(
    mode: &str,
    token: &str,
    challenge: &'a str,
    expected: &Secret,
) -> Result<&'a str, HandshakeError> {
    if mode != "subscribe" {
        return Err(HandshakeError::Mode);
    }
    let same = digest::sha256(&[token]).ct_eq(&digest::sha256(&[expected.expose()]));
    if expected.expose().is_empty() || !bool::from(same) {
        return Err(HandshakeError::Token);
    }
    let plain = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if plain && (1..=128).contains(&challenge.len()) { Ok(challenge) } else { Err(HandshakeError::Challenge) }
}

fn signed(secret: &Secret, body: &[u8], claimed: &[u8]) -> bool {
    let real = !secret.expose().is_empty();
    mac(secret, &[body]).is_some_and(|mac| mac.verify_slice(claimed).is_ok()) & real
}

/// HMAC-SHA256 over `parts`, one after the other. A key of any length will do, so there always is one.
pub(crate) fn mac(key: &Secret, parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac)
}

/// Exactly `N` bytes from their lower-case hexadecimal digits.
pub(crate) fn unhex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let lower = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if lower && hex::decode_to_slice(digits, &mut bytes).is_ok() { Some(bytes) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"{\"object\":\"whatsapp_business_account\"}";

    fn secrets(words: &[&str]) -> Vec<Secret> {
        words.iter().copied().map(Secret::new).collect()
    }

    fn check(headers: &[&str], body: &[u8], words: &[&str]) -> Result<(), SignatureError> {
        verify(headers.iter().map(|header| header.as_bytes()), body, &secrets(words))
    }

    fn header() -> String {
        sign(BODY, &Secret::new("app-secret"))
    }

    #[test]
    fn a_signature_is_the_hmac_that_rfc_4231_expects() {
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(sign(b"what do ya want for nothing?", &Secret::new("Jefe")), expected);
    }

    #[test]
    fn a_signed_body_is_taken_under_any_of_the_secrets() {
        assert_eq!(check(&[&header()], BODY, &["app-secret"]), Ok(()));
        assert_eq!(check(&[&header()], BODY, &["app-secret", "older"]), Ok(()));
        assert_eq!(check(&[&header()], BODY, &["newer", "", "app-secret"]), Ok(()));
    }

    #[test]
    fn the_wrong_secret_or_an_altered_body_is_refused() {
        assert_eq!(check(&[&header()], BODY, &["another"]), Err(SignatureError::Mismatch));
        assert_eq!(check(&[&header()], &BODY[1..], &["app-secret"]), Err(SignatureError::Mismatch));
        assert_eq!(check(&[&header()], b"", &["app-secret"]), Err(SignatureError::Mismatch));
    }

    #[test]
    fn a_missing_or_second_header_is_refused() {
        assert_eq!(check(&[], BODY, &["app-secret"]), Err(SignatureError::Missing));
        assert_eq!(check(&[&header(), &header()], BODY, &["app-secret"]), Err(SignatureError::Repeated));
    }

    #[test]
    fn any_other_form_is_refused() {
        let right = header();
        let digits = right.strip_prefix("sha256=").unwrap();
        let wrong = [
            String::new(),
            "sha256=".to_owned(),
            digits.to_owned(),
            format!("sha1={digits}"),
            format!("SHA256={digits}"),
            format!("sha256={}", digits.to_uppercase()),
            format!("sha256={}", &digits[..62]),
            format!("sha256={digits}00"),
            format!(" {right}"),
            format!("{right} "),
            format!("{right},{right}"),
            format!("sha256={}zz", &digits[..62]),
        ];
        for header in wrong {
            assert_eq!(check(&[&header], BODY, &["app-secret"]), Err(SignatureError::Form), "{header}");
        }
        let bytes: [&[u8]; 1] = [b"sha256=\xff\xfe"];
        assert_eq!(verify(bytes, BODY, &secrets(&["app-secret"])), Err(SignatureError::Form));
    }

    #[test]
    fn without_a_secret_nothing_is_taken() {
        let under_empty = sign(BODY, &Secret::new(""));
        assert_eq!(check(&[&under_empty], BODY, &[]), Err(SignatureError::NoSecret));
        assert_eq!(check(&[&under_empty], BODY, &["", ""]), Err(SignatureError::NoSecret));
        assert_eq!(check(&[&under_empty], BODY, &["", "app-secret"]), Err(SignatureError::Mismatch));
    }

    #[test]
    fn the_handshake_gives_the_challenge_back() {
        assert_eq!(verify_token("subscribe", "ours", "1158201444", &Secret::new("ours")), Ok("1158201444"));
    }

    #[test]
    fn a_handshake_with_another_mode_token_or_challenge_is_refused() {
        let ours = Secret::new("ours");
        assert_eq!(verify_token("", "ours", "1", &ours), Err(HandshakeError::Mode));
        assert_eq!(verify_token("unsubscribe", "ours", "1", &ours), Err(HandshakeError::Mode));
        for token in ["", "our", "ours ", "Ours"] {
            assert_eq!(verify_token("subscribe", token, "1", &ours), Err(HandshakeError::Token), "{token}");
        }
        assert_eq!(verify_token("subscribe", "", "1", &Secret::new("")), Err(HandshakeError::Token));
        for challenge in ["", "<script>", "1 2", "é", &"1".repeat(129)] {
            assert_eq!(verify_token("subscribe", "ours", challenge, &ours), Err(HandshakeError::Challenge));
        }
    }
}
