//! What units and calls cost in dollars, by the prices in `prices.toml`.

use crate::meter::{Function, Spent};
use crate::operations::Cost;
use serde::Deserialize;
use std::ops::Add;

/// The prices in `prices.toml`, which says what each is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    pub region: String,
    pub noted: String,
    pub million: Million,
    pub month: Month,
    pub gigabyte: Gigabyte,
    pub free: Free,
    pub taken: Taken,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Million {
    pub write_units: f64,
    pub read_units: f64,
    pub fifo_requests: f64,
    pub standard_requests: f64,
    pub invocations: f64,
    pub gb_seconds: f64,
    pub http_requests: f64,
    pub scheduled: f64,
    pub file_puts: f64,
    pub file_gets: f64,
    pub key_uses: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Month {
    pub alarm_metric: f64,
    pub metric: f64,
    pub dashboard: f64,
    pub key: f64,
    pub secret: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gigabyte {
    pub logs: f64,
}

/// What costs nothing in any month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Free {
    pub invocations: f64,
    pub gb_seconds: f64,
    pub queue_requests: f64,
    pub scheduled: f64,
    pub alarm_metrics: f64,
    pub metrics: f64,
    pub dashboards: f64,
    pub key_uses: f64,
    pub log_gigabytes: f64,
}

/// What is taken for true without having been measured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    pub memory_megabytes: f64,
    pub call_milliseconds: f64,
    pub post_milliseconds: f64,
    pub own_milliseconds: f64,
    pub request_log_bytes: f64,
    pub line_log_bytes: f64,
    pub polls_a_month: f64,
    pub minutes_a_month: f64,
    pub key_uses_a_month: f64,
}

/// What a million of an operation costs, by what it is paid for. In dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dollars {
    pub table: f64,
    /// Requests to SQS, by functions and by whatever invokes them.
    pub queues: f64,
    /// Lambda: invocations and time.
    pub functions: f64,
    pub gateway: f64,
    /// Requests to S3.
    pub files: f64,
    pub logs: f64,
}

impl Dollars {
    pub fn total(&self) -> f64 {
        self.table + self.queues + self.functions + self.gateway + self.files + self.logs
    }
}

impl Add for Dollars {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            table: self.table + other.table,
            queues: self.queues + other.queues,
            functions: self.functions + other.functions,
            gateway: self.gateway + other.gateway,
            files: self.files + other.files,
            logs: self.logs + other.logs,
        }
    }
}

/// How many come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// In one webhook of Meta's.
    pub webhook: usize,
    /// Out of a queue, and out of the stream.
    pub queue: usize,
}

/// As a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts of calls are small")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}

impl Prices {
    pub fn read() -> Self {
        toml::from_str(include_str!("../prices.toml")).expect("prices.toml holds prices")
    }

    /// What a million of these cost where so many come together.
    pub fn million(&self, cost: &Cost, batch: Batch) -> Dollars {
        let parts = cost.bill.iter().map(|(function, spent)| self.price(*function, spent, batch));
        parts.fold(Dollars::default(), Dollars::add)
    }

    /// The seconds of a GB for which so many invocations are billed that send so often to a queue. All calls are taken
    /// to be made one after the other.
    pub fn gb_seconds(&self, spent: &Spent, sent: f64, invocations: f64) -> f64 {
        let taken = &self.taken;
        let waits = (number(spent.calls) + sent) * taken.call_milliseconds;
        let posts = number(spent.posts) * taken.post_milliseconds;
        (waits + posts + taken.own_milliseconds * invocations) / 1000.0 * taken.memory_megabytes / 1024.0
    }

    fn price(&self, function: Function, spent: &Spent, batch: Batch) -> Dollars {
        let million = &self.million;
        let taken = &self.taken;
        let together = number(match function {
            Function::Webhook => batch.webhook,
            Function::Inbound | Function::Relay | Function::Changes => batch.queue,
            // However many lie in their queues, they are handed one.
            Function::Outbound | Function::Jobs => 1,
            Function::Api | Function::Schedule => 1,
        });
        let invocations = number(spent.invocations) / together;
        // What comes together goes into the next queue together.
        let sent = number(spent.queue_calls) / together;
        let (asked, taken_out) = match function {
            Function::Webhook | Function::Api => (invocations, 0.0),
            // Received and deleted, by Lambda.
            Function::Inbound | Function::Outbound | Function::Jobs => (0.0, 2.0 * invocations),
            Function::Relay | Function::Changes | Function::Schedule => (0.0, 0.0),
        };
        let lines = match function {
            Function::Webhook | Function::Api | Function::Relay | Function::Schedule => invocations,
            // One for each record, however many come together.
            Function::Inbound | Function::Outbound | Function::Jobs => number(spent.invocations),
            Function::Changes => 0.0,
        };
        let log_bytes = asked * taken.request_log_bytes + lines * taken.line_log_bytes;
        Dollars {
            table: number(spent.told.writes()) * million.write_units + spent.told.reads() * million.read_units,
            queues: (sent + taken_out) * million.fifo_requests,
            functions: invocations * million.invocations
                + self.gb_seconds(spent, sent, invocations) * million.gb_seconds,
            gateway: asked * million.http_requests,
            files: number(spent.file_puts) * million.file_puts + number(spent.file_gets) * million.file_gets,
            logs: log_bytes / 1000.0 * self.gigabyte.logs,
        }
    }
}
