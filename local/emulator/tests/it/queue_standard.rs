//! A standard queue: no message waits for another, nothing is swallowed as a repetition, and a tenant's group is carried
//! along.

use crate::support::{Aws, attribute, bodies, url};
use aws_sdk_sqs::error::ProvideErrorMetadata as _;
use aws_sdk_sqs::types::MessageSystemAttributeName as Attribute;
use std::time::Duration;

const QUEUE: &str = "jobs";

async fn queue() -> Aws {
    let aws = Aws::memory().await;
    aws.sqs.create_queue().queue_name(QUEUE).send().await.unwrap();
    aws
}

async fn send(aws: &Aws, group: &str, body: &str) {
    let send = aws.sqs.send_message().queue_url(url(QUEUE)).message_group_id(group).message_body(body);
    let sent = send.send().await.unwrap();
    assert_eq!(sent.sequence_number(), None);
}

#[tokio::test]
async fn a_message_does_not_wait_for_another_of_its_group_and_the_same_one_comes_twice() {
    let aws = queue().await;
    send(&aws, "tenant", "same").await;
    let first = aws.receive(QUEUE).await;
    send(&aws, "tenant", "same").await;
    let second = aws.receive(QUEUE).await;
    assert_eq!(bodies(&first), bodies(&second));
    assert_ne!(first[0].message_id(), second[0].message_id());
    assert_eq!(attribute(&first[0], &Attribute::MessageGroupId), "tenant");
    assert!(!first[0].attributes().unwrap().contains_key(&Attribute::SequenceNumber));
}

#[tokio::test]
async fn a_delay_holds_back_one_message_alone() {
    let aws = queue().await;
    let late = aws.sqs.send_message().queue_url(url(QUEUE)).message_body("late").delay_seconds(60);
    late.send().await.unwrap();
    send(&aws, "tenant", "now").await;
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["now"]);
    aws.clock.advance(Duration::from_secs(60));
    let late = aws.receive(QUEUE).await;
    assert!(bodies(&late).contains(&"late"));
}

#[tokio::test]
async fn a_standard_queue_knows_nothing_of_deduplication() {
    let aws = queue().await;
    let named = aws.sqs.send_message().queue_url(url(QUEUE)).message_body("a").message_deduplication_id("b");
    assert_eq!(named.send().await.unwrap_err().into_service_error().code(), Some("InvalidParameterValue"));
}
