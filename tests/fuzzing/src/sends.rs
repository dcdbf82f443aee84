//! Requests to send a message: the first line is the idempotency key, the rest the body.

use crate::first_line;
use crate::world::{Answer, World};
use axum::body::Body;
use domain::MessageId;
use http::{HeaderValue, Request, StatusCode};
use serde_json::{Map, Value};

/// The fields that say the same.
const DIALECTS: [[&str; 2]; 3] = [["leadId", "contactId"], ["phone", "phoneNumber"], ["text", "message"]];

/// A key stands for one message, in whatever dialect and on whatever route it is asked for again, and for no other request;
/// what is not a key is refused.
pub fn run(bytes: &[u8]) {
    let (key, body) = first_line(bytes);
    let Ok(key) = HeaderValue::from_bytes(key) else { return };
    World::with(|world| {
        let first = post(world, "/api/messages", &key, body);
        let is_key = key.len() <= 255 && key.as_bytes().iter().all(u8::is_ascii_graphic);
        assert!(is_key || first.status == StatusCode::BAD_REQUEST, "{key:?} was taken for a key");
        if first.status.is_client_error() {
            return true;
        }
        assert_eq!(first.status, StatusCode::ACCEPTED);
        let body: Map<String, Value> = serde_json::from_slice(body).expect("it was read as an object");
        assert!(first.body["id"].as_str().is_some_and(|id| id.parse::<MessageId>().is_ok()), "{}", first.body);
        let Some(said) = body.get("text").or_else(|| body.get("message")) else { return false };
        assert_eq!(&first.body["text"], said);
        if !key.is_empty() {
            repeated(world, &key, &first, body);
        }
        false
    });
}

fn repeated(world: &World, key: &HeaderValue, first: &Answer, body: Map<String, Value>) {
    let other_dialect: Map<String, Value> =
        body.clone().into_iter().map(|(field, value)| (in_other_words(&field).to_owned(), value)).collect();
    let routes = ["/api/messages", "/api/whatsapp/send", "/api/whatsapp/messages/send"];
    for (path, body) in routes.into_iter().zip([&other_dialect, &body, &other_dialect]) {
        let again = post(world, path, key, &json(body));
        assert_eq!((again.status, &again.body["id"]), (StatusCode::ACCEPTED, &first.body["id"]), "{path}");
    }
    let mut longer = body;
    let preview = longer.get("previewUrl").and_then(Value::as_bool).unwrap_or(false);
    longer.insert("previewUrl".to_owned(), Value::Bool(!preview));
    let other = post(world, "/api/messages", key, &json(&longer));
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "the key stood for two requests");
    let without = post(world, "/api/messages", &HeaderValue::from_static(""), &json(&longer));
    assert_eq!(without.status, StatusCode::ACCEPTED);
    assert_ne!(without.body["id"], first.body["id"]);
}

fn in_other_words(field: &str) -> &str {
    let same = DIALECTS.iter().find(|words| words.contains(&field));
    same.map_or(field, |[one, other]| if field == *one { other } else { one })
}

fn json(body: &Map<String, Value>) -> Vec<u8> {
    serde_json::to_vec(body).expect("it can be written")
}

fn post(world: &World, path: &str, key: &HeaderValue, body: &[u8]) -> Answer {
    // Nobody sends here, so there is nothing to wait for.
    let mut request = Request::post(path).header("content-type", "application/json").header("prefer", "wait=0");
    if !key.is_empty() {
        request = request.header("idempotency-key", key);
    }
    world.ask(request.body(Body::from(body.to_vec())).expect("a request can be made of these"))
}
