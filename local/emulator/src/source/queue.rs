//! The SQS event source: receives a batch, invokes the function, deletes what was not reported as failed.
//!
//! What was reported stays in flight until its visibility runs out, which the function may have changed. An invocation
//! that fails, panics or reports an id that was not in the batch fails the whole batch, as on AWS.

use super::{Shutdown, invoke, rest, stopped};
use crate::names::REGION;
use crate::queue::{Message, QueueError, Queues};
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use domain::Timestamp;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// The most messages in one event of a FIFO queue.
const MAX_BATCH: usize = 10;
/// How long a poller rests at most without a signal, as long as AWS's pollers wait for a message.
const LONGEST_REST: Duration = Duration::from_secs(20);
/// How long a poller rests after the queue service failed.
const REST_AFTER_ERROR: Duration = Duration::from_secs(1);

/// Invokes a function with the messages of one queue.
#[derive(Clone, Debug)]
pub struct QueueSource {
    queues: Queues,
    queue: String,
    batch_size: usize,
}

/// What one poll did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// How many messages the function was given.
    pub received: usize,
    /// How many were deleted afterwards.
    pub deleted: usize,
    /// How many failed and come back.
    pub failed: usize,
}

impl Polled {
    /// Whether there was nothing to receive.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.received == 0
    }
}

impl QueueSource {
    pub(crate) fn new(queues: Queues, queue: &str) -> Self {
        Self { queues, queue: queue.to_owned(), batch_size: MAX_BATCH }
    }

    /// Sets how many messages, one to ten, an event holds at most. The default is ten.
    #[must_use]
    pub fn batch_size(mut self, batch_size: usize) -> Self {
        self.batch_size = batch_size.clamp(1, MAX_BATCH);
        self
    }

    /// Receives once and, if there was anything, invokes `handler` once.
    ///
    /// # Errors
    /// When there is no such queue or its storage fails; a handler's error is not one of these.
    pub async fn poll_once<H, F, E>(&self, handler: &H) -> Result<Polled, QueueError>
    where
        H: Fn(SqsEvent) -> F,
        F: Future<Output = Result<SqsBatchResponse, E>>,
        E: Display,
    {
        let messages = self.queues.receive(&self.queue, self.batch_size)?;
        if messages.is_empty() {
            return Ok(Polled::default());
        }
        let response = invoke(&self.queue, handler(event(&self.queue, &messages))).await;
        let done = handles_to_delete(&messages, response.as_ref());
        let results = self.queues.delete(&self.queue, &done)?;
        let deleted = results.iter().filter(|result| result.is_ok()).count();
        for error in results.into_iter().filter_map(Result::err) {
            tracing::warn!(queue = self.queue, %error, "a message outlived its visibility and will come again");
        }
        Ok(Polled { received: messages.len(), deleted, failed: messages.len() - deleted })
    }

    /// Polls with `pollers` invocations at a time until `shutdown`; idle pollers sleep until the queue changes or
    /// something becomes visible.
    pub async fn run<H, F, E>(&self, pollers: usize, handler: H, shutdown: Shutdown)
    where
        H: Fn(SqsEvent) -> F + Send + Sync + 'static,
        F: Future<Output = Result<SqsBatchResponse, E>> + Send + 'static,
        E: Display + Send + 'static,
    {
        let handler = Arc::new(handler);
        let mut running = JoinSet::new();
        for _ in 0..pollers {
            let source = self.clone();
            let handler = Arc::clone(&handler);
            let shutdown = shutdown.clone();
            running.spawn(async move { source.poll_until(&*handler, shutdown).await });
        }
        running.join_all().await;
    }

    async fn poll_until<H, F, E>(&self, handler: &H, mut shutdown: Shutdown)
    where
        H: Fn(SqsEvent) -> F,
        F: Future<Output = Result<SqsBatchResponse, E>>,
        E: Display,
    {
        let mut changed = match self.queues.changed(&self.queue) {
            Ok(changed) => changed,
            Err(error) => return tracing::error!(queue = self.queue, %error, "the queue cannot be polled"),
        };
        while !stopped(&shutdown) {
            changed.mark_unchanged();
            let pause = match self.poll_once(handler).await {
                Ok(polled) if !polled.is_empty() => continue,
                Ok(_) => self.idle_pause(),
                Err(error) => {
                    tracing::error!(queue = self.queue, %error, "the poll failed");
                    REST_AFTER_ERROR
                }
            };
            rest(&mut changed, pause, &mut shutdown).await;
        }
    }

    /// Until something that is now in flight becomes visible.
    fn idle_pause(&self) -> Duration {
        match self.queues.next_visible_at(&self.queue) {
            // The clock counts in milliseconds; one more makes sure that the moment has come.
            Ok(Some(at)) => pause_until(at, self.queues.now()) + Duration::from_millis(1),
            Ok(None) => LONGEST_REST,
            Err(_) => REST_AFTER_ERROR,
        }
    }
}

fn pause_until(at: Timestamp, now: Timestamp) -> Duration {
    at.since(now).min(LONGEST_REST)
}

fn event(queue: &str, messages: &[Message]) -> SqsEvent {
    let mut event = SqsEvent::default();
    event.records = messages.iter().map(|message| record(queue, message)).collect();
    event
}

fn record(queue: &str, message: &Message) -> SqsMessage {
    let mut record = SqsMessage::default();
    record.message_id = Some(message.message_id.clone());
    record.receipt_handle = Some(message.receipt_handle.clone());
    record.body = Some(message.body.clone());
    record.md5_of_body = Some(message.md5_of_body.clone());
    record.attributes = message.attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    record.event_source = Some("aws:sqs".to_owned());
    record.event_source_arn = Some(crate::queue::arn(queue));
    record.aws_region = Some(REGION.to_owned());
    record
}

/// The receipt handles of what succeeded. An answer that names an unknown message says nothing that can be trusted.
fn handles_to_delete(messages: &[Message], response: Option<&SqsBatchResponse>) -> Vec<String> {
    let Some(response) = response else { return Vec::new() };
    let ids: BTreeSet<&str> = messages.iter().map(|message| message.message_id.as_str()).collect();
    let failed: BTreeSet<&str> =
        response.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str()).collect();
    if !failed.is_subset(&ids) {
        tracing::error!("a reported failure is not in the batch, so the whole batch failed");
        return Vec::new();
    }
    let succeeded = messages.iter().filter(|message| !failed.contains(message.message_id.as_str()));
    succeeded.map(|message| message.receipt_handle.clone()).collect()
}
