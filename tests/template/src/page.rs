//! A page of CloudFormation as JSON, its short tags in their long form: `!Ref X` is `{"Ref": "X"}`.

use serde_json::{Value, json};
use yaml_serde::Value as Yaml;

/// Reads a page.
///
/// # Panics
/// If it is not YAML.
#[must_use]
pub fn read(text: &str) -> Value {
    long(yaml_serde::from_str(text).unwrap_or_else(|error| panic!("this is not YAML: {error}")))
}

fn long(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::Number(number) => number.as_i64().map_or_else(|| json!(number.as_f64()), Value::from),
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(long).collect(),
        Yaml::Mapping(entries) => {
            Value::Object(entries.into_iter().map(|(name, value)| (key(name), long(value))).collect())
        }
        Yaml::Tagged(tagged) => {
            let name = tagged.tag.to_string();
            call(name.trim_start_matches('!'), long(tagged.value))
        }
    }
}

/// The keys of routes' settings and of stages may be no strings to YAML.
fn key(name: Yaml) -> String {
    match long(name) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn call(function: &str, argument: Value) -> Value {
    let name = match function {
        "Ref" | "Condition" => function.to_owned(),
        _ => format!("Fn::{function}"),
    };
    let argument = match (function, argument) {
        ("GetAtt", Value::String(path)) => path.splitn(2, '.').collect(),
        (_, argument) => argument,
    };
    json!({name: argument})
}

/// Every text in a value, wherever it stands.
#[must_use]
pub fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Everything that a value refers to by `Ref`, `Fn::GetAtt` or `${…}`: a name, and the attribute if it is one's.
#[must_use]
pub fn references(value: &Value) -> Vec<(String, Option<String>)> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(name, inner)| reference(name, inner)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn reference(function: &str, argument: &Value) -> Vec<(String, Option<String>)> {
    match (function, argument) {
        ("Ref", Value::String(name)) => vec![(name.clone(), None)],
        ("Fn::GetAtt", Value::Array(path)) => {
            let part = |place: usize| path.get(place).and_then(Value::as_str).map(str::to_owned);
            vec![(part(0).unwrap_or_default(), part(1))]
        }
        ("Fn::Sub", Value::String(text)) => placeholders(text).into_iter().map(dotted).collect(),
        _ => references(argument),
    }
}

/// A name such as `Table.Arn` in its two parts.
fn dotted(name: &str) -> (String, Option<String>) {
    match name.split_once('.') {
        Some((name, attribute)) => (name.to_owned(), Some(attribute.to_owned())),
        None => (name.to_owned(), None),
    }
}

/// What stands between `${` and `}` in a text.
#[must_use]
pub fn placeholders(text: &str) -> Vec<&str> {
    text.split("${").skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}
