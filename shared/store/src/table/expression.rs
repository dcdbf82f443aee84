//! DynamoDB's expressions, made from verbs: conditions, updates, and the names and values they stand for.

use crate::table::item::{Attr, Item, PK, TYPE, VERSION};
use crate::table::keys::Key;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt::Write as _;

/// What a write requires of the item as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Condition(Test);

#[derive(Clone, Debug)]
enum Test {
    Exists,
    Absent(&'static str),
    Is(&'static str, AttributeValue),
    Below(&'static str, AttributeValue),
    Without(&'static str, AttributeValue),
    Above(&'static str, AttributeValue),
    AtMost(&'static str, AttributeValue),
}

impl Condition {
    /// It exists.
    pub(crate) const fn exists() -> Self {
        Self(Test::Exists)
    }

    /// It has no such attribute.
    pub(crate) const fn absent<T>(attribute: Attr<T>) -> Self {
        Self(Test::Absent(attribute.name()))
    }

    /// Its attribute is this.
    pub(crate) fn is<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<T>, value: &V) -> Self {
        Self(Test::Is(attribute.name(), to_value(value)))
    }

    /// Its attribute is still this, or still absent.
    pub(crate) fn is_still<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<T>, value: Option<&V>) -> Self {
        value.map_or(Self::absent(attribute), |value| Self::is(attribute, value))
    }

    /// Its attribute is absent, or below this.
    pub(crate) fn below<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<T>, value: &V) -> Self {
        Self(Test::Below(attribute.name(), to_value(value)))
    }

    /// Its attribute is absent, or not above this.
    pub(crate) fn at_most<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<T>, value: &V) -> Self {
        Self(Test::AtMost(attribute.name(), to_value(value)))
    }

    /// Its attribute is a list without this, or is absent.
    pub(crate) fn without<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<Vec<T>>, value: &V) -> Self {
        Self(Test::Without(attribute.name(), to_value(value)))
    }

    /// Its attribute is above this.
    pub(crate) fn above<T: Borrow<V>, V: Serialize + ?Sized>(attribute: Attr<T>, value: &V) -> Self {
        Self(Test::Above(attribute.name(), to_value(value)))
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
    pub(crate) fn name(&mut self, attribute: &'static str) -> String {
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
        let text = match condition.0 {
            Test::Exists => format!("attribute_exists({})", self.name(PK.name())),
            Test::Absent(attribute) => format!("attribute_not_exists({})", self.name(attribute)),
            Test::Is(attribute, value) => format!("{} = {}", self.name(attribute), self.value(value)),
            Test::Below(attribute, value) => {
                let name = self.name(attribute);
                let value = self.value(value);
                format!("(attribute_not_exists({name}) OR {name} < {value})")
            }
            Test::Without(attribute, value) => {
                format!("NOT contains({}, {})", self.name(attribute), self.value(value))
            }
            Test::Above(attribute, value) => format!("{} > {}", self.name(attribute), self.value(value)),
            Test::AtMost(attribute, value) => {
                let name = self.name(attribute);
                let value = self.value(value);
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
    pub(crate) fn at(key: impl Into<Key>) -> Self {
        Self { key: key.into(), set: Vec::new(), remove: Vec::new(), expression: Expression::default() }
    }

    /// A change of the `I` at `key`, or a new one: it sets the type and the version too.
    pub(crate) fn upsert<I: Item>(key: impl Into<Key>) -> Self {
        Self::at(key).set(TYPE, I::TYPE).set(VERSION, &I::VERSION)
    }

    pub(crate) fn set<T: Borrow<V>, V: Serialize + ?Sized>(mut self, attribute: Attr<T>, value: &V) -> Self {
        let name = self.expression.name(attribute.name());
        let value = self.expression.value(to_value(value));
        self.set.push(format!("{name} = {value}"));
        self
    }

    /// Sets the attribute, or takes it away where there is no value.
    pub(crate) fn set_or_remove<T: Serialize>(self, attribute: Attr<T>, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.remove(attribute),
        }
    }

    /// Sets the attribute unless it is there.
    pub(crate) fn set_once<T: Borrow<V>, V: Serialize + ?Sized>(mut self, attribute: Attr<T>, value: &V) -> Self {
        let name = self.expression.name(attribute.name());
        let value = self.expression.value(to_value(value));
        self.set.push(format!("{name} = if_not_exists({name}, {value})"));
        self
    }

    /// Adds one to the attribute, which counts from zero.
    pub(crate) fn count_up<T: From<u8> + Serialize>(self, attribute: Attr<T>) -> Self {
        self.add(attribute, &T::from(0), 1)
    }

    /// Adds `more` to the attribute, which begins as `first`.
    pub(crate) fn add<T: Serialize>(mut self, attribute: Attr<T>, first: &T, more: i64) -> Self {
        let name = self.expression.name(attribute.name());
        let first = self.expression.value(to_value(first));
        let more = self.expression.value(to_value(&more));
        self.set.push(format!("{name} = if_not_exists({name}, {first}) + {more}"));
        self
    }

    /// Appends to the list, which begins empty.
    pub(crate) fn append<T: Serialize>(mut self, attribute: Attr<Vec<T>>, value: &T) -> Self {
        let name = self.expression.name(attribute.name());
        let none = self.expression.value(AttributeValue::L(Vec::new()));
        let added = self.expression.value(AttributeValue::L(vec![to_value(value)]));
        self.set.push(format!("{name} = list_append(if_not_exists({name}, {none}), {added})"));
        self
    }

    pub(crate) fn remove<T>(mut self, attribute: Attr<T>) -> Self {
        let name = self.expression.name(attribute.name());
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
pub(crate) fn to_value<V: Serialize + ?Sized>(value: &V) -> AttributeValue {
    serde_dynamo::to_attribute_value(value).unwrap_or(AttributeValue::Null(true))
}
