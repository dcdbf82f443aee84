//! The stream pump: what it hands to a function, when its position moves, and what it does with a poison record.

use crate::support::{Aws, TABLE, at, text};
use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use aws_sdk_dynamodb::types::{AttributeValue, TimeToLiveSpecification};
use emulator::source::{Pumped, Running};
use std::convert::Infallible;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

fn id(record: &EventRecord) -> String {
    let serde_dynamo::AttributeValue::S(id) = &record.change.keys["id"] else { panic!("{record:?}") };
    id.clone()
}

fn ids(event: &Event) -> Vec<String> {
    event.records.iter().map(id).collect()
}

fn every(_: &EventRecord) -> bool {
    true
}

async fn done(_: Event) -> Result<DynamoDbEventResponse, Infallible> {
    Ok(DynamoDbEventResponse::default())
}

fn report(response: &mut DynamoDbEventResponse, record: &EventRecord) {
    let mut failure = DynamoDbBatchItemFailure::default();
    failure.item_identifier.clone_from(&record.change.sequence_number);
    response.batch_item_failures.push(failure);
}

/// Remembers the ids of each event.
#[derive(Default)]
struct Seen(Mutex<Vec<Vec<String>>>);

impl Seen {
    fn note(&self, event: &Event) -> usize {
        let mut seen = self.0.lock().unwrap();
        seen.push(ids(event));
        seen.len()
    }

    fn all(&self) -> Vec<Vec<String>> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn an_event_has_the_shape_that_lambda_gives_it() {
    let aws = Aws::memory().await;
    aws.put("a", "1").await;
    aws.put("a", "2").await;
    let seen = Mutex::new(None);
    let handler = |event: Event| {
        *seen.lock().unwrap() = Some(serde_json::to_value(&event).unwrap());
        done(event)
    };
    aws.emulator.stream_source(TABLE, "relay").pump_once(every, &handler).await.unwrap();
    let event = seen.lock().unwrap().take().unwrap();
    let [first, second] = [&event["Records"][0], &event["Records"][1]];
    assert_eq!(first["eventName"], "INSERT");
    assert_eq!(second["eventName"], "MODIFY");
    assert_eq!(second["eventSource"], "aws:dynamodb");
    assert_eq!(second["eventVersion"], "1.1");
    assert_eq!(second["awsRegion"], "us-east-1");
    assert_ne!(first["eventID"], second["eventID"]);
    let arn = second["eventSourceARN"].as_str().unwrap();
    assert!(arn.starts_with("arn:aws:dynamodb:us-east-1:000000000000:table/things/stream/"), "{arn}");
    let change = &second["dynamodb"];
    assert_eq!(change["Keys"]["id"]["S"], "a");
    assert_eq!(change["OldImage"]["value"]["S"], "1");
    assert_eq!(change["NewImage"]["value"]["S"], "2");
    assert_eq!(change["StreamViewType"], "NEW_AND_OLD_IMAGES");
    assert!(change["SizeBytes"].as_i64().unwrap() > 0);
    assert!(change["SequenceNumber"].as_str() > first["dynamodb"]["SequenceNumber"].as_str());
}

#[tokio::test]
async fn the_removal_by_time_to_live_says_who_removed() {
    let aws = Aws::memory().await;
    let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    aws.dynamodb.update_time_to_live().table_name(TABLE).time_to_live_specification(ttl).send().await.unwrap();
    let put = aws.dynamodb.put_item().table_name(TABLE).item("id", text("a"));
    put.item("expires", AttributeValue::N("1800000000".to_owned())).send().await.unwrap();
    let source = aws.emulator.stream_source(TABLE, "relay");
    source.pump_once(every, &done).await.unwrap();

    aws.clock.set(at(1_800_000_001_000));
    aws.emulator.database().sweep_ttl().unwrap();
    let seen = Mutex::new(Vec::new());
    let handler = |event: Event| {
        seen.lock().unwrap().extend(event.records.clone());
        done(event)
    };
    source.pump_once(every, &handler).await.unwrap();
    let removal = seen.lock().unwrap().remove(0);
    assert_eq!(removal.event_name, "REMOVE");
    let identity = removal.user_identity.unwrap();
    assert_eq!((identity.type_.as_str(), identity.principal_id.as_str()), ("Service", "dynamodb.amazonaws.com"));
}

#[tokio::test]
async fn each_consumer_sees_each_record_once_and_only_what_is_new() {
    let aws = Aws::memory().await;
    let source = aws.emulator.stream_source(TABLE, "relay");
    aws.put("a", "1").await;
    let one = Pumped { invocations: 1, delivered: 1, ..Pumped::default() };
    assert_eq!(source.pump_once(every, &done).await.unwrap(), one);
    assert_eq!(source.pump_once(every, &done).await.unwrap(), Pumped::default());
    aws.put("b", "1").await;
    assert_eq!(source.pump_once(every, &done).await.unwrap(), one);
    let other = aws.emulator.stream_source(TABLE, "changes").pump_once(every, &done).await.unwrap();
    assert_eq!(other, Pumped { invocations: 1, delivered: 2, ..Pumped::default() });
}

#[tokio::test]
async fn a_filtered_record_is_passed_over_without_an_invocation() {
    let aws = Aws::memory().await;
    for name in ["a", "b", "c"] {
        aws.put(name, "1").await;
    }
    let seen = Seen::default();
    let handler = |event: Event| {
        seen.note(&event);
        done(event)
    };
    let source = aws.emulator.stream_source(TABLE, "relay");
    let pumped = source.pump_once(|record| id(record) == "b", &handler).await.unwrap();
    assert_eq!(pumped, Pumped { invocations: 1, delivered: 1, filtered: 2, passed_over: 0 });
    assert_eq!(seen.all(), [["b"]]);
    aws.put("d", "1").await;
    let pumped = source.pump_once(|_| false, &handler).await.unwrap();
    assert_eq!(pumped, Pumped { filtered: 1, ..Pumped::default() });
    assert_eq!(source.pump_once(every, &handler).await.unwrap(), Pumped::default());
}

#[tokio::test]
async fn a_failed_batch_comes_again_and_the_position_stays() {
    let aws = Aws::memory().await;
    aws.put("a", "1").await;
    aws.put("b", "1").await;
    let seen = Seen::default();
    let handler = |event: Event| {
        let attempt = seen.note(&event);
        async move { if attempt < 3 { Err("not yet") } else { Ok(DynamoDbEventResponse::default()) } }
    };
    let source = aws.emulator.stream_source(TABLE, "relay");
    let pumped = source.pump_once(every, &handler).await.unwrap();
    assert_eq!(pumped, Pumped { invocations: 3, delivered: 2, ..Pumped::default() });
    assert_eq!(seen.all(), [["a", "b"]; 3]);
}

#[tokio::test]
async fn a_partial_failure_comes_again_from_the_first_failed_record() {
    let aws = Aws::memory().await;
    for name in ["a", "b", "c", "d"] {
        aws.put(name, "1").await;
    }
    let seen = Seen::default();
    let handler = |event: Event| {
        let mut response = DynamoDbEventResponse::default();
        if seen.note(&event) == 1 {
            for index in [2, 1] {
                report(&mut response, &event.records[index]);
            }
        }
        async { Ok::<_, Infallible>(response) }
    };
    let pumped = aws.emulator.stream_source(TABLE, "relay").pump_once(every, &handler).await.unwrap();
    assert_eq!(pumped, Pumped { invocations: 2, delivered: 4, ..Pumped::default() });
    assert_eq!(seen.all(), [vec!["a", "b", "c", "d"], vec!["b", "c", "d"]]);
}

#[tokio::test]
async fn a_poison_record_is_found_by_halving_and_passed_over() {
    let aws = Aws::memory().await;
    for name in ["a", "b", "c", "poison", "e", "f", "g"] {
        aws.put(name, "1").await;
    }
    let delivered = Mutex::new(Vec::new());
    let handler = |event: Event| {
        let ids = ids(&event);
        let result =
            if ids.contains(&"poison".to_owned()) { Err("poisoned") } else { Ok(DynamoDbEventResponse::default()) };
        if result.is_ok() {
            delivered.lock().unwrap().extend(ids);
        }
        async { result }
    };
    let source = aws.emulator.stream_source(TABLE, "relay").attempts(2);
    let pumped = source.pump_once(every, &handler).await.unwrap();
    assert_eq!((pumped.delivered, pumped.passed_over), (6, 1));
    assert_eq!(*delivered.lock().unwrap(), ["a", "b", "c", "e", "f", "g"]);
    assert_eq!(source.pump_once(every, &handler).await.unwrap(), Pumped::default());
}

#[tokio::test]
async fn a_record_that_the_function_names_is_passed_over_without_halving() {
    let aws = Aws::memory().await;
    for name in ["a", "poison", "c"] {
        aws.put(name, "1").await;
    }
    let seen = Seen::default();
    let handler = |event: Event| {
        seen.note(&event);
        let mut response = DynamoDbEventResponse::default();
        for record in event.records.iter().filter(|record| id(record) == "poison") {
            report(&mut response, record);
        }
        async { Ok::<_, Infallible>(response) }
    };
    let source = aws.emulator.stream_source(TABLE, "relay").attempts(2);
    let pumped = source.pump_once(every, &handler).await.unwrap();
    assert_eq!(pumped, Pumped { invocations: 3, delivered: 2, filtered: 0, passed_over: 1 });
    assert_eq!(seen.all(), [vec!["a", "poison", "c"], vec!["poison", "c"], vec!["c"]]);
}

#[tokio::test]
async fn one_batch_at_a_time_passes_nothing_over() {
    let aws = Aws::memory().await;
    for name in ["a", "b", "c"] {
        aws.put(name, "1").await;
    }
    let source = aws.emulator.stream_source(TABLE, "relay").batch_size(2).attempts(1);
    let failing = |_: Event| async { Err::<DynamoDbEventResponse, _>("not yet") };
    for _ in 0..3 {
        let failed = source.pump_batch(every, &failing).await.unwrap();
        assert_eq!(failed, Pumped { invocations: 1, ..Pumped::default() });
    }
    for delivered in [2, 1] {
        let pumped = source.pump_batch(every, &done).await.unwrap();
        assert_eq!(pumped, Pumped { invocations: 1, delivered, ..Pumped::default() });
    }
    assert_eq!(source.pump_batch(every, &done).await.unwrap(), Pumped::default());
}

#[tokio::test]
async fn reopening_a_file_goes_on_where_the_function_was_done() {
    let dir = tempfile::tempdir().unwrap();
    let before = Aws::create(dir.path()).await;
    before.put("a", "1").await;
    before.emulator.stream_source(TABLE, "relay").pump_once(every, &done).await.unwrap();
    before.put("b", "1").await;
    drop(before);

    let after = Aws::open(dir.path());
    let seen = Seen::default();
    let handler = |event: Event| {
        seen.note(&event);
        done(event)
    };
    after.emulator.stream_source(TABLE, "relay").pump_once(every, &handler).await.unwrap();
    assert_eq!(seen.all(), [["b"]]);
}

#[tokio::test]
async fn a_crash_before_the_function_is_done_delivers_again_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let before = Aws::create(dir.path()).await;
    before.put("a", "1").await;
    let never = |_: Event| std::future::pending::<Result<DynamoDbEventResponse, Infallible>>();
    let source = before.emulator.stream_source(TABLE, "relay");
    assert!(futures::poll!(Box::pin(source.pump_once(every, &never))).is_pending());
    drop((source, before));

    let pumped = Aws::open(dir.path()).emulator.stream_source(TABLE, "relay").pump_once(every, &done).await.unwrap();
    assert_eq!(pumped.delivered, 1);
}

#[tokio::test]
async fn trimming_a_file_forgets_old_records_and_the_stream_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let aws = Aws::create(dir.path()).await;
    for name in ["a", "b", "c"] {
        aws.put(name, "1").await;
    }
    let future = runtime::Clock::now(&*aws.clock).plus(Duration::from_secs(3600));
    assert_eq!(aws.emulator.database().trim_streams(future).unwrap(), 2);
    aws.put("d", "1").await;
    let seen = Seen::default();
    let handler = |event: Event| {
        seen.note(&event);
        done(event)
    };
    aws.emulator.stream_source(TABLE, "relay").pump_once(every, &handler).await.unwrap();
    assert_eq!(seen.all(), [["c", "d"]]);
}

#[tokio::test(start_paused = true)]
async fn a_running_pump_is_woken_by_a_write_and_retries_until_it_is_told_to_stop() {
    let aws = Aws::memory().await;
    let (seen, mut received) = mpsc::unbounded_channel();
    let (stop, shutdown) = watch::channel(Running::Go);
    let source = aws.emulator.stream_source(TABLE, "relay");
    let attempts = Mutex::new(0);
    let handler = move |event: Event| {
        seen.send(ids(&event)).unwrap();
        *attempts.lock().unwrap() += 1;
        let result = if *attempts.lock().unwrap() == 1 { Err("not yet") } else { Ok(DynamoDbEventResponse::default()) };
        async { result }
    };
    let running = tokio::spawn(async move { source.run(every, handler, shutdown).await });
    aws.put("a", "1").await;
    assert_eq!(received.recv().await.unwrap(), ["a"]);
    assert_eq!(received.recv().await.unwrap(), ["a"]);
    aws.put("b", "1").await;
    assert_eq!(received.recv().await.unwrap(), ["b"]);
    stop.send(Running::Stop).unwrap();
    running.await.unwrap();
}
