//! The client against a server that plays the Graph API: what is posted, and what each answer comes to.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::channels::failures::{Failure, Reason};
use domain::inbox::outbound_content::{Draft, OutboundText};
use domain::inbox::outbound_media::MediaDraft;
use domain::inbox::outbound_messages::{Address, LIFETIME, OutboundMessage, Outcome, SendState};
use domain::inbox::statuses::Delivery;
use domain::{
    Bsuid, ChannelId, ConversationId, HistoryId, MessageId, OutboundContent, Phone, PhoneNumberId, Secret, Text,
    Timestamp, Wamid,
};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use whatsapp::{Client, transport};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

fn text(body: &str, preview_url: bool) -> OutboundContent {
    OutboundContent::parse(Draft::Text(OutboundText { body: Text::new(body), preview_url })).unwrap()
}

fn send() -> OutboundMessage {
    OutboundMessage {
        id: MessageId::from_parts(NOW, 3),
        conversation: ConversationId { history: HistoryId::from_parts(NOW, 1), channel: ChannelId::from_parts(NOW, 2) },
        to: Address::Phone(Phone::parse("34600111222").unwrap()),
        bsuid: None,
        content: text("hola \"Ana\"", true),
        reply_to: None,
        part_of: None,
        retry_of: None,
        unless_written_since: None,
        confirms_opt_out: false,
        after: None,
        price: None,
        fallback: None,
        booking: None,
        state: SendState::Queued { not_before: None, refusal: None, is_probe: false },
        tries: 0,
        redriven: 0,
        queued: NOW,
        expires: NOW.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    }
}

/// What the server does once it has read the request.
enum Play {
    Answer(u16, String),
    Raw(&'static [u8]),
    Endless,
    Silence,
    Close,
    Reset,
}

/// A server on a port of its own, and what it was sent, one text for each request.
async fn graph(play: Play) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v26.0", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut requests = Vec::new();
        // After the first request, whoever comes within 100 ms is a repetition.
        let mut patience = Duration::from_secs(10);
        while let Ok(Ok((mut stream, _))) = tokio::time::timeout(patience, listener.accept()).await {
            requests.push(request(&mut stream).await);
            perform(&play, stream).await;
            patience = Duration::from_millis(100);
        }
        requests
    });
    (base, task)
}

async fn request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap();
        read.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if count == 0 || body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        assert!(count > 0, "the request broke off");
    }
}

async fn perform(play: &Play, mut stream: TcpStream) {
    match play {
        Play::Answer(status, body) => {
            let head =
                format!("HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\nlocation: /elsewhere\r\n");
            let answer = format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        Play::Raw(bytes) => stream.write_all(bytes).await.unwrap(),
        Play::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"messages\":[{\"id\":\"wamid.OUT\"}],\"x\":\"").await.unwrap();
            while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
        }
        Play::Silence => tokio::time::sleep(Duration::from_secs(2)).await,
        Play::Close => {}
        Play::Reset => stream.set_zero_linger().unwrap(),
    }
}

async fn post(base: &str, send: &OutboundMessage) -> Outcome {
    let number = PhoneNumberId::parse("1000001").unwrap();
    let client = Client::new(transport::http_client().unwrap(), base.to_owned());
    client.send(&number, &Secret::new("EAAG-token"), send, "lw1.name", &[]).await
}

/// The outcome of one post, which must have been posted exactly once.
async fn outcome(play: Play, send: &OutboundMessage) -> Outcome {
    let (base, server) = graph(play).await;
    let outcome = post(&base, send).await;
    assert_eq!(server.await.unwrap().len(), 1, "posted once");
    outcome
}

fn error(code: &str) -> String {
    format!(
        r#"{{"error":{{"message":"(#1) no","type":"OAuthException","code":{code},"error_data":{{"details":"why"}},"fbtrace_id":"A"}}}}"#
    )
}

async fn answered(status: u16, body: impl Into<String>) -> Outcome {
    outcome(Play::Answer(status, body.into()), &send()).await
}

fn because(reason: Reason, code: i64) -> Failure {
    Failure { reason, code: Some(code), detail: Some(Text::new("why")) }
}

#[tokio::test]
async fn a_message_to_a_phone_is_posted_as_meta_takes_it() {
    let accepted =
        r#"{"messaging_product":"whatsapp","contacts":[{"input":"+34600111222"}],"messages":[{"id":"wamid.OUT"}]}"#;
    let (base, server) = graph(Play::Answer(200, accepted.to_owned())).await;
    let reply = OutboundMessage { reply_to: Some(Wamid::parse("wamid.IN").unwrap()), ..send() };
    assert_eq!(post(&format!("{base}/"), &reply).await, Outcome::Accepted(Wamid::parse("wamid.OUT").unwrap()));
    let requests = server.await.unwrap();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v26.0/1000001/messages HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: Bearer EAAG-token") && head.contains("application/json"), "{head}");
    let expected = r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+34600111222","type":"text","text":{"body":"hola \"Ana\"","preview_url":true},"context":{"message_id":"wamid.IN"},"biz_opaque_callback_data":"lw1.name"}"#;
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_user_id_goes_into_recipient_and_never_into_to() {
    let (base, server) = graph(Play::Answer(200, r#"{"messages":[{"id":"wamid.OUT"}]}"#.to_owned())).await;
    let to = Address::Bsuid(Bsuid::parse("ES.77").unwrap());
    let content = text("hola \"Ana\"", false);
    let to_user = OutboundMessage { to, content, ..send() };
    assert_eq!(post(&base, &to_user).await, Outcome::Accepted(Wamid::parse("wamid.OUT").unwrap()));
    let requests = server.await.unwrap();
    let (_, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let expected = r#"{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"ES.77","type":"text","text":{"body":"hola \"Ana\"","preview_url":false},"biz_opaque_callback_data":"lw1.name"}"#;
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_stored_file_goes_out_under_metas_id_and_not_before_it_has_one() {
    let media_id = "med_01M3250VASBF3MSX3QTC83A67F".parse().ok();
    let file = MediaDraft { media_id, caption: Some(Text::new("look")), ..MediaDraft::default() };
    let send = OutboundMessage { content: OutboundContent::parse(Draft::Image(file)).unwrap(), ..send() };
    let (base, server) = graph(Play::Answer(200, r#"{"messages":[{"id":"wamid.OUT"}]}"#.to_owned())).await;
    let client = Client::new(transport::http_client().unwrap(), base.clone());
    let number = PhoneNumberId::parse("1000001").unwrap();
    let token = Secret::new("EAAG-token");
    let too_early = client.send(&number, &token, &send, "lw1.name", &[]).await;
    assert_eq!(too_early, Outcome::NotYet(Duration::from_secs(1)));
    let there = [(media_id.unwrap(), "4490709327384033".to_owned())];
    let posted = client.send(&number, &token, &send, "lw1.name", &there).await;
    assert_eq!(posted, Outcome::Accepted(Wamid::parse("wamid.OUT").unwrap()));
    let requests = server.await.unwrap();
    let (_, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(body.contains(r#""type":"image","image":{"caption":"look","id":"4490709327384033"}"#), "{body}");
}

#[tokio::test]
async fn an_error_with_a_row_decides_whatever_the_status() {
    assert_eq!(answered(400, error("131047")).await, Outcome::Refused(because(Reason::WindowClosed, 131_047)));
    assert_eq!(answered(500, error("\"131026\"")).await, Outcome::Refused(because(Reason::NotReachable, 131_026)));
    assert_eq!(answered(200, error("100")).await, Outcome::Refused(because(Reason::Refused, 100)));
    assert_eq!(answered(401, error("190")).await, Outcome::Unauthorised(because(Reason::Unauthorised, 190)));
    let plain = r#"{"error":{"message":"no","code":131009,"error_data":"plain"}}"#;
    let failure = Failure { reason: Reason::Refused, code: Some(131_009), detail: Some(Text::new("plain")) };
    assert_eq!(answered(400, plain).await, Outcome::Refused(failure));
    let no_object = r#"{"error":{"message":"why","code":100,"error_subcode":33}}"#;
    assert_eq!(answered(400, no_object).await, Outcome::Unauthorised(because(Reason::Unauthorised, 100)));
}

#[tokio::test]
async fn where_meta_asks_to_wait_the_pause_grows_with_the_tries() {
    assert_eq!(answered(429, error("130429")).await, Outcome::NotYet(Duration::from_secs(1)));
    let tried = OutboundMessage { tries: 3, ..send() };
    assert_eq!(outcome(Play::Answer(400, error("131056")), &tried).await, Outcome::NotYet(Duration::from_secs(64)));
}

#[tokio::test]
async fn what_leaves_it_open_is_unknown() {
    for code in ["1", "2", "131000", "131016", "133004", "424242", "null", "\"x\""] {
        assert_eq!(answered(400, error(code)).await, Outcome::Unknown, "{code}");
    }
    let answers = [
        (200, ""),
        (200, "{}"),
        (200, r#"{"messages":[]}"#),
        (200, r#"{"messages":[{"id":""}]}"#),
        (200, r#"{"messages":[{"id":"wamid.OUT""#),
        (200, "<html>"),
        (400, r#"{"messages":[{"id":"wamid.OUT"}]}"#),
        (302, ""),
        (401, "Unauthorized"),
        (500, r#"{"error":"down"}"#),
        (503, "Service Unavailable"),
    ];
    for (status, body) in answers {
        assert_eq!(answered(status, body).await, Outcome::Unknown, "{status} {body}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unknown() {
    assert_eq!(outcome(Play::Close, &send()).await, Outcome::Unknown);
    assert_eq!(outcome(Play::Reset, &send()).await, Outcome::Unknown);
    assert_eq!(
        outcome(Play::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"mess"), &send()).await,
        Outcome::Unknown
    );
    assert_eq!(outcome(Play::Raw(b"nothing like HTTP\r\n\r\n"), &send()).await, Outcome::Unknown);
    assert_eq!(outcome(Play::Endless, &send()).await, Outcome::Unknown);
}

#[tokio::test]
async fn a_timeout_is_unknown() {
    let (base, server) = graph(Play::Silence).await;
    let http = reqwest::Client::builder().timeout(Duration::from_millis(200)).build().unwrap();
    let number = PhoneNumberId::parse("1000001").unwrap();
    let outcome = Client::new(http, base).send(&number, &Secret::new("token"), &send(), "lw1.name", &[]).await;
    assert_eq!(outcome, Outcome::Unknown);
    assert_eq!(server.await.unwrap().len(), 1);
}

#[tokio::test]
async fn where_nothing_left_this_machine_the_send_waits() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(post(&closed, &send()).await, Outcome::NotYet(Duration::from_secs(1)));
    assert_eq!(post(&closed, &OutboundMessage { tries: 9, ..send() }).await, Outcome::NotYet(Duration::from_secs(60)));
    for base in ["https://no-such-host.invalid/v26.0", "not an address", "mailto:a@example.com", "ftp://127.0.0.1"] {
        assert_eq!(post(base, &send()).await, Outcome::NotYet(Duration::from_secs(1)), "{base}");
    }
}

#[tokio::test]
async fn a_failed_tls_handshake_lets_the_send_wait() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    assert_eq!(post(&base, &send()).await, Outcome::NotYet(Duration::from_secs(1)));
    server.await.unwrap();
}

#[tokio::test]
async fn a_token_that_no_header_can_hold_sends_nothing() {
    let (base, server) = graph(Play::Close).await;
    let client = Client::new(transport::http_client().unwrap(), base);
    let number = PhoneNumberId::parse("1000001").unwrap();
    let outcome = client.send(&number, &Secret::new("two\nlines"), &send(), "lw1.name", &[]).await;
    assert_eq!(outcome, Outcome::NotYet(Duration::from_secs(1)));
    server.abort();
}
