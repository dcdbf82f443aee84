//! What a browser gets of a running instance: the console, its headers, and changes as they happen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod support;

use futures::{SinkExt, StreamExt};
use reqwest::Response;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use support::{Instance, eventually, http, start};
use tempfile::tempdir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

/// From a customer's message until its frame is at the browser, on this machine.
const AT_ONCE: Duration = Duration::from_millis(150);

/// How often it is tried: other programs want the processor too.
const TRIES: usize = 10;

async fn instance(data: &Path, console: &Path) -> Instance {
    start(data, &["--port", "0", "--console", console.to_str().unwrap()]).await
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_console_is_served_with_its_headers_and_its_page_stands_for_every_place_in_it() {
    let data = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let dist = console.path().join("dist");
    fs::create_dir_all(dist.join("assets")).unwrap();
    fs::write(dist.join("index.html"), "<!doctype html><title>Console</title>").unwrap();
    fs::write(dist.join("assets/app-1.js"), "export {};").unwrap();
    fs::write(dist.join(".built-from"), "a digest").unwrap();
    fs::write(console.path().join("package.json"), "{}").unwrap();
    let instance = instance(data.path(), console.path()).await;
    let get = async |path: &str| http.get(instance.at(path)).send().await.unwrap();
    for place in ["/", "/inbox", "/inbox/cnv_1", "/leads?stage=Won"] {
        let page = get(place).await;
        assert_eq!(
            (page.status().as_u16(), header(&page, "content-type")),
            (200, "text/html; charset=utf-8"),
            "{place}"
        );
        let policy = header(&page, "content-security-policy").to_owned();
        for part in ["default-src 'self'", "frame-ancestors 'none'", "connect-src 'self' ws://localhost:"] {
            assert!(policy.contains(part), "{part}: {policy}");
        }
        assert_eq!(header(&page, "x-content-type-options"), "nosniff");
        assert!(header(&page, "permissions-policy").contains("microphone=(self)"));
        assert_eq!(header(&page, "cache-control"), "no-cache");
        assert!(page.text().await.unwrap().contains("<title>Console</title>"));
    }
    let script = get("/assets/app-1.js").await;
    assert_eq!(header(&script, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&script, "cache-control"), "public, max-age=31536000, immutable");
    for missing in ["/assets/app-2.js", "/.built-from", "/..%2f..%2fpackage.json"] {
        assert_eq!(get(missing).await.status(), 404, "{missing}");
    }
    assert_eq!(header(&get("/api/nothing").await, "content-type"), "application/problem+json");
    assert!(get("/customer").await.text().await.unwrap().contains("<html"), "other pages stay");
    let page = get("/local").await.text().await.unwrap();
    assert!(page.contains("/customer") && page.contains("/mailbox"), "{page}");
    let info: Value = get("/local/info").await.json().await.unwrap();
    let told = ["email", "password", "simulatorUrl", "mailboxUrl"].map(|field| info[field].clone());
    let known = ["ownerEmail", "ownerPassword", "customerUrl", "mailboxUrl"].map(|field| json!(instance.field(field)));
    assert_eq!(told, known);
}

#[tokio::test]
async fn without_a_console_the_root_says_in_one_line_what_to_do_and_all_else_works() {
    let data = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let instance = instance(data.path(), console.path()).await;
    let root = http.get(instance.at("/")).send().await.unwrap();
    assert_eq!(root.status(), 503);
    let says = root.text().await.unwrap();
    assert_eq!(says.lines().count(), 1, "{says}");
    assert!(says.contains("npm"), "{says}");
    instance.sign_in(&http).await;
}

type Socket = WebSocketStream<TcpStream>;

async fn connected(instance: &Instance, http: &reqwest::Client, token: &str) -> Socket {
    let asked = http.post(instance.at("/api/realtime/ticket")).bearer_auth(token);
    let ticket: Value = asked.send().await.unwrap().json().await.unwrap();
    let url = ticket["url"].as_str().unwrap().to_owned();
    let address = url.strip_prefix("ws://").unwrap().split('/').next().unwrap().to_owned();
    let (mut socket, _) = client_async(url.as_str(), TcpStream::connect(address).await.unwrap()).await.unwrap();
    assert_eq!(frame(&mut socket).await, json!({"type": "hello", "heartbeatSeconds": 300}));
    let stream = TcpStream::connect(url.split('/').nth(2).unwrap()).await.unwrap();
    assert!(client_async(url.as_str(), stream).await.is_err(), "a ticket works once");
    socket
}

async fn frame(socket: &mut Socket) -> Value {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(20), socket.next()).await.expect("a frame comes");
        if let Message::Text(text) = message.unwrap().unwrap() {
            return serde_json::from_str(text.as_str()).unwrap();
        }
    }
}

async fn until(socket: &mut Socket, kind: &str) -> Value {
    loop {
        let next = frame(socket).await;
        if next["type"] == kind {
            return next;
        }
    }
}

#[tokio::test]
async fn a_customers_message_is_at_the_browser_at_once() {
    let data = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let instance = instance(data.path(), console.path()).await;
    let token = instance.sign_in(&http).await;
    let mut socket = connected(&instance, &http, &token).await;
    socket.send(Message::text(r#"{"type":"ping"}"#)).await.unwrap();
    assert_eq!(until(&mut socket, "pong").await, json!({"type": "pong"}));
    let mut fastest = Duration::MAX;
    for number in 0..TRIES {
        let text = format!("Hello {number}");
        let message = json!({ "from": "919876500001", "type": "text", "text": text });
        let begun = Instant::now();
        instance.post(&http, "/_sim/messages", message).await;
        assert_eq!(until(&mut socket, "message").await["message"]["text"], json!(text));
        fastest = fastest.min(begun.elapsed());
    }
    assert!(fastest < AT_ONCE, "{fastest:?}");
    socket.close(None).await.unwrap();
    let known = async || instance.get(&http, &token, "/api/leads").await["items"][0]["unread"].as_u64();
    assert_eq!(eventually("the lead", known).await, TRIES as u64);
}

#[tokio::test]
async fn a_customers_photo_comes_to_the_browser_by_the_links_that_it_is_told() {
    let data = tempdir().unwrap();
    let console = tempdir().unwrap();
    let http = http();
    let instance = instance(data.path(), console.path()).await;
    let token = instance.sign_in(&http).await;
    let mut socket = connected(&instance, &http, &token).await;
    instance.post(&http, "/_sim/messages", json!({ "from": "919876500001", "type": "image" })).await;
    let media = loop {
        let media = until(&mut socket, "message").await["message"]["media"].clone();
        if media["state"] != "pending" {
            break media;
        }
    };
    assert_eq!(media["state"], "stored", "{media}");
    for (link, kind) in [("url", "image/png"), ("thumbnailUrl", "image/jpeg")] {
        let answer = http.get(instance.at(media[link].as_str().unwrap())).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (200, kind));
        assert!(!answer.bytes().await.unwrap().is_empty());
    }
    socket.close(None).await.unwrap();
}
