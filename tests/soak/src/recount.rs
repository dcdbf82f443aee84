//! The recount: what the API shows in the end, compared with the model and with Meta's record.

use crate::agent::Agent;
use crate::story::{Customer, Story, text_of};
use futures::StreamExt;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How many leads are fetched at a time.
const AT_ONCE: usize = 4;

/// The API counts no more unread messages than these.
const MOST_UNREAD: usize = 99;

/// A list shows at least so much of a message that it cuts.
const PREVIEW: usize = 150;

/// How long the sweeper may take to settle what the kills left: longer than any of its pauses.
const SETTLED: Duration = Duration::from_secs(240);

/// The code with which Meta refuses a message, or reports later that it failed. See [`crate::FAULTS`].
const REFUSED: i64 = 131_026;

/// Meta's records of messages, by our message id.
type Taken = BTreeMap<String, Vec<Value>>;

/// The model with which the API is compared.
#[derive(Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) story: &'a Story,
    /// Our message id for each idempotency key.
    pub(crate) ids: &'a BTreeMap<String, String>,
    /// The keys of the messages that a kill may have left unconfirmed.
    pub(crate) at_risk: &'a BTreeSet<String>,
}

/// The result of a recount.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Expected and seen, wherever they differ.
    pub(crate) violations: Vec<String>,
    /// The ids of the messages that are shown as unconfirmed.
    pub(crate) unconfirmed: BTreeSet<String>,
}

/// Recounts until nothing differs, or the sweeper has had its time.
pub(crate) async fn settled(agent: &Agent, expected: &Expected<'_>) -> Findings {
    let begun = Instant::now();
    loop {
        let found = expected.recount(agent).await;
        if found.violations.is_empty() || begun.elapsed() > SETTLED {
            return found;
        }
    }
}

impl Expected<'_> {
    async fn recount(&self, agent: &Agent) -> Findings {
        let taken = by_our_id(agent.all("/_sim/sends", 1000).await);
        let mut found = Findings { violations: self.at_meta(&taken), ..Findings::default() };
        let leads = agent.all("/api/leads", 100).await;
        let users = self.story.customers.iter().map(|customer| customer.user.as_str());
        let one_of_each = users.map(|user| (user.to_owned(), json!([{ "bsuid": user }])));
        let seen = by("bsuid", leads.iter(), |lead| json!({ "bsuid": lead["bsuid"] }));
        found.violations.extend(differences("leads", &one_of_each.collect::<Map<_, _>>().into(), &seen));
        let customers: BTreeMap<_, _> = self.story.customers.iter().map(|one| (Some(one.user.as_str()), one)).collect();
        let known =
            leads.iter().filter_map(|lead| Some((*customers.get(&lead["bsuid"].as_str())?, lead["id"].as_str()?)));
        let histories = known.map(async |(customer, id)| (customer, agent.lead(id).await));
        let mut histories = futures::stream::iter(histories).buffer_unordered(AT_ONCE);
        while let Some((customer, lead)) = histories.next().await {
            found.violations.extend(self.lead(customer, &lead, &taken));
            let messages = lead["messages"].as_array().into_iter().flatten();
            let unconfirmed = messages.filter(|message| message["status"] == "unconfirmed");
            found.unconfirmed.extend(unconfirmed.filter_map(|message| Some(message["id"].as_str()?.to_owned())));
        }
        found
    }

    /// Meta has each message at most once, and nothing that was not requested.
    fn at_meta(&self, taken: &Taken) -> Vec<String> {
        let keys: BTreeMap<_, _> = self.ids.iter().map(|(key, id)| (id, key)).collect();
        let mut violations = differences("ids of messages", &json!(self.ids.len()), &json!(keys.len()));
        for (id, records) in taken {
            let expected = json!([keys.get(id).map(|key| text_of(key))]);
            let texts = records.iter().map(|record| record["body"]["text"]["body"].clone()).collect();
            violations.extend(differences(&format!("{id} at Meta"), &expected, &texts));
        }
        violations
    }

    /// Where a lead differs: a message that was lost is missing, one that was doubled is there twice.
    fn lead(&self, customer: &Customer, lead: &Value, taken: &Taken) -> Vec<String> {
        let list = |field: &str| lead[field].as_array().map_or(&[][..], Vec::as_slice);
        let messages = list("messages");
        let newest = messages.first().unwrap_or(&Value::Null);
        let text = newest["text"].as_str().unwrap_or_default();
        let preview = lead["lastMessage"]["text"].as_str().unwrap_or_default();
        let moved = list("timeline").iter().filter(|line| line["type"] == "stage_changed").count();
        let ours = |message: &&Value| message["direction"] != "inbound";
        let sent = by("id", messages.iter().filter(ours), |message| {
            let mut shown = fields(message, ["text", "status", "wamid", "reaction"]);
            shown["code"] = message["error"]["code"].clone();
            shown
        });
        let received = by("wamid", messages.iter().filter(|message| !ours(message)), |message| {
            fields(message, ["type", "text", "edited", "revoked", "reaction", "at", "status"])
        });
        let count = customer.messages.len();
        let moves = usize::from(count > 1);
        let expected_received =
            customer.messages.iter().map(|(wamid, message)| (wamid.clone(), json!([message.shown])));
        let expected = json!({
            "name": customer.name,
            "phone": customer.phone.as_ref().map(|phone| format!("+{phone}")),
            "stage": if count > 1 { "Contacted" } else { "Incoming" },
            "unread": count.min(MOST_UNREAD),
            "lastMessageAt": newest["at"],
            "possibleDuplicates": [],
            "lastMessage of the newest": true,
            "changes of stage": moves,
            "conversations": 1,
            "newest first": true,
            "received": expected_received.collect::<Map<_, _>>(),
            "sent": self.sent(customer, &sent, taken),
        });
        let mut seen = fields(lead, ["name", "phone", "stage", "unread", "lastMessageAt", "possibleDuplicates"]);
        seen["lastMessage of the newest"] =
            (text == preview || (text.starts_with(preview) && preview.len() >= PREVIEW)).into();
        seen["changes of stage"] = moved.into();
        seen["conversations"] = list("conversations").len().into();
        seen["newest first"] =
            messages.is_sorted_by(|newer, older| newer["at"].as_str() >= older["at"].as_str()).into();
        seen["received"] = received;
        seen["sent"] = sent;
        differences(&customer.name, &expected, &seen)
    }

    /// Each send to this customer: read or failed if Meta has it, else refused, or unconfirmed if a kill may have done it.
    fn sent(&self, customer: &Customer, shown: &Value, taken: &Taken) -> Value {
        let sends = self.story.sends.iter().filter(|(_, phone)| Some(*phone) == customer.phone.as_ref());
        let sends = sends.map(|(key, _)| {
            let id = self.ids.get(key).unwrap_or(key);
            let record = taken.get(id).map_or(&Value::Null, |records| &records[0]);
            let wamid = &record["wamid"];
            let read = !wamid.is_null() && record["failed"].is_null();
            let unconfirmed = wamid.is_null() && self.at_risk.contains(key) && shown[id][0]["status"] == "unconfirmed";
            let (status, code) = match (read, unconfirmed) {
                (true, _) => ("read", None),
                (false, true) => ("unconfirmed", None),
                (false, false) => ("failed", Some(REFUSED)),
            };
            let reaction = wamid.as_str().and_then(|wamid| self.story.reactions.get(wamid));
            let text = text_of(key);
            let send = json!({ "text": text, "status": status, "wamid": wamid, "reaction": reaction, "code": code });
            (id.clone(), json!([send]))
        });
        sends.collect::<Map<_, _>>().into()
    }
}

/// Meta's records of messages by our message id, which they carry in the callback data.
fn by_our_id(records: Vec<Value>) -> Taken {
    let mut taken = Taken::new();
    for record in records {
        let id = record["callbackData"].as_str().and_then(|data| data.split('.').nth(2)).unwrap_or_default();
        taken.entry(format!("msg_{id}")).or_default().push(record);
    }
    taken
}

/// An object of arrays: what `show` makes of the `items`, grouped by their field `key`.
fn by<'a>(key: &str, items: impl Iterator<Item = &'a Value>, show: impl Fn(&Value) -> Value) -> Value {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for item in items {
        groups.entry(item[key].as_str().unwrap_or_default()).or_default().push(show(item));
    }
    json!(groups)
}

/// Only these fields.
fn fields<const N: usize>(of: &Value, names: [&str; N]) -> Value {
    names.into_iter().map(|name| (name.to_owned(), of[name].clone())).collect::<Map<_, _>>().into()
}

/// Where `seen` is not `expected`, field by field.
fn differences(what: &str, expected: &Value, seen: &Value) -> Vec<String> {
    let (Value::Object(some), Value::Object(others)) = (expected, seen) else {
        let differ = expected != seen;
        return Vec::from_iter(differ.then(|| format!("{what}: expected {expected}, seen {seen}")));
    };
    let fields: BTreeSet<_> = some.keys().chain(others.keys()).collect();
    let each = fields.into_iter().map(|field| differences(&format!("{what}: {field}"), &expected[field], &seen[field]));
    each.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The differences of one customer, who amended three messages and got one message, after `change` to what is seen.
    fn differences_after(at_risk: bool, change: impl FnOnce(&mut Vec<Value>, &mut Taken)) -> usize {
        let mut story = Story::default();
        let who = story.meet() + story.meet();
        let wamids = ["one", "two", "three"].map(|text| story.write(who, 1_790_000_000, text)["id"].clone());
        let wamids = wamids.each_ref().map(|wamid| wamid.as_str().unwrap());
        story.edit(who, wamids[0], "One.");
        story.react(who, wamids[1], "👍");
        story.revoke(who, wamids[2]);
        let customer = story.customers[who].clone();
        let key = story.send(customer.phone.as_ref().unwrap());
        let mut messages = wamids.map(|wamid| customer.messages[wamid].shown.clone()).to_vec();
        for (message, wamid) in messages.iter_mut().zip(wamids) {
            message["wamid"] = wamid.into();
            message["direction"] = "inbound".into();
        }
        let send = json!({ "id": "msg_1", "at": "2020", "status": "read", "wamid": "wamid.A", "text": text_of(&key) });
        messages.push(send);
        let record = json!({ "wamid": "wamid.A", "body": { "text": { "body": text_of(&key) } } });
        let mut taken = Taken::from([("msg_1".to_owned(), vec![record])]);
        let last = messages[0].clone();
        change(&mut messages, &mut taken);
        let lead = json!({
            "name": "Customer 1", "phone": "+919900000001", "stage": "Contacted", "unread": 3, "possibleDuplicates": [],
            "lastMessageAt": last["at"], "lastMessage": { "text": last["text"] }, "conversations": [{}],
            "timeline": [{ "type": "stage_changed" }], "messages": messages,
        });
        let at_risk = at_risk.then(|| key.clone()).into_iter().collect();
        let ids = BTreeMap::from([(key, "msg_1".to_owned())]);
        let expected = Expected { story: &story, ids: &ids, at_risk: &at_risk };
        expected.lead(&customer, &lead, &taken).len() + expected.at_meta(&taken).len()
    }

    #[test]
    fn messages_with_their_last_amendments_and_sends_as_meta_has_them_are_right() {
        let as_it_is = |messages: &mut Vec<Value>, _: &mut Taken| {
            let shown = [&messages[0]["edited"], &messages[1]["reaction"], &messages[2]["text"]];
            assert_eq!(shown, ["One.", "👍", "This message was deleted"]);
        };
        assert_eq!(differences_after(false, as_it_is), 0);
        let unconfirmed = |messages: &mut Vec<Value>, taken: &mut Taken| {
            taken.clear();
            messages[3]["status"] = "unconfirmed".into();
            messages[3]["wamid"] = Value::Null;
        };
        assert_eq!(differences_after(true, unconfirmed), 0);
        assert_ne!(differences_after(false, unconfirmed), 0, "no kill can have done it");
    }

    #[test]
    fn whatever_is_lost_doubled_reordered_made_up_or_different_is_noticed() {
        type Change = fn(&mut Vec<Value>, &mut Taken);
        let changes: [(&str, Change); 16] = [
            ("a message is lost", |messages, _| drop(messages.remove(1))),
            ("a message is doubled", |messages, _| messages.insert(1, messages[1].clone())),
            ("a message is made up", |messages, _| messages[1]["wamid"] = "wamid.OTHER".into()),
            ("a message has another type", |messages, _| messages[1]["type"] = "image".into()),
            ("a message has another time", |messages, _| messages[1]["at"] = "2021".into()),
            ("an edit is lost", |messages, _| messages[0]["text"] = "one".into()),
            ("a reaction is lost", |messages, _| messages[1]["reaction"] = Value::Null),
            ("a withdrawal is lost", |messages, _| messages[2]["revoked"] = false.into()),
            ("messages are reordered", |messages, _| messages.swap(0, 3)),
            ("a message is lost", |messages, _| drop(messages.remove(3))),
            ("a message is doubled", |messages, _| messages.insert(3, messages[3].clone())),
            ("a message has another status", |messages, _| messages[3]["status"] = "failed".into()),
            ("a message has another wamid", |messages, _| messages[3]["wamid"] = "wamid.B".into()),
            ("a message is shown as read that Meta does not have", |_, taken| taken.clear()),
            ("a message is twice at Meta", |_, taken| taken.values_mut().for_each(|all| all.push(all[0].clone()))),
            ("a message is at Meta that was not requested", |_, taken| {
                taken.insert("msg_2".to_owned(), taken["msg_1"].clone());
            }),
        ];
        for (what, change) in changes {
            assert_ne!(differences_after(true, change), 0, "{what}");
        }
    }
}
