//! JSON as it stands: a reader of our own, so that the product's is not judged by itself.

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The fields of the object `json`, repeated ones too; none if it is anything else.
pub(crate) fn fields(json: &str) -> Option<Vec<(String, &str)>> {
    struct Fields;

    impl<'a> Visitor<'a> for Fields {
        type Value = Vec<(String, &'a str)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, &'a RawValue>()? {
                fields.push((name, value.get()));
            }
            Ok(fields)
        }
    }

    let mut reader = serde_json::Deserializer::from_str(json);
    let fields = reader.deserialize_map(Fields).ok()?;
    reader.end().ok().map(|()| fields)
}

/// The items of the list `json`; none if it is anything else.
pub(crate) fn items(json: &str) -> Option<Vec<&str>> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(items.into_iter().map(RawValue::get).collect())
}

/// `bytes` as the text that JSON can be read from: without a byte order mark, and with U+FFFD for whatever no text
/// can hold. Surrogates, also whole pairs, become U+FFFD too, so that texts compare in which some were mended.
pub(crate) fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let mut parts = text.split("\\u");
    let mut mended = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        mended.push_str("\\u");
        match part.split_at_checked(4) {
            Some((digits, rest)) if is_surrogate(digits) => {
                mended.push_str("fffd");
                mended.push_str(rest);
            }
            Some(_) | None => mended.push_str(part),
        }
    }
    mended
}

fn is_surrogate(digits: &str) -> bool {
    u16::from_str_radix(digits, 16).is_ok_and(|unit| (0xD800..=0xDFFF).contains(&unit))
}
