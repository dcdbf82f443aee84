//! The description of the API: that it is the one that the code gives, and good to read.

use crate::support::Api;
use api::description;
use axum::http::{Method, StatusCode};
use runtime::Environment;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Where the description is kept.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

/// What may hold any JSON: what WhatsApp told, as it came.
const ANYTHING: [&str; 2] = ["Notice.raw", "RawMessage.raw"];

fn source(module: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module).with_extension("rs");
    std::fs::read_to_string(path).unwrap()
}

fn kept() -> Value {
    serde_json::from_str(api::DESCRIPTION).unwrap()
}

/// Writes it anew where `INSTA_UPDATE=always`, like any snapshot.
#[test]
fn the_description_is_the_one_that_the_code_gives() {
    let mut given = serde_json::to_string_pretty(&description(source)).unwrap();
    given.push('\n');
    if Environment::of_process().optional("INSTA_UPDATE").as_deref() == Some("always") {
        std::fs::write(KEPT, &given).unwrap();
    }
    let current = std::fs::read_to_string(KEPT).unwrap() == given;
    assert!(current, "openapi.json is out of date: INSTA_UPDATE=always cargo test -p api --test it openapi");
}

#[tokio::test]
async fn anyone_may_read_the_description() {
    let api = Api::new().await;
    let answer = api.call_as_it_is(Method::GET, "/api/openapi.json", &[], "").await;
    assert_eq!(
        (answer.status, answer.headers.get("content-type").unwrap().as_bytes()),
        (StatusCode::OK, &b"application/json"[..])
    );
    assert_eq!(answer.body["openapi"], "3.1.0");
}

/// Each operation: its method and path, and what is said of it.
fn operations(document: &Value) -> Vec<(String, &Map<String, Value>)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| {
            (format!("{} {path}", method.to_uppercase()), operation.as_object().unwrap())
        })
    });
    operations.collect()
}

#[test]
fn every_route_is_described() {
    let document = kept();
    let operations = operations(&document);
    let described: BTreeSet<_> = operations.iter().map(|(route, _)| route.clone()).collect();
    let served = api::routes().into_iter().map(|route| format!("{} {}", route.method, route.path));
    assert_eq!(described, served.collect());
    for (route, operation) in operations {
        let summary = operation["summary"].as_str().unwrap();
        assert!((3..=120).contains(&summary.len()), "{route}: {summary}");
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let said =
                parameter["in"] == "path" || parameter["description"].as_str().is_some_and(|says| !says.is_empty());
            assert!(said, "{route}: nothing is said of {parameter}");
        }
    }
}

/// What an operation's ID begins with, as a method of a client does.
const VERBS: &str = "approve assign block cancel change check claim complete connect count create delete disable disconnect \
    dismiss enable end erase export fill get import invite list log mark merge preview refetch refresh regenerate replace \
    replay request resend reset restore revoke rotate run scan search send sign start take test toggle unblock undo update \
    verify";

/// The verb of `getLead`: `get`.
fn verb(id: &str) -> &str {
    id.split(char::is_uppercase).next().unwrap_or_default()
}

#[test]
fn operation_ids_are_unique_and_begin_with_a_verb() {
    let document = kept();
    let operations = operations(&document);
    let ids: Vec<_> = operations.iter().map(|(_, operation)| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    let nouns: Vec<_> =
        ids.iter().filter(|id| !VERBS.split(' ').any(|known| known == verb(id)) || **id == verb(id)).collect();
    assert!(nouns.is_empty(), "these begin with no verb of the list, or are a verb alone: {nouns:?}");
    for (route, operation) in operations {
        let of = operation.get("x-alias-of").and_then(Value::as_str);
        assert!(of.is_none_or(|of| ids.contains(&of)), "{route} is an alias of {of:?}");
    }
}

/// Whether a schema says what a value is.
fn says_what(schema: &Value) -> bool {
    ["type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf"].iter().any(|word| schema.get(word).is_some())
}

#[test]
fn every_field_says_what_it_is_and_what_it_means() {
    let document = kept();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(
            schema["description"].as_str().is_some_and(|says| !says.is_empty()) || name.ends_with("Page"),
            "{name}"
        );
        assert!(!name.ends_with("View"), "{name} is a word of ours");
        if name.ends_with("Body") {
            assert_eq!(schema["additionalProperties"], json!(false), "{name}");
        }
        let schema_of = schema;
        let choices = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let mut parts: Vec<_> = choices.collect();
        parts.push(schema);
        for part in parts {
            for (field, schema) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let field = format!("{name}.{field}");
                assert!(ANYTHING.contains(&field.as_str()) || says_what(schema), "{field} may be anything");
                let tag = schema.get("const").is_some() || field.ends_with(".metadata");
                let said = schema.get("description").and_then(Value::as_str).is_some_and(|says| !says.is_empty());
                // The one field of a variant is said beside it.
                let variant = part.get("description").is_some() && part != schema_of;
                assert!(tag || said || variant, "nothing is said of {field}");
            }
        }
    }
}
