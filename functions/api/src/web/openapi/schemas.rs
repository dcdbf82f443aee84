//! The schemas of everything that the API takes and gives, derived from the types that serde reads and writes.

use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where a description keeps its schemas.
const PLACE: &str = "#/components/schemas/";

/// Collects schemas. What is taken may be null where it may be left out; what is given is left out or null, never both.
#[derive(Debug)]
pub(crate) struct Schemas {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Schemas {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { taken: generator(Contract::Deserialize), given: generator(Contract::Serialize) }
    }

    /// The schema of a `T` that is read.
    pub(crate) fn taken<T: JsonSchema>(&mut self) -> Value {
        tidied(self.taken.subschema_for::<T>().to_value(), &Contract::Deserialize)
    }

    /// The schema of a `T` that is written.
    pub(crate) fn given<T: JsonSchema>(&mut self) -> Value {
        tidied(self.given.subschema_for::<T>().to_value(), &Contract::Serialize)
    }

    /// Each field of a `T` that is read: its name, what it means, and its schema without null.
    pub(crate) fn fields<T: JsonSchema>(&mut self) -> Vec<(String, String, Value)> {
        let schema = tidied(T::json_schema(&mut self.taken).to_value(), &Contract::Deserialize);
        let fields = schema["properties"].as_object().cloned().unwrap_or_default();
        let field = |(name, mut schema): (String, Value)| {
            let says = schema.as_object_mut().and_then(|schema| schema.remove("description")).unwrap_or_default();
            (name, says.as_str().unwrap_or_default().to_owned(), without_null(schema))
        };
        fields.into_iter().map(field).collect()
    }

    /// All that were named, each under its name; and those of which what is taken has a name of its own.
    pub(crate) fn all(mut self) -> (BTreeMap<String, Value>, Twins) {
        let mut taken = named(self.taken.take_definitions(true), &Contract::Deserialize);
        let given = named(self.given.take_definitions(true), &Contract::Serialize);
        let twins = Twins::found_in(&taken, &given);
        taken.values_mut().for_each(|schema| twins.point_to_taken(schema));
        let taken = taken.into_iter().map(|(name, schema)| (twins.taken(&name), schema));
        (taken.chain(given).collect(), twins)
    }
}

/// The schemas that a reader and a writer describe in two ways: what is taken may be null, or leave out what is always
/// given.
#[derive(Debug)]
pub(crate) struct Twins(BTreeSet<String>);

impl Twins {
    fn found_in(taken: &BTreeMap<String, Value>, given: &BTreeMap<String, Value>) -> Self {
        let both = || taken.iter().filter(|(name, _)| given.contains_key(*name));
        let differs = |(name, schema): &(&String, &Value)| given.get(*name) != Some(*schema);
        let mut twins = Self(both().filter(differs).map(|(name, _)| name.clone()).collect());
        // What points to one of them is described in two ways as well.
        loop {
            let points = |(name, schema): &(&String, &Value)| !twins.0.contains(*name) && twins.stand_in(schema);
            let more: Vec<_> = both().filter(points).map(|(name, _)| name.clone()).collect();
            if more.is_empty() {
                return twins;
            }
            twins.0.extend(more);
        }
    }

    /// What that of the name which is taken is called.
    fn taken(&self, name: &str) -> String {
        if self.0.contains(name) { format!("{name}Input") } else { name.to_owned() }
    }

    fn stand_in(&self, schema: &Value) -> bool {
        match schema {
            Value::Object(object) => object.iter().any(|(key, value)| match value {
                Value::String(target) if key == "$ref" => self.0.contains(target.trim_start_matches(PLACE)),
                part => self.stand_in(part),
            }),
            Value::Array(parts) => parts.iter().any(|part| self.stand_in(part)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }

    /// Has what is taken point to what is taken.
    pub(crate) fn point_to_taken(&self, schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(target) if key == "$ref" => {
                            *target = format!("{PLACE}{}", self.taken(target.trim_start_matches(PLACE)));
                        }
                        part => self.point_to_taken(part),
                    }
                }
            }
            Value::Array(parts) => parts.iter_mut().for_each(|part| self.point_to_taken(part)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The schemas of one direction, by the names that callers read.
///
/// # Panics
/// If two that differ have one name.
fn named(schemas: Map<String, Value>, contract: &Contract) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for (name, schema) in schemas {
        let schema = tidied(schema, contract);
        let before = all.insert(called(&name), schema.clone());
        assert!(before.is_none_or(|before| before == schema), "two schemas are called {}", called(&name));
    }
    all
}

fn generator(contract: Contract) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = PLACE.trim_start_matches('#').trim_end_matches('/').to_owned().into();
        settings.meta_schema = None;
        settings.contract = contract;
    });
    settings.into_generator()
}

/// What callers call what we call a view.
fn called(name: &str) -> String {
    name.strip_suffix("View").map_or_else(|| name.replace("ViewPage", "Page"), ToOwned::to_owned)
}

/// The schema as readers and generators of clients like it: closed lists as `enum`, and no format that OpenAPI does not
/// know.
fn tidied(mut schema: Value, contract: &Contract) -> Value {
    match &mut schema {
        Value::Object(object) => {
            for part in object.values_mut() {
                *part = tidied(part.take(), contract);
            }
            if let Some(Value::String(target)) = object.get_mut("$ref") {
                *target = format!("{PLACE}{}", called(target.trim_start_matches(PLACE)));
            }
            if object.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with("uint")) {
                object.remove("format");
            }
            list_words(object);
            if contract.is_serialize() {
                leave_out(object);
            }
        }
        Value::Array(parts) => {
            for part in parts {
                *part = tidied(part.take(), contract);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    schema
}

/// Makes one list of words that are each described by themselves.
fn list_words(schema: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = schema.get("oneOf") else { return };
    let words: Option<Vec<_>> = choices.iter().map(|choice| choice.get("const").cloned()).collect();
    let Some(words) = words else { return };
    let meaning = |choice: &Value| {
        let word = choice["const"].as_str().unwrap_or_default();
        let says = choice["description"].as_str();
        format!("\n- `{word}`: {}", says.unwrap_or_default())
    };
    let says = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let says = format!("{says}\n{}", choices.iter().map(meaning).collect::<String>());
    schema.remove("oneOf");
    schema.extend([("type".to_owned(), json!("string")), ("enum".to_owned(), Value::Array(words))]);
    schema.insert("description".to_owned(), json!(says));
}

/// A field that may be left out of what we write is never null: only what is nothing is left out.
fn leave_out(schema: &mut Map<String, Value>) {
    let required: Vec<_> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(fields)) = schema.get_mut("properties") else { return };
    for (name, field) in fields {
        if !required.contains(&json!(name)) {
            *field = without_null(field.take());
        }
    }
}

/// The schema of an optional value, where it is there.
fn without_null(mut schema: Value) -> Value {
    let null = json!({ "type": "null" });
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array)
        && let [some, none] = choices.as_slice()
        && *none == null
    {
        let some = some.as_object().cloned().unwrap_or_default();
        let object = schema.as_object_mut().into_iter();
        for object in object {
            object.remove("anyOf");
            for (name, value) in &some {
                object.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
    } else if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            schema["type"] = kind.clone();
        }
        if let Some(Value::Array(words)) = schema.get_mut("enum") {
            words.retain(|word| !word.is_null());
        }
    }
    schema
}
