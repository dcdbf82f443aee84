//! Putting messages into a queue, ten at a time, and giving back those that wait.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{ChangeMessageVisibilityBatchRequestEntry, SendMessageBatchRequestEntry};
use std::time::Duration;

/// SQS takes ten messages at once …
const BATCH: usize = 10;

/// … of at most 1 MiB together; this leaves room for their attributes.
const BATCH_BYTES: usize = 1_000_000;

/// The longest pause of a message of a standard queue, in seconds (SQS).
const LONGEST_PAUSE: i32 = 900;

/// How often a refused message is tried again before the caller is told.
const TRIES: usize = 3;

/// Messages that the queue did not take.
#[derive(Debug, thiserror::Error)]
#[error("the queue did not take {missing} of {all} messages: {reason}")]
pub struct QueueError {
    missing: usize,
    all: usize,
    reason: String,
}

/// A message on its way into a queue.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Messages of one group are taken one after the other; in a standard queue, groups have their turn in equal shares.
    pub group: String,
    /// A message with the same name is swallowed for five minutes. Empty for a standard queue, which swallows none.
    pub dedup: String,
    /// What it says.
    pub body: String,
}

/// A queue, through one client.
#[derive(Clone, Debug)]
pub struct Queue {
    client: Client,
    url: String,
}

impl Queue {
    /// The queue at `url`.
    #[must_use]
    pub const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Opens a connection while the function starts, so that the first call that matters does not wait for it. This
    /// one brings no message, and is refused.
    pub async fn warm_up(&self) {
        let answer = self.client.send_message_batch().queue_url(&self.url).set_entries(Some(Vec::new())).send().await;
        tracing::debug!(refused = answer.is_err(), "reached the queue");
    }

    /// Puts all of `messages` into the queue: batches side by side, refused ones tried again. When this answers
    /// Ok every one of them is durable.
    ///
    /// # Errors
    /// [`QueueError`] if some were not taken; those that were stay in the queue.
    pub async fn send(&self, messages: Vec<Outgoing>) -> Result<(), QueueError> {
        let all = messages.len();
        let batches =
            futures::future::join_all(batches(messages).into_iter().map(|batch| self.send_batch(batch))).await;
        let failures: Vec<_> = batches.into_iter().filter_map(Result::err).collect();
        match failures.first() {
            None => Ok(()),
            Some((_, reason)) => {
                let missing = failures.iter().map(|(missing, _)| missing).sum();
                Err(QueueError { missing, all, reason: reason.clone() })
            }
        }
    }

    /// Puts one message into a standard queue that is taken after `pause`, of at most 15 minutes.
    ///
    /// # Errors
    /// [`QueueError`] if it was not taken.
    pub async fn send_later(&self, message: Outgoing, pause: Duration) -> Result<(), QueueError> {
        let seconds = i32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
        let request = self.client.send_message().queue_url(&self.url).message_group_id(message.group);
        let request = request.message_body(message.body).delay_seconds(seconds);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                let reason = aws_sdk_sqs::error::DisplayErrorContext(&error).to_string();
                Err(QueueError { missing: 1, all: 1, reason })
            }
        }
    }

    async fn send_batch(&self, mut messages: Vec<Outgoing>) -> Result<(), (usize, String)> {
        let mut reason = String::new();
        for _ in 0..TRIES {
            let entries =
                messages.iter().enumerate().map(|(index, message)| entry(index, message)).collect::<Result<_, _>>();
            let entries: Vec<_> = entries.map_err(|error| (messages.len(), error))?;
            let request = self.client.send_message_batch().queue_url(&self.url).set_entries(Some(entries));
            match request.send().await {
                Ok(answer) => {
                    let failed: Vec<usize> = answer.failed.iter().filter_map(|entry| entry.id.parse().ok()).collect();
                    if failed.is_empty() {
                        return Ok(());
                    }
                    reason = answer.failed.first().map(|entry| entry.code.clone()).unwrap_or_default();
                    messages = failed.into_iter().filter_map(|index| messages.get(index).cloned()).collect();
                }
                Err(error) => {
                    return Err((messages.len(), aws_sdk_sqs::error::DisplayErrorContext(&error).to_string()));
                }
            }
        }
        Err((messages.len(), reason))
    }

    /// Lets the messages with these receipts be taken again after their pauses, instead of the queue's own. What
    /// cannot be changed comes back later by itself, so a failure is not an error.
    pub async fn give_back(&self, receipts: Vec<(String, Duration)>) {
        for batch in receipts.chunks(BATCH) {
            let entries = batch.iter().enumerate().filter_map(|(index, (receipt, pause))| {
                let seconds = i32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(i32::MAX);
                let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(index.to_string());
                entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
            });
            let request = self.client.change_message_visibility_batch().queue_url(&self.url);
            if let Err(error) = request.set_entries(Some(entries.collect())).send().await {
                tracing::warn!(error = %aws_sdk_sqs::error::DisplayErrorContext(&error), "could not shorten the pause");
            }
        }
    }
}

fn entry(index: usize, message: &Outgoing) -> Result<SendMessageBatchRequestEntry, String> {
    SendMessageBatchRequestEntry::builder()
        .id(index.to_string())
        .message_group_id(&message.group)
        .set_message_deduplication_id((!message.dedup.is_empty()).then(|| message.dedup.clone()))
        .message_body(&message.body)
        .build()
        .map_err(|error| error.to_string())
}

/// Cuts into batches of ten and of one megabyte, in the order given.
fn batches(messages: Vec<Outgoing>) -> Vec<Vec<Outgoing>> {
    let mut batches: Vec<Vec<Outgoing>> = Vec::new();
    let mut bytes = 0;
    for message in messages {
        let fits = batches.last().is_some_and(|batch| batch.len() < BATCH) && bytes + message.body.len() <= BATCH_BYTES;
        if !fits {
            batches.push(Vec::with_capacity(BATCH));
            bytes = 0;
        }
        bytes += message.body.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(message);
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: usize) -> Outgoing {
        Outgoing { group: "g".into(), dedup: "d".into(), body: "x".repeat(bytes) }
    }

    #[test]
    fn batches_hold_ten_messages_and_a_megabyte_at_most() {
        let sizes = |messages| batches(messages).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes((0..23).map(|_| message(10)).collect()), [10, 10, 3]);
        assert_eq!(sizes(vec![message(600_000), message(600_000), message(10)]), [1, 2]);
        assert_eq!(sizes(vec![]), [0usize; 0]);
    }
}
