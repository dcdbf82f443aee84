//! The SQS event source: what it hands to a function, and what it does with the answer.

use crate::support::{Aws, QUEUE, VISIBILITY};
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use emulator::source::{Polled, Running};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{mpsc, watch};

fn bodies(event: &SqsEvent) -> Vec<String> {
    event.records.iter().map(|record| record.body.clone().unwrap()).collect()
}

/// A response that reports the records with these bodies.
fn failing(event: &SqsEvent, failed: &[&str]) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for record in event.records.iter().filter(|record| failed.contains(&record.body.as_deref().unwrap())) {
        response.add_failure(record.message_id.clone().unwrap());
    }
    response
}

#[tokio::test]
async fn an_event_has_the_shape_that_lambda_gives_it() {
    let aws = Aws::memory().await;
    let sent = aws.send("a", "1").await;
    let seen = Mutex::new(None);
    let handler = |event: SqsEvent| {
        *seen.lock().unwrap() = Some(serde_json::to_value(&event).unwrap());
        async { Ok::<_, Infallible>(SqsBatchResponse::default()) }
    };
    aws.emulator.queue_source(QUEUE).poll_once(&handler).await.unwrap();
    let event = seen.lock().unwrap().take().unwrap();
    let record = &event["Records"][0];
    assert_eq!(record["messageId"], sent.message_id().unwrap());
    assert_eq!(record["body"], "1");
    assert_eq!(record["md5OfBody"], sent.md5_of_message_body().unwrap());
    assert_eq!(record["eventSource"], "aws:sqs");
    assert_eq!(record["eventSourceARN"], "arn:aws:sqs:us-east-1:000000000000:work.fifo");
    assert_eq!(record["awsRegion"], "us-east-1");
    assert_eq!(record["attributes"]["ApproximateReceiveCount"], "1");
    assert_eq!(record["attributes"]["MessageGroupId"], "a");
    assert_eq!(record["attributes"]["SequenceNumber"], sent.sequence_number().unwrap());
    assert!(record["attributes"]["SentTimestamp"].is_string());
}

#[tokio::test]
async fn what_is_not_reported_is_deleted_and_the_rest_comes_again() {
    let aws = Aws::memory().await;
    for (group, body) in [("a", "1"), ("a", "2"), ("b", "3")] {
        aws.send(group, body).await;
    }
    let seen = Mutex::new(Vec::new());
    let handler = |event: SqsEvent| {
        seen.lock().unwrap().push(bodies(&event));
        let response = if seen.lock().unwrap().len() == 1 { failing(&event, &["2"]) } else { failing(&event, &[]) };
        async { Ok::<_, Infallible>(response) }
    };
    let source = aws.emulator.queue_source(QUEUE);
    let first = source.poll_once(&handler).await.unwrap();
    assert_eq!(first, Polled { received: 3, deleted: 2, failed: 1 });
    assert!(source.poll_once(&handler).await.unwrap().is_empty());
    aws.clock.advance(VISIBILITY);
    assert_eq!(source.poll_once(&handler).await.unwrap(), Polled { received: 1, deleted: 1, failed: 0 });
    assert_eq!(*seen.lock().unwrap(), [vec!["1", "2", "3"], vec!["2"]]);
}

#[tokio::test]
async fn an_error_a_panic_and_an_unknown_id_fail_the_whole_batch() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    aws.send("b", "2").await;
    let source = aws.emulator.queue_source(QUEUE);
    let all_failed = Polled { received: 2, deleted: 0, failed: 2 };

    let error = source.poll_once(&|_| async { Err::<SqsBatchResponse, _>("no") }).await.unwrap();
    assert_eq!(error, all_failed);
    aws.clock.advance(VISIBILITY);
    let panic =
        |_: SqsEvent| async { if true { panic!("bug") } else { Ok::<_, Infallible>(SqsBatchResponse::default()) } };
    assert_eq!(source.poll_once(&panic).await.unwrap(), all_failed);
    aws.clock.advance(VISIBILITY);
    let unknown = |_| async {
        let mut response = SqsBatchResponse::default();
        response.add_failure("somebody else's");
        Ok::<_, Infallible>(response)
    };
    assert_eq!(source.poll_once(&unknown).await.unwrap(), all_failed);
}

#[tokio::test]
async fn a_message_that_outlives_its_visibility_is_not_deleted() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let slow = |_: SqsEvent| async {
        aws.clock.advance(VISIBILITY);
        Ok::<_, Infallible>(SqsBatchResponse::default())
    };
    let polled = aws.emulator.queue_source(QUEUE).poll_once(&slow).await.unwrap();
    assert_eq!(polled, Polled { received: 1, deleted: 0, failed: 1 });
    assert_eq!(aws.counts(QUEUE).await, ["1", "0", "0"]);
}

#[tokio::test]
async fn an_event_holds_no_more_than_the_batch_size() {
    let aws = Aws::memory().await;
    for body in ["1", "2", "3"] {
        aws.send("a", body).await;
    }
    let handler = |event: SqsEvent| async move { Ok::<_, Infallible>(failing(&event, &[])) };
    let polled = aws.emulator.queue_source(QUEUE).batch_size(2).poll_once(&handler).await.unwrap();
    assert_eq!(polled.received, 2);
}

#[tokio::test(start_paused = true)]
async fn running_pollers_are_woken_by_a_send_and_stop_when_told() {
    let aws = Aws::memory().await;
    let (seen, mut received) = mpsc::unbounded_channel();
    let (stop, shutdown) = watch::channel(Running::Go);
    let source = aws.emulator.queue_source(QUEUE);
    let handler = move |event: SqsEvent| {
        seen.send(bodies(&event)).unwrap();
        async { Ok::<_, Infallible>(SqsBatchResponse::default()) }
    };
    let running = tokio::spawn(async move { source.run(3, handler, shutdown).await });
    for body in ["1", "2"] {
        aws.send("a", body).await;
        assert_eq!(received.recv().await.unwrap(), [body]);
    }
    stop.send(Running::Stop).unwrap();
    running.await.unwrap();
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "0"]);
}

#[tokio::test(start_paused = true)]
async fn concurrent_pollers_never_hold_the_same_group_and_keep_its_order() {
    let aws = Aws::memory().await;
    for body in 0..40 {
        aws.send(&format!("group-{}", body % 4), &format!("{body:02}")).await;
    }
    let held = Arc::new(Mutex::new(BTreeSet::<String>::new()));
    let (seen, mut received) = mpsc::unbounded_channel();
    let handler = move |event: SqsEvent| {
        let held = Arc::clone(&held);
        let seen = seen.clone();
        async move {
            let groups: BTreeSet<String> = event.records.iter().map(group).collect();
            for group in &groups {
                assert!(held.lock().unwrap().insert(group.clone()));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
            event.records.iter().for_each(|record| seen.send((group(record), record.body.clone().unwrap())).unwrap());
            held.lock().unwrap().retain(|group| !groups.contains(group));
            Ok::<_, Infallible>(SqsBatchResponse::default())
        }
    };
    let (stop, shutdown) = watch::channel(Running::Go);
    let source = aws.emulator.queue_source(QUEUE).batch_size(3);
    let running = tokio::spawn(async move { source.run(4, handler, shutdown).await });
    let mut order = BTreeMap::<String, Vec<String>>::new();
    for _ in 0..40 {
        let (group, body) = received.recv().await.unwrap();
        order.entry(group).or_default().push(body);
    }
    stop.send(Running::Stop).unwrap();
    running.await.unwrap();
    assert!(order.values().all(|bodies| bodies.len() == 10 && bodies.is_sorted()), "{order:?}");
}

fn group(record: &SqsMessage) -> String {
    record.attributes["MessageGroupId"].clone()
}
