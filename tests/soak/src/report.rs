//! What a run says: a line every now and then, and a table at the end.

use crate::Settings;
use crate::recount::Sent;
use crate::workers::{Counts, Ledger};
use std::fmt;
use std::time::{Duration, Instant};

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(2);

/// What a run came to.
#[derive(Debug)]
pub struct Report {
    /// How often what happened.
    pub counts: Counts,
    /// Customers who wrote.
    pub customers: usize,
    /// Messages that they wrote.
    pub messages: usize,
    /// What came of the sends.
    pub sent: Sent,
    /// How long the load took.
    pub load: Duration,
    /// How long it took until nothing was under way any more, and all was counted.
    pub recount: Duration,
    /// Whatever was not as it had to be.
    pub violations: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { counts, sent, .. } = self;
        let rows = [
            ("deliveries", counts.delivered),
            ("· posted, with copies and repetitions", counts.posts),
            ("· answered with 200", counts.answered),
            ("sends", counts.accepted),
            ("· asked for, with copies and repetitions", counts.requests),
            ("· read", sent.read),
            ("· failed", sent.failed),
            ("· unconfirmed", sent.unconfirmed.len()),
            ("told to come again", counts.put_off),
            ("cut off by a kill", counts.cut_off),
            ("kills", counts.kills),
            ("· and while it started", counts.killed_starting),
            ("customers", self.customers),
            ("messages stored", self.messages),
            ("seconds of load", usize::try_from(self.load.as_secs()).unwrap_or(usize::MAX)),
            ("seconds until all was counted", usize::try_from(self.recount.as_secs()).unwrap_or(usize::MAX)),
            ("violations", self.violations.len()),
        ];
        for (what, count) in rows {
            writeln!(f, "{what:<42} {count:>8}")?;
        }
        Ok(())
    }
}

/// Tells how far the load is, for as long as it is polled.
pub async fn progress(settings: &Settings, ledger: &Ledger) {
    let (begun, mut last) = (Instant::now(), ledger.counts());
    let mut ticks = tokio::time::interval(EVERY);
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let now = ledger.counts();
        println!("{}", line(settings, begun.elapsed(), &last, &now));
        last = now;
    }
}

fn line(settings: &Settings, elapsed: Duration, last: &Counts, now: &Counts) -> String {
    let rate = (now.answered - last.answered) as f64 / EVERY.as_secs_f64();
    let begun = format!("{:>5} s", elapsed.as_secs());
    if now.delivered >= settings.deliveries && now.accepted >= settings.sends {
        return format!("{begun}  all is answered; waiting for the end, and counting");
    }
    let done = (now.delivered + now.accepted) as f64 / (settings.deliveries + settings.sends) as f64;
    let left = elapsed.as_secs_f64() * (1.0 - done).max(0.0) / done.max(1e-9);
    format!(
        "{begun}  {} of {} deliveries, {} of {} sends, {} of {} kills, {rate:.0} posts/s, about {left:.0} s left",
        now.delivered, settings.deliveries, now.accepted, settings.sends, now.kills, settings.kills,
    )
}
