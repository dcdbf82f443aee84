//! Holds every answer that a test gets against the description of the API: a status that is not described, a body that
//! is not as described and a header that is missing fail the test that got them.

use axum::http::{HeaderMap, Method};
use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(api::DESCRIPTION).unwrap());

/// What was made of schemas, by their text: making it takes longer than using it.
static MADE: LazyLock<Mutex<BTreeMap<String, Arc<Made>>>> = LazyLock::new(Mutex::default);

struct Made {
    schemas: Schemas,
    index: SchemaIndex,
}

/// Fails unless the answer is as it is described.
pub fn check(method: &Method, path: &str, status: u16, headers: &HeaderMap, body: &[u8]) {
    let Some(operation) = operation(method, path) else {
        assert!(
            method == Method::OPTIONS || [404, 405].contains(&status),
            "{method} {path} is not described: {status}"
        );
        return;
    };
    let described = operation["responses"].get(status.to_string());
    let described = resolved(described.unwrap_or_else(|| panic!("{method} {path}: {status} is not described")));
    for (name, header) in described["headers"].as_object().into_iter().flatten() {
        let required = resolved(header)["required"] == true;
        assert!(!required || headers.contains_key(name), "{method} {path}: {status} without {name}");
    }
    let kind = headers.get("content-type").map(|kind| kind.to_str().unwrap().split(';').next().unwrap());
    let content = described.get("content").and_then(Value::as_object);
    let Some(content) = content else {
        return assert!(body.is_empty(), "{method} {path}: {status} has a body");
    };
    let kind = kind.unwrap_or_else(|| panic!("{method} {path}: {status} without a type"));
    let schema = &content.get(kind).unwrap_or_else(|| panic!("{method} {path}: {status} is {kind}"))["schema"];
    if kind.ends_with("json") {
        let body: Value = serde_json::from_slice(body).unwrap();
        let made = made(schema);
        if let Err(wrong) = made.schemas.validate(&body, made.index) {
            panic!("{method} {path}: {status} is not as described: {wrong:#}");
        }
    }
}

/// Whether the description takes `value` for one of its `schema`.
pub fn takes(schema: &str, value: &Value) -> bool {
    let made = made(&json!({ "$ref": format!("#/components/schemas/{schema}") }));
    made.schemas.validate(value, made.index).is_ok()
}

fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let fits = |described: &str| {
        let described = described.split('/');
        let path = path.split('/');
        described.clone().count() == path.clone().count()
            && described.zip(path).all(|(described, part)| described == part || described.starts_with('{'))
    };
    let paths = DOCUMENT["paths"].as_object()?;
    let described =
        paths.get(path).or_else(|| paths.iter().find(|(described, _)| fits(described)).map(|(_, it)| it))?;
    described.get(method.as_str().to_lowercase())
}

fn resolved(part: &'static Value) -> &'static Value {
    let target = part.get("$ref").and_then(Value::as_str);
    target.map_or(part, |target| DOCUMENT.pointer(target.trim_start_matches('#')).unwrap())
}

fn made(schema: &Value) -> Arc<Made> {
    let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || {
        let whole = json!({ "allOf": [schema], "components": { "schemas": DOCUMENT["components"]["schemas"] } });
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        compiler.add_resource("described:/schema.json", whole).unwrap();
        let index = compiler.compile("described:/schema.json", &mut schemas).unwrap();
        Arc::new(Made { schemas, index })
    };
    Arc::clone(all.entry(schema.to_string()).or_insert_with(make))
}
