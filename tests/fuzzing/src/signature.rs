//! The signature of a webhook, and the handshake. The lines up to the first empty one are signature headers, the rest
//! is the body; the first three lines are also the mode, the token and the challenge of a handshake.

use crate::{altered, first_line};
use domain::Secret;
use whatsapp::signature::{SignatureError, sign, verify, verify_token};

/// Only the one right signature of these very bytes is let in, and nothing but a plain word is sent back.
pub fn run(bytes: &[u8]) {
    let (headers, body) = lines(bytes);
    let secrets = [Secret::new("app-secret"), Secret::new("the one before it"), Secret::new("")];
    let [ours, before, empty] = &secrets;

    let right = [sign(body, ours), sign(body, before)];
    let is_right = matches!(headers.as_slice(), [one] if right.iter().any(|right| right.as_bytes() == *one));
    let let_in = verify(headers.iter().copied(), body, &secrets);
    assert_eq!(let_in.is_ok(), is_right, "{let_in:?}");

    for right in &right {
        let header = right.as_bytes();
        assert_eq!(verify([header], body, &secrets), Ok(()));
        assert_eq!(verify([header, header], body, &secrets), Err(SignatureError::Repeated));
        assert_eq!(verify([header], &[body, b"\n"].concat(), &secrets), Err(SignatureError::Mismatch));
        let changed = altered(right, headers.first().copied().unwrap_or_default());
        assert_eq!(verify([changed.as_bytes()], body, &secrets).is_ok(), changed == *right, "{changed}");
    }
    assert!(verify([sign(body, empty).as_bytes()], body, &secrets).is_err(), "signed with no secret at all");

    let said = [0, 1, 2].map(|line| headers.get(line).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or(""));
    handshake(said[0], said[1], said[2], ours);
    handshake("subscribe", ours.expose(), said[0], ours);
}

fn handshake(mode: &str, token: &str, challenge: &str, ours: &Secret) {
    let word = challenge.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let fits = word && !challenge.is_empty() && challenge.len() <= 128;
    let expected = if mode == "subscribe" && token == ours.expose() && fits { Some(challenge) } else { None };
    assert_eq!(verify_token(mode, token, challenge, ours).ok(), expected);
    assert!(verify_token(mode, token, challenge, &Secret::new("")).is_err(), "there is no token to compare with");
}

fn lines(bytes: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let mut lines = Vec::new();
    let mut rest = bytes;
    loop {
        let (line, after) = first_line(rest);
        rest = after;
        if line.is_empty() {
            return (lines, rest);
        }
        lines.push(line);
    }
}
