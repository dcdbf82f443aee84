//! What a filter of an event source mapping lets through: EventBridge's patterns, as far as the template uses them. A
//! list of a pattern holds what a value may be; `exists` speaks of values, never of the objects around them.

use serde_json::Value;

/// Whether an event matches a pattern.
///
/// # Panics
/// If the pattern uses what is not known here.
#[must_use]
pub fn matches(pattern: &Value, event: &Value) -> bool {
    match pattern {
        Value::Object(fields) => fields.iter().all(|(name, inner)| matches(inner, &event[name.as_str()])),
        Value::Array(any) => any.iter().any(|one| allows(one, event)),
        other => panic!("a pattern ends in a list, not in {other}"),
    }
}

fn allows(one: &Value, value: &Value) -> bool {
    match one {
        Value::Object(test) => match &test["exists"] {
            Value::Bool(wanted) => (value.is_string() || value.is_number() || value.is_boolean()) == *wanted,
            _ => panic!("{one} is not known here"),
        },
        literal => literal == value,
    }
}
