//! Start, load, `kill -9` at a random moment, start again. The system under load is Leadwire or its peer: a process, a
//! webhook, and a secret with which Meta signs.

use crate::agent::Agent;
use crate::load::{Request, Work};
use crate::process::{Instance, http, within};
use crate::story::text_of;
use domain::Secret;
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Formatter};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often a start is cut short by a kill, and how far it may have come.
const KILLED_STARTING: f64 = 0.1;
const STARTING: Duration = Duration::from_millis(500);

/// How long work that was answered 429 or 503 may take until it is done.
const PATIENCE: Duration = Duration::from_secs(600);

/// What was requested so far, and answered.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Every body that was answered with 200, and how long that took.
    pub accepted: Vec<(String, Duration)>,
    /// Our message id for each idempotency key.
    pub ids: BTreeMap<String, String>,
    /// Every idempotency key that was ever requested.
    pub requested: BTreeSet<String>,
    /// Requests that were cut off by a kill.
    pub cut_off: usize,
    /// Kills at work.
    pub kills: usize,
    /// Expected and seen, wherever they differ.
    pub violations: Vec<String>,
    /// The phones to which something was sent.
    reached: BTreeSet<String>,
    waiting: Vec<Work>,
    unanswered: Vec<Work>,
    done: usize,
}

impl Ledger {
    /// Returns unanswered work to the waiting work, and says how much that was.
    fn ask_again(&mut self) -> usize {
        let count = self.unanswered.len();
        self.waiting.append(&mut self.unanswered);
        count
    }
}

impl Display for Ledger {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Self { accepted, ids, cut_off, kills, violations, .. } = self;
        write!(f, "{} webhooks and {} sends accepted, {kills} kills, ", accepted.len(), ids.len())?;
        write!(f, "{cut_off} requests cut off, {} violations", violations.len())
    }
}

/// How one request ended; the worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Accepted,
    NotNow,
    Gone,
}

/// A system and its load.
#[derive(Debug)]
pub struct Harness {
    /// The system's process.
    pub instance: Instance,
    /// What was requested and answered.
    pub ledger: RefCell<Ledger>,
    /// Who sends; needed only by loads that hold sends.
    pub agent: Option<Agent>,
    connections: usize,
    dice: StdRng,
    http: Client,
    port: String,
    webhook: String,
    secret: Secret,
}

/// The requests of `work` that were not accepted.
fn not_accepted(work: Work, answers: &[Answer]) -> Work {
    let answered = work.into_iter().zip(answers);
    answered.filter(|(_, answer)| **answer != Answer::Accepted).map(|(request, _)| request).collect()
}

impl Harness {
    /// Starts the system with the `command` for a port. Loads come over so many `connections`, and the moments of the
    /// kills from `seed`.
    pub async fn start(command: impl Fn(&str) -> Command, connections: usize, seed: u64) -> Self {
        let instance = Instance::start(command("0")).await;
        Self {
            connections,
            dice: StdRng::seed_from_u64(seed),
            http: http(),
            port: instance.field("url").rsplit(':').next().unwrap_or_default().to_owned(),
            webhook: instance.field("webhookUrl").to_owned(),
            secret: Secret::new(instance.field("appSecret")),
            instance,
            ledger: RefCell::default(),
            agent: None,
        }
    }

    /// Adds to the waiting work.
    pub fn add(&self, work: Vec<Work>) {
        self.ledger.borrow_mut().waiting.extend(work);
    }

    /// Works until a random number of steps is done, and ends the system there with `kill -9`.
    pub async fn work_and_kill(&mut self) {
        let waiting = self.ledger.borrow().waiting.len();
        let moment = self.dice.random_range(1..=waiting.max(1));
        self.work(moment).await;
        self.instance.reap();
        let mut ledger = self.ledger.borrow_mut();
        ledger.kills += 1;
        ledger.ask_again();
    }

    /// Starts the system again over what it left, now and then only to kill it before it is ready.
    pub async fn restart(&mut self, command: impl Fn(&str) -> Command) {
        while self.dice.random_bool(KILLED_STARTING) {
            // Dropping an instance, or one that starts, kills its processes.
            let moment = STARTING.mul_f64(self.dice.random());
            drop(tokio::time::timeout(moment, Instance::start(command(&self.port))).await);
        }
        self.instance = Instance::start(command(&self.port)).await;
    }

    /// Works until everything is answered.
    pub async fn work_to_the_end(&self) {
        let all = within(PATIENCE, || async {
            self.work(usize::MAX).await;
            (self.ledger.borrow_mut().ask_again() == 0).then_some(())
        });
        if all.await.is_none() {
            let mut ledger = self.ledger.borrow_mut();
            let left = format!("the load: expected all of it answered, seen {} that are not", ledger.waiting.len());
            ledger.violations.push(left);
        }
    }

    /// Works off the waiting work over all connections, and kills the system after `moment` pieces of it.
    async fn work(&self, moment: usize) {
        self.ledger.borrow_mut().done = 0;
        join_all((0..self.connections).map(|_| async {
            while let Some(work) = self.next() {
                let answers = join_all(work.iter().map(|request| self.make(request))).await;
                let worst = answers.iter().copied().max().unwrap_or(Answer::Accepted);
                let mut ledger = self.ledger.borrow_mut();
                match worst {
                    Answer::Accepted => ledger.done += 1,
                    // Repeating what was accepted would use up the rate limit that the others wait for.
                    Answer::NotNow => ledger.unanswered.push(not_accepted(work, &answers)),
                    Answer::Gone => ledger.unanswered.push(work),
                }
                if ledger.done >= moment {
                    self.instance.kill();
                }
                if worst == Answer::Gone {
                    return;
                }
            }
        }))
        .await;
    }

    fn next(&self) -> Option<Work> {
        self.ledger.borrow_mut().waiting.pop()
    }

    async fn make(&self, request: &Request) -> Answer {
        match request {
            Request::Webhook(body) => self.deliver(body).await,
            Request::Send { key, phone } => self.send(key, phone).await,
        }
    }

    async fn deliver(&self, body: &str) -> Answer {
        let begun = Instant::now();
        let signature = whatsapp::signature::sign(body.as_bytes(), &self.secret);
        let post = self.http.post(&self.webhook).header("content-type", "application/json");
        let post = post.header("x-hub-signature-256", signature).body(body.to_owned());
        let Some((status, text)) = self.answer(post).await else { return Answer::Gone };
        let mut ledger = self.ledger.borrow_mut();
        match status {
            200 => {
                ledger.accepted.push((body.to_owned(), begun.elapsed()));
                return Answer::Accepted;
            }
            503 => {}
            _ => ledger.violations.push(format!("a webhook: expected 200 or 503, seen {status} {text}")),
        }
        Answer::NotNow
    }

    async fn send(&self, key: &str, phone: &str) -> Answer {
        let agent = self.agent.as_ref().expect("a load with sends has an agent");
        // Asked before the request: an answer of another request may overtake this one's.
        let was_reached = {
            let mut ledger = self.ledger.borrow_mut();
            ledger.requested.insert(key.to_owned());
            ledger.reached.contains(phone)
        };
        let post = agent.post("/api/messages").header("idempotency-key", key);
        let post = post.json(&json!({ "phone": phone, "text": text_of(key) }));
        let Some((status, text)) = self.answer(post).await else { return Answer::Gone };
        let answer: Value = serde_json::from_str(&text).unwrap_or_default();
        let mut ledger = self.ledger.borrow_mut();
        match (status, answer["id"].as_str()) {
            (200 | 202, Some(id)) => {
                ledger.reached.insert(phone.to_owned());
                let first = ledger.ids.entry(key.to_owned()).or_insert_with(|| id.to_owned()).clone();
                if first != id {
                    ledger.violations.push(format!("{key}: expected one message, seen two: {first} and {id}"));
                }
                return Answer::Accepted;
            }
            (429 | 503, _) => {}
            // The customer's first message is still in the queue, or not even delivered.
            (404 | 422, _) if !was_reached => {}
            _ => ledger.violations.push(format!("{key}: expected 200 or 202, seen {status} {text}")),
        }
        Answer::NotNow
    }

    /// Status and body of the answer; none if the system was killed before it answered.
    async fn answer(&self, request: RequestBuilder) -> Option<(u16, String)> {
        let answer = async {
            let answer = request.send().await?;
            Ok::<_, reqwest::Error>((answer.status().as_u16(), answer.text().await?))
        };
        let answer = answer.await.ok();
        if answer.is_none() {
            self.ledger.borrow_mut().cut_off += 1;
        }
        answer
    }
}
