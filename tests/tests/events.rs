//! Every file in `events/` is real: what WhatsApp posts becomes visible, once and for ever, and what AWS hands to a
//! function has the effect that its name says. The batches and records are what our own code makes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use aws_lambda_events::dynamodb::{Event as StreamEvent, EventRecord};
use aws_lambda_events::eventbridge::EventBridgeEvent;
use aws_lambda_events::sqs::SqsEvent;
use aws_lambda_events::streams::DynamoDbEventResponse;
use domain::sends::Outcome;
use domain::{ConversationId, MessageId, Wamid, digest};
use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use testkit::bodies::as_posted;
use testkit::{Items, Sender, TestApp};
use tower::ServiceExt;

/// The files of each folder, save those of `whatsapp/`, which are all treated alike.
const FOLDERS: [(&str, &[&str]); 8] = [
    ("api", &["list-leads", "login", "send-message"]),
    ("changes", &["message-named", "orphan-kept"]),
    ("inbound", &["poison", "status", "text", "two-groups"]),
    ("outbound", &["send"]),
    ("relay", &["send-queued"]),
    ("schedule", &["every-minute"]),
    ("webhook", &["text", "text-base64", "text-wrong-signature", "verify", "verify-wrong-token"]),
    ("whatsapp", &[]),
];

const INBOUND: &str = "leadwire-inbound.fifo";
const OUTBOUND: &str = "leadwire-outbound.fifo";
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The names in a folder of events, without their ending.
fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(testkit::events().join(folder)).unwrap();
    let name = |entry: std::fs::DirEntry| entry.file_name().into_string().unwrap();
    let name = |entry| name(entry).strip_suffix(".json").expect("every event is JSON").to_owned();
    let mut names: Vec<_> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_file_is_used_by_a_test_and_explained_in_the_readme() {
    let readme = testkit::event("README.md");
    let mut there: Vec<_> = std::fs::read_dir(testkit::events()).unwrap().map(|e| e.unwrap().file_name()).collect();
    there.sort_unstable();
    let known = FOLDERS.iter().map(|(folder, _)| *folder);
    assert_eq!(there, std::iter::once("README.md").chain(known).collect::<Vec<_>>());
    for (folder, tested) in FOLDERS {
        let files = files(folder);
        assert!(folder == "whatsapp" || files == tested, "{folder} holds {files:?}, of which {tested:?} are tested");
        let part = readme.split("\n## ").filter(|part| part.starts_with(&format!("{folder}/"))).collect::<String>();
        for file in files {
            assert!(part.contains(&format!("`{file}`")), "the README does not say what {folder}/{file} is");
        }
    }
}

// What WhatsApp posts.

/// Posts a file of `whatsapp/` as WhatsApp does: it is in the queue then, and nothing else has happened.
async fn post(app: &TestApp, file: &str) {
    let body = as_posted(&testkit::event(&format!("whatsapp/{file}.json")));
    assert_eq!(app.deliver(body).await.status, StatusCode::OK, "{file}");
}

/// Delivers a file of `whatsapp/` and works everything off.
async fn deliver(app: &TestApp, file: &str) {
    post(app, file).await;
    app.settle().await;
}

/// The same text in one line, with nothing in it that an editor would not show.
fn plain(text: &Value) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.as_str().unwrap_or_default().chars().map(shown).collect()
}

/// What people see afterwards, and what waits or lies aside.
async fn picture(app: &TestApp) -> String {
    let mut picture = String::new();
    let mut pages = Vec::new();
    for lead in app.get("/api/leads?limit=100").await.items() {
        pages.push(app.get(&format!("/api/leads/{}?limit=100", lead["id"].as_str().unwrap())).await.json);
    }
    pages.sort_by_key(|page| page["id"].to_string());
    for lead in pages {
        let (stage, unread) = (plain(&lead["stage"]), &lead["unread"]);
        let _ = writeln!(picture, "  {}: {stage}, {unread} unread", plain(&lead["name"]));
        for message in lead["messages"].as_array().unwrap().iter().rev() {
            let _ = write!(picture, "    {}: {}", plain(&message["type"]), plain(&message["text"]));
            let marks = [("reaction", "reacted"), ("edited", "edited to"), ("replyTo", "answers")];
            for (field, word) in marks.into_iter().filter(|(field, _)| !message[*field].is_null()) {
                let _ = write!(picture, " [{word} {}]", plain(&message[field]));
            }
            let _ = writeln!(picture, "{}", if message["forwarded"] == true { " [forwarded]" } else { "" });
        }
    }
    for notice in app.get("/api/notices?limit=100").await.items().iter().rev() {
        let _ = writeln!(picture, "  notice: {}", plain(&notice["field"]));
    }
    let waiting = app.count("orphan").await;
    if waiting > 0 {
        let _ = writeln!(picture, "  waiting for their message: {waiting}");
    }
    for parked in app.stack().store().parked(100).await.unwrap() {
        let _ = writeln!(picture, "  parked: {}", parked.reason);
    }
    picture
}

#[tokio::test]
async fn each_webhook_is_visible_afterwards() {
    let mut table = String::new();
    for file in files("whatsapp") {
        let app = TestApp::start().await;
        app.skip(HOUR);
        deliver(&app, &file).await;
        let picture = picture(&app).await;
        assert!(!picture.is_empty(), "nothing came of {file}");
        let _ = write!(table, "{file}\n{picture}");
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn an_album_is_ten_messages_of_one_lead() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    deliver(&app, "album").await;
    let lead = app.only_lead().await;
    assert_eq!((lead["messages"].as_array().unwrap().len(), &lead["unread"]), (10, &json!(10)));
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
}

/// The files of `whatsapp/` in the order in which they happened.
fn in_time() -> Vec<String> {
    fn earliest(value: &Value) -> Option<i64> {
        let second = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        match value {
            Value::Object(fields) => {
                let own = ["timestamp", "time"].iter().filter_map(|key| second(fields.get(*key)?));
                own.chain(fields.values().filter_map(earliest)).min()
            }
            Value::Array(items) => items.iter().filter_map(earliest).min(),
            _ => None,
        }
    }
    let mut files = files("whatsapp");
    let at =
        |file: &String| earliest(&serde_json::from_str(&testkit::event(&format!("whatsapp/{file}.json"))).unwrap());
    files.sort_by_cached_key(|file| (at(file).unwrap_or(i64::MAX), file.clone()));
    files
}

#[tokio::test]
async fn all_webhooks_together_give_one_picture() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        deliver(&app, &file).await;
    }
    insta::assert_snapshot!(picture(&app).await);
}

/// The keys of the items that are not the same, with both.
fn difference(before: &Items, after: &Items) -> Vec<String> {
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differing = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differing.map(|key| format!("{key:?}\n  before {:?}\n  after  {:?}", before.get(key), after.get(key))).collect()
}

#[tokio::test]
async fn a_webhook_that_comes_again_changes_nothing_not_even_after_a_year() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        deliver(&app, &file).await;
        let before = app.items().await;
        // Later than SQS remembers, so that it is our doing.
        app.skip(Duration::from_secs(301));
        deliver(&app, &file).await;
        assert_eq!(difference(&before, &app.items().await), [""; 0], "{file} came twice");
    }
    let before = app.items().await;
    app.skip(DAY * 365);
    for file in in_time() {
        deliver(&app, &file).await;
        assert_eq!(difference(&before, &app.items().await), [""; 0], "{file} came after a year");
    }
}

/// Lets days pass, with the schedule twice in each.
async fn days(app: &TestApp, days: u64) {
    for _ in 0..days * 2 {
        app.skip(12 * HOUR);
        app.stack().drive_due().await;
        app.settle().await;
    }
}

#[tokio::test]
async fn a_year_in_which_everything_was_settled_is_not_unsettled_by_a_repetition() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        deliver(&app, &file).await;
    }
    days(&app, 40).await;
    app.skip(DAY * 325);
    let (items, shown) = (app.items().await, picture(&app).await);
    assert_eq!((app.count("orphan").await, app.count("raw").await), (0, 0), "nothing waits, nothing is kept too long");
    insta::assert_snapshot!(shown);
    for file in in_time() {
        deliver(&app, &file).await;
    }
    days(&app, 10).await;
    assert_eq!(difference(&items, &app.items().await), [""; 0]);
    assert_eq!(shown, picture(&app).await);
}

/// Accepts a text to the only lead, and gives the conversation and the message's id.
async fn answer(app: &TestApp, text: &str) -> (ConversationId, MessageId) {
    let body = json!({"leadId": app.only_lead().await["id"], "text": text});
    let answer = app.post("/api/messages", body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
    (answer.str("conversationId").parse().unwrap(), answer.str("id").parse().unwrap())
}

/// An app in which a message of ours was accepted by WhatsApp under the name that the file's status speaks of.
async fn with_message_of(file: &str) -> TestApp {
    let app = TestApp::start().await;
    app.skip(HOUR);
    let webhook: Value = serde_json::from_str(&testkit::event(&format!("whatsapp/{file}.json"))).unwrap();
    let status = &webhook["entry"][0]["changes"][0]["value"]["statuses"][0];
    let text = |field: &str| status[field].as_str();
    let customer = Sender { name: "Customer", phone: text("recipient_id"), user: text("recipient_user_id") };
    assert_eq!(app.deliver(customer.writes("wamid.first", app.now().seconds(), "hello")).await.status, StatusCode::OK);
    app.settle().await;
    accepted(&app, &Wamid::parse(text("id").unwrap()).unwrap()).await;
    app
}

/// Sends to the only lead, and lets WhatsApp call the message `wamid`.
async fn accepted(app: &TestApp, wamid: &Wamid) {
    let (conversation, id) = answer(app, "ours").await;
    let (store, tenant, now) = (app.stack().store(), app.account().tenant, app.now());
    let send = store.send(tenant, conversation.home, id).await.unwrap().unwrap();
    assert!(store.claim(tenant, &send, "test", now.plus(HOUR)).await.unwrap());
    store.settle(tenant, &send, "test", &Outcome::Accepted(wamid.clone()), now).await.unwrap();
    app.settle().await;
}

/// The status of the only message of ours.
async fn status(app: &TestApp) -> String {
    let lead = app.only_lead().await;
    let messages = lead["messages"].as_array().unwrap();
    let ours: Vec<_> = messages.iter().filter(|message| message["direction"] == "outbound").collect();
    assert_eq!(ours.len(), 1);
    ours[0]["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_status_shows_at_the_message_that_it_speaks_of() {
    let expected = BTreeMap::from([
        ("status-sent", "sent"),
        ("status-delivered", "delivered"),
        ("status-read", "read"),
        ("status-played", "played"),
        ("status-failed", "failed"),
        ("status-sent-to-bsuid", "sent"),
        ("status-without-contacts", "delivered"),
        ("status-unknown-word", "accepted"),
    ]);
    for file in files("whatsapp").into_iter().filter(|file| file.starts_with("status-")) {
        let app = with_message_of(&file).await;
        assert_eq!(status(&app).await, "accepted");
        for _ in 0..2 {
            deliver(&app, &file).await;
            assert_eq!(status(&app).await, expected[file.as_str()], "{file}");
            assert_eq!(app.count("orphan").await, 0, "{file}");
        }
    }
}

#[tokio::test]
async fn a_status_that_comes_before_its_message_shows_once_that_is_known() {
    let app = TestApp::start().await;
    deliver(&app, "text").await;
    deliver(&app, "status-delivered").await;
    assert_eq!(app.count("orphan").await, 1);
    let webhook: Value = serde_json::from_str(&testkit::event("whatsapp/status-delivered.json")).unwrap();
    let wamid = &webhook["entry"][0]["changes"][0]["value"]["statuses"][0]["id"];
    accepted(&app, &Wamid::parse(wamid.as_str().unwrap()).unwrap()).await;
    assert_eq!((status(&app).await.as_str(), app.count("orphan").await), ("delivered", 0));
}

// What AWS hands to functions.

/// Reads a file as the type that the Lambda runtime reads it as, and makes sure that the type keeps all of it.
fn event<T: DeserializeOwned + Serialize>(path: &str) -> T {
    let file: Value = serde_json::from_str(&testkit::event(&format!("{path}.json"))).unwrap();
    let event: T = serde_json::from_value(file.clone()).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_kept(path, &file, &serde_json::to_value(&event).unwrap());
    event
}

fn assert_kept(place: &str, file: &Value, read: &Value) {
    match (file, read) {
        (Value::Object(file), Value::Object(read)) => {
            for (key, value) in file {
                let kept = read.get(key).unwrap_or_else(|| panic!("{place}.{key} is not what AWS sends"));
                assert_kept(&format!("{place}.{key}"), value, kept);
            }
        }
        (Value::Array(file), Value::Array(read)) => {
            assert_eq!(file.len(), read.len(), "{place}");
            file.iter().zip(read).for_each(|(file, read)| assert_kept(place, file, read));
        }
        _ => assert!(!read.is_null() || file.is_null(), "{place} is lost"),
    }
}

/// Asserts that the file holds what our code makes. If not, what it should hold lies where the message says.
fn assert_file(path: &str, made: &Value) {
    let made = format!("{made:#}\n");
    let file = testkit::events().join(format!("{path}.json"));
    if std::fs::read_to_string(&file).unwrap_or_default() != made {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{path}.json"));
        std::fs::create_dir_all(new.parent().unwrap()).unwrap();
        std::fs::write(&new, &made).unwrap();
        panic!("events/{path}.json is not what the code makes, which lies in {}:\n{made}", new.display());
    }
}

/// The batch that the queue would hand to its function at this moment. The messages stay in the queue.
async fn batch(app: &TestApp, queue: &str) -> Value {
    let seen = Mutex::new(None);
    let look = |event: SqsEvent| {
        *seen.lock().unwrap() = Some(event);
        std::future::ready(Err("looked at"))
    };
    app.emulator().queue_source(queue).poll_once(&look).await.unwrap();
    let mut batch = serde_json::to_value(seen.into_inner().unwrap().expect("there is something in the queue")).unwrap();
    for record in batch["Records"].as_array_mut().unwrap() {
        let (id, body) = (record["messageId"].to_string(), record["body"].to_string());
        record["receiptHandle"] = format!("AQEB{}{}", digest::hex(&[&id]), digest::hex(&[&body])).into();
        record["awsRegion"] = "eu-west-1".into();
        record["eventSourceARN"] = format!("arn:aws:sqs:eu-west-1:123456789012:{queue}").into();
        record["attributes"]["SenderId"] = "AROAEXAMPLEEXAMPLEXY:leadwire".into();
    }
    without_nulls(batch)
}

/// The last record of the table's stream that `wanted` is true of, as its function would be handed it.
async fn record(app: &TestApp, wanted: impl Fn(&EventRecord) -> bool) -> Value {
    let seen = Mutex::new(None);
    let look = |event: StreamEvent| {
        *seen.lock().unwrap() = event.records.last().cloned();
        std::future::ready(Ok::<_, &str>(DynamoDbEventResponse::default()))
    };
    app.emulator().stream_source(leadwire::stack::TABLE, "test").pump_once(wanted, &look).await.unwrap();
    let record = seen.into_inner().unwrap().expect("there is such a record");
    let mut record = serde_json::to_value(record).unwrap();
    if record["dynamodb"]["OldImage"] == json!({}) {
        record["dynamodb"]["OldImage"] = Value::Null;
    }
    record["eventID"] = digest::hex(&[&record["dynamodb"]["Keys"].to_string()]).into();
    record["dynamodb"]["SequenceNumber"] = "100000000000000000001".into();
    record["awsRegion"] = "eu-west-1".into();
    record["eventSourceARN"] =
        "arn:aws:dynamodb:eu-west-1:123456789012:table/leadwire/stream/2026-09-21T14:00:00.000".into();
    without_nulls(json!({"Records": [record]}))
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            kept.map(|(key, value)| (key, without_nulls(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        value => value,
    }
}

#[tokio::test]
async fn inbound_text_is_what_webhook_queues_and_becomes_a_lead() {
    let app = TestApp::start().await;
    post(&app, "text").await;
    assert_file("inbound/text", &batch(&app, INBOUND).await);

    let app = TestApp::start().await;
    let answer = inbound::handle(&app.stack().functions().inbound, event("inbound/text")).await;
    assert!(answer.batch_item_failures.is_empty());
    let lead = app.only_lead().await;
    assert_eq!((&lead["name"], &lead["unread"]), (&json!("Ana Souza"), &json!(1)));
}

#[tokio::test]
async fn inbound_two_groups_keeps_both_customers_in_order() {
    let app = TestApp::start().await;
    for file in ["text", "text-forwarded", "text-ad-referral", "text-reply"] {
        post(&app, file).await;
    }
    assert_file("inbound/two-groups", &batch(&app, INBOUND).await);

    let app = TestApp::start().await;
    app.skip(HOUR);
    let batch: SqsEvent = event("inbound/two-groups");
    assert_eq!(batch.records.len(), 4);
    let answer = inbound::handle(&app.stack().functions().inbound, batch).await;
    assert!(answer.batch_item_failures.is_empty());
    insta::assert_snapshot!(picture(&app).await, @"
      Ana Souza: Contacted, 2 unread
        text: Olá! Vi o anúncio em https://example.com/casas e queria saber o preço 🙂
        text: Pode ser amanhã às 10h? [answers wamid.HBgNNTUxMTk4ODg4Nzc3NxUCABEYEjk5N0EwQ0JDMkU0QkE5NDZFMwA=]
      Ravi Kumar: Contacted, 2 unread
        text: Site visit every Saturday, 10 to 4. Bring an ID. [forwarded]
        text: Hi! Is the three bedroom flat still available?
    ");
}

#[tokio::test]
async fn inbound_poison_is_parked_and_delays_nobody() {
    let app = TestApp::start().await;
    post(&app, "text").await;
    let good = batch(&app, INBOUND).await["Records"][0].clone();
    let nobody = Sender { name: "Nobody", phone: None, user: None };
    app.deliver(nobody.writes("wamid.poison", app.now().seconds(), "Who am I?")).await;
    let from_nobody = batch(&app, INBOUND).await["Records"][0]["body"].clone();
    let of_another_version = good["body"].as_str().unwrap().replacen("\"v\":1", "\"v\":255", 1);
    let bodies = ["not a task", of_another_version.as_str(), from_nobody.as_str().unwrap()];
    let mut records: Vec<_> = bodies.iter().zip(1..).map(|(body, index)| poisoned(&good, index, body)).collect();
    records.push(good);
    assert_file("inbound/poison", &json!({"Records": records}));

    let app = TestApp::start().await;
    let answer = inbound::handle(&app.stack().functions().inbound, event("inbound/poison")).await;
    assert!(answer.batch_item_failures.is_empty(), "what can never be dealt with does not come again");
    assert_eq!(app.only_lead().await["unread"], 1, "the one behind them, in the same group, is not held up");
    let mut reasons: Vec<_> = app.stack().store().parked(9).await.unwrap().into_iter().map(|it| it.reason).collect();
    reasons.sort_unstable();
    insta::assert_snapshot!(reasons.join("\n"), @"
    the event cannot be read: it says nothing of who it is from
    the task cannot be read: expected ident at line 1 column 2
    the task has version 255, not 1
    ");
}

/// The same record with another body, ahead of it in its group.
fn poisoned(record: &Value, index: u64, body: &str) -> Value {
    let mut record = record.clone();
    let digest = digest::hex(&[body]);
    record["messageId"] = format!("00000000-0000-4000-8000-{index:012}").into();
    record["receiptHandle"] = format!("AQEB{digest}").into();
    record["attributes"]["MessageDeduplicationId"] = digest.into();
    record["body"] = body.into();
    record.as_object_mut().unwrap().remove("md5OfBody");
    record
}

#[tokio::test]
async fn inbound_status_shows_at_its_message() {
    let app = TestApp::start().await;
    post(&app, "status-delivered").await;
    assert_file("inbound/status", &batch(&app, INBOUND).await);

    let app = with_message_of("status-delivered").await;
    let answer = inbound::handle(&app.stack().functions().inbound, event("inbound/status")).await;
    assert!(answer.batch_item_failures.is_empty());
    assert_eq!(status(&app).await, "delivered");
}

/// An app in which a customer has written and an answer has been accepted, which nobody has seen yet.
async fn with_answer_queued() -> TestApp {
    let app = TestApp::start().await;
    let ana = testkit::Invent {
        name: Some("Ana Souza".to_owned()),
        wa_id: Some("5511988887777".to_owned()),
        user_id: Some("BR.1349120865530274".to_owned()),
        ..testkit::Invent::default()
    };
    let ana = app.meta().invent(ana).unwrap();
    app.says(&ana, "Olá!").await;
    answer(&app, "Olá, Ana!").await;
    app
}

/// How often a message was posted to the Graph API.
fn posts(app: &TestApp) -> usize {
    app.meta().sends(None).unwrap().len()
}

#[tokio::test]
async fn relay_send_queued_puts_the_send_into_the_queue() {
    let app = with_answer_queued().await;
    assert_file("relay/send-queued", &record(&app, relay::follows).await);

    let records: StreamEvent = event("relay/send-queued");
    assert!(records.records.iter().all(relay::follows));
    relay::handle(&app.stack().functions().relay, records.clone()).await.unwrap();
    relay::handle(&app.stack().functions().relay, records).await.unwrap();
    assert_eq!(app.stack().poll_outbound().await.unwrap().deleted, 1, "told twice, it is queued once");
    assert_eq!(posts(&app), 1);
}

#[tokio::test]
async fn outbound_send_posts_the_send_once() {
    let app = with_answer_queued().await;
    app.stack().pump_relay().await.unwrap();
    assert_file("outbound/send", &batch(&app, OUTBOUND).await);

    for _ in 0..2 {
        let answer = outbound::handle(&app.stack().functions().outbound, event("outbound/send")).await;
        assert!(answer.batch_item_failures.is_empty());
        assert_eq!(posts(&app), 1);
    }
    assert_eq!(status(&app).await, "accepted");
}

#[tokio::test]
async fn what_has_to_come_again_takes_those_behind_it_in_its_group_along_and_no_others() {
    let app = with_answer_queued().await;
    answer(&app, "And one more thing").await;
    app.stack().pump_relay().await.unwrap();
    let mut batch = batch(&app, OUTBOUND).await;
    let records = batch["Records"].as_array_mut().unwrap();
    let [first, second] = [records[0]["messageId"].clone(), records[1]["messageId"].clone()];
    let mut of_another = records[0].clone();
    of_another["messageId"] = "00000000-0000-4000-8000-000000000001".into();
    of_another["attributes"]["MessageGroupId"] = "another".into();
    of_another["body"] =
        records[0]["body"].as_str().unwrap().replacen("\"send\":\"msg_01", "\"send\":\"msg_00", 1).into();
    records.insert(1, of_another);
    app.meta().turn(&json!({"faults": [{"mode": "error_code", "code": 131_056, "next": 1}]})).unwrap();
    let batch: SqsEvent = serde_json::from_value(batch).unwrap();
    let answer = outbound::handle(&app.stack().functions().outbound, batch).await;
    let failures = json!([{"itemIdentifier": first}, {"itemIdentifier": second}]);
    assert_eq!(serde_json::to_value(answer).unwrap(), json!({"batchItemFailures": failures}), "as Lambda reads it");
    assert_eq!(posts(&app), 0, "the second one has to wait although Meta would take it");
}

#[tokio::test]
async fn changes_message_named_brings_what_waited_for_the_message() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    deliver(&app, "edit").await;
    post(&app, "text").await;
    app.stack().poll_inbound().await.unwrap();
    assert_eq!(app.count("orphan").await, 1);
    assert_file("changes/message-named", &record(&app, changes::follows).await);
    assert_edited_by("changes/message-named", &app).await;
}

#[tokio::test]
async fn changes_orphan_kept_finds_a_message_that_came_in_the_same_moment() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    post(&app, "edit").await;
    app.stack().poll_inbound().await.unwrap();
    assert_file("changes/orphan-kept", &record(&app, changes::follows).await);
    post(&app, "text").await;
    app.stack().poll_inbound().await.unwrap();
    assert_edited_by("changes/orphan-kept", &app).await;
}

/// Asserts that the edit finds its message once `changes` is handed the file.
async fn assert_edited_by(path: &str, app: &TestApp) {
    assert_eq!(app.only_lead().await["messages"][0]["edited"], Value::Null);
    let records: StreamEvent = event(path);
    assert!(records.records.iter().all(changes::follows));
    changes::handle(&app.stack().functions().changes, records).await.unwrap();
    assert_eq!(app.stack().poll_inbound().await.unwrap().deleted, 1);
    let message = &app.only_lead().await["messages"][0];
    assert!(message["edited"].is_string(), "{message}");
    assert_eq!(app.count("orphan").await, 0);
}

#[tokio::test]
async fn schedule_every_minute_drives_what_is_due() {
    let app = TestApp::start().await;
    deliver(&app, "edit").await;
    let tick: EventBridgeEvent = event("schedule/every-minute");
    assert_eq!(tick.detail_type, "Scheduled Event");
    let deps = &app.stack().functions().schedule;
    assert_eq!(schedule::handle(deps).await.unwrap(), 0, "nothing is due yet");
    app.skip(Duration::from_secs(61));
    assert_eq!(schedule::handle(deps).await.unwrap(), 1);
    assert_eq!(app.stack().poll_inbound().await.unwrap().deleted, 1, "the edit was tried again");
}

/// Reads a file as API Gateway's request.
fn request(json: &str) -> lambda_http::Request {
    lambda_http::request::from_str(json).unwrap()
}

#[test]
fn the_webhooks_of_api_gateway_hold_what_whatsapp_posts() {
    let posted = as_posted(&testkit::event("whatsapp/text.json"));
    for file in files("webhook").into_iter().filter(|file| file.starts_with("text")) {
        let request = request(&testkit::event(&format!("webhook/{file}.json")));
        assert_eq!(request.body().as_ref(), posted.as_bytes(), "{file}");
    }
}

#[tokio::test]
async fn webhook_events_are_answered_as_their_names_say() {
    let expected = BTreeMap::from([
        ("text", (200, "ok", 1)),
        ("text-base64", (200, "ok", 1)),
        ("text-wrong-signature", (401, "", 0)),
        ("verify", (200, "1158201444", 0)),
        ("verify-wrong-token", (403, "", 0)),
    ]);
    for file in files("webhook") {
        let app = TestApp::start().await;
        let path = format!("webhook/{file}");
        let _: ApiGatewayV2httpRequest = event(&path);
        let request = request(&testkit::event(&format!("{path}.json")));
        let answer = webhook::handle(&app.stack().functions().webhook, request).await;
        let (status, text, leads) = expected[file.as_str()];
        assert_eq!(answer.status(), status, "{file}");
        let body = String::from_utf8(answer.body().to_vec()).unwrap();
        assert!(text.is_empty() || body == text, "{file}: {body}");
        app.settle().await;
        assert_eq!(app.get("/api/leads").await.items().len(), leads, "{file}");
    }
}

/// Hands a file of `api/` to the api function, with `replace`d stand-ins.
async fn call(app: &TestApp, file: &str, replace: &[(&str, &str)]) -> (StatusCode, Value) {
    let path = format!("api/{file}");
    let _: ApiGatewayV2httpRequest = event(&path);
    let text = replace.iter().fold(testkit::event(&format!("{path}.json")), |text, (from, to)| {
        assert!(text.contains(from), "{file} has no {from}");
        text.replace(from, to)
    });
    let answer = app.stack().functions().api.clone().oneshot(request(&text)).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn api_events_log_in_list_and_send() {
    let app = TestApp::start().await;
    deliver(&app, "text").await;
    let (status, login) = call(&app, "login", &[]).await;
    assert_eq!(status, StatusCode::OK, "{login}");
    let token = ("ACCESS_TOKEN", login["accessToken"].as_str().unwrap());
    let (status, list) = call(&app, "list-leads", &[token]).await;
    assert_eq!((status, &list["items"][0]["name"]), (StatusCode::OK, &json!("Ana Souza")), "{list}");
    let lead = ("led_01M3250VASBF3MSX3QTC83A67F", list["items"][0]["id"].as_str().unwrap());
    let (status, sent) = call(&app, "send-message", &[token, lead]).await;
    assert_eq!((status, &sent["success"]), (StatusCode::ACCEPTED, &json!(true)), "{sent}");
    let (status, again) = call(&app, "send-message", &[token, lead]).await;
    assert_eq!((status, &again["id"]), (StatusCode::ACCEPTED, &sent["id"]), "the key is the same");
    assert_eq!(app.count("out").await, 1);
}
