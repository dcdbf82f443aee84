//! Workers of which a test decides, at each call they make to table, queues or Meta, what befalls it.

use crate::TestApp;
use crate::between::{self, Between, Carried, Guarded};
use aws_config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use futures::FutureExt;
use futures::future::BoxFuture;
use leadwire::Stack;
use runtime::Clock;
use serde_json::json;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::{Notify, watch};
use whatsapp::transport::{Transport, TransportError};

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
    pub fn workers(&self, wire: &Wire, clock: Arc<dyn Clock>) -> Stack {
        let aws = Guarded::new(wire.clone(), self.emulator().http_client());
        let aws = self.emulator().sdk_config_over(aws).into_builder().retry_config(RetryConfig::disabled()).build();
        let (graph, inner) = self.graph();
        let meta = whatsapp::Client::new(Meta { wire: wire.clone(), inner }, graph);
        let secrets = crate::secrets(self.account());
        let queues = self.stack().queues().clone();
        let stack = Stack::over(self.emulator(), &aws, queues, clock, self.random(), secrets, meta);
        wire.0.armed.store(true, Ordering::SeqCst);
        stack.expect("the stack can be put together")
    }
}

impl Between for Wire {
    async fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> Carried {
        let turn = {
            let (_, operation) = between::target(&request);
            self.meet(operation, between::body(&request)).await
        };
        match turn {
            Turn::Goes | Turn::Dawdles(_) | Turn::Waits => on.call(request).await,
            Turn::Fails => {
                between::answer(500, &json!({"__type": "com.amazonaws#InternalServerError", "message": "planned"}))
            }
            Turn::Loses => {
                on.call(request).await?;
                Err(between::lost())
            }
            Turn::Halves => between::carry_some(request, &on, |place, _| place % 2 == 1).await,
        }
    }
}

#[derive(Clone, Debug)]
struct Meta {
    wire: Wire,
    inner: reqwest::Client,
}

impl Transport for Meta {
    fn carry(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        let Self { wire, inner } = self.clone();
        async move {
            let body = String::from_utf8_lossy(request.body()).into_owned();
            match wire.meet(GRAPH, &body).await {
                Turn::Goes | Turn::Dawdles(_) | Turn::Waits | Turn::Halves => inner.carry(request).await,
                Turn::Fails => Err(TransportError::BeforeSending("connection refused".to_owned())),
                Turn::Loses => {
                    inner.carry(request).await?;
                    Err(TransportError::OnTheWay("timed out".to_owned()))
                }
            }
        }
        .boxed()
    }
}
