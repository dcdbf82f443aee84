//! A long load on the real process while it is killed at random, and a recount.
//!
//! Customers write, react, edit and withdraw; strangers race for their first contact; agents send. Deliveries come
//! several at a time, several times, late, and in another order; Meta hangs, breaks off, refuses, and repeats its
//! statuses. Between two kills lies a round. After the last one everything that is told is held against what was said.
//!
//! It knows the process from outside: its command line, its HTTP, and at the end what is left in its folder.

#![expect(clippy::unwrap_used, reason = "a soak that cannot go on has to end")]

pub mod agent;
pub mod customers;
pub mod load;
pub mod process;
pub mod recount;
pub mod report;
pub mod rest;
pub mod story;
pub mod workers;

use agent::Agent;
use customers::Number;
use load::{Load, Plan, Taken};
use process::{Instance, Process, within};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use recount::Differences;
use report::Report;
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use workers::{Ledger, Line};

/// How Meta treats sends: it takes some and answers late, or not so that anybody could tell; it asks others to wait,
/// refuses some, and takes some that fail afterwards.
pub const FAULTS: &str = r#"
    {"mode":"hang","seconds":1,"fraction":0.08},
    {"mode":"reset_after_accept","fraction":0.02},
    {"mode":"server_error_accepted","fraction":0.02},
    {"mode":"broken_json","fraction":0.01},
    {"mode":"error_code","code":130429,"fraction":0.03},
    {"mode":"error_code","code":131056,"fraction":0.01},
    {"mode":"error_code","code":131026,"fraction":0.02},
    {"mode":"failed_status","code":131026,"fraction":0.02}"#;

/// Meta did not take it, and does not say so. Not after the last kill: a send that was asked for then has no reason
/// to be unconfirmed.
const LOST: &str = r#"{"mode":"server_error","fraction":0.02},"#;

/// How Meta treats webhooks: it packs them, repeats some, and shuffles them. The window is left to Leadwire.
const WEBHOOKS: [&str; 9] = [
    "batch=5",
    "batch-wait-ms=50",
    "duplicates=1",
    "duplicate-fraction=0.1",
    "reorder=0.2",
    "delay-ms=[0,200]",
    "concurrency=4",
    "retry-max-ms=2000",
    "window=off",
];

/// How often a start is cut short by a kill, and how far it may have come.
const KILLED_STARTING: f64 = 0.1;
const STARTING: Duration = Duration::from_millis(500);

/// How many of Meta's own webhooks, and how many of its newest sends, are looked at after each start.
const LOOK_BACK: usize = 40;

/// How long what was told to come again may take until it is through.
const PATIENCE: Duration = Duration::from_secs(600);

/// What to do.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program.
    pub executable: PathBuf,
    /// Its data folder, which is emptied first.
    pub folder: PathBuf,
    /// What all chance comes from.
    pub seed: u64,
    /// How many deliveries, each counted once.
    pub deliveries: usize,
    /// How many sends, each counted once.
    pub sends: usize,
    /// How often it is killed at work.
    pub kills: usize,
}

/// Does it, and counts.
///
/// # Panics
/// If the process does not start, or its edges cannot be spoken to at all.
pub async fn run(settings: &Settings, ledger: &Ledger) -> Report {
    let begun = Instant::now();
    let mut soak = Soak::begin(settings, ledger).await;
    // The first round has nobody yet to whom anything could be sent.
    let last = settings.kills.max(1);
    let mut at_risk = BTreeSet::new();
    for round in 0..=last {
        soak.fill(round).await;
        if round < settings.kills {
            soak.work_and_kill().await;
            at_risk = ledger.tried();
            soak.restart(round + 1 == settings.kills).await;
        }
    }
    soak.work_to_the_end().await;
    let load = begun.elapsed();
    let mut report = soak.recount(&at_risk).await;
    (report.load, report.recount) = (load, begun.elapsed().saturating_sub(load));
    report
}

/// A run under way.
#[derive(Debug)]
struct Soak<'a> {
    settings: &'a Settings,
    ledger: &'a Ledger,
    http: Client,
    dice: StdRng,
    load: Load,
    instance: Instance,
    /// Signed in once, however often the instance is killed: who lets people in counts how often they come.
    agent: Agent,
    port: String,
    /// How many customers Meta has been told of.
    introduced: usize,
}

impl<'a> Soak<'a> {
    async fn begin(settings: &'a Settings, ledger: &'a Ledger) -> Self {
        let mut first = command(settings, "0", settings.kills == 0);
        first.arg("--reset");
        let instance = Instance::start(first).await;
        let port = instance.told("url").rsplit(':').next().unwrap().to_owned();
        let http = process::http();
        let agent = Agent::of(&instance, &http);
        let config = agent.get("/_sim/config").await;
        let number = Number {
            id: instance.told("phoneNumberId").to_owned(),
            display: config["displayPhoneNumber"].as_str().unwrap_or_default().to_owned(),
            account: instance.told("wabaId").to_owned(),
        };
        let plan = Plan { deliveries: settings.deliveries, sends: settings.sends, rounds: settings.kills.max(1) + 1 };
        let dice = StdRng::seed_from_u64(settings.seed.wrapping_add(1));
        let load = Load::new(settings.seed, plan, number);
        Self { settings, ledger, http, dice, load, instance, agent, port, introduced: 0 }
    }

    /// Adds what comes in `round`: new things of customers and agents, and some of Meta's own webhooks once more.
    async fn fill(&mut self, round: usize) {
        let agent = self.agent.clone();
        let sends = agent.get(&format!("/_sim/sends?limit={LOOK_BACK}")).await;
        let taken: Vec<_> = sends["items"].as_array().into_iter().flatten().filter_map(taken).collect();
        let told = agent.get(&format!("/_sim/webhooks?limit={LOOK_BACK}")).await;
        let told = told["items"].as_array().into_iter().flatten();
        let told: Vec<_> = told.filter_map(|post| post["body"].as_str().map(str::to_owned)).collect();
        let mut work = Load::again(told);
        work.extend(self.load.round(round, rest::now().seconds(), &taken));
        self.introduce().await;
        self.ledger.add(work);
    }

    /// Tells Meta who can be sent to.
    async fn introduce(&mut self) {
        let new = &self.load.story.customers[self.introduced..];
        for customer in new {
            let Some(phone) = &customer.phone else { continue };
            let person = json!({ "name": customer.name, "waId": phone, "userId": customer.user });
            self.instance.tell_meta(&self.http, "/_sim/people", person).await;
        }
        self.introduced = self.load.story.customers.len();
    }

    /// Works until some moment, and kills the process there.
    async fn work_and_kill(&mut self) {
        let moment = self.dice.random_range(0..=self.ledger.waiting());
        let (count, mut through) = watch::channel(0);
        let mut workers = Line::to(&self.instance, (&self.http, &self.agent), self.ledger).work(&count);
        drop(count);
        // Ends with the workers too, if all of them are done before.
        let _ = through.wait_for(|through| *through >= moment).await;
        self.instance.process.kill();
        while workers.join_next().await.is_some() {}
        complaints(&self.instance.process.complaints()).for_each(|wrong| self.ledger.note(wrong));
        self.ledger.count(|counts| counts.kills += 1);
        self.ledger.ask_again();
    }

    /// Starts it again, now and then only to kill it before it is ready.
    async fn restart(&mut self, last: bool) {
        while self.dice.random_bool(KILLED_STARTING) {
            let process = Process::spawn(command(self.settings, &self.port, last));
            let moment = STARTING.mul_f64(self.dice.random());
            let _ = within(moment, || std::future::ready(None::<()>)).await;
            drop(process);
            self.ledger.count(|counts| counts.killed_starting += 1);
        }
        self.instance = Instance::start(command(self.settings, &self.port, last)).await;
    }

    /// Works until everything is answered.
    async fn work_to_the_end(&self) {
        let line = Line::to(&self.instance, (&self.http, &self.agent), self.ledger);
        let (count, _) = watch::channel(0);
        let all = within(PATIENCE, || async {
            line.work(&count).join_all().await;
            (self.ledger.ask_again() == 0).then_some(())
        });
        if all.await.is_none() {
            let left = format!("the load: expected all of it answered, seen {} that are not", self.ledger.waiting());
            self.ledger.note(left);
        }
    }

    /// Waits until nothing is under way, looks at everything, ends the process, and looks at what is left.
    async fn recount(self, at_risk: &BTreeSet<String>) -> Report {
        let folder = &self.settings.folder;
        let (agent, story) = (&self.agent, &self.load.story);
        let mut violations = Differences(self.ledger.wrong());
        rest::quiet(agent, folder, &mut violations).await;
        let (found, sent) = recount::settled(agent, story, &self.ledger.told(), at_risk).await;
        violations.0.extend(found.0);
        let ended = self.instance.end("TERM").await;
        let how = (ended.status.code(), ended.stdout.lines().count());
        if how != (Some(0), 1) {
            violations.0.push(format!("the end: expected exit code 0 and one line, seen {how:?}"));
        }
        violations.0.extend(complaints(&ended.stderr));
        rest::left(folder, rest::now(), &sent.unconfirmed, &mut violations).await;
        Report {
            counts: self.ledger.counts(),
            customers: story.customers.len(),
            messages: story.messages(),
            sent,
            load: Duration::ZERO,
            recount: Duration::ZERO,
            violations: violations.0,
        }
    }
}

/// What starts it on this port; `last` if nothing kills it any more.
fn command(settings: &Settings, port: &str, last: bool) -> Command {
    let lost = if last { "" } else { LOST };
    let (faults, seed) = (format!("faults=[{lost}{FAULTS}]"), format!("seed={}", settings.seed));
    let mut args = vec!["--port", port, "--knob", &faults, "--knob", &seed];
    args.extend(WEBHOOKS.iter().flat_map(|knob| ["--knob", knob]));
    process::command(&settings.executable, &settings.folder, &args)
}

/// Everything in the log but what belongs there: that a person has to decide on a send that stays unconfirmed.
fn complaints(log: &str) -> impl Iterator<Item = String> {
    let other = log.lines().filter(|line| !line.contains("a send is unconfirmed for ten minutes"));
    other.map(|line| format!("the log: expected no complaint, seen {line}"))
}

/// A send that Meta took and that did not fail.
fn taken(record: &Value) -> Option<Taken> {
    let (wamid, phone) = (record["wamid"].as_str()?.to_owned(), record["input"].as_str()?.to_owned());
    let at = record["at"].as_i64()? / 1000;
    record["failed"].is_null().then_some(Taken { wamid, phone, at })
}
