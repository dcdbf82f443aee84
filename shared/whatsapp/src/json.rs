//! Lenient reading of Meta's JSON: field by field, so that one that is odd spoils only itself.
//!
//! `null`, `""` and an absent field are the same; a number may come as a string and a string as a number.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A JSON object whose fields are read when they are asked for: sorted by name, those of one name in the order in
/// which they came. Of a repeated field the last one counts, save where a list is asked for.
pub(crate) struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Object<'a> {
    /// Reads `raw` as an object; none if it is anything else.
    pub(crate) fn from_raw(raw: &'a RawValue) -> Option<Self> {
        Self::read(raw.get())
    }

    /// Reads `text` as an object; none if it is anything else.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let Fields(mut fields) = serde_json::from_str(text).ok()?;
        fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(Self(fields))
    }

    /// The field as it stands, if there is something in it.
    pub(crate) fn raw(&self, key: &str) -> Option<&'a RawValue> {
        self.named(key).last().map(|(_, raw)| *raw).filter(|raw| holds_something(raw))
    }

    /// Every field of this name that holds something.
    pub(crate) fn every(&self, key: &str) -> impl Iterator<Item = &'a RawValue> {
        self.named(key).iter().map(|(_, raw)| *raw).filter(|raw| holds_something(raw))
    }

    /// The fields that hold something, by name.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, raw)| (key.as_str(), *raw)).filter(|(_, raw)| holds_something(raw))
    }

    fn named(&self, key: &str) -> &[(String, &'a RawValue)] {
        let from = self.0.partition_point(|(name, _)| name.as_str() < key);
        let to = self.0.partition_point(|(name, _)| name.as_str() <= key);
        &self.0[from..to]
    }

    /// The field as an object.
    pub(crate) fn object(&self, key: &str) -> Option<Object<'a>> {
        self.raw(key).and_then(Object::from_raw)
    }

    /// What stands in the field, if it is a list, as it is written.
    pub(crate) fn raws(&self, key: &str) -> Vec<&'a RawValue> {
        self.raw(key).and_then(list).unwrap_or_default()
    }

    /// The objects in the field, if it is a list; whatever else is in the list is passed over.
    pub(crate) fn objects(&self, key: &str) -> Vec<Object<'a>> {
        self.raws(key).into_iter().filter_map(Object::from_raw).collect()
    }

    /// The field as text; a number as it is written.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        let raw = self.raw(key)?.get();
        match raw.as_bytes().first()? {
            b'"' => serde_json::from_str(raw).ok().filter(|text: &String| !text.is_empty()),
            b'-' | b'0'..=b'9' => Some(raw.to_owned()),
            _ => None,
        }
    }

    /// The field as a finite number.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.text(key)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The field as a whole number; what stands after the point is cut off.
    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        let whole = self.text(key)?.trim().parse().ok();
        #[expect(clippy::cast_possible_truncation, reason = "a float casts to the nearest whole number, saturating")]
        whole.or_else(|| self.number(key).map(|number| number as i64))
    }

    /// The field as a whole number that is not negative; none if anything but zeros stands behind the point.
    pub(crate) fn whole(&self, key: &str) -> Option<u32> {
        let number = self.number(key).filter(|number| number.fract() == 0.0)?;
        #[expect(clippy::cast_possible_truncation, reason = "what does not fit is refused in the next line")]
        u32::try_from(number as i64).ok()
    }

    /// The field as yes or no; none if it says neither.
    pub(crate) fn answer(&self, key: &str) -> Option<bool> {
        match self.raw(key)?.get() {
            "true" | "\"true\"" | "1" => Some(true),
            "false" | "\"false\"" | "0" => Some(false),
            _ => None,
        }
    }

    /// Whether the field says yes.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.answer(key).unwrap_or(false)
    }
}

/// `null` and `""` are the same as an absent field.
fn holds_something(raw: &RawValue) -> bool {
    !matches!(raw.get(), "null" | "\"\"")
}

/// All fields of an object, as they came.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}

/// Reads `raw` as a list; none if it is anything else.
pub(crate) fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// The text of a body, as far as it can be saved: bytes that are not UTF-8 and halves of surrogate pairs, which
/// no JSON reader takes, become U+FFFD, so that a message loses a character and not its life.
pub(crate) fn legible(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match String::from_utf8_lossy(body) {
        Cow::Borrowed(text) => mended(text).map_or(Cow::Borrowed(text), Cow::Owned),
        Cow::Owned(text) => Cow::Owned(mended(&text).unwrap_or(text)),
    }
}

/// `json` with every lone surrogate replaced; none if it has none.
fn mended(json: &str) -> Option<String> {
    let mut copy: Option<String> = None;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        at += found;
        match unit(json, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(json, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                copy.get_or_insert_with(|| json.to_owned()).replace_range(at..at + 6, "\\ufffd");
                at += 6;
            }
            Some(_) => at += 6,
            None => at = json.ceil_char_boundary(at + 2),
        }
    }
    copy
}

/// The UTF-16 unit that is escaped at `at`, as in `\ud83d`.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex { u16::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_empty_and_absent_are_the_same() {
        let object = Object::read(r#"{"a":null,"b":"","c":" "}"#).unwrap();
        assert_eq!([object.text("a"), object.text("b"), object.text("d")], [None, None, None]);
        assert_eq!(object.text("c").as_deref(), Some(" "));
    }

    #[test]
    fn numbers_come_as_strings_and_the_reverse() {
        let object =
            Object::read(r#"{"a":"1790000000","b":1790000000,"c":"40.4","d":1e999,"e":"x","f":-1.9}"#).unwrap();
        assert_eq!([object.integer("a"), object.integer("b")], [Some(1_790_000_000); 2]);
        assert_eq!(object.text("b").as_deref(), Some("1790000000"));
        assert_eq!([object.number("c"), object.number("d"), object.number("e")], [Some(40.4), None, None]);
        assert_eq!(object.integer("f"), Some(-1));
    }

    #[test]
    fn an_odd_field_spoils_only_itself() {
        let bomb = format!(r#"{{"deep":{}{},"big":1e999,"twice":1,"twice":"b"}}"#, "[".repeat(9999), "]".repeat(9999));
        let object = Object::read(&bomb).unwrap();
        assert_eq!(object.text("twice").as_deref(), Some("b"));
        assert!(object.raw("deep").is_some() && object.object("deep").is_none());
        assert!(object.objects("big").is_empty());
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_character() {
        let mend = |json: &str| legible(json.as_bytes()).into_owned();
        assert_eq!(mend(r#""\ud83d\ude42""#), r#""\ud83d\ude42""#, "a whole pair stays");
        assert_eq!(mend(r#""a\ud83d!""#), r#""a\ufffd!""#);
        assert_eq!(mend(r#""\ude42\ud83d""#), r#""\ufffd\ufffd""#);
        assert_eq!(mend(r#""\ud83d\ud83d\ude42""#), r#""\ufffd\ud83d\ude42""#);
        assert_eq!(mend(r#""\\ud83d""#), r#""\\ud83d""#, "an escaped backslash begins no escape");
        assert_eq!(mend("\\é\\"), "\\é\\");
    }

    #[test]
    fn bytes_that_are_not_utf_8_become_replacement_characters() {
        assert_eq!(legible(b"\xef\xbb\xbf{\"a\":\"\xff\"}"), "{\"a\":\"\u{fffd}\"}");
    }
}
