//! The recount: what the API tells in the end, held against the story and against what Meta has on record.

use crate::agent::Agent;
use crate::customers::Customer;
use crate::story::{Message, Story};
use domain::Timestamp;
use futures::StreamExt;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::time::{Duration, Instant};
use tokio::time::MissedTickBehavior;

/// How many leads are looked at at a time.
const AT_ONCE: usize = 4;

/// More unread messages than these are not counted.
const MOST_UNREAD: usize = 99;

/// How much of a message a list shows at least where it does not show all.
const PREVIEW: usize = 150;

/// How long nothing may be mended any more before what is wrong stays wrong: longer than the sweeper's pauses.
const SETTLED: Duration = Duration::from_secs(240);

/// The pause between two looks at everything.
const PAUSE: Duration = Duration::from_secs(1);

/// The code with which Meta refuses a send, or says afterwards that it failed. See [`crate::FAULTS`].
const REFUSED: i64 = 131_026;

/// What came of the sends.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// How many were read, as Meta says.
    pub read: usize,
    /// How many were refused, or failed afterwards.
    pub failed: usize,
    /// The ids of those that Meta does not have, although it may have been asked.
    pub unconfirmed: BTreeSet<String>,
}

/// Expected and seen, wherever they differ.
#[derive(Debug, Default)]
pub struct Differences(pub Vec<String>);

impl Differences {
    fn same(&mut self, what: impl Display, expected: &Value, seen: &Value) {
        if expected != seen {
            self.0.push(format!("{what}: expected {expected}, seen {seen}"));
        }
    }

    fn add(&mut self, what: impl Display, expected: &str, seen: impl Display) {
        self.0.push(format!("{what}: expected {expected}, seen {seen}"));
    }
}

/// What was said, what each key stands for, what Meta has, and which sends a kill may have left unconfirmed.
struct Record<'a> {
    story: &'a Story,
    told: &'a BTreeMap<String, String>,
    taken: BTreeMap<String, Value>,
    at_risk: &'a BTreeSet<String>,
}

/// One look at everything.
struct Recount<'a> {
    agent: &'a Agent,
    record: Record<'a>,
}

/// Looks again and again until everything is as it has to be, or nothing is mended any more. `told` are our ids by
/// key; the sends of `at_risk` may be unconfirmed.
pub async fn settled(
    agent: &Agent,
    story: &Story,
    told: &BTreeMap<String, String>,
    at_risk: &BTreeSet<String>,
) -> (Differences, Sent) {
    let (mut right, mut sent, mut mended) = (BTreeSet::new(), Sent::default(), Instant::now());
    let mut whole = true;
    let mut looks = tokio::time::interval(PAUSE);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let mut differences = Differences::default();
        let taken = taken(agent, told, &mut differences).await;
        let recount = Recount { agent, record: Record { story, told, taken, at_risk } };
        let leads = recount.leads(&mut differences).await;
        let open = leads.into_iter().filter(|(who, _)| !right.contains(who)).collect();
        for (who, found, its) in recount.look(open).await {
            if found.0.is_empty() {
                right.insert(who);
                sent.add(its);
                mended = Instant::now();
            }
            differences.0.extend(found.0);
        }
        if (differences.0.is_empty() && whole) || mended.elapsed() > SETTLED {
            return (differences, sent);
        }
        // What was right must still be so when the rest is.
        whole = differences.0.is_empty();
        if whole {
            (right, sent) = (BTreeSet::new(), Sent::default());
        }
    }
}

/// What Meta has on record, by our id of it.
async fn taken(
    agent: &Agent,
    told: &BTreeMap<String, String>,
    differences: &mut Differences,
) -> BTreeMap<String, Value> {
    let ids: BTreeSet<_> = told.values().collect();
    if ids.len() != told.len() {
        differences.add("sends", "one for each key", "two keys that stand for one");
    }
    let mut taken = BTreeMap::new();
    for record in agent.all("/_sim/sends", 1000).await {
        let id = record["opaque"].as_str().and_then(|opaque| opaque.split('.').nth(2));
        let id = format!("msg_{}", id.unwrap_or_default());
        if !ids.contains(&id) {
            differences.add("at Meta", "only what was asked for", &record);
        }
        if let Some(twice) = taken.insert(id, record) {
            differences.add("at Meta", "each send once", format!("this one twice: {twice}"));
        }
    }
    taken
}

impl Recount<'_> {
    /// Every customer, by their place, with their lead; each has to be one.
    async fn leads(&self, differences: &mut Differences) -> Vec<(usize, String)> {
        let mut leads: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let text = |lead: &Value, field: &str| lead[field].as_str().unwrap_or_default().to_owned();
        for lead in self.agent.all("/api/leads", 100).await {
            leads.entry(text(&lead, "bsuid")).or_default().push(text(&lead, "id"));
        }
        let mut found = Vec::new();
        for (who, customer) in self.record.story.customers.iter().enumerate() {
            let ids = leads.remove(&customer.user).unwrap_or_default();
            match &ids[..] {
                [id] => found.push((who, id.clone())),
                _ => differences.add(&customer.name, "one lead", json!(ids)),
            }
        }
        for (user, ids) in leads {
            differences.add("leads", "only those of customers", format!("{ids:?} of {user}"));
        }
        found
    }

    /// What is wrong with each of `leads`, and what came of its sends.
    async fn look(&self, leads: Vec<(usize, String)>) -> Vec<(usize, Differences, Sent)> {
        let looks = leads.into_iter().map(|(who, id)| async move {
            let (found, sent) = self.lead(&self.record.story.customers[who], &id).await;
            (who, found, sent)
        });
        futures::stream::iter(looks).buffer_unordered(AT_ONCE).collect().await
    }

    async fn lead(&self, customer: &Customer, id: &str) -> (Differences, Sent) {
        let (lead, messages, timeline) = self.history(id).await;
        let mut differences = Differences::default();
        let who = &customer.name;
        let count = customer.messages.len();
        let phone = customer.phone.as_ref().map(|phone| format!("+{phone}"));
        let moved = timeline.iter().filter(|line| line["type"] == "stage_changed").count();
        let expected = [
            ("name", json!(customer.name)),
            ("phone", json!(phone)),
            ("stage", json!(if count > 1 { "Contacted" } else { "Incoming" })),
            ("unread", json!(count.min(MOST_UNREAD))),
            ("lastMessageAt", messages.first().map(|last| last["at"].clone()).unwrap_or_default()),
            ("perhapsSame", json!([])),
        ];
        for (field, expected) in expected {
            differences.same(format!("{who}: {field}"), &expected, &lead[field]);
        }
        differences.same(format!("{who}: changes of stage"), &json!(usize::from(count > 1)), &json!(moved));
        differences.same(
            format!("{who}: conversations"),
            &json!(1),
            &json!(lead["conversations"].as_array().map(Vec::len)),
        );
        if !messages.is_sorted_by(|newer, older| newer["at"].as_str() >= older["at"].as_str()) {
            differences.add(who, "messages newest first", "another order");
        }
        if let Some(newest) = messages.first() {
            let (all, shown) = (newest["text"].as_str(), lead["lastMessage"]["text"].as_str());
            let begins = all
                .zip(shown)
                .is_some_and(|(all, shown)| all == shown || (all.starts_with(shown) && shown.len() >= PREVIEW));
            if !begins {
                differences.add(format!("{who}: lastMessage"), &newest["text"].to_string(), &lead["lastMessage"]);
            }
        }
        let (received, ours): (Vec<_>, Vec<_>) = messages.iter().partition(|message| message["direction"] == "inbound");
        received_all(customer, &received, &mut differences);
        let sent = self.record.sent_all(customer, &ours, &mut differences);
        (differences, sent)
    }

    /// The lead, all its messages, and its whole timeline.
    async fn history(&self, id: &str) -> (Value, Vec<Value>, Vec<Value>) {
        let (mut messages, mut timeline, mut cursor) = (Vec::new(), Vec::new(), String::new());
        loop {
            let mut page = self.agent.get(&format!("/api/leads/{id}?limit=100{cursor}")).await;
            for (field, all) in [("messages", &mut messages), ("timeline", &mut timeline)] {
                if let Value::Array(lines) = page[field].take() {
                    all.extend(lines);
                }
            }
            match page["messagesCursor"].as_str() {
                Some(next) => cursor = format!("&messagesCursor={next}"),
                None => return (page, messages, timeline),
            }
        }
    }
}

impl Record<'_> {
    /// Every send of this customer is there once, and what is shown of it is true.
    fn sent_all(&self, customer: &Customer, ours: &[&Value], differences: &mut Differences) -> Sent {
        let who = &customer.name;
        let mut shown = BTreeMap::new();
        for message in ours {
            if shown.insert(message["id"].as_str().unwrap_or_default(), *message).is_some() {
                differences.add(who, "each send once", format!("twice in the history: {message}"));
            }
        }
        let mut sent = Sent::default();
        let asked = self.story.sends.values().filter(|send| Some(&send.phone) == customer.phone.as_ref());
        for send in asked {
            let id = self.told.get(&send.key).map_or("", String::as_str);
            let Some(message) = shown.remove(id) else {
                differences.add(format!("{who}: {}", send.key), "in the history", "nothing");
                continue;
            };
            differences.same(format!("{who}: {id}: text"), &json!(send.text), &message["text"]);
            match self.taken.get(id) {
                Some(taken) => self.is_told(who, (message, taken), differences, &mut sent),
                None => {
                    let status = message["status"].as_str().unwrap_or_default();
                    let refused = status == "failed" && message["error"]["code"] == REFUSED;
                    let lost = status == "unconfirmed" && self.at_risk.contains(&send.key);
                    if !refused && !lost {
                        differences.add(
                            format!("{who}: {id}"),
                            "what Meta never had to be refused, or unconfirmed by a kill or a lost answer",
                            message,
                        );
                    }
                    sent.failed += usize::from(refused);
                    if !refused {
                        sent.unconfirmed.insert(id.to_owned());
                    }
                }
            }
        }
        for message in shown.values() {
            differences.add(who, "only sends that were asked for", message);
        }
        sent
    }

    /// Meta has it: then it was read, or failed, as Meta has told.
    fn is_told(&self, who: &str, (message, taken): (&Value, &Value), differences: &mut Differences, sent: &mut Sent) {
        let id = message["id"].as_str().unwrap_or_default();
        let failed = !taken["failed"].is_null();
        let status = if failed { "failed" } else { "read" };
        let reaction = taken["wamid"].as_str().and_then(|wamid| self.story.reactions.get(wamid));
        differences.same(format!("{who}: {id}: status"), &json!(status), &message["status"]);
        differences.same(format!("{who}: {id}: wamid"), &taken["wamid"], &message["wamid"]);
        differences.same(format!("{who}: {id}: text at Meta"), &message["text"], &taken["body"]["text"]["body"]);
        differences.same(format!("{who}: {id}: reaction"), &json!(reaction), &message["reaction"]);
        sent.failed += usize::from(failed);
        sent.read += usize::from(!failed);
    }
}

impl Sent {
    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.failed += other.failed;
        self.unconfirmed.extend(other.unconfirmed);
    }
}

/// What the customer wrote stands there once, and says what it says now.
fn received_all(customer: &Customer, received: &[&Value], differences: &mut Differences) {
    let mut shown: BTreeMap<&str, &Value> = BTreeMap::new();
    for message in received {
        if shown.insert(message["wamid"].as_str().unwrap_or_default(), message).is_some() {
            differences.add(&customer.name, "each message once", format!("twice: {message}"));
        }
    }
    for (wamid, expected) in &customer.messages {
        match shown.remove(wamid.as_str()) {
            Some(message) => says(&format!("{}: {wamid}", customer.name), expected, message, differences),
            None => differences.add(&customer.name, &format!("{wamid} in the history"), "nothing"),
        }
    }
    for message in shown.values() {
        differences.add(&customer.name, "only messages that were written", message);
    }
}

fn says(what: &str, expected: &Message, seen: &Value, differences: &mut Differences) {
    let expected = [
        ("type", json!(expected.kind)),
        ("text", json!(expected.shown())),
        ("edited", json!(expected.wording())),
        ("revoked", json!(expected.revoked)),
        ("reaction", json!(expected.reaction)),
        ("at", json!(Timestamp::from_seconds(expected.at).to_string())),
        ("status", json!("received")),
    ];
    for (field, expected) in expected {
        differences.same(format!("{what}: {field}"), &expected, &seen[field]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story() -> Story {
        let mut story = Story::default();
        let who = story.meet();
        assert_eq!(story.meet(), who + 1);
        for text in ["one", "two", "three"] {
            story.write(1, 1_790_000_000, text);
        }
        let wamids: Vec<_> = story.customers[1].messages.keys().cloned().collect();
        story.edit(1, &wamids[0], "One.").unwrap();
        story.react(1, &wamids[1], "👍").unwrap();
        story.revoke(1, &wamids[2]).unwrap();
        story
    }

    fn received(story: &Story) -> Vec<Value> {
        let told = |(wamid, message): (&String, &Message)| {
            json!({
                "wamid": wamid, "type": message.kind, "text": message.shown(), "status": "received",
                "edited": message.wording(), "revoked": message.revoked, "reaction": message.reaction,
                "at": Timestamp::from_seconds(message.at).to_string(),
            })
        };
        story.customers[1].messages.iter().map(told).collect()
    }

    fn wrong_with(messages: &[Value]) -> usize {
        let mut differences = Differences::default();
        received_all(&story().customers[1], &messages.iter().collect::<Vec<_>>(), &mut differences);
        differences.0.len()
    }

    #[test]
    fn what_is_told_as_it_was_said_is_right() {
        let told = received(&story());
        let texts: Vec<_> = told.iter().map(|message| message["text"].clone()).collect();
        assert_eq!(texts, ["One.", "two", "This message was deleted"]);
        assert_eq!(wrong_with(&told), 0);
    }

    #[test]
    fn what_is_lost_doubled_made_up_or_told_differently_is_noticed() {
        let told = received(&story());
        assert_eq!(wrong_with(&told[1..]), 1);
        assert_eq!(wrong_with(&[&told[..], &told[..1]].concat()), 1);
        let mut stranger = told[0].clone();
        stranger["wamid"] = json!("wamid.OTHER");
        assert_eq!(wrong_with(&[&told[..], &[stranger]].concat()), 1);
        for field in ["type", "text", "status", "edited", "revoked", "reaction", "at"] {
            let mut other = told.clone();
            other[0][field] = json!("something else");
            assert_eq!(wrong_with(&other), 1, "{field}");
        }
    }

    /// What is wrong if one send is shown as `shown` in the history, and stands as `taken` at Meta.
    fn wrong_send(shown: &[Value], taken: Option<Value>, at_risk: bool) -> usize {
        let mut story = story();
        let send = story.answer(1).unwrap();
        let told = BTreeMap::from([(send.key.clone(), "msg_1".to_owned())]);
        let at_risk: BTreeSet<_> = at_risk.then_some(send.key).into_iter().collect();
        let taken = taken.into_iter().map(|record| ("msg_1".to_owned(), record)).collect();
        let mut differences = Differences::default();
        let record = Record { story: &story, told: &told, taken, at_risk: &at_risk };
        record.sent_all(&story.customers[1], &shown.iter().collect::<Vec<_>>(), &mut differences);
        differences.0.len()
    }

    fn shown(status: &str, wamid: Option<&str>) -> Value {
        json!({ "id": "msg_1", "text": "answer key-0", "status": status, "wamid": wamid })
    }

    fn at_meta(failed: Option<i64>) -> Option<Value> {
        let body = json!({ "text": { "body": "answer key-0" } });
        Some(json!({ "wamid": "wamid.A", "failed": failed, "body": body }))
    }

    #[test]
    fn a_send_is_shown_as_meta_has_it() {
        assert_eq!(wrong_send(&[shown("read", Some("wamid.A"))], at_meta(None), false), 0);
        assert_eq!(wrong_send(&[shown("failed", Some("wamid.A"))], at_meta(Some(REFUSED)), false), 0);
        assert_eq!(wrong_send(&[shown("unconfirmed", None)], None, true), 0);
    }

    #[test]
    fn a_send_that_is_lost_doubled_or_told_wrongly_is_noticed() {
        let read = shown("read", Some("wamid.A"));
        assert_eq!(wrong_send(&[], at_meta(None), false), 1);
        assert_eq!(wrong_send(&[read.clone(), read.clone()], at_meta(None), false), 1);
        assert_eq!(wrong_send(&[shown("failed", Some("wamid.A"))], at_meta(None), false), 1);
        assert_eq!(wrong_send(std::slice::from_ref(&read), None, true), 1);
        assert_eq!(wrong_send(&[shown("unconfirmed", None)], None, false), 1);
        assert_eq!(wrong_send(&[shown("read", Some("wamid.B"))], at_meta(None), false), 1);
        let mut other = read.clone();
        other["id"] = json!("msg_2");
        assert_eq!(wrong_send(&[read, other], at_meta(None), false), 1);
    }
}
