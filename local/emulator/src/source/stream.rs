//! The stream pump: reads a table's stream, invokes a function with its records and remembers how far that went.
//!
//! A record is delivered at least once: the position moves only after the function is done with it. A batch that fails
//! is tried again from its first failed record, after a growing pause. When the attempts are used up, the batch is cut
//! in halves until the record that fails is alone; that one is passed over with an error in the log. This is
//! `BisectBatchOnFunctionError` with `MaximumRetryAttempts` and `ReportBatchItemFailures`.

use super::checkpoint::{CheckpointError, Checkpoints};
use super::{Shutdown, invoke, rest, stopped};
use crate::database::Database;
use crate::names::REGION;
use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::DynamoDbEventResponse;
use dynoxide::DynoxideError;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::actions::list_streams::ListStreamsRequest;
use dynoxide::streams::shard_id;
use std::fmt::Display;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How many records one read takes by default, as in Lambda's event source mapping.
const BATCH_SIZE: usize = 100;
/// How often a batch is tried by default before it is cut.
const ATTEMPTS: u32 = 10;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Why a stream cannot be pumped; a handler's error is not one of these.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The engine refused or failed.
    #[error("the stream cannot be read")]
    Engine(#[from] DynoxideError),
    /// The table exists without a stream.
    #[error("the table {0} has no stream")]
    NoStream(String),
    /// A record is not what Lambda's event type expects.
    #[error("a stream record cannot be read")]
    Record(#[from] serde_json::Error),
    /// The position cannot be read or written.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// Invokes a function with the stream of one table.
#[derive(Clone, Debug)]
pub struct StreamSource {
    database: Database,
    checkpoints: Checkpoints,
    table: String,
    consumer: String,
    batch_size: usize,
    attempts: u32,
    /// The stream's name, once it has been asked for. A table keeps its stream.
    arn: Arc<OnceLock<String>>,
}

/// What pumping did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pumped {
    /// How often the function was invoked.
    pub invocations: usize,
    /// How many records the function is done with.
    pub delivered: usize,
    /// How many records the filter left out.
    pub filtered: usize,
    /// How many records were passed over after all attempts.
    pub passed_over: usize,
}

/// Records to be delivered together. After them the position is `end`.
struct Batch {
    records: Vec<EventRecord>,
    end: String,
    failures: u32,
}

/// What one step did.
enum Step {
    /// The stream is drained.
    Idle,
    /// Something was settled; go on.
    Progress,
    /// The same records come again, after this many failures.
    Retry { failures: u32 },
}

/// How an invocation ended.
enum Outcome {
    /// All records are done.
    Done,
    /// The records before this index are done, and this one failed.
    FailedAt(usize),
    /// All failed, and the function did not say where.
    Failed,
}

impl StreamSource {
    pub(crate) fn new(database: Database, checkpoints: Checkpoints, table: &str, consumer: &str) -> Self {
        let table = table.to_owned();
        let consumer = consumer.to_owned();
        Self { database, checkpoints, table, consumer, batch_size: BATCH_SIZE, attempts: ATTEMPTS, arn: Arc::default() }
    }

    /// Sets how many records are read at a time, so that an event holds at most as many. The default is 100.
    #[must_use]
    pub fn batch_size(mut self, batch_size: usize) -> Self {
        self.batch_size = batch_size.clamp(1, 1000);
        self
    }

    /// Sets how often a batch is tried before it is cut to find the record that fails. The default is 10.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Delivers what the stream holds now, without pausing before a repetition.
    ///
    /// # Errors
    /// When the stream or the position cannot be used.
    pub async fn pump_once<P, H, F, E>(&self, filter: P, handler: &H) -> Result<Pumped, StreamError>
    where
        P: Fn(&EventRecord) -> bool,
        H: Fn(Event) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, E>>,
        E: Display,
    {
        let mut pump = Pump::new(self, filter, handler);
        while !matches!(pump.step().await?, Step::Idle) {}
        Ok(pump.pumped)
    }

    /// Reads one batch and invokes `handler` at most once. What it was not done with comes again at the next call,
    /// however often that was; nothing is passed over. For tests that interleave sources step by step.
    ///
    /// # Errors
    /// When the stream or the position cannot be used.
    pub async fn pump_batch<P, H, F, E>(&self, filter: P, handler: &H) -> Result<Pumped, StreamError>
    where
        P: Fn(&EventRecord) -> bool,
        H: Fn(Event) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, E>>,
        E: Display,
    {
        let patient = self.clone().attempts(u32::MAX);
        let mut pump = Pump::new(&patient, filter, handler);
        while pump.pumped.invocations == 0 && !matches!(pump.step().await?, Step::Idle) {}
        Ok(pump.pumped)
    }

    /// Delivers until `shutdown`, woken by every write to the database.
    pub async fn run<P, H, F, E>(&self, filter: P, handler: H, mut shutdown: Shutdown)
    where
        P: Fn(&EventRecord) -> bool,
        H: Fn(Event) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, E>>,
        E: Display,
    {
        let mut written = self.database.written();
        let (_quiet, mut never) = tokio::sync::watch::channel(0);
        let mut pump = Pump::new(self, filter, &handler);
        while !stopped(&shutdown) {
            written.mark_unchanged();
            match pump.step().await {
                Ok(Step::Idle) => rest(&mut written, LONGEST_PAUSE, &mut shutdown).await,
                Ok(Step::Progress) => {}
                Ok(Step::Retry { failures }) => rest(&mut never, pause(failures), &mut shutdown).await,
                Err(error) => {
                    self.log(&error);
                    rest(&mut written, LONGEST_PAUSE, &mut shutdown).await;
                }
            }
        }
    }

    /// The records after the position.
    fn read(&self) -> Result<Vec<EventRecord>, StreamError> {
        let engine = self.database.engine();
        let stream_arn = self.stream_arn()?;
        let after = self.checkpoints.get(&self.consumer, &self.table)?;
        let kind = if after.is_some() { "AFTER_SEQUENCE_NUMBER" } else { "TRIM_HORIZON" };
        let iterator = engine.get_shard_iterator(GetShardIteratorRequest {
            stream_arn: stream_arn.clone(),
            shard_id: shard_id(&self.table),
            shard_iterator_type: kind.to_owned(),
            sequence_number: after,
        })?;
        let shard_iterator = iterator.shard_iterator.unwrap_or_default();
        let read = engine.get_records(GetRecordsRequest { shard_iterator, limit: Some(self.batch_size) })?;
        read.records.into_iter().map(|record| event_record(record, &stream_arn)).collect()
    }

    /// Asked of the list of streams: a description of the table would count its items.
    fn stream_arn(&self) -> Result<String, StreamError> {
        if let Some(arn) = self.arn.get() {
            return Ok(arn.clone());
        }
        let request = ListStreamsRequest { table_name: Some(self.table.clone()), ..ListStreamsRequest::default() };
        let streams = self.database.engine().list_streams(request)?.streams;
        let stream = streams.into_iter().next().ok_or_else(|| StreamError::NoStream(self.table.clone()))?;
        Ok(self.arn.get_or_init(|| stream.stream_arn).clone())
    }

    fn log(&self, error: &StreamError) {
        let error: &dyn std::error::Error = error;
        tracing::error!(table = self.table, consumer = self.consumer, error, "the stream cannot be pumped");
    }

    fn settle(&self, sequence_number: &str) -> Result<(), StreamError> {
        Ok(self.checkpoints.set(&self.consumer, &self.table, sequence_number)?)
    }
}

/// One run over a stream: what was read and is not settled yet, the next batch last.
struct Pump<'a, P, H> {
    source: &'a StreamSource,
    filter: P,
    handler: &'a H,
    pending: Vec<Batch>,
    pumped: Pumped,
}

impl<'a, P, H, F, E> Pump<'a, P, H>
where
    P: Fn(&EventRecord) -> bool,
    H: Fn(Event) -> F,
    F: Future<Output = Result<DynamoDbEventResponse, E>>,
    E: Display,
{
    fn new(source: &'a StreamSource, filter: P, handler: &'a H) -> Self {
        Self { source, filter, handler, pending: Vec::new(), pumped: Pumped::default() }
    }

    /// After an error nothing pending is trusted: going on with a later batch would move the position past this one.
    async fn step(&mut self) -> Result<Step, StreamError> {
        let step = self.advance().await;
        if step.is_err() {
            self.pending.clear();
        }
        step
    }

    async fn advance(&mut self) -> Result<Step, StreamError> {
        let Some(batch) = self.pending.pop() else { return self.fetch() };
        self.pumped.invocations += 1;
        match outcome(&batch, self.invoke(&batch).await) {
            Outcome::Done => self.finish(&batch),
            Outcome::FailedAt(0) => self.retry(batch, 1),
            Outcome::FailedAt(index) => self.resume(batch, index),
            Outcome::Failed => {
                let suspects = batch.records.len();
                self.retry(batch, suspects)
            }
        }
    }

    fn fetch(&mut self) -> Result<Step, StreamError> {
        let read = self.source.read()?;
        let Some(end) = read.last().map(sequence_number) else { return Ok(Step::Idle) };
        let total = read.len();
        let records: Vec<EventRecord> = read.into_iter().filter(|record| (self.filter)(record)).collect();
        self.pumped.filtered += total - records.len();
        if records.is_empty() {
            self.source.settle(&end)?;
        } else {
            self.pending.push(Batch { records, end, failures: 0 });
        }
        Ok(Step::Progress)
    }

    async fn invoke(&self, batch: &Batch) -> Option<DynamoDbEventResponse> {
        let mut event = Event::default();
        event.records.clone_from(&batch.records);
        invoke(&self.source.consumer, (self.handler)(event)).await
    }

    fn finish(&mut self, batch: &Batch) -> Result<Step, StreamError> {
        self.source.settle(&batch.end)?;
        self.pumped.delivered += batch.records.len();
        Ok(Step::Progress)
    }

    /// The records before `index` are done; the others come again.
    fn resume(&mut self, mut batch: Batch, index: usize) -> Result<Step, StreamError> {
        let records = batch.records.split_off(index);
        self.finish(&Batch { end: batch.records.last().map(sequence_number).unwrap_or_default(), ..batch })?;
        self.pending.push(Batch { records, end: batch.end, failures: 1 });
        Ok(Step::Retry { failures: 1 })
    }

    /// The first record failed, or one of the first `suspects`.
    fn retry(&mut self, batch: Batch, suspects: usize) -> Result<Step, StreamError> {
        let failures = batch.failures + 1;
        if failures < self.source.attempts {
            self.pending.push(Batch { failures, ..batch });
        } else if suspects > 1 {
            self.halve(batch);
        } else {
            return self.pass_over(batch);
        }
        Ok(Step::Retry { failures })
    }

    /// Each half has one attempt before it is cut again: the attempts at the whole were enough.
    fn halve(&mut self, mut batch: Batch) {
        let failures = self.source.attempts - 1;
        let second = batch.records.split_off(batch.records.len() / 2);
        let end = batch.records.last().map(sequence_number).unwrap_or_default();
        self.pending.push(Batch { records: second, end: batch.end, failures });
        self.pending.push(Batch { records: batch.records, end, failures });
    }

    fn pass_over(&mut self, mut batch: Batch) -> Result<Step, StreamError> {
        let rest = batch.records.split_off(1);
        let poison = batch.records.first().map(sequence_number).unwrap_or_default();
        let table = &self.source.table;
        let consumer = &self.source.consumer;
        tracing::error!(table, consumer, sequence = poison, "a stream record is passed over");
        self.pumped.passed_over += 1;
        self.source.settle(if rest.is_empty() { &batch.end } else { &poison })?;
        if !rest.is_empty() {
            self.pending.push(Batch { records: rest, end: batch.end, failures: 0 });
        }
        Ok(Step::Progress)
    }
}

/// The lowest failed record counts, as on AWS; an identifier that is not in the batch fails the whole batch.
fn outcome(batch: &Batch, response: Option<DynamoDbEventResponse>) -> Outcome {
    let Some(response) = response else { return Outcome::Failed };
    let index =
        |id: Option<&str>| batch.records.iter().position(|record| record.change.sequence_number.as_deref() == id);
    let mut first = None;
    for failure in &response.batch_item_failures {
        match index(failure.item_identifier.as_deref()) {
            Some(index) => first = Some(first.map_or(index, |first: usize| first.min(index))),
            None => return Outcome::Failed,
        }
    }
    first.map_or(Outcome::Done, Outcome::FailedAt)
}

/// The engine's record as Lambda's event holds it, under the region that everything else here has.
fn event_record(record: Record, stream_arn: &str) -> Result<EventRecord, StreamError> {
    let mut record: EventRecord = serde_json::from_value(serde_json::to_value(record)?)?;
    record.event_source_arn = Some(stream_arn.replace(dynoxide::streams::LOCAL_REGION, REGION));
    record.aws_region = REGION.to_owned();
    Ok(record)
}

fn sequence_number(record: &EventRecord) -> String {
    record.change.sequence_number.clone().unwrap_or_default()
}

fn pause(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}
