//! The end: waiting until nothing is under way, and then looking for anything left in the data folder.

use crate::agent::Agent;
use crate::process::within;
use aws_sdk_dynamodb::Client;
use domain::Timestamp;
use domain::inbox::media::MediaState;
use emulator::{Emulator, Queues};
use runtime::SystemClock;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::reliability::due::Due;
use store::{Store, Table};

/// The names of the local stack's table and queues.
const TABLE: &str = "leadwire";
const QUEUES: [&str; 3] = ["leadwire-inbound.fifo", "leadwire-outbound.fifo", "leadwire-jobs"];
const DEAD: [&str; 3] = ["leadwire-inbound-dead.fifo", "leadwire-outbound-dead.fifo", "leadwire-jobs-dead"];

/// How long the queues may take to run empty after everything is posted.
const PATIENCE: Duration = Duration::from_secs(1800);

/// The sweeper runs every five seconds. What has been due for longer than this was forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// Longer than any pause before due work is looked at again.
const FOR_EVER: Duration = Duration::from_secs(30 * 24 * 3600);

/// More than is ever left.
const ALL: usize = 10_000;

/// Waits until Meta has no webhook left to deliver and the queues in `folder` are empty.
pub async fn quiet(agent: &Agent, folder: &Path) -> Result<(), String> {
    let queues = Queues::open(&folder.join("queues.sqlite"), Arc::new(SystemClock)).unwrap();
    let quiet = within(PATIENCE, || async {
        let counts = agent.get("/_sim/webhooks?limit=1").await["counts"].take();
        let delivered = counts["updates.waiting"].is_null() && counts["posts.waiting"].is_null();
        let empty = QUEUES.iter().all(|name| queues.next_visible_at(name).unwrap().is_none());
        (delivered && empty).then_some(())
    });
    quiet
        .await
        .ok_or_else(|| "Meta and the queues: expected all delivered, seen something after half an hour".to_owned())
}

/// Anything left in the folder of an instance that ended at `ended`. Only the messages `unconfirmed`, and files whose
/// fetch a kill cut off, may still be due.
pub(crate) async fn left(folder: &Path, ended: Timestamp, unconfirmed: &BTreeSet<String>) -> Vec<String> {
    let emulator = Emulator::open(folder, Arc::new(SystemClock)).unwrap();
    let mut left = Vec::new();
    for name in QUEUES.into_iter().chain(DEAD) {
        if emulator.queues().next_visible_at(name).unwrap().is_some() {
            left.push(format!("{name}: expected nothing, seen messages"));
        }
    }
    let store = Store::new(Table::new(Client::new(&emulator.sdk_config()), TABLE.to_owned()));
    let parked = store.parked(ALL).await.unwrap();
    left.extend(parked.iter().map(|event| format!("parked events: expected none, seen {event:?}")));
    let late = store.due(ended.minus(FORGOTTEN), ALL).await.unwrap();
    left.extend(late.iter().map(|late| format!("due work: expected none that is late, seen {late:?}")));
    for due in store.due(ended.plus(FOR_EVER), ALL).await.unwrap() {
        let expected = match &due.work {
            Due::Send(_, _, id) => unconfirmed.contains(&id.to_string()),
            // That events waited for a message stays due for a minute after the last of them has found it.
            Due::Orphans(tenant, target) => store.tenant(*tenant).orphans(target).await.unwrap().is_empty(),
            // A kill cuts off the fetch of a file: the next try is due when the lease of the last one has ended.
            Due::Media(tenant, id) => {
                let file = store.tenant(*tenant).media(*id, ended).await.unwrap();
                file.is_some_and(|file| file.state == MediaState::Pending)
            }
            Due::Email(..)
            | Due::Entry(..)
            | Due::Tally(..)
            | Due::Snooze(..)
            | Due::Signal(..)
            | Due::Reindex(..)
            | Due::Reminder(..)
            | Due::Delivery(..)
            | Due::Resume(..)
            | Due::Budget(..)
            | Due::Block(..)
            | Due::Erasure(..)
            | Due::LongJob(..)
            | Due::Setup(..)
            | Due::TemplateWork(..)
            | Due::TemplateSync(..) => false,
        };
        if !expected {
            left.push(format!("due work: expected only what a kill may leave, seen {due:?}"));
        }
    }
    left
}
