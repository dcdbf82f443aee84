//! A load on the real process, which is killed at random moments and started again, and a recount.
//!
//! Customers write, react, edit and withdraw; new ones race to create their lead; agents send. Deliveries come several at
//! a time, several times, late, and in another order; Meta hangs, resets connections, refuses, and repeats its statuses.
//! A round ends with a kill. After the last one the API has to show all that the model holds, once.
//!
//! It knows the process only from outside: its command line, its HTTP, and in the end its data folder.

#![expect(clippy::unwrap_used, reason = "a soak that cannot go on has to end")]

pub mod agent;
pub mod harness;
pub mod load;
pub mod process;
mod recount;
pub mod rest;
pub mod story;

use agent::Agent;
use clap::Parser;
use harness::{Harness, Ledger};
use load::{Load, Request};
use recount::Expected;
use runtime::{Clock, SystemClock};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;
use story::Story;

/// How Meta treats sends.
const FAULTS: &str = r#"{"mode":"hang","seconds":1,"fraction":0.08},{"mode":"reset_after_accept","fraction":0.02},
    {"mode":"server_error_accepted","fraction":0.02},{"mode":"broken_json","fraction":0.01},
    {"mode":"error_code","code":130429,"fraction":0.03},{"mode":"error_code","code":131056,"fraction":0.01},
    {"mode":"error_code","code":131026,"fraction":0.02},{"mode":"failed_status","code":131026,"fraction":0.02}"#;

/// Meta loses a message without saying so. Not after the last kill: from then on no message may stay unconfirmed.
const LOST: &str = r#"{"mode":"server_error","fraction":0.02},"#;

/// How Meta treats webhooks: it batches them, repeats some, and shuffles them. Leadwire checks the service window.
const WEBHOOKS: &str = "batch=5 batch-wait-ms=50 duplicates=1 duplicate-fraction=0.1 reorder=0.2 reorder-ms=1000 \
                        delay-ms=[0,200] concurrency=4 retry-first-ms=250 retry-max-ms=2000 read-ms=500 window=off";

/// How many requests are under way at a time.
const CONNECTIONS: usize = 12;

/// How many of the newest records of the simulator each round looks at.
const LOOK_BACK: usize = 40;

/// Loads the program that `cargo run` starts, kills it at random moments, and recounts.
#[derive(Clone, Debug, Parser)]
#[command(name = "soak", version)]
pub struct Settings {
    /// Deliveries, each counted once however often it is posted
    #[arg(long, default_value_t = 100_000)]
    pub deliveries: usize,

    /// Sends, each counted once however often it is requested
    #[arg(long, default_value_t = 20_000)]
    pub sends: usize,

    /// Kills at work
    #[arg(long, default_value_t = 50)]
    pub kills: usize,

    /// The seed of the load and of the moments of the kills
    #[arg(long, default_value_t = rand::random())]
    pub seed: u64,
}

/// Runs the load on `executable`, whose data `folder` is emptied first, and recounts.
pub async fn run(settings: &Settings, executable: &Path, folder: &Path) -> Ledger {
    let begun = Instant::now();
    let start = |port: &str, lost: &str, reset: bool| {
        let faults = format!("faults=[{lost}{FAULTS}]");
        let seed = format!("seed={}", settings.seed);
        let mut args = vec!["--port", port, "--setting", &faults, "--setting", &seed];
        args.extend(WEBHOOKS.split_whitespace().flat_map(|setting| ["--setting", setting]));
        args.extend(reset.then_some("--reset"));
        process::command(executable, folder, &args)
    };
    let lost_before = |kill: usize| if kill < settings.kills { LOST } else { "" };
    let first = |port: &str| start(port, lost_before(0), true);
    let mut harness = Harness::start(first, CONNECTIONS, settings.seed.wrapping_add(1)).await;
    harness.agent = Some(Agent::new(&harness.instance).await);
    let mut load = Load::new(settings, Story::new(&harness.instance));
    let mut at_risk = Default::default();
    for round in 0..=settings.kills.max(1) {
        fill(&harness, &mut load, round).await;
        if round < settings.kills {
            harness.work_and_kill().await;
            harness.ledger.get_mut().violations.extend(complaints(&harness.instance.stderr()));
            at_risk = harness.ledger.borrow().requested.clone();
            harness.restart(|port| start(port, lost_before(round + 1), false)).await;
            println!("{:>4} s: {} of {} kills", begun.elapsed().as_secs(), round + 1, settings.kills);
        }
    }
    harness.work_to_the_end().await;
    let agent = harness.agent.take().expect("the agent from above");
    let mut ledger = harness.ledger.take();
    ledger.violations.extend(rest::quiet(&agent, folder).await.err());
    let expected = Expected { story: &load.story, ids: &ledger.ids, at_risk: &at_risk };
    let found = recount::settled(&agent, &expected).await;
    let ended = harness.instance.end("TERM").await;
    ledger.violations.extend(found.violations);
    ledger.violations.extend(complaints(&ended.stderr));
    ledger.violations.extend(rest::left(folder, SystemClock.now(), &found.unconfirmed).await);
    let how = (ended.status.code(), ended.stdout.lines().count());
    if how != (Some(0), 1) {
        ledger.violations.push(format!("the end: expected exit code 0 and one line, seen {how:?}"));
    }
    ledger
}

/// Adds the load of `round`: new events and sends, and some of Meta's own webhooks once more.
async fn fill(harness: &Harness, load: &mut Load, round: usize) {
    let agent = harness.agent.as_ref().expect("an agent");
    let newest = async |path: &str| match agent.get(&format!("{path}?limit={LOOK_BACK}")).await["items"].take() {
        Value::Array(items) => items,
        other => panic!("{path} is no list: {other}"),
    };
    let known = load.story.customers.len();
    let mut work = load.round(round, SystemClock.now().seconds(), &newest("/_sim/sends").await);
    let posts = newest("/_sim/webhooks").await;
    work.extend(posts.iter().filter_map(|post| Some(vec![Request::Webhook(post["body"].as_str()?.to_owned())])));
    for customer in &load.story.customers[known..] {
        if let Some(phone) = &customer.phone {
            let person = json!({ "name": customer.name, "waId": phone, "userId": customer.user });
            harness.instance.post(&process::http(), "/_sim/people", person).await;
        }
    }
    harness.add(work);
}

/// Everything in the log except the request that somebody decides about a message that stays unconfirmed.
fn complaints(log: &str) -> impl Iterator<Item = String> {
    let others = log.lines().filter(|line| !line.contains("a message is unconfirmed for ten minutes"));
    others.map(|line| format!("the log: expected no complaint, seen {line}"))
}
