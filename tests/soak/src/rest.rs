//! Waiting until nothing is under way any more, and what may be left in the data folder then: nothing that waits.

use crate::agent::Agent;
use crate::process::within;
use crate::recount::Differences;
use aws_sdk_dynamodb::Client;
use domain::Timestamp;
use emulator::{Emulator, Queues};
use runtime::{Clock, SystemClock};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::due::Due;
use store::{Store, Table};

/// What `cargo run` calls its table and its queues.
const TABLE: &str = "leadwire";
const QUEUES: [&str; 2] = ["leadwire-inbound.fifo", "leadwire-outbound.fifo"];
const DEAD: [&str; 2] = ["leadwire-inbound-dead.fifo", "leadwire-outbound-dead.fifo"];

/// How long the queues may take to run empty after all is posted.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Due work is looked for every five seconds. What has been due for longer than this was forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// Longer than anything waits before it is looked at again.
const FOR_EVER: Duration = Duration::from_secs(30 * 24 * 3600);

/// More than is ever left.
const ALL: usize = 10_000;

/// Waits until Meta has no webhook left and the queues are empty.
pub async fn quiet(agent: &Agent, folder: &Path, differences: &mut Differences) {
    let queues = Queues::open(&folder.join("queues.sqlite"), Arc::new(SystemClock)).unwrap();
    let empty = within(PATIENCE, || async {
        let counts = agent.get("/_sim/webhooks?limit=1").await["counts"].take();
        let told = counts["updates.waiting"].is_null() && counts["posts.waiting"].is_null();
        let empty = QUEUES.iter().all(|name| queues.next_visible_at(name).unwrap().is_none());
        (told && empty).then_some(())
    });
    if empty.await.is_none() {
        differences.0.push("Meta and the queues: expected nothing that waits, seen something for half an hour".into());
    }
}

/// Whatever is left in the folder of an instance that has ended, although nothing may wait any more. `unconfirmed`
/// are the sends that are still looked at, to be reported.
pub async fn left(folder: &Path, ended: Timestamp, unconfirmed: &BTreeSet<String>, differences: &mut Differences) {
    let emulator = Emulator::open(folder, Arc::new(SystemClock)).unwrap();
    let wrong = &mut differences.0;
    for name in QUEUES.into_iter().chain(DEAD) {
        if emulator.queues().next_visible_at(name).unwrap().is_some() {
            wrong.push(format!("{name}: expected nothing, seen messages"));
        }
    }
    let store = Store::new(Table::new(Client::new(&emulator.sdk_config()), TABLE.to_owned()));
    for parked in store.parked(ALL).await.unwrap() {
        wrong.push(format!("parked events: expected none, seen {parked:?}"));
    }
    for due in store.due(ended.minus(FORGOTTEN), ALL).await.unwrap() {
        wrong.push(format!("due work: expected none that is late, seen {due:?}"));
    }
    for due in store.due(ended.plus(FOR_EVER), ALL).await.unwrap() {
        match &due {
            Due::Send(_, _, id) if unconfirmed.contains(&id.to_string()) => {}
            Due::Send(..) | Due::Orphan(..) | Due::Letter(..) => {
                wrong.push(format!("due work: expected unconfirmed sends alone, seen {due:?}"));
            }
        }
    }
}

/// The present.
#[must_use]
pub fn now() -> Timestamp {
    SystemClock.now()
}
