//! Markers, and where they are found: in clear, as numbers, in hex and in base64.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// What must not be found anywhere, each with what it is.
pub struct Canaries(pub Vec<(&'static str, String)>);

impl Canaries {
    /// Which of them stand in `text`, in which form, and in which line of it.
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        let mut found = Vec::new();
        for (what, canary) in &self.0 {
            for (form, marker) in forms(canary) {
                // Words are words in whatever case.
                let (marker, text) = match form {
                    "in clear" => (marker.to_lowercase(), &lower[..]),
                    _ => (marker, text),
                };
                let line = text.lines().find(|line| line.contains(&marker));
                found.extend(line.map(|line| format!("{what} {form}: {line}")));
            }
        }
        found
    }
}

/// How a canary looks in clear, as the numbers of its bytes, in hex, and in base64, wherever it begins.
fn forms(canary: &str) -> Vec<(&'static str, String)> {
    let bytes = canary.as_bytes();
    let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
    let upper = hex::encode_upper(bytes);
    let mut forms = vec![
        ("in clear", canary.to_owned()),
        ("as numbers", numbers.join(", ")),
        ("in hex", hex::encode(bytes)),
        ("in hex", upper),
    ];
    for before in 0..3 {
        let padded = [&vec![0; before][..], bytes].concat();
        // The characters that no byte before or behind it has a part in.
        let own = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
        for alphabet in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            forms.push(("in base64", alphabet.encode(&padded)[own.clone()].to_owned()));
        }
    }
    forms
}
