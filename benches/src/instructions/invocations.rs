//! Lambda's Runtime API as one function sees it: hands out events one after the other, and keeps the answers.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use runtime::{Clock, SystemClock};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// How long an invocation may take, as in the template.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The Runtime API. Clones are the same one.
#[derive(Clone, Debug)]
pub(super) struct Invocations(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    left: Mutex<VecDeque<String>>,
    answers: Mutex<Vec<Result<Value, String>>>,
    asked_in_vain: Notify,
}

impl Invocations {
    /// One that hands out `events`.
    pub(super) fn of(events: Vec<String>) -> Self {
        let (left, answers) = (Mutex::new(events.into()), Mutex::default());
        Self(Arc::new(Shared { left, answers, asked_in_vain: Notify::new() }))
    }

    /// Serves it, and says where.
    pub(super) async fn serve(&self) -> String {
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(failed))
            .with_state(self.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound port has an address").to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Waits until the function asks for an event and there is none left.
    pub(super) async fn used_up(&self) {
        self.0.asked_in_vain.notified().await;
    }

    /// What was answered to each event, or what went wrong.
    pub(super) fn answers(&self) -> Vec<Result<Value, String>> {
        std::mem::take(&mut self.0.answers.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, answer: Result<Value, String>) -> StatusCode {
        self.0.answers.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
        StatusCode::ACCEPTED
    }
}

async fn next(State(invocations): State<Invocations>) -> Response {
    let event = invocations.0.left.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let Some(event) = event else {
        invocations.0.asked_in_vain.notify_one();
        return std::future::pending().await;
    };
    let deadline = SystemClock.now().plus(TIMEOUT).millis().to_string();
    let headers = [
        ("content-type", "application/json"),
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", deadline.as_str()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:measured"),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0"),
    ];
    (headers, event).into_response()
}

async fn answered(State(invocations): State<Invocations>, Path(_): Path<String>, body: String) -> StatusCode {
    invocations.keep(serde_json::from_str(&body).map_err(|error| format!("{body} is not JSON: {error}")))
}

async fn failed(State(invocations): State<Invocations>, body: String) -> StatusCode {
    invocations.0.asked_in_vain.notify_one();
    invocations.keep(Err(body))
}
