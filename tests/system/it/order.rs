//! What is told in the end does not depend on how it was delivered: any order, any repetition, any batching of the
//! same events gives the same picture.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use futures::future::join_all;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{NOW, Person, Sender, Settings, TestApp, Turn, Wire};

/// One event as it stands in a webhook.
#[derive(Clone, Debug)]
enum Event {
    /// Something that the customer of this number does, so many seconds before the test's present.
    Customer { person: usize, index: usize, seconds: i64, what: What },
    /// A status of the agent's answer to the customer of this number.
    Status { person: usize, word: &'static str, seconds: i64 },
}

#[derive(Clone, Debug)]
enum What {
    Text,
    Photo,
    Reaction { to: usize, emoji: &'static str },
    Edit { of: usize },
    Revoke { of: usize },
    NewName,
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        4 => Just(What::Text),
        2 => Just(What::Photo),
        1 => (0..6usize, prop::sample::select(vec!["👍", "❤️", ""])).prop_map(|(to, emoji)| What::Reaction { to, emoji }),
        1 => (0..6usize).prop_map(|of| What::Edit { of }),
        1 => (0..6usize).prop_map(|of| What::Revoke { of }),
        1 => Just(What::NewName),
    ]
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let customers = prop::collection::vec((0..2usize, 0..600i64, what()), 1..14);
    let words = prop::sample::select(vec!["sent", "delivered", "read", "failed"]);
    let statuses = prop::collection::vec((0..2usize, words, 0..60i64), 0..6);
    (customers, statuses).prop_map(|(customers, statuses)| {
        let customers = customers.into_iter().enumerate();
        // Events of one second stand as they first came, so each has a second of its own.
        let own = |index: usize, seconds: i64| (seconds % 42) * 14 + i64::try_from(index).unwrap_or_default();
        let customers = customers.map(|(index, (person, seconds, what))| Event::Customer {
            person,
            index,
            seconds: own(index, seconds),
            what,
        });
        // One message has each status once: a repetition comes with the same time.
        let mut seen = std::collections::BTreeSet::new();
        let statuses =
            statuses.into_iter().filter(|(person, word, _)| seen.insert((*person, *word))).collect::<Vec<_>>();
        let statuses = statuses.into_iter().map(|(person, word, seconds)| Event::Status { person, word, seconds });
        customers.chain(statuses).collect()
    })
}

/// A delivery of the events: their order with repetitions, cut into POSTs.
fn delivery(count: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    let all: Vec<usize> = (0..count).collect();
    let again = prop::collection::vec(0..count, 0..count * 2);
    (again, prop::collection::vec(1..6usize, 1..40)).prop_flat_map(move |(again, cuts)| {
        let order: Vec<usize> = all.iter().copied().chain(again).collect();
        Just(order).prop_shuffle().prop_map(move |order| {
            let mut posts = Vec::new();
            let mut rest = order.as_slice();
            for size in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (post, behind) = rest.split_at((*size).min(rest.len()));
                posts.push(post.to_vec());
                rest = behind;
            }
            posts
        })
    })
}

/// Two customers in conversation, each answered once; Meta says nothing by itself.
struct Scene {
    app: TestApp,
    people: Vec<Person>,
    answers: Vec<(String, String)>,
}

impl Scene {
    async fn new() -> Self {
        let app = TestApp::with(Settings { statuses_lost: 1.0, ..Settings::default() }).await;
        let people = vec![app.person("Ana"), app.person("Ravi")];
        for person in &people {
            app.says(person, "Hello").await;
        }
        for lead in app.get("/api/leads").await.items() {
            app.post("/api/messages", json!({"leadId": lead["id"], "text": format!("Dear {}", lead["name"])})).await;
            app.settle().await;
        }
        let sends = app.meta().sends(None).unwrap();
        let answer = |person: &Person| {
            let sent = sends.iter().find(|send| send.person == Some(person.id)).unwrap();
            (sent.wamid.clone(), sent.callback_data.clone().unwrap())
        };
        let answers = people.iter().map(answer).collect();
        Self { app, people, answers }
    }

    fn change(&self, event: &Event) -> Value {
        let metadata =
            json!({"display_phone_number": "15550783881", "phone_number_id": self.app.account().phone_number_id});
        let at = |seconds: i64| (NOW.seconds() - 600 + seconds).to_string();
        let value = match event {
            Event::Customer { person, index, seconds, what } => {
                let who = &self.people[*person];
                let name =
                    if matches!(what, What::NewName) { format!("{} {index}", who.name) } else { who.name.clone() };
                json!({
                    "messaging_product": "whatsapp", "metadata": metadata,
                    "contacts": [{"profile": {"name": name}, "wa_id": who.wa_id, "user_id": who.user_id}],
                    "messages": [message(who, *index, &at(*seconds), what, *person)],
                })
            }
            Event::Status { person, word, seconds } => {
                let (wamid, callback_data) = &self.answers[*person];
                let mut status = json!({
                    "id": wamid, "status": word, "timestamp": at(600 + seconds),
                    "recipient_id": self.people[*person].wa_id, "biz_opaque_callback_data": callback_data,
                });
                if *word == "failed" {
                    status["errors"] = json!([{"code": 131_026, "title": "Message undeliverable"}]);
                }
                json!({"messaging_product": "whatsapp", "metadata": metadata, "statuses": [status]})
            }
        };
        json!({"field": "messages", "value": value})
    }

    async fn deliver(&self, events: &[Event], posts: &[Vec<usize>]) {
        for post in posts {
            let changes: Vec<_> = post.iter().map(|index| self.change(&events[*index])).collect();
            let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]});
            assert_eq!(self.app.deliver(body.to_string()).await.status, 200);
            self.app.work().await;
        }
        self.app.settle().await;
    }

    /// Everything that the API tells, without the ids that a first contact draws.
    async fn picture(&self) -> Value {
        let mut leads = Vec::new();
        for lead in self.app.get("/api/leads?limit=100").await.items() {
            let page = self.app.get(&format!("/api/leads/{}?limit=100", lead["id"].as_str().unwrap_or_default())).await;
            leads.push(normal(&page));
        }
        leads.sort_by_key(|lead| lead["phone"].to_string());
        Value::Array(leads)
    }
}

fn normal(page: &testkit::Reply) -> Value {
    let mut text = page.text.clone();
    text = text.replace(page.str("id"), "LEAD");
    for conversation in page["conversations"].as_array().into_iter().flatten() {
        text = text.replace(conversation.as_str().unwrap_or_default(), "CONVERSATION");
    }
    // An id holds when and where the webhook took its message, or is made of the lead's; what it names is told by the place
    // in the list.
    let is_id = |part: &&str| part.starts_with("msg_") || part.starts_with("med_");
    for part in text.clone().split('"').filter(is_id) {
        text = text.replace(part, "MESSAGE");
    }
    let mut lead: Value = serde_json::from_str(&text).unwrap_or_default();
    // A stage change happens when we learn of the second message, whichever that is: its place among entries of the
    // same moment, which is all of this test, means nothing.
    let (moved, timeline): (Vec<_>, Vec<_>) =
        page["timeline"].as_array().into_iter().flatten().partition(|entry| entry["type"] == "stage_changed");
    lead["moved"] = moved.iter().map(|entry| entry["metadata"].clone()).collect();
    lead["timeline"] = timeline.iter().map(|entry| entry["description"].clone()).collect();
    lead
}

fn message(who: &Person, index: usize, at: &str, what: &What, person: usize) -> Value {
    let id = |index: usize| format!("wamid.{person}-{index}=");
    let mut message = json!({"from": who.wa_id, "from_user_id": who.user_id, "id": id(index), "timestamp": at});
    let (kind, object) = match what {
        What::Text | What::NewName => ("text", json!({"body": format!("message {index}")})),
        What::Photo => ("image", json!({"id": format!("media-{index}"), "mime_type": "image/jpeg", "caption": "look"})),
        What::Reaction { to, emoji } => ("reaction", json!({"message_id": id(*to), "emoji": emoji})),
        What::Edit { of } => (
            "edit",
            json!({"original_message_id": id(*of), "message": {"type": "text", "text": {"body": format!("edited {index}")}}}),
        ),
        What::Revoke { of } => ("revoke", json!({"original_message_id": id(*of)})),
    };
    message["type"] = json!(kind);
    message[kind] = object;
    message
}

#[test]
fn any_order_any_repetition_and_any_batching_give_the_same_picture() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = events().prop_flat_map(|events| {
        let count = events.len();
        (Just(events), delivery(count))
    });
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let result = runner.run(&cases, |(events, posts)| {
        runtime.block_on(async {
            let straight = Scene::new().await;
            let shuffled = Scene::new().await;
            let one_by_one: Vec<_> = (0..events.len()).map(|index| vec![index]).collect();
            straight.deliver(&events, &one_by_one).await;
            shuffled.deliver(&events, &posts).await;
            let straight = straight.picture().await;
            let shuffled = shuffled.picture().await;
            if straight == shuffled {
                return Ok(());
            }
            let a = serde_json::to_string_pretty(&straight);
            let b = serde_json::to_string_pretty(&shuffled);
            Err(TestCaseError::fail(format!(
                "one by one: {}\nshuffled: {}",
                a.unwrap_or_default(),
                b.unwrap_or_default()
            )))
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// Copies of one webhook: posted at the same moment, posted long after another, and in the hands of ten workers at once,
/// as where each of them takes longer than the queue waits.
#[tokio::test]
async fn up_to_a_hundred_copies_at_once_are_one_message() {
    for copies in [1, 2, 10, 100usize] {
        let app = TestApp::start().await;
        let wire = Wire::new(|call| Turn::Dawdles(u32::try_from(call.number * 5 % 7).unwrap_or_default()));
        let workers = app.workers(&wire, app.clock());
        let gateway = workers.gateway();
        let ana = Sender { name: "Ana", phone: Some("5511988887777"), user: None };
        let body = ana.writes("wamid.A", NOW.seconds(), "Hello");
        let posts = (0..copies).map(|_| testkit::ask(&gateway, app.delivery(body.clone())));
        assert!(join_all(posts).await.iter().all(|answer| answer.status == 200));
        for _ in 0..copies {
            app.skip(Duration::from_secs(301));
            assert_eq!(app.deliver(body.clone()).await.status, 200);
        }
        let takes = (0..10).map(|_| async {
            app.skip(Duration::from_secs(90));
            workers.poll_inbound().await.unwrap().received
        });
        let received: usize = join_all(takes).await.into_iter().sum();
        assert_eq!(received, 10 * (copies + 1).min(10), "each of the ten holds the same ones");
        app.settle().await;
        let lead = app.only_lead().await;
        let counts = ["messages", "timeline"].map(|list| lead[list].as_array().map_or(0, Vec::len));
        assert_eq!((counts, &lead["unread"], app.count("in").await), ([1, 1], &json!(1), 1), "{copies} copies");
    }
}
