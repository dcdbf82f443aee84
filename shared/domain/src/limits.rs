//! How long the parts of a message to be sent may be, and the words for one that is longer. It knows no kind of message.

use crate::characters::is_visible;
use crate::personal::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::{Deref, RangeInclusive};

/// A part of a message that WhatsApp would not take: its field, and the limit that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {detail}")]
pub struct Violation {
    field: String,
    detail: String,
}

impl Violation {
    /// What is wrong with `field`, a path such as `buttons[0].title`.
    #[must_use]
    pub fn new(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: field.into(), detail: detail.into() }
    }

    /// The field, within the part of the message that was checked.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong, with the limit.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The same, of a part that stands under `field`.
    #[must_use]
    pub fn under(self, field: &str) -> Self {
        let dot = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        Self { field: format!("{field}{dot}{}", self.field), detail: self.detail }
    }
}

/// A part of a message whose limits are known.
pub(crate) trait Limits {
    /// Finds the first part that breaks its limit.
    fn check(&self) -> Result<(), Violation>;
}

/// A part of a message whose limits hold. It comes from a draft alone:
/// [`OutboundContent::parse`](crate::OutboundContent::parse).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Checked<T>(T);

/// The API describes the part itself: readers need not know that its limits hold.
impl<T: JsonSchema> JsonSchema for Checked<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T> Checked<T> {
    /// Takes a part whose limits hold.
    pub(crate) fn new(part: T) -> Result<Self, Violation>
    where
        T: Limits,
    {
        part.check()?;
        Ok(Self(part))
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Words that a person can see, of at most `most` characters.
pub(crate) fn required(field: &str, words: &Text, most: usize) -> Result<(), Violation> {
    if !is_visible(words.as_str()) {
        return Err(Violation::new(field, "is empty"));
    }
    short(field, words.as_str(), most)
}

/// Words that may be left out. Where they stand they are not empty, and have at most `most` characters.
pub(crate) fn optional(field: &str, words: Option<&Text>, most: usize) -> Result<(), Violation> {
    words.map_or(Ok(()), |words| required(field, words, most))
}

/// An id that has to be there, of at most `most` characters.
pub(crate) fn id(field: &str, id: &str, most: usize) -> Result<(), Violation> {
    if !is_visible(id) {
        return Err(Violation::new(field, "is empty"));
    }
    short(field, id, most)
}

fn short(field: &str, words: &str, most: usize) -> Result<(), Violation> {
    let length = words.chars().count();
    if length > most {
        return Err(Violation::new(field, format!("has {length} characters; use at most {most}")));
    }
    Ok(())
}

/// A list that may have as many `things` as `range` says.
pub(crate) fn counted(field: &str, count: usize, things: &str, range: RangeInclusive<usize>) -> Result<(), Violation> {
    if range.contains(&count) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(Violation::new(field, format!("has {count} {things}; use {least} to {most}")))
}

/// Ids that tell things apart: none stands twice. `field` names the one at this place.
pub(crate) fn distinct<'a>(ids: impl Iterator<Item = (String, &'a str)>) -> Result<(), Violation> {
    let mut seen = BTreeSet::new();
    for (field, id) in ids {
        if !seen.insert(id) {
            return Err(Violation::new(field, "is used twice: the answer would be ambiguous"));
        }
    }
    Ok(())
}
