//! The client against real sockets: where it does not go, and how long and how much it listens.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use egress::{EgressError, Reach, Transport, http_client};
use http::{Request, StatusCode};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const PATIENCE: Duration = Duration::from_secs(10);

/// Serves one connection after the other with `answer`, and gives the port.
async fn server(answer: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    port
}

fn post(url: String) -> Request<Vec<u8>> {
    Request::post(url).body(b"{}".to_vec()).unwrap()
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_called_nor_is_a_bare_address() {
    let port = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned()).await;
    let client = http_client(Reach::Public, PATIENCE).unwrap();
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let refused = client.carry(post(format!("http://{host}:{port}/"))).await;
        assert_eq!(refused.unwrap_err(), EgressError::Private, "{host}");
    }
    let local = http_client(Reach::Everything, PATIENCE).unwrap();
    assert_eq!(local.carry(post(format!("http://localhost:{port}/"))).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let inside = server("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret".to_owned()).await;
    let location = format!("http://127.0.0.1:{inside}/");
    let port = server(format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")).await;
    let client = http_client(Reach::Everything, PATIENCE).unwrap();
    let answer = client.carry(post(format!("http://127.0.0.1:{port}/"))).await.unwrap();
    assert_eq!((answer.status(), answer.body().as_slice()), (StatusCode::FOUND, b"".as_slice()));
}

#[tokio::test]
async fn an_answer_of_a_gigabyte_is_cut_off() {
    let length = 1_000_000_000;
    let port = server(format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{}", "a".repeat(1 << 20))).await;
    let client = http_client(Reach::Everything, PATIENCE).unwrap();
    let answer = client.carry(post(format!("http://127.0.0.1:{port}/"))).await.unwrap();
    assert_eq!(answer.body().len(), 64 * 1024);
}

#[tokio::test]
async fn who_never_answers_is_not_waited_for_and_nobody_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let client = http_client(Reach::Everything, Duration::from_millis(50)).unwrap();
    let silent = client.carry(post(format!("http://127.0.0.1:{port}/"))).await;
    assert_eq!(silent.unwrap_err(), EgressError::Timeout);
    drop(listener);
    let client = http_client(Reach::Everything, PATIENCE).unwrap();
    let gone = client.carry(post(format!("http://127.0.0.1:{port}/"))).await;
    assert_eq!(gone.unwrap_err(), EgressError::NoConnection);
}
