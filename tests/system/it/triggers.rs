//! Every file in `events/` that AWS hands to a function has the effect that its name says. The batches and records are
//! what our own code makes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayWebsocketProxyRequest};
use aws_lambda_events::dynamodb::{Event as StreamEvent, EventRecord};
use aws_lambda_events::eventbridge::EventBridgeEvent;
use aws_lambda_events::sqs::SqsEvent;
use aws_lambda_events::streams::DynamoDbEventResponse;
use domain::digest;
use emulator::connections::Sent;
use http::StatusCode;
use leadwire::stack::{INBOUND, OUTBOUND};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use testkit::bodies::as_posted;
use testkit::files::files;
use testkit::{Sender, TestApp, Turn, Wire};
use tower::ServiceExt;

/// The files of each folder, save those of `whatsapp/`, which are all treated alike.
const FOLDERS: [(&str, &[&str]); 10] = [
    ("api", &["list-leads", "login", "send-message"]),
    ("changes", &["audit-event-written", "conversation-changed", "email-owed", "message-named", "orphan-kept"]),
    ("inbound", &["poison", "status", "text", "two-groups"]),
    ("jobs", &["media"]),
    ("outbound", &["check", "send", "signal"]),
    ("realtime", &["connect", "disconnect", "ping"]),
    ("relay", &["check-wanted", "send-queued", "signal-wanted"]),
    ("schedule", &["every-minute"]),
    ("webhook", &["text", "text-base64", "text-wrong-signature", "verify", "verify-wrong-token"]),
    ("whatsapp", &[]),
];

const HOUR: Duration = Duration::from_secs(3600);

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

#[tokio::test]
async fn realtime_connects_by_a_ticket_answers_and_forgets() {
    let app = TestApp::start().await;
    let deps = &app.stack().functions().realtime;
    let connect = event("realtime/connect");
    let ping = event("realtime/ping");
    let disconnect = event("realtime/disconnect");
    let status =
        async |event: &ApiGatewayWebsocketProxyRequest| realtime::handle(deps, event.clone()).await.status_code;
    assert_eq!(status(&connect).await, 401, "nobody has made its ticket");
    let ticket = app.ticket_of(&app.token()).await;
    let body = serde_json::to_string(&connect).unwrap().replace("a-ticket-of-a-running-stack", &ticket);
    let connect = serde_json::from_str(&body).unwrap();
    assert_eq!(status(&connect).await, 200);
    let known = async || app.stack().store().tenant(app.account().tenant).connections(app.now()).await.unwrap();
    assert_eq!(known().await[0].id.as_str(), "L0SM9cOFIAMCJdw=");
    let mut sent = app.emulator().connections().open("L0SM9cOFIAMCJdw=");
    assert_eq!(status(&ping).await, 200);
    assert_eq!(sent.try_recv().unwrap(), Sent::Frame(r#"{"type":"pong"}"#.to_owned()));
    assert_eq!(status(&disconnect).await, 200);
    assert_eq!(known().await, []);
    assert_eq!(status(&ping).await, 200);
    assert_eq!(sent.try_recv().unwrap(), Sent::Close);
}

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
        let id = record["messageId"].to_string();
        let body = record["body"].to_string();
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
    app.post_file("text").await;
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
        app.post_file(file).await;
    }
    assert_file("inbound/two-groups", &batch(&app, INBOUND).await);

    let app = TestApp::start().await;
    app.skip(HOUR);
    let batch: SqsEvent = event("inbound/two-groups");
    assert_eq!(batch.records.len(), 4);
    let answer = inbound::handle(&app.stack().functions().inbound, batch).await;
    assert!(answer.batch_item_failures.is_empty());
    insta::assert_snapshot!(app.picture().await, @"
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
    app.post_file("text").await;
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
    the event cannot be read: it does not name its sender
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
    app.post_file("status-delivered").await;
    assert_file("inbound/status", &batch(&app, INBOUND).await);

    let app = TestApp::with_message_of("status-delivered").await;
    let answer = inbound::handle(&app.stack().functions().inbound, event("inbound/status")).await;
    assert!(answer.batch_item_failures.is_empty());
    assert_eq!(app.status().await, "delivered");
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
    app.answer("Olá, Ana!").await;
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
    assert_eq!(app.status().await, "accepted");
}

#[tokio::test]
async fn relay_signal_wanted_and_outbound_signal_show_the_customer_what_was_read() {
    let app = with_answer_queued().await;
    app.settle().await;
    let conversation = app.get("/api/conversations").await.items()[0]["id"].clone();
    app.post(&format!("/api/conversations/{}/read", conversation.as_str().unwrap()), json!({})).await;
    assert_file("relay/signal-wanted", &record(&app, relay::follows).await);
    let records: StreamEvent = event("relay/signal-wanted");
    assert!(records.records.iter().all(relay::follows));
    for _ in 0..2 {
        relay::handle(&app.stack().functions().relay, records.clone()).await.unwrap();
    }
    assert_file("outbound/signal", &batch(&app, OUTBOUND).await);
    for _ in 0..2 {
        let answer = outbound::handle(&app.stack().functions().outbound, event("outbound/signal")).await;
        assert!(answer.batch_item_failures.is_empty());
    }
    assert_eq!(posts(&app), 1, "a read receipt is no message");
}

#[tokio::test]
async fn relay_check_wanted_and_outbound_check_ask_meta_about_a_number() {
    let app = TestApp::start().await;
    app.settle().await;
    app.post(&format!("/api/channels/{}/check", app.account().channel), json!({})).await;
    assert_file("relay/check-wanted", &record(&app, relay::follows).await);
    let records: StreamEvent = event("relay/check-wanted");
    assert!(records.records.iter().all(relay::follows));
    for _ in 0..2 {
        relay::handle(&app.stack().functions().relay, records.clone()).await.unwrap();
    }
    assert_file("outbound/check", &batch(&app, OUTBOUND).await);
    for _ in 0..2 {
        let answer = outbound::handle(&app.stack().functions().outbound, event("outbound/check")).await;
        assert!(answer.batch_item_failures.is_empty());
        let channel = app.get("/api/channels").await.items()[0].clone();
        assert_eq!((&channel["checking"], &channel["quality"]), (&json!(false), &json!("GREEN")));
    }
}

#[tokio::test]
async fn what_has_to_come_again_takes_those_behind_it_in_its_group_along_and_no_others() {
    let app = with_answer_queued().await;
    app.answer("And one more thing").await;
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

/// Ten events of four customers, of which each in turn cannot be written down.
#[tokio::test]
async fn whichever_of_ten_fails_comes_again_with_those_behind_it_in_its_group_alone() {
    let customers = [0, 1, 0, 2, 0, 1, 3, 0, 2, 1];
    let phones = ["5511900000000", "5511900000001", "5511900000002", "5511900000003"];
    for failing in 0..customers.len() {
        let app = TestApp::start().await;
        app.skip(HOUR);
        for (place, customer) in customers.into_iter().enumerate() {
            let sender = Sender { name: "Customer", phone: Some(phones[customer]), user: None };
            let at = app.now().seconds() + i64::try_from(place).unwrap();
            let body = sender.writes(&format!("wamid.{place}"), at, &format!("text number {place}"));
            assert_eq!(app.deliver(body).await.status, StatusCode::OK);
        }
        let text = format!("text number {failing}");
        let wire = Wire::new(move |call| if call.body.contains(&text) { Turn::Fails } else { Turn::Goes });
        let worker = app.workers(&wire, app.clock());
        let batch: SqsEvent = serde_json::from_value(batch(&app, INBOUND).await).unwrap();
        let place = |id: &str| {
            let record = batch.records.iter().find(|record| record.message_id.as_deref() == Some(id)).unwrap();
            let body = record.body.as_ref().unwrap();
            (0..10).find(|place| body.contains(&format!("text number {place}"))).unwrap()
        };
        let answer = inbound::handle(&worker.functions().inbound, batch.clone()).await;
        let answer = serde_json::to_value(answer).unwrap();
        assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["batchItemFailures"], "as Lambda reads it");
        let reported = answer["batchItemFailures"].as_array().unwrap().iter();
        let reported: Vec<usize> = reported.map(|item| place(item["itemIdentifier"].as_str().unwrap())).collect();
        let behind = (failing..10).filter(|place| customers[*place] == customers[failing]);
        assert_eq!(reported, behind.collect::<Vec<_>>(), "{failing} fails");
        let stored = app.count("in").await;
        assert_eq!(stored, 10 - reported.len(), "the others are there");
        app.skip(Duration::from_secs(90));
        app.settle().await;
        assert_eq!(app.count("in").await, 10, "and those too when they come again");
        let unread =
            app.get("/api/leads").await.items().iter().map(|lead| lead["unread"].as_u64().unwrap()).sum::<u64>();
        assert_eq!(unread, 10);
    }
}

/// Whether the record is of an item of this type.
fn is_of(record: &EventRecord, kind: &str) -> bool {
    serde_json::to_value(record).unwrap()["dynamodb"]["NewImage"]["ty"]["S"] == kind
}

/// Whether the record is of a conversation whose newest message is another one than before.
fn has_newer(record: &EventRecord) -> bool {
    let change = serde_json::to_value(record).unwrap()["dynamodb"].clone();
    is_of(record, "conversation") && change["NewImage"]["lm"] != change["OldImage"]["lm"]
}

/// The names of the leads, as the list has them.
async fn listed(app: &TestApp) -> Vec<String> {
    let leads = app.get("/api/leads").await;
    leads.items().iter().map(|lead| lead["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn changes_conversation_changed_moves_the_lead_up_and_a_replay_of_the_whole_stream_moves_nothing() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    let ana = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: None };
    let bo = Sender { name: "Bo Berg", phone: Some("4670123456"), user: None };
    for (sender, wamid) in [(&ana, "wamid.A1"), (&bo, "wamid.B1")] {
        app.skip(Duration::from_secs(5));
        app.deliver(sender.writes(wamid, app.now().seconds(), "Hello")).await;
        app.settle().await;
    }
    assert_eq!(listed(&app).await, ["Bo Berg", "Ana Souza"]);
    app.skip(Duration::from_secs(5));
    app.deliver(ana.writes("wamid.A2", app.now().seconds(), "Are you there?")).await;
    app.stack().poll_inbound().await.unwrap();
    assert_eq!(listed(&app).await, ["Bo Berg", "Ana Souza"], "inbound does not touch the list");
    let path = "changes/conversation-changed";
    assert_file(path, &record(&app, |record| changes::follows(record) && has_newer(record)).await);
    let records: StreamEvent = event(path);
    assert!(records.records.iter().all(changes::follows));
    changes::handle(&app.stack().functions().changes, records).await.unwrap();
    assert_eq!(listed(&app).await, ["Ana Souza", "Bo Berg"]);
    app.settle().await;

    let before = app.items().await;
    let stream = app.emulator().stream_source(leadwire::stack::TABLE, "replay");
    let again = async |event: StreamEvent| {
        let mut backwards = event.clone();
        backwards.records.reverse();
        for event in [event, backwards] {
            changes::handle(&app.stack().functions().changes, event).await.unwrap();
        }
        Ok::<_, &str>(DynamoDbEventResponse::default())
    };
    stream
        .pump_once(|record: &EventRecord| is_of(record, "conversation") && changes::follows(record), &again)
        .await
        .unwrap();
    assert_eq!(app.items().await, before);
    let first = app.get("/api/leads?limit=1").await;
    let next = format!("/api/leads?limit=1&cursor={}", first.json["nextCursor"].as_str().unwrap());
    assert_eq!(
        (&first.items()[0]["name"], &app.get(&next).await.items()[0]["name"]),
        (&json!("Ana Souza"), &json!("Bo Berg"))
    );
}

/// Whether a record that `changes` follows is of this list.
fn in_list(list: &'static str) -> impl Fn(&EventRecord) -> bool {
    move |record| changes::follows(record) && format!("{:?}", record.change.keys).contains(list)
}

#[tokio::test]
async fn changes_audit_event_written_has_one_link_hold_the_entry() {
    let app = TestApp::start().await;
    app.settle().await;
    app.skip(HOUR);
    app.post("/api/users", json!({"email": "bo@example.com", "role": "agent"})).await;
    assert_file("changes/audit-event-written", &record(&app, in_list("#AUDIT")).await);
    let records: StreamEvent = event("changes/audit-event-written");
    assert!(records.records.iter().all(changes::follows));
    let before = app.count("link").await;
    for _ in 0..2 {
        changes::handle(&app.stack().functions().changes, records.clone()).await.unwrap();
    }
    assert_eq!(app.count("link").await, before + 1);
}

#[tokio::test]
async fn changes_email_owed_has_jobs_send_the_email_once() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    app.post("/api/users", json!({"email": "bo@example.com", "role": "agent"})).await;
    assert_file("changes/email-owed", &record(&app, in_list("#EMAILS")).await);
    let records: StreamEvent = event("changes/email-owed");
    assert!(records.records.iter().all(changes::follows));
    for _ in 0..2 {
        changes::handle(&app.stack().functions().changes, records.clone()).await.unwrap();
    }
    app.stack().poll_jobs().await.unwrap();
    let mails = app.emulator().mailbox().newest(9).unwrap();
    assert_eq!((mails.len(), mails[0].to.as_str(), app.count("email").await), (1, "bo@example.com", 0));
}

#[tokio::test]
async fn changes_message_named_brings_what_waited_for_the_message() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    app.deliver_file("edit").await;
    app.post_file("text").await;
    app.stack().poll_inbound().await.unwrap();
    assert_eq!(app.count("orphan").await, 1);
    assert_file("changes/message-named", &record(&app, |record| changes::follows(record) && is_of(record, "in")).await);
    assert_edited_by("changes/message-named", &app).await;
}

#[tokio::test]
async fn changes_orphan_kept_finds_a_message_that_came_in_the_same_moment() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    app.post_file("edit").await;
    app.stack().poll_inbound().await.unwrap();
    assert_file("changes/orphan-kept", &record(&app, changes::follows).await);
    app.post_file("text").await;
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
    app.deliver_file("edit").await;
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
    let (parts, body) = app.stack().functions().api.clone().oneshot(request(&text)).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn api_events_log_in_list_and_send() {
    let app = TestApp::start().await;
    app.deliver_file("text").await;
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
