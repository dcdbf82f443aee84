//! `kill -9` in the middle of a load of repeated webhooks and of sends, three times in a row, and then a recount: every
//! message once, every customer one lead, every send settled and never twice at Meta.
//!
//! Whoever was not answered asks again after the restart, as Meta does with webhooks and a client with its
//! `Idempotency-Key`. The moments of the kills come from a seed, which is printed; `KILL_SEED` sets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod support;

use domain::Secret;
use emulator::{Emulator, Queues};
use leadwire::stack::{INBOUND, OUTBOUND, TABLE};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use runtime::{Clock, Environment, SystemClock};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};
use support::{Instance, eventually};
use tokio::sync::watch;
use tokio::task::JoinSet;

const KILLS: usize = 3;

/// How much comes in each round: deliveries, with one to three messages each, and sends.
const DELIVERIES: usize = 150;
const SENDS: usize = 60;

/// Customers whom Meta knows, so that it takes sends to them; and others, who first write in the middle of the load.
const KNOWN: usize = 12;
const STRANGERS: usize = 12;

/// How many requests are under way at a time.
const AT_ONCE: usize = 8;

/// A third of the sends waits for Meta's answer, so that a kill finds some that Meta has taken and nobody has heard.
const SLOW_META: &str = r#"faults=[{"mode":"hang","seconds":1,"fraction":0.3}]"#;

#[derive(Clone)]
struct Customer {
    phone: String,
    user: String,
    name: String,
}

/// A POST of Meta's, which is repeated until it is answered with 200.
#[derive(Clone)]
struct Delivery {
    body: String,
    /// How many copies are posted at the same moment.
    copies: usize,
}

/// A POST of an agent's, which is repeated with its key until it is answered.
#[derive(Clone)]
struct Send {
    key: String,
    text: String,
    lead: String,
    copies: usize,
}

#[derive(Clone)]
enum Work {
    Deliver(Delivery),
    Send(Send),
}

/// How to turn to an instance.
#[derive(Clone)]
struct Line {
    http: Client,
    webhook: String,
    messages: String,
    secret: Secret,
    token: String,
}

impl Line {
    async fn to(instance: &Instance, http: &Client) -> Self {
        Self {
            http: http.clone(),
            webhook: instance.told("webhookUrl").to_owned(),
            messages: instance.at("/api/messages"),
            secret: Secret::new(instance.told("appSecret")),
            token: instance.sign_in(http).await,
        }
    }

    /// Whether it was answered with 200. Anything but "not now" would be a refusal of what is well-formed.
    async fn deliver(&self, delivery: &Delivery) -> bool {
        let signature = whatsapp::signature::sign(delivery.body.as_bytes(), &self.secret);
        let post = self.http.post(&self.webhook).header("content-type", "application/json");
        match post.header("x-hub-signature-256", signature).body(delivery.body.clone()).send().await {
            Ok(answer) => {
                assert!(matches!(answer.status().as_u16(), 200 | 503), "{}", answer.status());
                answer.status() == 200
            }
            Err(_) => false,
        }
    }

    /// Our id of the message, if there was an answer.
    async fn send(&self, send: &Send) -> Option<String> {
        let post = self.http.post(&self.messages).bearer_auth(&self.token).header("idempotency-key", &send.key);
        let answer = post.json(&json!({ "leadId": send.lead, "text": send.text })).send().await.ok()?;
        let status = answer.status().as_u16();
        let answer: Value = answer.json().await.ok()?;
        assert!(matches!(status, 200 | 202 | 503), "{status} {answer}");
        (status != 503).then(|| text(&answer, "id"))
    }
}

/// The load of one round: taken by all workers, and what they were not answered.
#[derive(Default)]
struct Load {
    waiting: Vec<Work>,
    unanswered: Vec<Work>,
    /// Which message each key stands for, as far as somebody was told.
    told: BTreeMap<String, String>,
}

impl Load {
    fn answered(&mut self, send: &Send, id: &str) {
        let first = self.told.entry(send.key.clone()).or_insert_with(|| id.to_owned());
        assert_eq!(*first, id, "the key {} stands for two messages", send.key);
    }
}

/// Works the load off with several requests at a time; `count` tells how many were answered. A worker that is not
/// answered at all stops: there is nobody there any more.
fn work(line: &Line, load: &Arc<Mutex<Load>>, count: &watch::Sender<usize>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (line, load, count) = (line.clone(), Arc::clone(load), count.clone());
        workers.spawn(async move {
            loop {
                let Some(work) = load.lock().unwrap().waiting.pop() else { return };
                let done = match &work {
                    Work::Deliver(delivery) => {
                        let all = (0..delivery.copies).map(|_| line.deliver(delivery));
                        join_all(all).await.into_iter().all(|answered| answered)
                    }
                    Work::Send(send) => {
                        let ids = join_all((0..send.copies).map(|_| line.send(send))).await;
                        let all = ids.iter().all(Option::is_some);
                        ids.iter().flatten().for_each(|id| load.lock().unwrap().answered(send, id));
                        all
                    }
                };
                if !done {
                    load.lock().unwrap().unanswered.push(work);
                    return;
                }
                count.send_modify(|count| *count += 1);
            }
        });
    }
    workers
}

/// All of them at the same time.
async fn join_all<F>(all: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future,
{
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut outputs: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, output) in all.iter_mut().zip(&mut outputs).filter(|(_, output)| output.is_none()) {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(context) {
                *output = Some(value);
            }
        }
        if outputs.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}

/// What was said and asked so far: what the recount is held against.
#[derive(Default)]
struct Story {
    /// What each customer, by phone, wrote.
    written: BTreeMap<String, BTreeSet<String>>,
    /// Every send, by its key.
    sends: BTreeMap<String, Send>,
}

fn text(json: &Value, field: &str) -> String {
    json[field].as_str().unwrap_or_else(|| panic!("{field} is no text: {json}")).to_owned()
}

fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap_or_else(|| panic!("no page: {page}")).clone()
}

/// All pages of a list.
async fn all(instance: &Instance, http: &Client, token: &str, path: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = instance.get(http, token, &format!("{path}?limit=100{cursor}")).await;
        found.extend(items(&page));
        match &page["nextCursor"] {
            Value::Null => return found,
            Value::String(next) => cursor = format!("&cursor={next}"),
            next => cursor = format!("&cursor={next}"),
        }
    }
}

/// Meta's envelope around messages of these customers, each of which gets a new id.
fn envelope(instance: &Instance, story: &mut Story, authors: &[&Customer]) -> String {
    let now = SystemClock.now().seconds().to_string();
    let values = authors.iter().map(|author| {
        let count = story.written.values().map(BTreeSet::len).sum::<usize>();
        let wamid = format!("wamid.KILL{count:08}");
        story.written.entry(author.phone.clone()).or_default().insert(wamid.clone());
        json!({ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550783881", "phone_number_id": instance.told("phoneNumberId") },
            "contacts": [{ "profile": { "name": author.name }, "wa_id": author.phone, "user_id": author.user }],
            "messages": [{
                "from": author.phone, "from_user_id": author.user, "id": wamid, "timestamp": now,
                "type": "text", "text": { "body": format!("message {count}") },
            }],
        }})
    });
    let changes: Vec<_> = values.collect();
    let entry = json!([{ "id": instance.told("wabaId"), "changes": changes }]);
    json!({ "object": "whatsapp_business_account", "entry": entry }).to_string()
}

/// New deliveries, each posted one to three times, and new sends, in a chance order.
fn round(
    dice: &mut StdRng,
    instance: &Instance,
    story: &mut Story,
    customers: &[Customer],
    leads: &BTreeMap<String, String>,
) -> Vec<Work> {
    let mut work = Vec::new();
    for _ in 0..DELIVERIES {
        let authors = (0..dice.random_range(1..=3)).map(|_| &customers[dice.random_range(0..customers.len())]);
        let authors: Vec<_> = authors.collect();
        let body = envelope(instance, story, &authors);
        for _ in 0..dice.random_range(1..=2) {
            let copies = dice.random_range(1..=2);
            work.push(Work::Deliver(Delivery { body: body.clone(), copies }));
        }
    }
    for _ in 0..SENDS {
        let key = format!("key-{}", story.sends.len());
        let lead = leads[&customers[dice.random_range(0..KNOWN)].phone].clone();
        let send = Send { text: format!("answer {key}"), lead, copies: dice.random_range(1..=2), key: key.clone() };
        story.sends.insert(key, send.clone());
        work.push(Work::Send(send));
    }
    work.shuffle(dice);
    work
}

/// Customers whom Meta knows have written by Meta itself, which opens the window there.
async fn gather(instance: &Instance, http: &Client, story: &mut Story) -> Vec<Customer> {
    let mut customers = Vec::new();
    for n in 0..KNOWN {
        let person = instance.tell_meta(http, "/_sim/people", json!({ "name": format!("Known {n}") })).await;
        let (phone, user) = (text(&person, "waId"), text(&person, "userId"));
        let hello = json!({ "from": phone, "type": "text", "text": "Hello" });
        let said = instance.tell_meta(http, "/_sim/messages", hello).await;
        story.written.entry(phone.clone()).or_default().insert(text(&said, "wamid"));
        customers.push(Customer { phone, user, name: format!("Known {n}") });
    }
    let stranger = |n| Customer {
        phone: format!("91990000{n:04}"),
        user: format!("IN.99000000000000{n:04}"),
        name: format!("Stranger {n}"),
    };
    customers.extend((0..STRANGERS).map(stranger));
    customers
}

/// The leads by phone, as soon as there are `count`.
async fn leads(instance: &Instance, http: &Client, token: &str, count: usize) -> BTreeMap<String, String> {
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    eventually("every customer has a lead", || async {
        let leads = all(instance, http, token, "/api/leads").await;
        let by_phone: BTreeMap<_, _> =
            leads.iter().map(|lead| (digits(&text(lead, "phone")), text(lead, "id"))).collect();
        assert_eq!(by_phone.len(), leads.len(), "a customer has two leads");
        (leads.len() == count).then_some(by_phone)
    })
    .await
}

/// Waits until nothing is under way any more: no send that is not settled, so that none can reach Meta; then no webhook
/// that waits at Meta, so that none can come; then nothing in the queues.
async fn quiet(instance: &Instance, http: &Client, token: &str, folder: &Path, leads: &BTreeMap<String, String>) {
    for lead in leads.values() {
        eventually("every send is settled", || async {
            let page = messages(instance, http, token, lead).await;
            let open = |message: &&Value| matches!(message["status"].as_str(), Some("queued" | "claimed"));
            page.iter().find(open).is_none().then_some(())
        })
        .await;
    }
    eventually("Meta has nothing left to deliver", || async {
        let counts = instance.get(http, "", "/_sim/webhooks?limit=1").await["counts"].clone();
        (counts["updates.waiting"].is_null() && counts["posts.waiting"].is_null()).then_some(())
    })
    .await;
    let queues = Queues::open(&folder.join("queues.sqlite"), Arc::new(SystemClock)).unwrap();
    eventually("the queues are empty", || {
        let empty = [INBOUND, OUTBOUND].iter().all(|name| queues.next_visible_at(name).unwrap().is_none());
        std::future::ready(empty.then_some(()))
    })
    .await;
    for name in [INBOUND, OUTBOUND] {
        let dead = queues.next_visible_at(&name.replace(".fifo", "-dead.fifo")).unwrap();
        assert_eq!(dead, None, "{name} has dead letters");
    }
}

/// Everything that was said in the lead's only conversation.
async fn messages(instance: &Instance, http: &Client, token: &str, lead: &str) -> Vec<Value> {
    let lead = instance.get(http, token, &format!("/api/leads/{lead}?limit=1")).await;
    let conversations = lead["conversations"].as_array().unwrap();
    assert_eq!(conversations.len(), 1, "{lead}");
    let id = conversations[0].as_str().unwrap();
    all(instance, http, token, &format!("/api/conversations/{id}/messages")).await
}

/// What a customer wrote stands there once, and all that is counted from it is right.
fn recount_written(lead: &Value, messages: &[Value], wrote: &BTreeSet<String>) {
    let received: Vec<_> = messages.iter().filter(|message| message["direction"] == "inbound").collect();
    let mut wamids: Vec<_> = received.iter().map(|message| text(message, "wamid")).collect();
    wamids.sort_unstable();
    assert_eq!(wamids, wrote.iter().cloned().collect::<Vec<_>>(), "{lead}");
    assert_eq!(lead["unread"], wrote.len().min(99), "{lead}");
    assert_eq!(lead["lastMessageAt"], messages[0]["at"], "{lead}");
    assert_eq!(lead["stage"], if wrote.len() > 1 { "Contacted" } else { "Incoming" }, "{lead}");
}

/// What came of the sends: which are settled, by their ids; and which nobody knows about.
#[derive(Default)]
struct Sent {
    known: BTreeMap<String, Value>,
    unconfirmed: BTreeSet<String>,
}

impl Sent {
    fn add(&mut self, message: &Value) {
        let id = text(message, "id");
        let new = match message["status"].as_str() {
            Some("unconfirmed") => self.unconfirmed.insert(id),
            Some("read") => self.known.insert(id, message.clone()).is_none(),
            _ => panic!("not settled, although Meta has told everything: {message}"),
        };
        assert!(new, "twice in the history: {message}");
    }
}

/// Every send reached Meta once at most, and what is shown of it is true.
fn recount_sends(story: &Story, told: &BTreeMap<String, String>, sent: &Sent, taken: &[Value]) {
    let ids: BTreeSet<_> = told.values().collect();
    assert_eq!(told.len(), story.sends.len());
    assert_eq!(ids.len(), told.len(), "two keys stand for one message");
    assert_eq!(ids, sent.known.keys().chain(&sent.unconfirmed).collect(), "the history has other sends");
    let mut by_id = BTreeMap::new();
    for record in taken {
        let opaque = text(record, "opaque");
        let id = format!("msg_{}", opaque.split('.').nth(2).unwrap());
        assert!(by_id.insert(id, record).is_none(), "Meta has it twice: {record}");
    }
    for (key, send) in &story.sends {
        let id = &told[key];
        match (sent.known.get(id), by_id.get(id)) {
            (Some(shown), Some(record)) => {
                assert_eq!((&shown["wamid"], &shown["text"]), (&record["wamid"], &json!(send.text)));
                assert_eq!(record["body"]["text"]["body"], json!(send.text));
            }
            (Some(shown), None) => panic!("shown as sent, and Meta does not have it: {shown}"),
            (None, Some(record)) => panic!("shown as unconfirmed, and Meta has told of it: {record}"),
            (None, None) => {}
        }
    }
    assert_eq!(by_id.len(), sent.known.len(), "Meta has a send that nobody asked for");
}

/// Nothing was put aside as unreadable.
async fn nothing_is_parked(folder: &Path) {
    let emulator = Emulator::open(folder, Arc::new(SystemClock)).unwrap();
    let table = aws_sdk_dynamodb::Client::new(&emulator.sdk_config());
    let mut pages = table.scan().table_name(TABLE).into_paginator().send();
    while let Some(page) = pages.next().await {
        for item in page.unwrap().items() {
            let key = item["PK"].as_s().unwrap();
            assert!(!key.starts_with("PARK"), "{key} is parked");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_nothing_doubled_by_three_kills_in_a_row() {
    let asked = Environment::of_process().optional("KILL_SEED").map(|seed| seed.parse().unwrap());
    let seed: u64 = asked.unwrap_or_else(rand::random);
    println!("KILL_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let (folder, http, mut story) = (tempfile::tempdir().unwrap(), support::http(), Story::default());
    let folder = folder.path();

    let mut instance = Instance::start(folder, &["--port", "0", "--knob", SLOW_META]).await;
    let port = instance.told("url").rsplit(':').next().unwrap().to_owned();
    let customers = gather(&instance, &http, &mut story).await;
    let token = instance.sign_in(&http).await;
    let known = leads(&instance, &http, &token, KNOWN).await;
    let load = Arc::new(Mutex::new(Load::default()));
    let mut at_risk = BTreeSet::new();
    for kill in 1..=KILLS {
        let line = Line::to(&instance, &http).await;
        let new = round(&mut dice, &instance, &mut story, &customers, &known);
        let total = {
            let mut load = load.lock().unwrap();
            load.waiting.extend(new);
            load.waiting.len()
        };
        let moment = dice.random_range(total / 4..total * 3 / 4);
        let (count, mut answered) = watch::channel(0);
        let workers = work(&line, &load, &count);
        answered.wait_for(|answered| *answered >= moment).await.unwrap();
        drop(instance);
        workers.join_all().await;
        instance = Instance::start(folder, &["--port", &port, "--knob", SLOW_META]).await;

        let mut load = load.lock().unwrap();
        let left = std::mem::take(&mut load.unanswered);
        println!("kill {kill}: after {moment} of {total} requests, {} were cut off", left.len());
        load.waiting.extend(left);
        // A client that was answered may have lost the answer all the same, and asks again.
        let again = story.sends.values().filter(|send| load.told.contains_key(&send.key) && dice.random_bool(0.3));
        let again: Vec<_> = again.cloned().map(Work::Send).collect();
        load.waiting.extend(again);
        load.waiting.shuffle(&mut dice);
        at_risk.extend(load.told.values().cloned());
    }
    let line = Line::to(&instance, &http).await;
    let (count, _) = watch::channel(0);
    work(&line, &load, &count).join_all().await;
    let load = std::mem::take(&mut *load.lock().unwrap());
    assert_eq!((load.waiting.len(), load.unanswered.len()), (0, 0), "everything is answered without a kill");

    let token = instance.sign_in(&http).await;
    let leads = leads(&instance, &http, &token, customers.len()).await;
    eventually("everything is written down", || async {
        let mut found = 0;
        for lead in leads.values() {
            let messages = messages(&instance, &http, &token, lead).await;
            found += messages.iter().filter(|message| message["direction"] == "inbound").count();
        }
        (found >= story.written.values().map(BTreeSet::len).sum()).then_some(())
    })
    .await;
    quiet(&instance, &http, &token, folder, &leads).await;

    let mut sent = Sent::default();
    for (phone, id) in &leads {
        let lead = instance.get(&http, &token, &format!("/api/leads/{id}")).await;
        let messages = messages(&instance, &http, &token, id).await;
        recount_written(&lead, &messages, &story.written[phone]);
        messages.iter().filter(|message| message["direction"] == "outbound").for_each(|message| sent.add(message));
    }
    let taken = all(&instance, &http, "", "/_sim/sends").await;
    recount_sends(&story, &load.told, &sent, &taken);
    assert!(sent.unconfirmed.is_subset(&at_risk), "unconfirmed without a kill: {:?}", sent.unconfirmed);
    let ended = instance.end("TERM").await;
    assert_eq!((ended.status.code(), ended.stdout.lines().count(), ended.stderr.as_str()), (Some(0), 1, ""));
    nothing_is_parked(folder).await;
    println!(
        "{} leads, {} messages, {} sends of which {} are unconfirmed",
        leads.len(),
        story.written.values().map(BTreeSet::len).sum::<usize>(),
        story.sends.len(),
        sent.unconfirmed.len()
    );
}
