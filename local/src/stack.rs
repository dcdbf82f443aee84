//! The functions with what AWS puts between them: queues that invoke, a stream that invokes, a schedule.

use crate::functions::{Functions, Parts};
use crate::gateway::Gateway;
use aws_lambda_events::dynamodb::EventRecord;
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_sqs::types::QueueAttributeName;
use emulator::source::{Polled, Pumped, QueueSource, Running, Shutdown, StreamSource};
use emulator::{Database, Emulator};
use queue::Queue;
use runtime::{Clock, Ids, Secrets};
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

/// Six times a worker's timeout of 15 s, as AWS advises for queues that invoke functions.
const VISIBILITY: &str = "90";

/// Passing faults never empty a queue into its dead letters; what ends its workers is parked long before.
const MAX_RECEIVE_COUNT: u32 = 1000;

/// How many events and sends are under way at a time. A send may hang for ten seconds and must not hold up others.
const INBOUND_POLLERS: usize = 2;
const OUTBOUND_POLLERS: usize = 8;

/// How often due work is looked for: on AWS every minute, here sooner, because somebody is watching.
const TICK: Duration = Duration::from_secs(5);

/// How long the table's stream is kept, as on AWS.
const STREAM_KEPT: Duration = Duration::from_secs(24 * 3600);

/// What went wrong while the stack was put together.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The table could not be made.
    #[error("the table could not be made: {0}")]
    Table(#[from] store::StoreError),
    /// A queue could not be made.
    #[error("the queue {name} could not be made: {problem}")]
    Queue {
        /// Which.
        name: &'static str,
        /// What went wrong.
        problem: String,
    },
    /// The signing seed is not one.
    #[error(transparent)]
    Seed(#[from] api::tokens::InvalidSeed),
}

/// Everything but Meta.
#[derive(Clone, Debug)]
pub struct Stack {
    functions: Functions,
    store: Store,
    database: Database,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    inbound: QueueSource,
    outbound: QueueSource,
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
        (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
        secrets: Secrets,
        graph: whatsapp::Client,
    ) -> Result<Self, StackError> {
        let aws = emulator.sdk_config();
        let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), TABLE.to_owned()));
        store.table().create_if_missing().await?;
        let sqs = aws_sdk_sqs::Client::new(&aws);
        let parts = Parts {
            store: store.clone(),
            inbound: make_queue(&sqs, INBOUND).await?,
            outbound: make_queue(&sqs, OUTBOUND).await?,
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
            graph,
            secrets,
        };
        Ok(Self {
            functions: Functions::new(&parts)?,
            store,
            database: emulator.database().clone(),
            clock,
            ids,
            inbound: emulator.queue_source(INBOUND),
            outbound: emulator.queue_source(OUTBOUND),
            relay: emulator.stream_source(TABLE, "relay"),
            changes: emulator.stream_source(TABLE, "changes"),
        })
    }

    /// The table.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
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
        Gateway::new(self.functions.clone(), Arc::clone(&self.clock), Arc::clone(&self.ids))
    }

    /// Lets queues, stream and schedule invoke their functions until `shutdown`.
    pub async fn run(&self, shutdown: Shutdown) {
        let (inbound, outbound) = (Arc::clone(&self.functions.inbound), Arc::clone(&self.functions.outbound));
        let take_events = move |event| {
            let deps = Arc::clone(&inbound);
            async move { Ok::<_, Infallible>(inbound::handle(&deps, event).await) }
        };
        let take_sends = move |event| {
            let deps = Arc::clone(&outbound);
            async move { Ok::<_, Infallible>(outbound::handle(&deps, event).await) }
        };
        let follow_sends = |event| async { relay::handle(&self.functions.relay, event).await.map(|()| done()) };
        let follow_rest = |event| async { changes::handle(&self.functions.changes, event).await.map(|()| done()) };
        tokio::join!(
            self.inbound.run(INBOUND_POLLERS, take_events, shutdown.clone()),
            self.outbound.run(OUTBOUND_POLLERS, take_sends, shutdown.clone()),
            self.relay.run(relay::follows, follow_sends, shutdown.clone()),
            self.changes.run(changes::follows, follow_rest, shutdown.clone()),
            self.tick(shutdown),
        );
    }

    async fn tick(&self, mut shutdown: Shutdown) {
        let mut ticks = tokio::time::interval(TICK);
        while *shutdown.borrow() == Running::Go {
            tokio::select! {
                _ = ticks.tick() => self.drive_due().await,
                _ = shutdown.changed() => {}
            }
        }
    }

    /// One run of the schedule, and what DynamoDB does by itself: expiry, and forgetting the stream.
    pub async fn drive_due(&self) {
        if let Err(error) = schedule::handle(&self.functions.schedule).await {
            tracing::error!(%error, "the schedule failed");
        }
        let swept = self.database.sweep_ttl().map(|_| ());
        let trimmed = self.database.trim_streams(self.clock.now().minus(STREAM_KEPT)).map(|_| ());
        if let Err(error) = swept.and(trimmed) {
            tracing::error!(%error, "the database could not be tidied");
        }
    }

    /// Polls the inbound queue once.
    ///
    /// # Errors
    /// If the queue's storage fails.
    pub async fn poll_inbound(&self) -> Result<Polled, emulator::queue::QueueError> {
        let handler = |event| async { Ok::<_, Infallible>(inbound::handle(&self.functions.inbound, event).await) };
        self.inbound.poll_once(&handler).await
    }

    /// Polls the outbound queue once.
    ///
    /// # Errors
    /// If the queue's storage fails.
    pub async fn poll_outbound(&self) -> Result<Polled, emulator::queue::QueueError> {
        let handler = |event| async { Ok::<_, Infallible>(outbound::handle(&self.functions.outbound, event).await) };
        self.outbound.poll_once(&handler).await
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

fn done() -> DynamoDbEventResponse {
    DynamoDbEventResponse::default()
}

async fn make_queue(client: &aws_sdk_sqs::Client, name: &'static str) -> Result<Queue, StackError> {
    let wrong = |problem: String| StackError::Queue { name, problem };
    let dead = name.replace(".fifo", "-dead.fifo");
    client
        .create_queue()
        .queue_name(&dead)
        .attributes(QueueAttributeName::FifoQueue, "true")
        .attributes(QueueAttributeName::MessageRetentionPeriod, "1209600")
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
        .attributes(QueueAttributeName::FifoQueue, "true")
        .attributes(QueueAttributeName::VisibilityTimeout, VISIBILITY)
        .attributes(QueueAttributeName::MessageRetentionPeriod, "345600")
        .attributes(QueueAttributeName::RedrivePolicy, redrive.to_string())
        .send()
        .await
        .map_err(|error| wrong(aws_sdk_sqs::error::DisplayErrorContext(&error).to_string()))?;
    Ok(Queue::new(client.clone(), made.queue_url.unwrap_or_default()))
}
