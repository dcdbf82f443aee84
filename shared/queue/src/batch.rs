//! Taking a batch from a FIFO queue. Groups side by side, within a group one after the other: where one record
//! has to wait, those behind it in its group wait as well, and nobody else does.

use crate::client::Queue;
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use domain::Backoff;
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

/// What came of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is dealt with: it leaves the queue.
    Done,
    /// It is to come again after this long.
    Again(Duration),
}

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct Record {
    /// The queue's id of it, which it keeps however often it comes.
    pub id: String,
    /// What it says.
    pub body: String,
    /// How often it has been handed out, this time included.
    pub received: u32,
}

impl Record {
    /// How long to wait after a passing fault: 1 s, 2 s, 4 s … 5 min.
    #[must_use]
    pub fn backoff(&self) -> Duration {
        Backoff::seconds(1, 2, 300).after(self.received.saturating_sub(1))
    }
}

/// Lets `handle` deal with every record, and answers which of them are to come again. Their pauses are set in the
/// queue at once, so that they need not wait for the queue's own.
pub async fn consume<F, Fut>(queue: &Queue, event: SqsEvent, handle: F) -> SqsBatchResponse
where
    F: Fn(Record) -> Fut,
    Fut: Future<Output = Verdict>,
{
    let mut groups: BTreeMap<String, Vec<SqsMessage>> = BTreeMap::new();
    for message in event.records {
        let group = message.attributes.get("MessageGroupId").cloned().unwrap_or_default();
        groups.entry(group).or_default().push(message);
    }
    let taken = groups.into_values().map(|group| take_group(group, &handle));
    let waiting: Vec<Waiting> = futures::future::join_all(taken).await.into_iter().flatten().collect();
    let receipts = waiting.iter().filter_map(|record| Some((record.receipt.clone()?, record.pause)));
    let receipts: Vec<_> = receipts.collect();
    if !receipts.is_empty() {
        queue.give_back(receipts).await;
    }
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = waiting.into_iter().map(|record| failure(record.id)).collect();
    response
}

struct Waiting {
    id: String,
    receipt: Option<String>,
    pause: Duration,
}

async fn take_group<F, Fut>(group: Vec<SqsMessage>, handle: &F) -> Vec<Waiting>
where
    F: Fn(Record) -> Fut,
    Fut: Future<Output = Verdict>,
{
    let mut waiting = Vec::new();
    let mut blocked = None;
    for message in group {
        let receipt = message.receipt_handle.clone();
        let record = record(message);
        let id = record.id.clone();
        let verdict = match blocked {
            Some(pause) => Verdict::Again(pause),
            None => handle(record).await,
        };
        if let Verdict::Again(pause) = verdict {
            blocked = Some(pause);
            waiting.push(Waiting { id, receipt, pause });
        }
    }
    waiting
}

fn record(message: SqsMessage) -> Record {
    let received = message.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse().ok());
    Record {
        id: message.message_id.unwrap_or_default(),
        body: message.body.unwrap_or_default(),
        received: received.unwrap_or(1),
    }
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}
