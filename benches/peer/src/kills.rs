//! What is left of what a system accepted when it and its database are killed at work.

use crate::drive::drive;
use crate::figures::Killed;
use crate::load::{Delivery, Load};
use crate::systems::{Programs, Running, System};
use rand::RngExt;
use rand::rngs::StdRng;
use soak::process::eventually;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

/// The connections over which webhooks come.
const CONNECTIONS: usize = 32;

/// How many webhooks come before, over fewer connections, and are stored: nothing is killed that has only just begun.
const WARM_UP: u64 = 600;
const WARM_UP_CONNECTIONS: usize = 8;

/// Between which moments it is killed.
const MOMENTS: [Duration; 2] = [Duration::from_millis(500), Duration::from_millis(2500)];

/// One accepted webhook of so many comes again, as it does from Meta when the answer is lost on its way.
const AGAIN: usize = 20;

/// How many customers there are.
const CUSTOMERS: u64 = 200;

/// Kills `system` so often, over one folder, each time after some work. After each restart it is looked at what is there; then everything that was
/// not accepted is delivered again, and some of what was.
pub async fn run(programs: &Programs, system: System, folder: &Path, kills: usize, dice: &mut StdRng) -> Killed {
    let load = Load::of(CUSTOMERS);
    let mut killed = Killed { kills, ..Killed::default() };
    let (mut accepted, mut running) = (BTreeSet::new(), Running::start(programs, system, folder).await);
    for _ in 0..kills {
        accepted.extend(warm_up(&running, &load).await);
        let made = RefCell::new(Vec::new());
        let posted = work_and_kill(&mut running, dice.random_range(MOMENTS[0]..MOMENTS[1]), || {
            let delivery = load.another();
            made.borrow_mut().push(delivery.clone());
            delivery
        });
        let acknowledged: BTreeSet<_> = posted.await.into_iter().collect();
        running = Running::start(programs, system, folder).await;
        running.settled(0).await;
        let there = running.stored().await;
        let made = made.into_inner();
        killed.posted += made.len();
        killed.acknowledged += acknowledged.len();
        let found = acknowledged.iter().filter(|wamid| there.contains_key(*wamid)).count();
        killed.there += found;
        killed.lost += acknowledged.len() - found;
        let (known, open): (Vec<_>, Vec<_>) =
            made.into_iter().partition(|delivery| acknowledged.contains(&delivery.wamid));
        killed.unanswered_there += open.iter().filter(|delivery| there.contains_key(&delivery.wamid)).count();
        accepted.extend(acknowledged);
        let known = known.into_iter().step_by(AGAIN).filter(|delivery| there.contains_key(&delivery.wamid));
        let again: Vec<_> = open.into_iter().chain(known).collect();
        killed.delivered_again += again.len();
        accepted.extend(deliver_again(&running, again).await);
    }
    // What answers first is done a moment after its last answer: it is asked until it tells the same twice.
    let mut there = running.stored().await;
    loop {
        running.settled(there.values().sum()).await;
        let now = running.stored().await;
        if std::mem::replace(&mut there, now.clone()) == now {
            break;
        }
    }
    killed.doubled = there.values().filter(|count| **count > 1).count();
    killed.missing = accepted.iter().filter(|wamid| !there.contains_key(*wamid)).count();
    killed
}

/// Works until all of a first while is stored.
async fn warm_up(running: &Running, load: &Load) -> Vec<String> {
    let end = load.made() + WARM_UP;
    let webhook = running.webhook();
    let posted = drive(&webhook, WARM_UP_CONNECTIONS, || (load.made() < end).then(|| load.another())).await;
    let wamids: Vec<_> = posted.accepted.into_iter().map(|(wamid, _)| wamid).collect();
    running.settled(0).await;
    eventually("all of the first while is stored", || async {
        let there = running.stored().await;
        wamids.iter().all(|wamid| there.contains_key(wamid)).then_some(())
    })
    .await;
    wamids
}

/// Works until that moment, and kills it there. What was accepted comes back.
async fn work_and_kill(running: &mut Running, moment: Duration, next: impl Fn() -> Delivery) -> Vec<String> {
    let webhook = running.webhook();
    let mut work = pin!(drive(&webhook, CONNECTIONS, || Some(next())));
    let early = tokio::time::timeout(moment, &mut work).await;
    assert!(early.is_err(), "it stopped answering before it was killed");
    running.kill();
    work.await.accepted.into_iter().map(|(wamid, _)| wamid).collect()
}

/// Posts all of it until it is accepted.
async fn deliver_again(running: &Running, deliveries: Vec<Delivery>) -> Vec<String> {
    let (mut accepted, mut waiting) = (Vec::new(), deliveries);
    while !waiting.is_empty() {
        let left = RefCell::new(waiting);
        let posted = drive(&running.webhook(), CONNECTIONS, || left.borrow_mut().pop()).await;
        accepted.extend(posted.accepted.into_iter().map(|(wamid, _)| wamid));
        waiting = posted.open;
    }
    accepted
}
