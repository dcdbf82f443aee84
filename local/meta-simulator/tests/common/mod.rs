//! A simulator whose time stands still and whose webhooks end in a list.

#![allow(dead_code, reason = "every test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "helpers of tests, outside of test functions")]

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::Timestamp;
use meta_simulator::{Config, Simulator, WebhookRequest};
use runtime::Clock;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// 2026-11-21T09:00:00Z.
pub const START: i64 = 1_795_251_600_000;
pub const ASHA: &str = "919876500001";
pub const ASHA_ID: &str = "IN.10203040506070809010";

#[derive(Debug)]
pub struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

#[derive(Default)]
pub struct Business {
    pub got: Vec<WebhookRequest>,
    pub answers: VecDeque<Result<u16, String>>,
    pub at_once: usize,
    pub most_at_once: usize,
}

pub struct Stage {
    pub simulator: Simulator,
    pub clock: Arc<Standing>,
    pub business: Arc<Mutex<Business>>,
}

pub fn stage() -> Stage {
    stage_with(|_| {})
}

pub fn stage_with(adjust: impl FnOnce(&mut Config)) -> Stage {
    let clock = Arc::new(Standing(AtomicI64::new(START)));
    let business = Arc::new(Mutex::new(Business::default()));
    let mut config = Config::demo("http://business/webhook");
    config.clock = clock.clone();
    let inbox = business.clone();
    config.transport = Arc::new(move |request: WebhookRequest| {
        let inbox = inbox.clone();
        async move {
            let answer = {
                let mut inbox = inbox.lock().unwrap();
                inbox.got.push(request);
                inbox.at_once += 1;
                inbox.most_at_once = inbox.most_at_once.max(inbox.at_once);
                inbox.answers.pop_front().unwrap_or(Ok(200))
            };
            tokio::task::yield_now().await;
            inbox.lock().unwrap().at_once -= 1;
            answer
        }
    });
    adjust(&mut config);
    Stage { simulator: Simulator::open(config).unwrap(), clock, business }
}

impl Stage {
    pub fn pass(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn answers(&self, answers: impl IntoIterator<Item = Result<u16, String>>) {
        self.business.lock().unwrap().answers.extend(answers);
    }

    pub fn turn(&self, changes: Value) {
        self.simulator.turn(&changes).unwrap();
    }

    /// What arrived since the last call, as JSON.
    pub fn arrived(&self) -> Vec<Value> {
        let got = std::mem::take(&mut self.business.lock().unwrap().got);
        got.iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
    }

    /// Every message and status that arrived since the last call.
    pub fn items(&self, key: &str) -> Vec<Value> {
        let all = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
        let mut items = Vec::new();
        for post in self.arrived() {
            for change in all(&post, "entry").iter().flat_map(|entry| all(entry, "changes")) {
                items.extend(all(&change["value"], key));
            }
        }
        items
    }

    /// Lets `millis` pass in small steps, delivering what falls due.
    pub async fn play(&self, millis: i64) {
        for _ in 0..millis / 50 {
            self.simulator.deliver_due().await.unwrap();
            self.pass(50);
        }
        self.simulator.deliver_due().await.unwrap();
    }

    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Result<Value, String>) {
        self.call_as(Some("local-access-token"), method, path, body).await
    }

    pub async fn call_as(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Result<Value, String>) {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.simulator.router().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let json = bytes
            .map_err(|error| error.to_string())
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()));
        (status, json)
    }

    pub async fn send(&self, body: Value) -> (StatusCode, Value) {
        let path = "/v25.0/100000000000001/messages";
        let (status, body) = self.call("POST", path, Some(body)).await;
        (status, body.unwrap())
    }

    /// Asha writes, so that the window is open, and her webhook is gone.
    pub async fn open_window(&self) {
        self.simulator.receive(&meta_simulator::CustomerMessage::text(ASHA, "hi")).unwrap();
        self.simulator.deliver_due().await.unwrap();
        self.arrived();
    }
}

pub fn text(to: &str, body: &str) -> Value {
    json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "text",
        "text": {"body": body}, "biz_opaque_callback_data": "job-1"})
}
