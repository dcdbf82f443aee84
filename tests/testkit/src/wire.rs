//! Workers of which a test decides, at each call they make to table, queues or Meta, what befalls it.

use crate::TestApp;
use aws_config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use futures::FutureExt;
use futures::future::BoxFuture;
use leadwire::Stack;
use runtime::Clock;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::{Notify, watch};
use whatsapp::carrier::{Carrier, Lost};

/// The operation that a post to Meta counts as.
pub const GRAPH: &str = "Graph";

/// A call that is about to be made.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// How many were made before it.
    pub number: usize,
    /// What is asked for, such as `PutItem` or [`GRAPH`].
    pub operation: &'a str,
    /// The body of the request.
    pub body: &'a str,
}

/// What befalls a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It goes through.
    Goes,
    /// It goes through after whoever else is at work has had so many turns.
    Dawdles(u32),
    /// It waits until [`Wire::open`]; for ever if that is never said, as where the worker dies.
    Waits,
    /// It fails, and took no effect.
    Fails,
    /// It takes effect, and the answer is lost.
    Loses,
    /// Every other entry of a batch for a queue is refused.
    Halves,
}

type Decide = dyn Fn(Call<'_>) -> Turn + Send + Sync;

/// The way to table, queues and Meta. Clones are the same way.
#[derive(Clone)]
pub struct Wire(Arc<Inner>);

struct Inner {
    decide: Box<Decide>,
    armed: AtomicBool,
    calls: AtomicUsize,
    stuck: Notify,
    open: watch::Sender<bool>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Wire").field(&self.calls()).finish()
    }
}

impl Wire {
    /// A wire on which `decide` says what befalls each call.
    pub fn new(decide: impl Fn(Call<'_>) -> Turn + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            decide: Box::new(decide),
            armed: AtomicBool::new(false),
            calls: AtomicUsize::new(0),
            stuck: Notify::new(),
            open: watch::Sender::new(false),
        }))
    }

    /// A wire on which the call of this number waits, and all others go through.
    #[must_use]
    pub fn waiting_at(number: usize) -> Self {
        Self::new(move |call| if call.number == number { Turn::Waits } else { Turn::Goes })
    }

    /// How many calls were made.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }

    /// Does `work` until it is done or one of its calls waits; none then.
    pub async fn until_stuck<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.0.stuck.notified() => None,
        }
    }

    /// Lets the call that waits go through.
    pub fn open(&self) {
        self.0.open.send_replace(true);
    }

    /// What befalls the next call, once whatever it has to wait for is over.
    async fn meet(&self, operation: &str, body: &str) -> Turn {
        if !self.0.armed.load(Ordering::SeqCst) {
            return Turn::Goes;
        }
        let number = self.0.calls.fetch_add(1, Ordering::SeqCst);
        let turn = (self.0.decide)(Call { number, operation, body });
        match turn {
            Turn::Goes | Turn::Fails | Turn::Loses | Turn::Halves => {}
            Turn::Dawdles(turns) => {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
            }
            Turn::Waits => {
                self.0.stuck.notify_one();
                // The sender lives as long as this wire.
                let _ = self.0.open.subscribe().wait_for(|open| *open).await;
            }
        }
        turn
    }
}

impl TestApp {
    /// Further workers over the same table, queues and Meta, whose clock is `clock` and whose calls go over `wire`.
    ///
    /// # Panics
    /// If they cannot be put together.
    pub async fn workers(&self, wire: &Wire, clock: Arc<dyn Clock>) -> Stack {
        let aws = Client { wire: wire.clone(), inner: self.emulator().http_client() };
        let aws = self.emulator().sdk_config_over(aws).into_builder().retry_config(RetryConfig::disabled()).build();
        let (graph, inner) = self.graph();
        let meta = whatsapp::Client::new(Meta { wire: wire.clone(), inner }, graph);
        let secrets = crate::secrets(self.account());
        let stack = Stack::over(self.emulator(), &aws, (clock, self.ids()), secrets, meta).await;
        wire.0.armed.store(true, Ordering::SeqCst);
        stack.expect("the stack can be put together")
    }
}

#[derive(Clone, Debug)]
struct Client {
    wire: Wire,
    inner: SharedHttpClient,
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Aws { wire: self.wire.clone(), inner })
    }
}

#[derive(Clone, Debug)]
struct Aws {
    wire: Wire,
    inner: SharedHttpConnector,
}

impl Aws {
    async fn carry(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let operation = target.split_once('.').map_or("", |(_, operation)| operation);
        let body = request.body().bytes().map(String::from_utf8_lossy).unwrap_or_default().into_owned();
        match self.wire.meet(operation, &body).await {
            Turn::Goes | Turn::Dawdles(_) | Turn::Waits => self.inner.call(request).await,
            Turn::Fails => reply(500, &json!({"__type": "com.amazonaws#InternalServerError", "message": "planned"})),
            Turn::Loses => {
                self.inner.call(request).await?;
                Err(ConnectorError::timeout("the answer is lost".into()))
            }
            Turn::Halves => self.halve(request, &body).await,
        }
    }

    async fn halve(&self, mut request: HttpRequest, body: &str) -> Result<HttpResponse, ConnectorError> {
        let mut asked: Value = serde_json::from_str(body).unwrap_or_default();
        let entries = asked["Entries"].as_array().cloned().unwrap_or_default();
        let refused = |entry: &Value| json!({"Id": entry["Id"], "Code": "InternalError", "SenderFault": false});
        let failed: Vec<_> = entries.iter().step_by(2).map(refused).collect();
        let taken: Vec<_> = entries.into_iter().skip(1).step_by(2).collect();
        if taken.is_empty() {
            return reply(200, &json!({"Successful": [], "Failed": failed}));
        }
        asked["Entries"] = taken.into();
        *request.body_mut() = SdkBody::from(asked.to_string());
        let answer = self.inner.call(request).await?;
        let mut said: Value = serde_json::from_slice(answer.body().bytes().unwrap_or_default()).unwrap_or_default();
        said["Failed"] = failed.into();
        reply(200, &said)
    }
}

impl HttpConnector for Aws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().carry(request))
    }
}

fn reply(status: u16, body: &Value) -> Result<HttpResponse, ConnectorError> {
    let response = http::Response::builder().status(status).body(SdkBody::from(body.to_string()));
    let response = response.map_err(|error| ConnectorError::other(error.into(), None))?;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}

#[derive(Clone, Debug)]
struct Meta {
    wire: Wire,
    inner: reqwest::Client,
}

impl Carrier for Meta {
    fn carry(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, Lost>> {
        let Self { wire, inner } = self.clone();
        async move {
            let body = String::from_utf8_lossy(request.body()).into_owned();
            match wire.meet(GRAPH, &body).await {
                Turn::Goes | Turn::Dawdles(_) | Turn::Waits | Turn::Halves => inner.carry(request).await,
                Turn::Fails => Err(Lost::BeforeSending("connection refused".to_owned())),
                Turn::Loses => {
                    inner.carry(request).await?;
                    Err(Lost::OnTheWay("timed out".to_owned()))
                }
            }
        }
        .boxed()
    }
}
