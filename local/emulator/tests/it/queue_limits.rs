//! SQS FIFO through the SDK: what it refuses, and what releasing, delaying and repeating does.

use crate::support::{Aws, DEAD, MAX_RECEIVES, QUEUE, VISIBILITY, attribute, bodies, url};
use crate::table::code;
use aws_sdk_sqs::operation::change_message_visibility::builders::ChangeMessageVisibilityFluentBuilder;
use aws_sdk_sqs::operation::receive_message::builders::ReceiveMessageFluentBuilder;
use aws_sdk_sqs::operation::send_message::builders::SendMessageFluentBuilder;
use aws_sdk_sqs::operation::send_message_batch::builders::SendMessageBatchFluentBuilder;
use aws_sdk_sqs::operation::set_queue_attributes::builders::SetQueueAttributesFluentBuilder;
use aws_sdk_sqs::types::{
    Message, MessageSystemAttributeName as Attribute, QueueAttributeName, SendMessageBatchRequestEntry,
};
use std::time::Duration;

/// The limit of a message, and of all messages of a batch: 1 MiB.
const LARGEST: usize = 1_048_576;
const INVALID: &str = "InvalidParameterValue";

fn message(aws: &Aws, group: &str, id: &str, body: &str) -> SendMessageFluentBuilder {
    let send = aws.sqs.send_message().queue_url(url(QUEUE)).message_group_id(group).message_body(body);
    send.message_deduplication_id(id)
}

/// A batch of one group, with the beginning of each body as its deduplication id.
fn batch(aws: &Aws, entries: &[(&str, &str)]) -> SendMessageBatchFluentBuilder {
    entries.iter().fold(aws.sqs.send_message_batch().queue_url(url(QUEUE)), |batch, (name, body)| {
        let entry = SendMessageBatchRequestEntry::builder().id(*name).message_body(*body).message_group_id("g");
        batch.entries(entry.message_deduplication_id(body.get(..100).unwrap_or(body)).build().unwrap())
    })
}

fn receive(aws: &Aws, most: i32) -> ReceiveMessageFluentBuilder {
    aws.sqs.receive_message().queue_url(url(QUEUE)).max_number_of_messages(most)
}

/// Makes a message visible after so many seconds from now.
fn change(aws: &Aws, message: &Message, seconds: i32) -> ChangeMessageVisibilityFluentBuilder {
    let change = aws.sqs.change_message_visibility().queue_url(url(QUEUE)).visibility_timeout(seconds);
    change.receipt_handle(message.receipt_handle().unwrap())
}

fn set(aws: &Aws, name: QueueAttributeName, value: &str) -> SetQueueAttributesFluentBuilder {
    aws.sqs.set_queue_attributes().queue_url(url(QUEUE)).attributes(name, value)
}

#[tokio::test]
async fn an_attribute_out_of_range_is_refused() {
    let aws = Aws::memory().await;
    let nowhere = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:no.fifo","maxReceiveCount":2}"#;
    for (name, value) in [
        (QueueAttributeName::VisibilityTimeout, "43201"),
        (QueueAttributeName::DelaySeconds, "901"),
        (QueueAttributeName::RedrivePolicy, nowhere),
    ] {
        assert!(set(&aws, name.clone(), value).send().await.is_err(), "{name:?}");
    }
}

#[tokio::test]
async fn a_message_has_a_mebibyte_at_most_and_so_has_a_batch() {
    let aws = Aws::memory().await;
    let largest = "x".repeat(LARGEST);
    assert_eq!(code(message(&aws, "a", "1", &format!("{largest}x")).send().await), INVALID);
    message(&aws, "a", "2", &largest).send().await.unwrap();
    assert_eq!(aws.receive(QUEUE).await[0].body().unwrap().len(), LARGEST);

    let [half, other] = ["a", "b"].map(|letter| letter.repeat(LARGEST / 2));
    let too_long = format!("{other}b");
    assert_eq!(
        code(batch(&aws, &[("1", &half), ("2", &too_long)]).send().await),
        "AWS.SimpleQueueService.BatchRequestTooLong"
    );
    assert_eq!(batch(&aws, &[("1", &half), ("2", &other)]).send().await.unwrap().successful().len(), 2);
}

#[tokio::test]
async fn a_refused_message_leaves_its_deduplication_id_free() {
    let aws = Aws::memory().await;
    for bad in ["\u{0}", "a\u{8}", "\u{1b}[0m", "\u{ffff}"] {
        assert_eq!(code(message(&aws, "a", "d", bad).send().await), "InvalidMessageContents", "{bad:?}");
    }
    let body = "{\"a\": \"\\u0000 <&>'\"}\t\r\n é 日本語 שלום 👍🏽 \u{200d}\u{fffd}";
    message(&aws, "a", "d", body).send().await.unwrap();
    assert_eq!(bodies(&aws.receive(QUEUE).await), [body]);
}

#[tokio::test]
async fn a_message_needs_a_body_and_a_group_and_an_id_of_128_plain_characters_at_most() {
    let aws = Aws::memory().await;
    let longest = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".repeat(4);
    message(&aws, &longest, &longest, "1").send().await.unwrap();
    let longer = "x".repeat(129);
    for (group, id) in [(longer.as_str(), "d"), ("g", &longer), ("a b", "d"), ("g", "é")] {
        assert_eq!(code(message(&aws, group, id, "1").send().await), INVALID, "{group} {id}");
    }
    assert_eq!(code(message(&aws, "g", "d", "1").set_message_deduplication_id(None).send().await), INVALID);
    assert_eq!(code(message(&aws, "g", "d", "1").set_message_group_id(None).send().await), "MissingParameter");
    assert!(message(&aws, "g", "d", "").send().await.is_err());
}

#[tokio::test]
async fn a_delay_belongs_to_the_queue_and_not_to_a_message() {
    let aws = Aws::memory().await;
    assert_eq!(code(message(&aws, "a", "d", "1").delay_seconds(5).send().await), INVALID);
    set(&aws, QueueAttributeName::DelaySeconds, "60").send().await.unwrap();
    aws.send("a", "1").await;
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "1"]);
    aws.clock.advance(Duration::from_secs(60));
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1"]);
}

#[tokio::test]
async fn a_receive_brings_up_to_ten_messages_in_the_order_of_their_sequence_numbers() {
    let aws = Aws::memory().await;
    let all: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
    for body in &all {
        aws.send("a", body).await;
    }
    let received = aws.receive(QUEUE).await;
    assert_eq!(bodies(&received), all[..10]);
    let numbers = received.iter().map(|one| attribute(one, &Attribute::SequenceNumber).parse::<u128>().unwrap());
    assert!(numbers.is_sorted_by(|one, next| one < next));
    for refused in [receive(&aws, 0), receive(&aws, 11), receive(&aws, 1).wait_time_seconds(21)] {
        assert_eq!(code(refused.send().await), INVALID);
    }
}

#[tokio::test]
async fn released_messages_come_again_in_their_order_before_later_ones() {
    let aws = Aws::memory().await;
    for body in ["1", "2", "3"] {
        aws.send("a", body).await;
    }
    let taken = receive(&aws, 2).send().await.unwrap().messages.unwrap();
    aws.send("a", "4").await;
    for message in taken.iter().rev() {
        assert!(aws.receive(QUEUE).await.is_empty(), "the group waits for messages in flight");
        change(&aws, message, 0).send().await.unwrap();
    }
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn a_receive_and_a_change_choose_a_visibility_timeout_of_their_own() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let timed = |seconds| receive(&aws, 1).visibility_timeout(seconds).send();
    let taken = timed(60).await.unwrap().messages.unwrap();
    aws.clock.advance(Duration::from_secs(59));
    assert!(aws.receive(QUEUE).await.is_empty());
    change(&aws, &taken[0], 60).send().await.unwrap();
    aws.clock.advance(Duration::from_secs(59));
    assert!(aws.receive(QUEUE).await.is_empty());
    assert_eq!(code(timed(43_201).await), INVALID);
    assert_eq!(code(change(&aws, &taken[0], 43_201).send().await), INVALID);
    aws.clock.advance(Duration::from_secs(1));
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1"]);
}

#[tokio::test]
async fn the_receipt_of_an_earlier_receive_neither_deletes_nor_releases() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let earlier = aws.receive(QUEUE).await;
    change(&aws, &earlier[0], 0).send().await.unwrap();
    let later = aws.receive(QUEUE).await;
    assert!(change(&aws, &earlier[0], 0).send().await.is_err());
    let delete = aws.sqs.delete_message().queue_url(url(QUEUE));
    assert!(delete.receipt_handle(earlier[0].receipt_handle().unwrap()).send().await.is_err());
    assert_eq!(aws.counts(QUEUE).await, ["0", "1", "0"]);
    change(&aws, &later[0], 0).send().await.unwrap();
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1"]);
}

#[tokio::test]
async fn a_deduplication_id_counts_in_all_groups_of_its_queue_whatever_the_body() {
    let aws = Aws::memory().await;
    for (group, id, body) in [("a", "d", "1"), ("a", "d", "2"), ("b", "d", "3"), ("b", "e", "1")] {
        message(&aws, group, id, body).send().await.unwrap();
    }
    message(&aws, "a", "d", "1").queue_url(url(DEAD)).send().await.unwrap();
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1", "1"]);
    assert_eq!(bodies(&aws.receive(DEAD).await), ["1"]);
}

#[tokio::test]
async fn a_batch_that_is_sent_again_succeeds_and_comes_once() {
    let aws = Aws::memory().await;
    for _ in 0..2 {
        let sent = batch(&aws, &[("1", "first"), ("2", "second"), ("3", "second")]).send().await.unwrap();
        assert_eq!(sent.successful().len(), 3);
    }
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["first", "second"]);
    for name in ["a".repeat(81).as_str(), "a b", "é"] {
        assert_eq!(
            code(batch(&aws, &[(name, "3")]).send().await),
            "AWS.SimpleQueueService.InvalidBatchEntryId",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_message_deleted_at_its_last_receive_is_no_dead_letter() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    for _ in 1..MAX_RECEIVES {
        change(&aws, &aws.receive(QUEUE).await[0], 0).send().await.unwrap();
    }
    aws.delete(&aws.receive(QUEUE).await[0]).await;
    assert_eq!([aws.counts(QUEUE).await, aws.counts(DEAD).await], [["0", "0", "0"]; 2]);
}

#[tokio::test]
async fn a_dead_letter_keeps_its_id_and_can_be_moved_to_another_queue() {
    let aws = Aws::memory().await;
    let sent = aws.send("a", "poison").await;
    for _ in 0..=MAX_RECEIVES {
        aws.receive(QUEUE).await;
        aws.clock.advance(VISIBILITY);
    }
    assert_eq!(aws.receive(DEAD).await[0].message_id(), sent.message_id());
    aws.clock.advance(VISIBILITY);

    aws.sqs.create_queue().queue_name("other.fifo").send().await.unwrap();
    let [dead, other] = [DEAD, "other.fifo"].map(|name| format!("arn:aws:sqs:us-east-1:000000000000:{name}"));
    aws.sqs.start_message_move_task().source_arn(dead).destination_arn(other).send().await.unwrap();
    assert_eq!(bodies(&aws.receive("other.fifo").await), ["poison"]);
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "0"]);
}
