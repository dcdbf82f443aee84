//! The functions with what AWS puts between them: queues that invoke, a stream that invokes, a schedule.

use crate::functions::{Functions, Parts};
use crate::gateway::Gateway;
use crate::sockets::Sockets;
use aws_config::SdkConfig;
use aws_lambda_events::dynamodb::EventRecord;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_sqs::types::QueueAttributeName;
use blobs::{Blobs, Transport};
use domain::access::webhooks;
use egress::Reach;
use emulator::source::{Polled, Pumped, QueueSource, Running, Shutdown, StreamSource};
use emulator::{Connections, Database, Emulator};
use futures::FutureExt;
use futures::future::BoxFuture;
use mail::Mail;
use push::Push;
use queue::Queue;
use runtime::{Clock, Random, Secrets};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use store::{Store, Table};

/// What the table is called here.
pub const TABLE: &str = "leadwire";
/// The queue of `inbound`.
pub const INBOUND: &str = "leadwire-inbound.fifo";
/// The queue of `outbound`.
pub const OUTBOUND: &str = "leadwire-outbound.fifo";

/// The queue of `jobs`.
pub const JOBS: &str = "leadwire-jobs";

/// Six times a worker's timeout of 15 s, as AWS advises for queues that invoke functions.
const VISIBILITY: &str = "90";

/// The same of `jobs`, which has 90 s.
const JOBS_VISIBILITY: &str = "540";

/// 14 days, the longest that SQS keeps a message: what was answered 200 outlives any outage that somebody notices.
const RETENTION: &str = "1209600";

/// Passing faults never empty a queue into its dead letters; what ends its workers is parked long before.
const MAX_RECEIVE_COUNT: u32 = 1000;

/// How many messages a worker is handed at a time: events as many as SQS gives; sends and jobs one, since each may take as
/// long as Meta takes to answer.
pub const BATCHES: [(&str, usize); 3] = [(INBOUND, 10), (OUTBOUND, 1), (JOBS, 1)];

/// How many events and sends are under way at a time. A send may hang for ten seconds and must not hold up others.
const INBOUND_POLLERS: usize = 2;
const OUTBOUND_POLLERS: usize = 8;
const JOBS_POLLERS: usize = 4;

/// By whom mails come.
const MAIL_FROM: &str = "no-reply@leadwire.localhost";

/// Where their links lead unless somebody says where the pages are.
const CONSOLE_URL: &str = "http://leadwire.localhost";

/// Where the WebSocket API's management API is called: nothing but this path is looked at.
const CONNECTIONS_URL: &str = "http://realtime.localhost/ws";

/// Where the bucket is unless somebody says where this instance is served: the path is what is looked at.
const BUCKET_URL: &str = "http://leadwire.localhost/_bucket";

/// How often due work is looked for: on AWS every minute, here sooner, because somebody is watching.
const TICK: Duration = Duration::from_secs(5);

/// How often the database is tidied. That reads the whole table, and AWS takes its time over it too.
const TIDY: Duration = Duration::from_secs(600);

/// How long the table's stream is kept, as on AWS.
const STREAM_KEPT: Duration = Duration::from_secs(24 * 3600);

/// What went wrong while the stack was put together.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The table could not be made.
    #[error("cannot create the table: {0}")]
    Table(#[from] store::StoreError),
    /// A queue could not be made.
    #[error("cannot create the queue {name}: {problem}")]
    Queue {
        /// Which.
        name: &'static str,
        /// What went wrong.
        problem: String,
    },
    /// The signing seed is not one.
    #[error(transparent)]
    Seed(#[from] api::access::tokens::InvalidSeed),
    /// The machine has no certificates to trust.
    #[error("cannot make the HTTP client for webhooks: {0}")]
    Egress(#[from] reqwest::Error),
}

/// What invokes a function without being asked over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// The queue of events, for `inbound`.
    Inbound,
    /// The queue of sends, for `outbound`.
    Outbound,
    /// The table's stream, for `relay`.
    Relay,
    /// The table's stream, for `changes`.
    Changes,
    /// The queue of slow work, for `jobs`.
    Jobs,
    /// The clock, for `schedule`.
    Schedule,
}

impl Trigger {
    /// All of them, in the order in which one thing leads to another.
    pub const ALL: [Self; 6] = [Self::Inbound, Self::Relay, Self::Outbound, Self::Changes, Self::Jobs, Self::Schedule];
}

/// What goes wrong in a trigger itself; what goes wrong in its function comes again.
#[derive(Debug, thiserror::Error)]
pub enum TriggerError {
    /// A queue's storage failed.
    #[error(transparent)]
    Queue(#[from] emulator::queue::QueueError),
    /// The stream's storage failed.
    #[error(transparent)]
    Stream(#[from] emulator::source::StreamError),
}

/// A function that a queue invokes.
#[derive(Clone)]
pub struct QueueFunction(Arc<dyn Fn(SqsEvent) -> BoxFuture<'static, SqsBatchResponse> + Send + Sync>);

impl QueueFunction {
    /// The function that `call` is.
    pub fn new<F>(call: impl Fn(SqsEvent) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = SqsBatchResponse> + Send + 'static,
    {
        Self(Arc::new(move |event| call(event).boxed()))
    }

    /// Calls it once.
    pub async fn call(&self, event: SqsEvent) -> SqsBatchResponse {
        (self.0)(event).await
    }

    /// The same as an event source wants it.
    async fn invoked(&self, event: SqsEvent) -> Result<SqsBatchResponse, Infallible> {
        Ok(self.call(event).await)
    }
}

impl std::fmt::Debug for QueueFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QueueFunction")
    }
}

/// Where the queues are.
#[derive(Clone, Debug)]
pub struct QueueUrls {
    inbound: String,
    outbound: String,
    jobs: String,
}

impl QueueUrls {
    /// Makes the table and the queues that are not there, through `aws`, and says where the queues are.
    ///
    /// # Errors
    /// [`StackError`] if they cannot be made.
    pub async fn prepare(aws: &SdkConfig) -> Result<Self, StackError> {
        table(aws).create_if_missing().await?;
        let queues = aws_sdk_sqs::Client::new(aws);
        Ok(Self {
            inbound: make_queue(&queues, INBOUND, VISIBILITY).await?,
            outbound: make_queue(&queues, OUTBOUND, VISIBILITY).await?,
            jobs: make_queue(&queues, JOBS, JOBS_VISIBILITY).await?,
        })
    }
}

/// Everything but Meta.
#[derive(Clone, Debug)]
pub struct Stack {
    functions: Functions,
    store: Store,
    queues: QueueUrls,
    database: Database,
    connections: Connections,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    inbound: (QueueSource, QueueFunction),
    outbound: (QueueSource, QueueFunction),
    jobs: (QueueSource, QueueFunction),
    relay: StreamSource,
    changes: StreamSource,
}

impl Stack {
    /// Puts the functions together over `emulator`; Meta is reached through `graph`.
    ///
    /// # Errors
    /// [`StackError`] if table or queues cannot be made.
    pub async fn new(
        emulator: &Emulator,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        secrets: Secrets,
        graph: whatsapp::Client,
    ) -> Result<Self, StackError> {
        let aws = emulator.sdk_config();
        let queues = QueueUrls::prepare(&aws).await?;
        Self::over(emulator, &aws, queues, clock, random, secrets, graph)
    }

    /// The same over what has been prepared, where the functions reach AWS through `aws`: what a fault suite stands in.
    ///
    /// # Errors
    /// [`StackError::Seed`] if tokens cannot be signed with what is in `secrets`.
    pub fn over(
        emulator: &Emulator,
        aws: &SdkConfig,
        queues: QueueUrls,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        secrets: Secrets,
        graph: whatsapp::Client,
    ) -> Result<Self, StackError> {
        let store = Store::new(table(aws));
        let sqs = aws_sdk_sqs::Client::new(aws);
        let parts = Parts {
            store: store.clone(),
            inbound: Queue::new(sqs.clone(), queues.inbound.clone()),
            outbound: Queue::new(sqs.clone(), queues.outbound.clone()),
            jobs: Queue::new(sqs, queues.jobs.clone()),
            blobs: Blobs::new(aws, BUCKET_URL, emulator.objects().clone()),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            mail: Mail::new(aws, (MAIL_FROM.to_owned(), CONSOLE_URL.to_owned()), secrets.own.token_key.clone())
                .under(TABLE.to_owned()),
            push: Push::new(aws, CONNECTIONS_URL),
            graph,
            egress: Arc::new(egress::http_client(Reach::Everything, webhooks::PATIENCE)?),
            secrets,
        };
        let functions = Functions::new(&parts)?;
        let inbound = Arc::clone(&functions.inbound);
        let take_events = QueueFunction::new(move |event| {
            let deps = Arc::clone(&inbound);
            async move { inbound::handle(&deps, event).await }
        });
        let outbound = Arc::clone(&functions.outbound);
        let take_sends = QueueFunction::new(move |event| {
            let deps = Arc::clone(&outbound);
            async move { outbound::handle(&deps, event).await }
        });
        let take_jobs = do_jobs(Arc::clone(&functions.jobs));
        let [inbound, outbound, jobs] = BATCHES.map(|(name, batch)| emulator.queue_source(name).batch_size(batch));
        Ok(Self {
            functions,
            store,
            queues,
            database: emulator.database().clone(),
            connections: emulator.connections().clone(),
            clock,
            random,
            inbound: (inbound, take_events),
            outbound: (outbound, take_sends),
            jobs: (jobs, take_jobs),
            relay: emulator.stream_source(TABLE, "relay"),
            changes: emulator.stream_source(TABLE, "changes"),
        })
    }

    /// The same, where pages of these origins may call the API.
    #[must_use]
    pub fn allowing(mut self, origins: api::Origins) -> Self {
        self.functions = self.functions.allowing(origins);
        self
    }

    /// The same, where browsers connect to `url`.
    #[must_use]
    pub fn connecting_at(mut self, url: &str) -> Self {
        self.functions = self.functions.connecting_at(url);
        self
    }

    /// The same, where browsers reach the bucket at `url`.
    #[must_use]
    pub fn storing_at(mut self, url: &str) -> Self {
        self.functions = self.functions.storing_at(url);
        self
    }

    /// The same, where functions reach the bucket over `transport`: what a fault suite stands in.
    #[must_use]
    pub fn over_bucket(mut self, transport: &(impl Transport + Clone + 'static)) -> Self {
        self.functions = self.functions.over_bucket(transport);
        self.jobs.1 = do_jobs(Arc::clone(&self.functions.jobs));
        self
    }

    /// The same, where Meta posts webhooks to `url`.
    #[must_use]
    pub fn posted_to(mut self, url: &str) -> Self {
        self.functions = self.functions.posted_to(url);
        self
    }

    /// The same, where Embedded Signup is done by `signups`, or not at all.
    #[must_use]
    pub fn signing_up_by(mut self, signups: Option<api::Signups>) -> Self {
        self.functions = self.functions.signing_up_by(signups);
        self
    }

    /// The same, where Embedded Signup returns to the console at `console`.
    #[must_use]
    pub fn returning_to(mut self, console: &str) -> Self {
        self.functions = self.functions.returning_to(console);
        self
    }

    /// The same, where the links of mails lead to `console`.
    #[must_use]
    pub fn leading_to(mut self, console: &str) -> Self {
        self.functions = self.functions.leading_to(console);
        self.jobs.1 = do_jobs(Arc::clone(&self.functions.jobs));
        self
    }

    /// The table.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Where the queues are.
    #[must_use]
    pub const fn queues(&self) -> &QueueUrls {
        &self.queues
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> domain::Timestamp {
        self.clock.now()
    }

    /// The functions themselves.
    #[must_use]
    pub const fn functions(&self) -> &Functions {
        &self.functions
    }

    /// The HTTP API in front of `webhook` and `api`.
    #[must_use]
    pub fn gateway(&self) -> Gateway {
        Gateway::new(self.functions.clone(), Arc::clone(&self.clock), Arc::clone(&self.random))
    }

    /// The WebSocket API in front of `realtime`.
    #[must_use]
    pub fn sockets(&self) -> Sockets {
        let clock = Arc::clone(&self.clock);
        let random = Arc::clone(&self.random);
        Sockets::new(Arc::clone(&self.functions.realtime), self.connections.clone(), clock, random)
    }

    /// Lets queues, stream and schedule invoke their functions until `shutdown`.
    pub async fn run(&self, shutdown: Shutdown) {
        let take = |function: &QueueFunction| {
            let function = function.clone();
            move |event| {
                let function = function.clone();
                async move { function.invoked(event).await }
            }
        };
        let (events, take_events) = &self.inbound;
        let (sends, take_sends) = &self.outbound;
        let (slow, do_slow) = &self.jobs;
        let follow_sends = |event| async { relay::handle(&self.functions.relay, event).await.map(|()| done()) };
        let follow_rest = |event| async { changes::handle(&self.functions.changes, event).await.map(|()| done()) };
        tokio::join!(
            events.run(INBOUND_POLLERS, take(take_events), shutdown.clone()),
            sends.run(OUTBOUND_POLLERS, take(take_sends), shutdown.clone()),
            slow.run(JOBS_POLLERS, take(do_slow), shutdown.clone()),
            self.relay.run(relay::follows, follow_sends, shutdown.clone()),
            self.changes.run(changes::follows, follow_rest, shutdown.clone()),
            self.tick(shutdown),
        );
    }

    async fn tick(&self, mut shutdown: Shutdown) {
        let mut ticks = tokio::time::interval(TICK);
        let mut tidying = tokio::time::interval_at(tokio::time::Instant::now() + TIDY, TIDY);
        while *shutdown.borrow() == Running::Go {
            tokio::select! {
                _ = ticks.tick() => self.schedule().await,
                _ = tidying.tick() => {
                    let database = self.database.clone();
                    let now = self.clock.now();
                    tokio::task::spawn_blocking(move || tidy(&database, now));
                }
                _ = shutdown.changed() => {}
            }
        }
    }

    /// One run of the schedule, and what DynamoDB does by itself: expiry, and forgetting the stream.
    pub async fn drive_due(&self) {
        self.schedule().await;
        tidy(&self.database, self.clock.now());
    }

    async fn schedule(&self) {
        if let Err(error) = schedule::handle(&self.functions.schedule).await {
            tracing::error!(%error, "the schedule failed");
        }
    }

    /// The same stack with the functions of its queues put through `around`: for tests that watch or spoil them.
    #[must_use]
    pub fn around_queues(mut self, around: impl Fn(Trigger, QueueFunction) -> QueueFunction) -> Self {
        self.inbound.1 = around(Trigger::Inbound, self.inbound.1);
        self.outbound.1 = around(Trigger::Outbound, self.outbound.1);
        self.jobs.1 = around(Trigger::Jobs, self.jobs.1);
        self
    }

    /// Lets `trigger` invoke its function once, if there is anything for it; true if the function got on with it.
    /// What it was not done with comes again as on AWS, also if the answer to come is dropped half-way.
    ///
    /// # Errors
    /// [`TriggerError`] if the trigger's own storage fails.
    pub async fn pull(&self, trigger: Trigger) -> Result<bool, TriggerError> {
        Ok(match trigger {
            Trigger::Inbound => poll(&self.inbound).await?.deleted > 0,
            Trigger::Outbound => poll(&self.outbound).await?.deleted > 0,
            Trigger::Jobs => poll(&self.jobs).await?.deleted > 0,
            Trigger::Relay => {
                let handler = |event| async { relay::handle(&self.functions.relay, event).await.map(|()| done()) };
                self.relay.pump_batch(relay::follows, &handler).await?.delivered > 0
            }
            Trigger::Changes => {
                let handler = |event| async { changes::handle(&self.functions.changes, event).await.map(|()| done()) };
                self.changes.pump_batch(changes::follows, &handler).await?.delivered > 0
            }
            Trigger::Schedule => schedule::handle(&self.functions.schedule).await.is_ok_and(|driven| driven > 0),
        })
    }

    /// Polls the inbound queue once.
    ///
    /// # Errors
    /// If the queue's storage fails.
    pub async fn poll_inbound(&self) -> Result<Polled, emulator::queue::QueueError> {
        poll(&self.inbound).await
    }

    /// Polls the outbound queue once.
    ///
    /// # Errors
    /// If the queue's storage fails.
    pub async fn poll_outbound(&self) -> Result<Polled, emulator::queue::QueueError> {
        poll(&self.outbound).await
    }

    /// Polls the queue of slow work once.
    ///
    /// # Errors
    /// If the queue's storage fails.
    pub async fn poll_jobs(&self) -> Result<Polled, emulator::queue::QueueError> {
        poll(&self.jobs).await
    }

    /// Delivers what the stream holds to `relay`.
    ///
    /// # Errors
    /// If the stream's storage fails.
    pub async fn pump_relay(&self) -> Result<Pumped, emulator::source::StreamError> {
        let handler = |event| async { relay::handle(&self.functions.relay, event).await.map(|()| done()) };
        self.relay.pump_once(|record: &EventRecord| relay::follows(record), &handler).await
    }

    /// Delivers what the stream holds to `changes`.
    ///
    /// # Errors
    /// If the stream's storage fails.
    pub async fn pump_changes(&self) -> Result<Pumped, emulator::source::StreamError> {
        let handler = |event| async { changes::handle(&self.functions.changes, event).await.map(|()| done()) };
        self.changes.pump_once(|record: &EventRecord| changes::follows(record), &handler).await
    }
}

fn do_jobs(deps: Arc<jobs::Deps>) -> QueueFunction {
    QueueFunction::new(move |event| {
        let deps = Arc::clone(&deps);
        async move { jobs::handle(&deps, event).await }
    })
}

fn tidy(database: &Database, now: domain::Timestamp) {
    let swept = database.sweep_ttl().map(|_| ());
    let trimmed = database.trim_streams(now.minus(STREAM_KEPT)).map(|_| ());
    if let Err(error) = swept.and(trimmed) {
        tracing::error!(%error, "the database could not be tidied");
    }
}

async fn poll((queue, function): &(QueueSource, QueueFunction)) -> Result<Polled, emulator::queue::QueueError> {
    queue.poll_once(&|event| function.invoked(event)).await
}

fn done() -> DynamoDbEventResponse {
    DynamoDbEventResponse::default()
}

fn table(aws: &SdkConfig) -> Table {
    Table::new(aws_sdk_dynamodb::Client::new(aws), TABLE.to_owned())
}

/// Makes a queue and its dead-letter queue, and says where it is.
async fn make_queue(client: &aws_sdk_sqs::Client, name: &'static str, visibility: &str) -> Result<String, StackError> {
    let wrong = |problem: String| StackError::Queue { name, problem };
    let (stem, is_fifo) = name.strip_suffix(".fifo").map_or((name, false), |stem| (stem, true));
    let dead = format!("{stem}-dead{}", if is_fifo { ".fifo" } else { "" });
    let order = is_fifo.then(|| HashMap::from([(QueueAttributeName::FifoQueue, "true".to_owned())]));
    client
        .create_queue()
        .queue_name(&dead)
        .set_attributes(order.clone())
        .attributes(QueueAttributeName::MessageRetentionPeriod, RETENTION)
        .send()
        .await
        .map_err(|error| wrong(aws_sdk_sqs::error::DisplayErrorContext(&error).to_string()))?;
    let redrive = serde_json::json!({
        "deadLetterTargetArn": format!("arn:aws:sqs:us-east-1:000000000000:{dead}"),
        "maxReceiveCount": MAX_RECEIVE_COUNT,
    });
    let made = client
        .create_queue()
        .queue_name(name)
        .set_attributes(order)
        .attributes(QueueAttributeName::VisibilityTimeout, visibility)
        .attributes(QueueAttributeName::MessageRetentionPeriod, RETENTION)
        .attributes(QueueAttributeName::RedrivePolicy, redrive.to_string())
        .send()
        .await
        .map_err(|error| wrong(aws_sdk_sqs::error::DisplayErrorContext(&error).to_string()))?;
    Ok(made.queue_url.unwrap_or_default())
}
