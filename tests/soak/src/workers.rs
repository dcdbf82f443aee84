//! Many at a time post the load to one instance, and note what they were answered. Who is not answered asks again
//! later, as Meta does with webhooks and a client with its `Idempotency-Key`.

use crate::agent::Agent;
use crate::load::{Delivery, Work};
use crate::process::Instance;
use crate::story::Send;
use domain::Secret;
use futures::future::join_all;
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many are at work at a time.
const AT_ONCE: usize = 12;

/// How often something happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Deliveries that are through, each counted once.
    pub delivered: usize,
    /// Sends that are accepted, each counted once.
    pub accepted: usize,
    /// POSTs of deliveries, with all copies and repetitions.
    pub posts: usize,
    /// Those that were answered with 200.
    pub answered: usize,
    /// Requests for sends, with all copies and repetitions.
    pub requests: usize,
    /// Requests of either kind that were told to come again.
    pub put_off: usize,
    /// Requests of either kind that were cut off by a kill.
    pub cut_off: usize,
    /// How often the process was killed at work.
    pub kills: usize,
    /// How often it was killed while it started.
    pub killed_starting: usize,
}

/// What is known of the load's answers.
#[derive(Debug, Default)]
struct Notes {
    counts: Counts,
    waiting: Vec<Work>,
    unanswered: Vec<Work>,
    told: BTreeMap<String, String>,
    tried: BTreeSet<String>,
    reached: BTreeSet<String>,
    wrong: Vec<String>,
}

/// The load that waits, and what was answered so far. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Notes>>);

impl Ledger {
    /// How often what happened.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.notes().counts
    }

    /// Changes the counts.
    pub fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.notes().counts);
    }

    /// Adds to what waits to be posted.
    pub fn add(&self, work: Vec<Work>) {
        self.notes().waiting.extend(work);
    }

    /// Puts what was not answered back to what waits, and says how much that was.
    pub fn ask_again(&self) -> usize {
        let mut notes = self.notes();
        let unanswered = std::mem::take(&mut notes.unanswered);
        let count = unanswered.len();
        notes.waiting.extend(unanswered);
        count
    }

    /// How much waits.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.notes().waiting.len()
    }

    /// Our id of the message that each key stands for, as far as somebody was told.
    #[must_use]
    pub fn told(&self) -> BTreeMap<String, String> {
        self.notes().told.clone()
    }

    /// The keys of all sends that were asked for at all.
    #[must_use]
    pub fn tried(&self) -> BTreeSet<String> {
        self.notes().tried.clone()
    }

    /// What was answered that should not have been.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        self.notes().wrong.clone()
    }

    /// Notes something that is wrong.
    pub fn note(&self, wrong: String) {
        self.notes().wrong.push(wrong);
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap()
    }

    fn accepted(&self, send: &Send, id: &str) {
        let mut notes = self.notes();
        notes.reached.insert(send.phone.clone());
        let first = notes.told.entry(send.key.clone()).or_insert_with(|| id.to_owned()).clone();
        if first != id {
            notes.wrong.push(format!("{}: expected one message, seen two: {first} and {id}", send.key));
        }
        notes.counts.accepted = notes.told.len();
    }

    fn wrong_answer(&self, to: &str, expected: &str, status: u16, body: &str) {
        self.note(format!("{to}: expected {expected}, seen {status} {body}"));
    }
}

/// What came of a request.
enum Answer<T> {
    /// It is through.
    Through(T),
    /// It is to come again.
    NotNow,
    /// There is nobody there any more.
    None,
}

/// How to turn to an instance.
#[derive(Clone, Debug)]
pub struct Line {
    http: Client,
    webhook: String,
    secret: Secret,
    agent: Agent,
    ledger: Ledger,
}

impl Line {
    /// To this instance, by this agent.
    #[must_use]
    pub fn to(instance: &Instance, (http, agent): (&Client, &Agent), ledger: &Ledger) -> Self {
        Self {
            http: http.clone(),
            webhook: instance.told("webhookUrl").to_owned(),
            secret: Secret::new(instance.told("appSecret")),
            agent: agent.clone(),
            ledger: ledger.clone(),
        }
    }

    /// Works off what waits; `count` tells how much is through. A worker that is not answered at all stops.
    #[must_use]
    pub fn work(&self, count: &watch::Sender<usize>) -> JoinSet<()> {
        let mut workers = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (line, count) = (self.clone(), count.clone());
            workers.spawn(async move {
                loop {
                    let Some(work) = line.ledger.notes().waiting.pop() else { return };
                    match line.one(&work).await {
                        Answer::Through(()) => count.send_modify(|count| *count += 1),
                        Answer::NotNow => line.ledger.notes().unanswered.push(work),
                        Answer::None => {
                            line.ledger.notes().unanswered.push(work);
                            return;
                        }
                    }
                }
            });
        }
        workers
    }

    /// Through if all of it is.
    async fn one(&self, work: &Work) -> Answer<()> {
        let answers = match work {
            Work::Deliver(deliveries) => {
                let copies = deliveries.iter().flat_map(|delivery| (0..delivery.copies).map(move |_| delivery));
                join_all(copies.map(|delivery| self.deliver(delivery))).await
            }
            Work::Send(send, copies) => join_all((0..*copies).map(|_| self.send(send))).await,
        };
        if answers.iter().any(|answer| matches!(answer, Answer::None)) {
            return Answer::None;
        }
        if answers.iter().any(|answer| matches!(answer, Answer::NotNow)) {
            return Answer::NotNow;
        }
        if let Work::Deliver(deliveries) = work {
            let counting = deliveries.iter().filter(|delivery| delivery.counts).count();
            self.ledger.count(|counts| counts.delivered += counting);
        }
        Answer::Through(())
    }

    async fn deliver(&self, delivery: &Delivery) -> Answer<()> {
        self.ledger.count(|counts| counts.posts += 1);
        let signature = whatsapp::signature::sign(delivery.body.as_bytes(), &self.secret);
        let post = self.http.post(&self.webhook).header("content-type", "application/json");
        let post = post.header("x-hub-signature-256", signature).body(delivery.body.as_bytes().to_vec());
        match self.asked(post).await {
            Some((200, _)) => {
                self.ledger.count(|counts| counts.answered += 1);
                Answer::Through(())
            }
            Some((503, _)) => self.put_off(),
            Some((status, body)) => {
                self.ledger.wrong_answer("a delivery", "200 or 503", status, &body);
                Answer::NotNow
            }
            None => Answer::None,
        }
    }

    async fn send(&self, send: &Send) -> Answer<()> {
        self.ledger.count(|counts| counts.requests += 1);
        self.ledger.notes().tried.insert(send.key.clone());
        let Some(post) = self.agent.post("/api/messages").await else { return Answer::None };
        let post = post.header("idempotency-key", &send.key).json(&json!({ "phone": send.phone, "text": send.text }));
        let Some((status, body)) = self.asked(post).await else { return Answer::None };
        let answer: Value = serde_json::from_str(&body).unwrap_or_default();
        match (status, answer["id"].as_str()) {
            (200 | 202, Some(id)) => {
                self.ledger.accepted(send, id);
                Answer::Through(())
            }
            // Of one agent no more is taken than of a person and their programs.
            (429 | 503, _) => self.put_off(),
            // The customer's first message is still in the queue, or has not come at all; perhaps a reaction has.
            (404 | 422, _) if !self.ledger.notes().reached.contains(&send.phone) => self.put_off(),
            _ => {
                self.ledger.wrong_answer(&send.key, "200, 202, 429 or 503", status, &body);
                Answer::NotNow
            }
        }
    }

    /// Status and body of the answer, if there was one.
    async fn asked(&self, request: reqwest::RequestBuilder) -> Option<(u16, String)> {
        let answer = async {
            let answer = request.send().await?;
            Ok::<_, reqwest::Error>((answer.status().as_u16(), answer.text().await?))
        };
        let answer = answer.await.ok();
        if answer.is_none() {
            self.ledger.count(|counts| counts.cut_off += 1);
        }
        answer
    }

    fn put_off<T>(&self) -> Answer<T> {
        self.ledger.count(|counts| counts.put_off += 1);
        Answer::NotNow
    }
}
