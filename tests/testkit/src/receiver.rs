//! A system of a business that receives webhooks, on this machine.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A delivery, as it was received.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it was signed.
    pub body: String,
}

/// The system, which remembers what it received.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    received: Arc<Mutex<Vec<Delivered>>>,
    answers: Arc<Mutex<StatusCode>>,
}

impl Delivered {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a delivery is JSON")
    }

    /// A header, as text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().expect("a header is text")
    }
}

impl Receiver {
    /// One that answers 204.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}/hook", listener.local_addr().expect("it listens"));
        let receiver = Self { url, received: Arc::default(), answers: Arc::new(Mutex::new(StatusCode::NO_CONTENT)) };
        let router = Router::new().route("/hook", any(receive)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    /// Answers `status` from now on.
    pub fn answer(&self, status: StatusCode) {
        *self.answers.lock().expect("nobody panicked") = status;
    }

    /// Everything that it received, in order, also what it refused.
    #[must_use]
    pub fn received(&self) -> Vec<Delivered> {
        self.received.lock().expect("nobody panicked").clone()
    }

    /// The types of what it received, in order.
    #[must_use]
    pub fn types(&self) -> Vec<String> {
        self.received().iter().map(|one| one.json()["type"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let body = String::from_utf8(body.to_vec()).unwrap_or_default();
    receiver.received.lock().expect("nobody panicked").push(Delivered { headers, body });
    *receiver.answers.lock().expect("nobody panicked")
}
