//! Custom fields of leads: what a business wants to know beside name, tags and value. A definition has a key that never
//! changes, under which leads keep their values, so that a new name keeps them all.

use crate::characters::is_visible;
use crate::personal::Text;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// The most fields of one business.
pub const MOST_FIELDS: usize = 50;

/// The most choices of one field.
pub const MOST_CHOICES: usize = 50;

/// The longest name of a field, and the longest choice, in characters.
pub const LONGEST_LABEL: usize = 60;

/// The longest text in a field, in characters.
pub const LONGEST_VALUE: usize = 1_000;

/// The longest URL in a field, in bytes.
const LONGEST_URL: usize = 2_000;

/// The most bytes that the values of one lead take together: lists read whole leads.
const LARGEST_VALUES: usize = 16 * 1024;

/// The longest key, in characters.
const LONGEST_KEY: usize = 40;

/// The largest number: up to here, a JSON number is exact.
const LARGEST_NUMBER: f64 = 9_007_199_254_740_991.0;

string_enum! {
    /// The type of a custom field.
    FieldType {
        /// A text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A day, such as 2026-12-24.
        Date = "date",
        /// One of several choices.
        Choice = "choice",
        /// Any of several choices.
        MultipleChoice = "multiple_choice",
        /// Yes or no.
        Boolean = "boolean",
        /// A web address.
        Url = "url",
    }
}

/// A text that is no key of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {LONGEST_KEY} characters: a lower-case letter, then letters, digits and underscores")]
pub struct InvalidKey;

/// The key of a custom field, such as `contract_end`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldKey(String);

impl FieldKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`InvalidKey`] if it is none.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        let fits = begins && text.len() <= LONGEST_KEY && text.chars().all(is_inner);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidKey) }
    }

    /// The key that a field with this name gets: another than all of `taken`.
    #[must_use]
    pub fn for_name(name: &str, taken: &[FieldDefinition]) -> Self {
        let words = super::lead_search::words(name);
        let ascii = words.into_iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let joined: String = ascii.collect::<Vec<_>>().join("_").chars().take(LONGEST_KEY - 4).collect();
        let stem = Self::parse(joined.trim_end_matches('_')).unwrap_or_else(|_| Self("field".to_owned()));
        let numbered = (2_u32..).map(|number| Self(format!("{}_{number}", stem.0)));
        let is_free = |key: &Self| taken.iter().all(|field| field.key != *key);
        std::iter::once(stem.clone()).chain(numbered).find(is_free).unwrap_or(stem)
    }

    /// The key itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FieldKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        Self::parse(text)
    }
}

impl TryFrom<String> for FieldKey {
    type Error = InvalidKey;

    fn try_from(text: String) -> Result<Self, InvalidKey> {
        Self::parse(&text)
    }
}

impl From<FieldKey> for String {
    fn from(key: FieldKey) -> Self {
        key.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for FieldKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "FieldKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "examples": ["contract_end"] })
    }
}

/// The value of a custom field. Which of these it is follows from the field's type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum FieldValue {
    /// Of a yes-or-no field.
    Boolean(bool),
    /// Of a number.
    Number(f64),
    /// Of a multiple choice, in the order of the choices.
    Choices(Vec<Text>),
    /// Of a text, a date, a choice or a URL.
    Text(Text),
}

/// The values of a lead's custom fields.
pub type FieldValues = BTreeMap<FieldKey, FieldValue>;

/// A custom field of all leads of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDefinition {
    /// Its key, for ever.
    pub key: FieldKey,
    /// What people call it.
    pub name: String,
    /// Its type, for ever.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The choices of a choice field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The stages into which nobody moves a lead without a value.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub required_at: BTreeSet<Stage>,
}

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    /// A text of another length.
    #[error("expected a text of 1 to {LONGEST_VALUE} characters")]
    Text,
    /// Not a number, or too large.
    #[error("expected a number")]
    Number,
    /// Not a day.
    #[error("expected a date such as 2026-12-24")]
    Date,
    /// Not one of the choices.
    #[error("expected one of: {0}")]
    Choice(String),
    /// Not a list of choices.
    #[error("expected a list with any of: {0}")]
    Choices(String),
    /// Neither true nor false.
    #[error("expected true or false")]
    Boolean,
    /// Not a web address.
    #[error("expected an address that begins with https:// or http://")]
    Url,
}

/// Why a definition is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidField {
    /// The name is empty or too long.
    #[error("Use 1 to {LONGEST_LABEL} characters, at least one of them visible.")]
    Name,
    /// Another field has the name.
    #[error("Another field has this name. Choose another name.")]
    NameTaken,
    /// Another field has the key.
    #[error("Another field has this key. Choose another key.")]
    KeyTaken,
    /// A choice field without choices, or a wrong choice.
    #[error("Use 1 to {MOST_CHOICES} different choices of 1 to {LONGEST_LABEL} characters.")]
    Choices,
    /// Choices of another type of field.
    #[error("Only the types choice and multiple_choice have choices.")]
    NoChoices,
    /// Too many fields.
    #[error("A business has at most {MOST_FIELDS} custom fields. Delete one first.")]
    TooMany,
}

impl FieldDefinition {
    /// Checks name and choices, and trims them.
    ///
    /// # Errors
    /// [`InvalidField`] if one of them is wrong.
    pub fn checked(mut self) -> Result<Self, InvalidField> {
        self.name = label(&self.name).ok_or(InvalidField::Name)?;
        if !self.has_choices() {
            return if self.choices.is_empty() { Ok(self) } else { Err(InvalidField::NoChoices) };
        }
        let choices: Option<Vec<_>> = self.choices.iter().map(|choice| label(choice)).collect();
        let choices = choices.filter(|choices| (1..=MOST_CHOICES).contains(&choices.len()));
        let choices = choices.ok_or(InvalidField::Choices)?;
        let distinct: BTreeSet<_> = choices.iter().map(|choice| choice.to_lowercase()).collect();
        if distinct.len() < choices.len() {
            return Err(InvalidField::Choices);
        }
        Ok(Self { choices, ..self })
    }

    /// Whether its type has choices.
    #[must_use]
    pub const fn has_choices(&self) -> bool {
        match self.kind {
            FieldType::Choice | FieldType::MultipleChoice => true,
            FieldType::Text | FieldType::Number | FieldType::Date | FieldType::Boolean | FieldType::Url => false,
        }
    }

    /// The value that `json` gives this field.
    ///
    /// # Errors
    /// [`InvalidValue`] if it is of another type.
    pub fn read(&self, json: &Value) -> Result<FieldValue, InvalidValue> {
        match (self.kind, json) {
            (FieldType::Text, Value::String(text)) => text_of(text),
            (FieldType::Number, Value::Number(number)) => number.as_f64().map_or(Err(InvalidValue::Number), number_of),
            (FieldType::Date, Value::String(text)) => date_of(text),
            (FieldType::Choice, Value::String(text)) => self.choice(text).map(FieldValue::Text),
            (FieldType::MultipleChoice, Value::Array(values)) => {
                let texts: Option<Vec<_>> = values.iter().map(Value::as_str).collect();
                self.choices_of(&texts.ok_or_else(|| self.not_chosen())?)
            }
            (FieldType::Boolean, Value::Bool(value)) => Ok(FieldValue::Boolean(*value)),
            (FieldType::Url, Value::String(text)) => url_of(text),
            _ => Err(self.not_chosen()),
        }
    }

    /// The value that a cell of a file gives this field: numbers with a point, `yes` or `no`, choices separated by semicolons.
    ///
    /// # Errors
    /// [`InvalidValue`] if it is of another type.
    pub fn read_text(&self, text: &str) -> Result<FieldValue, InvalidValue> {
        let text = text.trim();
        match self.kind {
            FieldType::Text => text_of(text),
            FieldType::Number => text.parse().map_err(|_| InvalidValue::Number).and_then(number_of),
            FieldType::Date => date_of(text),
            FieldType::Choice => self.choice(text).map(FieldValue::Text),
            FieldType::MultipleChoice => {
                self.choices_of(&text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>())
            }
            FieldType::Boolean => match text.to_lowercase().as_str() {
                "true" | "yes" | "y" | "1" => Ok(FieldValue::Boolean(true)),
                "false" | "no" | "n" | "0" => Ok(FieldValue::Boolean(false)),
                _ => Err(InvalidValue::Boolean),
            },
            FieldType::Url => url_of(text),
        }
    }

    /// Whether a value that a lead has is one of this type. A choice that was taken out of the list still is.
    #[must_use]
    pub const fn fits(&self, value: &FieldValue) -> bool {
        match (self.kind, value) {
            (FieldType::Text | FieldType::Date | FieldType::Choice | FieldType::Url, FieldValue::Text(_))
            | (FieldType::Number, FieldValue::Number(_))
            | (FieldType::MultipleChoice, FieldValue::Choices(_))
            | (FieldType::Boolean, FieldValue::Boolean(_)) => true,
            (_, FieldValue::Text(_) | FieldValue::Number(_) | FieldValue::Choices(_) | FieldValue::Boolean(_)) => false,
        }
    }

    fn choice(&self, text: &str) -> Result<Text, InvalidValue> {
        let found = self.choices.iter().find(|choice| choice.to_lowercase() == text.trim().to_lowercase());
        found.map(Text::new).ok_or_else(|| self.not_chosen())
    }

    fn choices_of(&self, texts: &[&str]) -> Result<FieldValue, InvalidValue> {
        let chosen: Result<Vec<_>, _> = texts.iter().map(|text| self.choice(text)).collect();
        let chosen = chosen?;
        let in_order = self.choices.iter().map(Text::new).filter(|choice| chosen.contains(choice));
        let in_order: Vec<_> = in_order.collect();
        if in_order.is_empty() { Err(self.not_chosen()) } else { Ok(FieldValue::Choices(in_order)) }
    }

    /// What was expected instead.
    fn not_chosen(&self) -> InvalidValue {
        match self.kind {
            FieldType::Text => InvalidValue::Text,
            FieldType::Number => InvalidValue::Number,
            FieldType::Date => InvalidValue::Date,
            FieldType::Choice => InvalidValue::Choice(self.choices.join(", ")),
            FieldType::MultipleChoice => InvalidValue::Choices(self.choices.join(", ")),
            FieldType::Boolean => InvalidValue::Boolean,
            FieldType::Url => InvalidValue::Url,
        }
    }
}

/// The custom fields of a business, in the order in which people see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFields {
    /// The fields.
    pub fields: Vec<FieldDefinition>,
    /// Counts the changes.
    pub revision: u64,
}

/// A change of a field. What is not said stays.
#[derive(Clone, Debug, Default)]
pub struct FieldChange {
    /// The name.
    pub name: Option<String>,
    /// All choices.
    pub choices: Option<Vec<String>>,
    /// The stages at which it is required.
    pub required_at: Option<BTreeSet<Stage>>,
    /// Its place among all fields, from 0.
    pub position: Option<usize>,
}

impl LeadFields {
    /// The field with this key.
    #[must_use]
    pub fn get(&self, key: &FieldKey) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.key == *key)
    }

    /// These fields with one more, at the end.
    ///
    /// # Errors
    /// [`InvalidField`] if it must not be.
    pub fn with(&self, field: FieldDefinition) -> Result<Self, InvalidField> {
        if self.fields.len() >= MOST_FIELDS {
            return Err(InvalidField::TooMany);
        }
        if self.get(&field.key).is_some() {
            return Err(InvalidField::KeyTaken);
        }
        let mut after = self.clone();
        after.fields.push(field.checked()?);
        after.changed(self)
    }

    /// These fields after a change of the one with this key; none if there is no such field.
    ///
    /// # Errors
    /// [`InvalidField`] if it must not be.
    pub fn changing(&self, key: &FieldKey, change: FieldChange) -> Result<Option<Self>, InvalidField> {
        let Some(place) = self.fields.iter().position(|field| field.key == *key) else { return Ok(None) };
        let mut after = self.clone();
        let mut field = after.fields.remove(place);
        if let Some(name) = change.name {
            field.name = name;
        }
        if let Some(choices) = change.choices {
            field.choices = choices;
        }
        if let Some(required_at) = change.required_at {
            field.required_at = required_at;
        }
        let place = change.position.unwrap_or(place).min(after.fields.len());
        after.fields.insert(place, field.checked()?);
        after.changed(self).map(Some)
    }

    /// These fields without the one with this key; none if there is no such field.
    #[must_use]
    pub fn without(&self, key: &FieldKey) -> Option<Self> {
        self.get(key)?;
        let mut after = self.clone();
        after.fields.retain(|field| field.key != *key);
        after.changed(self).ok()
    }

    fn changed(mut self, before: &Self) -> Result<Self, InvalidField> {
        let names: BTreeSet<_> = self.fields.iter().map(|field| field.name.to_lowercase()).collect();
        if names.len() < self.fields.len() {
            return Err(InvalidField::NameTaken);
        }
        if self.fields != before.fields {
            self.revision = before.revision + 1;
        }
        Ok(self)
    }

    /// Those of `values` that belong to a field, and are of its type.
    #[must_use]
    pub fn shown(&self, values: &FieldValues) -> FieldValues {
        let is_shown = |key: &FieldKey, value: &FieldValue| self.get(key).is_some_and(|field| field.fits(value));
        values.iter().filter(|(key, value)| is_shown(key, value)).map(|(k, v)| (k.clone(), v.clone())).collect()
    }

    /// The fields without a value that are required at `stage`.
    pub fn missing<'a>(&'a self, stage: Stage, values: &'a FieldValues) -> impl Iterator<Item = &'a FieldDefinition> {
        self.fields.iter().filter(move |field| field.required_at.contains(&stage) && !values.contains_key(&field.key))
    }
}

/// A day, such as 2026-12-24.
///
/// # Errors
/// [`InvalidValue::Date`] if it is none, or written in another way.
pub fn day(text: &str) -> Result<Text, InvalidValue> {
    let date: jiff::civil::Date = text.trim().parse().map_err(|_| InvalidValue::Date)?;
    let is_plain = date.to_string() == text.trim();
    if is_plain { Ok(Text::new(text.trim())) } else { Err(InvalidValue::Date) }
}

/// Whether values are too large together for one lead.
#[must_use]
pub fn are_too_large(values: &FieldValues) -> bool {
    let bytes = |value: &FieldValue| match value {
        FieldValue::Boolean(_) | FieldValue::Number(_) => 8,
        FieldValue::Choices(choices) => choices.iter().map(|choice| choice.as_str().len()).sum(),
        FieldValue::Text(text) => text.as_str().len(),
    };
    values.iter().map(|(key, value)| key.as_str().len() + bytes(value)).sum::<usize>() > LARGEST_VALUES
}

fn label(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=LONGEST_LABEL).contains(&text.chars().count()) && is_visible(text);
    (fits && !text.chars().any(|c| c.is_control() || c == ';')).then(|| text.to_owned())
}

fn text_of(text: &str) -> Result<FieldValue, InvalidValue> {
    let text = text.trim();
    let fits = (1..=LONGEST_VALUE).contains(&text.chars().count()) && is_visible(text);
    if fits { Ok(FieldValue::Text(Text::new(text))) } else { Err(InvalidValue::Text) }
}

fn number_of(number: f64) -> Result<FieldValue, InvalidValue> {
    if number.abs() <= LARGEST_NUMBER { Ok(FieldValue::Number(number)) } else { Err(InvalidValue::Number) }
}

fn date_of(text: &str) -> Result<FieldValue, InvalidValue> {
    day(text).map(FieldValue::Text)
}

fn url_of(text: &str) -> Result<FieldValue, InvalidValue> {
    let text = text.trim();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) && text.len() <= LONGEST_URL;
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if fits && is_plain { Ok(FieldValue::Text(Text::new(text))) } else { Err(InvalidValue::Url) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(kind: FieldType) -> FieldDefinition {
        let choices = vec!["Gold".to_owned(), "Silver".to_owned()];
        let key = FieldKey::parse("a").unwrap();
        let field = FieldDefinition { key, name: "A".to_owned(), kind, choices, required_at: BTreeSet::new() };
        if field.has_choices() { field } else { FieldDefinition { choices: Vec::new(), ..field } }
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused() {
        for (kind, good, bad) in [
            (FieldType::Text, json!("x"), json!(1)),
            (FieldType::Number, json!(1.5), json!("1.5")),
            (FieldType::Date, json!("2026-02-28"), json!("2026-02-30")),
            (FieldType::Choice, json!("gold"), json!("Tin")),
            (FieldType::MultipleChoice, json!(["silver", "Gold"]), json!("Gold")),
            (FieldType::Boolean, json!(false), json!("no")),
            (FieldType::Url, json!("https://a.example/b"), json!("javascript:alert(1)")),
        ] {
            let field = field(kind);
            let value = field.read(&good).unwrap();
            assert!(field.fits(&value), "{kind}");
            assert!(field.read(&bad).is_err(), "{kind}");
            let back: FieldValue = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
            assert_eq!(back, value);
        }
        assert!(field(FieldType::Text).read(&json!("x".repeat(1_001))).is_err());
    }

    #[test]
    fn a_new_name_keeps_the_key_and_names_differ() {
        let key = FieldKey::for_name("Contract end", &[]);
        assert_eq!(key.as_str(), "contract_end");
        assert_eq!(FieldKey::for_name("अनुबंध", &[]).as_str(), "field");
        let fields = LeadFields::default().with(field(FieldType::Text)).unwrap();
        assert_eq!(fields.with(field(FieldType::Text)), Err(InvalidField::KeyTaken));
        let other = FieldDefinition { key: key.clone(), ..field(FieldType::Text) };
        assert_eq!(fields.with(other.clone()), Err(InvalidField::NameTaken));
        let both = fields.with(FieldDefinition { name: "B".to_owned(), ..other }).unwrap();
        let first = FieldChange { name: Some("C".to_owned()), position: Some(0), ..FieldChange::default() };
        let moved = both.changing(&key, first).unwrap().unwrap();
        assert_eq!((moved.fields[0].name.as_str(), moved.revision), ("C", 3));
        assert_eq!(moved.fields[0].key, key);
        assert_eq!(moved.without(&key).unwrap().fields.len(), 1);
    }

    #[test]
    fn values_of_fields_that_are_gone_are_not_shown() {
        let fields = LeadFields { fields: vec![field(FieldType::Number)], revision: 1 };
        let value = |value| FieldValues::from([(FieldKey::parse("a").unwrap(), value)]);
        assert_eq!(fields.shown(&value(FieldValue::Number(1.0))).len(), 1);
        assert!(fields.shown(&value(FieldValue::Boolean(true))).is_empty());
        assert!(LeadFields::default().shown(&value(FieldValue::Number(1.0))).is_empty());
    }
}
