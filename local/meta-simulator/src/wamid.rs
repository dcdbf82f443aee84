//! Ids that look like Meta's and never repeat.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What an id is derived from: a count that the database never gives twice, and the time it was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Serial<'a> {
    /// The number of the business.
    pub phone_number_id: &'a str,
    /// Counted in the database.
    pub count: i64,
    /// So that a database in memory does not repeat the ids of the one before it.
    pub millis: i64,
}

impl Serial<'_> {
    fn digest(&self, purpose: &str) -> [u8; 32] {
        let text = format!("{purpose}/{}/{}/{}", self.phone_number_id, self.count, self.millis);
        Sha256::digest(text.as_bytes()).into()
    }

    /// A message id: opaque base64 with `=` padding.
    pub(crate) fn wamid(&self, person: &str) -> String {
        let mut bytes = vec![0x1c, 0x18, u8::try_from(person.len()).unwrap_or(u8::MAX)];
        bytes.extend_from_slice(person.as_bytes());
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
        bytes.extend_from_slice(hex::encode_upper(&self.digest("wamid")[..9]).as_bytes());
        bytes.push(0);
        if bytes.len().is_multiple_of(3) {
            bytes.push(0);
        }
        format!("wamid.{}", STANDARD.encode(bytes))
    }

    /// `length` decimal digits, the first of them not 0.
    pub(crate) fn digits(&self, purpose: &str, length: usize) -> String {
        let digest = self.digest(purpose);
        let digit = |byte: &u8| char::from(b'0' + byte % 10);
        let mut digits = String::from(char::from(b'1' + digest[0] % 9));
        digits.extend(digest.iter().skip(1).map(digit).take(length.saturating_sub(1)));
        digits
    }

    /// The trace id that stands in every error.
    pub(crate) fn trace(&self) -> String {
        let text = STANDARD.encode(self.digest("trace"));
        format!("A{}", text.replace(['+', '/', '='], "x").chars().take(22).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wamids_are_padded_and_distinct() {
        let id = |count| Serial { phone_number_id: "1", count, millis: 5 }.wamid("919876500001");
        assert!(id(1).starts_with("wamid.") && id(1).ends_with('='));
        assert_ne!(id(1), id(2));
    }
}
