//! What is done with any bytes at all, and what has to hold then. Each module is one target: its `run` takes bytes, and
//! panics where a promise is broken.
//!
//! `fuzz/fuzz_targets` hands them bytes for as long as it is let; `tests/corpora.rs` those that were kept in
//! `fuzz/corpus`. A target knows of the product what is public, and judges it by rules of its own.

pub mod answers;
pub mod callback_data;
pub mod cursors;
mod events;
mod json;
pub mod keys;
pub mod requests;
pub mod sends;
pub mod signature;
pub mod tasks;
pub mod tokens;
pub mod values;
pub mod webhook;
mod world;

use domain::Timestamp;

/// When everything here happens.
const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

/// The first line, without its end, and everything after it.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

/// `text` with some letters changed, as `changes` says: of each pair of bytes one is the place and one is the letter.
fn altered(text: &str, changes: &[u8]) -> String {
    let mut letters = text.as_bytes().to_vec();
    for change in changes.chunks_exact(2) {
        let place = usize::from(change[0]) % letters.len().max(1);
        if let Some(letter) = letters.get_mut(place) {
            *letter = b'!' + change[1] % 94;
        }
    }
    letters.into_iter().map(char::from).collect()
}
