//! What reaches the webhook: only Meta is let in, and whatever Meta sends is kept, readable or not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use axum::body::Body;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::{Request, StatusCode};
use lambda_http::{Body as LambdaBody, RequestExt};
use runtime::keyring::Source;
use runtime::secrets::SecretsError;
use runtime::{Keyring, MetaSecrets};
use serde_json::{Value, json};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{Sender, TestApp, Turn, Wire};

const PATHS: [&str; 3] = ["/api/webhook/whatsapp", "/api/whatsapp/webhook", "/webhook/incoming"];
const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };
const MIB: usize = 1024 * 1024;

/// The answer to a handshake: status, type and text.
async fn handshake(app: &TestApp, path: &str, query: &str) -> (StatusCode, String, String) {
    let request = Request::get(format!("{path}?{query}")).body(Body::empty()).unwrap();
    let (parts, body) = app.stack().gateway().serve(request).await.into_parts();
    let body = axum::body::to_bytes(body, MIB).await.unwrap();
    let kind = parts.headers["content-type"].to_str().unwrap().to_owned();
    (parts.status, kind, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_handshake_gives_the_challenge_back_on_every_path_and_to_nobody_else() {
    let app = TestApp::start().await;
    let right = "hub.verify_token=leadwire-verify";
    let echo = "hub.challenge=1158201444";
    let wrong = [
        format!("hub.mode=subscribe&{echo}&hub.verify_token=leadwire-verifx"),
        format!("hub.mode=subscribe&{echo}&hub.verify_token="),
        format!("hub.mode=subscribe&{echo}"),
        format!("hub.mode=unsubscribe&{echo}&{right}"),
        format!("{echo}&{right}"),
        format!("hub.mode=subscribe&{right}"),
        format!("hub.mode=subscribe&hub.challenge=%3Cscript%3E&{right}"),
        String::new(),
    ];
    for path in PATHS {
        let answer = handshake(&app, path, &format!("hub.mode=subscribe&{echo}&{right}")).await;
        assert_eq!(answer, (StatusCode::OK, "text/plain".to_owned(), "1158201444".to_owned()), "{path}");
        for query in &wrong {
            let (status, kind, text) = handshake(&app, path, query).await;
            assert_eq!((status, kind.as_str()), (StatusCode::FORBIDDEN, "text/plain"), "{path}?{query}");
            assert!(!text.contains("1158201444") && !text.contains("script"), "{text}");
        }
    }
}

fn signed(body: &[u8], secret: &str) -> String {
    whatsapp::signature::sign(body, &domain::Secret::new(secret))
}

/// Whether nothing at all came of what was posted.
async fn assert_untouched(app: &TestApp, case: &str) {
    assert!(app.stack().poll_inbound().await.unwrap().is_empty(), "{case}: something was queued");
    assert!(app.get("/api/leads").await.items().is_empty(), "{case}: there is a lead");
    assert_eq!(app.stack().store().parked(10).await.unwrap(), [], "{case}: something was parked");
}

#[tokio::test]
async fn a_delivery_without_meta_s_own_signature_leaves_no_trace() {
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.A", 1_790_000_000, "hello");
    let good = signed(&body, &app.account().app_secret);
    let digits = good.strip_prefix("sha256=").unwrap().to_owned();
    let mut altered = body.clone();
    *altered.last_mut().unwrap() ^= 1;
    let longer = [body.as_slice(), b"\n"].concat();
    const HEADER: &str = "x-hub-signature-256";
    type Case<'a> = (&'a str, Vec<(&'a str, String)>, &'a [u8]);
    let cases: [Case<'_>; 20] = [
        ("missing", vec![], &body),
        ("two headers, both right", vec![(HEADER, good.clone()), (HEADER, good.clone())], &body),
        ("two headers, one right", vec![(HEADER, signed(&body, "x")), (HEADER, good.clone())], &body),
        ("sha1", vec![(HEADER, format!("sha1={}", &digits[..40]))], &body),
        ("the old header alone", vec![("x-hub-signature", good.clone())], &body),
        ("upper case", vec![(HEADER, format!("sha256={}", digits.to_uppercase()))], &body),
        ("no prefix", vec![(HEADER, digits.clone())], &body),
        ("truncated", vec![(HEADER, good[..good.len() - 1].to_owned())], &body),
        ("too long", vec![(HEADER, format!("{good}0"))], &body),
        ("another secret", vec![(HEADER, signed(&body, "leadwire-app-secreT"))], &body),
        ("the empty secret", vec![(HEADER, signed(&body, ""))], &body),
        ("that of another body", vec![(HEADER, signed(b"{}", &app.account().app_secret))], &body),
        ("one byte altered", vec![(HEADER, good.clone())], &altered),
        ("one byte more", vec![(HEADER, good.clone())], &longer),
        ("two in one header", vec![(HEADER, format!("{good},{good}"))], &body),
        ("another word before it", vec![(HEADER, format!("SHA256={digits}"))], &body),
        ("blanks within", vec![(HEADER, format!("sha256= {digits}"))], &body),
        ("no digits", vec![(HEADER, format!("sha256={}", "é".repeat(32)))], &body),
        ("empty", vec![(HEADER, String::new())], &body),
        ("empty digits", vec![(HEADER, "sha256=".to_owned())], &body),
    ];
    for (case, headers, body) in cases {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = app.post_webhook(&headers, body.to_vec()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{case}");
        assert_untouched(&app, case).await;
    }
    assert_eq!(app.post_webhook(&[(HEADER, &good)], body).await.status, StatusCode::OK, "the right one is let in");
}

#[tokio::test]
async fn only_get_and_post_are_served() {
    let app = TestApp::start().await;
    for method in ["PUT", "DELETE", "PATCH"] {
        let request = Request::builder().method(method).uri(PATHS[0]).body(Body::from("{}")).unwrap();
        assert_eq!(app.ask(request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test]
async fn a_body_in_base64_is_decoded_before_it_is_hashed() {
    let app = TestApp::start().await;
    let event = testkit::event("webhook/text-base64.json");
    let request = lambda_http::request::from_str(&event).unwrap();
    assert!(matches!(request.body(), LambdaBody::Binary(_)));
    let deps = &app.stack().functions().webhook;
    let answer = webhook::handle(deps, request.with_lambda_context(lambda_http::Context::default())).await;
    assert_eq!(answer.status(), StatusCode::OK);
    app.settle().await;
    assert_eq!(app.only_lead().await["name"], "Ana Souza");
}

#[tokio::test]
async fn a_binary_content_type_is_taken_as_well() {
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.A", 1_790_000_000, "olá 🙂");
    let request = Request::post(PATHS[2])
        .header("content-type", "application/octet-stream")
        .header("x-hub-signature-256", signed(&body, &app.account().app_secret));
    assert_eq!(app.ask(request.body(Body::from(body)).unwrap()).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(app.only_lead().await["messages"][0]["text"], "olá 🙂");
}

#[tokio::test]
async fn three_mebibytes_are_taken_and_one_byte_more_is_not() {
    let app = TestApp::start().await;
    let mut body = ANA.writes("wamid.A", 1_790_000_000, "hello");
    body.resize(3 * MIB + 1, b' ');
    assert_eq!(app.deliver(body.clone()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_untouched(&app, "too large").await;
    body.pop();
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(app.only_lead().await["unread"], 1);
}

/// A webhook whose only message has this JSON instead of `"TEXT"` in its body's place.
fn texted(json: &str) -> Vec<u8> {
    replaced(&ANA.writes("wamid.A", 1_790_000_000, "TEXT"), "\"TEXT\"", json.as_bytes())
}

fn replaced(body: &[u8], from: &str, to: &[u8]) -> Vec<u8> {
    let at = body.windows(from.len()).position(|window| window == from.as_bytes()).expect("it is in there");
    [&body[..at], to, &body[at + from.len()..]].concat()
}

/// What became of a delivery, one line for each message that is shown and each part that is parked. What is parked is
/// byte for byte a part of what came; where `inbound` parked it, it is the queue's message about such a part.
async fn fate(app: &TestApp, body: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    for lead in app.get("/api/leads").await.items() {
        let page = app.get(&format!("/api/leads/{}", lead["id"].as_str().unwrap())).await;
        let messages = page["messages"].as_array().unwrap().iter();
        lines.extend(messages.map(|m| format!("{}: {}", m["type"].as_str().unwrap(), m["text"].as_str().unwrap())));
    }
    for notice in app.get("/api/notices").await.items() {
        lines.push(format!("notice {}", notice["field"].as_str().unwrap()));
    }
    let store = app.stack().store();
    for parked in store.parked(100).await.unwrap() {
        let bytes = store.parked_bytes(parked.id).await.unwrap().expect("what is parked can be read");
        assert_eq!(bytes.len() as u64, parked.bytes);
        let (part, place) = match queue::InboundTask::<whatsapp::Event>::parse(&String::from_utf8_lossy(&bytes)) {
            Ok(task) => (task.event.body.get().as_bytes().to_vec(), "event"),
            Err(_) if bytes == body => (bytes, "all"),
            Err(_) => (bytes, "part"),
        };
        let kept = part.is_empty() || body.windows(part.len()).any(|window| window == part);
        assert!(kept, "{:?} is not what came", String::from_utf8_lossy(&part));
        lines.push(format!("parked {place}: {}", parked.reason));
    }
    lines
}

#[tokio::test]
async fn whatever_is_signed_is_answered_200_and_either_shown_or_parked_as_it_came() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let around = webhook(json!({"messages": ["HERE"]}));
    let message = |fields: &str| replaced(&around, "\"HERE\"", format!("{{{fields}}}").as_bytes());
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("empty", vec![], &["parked all: not JSON"]),
        ("broken", b"{\"entry\":[tru]}".to_vec(), &["parked all: not JSON"]),
        ("cut off", ANA.writes("wamid.A", 1, "hello")[..120].to_vec(), &["parked all: not JSON"]),
        ("a list", b"[]".to_vec(), &["parked all: not an object"]),
        ("null", b"null".to_vec(), &["parked all: not an object"]),
        ("a number", b"42".to_vec(), &["parked all: not an object"]),
        ("an empty object", b"{}".to_vec(), &["parked all: nothing in it"]),
        ("no entries", b"{\"entry\":[]}".to_vec(), &["parked all: nothing in it"]),
        ("only depth", nested(100_000).into_bytes(), &["parked all: not an object"]),
        ("depth beside a text", texted(&format!("\"hi\",\"x\":{}", nested(50_000))), &["text: hi"]),
        ("depth as a text", texted(&nested(50_000)), &["text: [Text] A message that came incomplete"]),
        ("bytes that are no text", replaced(&texted("\"a@b\""), "@", b"\xff\xc3"), &["text: a\u{fffd}\u{fffd}b"]),
        ("a byte order mark", [b"\xef\xbb\xbf".as_slice(), &texted("\"hi\"")].concat(), &["text: hi"]),
        ("half a surrogate pair", texted(r#""a\ud83d!""#), &["text: a\u{fffd}!"]),
        ("NUL", texted(r#""a\u0000b""#), &["text: a\0b"]),
        ("U+FFFE and U+FFFF", texted("\"a\u{fffe}\u{ffff}b\""), &["text: a\u{fffe}\u{ffff}b"]),
        ("a number as a text", texted("1e999"), &["text: 1e999"]),
        (
            "numbers as strings and strings as numbers",
            message(r#""id":7,"timestamp":1790000000,"from":5511988887777,"type":"text","text":{"body":3}"#),
            &["text: 3"],
        ),
        (
            "keys twice: the last counts",
            message(
                r#""id":"a","id":"b","timestamp":"x","timestamp":"1790000000","from":"5511988887777","type":"text",
                "text":{"body":"1"},"text":{"body":"2"}"#,
            ),
            &["text: 2"],
        ),
        (
            "a time beyond all numbers",
            message(r#""id":"a","timestamp":1e999,"from":"5511988887777""#),
            &["parked event: the event cannot be read: its timestamp is missing or not a number"],
        ),
        (
            "a time in words",
            message(r#""id":"a","timestamp":"yesterday","from":"5511988887777""#),
            &["parked event: the event cannot be read: its timestamp is missing or not a number"],
        ),
        (
            "wrong types everywhere",
            message(r#""id":{},"timestamp":[],"from":{"a":1},"type":7,"text":"x","context":3,"errors":{}"#),
            &["parked event: the event cannot be read: its id is missing or too long"],
        ),
        (
            "nobody sent it",
            message(r#""id":"a","timestamp":"1790000000","type":"text","text":{"body":"x"}"#),
            &["parked event: the event cannot be read: it does not name its sender"],
        ),
        (
            "lists that are none",
            webhook(json!({"messages": {"id": "a"}, "statuses": "x", "contacts": 7})),
            &["parked part: not a list", "parked part: not a list"],
        ),
        (
            "metadata that is none",
            webhook(json!({"metadata": 7, "messages": [ANA.message("wamid.A", 1, json!({}))]})),
            &["parked event: no channel is connected with the number (none)"],
        ),
        (
            "a number of nobody's",
            webhook(
                json!({"metadata": {"phone_number_id": "999"}, "messages": [ANA.message("wamid.A", 1, json!({}))]}),
            ),
            &["parked event: no channel is connected with the number 999"],
        ),
    ];
    for (case, body, expected) in cases {
        let app = TestApp::start().await;
        let forged = [("x-hub-signature-256", signed(&body, "another secret"))];
        let forged = forged.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(app.post_webhook(&forged, body.clone()).await.status, StatusCode::UNAUTHORIZED, "{case}");
        assert_untouched(&app, case).await;
        assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK, "{case}");
        app.settle().await;
        assert_eq!(fate(&app, &body).await, expected, "{case}");
        assert!(app.stack().poll_inbound().await.unwrap().is_empty(), "{case}: it is still in the queue");
    }
}

#[tokio::test]
async fn what_is_bad_hurts_none_of_its_siblings() {
    let app = TestApp::start().await;
    let good = |id: &str, text: &str| ANA.message(id, 1_790_000_000, json!({"type": "text", "text": {"body": text}}));
    let no_id = json!({"timestamp": "1790000000", "from": "5511988887777"});
    let messages = json!([7, good("wamid.A", "one"), null, no_id, good("wamid.B", "two"), []]);
    let body = webhook(json!({"contacts": [ANA.contact()], "messages": messages, "errors": [{"code": 130_429}]}));
    assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK);
    app.settle().await;
    let mut lines = fate(&app, &body).await;
    lines.sort_unstable();
    let expected = [
        "notice messages.errors",
        "parked event: the event cannot be read: its id is missing or too long",
        "parked part: not an object",
        "parked part: not an object",
        "parked part: not an object",
        "text: one",
        "text: two",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn a_bad_entry_hurts_no_other_entry() {
    let app = TestApp::start().await;
    let good: Value = serde_json::from_slice(&ANA.writes("wamid.A", 1_790_000_000, "hello")).unwrap();
    let body = json!({"entry": [7, {"id": "x"}, {"changes": {}}, good["entry"][0], {"changes": [3]}]}).to_string();
    assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK);
    app.settle().await;
    let mut lines = fate(&app, body.as_bytes()).await;
    lines.sort_unstable();
    let expected = [
        "parked part: not a list",
        "parked part: not an object",
        "parked part: not an object",
        "parked part: nothing in it",
        "text: hello",
    ];
    assert_eq!(lines, expected);
}

/// Text that hardly gets smaller by compression.
fn noise(bytes: usize) -> String {
    let mut state = 1u64;
    let email = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + u8::try_from((state >> 33) % 64).unwrap_or_default())
    };
    (0..bytes).map(email).map(|c| if c == '\\' { 'x' } else { c }).collect()
}

#[tokio::test]
async fn an_event_too_large_for_the_queue_is_parked_whole() {
    let app = TestApp::start().await;
    let text = noise(2 * MIB);
    let large = ANA.message("wamid.A", 1_790_000_000, json!({"type": "text", "text": {"body": text}}));
    let small = ANA.message("wamid.B", 1_790_000_001, json!({"type": "text", "text": {"body": "hello"}}));
    let body = webhook(json!({"contacts": [ANA.contact()], "messages": [large, small]}));
    assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK);
    app.settle().await;
    let parked = app.stack().store().parked(10).await.unwrap();
    assert_eq!(parked.iter().map(|event| event.reason.as_str()).collect::<Vec<_>>(), ["too large for the queue"]);
    let bytes = app.stack().store().parked_bytes(parked[0].id).await.unwrap().unwrap();
    let task = queue::InboundTask::<whatsapp::Event>::parse(&String::from_utf8(bytes).unwrap()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(task.event.body.get()).unwrap(), large);
    assert!(app.count("part").await > 1, "it takes several items");
    assert_eq!(app.only_lead().await["messages"][0]["text"], "hello", "its sibling is shown");
}

#[tokio::test]
async fn a_thousand_messages_in_one_post_are_all_stored() {
    let app = TestApp::start().await;
    let message = |index: i64| {
        ANA.message(&format!("wamid.{index}"), 1_790_000_000 + index, json!({"type": "text", "text": {"body": "x"}}))
    };
    let messages: Vec<_> = (0..1000).map(message).collect();
    assert_eq!(app.deliver(webhook(json!({"messages": messages}))).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(app.count("in").await, 1000);
    assert_eq!(app.only_lead().await["unread"], 99, "which is as far as it counts");
}

/// A webhook of one text and of so many pieces that cannot be read.
fn with_unreadable(pieces: usize) -> Vec<u8> {
    let mut messages: Vec<Value> = (0..pieces).map(Value::from).collect();
    messages.push(ANA.message("wamid.A", 1_790_000_000, json!({"type": "text", "text": {"body": "hello"}})));
    webhook(json!({"contacts": [ANA.contact()], "messages": messages}))
}

#[tokio::test]
async fn unreadable_pieces_of_one_post_are_parked_side_by_side() {
    let app = TestApp::start().await;
    let wire = Wire::new(|call| if call.body.contains("PARK#") { Turn::Waits } else { Turn::Goes });
    let slow = app.workers(&wire, app.clock()).gateway();
    let mut answered = pin!(testkit::ask(&slow, app.delivery(with_unreadable(40))));
    assert!(wire.until_stuck(answered.as_mut()).await.is_none(), "the post waits for what it parks");
    assert_eq!(wire.calls(), 16, "no piece waits for the one before it, and the table is not flooded");
    wire.open();
    assert_eq!(answered.await.status, StatusCode::OK);
    assert_eq!(app.stack().store().parked(100).await.unwrap().len(), 40);
}

#[tokio::test]
async fn a_post_with_more_unreadable_pieces_than_a_hundred_is_parked_once_and_whole() {
    for (pieces, parked) in [(100, 100), (101, 1), (30_000, 1)] {
        let app = TestApp::start().await;
        let body = with_unreadable(pieces);
        assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK);
        app.settle().await;
        let events = app.stack().store().parked(200).await.unwrap();
        assert_eq!(events.len(), parked, "of {pieces}");
        if let [all] = events.as_slice() {
            assert_eq!(app.stack().store().parked_bytes(all.id).await.unwrap(), Some(body), "{pieces}");
        }
        assert_eq!(app.only_lead().await["messages"][0]["text"], "hello", "its sibling is shown");
    }
}

/// Secrets that a test replaces, and how often they were fetched. Debug shows that.
#[derive(Clone, Default)]
struct Elsewhere {
    now: Arc<Mutex<Option<MetaSecrets>>>,
    fetched: Arc<AtomicUsize>,
}

impl Source<MetaSecrets> for Elsewhere {
    fn fetch(&self) -> BoxFuture<'_, Result<MetaSecrets, SecretsError>> {
        self.fetched.fetch_add(1, Ordering::Relaxed);
        let secrets = self.now.lock().unwrap().clone();
        let problem = || SecretsError::Unavailable { id: "test".to_owned(), problem: "away".to_owned() };
        async move { secrets.ok_or_else(problem) }.boxed()
    }
}

impl std::fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.fetched.fmt(f)
    }
}

/// A webhook whose secrets stand elsewhere.
struct Rotating {
    app: TestApp,
    deps: webhook::Deps,
    elsewhere: Elsewhere,
}

impl Rotating {
    /// Meta signs with `first`.
    async fn start(first: &str) -> Self {
        let app = TestApp::start().await;
        let elsewhere = Elsewhere::default();
        let mut it = Self { deps: (*app.stack().functions().webhook).clone(), app, elsewhere };
        it.put(&[first], "leadwire-verify");
        it.deps.keyring = Keyring::open(it.elsewhere.clone(), it.app.now()).await.unwrap();
        it
    }

    fn put(&self, signing: &[&str], verify_token: &str) {
        let mut secrets = testkit::secrets(self.app.account()).meta;
        secrets.app_secrets = signing.iter().copied().map(domain::Secret::new).collect();
        secrets.verify_token = domain::Secret::new(verify_token);
        *self.elsewhere.now.lock().unwrap() = Some(secrets);
    }

    /// What a delivery is answered that was signed so.
    async fn signed(&self, secret: &str) -> u16 {
        let body = ANA.writes("wamid.A", 1_790_000_000, "hello");
        let request = Request::post(PATHS[0]).header("x-hub-signature-256", signed(&body, secret));
        let answer = webhook::handle(&self.deps, request.body(LambdaBody::from(body)).unwrap()).await;
        answer.status().as_u16()
    }

    /// What a handshake with this token is answered.
    async fn shaken(&self, token: &str) -> u16 {
        let query = [("hub.mode", "subscribe"), ("hub.challenge", "7"), ("hub.verify_token", token)];
        let query = query.map(|(name, value)| (name.to_owned(), vec![value.to_owned()]));
        let request = Request::get(PATHS[0]).body(LambdaBody::Empty).unwrap();
        let request = request.with_query_string_parameters(std::collections::HashMap::from(query));
        webhook::handle(&self.deps, request).await.status().as_u16()
    }

    fn fetched(&self) -> usize {
        self.elsewhere.fetched.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn a_secret_is_replaced_while_traffic_flows() {
    let it = Rotating::start("old").await;
    it.put(&["new", "old"], "another");
    assert_eq!((it.signed("old").await, it.fetched()), (200, 1), "nothing is amiss, so nobody asks");
    assert_eq!((it.signed("new").await, it.fetched()), (200, 2), "the first delivery under the new one is let in");
    assert_eq!((it.signed("old").await, it.signed("new").await), (200, 200));
    assert_eq!((it.shaken("another").await, it.shaken("leadwire-verify").await), (200, 403));
    it.put(&["new"], "another");
    it.app.skip(Duration::from_secs(299));
    assert_eq!((it.signed("old").await, it.fetched()), (200, 2), "for five minutes it may still be let in");
    it.app.skip(Duration::from_secs(1));
    assert_eq!((it.signed("old").await, it.signed("new").await, it.fetched()), (401, 200, 3), "and no longer");
}

#[tokio::test]
async fn a_handshake_finds_a_token_that_was_put_there_a_moment_ago() {
    let it = Rotating::start("old").await;
    it.put(&["old"], "another");
    assert_eq!(it.shaken("another").await, 200);
}

#[tokio::test]
async fn who_signs_wrongly_has_the_secrets_fetched_every_ten_seconds_at_most() {
    let it = Rotating::start("old").await;
    for second in 0..60 {
        assert_eq!(it.signed("neither").await, 401, "{second}");
        it.app.skip(Duration::from_secs(1));
    }
    assert_eq!(it.fetched(), 1 + 6, "at the start, and after 0, 10, 20, 30, 40 and 50 seconds");
}

#[tokio::test]
async fn secrets_that_cannot_be_fetched_again_go_on() {
    let it = Rotating::start("old").await;
    *it.elsewhere.now.lock().unwrap() = None;
    it.app.skip(Duration::from_secs(3600));
    for _ in 0..3 {
        assert_eq!((it.signed("old").await, it.signed("new").await), (200, 401));
    }
    assert_eq!(it.fetched(), 2, "and it is not asked for each delivery");
    it.put(&["new"], "leadwire-verify");
    it.app.skip(Duration::from_secs(10));
    assert_eq!((it.signed("new").await, it.signed("old").await), (200, 401));
}
