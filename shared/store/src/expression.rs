//! DynamoDB's expressions, made from verbs: conditions, updates, and the names and values they stand for.

use crate::keys::Key;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;

/// What a write requires of the item as it stands.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// It exists.
    Exists,
    /// It has no such attribute.
    Absent(&'static str),
    /// Its attribute is this.
    Is(&'static str, AttributeValue),
    /// Its attribute is absent, or below this.
    Below(&'static str, AttributeValue),
    /// Its attribute is a list without this, or is absent.
    Without(&'static str, AttributeValue),
    /// Its attribute is above this.
    Above(&'static str, AttributeValue),
    /// Its attribute is absent, or not above this.
    AtMost(&'static str, AttributeValue),
}

impl Condition {
    pub(crate) fn is(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Is(attribute, to_value(value))
    }

    pub(crate) fn below(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Below(attribute, to_value(value))
    }

    pub(crate) fn at_most(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::AtMost(attribute, to_value(value))
    }

    pub(crate) fn without(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Without(attribute, to_value(value))
    }

    pub(crate) fn above(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Above(attribute, to_value(value))
    }
}

/// Names, values and conditions, as DynamoDB's expressions want them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression {
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
    conditions: Vec<String>,
    pub(crate) key_condition: Option<String>,
}

impl Expression {
    pub(crate) fn name(&mut self, attribute: &str) -> String {
        let placeholder = format!("#{attribute}");
        self.names.insert(placeholder.clone(), attribute.to_owned());
        placeholder
    }

    pub(crate) fn value(&mut self, value: AttributeValue) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), value);
        placeholder
    }

    pub(crate) fn and(&mut self, condition: Condition) {
        let text = match condition {
            Condition::Exists => format!("attribute_exists({})", self.name("PK")),
            Condition::Absent(attribute) => format!("attribute_not_exists({})", self.name(attribute)),
            Condition::Is(attribute, value) => format!("{} = {}", self.name(attribute), self.value(value)),
            Condition::Below(attribute, value) => {
                let (name, value) = (self.name(attribute), self.value(value));
                format!("(attribute_not_exists({name}) OR {name} < {value})")
            }
            Condition::Without(attribute, value) => {
                format!("NOT contains({}, {})", self.name(attribute), self.value(value))
            }
            Condition::Above(attribute, value) => format!("{} > {}", self.name(attribute), self.value(value)),
            Condition::AtMost(attribute, value) => {
                let (name, value) = (self.name(attribute), self.value(value));
                format!("(attribute_not_exists({name}) OR {name} <= {value})")
            }
        };
        self.conditions.push(text);
    }

    pub(crate) fn condition(&self) -> Option<String> {
        (!self.conditions.is_empty()).then(|| self.conditions.join(" AND "))
    }

    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.clone())
    }

    pub(crate) fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }
}

/// A change of one item's attributes.
#[derive(Debug)]
pub(crate) struct Update {
    pub(crate) key: Key,
    set: Vec<String>,
    remove: Vec<String>,
    pub(crate) expression: Expression,
}

impl Update {
    /// A change of the item at `key`.
    pub(crate) fn of(key: Key) -> Self {
        Self { key, set: Vec::new(), remove: Vec::new(), expression: Expression::default() }
    }

    pub(crate) fn set(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let (name, value) = (self.expression.name(attribute), self.expression.value(to_value(value)));
        self.set.push(format!("{name} = {value}"));
        self
    }

    /// Sets the attribute, or takes it away where there is no value.
    pub(crate) fn set_or_remove(self, attribute: &'static str, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.remove(attribute),
        }
    }

    /// Sets the attribute unless it is there.
    pub(crate) fn set_once(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let (name, value) = (self.expression.name(attribute), self.expression.value(to_value(value)));
        self.set.push(format!("{name} = if_not_exists({name}, {value})"));
        self
    }

    /// Adds one to the attribute, which counts from zero.
    pub(crate) fn count_up(self, attribute: &'static str) -> Self {
        self.add(attribute, &0, &1)
    }

    /// Adds `more` to the attribute, which begins as `first`.
    pub(crate) fn add(mut self, attribute: &'static str, first: &impl Serialize, more: &impl Serialize) -> Self {
        let name = self.expression.name(attribute);
        let (first, more) = (self.expression.value(to_value(first)), self.expression.value(to_value(more)));
        self.set.push(format!("{name} = if_not_exists({name}, {first}) + {more}"));
        self
    }

    /// Appends to the list, which begins empty.
    pub(crate) fn append(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let name = self.expression.name(attribute);
        let none = self.expression.value(AttributeValue::L(Vec::new()));
        let added = self.expression.value(AttributeValue::L(vec![to_value(value)]));
        self.set.push(format!("{name} = list_append(if_not_exists({name}, {none}), {added})"));
        self
    }

    pub(crate) fn remove(mut self, attribute: &'static str) -> Self {
        let name = self.expression.name(attribute);
        self.remove.push(name);
        self
    }

    pub(crate) fn when(mut self, condition: Condition) -> Self {
        self.expression.and(condition);
        self
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        if !self.set.is_empty() {
            let _ = write!(text, "SET {}", self.set.join(", "));
        }
        if !self.remove.is_empty() {
            let _ = write!(text, " REMOVE {}", self.remove.join(", "));
        }
        text
    }
}

/// A value as an attribute. Every value of ours can be one.
pub(crate) fn to_value(value: &impl Serialize) -> AttributeValue {
    serde_dynamo::to_attribute_value(value).unwrap_or(AttributeValue::Null(true))
}
