//! SQS FIFO through the SDK: order, blocking, visibility, deduplication, dead letters, batches, and what a file keeps.

use crate::support::{Aws, DEAD, MAX_RECEIVES, QUEUE, VISIBILITY, attribute, bodies, url};
use aws_sdk_sqs::error::ProvideErrorMetadata as _;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, MessageSystemAttributeName as Attribute,
    QueueAttributeName, SendMessageBatchRequestEntry, SendMessageBatchResultEntry,
};
use std::time::Duration;

const MILLISECOND: Duration = Duration::from_millis(1);

fn entry(id: &str, group: &str, body: &str) -> SendMessageBatchRequestEntry {
    let entry = SendMessageBatchRequestEntry::builder().id(id).message_group_id(group).message_body(body);
    entry.message_deduplication_id(format!("{group}-{id}")).build().unwrap()
}

#[tokio::test]
async fn one_receive_brings_a_groups_messages_in_order_before_the_next_group() {
    let aws = Aws::memory().await;
    for (group, body) in [("a", "1"), ("b", "2"), ("a", "3"), ("b", "4"), ("a", "5")] {
        aws.send(group, body).await;
    }
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1", "3", "5", "2", "4"]);
}

#[tokio::test]
async fn a_group_is_silent_while_one_of_its_messages_is_in_flight_and_others_are_not() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let first = aws.receive(QUEUE).await;
    aws.send("a", "2").await;
    aws.send("b", "3").await;
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["3"]);
    aws.delete(&first[0]).await;
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["2"]);
}

#[tokio::test]
async fn a_group_waits_for_the_last_of_its_messages_in_flight() {
    let aws = Aws::memory().await;
    for body in ["1", "2", "3"] {
        aws.send("a", body).await;
    }
    let taken = aws.receive(QUEUE).await;
    aws.delete(&taken[0]).await;
    let sooner = aws.sqs.change_message_visibility().queue_url(url(QUEUE)).visibility_timeout(1);
    sooner.receipt_handle(taken[1].receipt_handle().unwrap()).send().await.unwrap();
    aws.clock.advance(Duration::from_secs(2));
    assert!(aws.receive(QUEUE).await.is_empty());
    aws.clock.advance(VISIBILITY);
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["2", "3"]);
}

#[tokio::test]
async fn a_message_comes_again_when_its_visibility_runs_out_and_not_before() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let sent = aws.emulator.queues().next_visible_at(QUEUE).unwrap().unwrap();
    let first = aws.receive(QUEUE).await;
    assert_eq!(aws.emulator.queues().next_visible_at(QUEUE).unwrap(), Some(sent.plus(VISIBILITY)));
    aws.clock.advance(VISIBILITY - MILLISECOND);
    assert!(aws.receive(QUEUE).await.is_empty());
    aws.clock.advance(MILLISECOND);
    let second = aws.receive(QUEUE).await;
    assert_eq!(first[0].message_id(), second[0].message_id());
    assert_eq!(attribute(&second[0], &Attribute::ApproximateReceiveCount), "2");
    assert_eq!(
        attribute(&second[0], &Attribute::ApproximateFirstReceiveTimestamp),
        attribute(&first[0], &Attribute::ApproximateFirstReceiveTimestamp)
    );
}

#[tokio::test]
async fn what_is_in_flight_stays_so_over_a_restart_until_it_is_released() {
    let dir = tempfile::tempdir().unwrap();
    let before = Aws::create(dir.path()).await;
    for (group, body) in [("a", "1"), ("a", "2"), ("b", "3")] {
        before.send(group, body).await;
    }
    let taken = before.receive(QUEUE).await;
    before.send("a", "4").await;
    drop(before);

    let after = Aws::open(dir.path());
    assert!(after.receive(QUEUE).await.is_empty());
    assert_eq!(after.emulator.queues().release_in_flight().unwrap(), 3);
    let again = after.receive(QUEUE).await;
    assert_eq!(bodies(&again), ["1", "2", "4", "3"]);
    assert_eq!(attribute(&again[0], &Attribute::ApproximateReceiveCount), "2");
    let stale = after.sqs.delete_message().queue_url(url(QUEUE));
    assert!(stale.receipt_handle(taken[0].receipt_handle().unwrap()).send().await.is_err());
    for message in &again {
        after.delete(message).await;
    }
    assert_eq!(after.emulator.queues().release_in_flight().unwrap(), 0);
    assert_eq!(after.emulator.queues().next_visible_at(QUEUE).unwrap(), None);
}

#[tokio::test]
async fn what_is_delayed_is_not_in_flight() {
    let aws = Aws::memory().await;
    let delayed = aws.sqs.set_queue_attributes().queue_url(url(QUEUE));
    delayed.attributes(QueueAttributeName::DelaySeconds, "60").send().await.unwrap();
    aws.send("a", "1").await;
    assert_eq!(aws.emulator.queues().release_in_flight().unwrap(), 0);
    assert!(aws.receive(QUEUE).await.is_empty());
}

#[tokio::test]
async fn a_received_message_says_what_a_consumer_needs_to_know() {
    let aws = Aws::memory().await;
    let sent = aws.send("a", "hello").await;
    let received = aws.receive(QUEUE).await;
    let message = &received[0];
    assert_eq!(message.message_id(), sent.message_id());
    assert_eq!(message.md5_of_body(), Some("5d41402abc4b2a76b9719d911017c592"));
    assert_eq!(sent.md5_of_message_body(), message.md5_of_body());
    assert_eq!(Some(attribute(message, &Attribute::SequenceNumber).as_str()), sent.sequence_number());
    assert_eq!(attribute(message, &Attribute::MessageGroupId), "a");
    assert_eq!(attribute(message, &Attribute::MessageDeduplicationId), "a-hello");
    assert_eq!(attribute(message, &Attribute::ApproximateReceiveCount), "1");
}

#[tokio::test]
async fn a_repeated_deduplication_id_is_swallowed_for_five_minutes_also_after_deletion() {
    let aws = Aws::memory().await;
    let original = aws.send("a", "1").await;
    let received = aws.receive(QUEUE).await;
    aws.delete(&received[0]).await;
    aws.clock.advance(Duration::from_secs(300) - MILLISECOND);
    let repeated = aws.send("a", "1").await;
    assert_eq!(repeated.message_id(), original.message_id());
    assert_eq!(repeated.sequence_number(), original.sequence_number());
    assert!(aws.receive(QUEUE).await.is_empty());

    aws.clock.advance(MILLISECOND);
    assert_ne!(aws.send("a", "1").await.message_id(), original.message_id());
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["1"]);
}

#[tokio::test]
async fn a_queue_may_deduplicate_by_content_and_within_a_group() {
    let aws = Aws::memory().await;
    let create = aws.sqs.create_queue().queue_name("content.fifo");
    let create = create.attributes(QueueAttributeName::ContentBasedDeduplication, "true");
    create.attributes(QueueAttributeName::DeduplicationScope, "messageGroup").send().await.unwrap();
    for group in ["a", "a", "b"] {
        let send = aws.sqs.send_message().queue_url(url("content.fifo")).message_body("same");
        send.message_group_id(group).send().await.unwrap();
    }
    assert_eq!(bodies(&aws.receive("content.fifo").await), ["same", "same"]);
}

#[tokio::test]
async fn a_message_received_too_often_goes_to_the_dead_letter_queue_and_frees_its_group() {
    let aws = Aws::memory().await;
    aws.send("a", "poison").await;
    for _ in 0..MAX_RECEIVES {
        assert_eq!(bodies(&aws.receive(QUEUE).await), ["poison"]);
        aws.clock.advance(VISIBILITY);
    }
    aws.send("a", "next").await;
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["next"]);
    let dead = aws.receive(DEAD).await;
    assert_eq!(bodies(&dead), ["poison"]);
    assert_eq!(attribute(&dead[0], &Attribute::MessageGroupId), "a");
}

#[tokio::test]
async fn a_move_task_brings_dead_letters_back_as_new_messages() {
    let aws = Aws::memory().await;
    let original = aws.send("a", "poison").await;
    for _ in 0..=MAX_RECEIVES {
        aws.receive(QUEUE).await;
        aws.clock.advance(VISIBILITY);
    }
    assert_eq!(aws.counts(DEAD).await, ["1", "0", "0"]);
    let arn = format!("arn:aws:sqs:us-east-1:000000000000:{DEAD}");
    aws.sqs.start_message_move_task().source_arn(arn).send().await.unwrap();
    assert_eq!(aws.counts(DEAD).await, ["0", "0", "0"]);
    let back = aws.receive(QUEUE).await;
    assert_eq!(bodies(&back), ["poison"]);
    assert_eq!(attribute(&back[0], &Attribute::ApproximateReceiveCount), "1");
    assert_ne!(back[0].message_id(), original.message_id());
}

#[tokio::test]
async fn only_a_dead_letter_queue_can_be_moved() {
    let aws = Aws::memory().await;
    let arn = |name: &str| format!("arn:aws:sqs:us-east-1:000000000000:{name}");
    let missing = aws.sqs.start_message_move_task().source_arn(arn("no.fifo")).send().await.unwrap_err();
    assert!(missing.into_service_error().is_resource_not_found_exception());
    let wrong = aws.sqs.start_message_move_task().source_arn(arn(QUEUE)).send().await.unwrap_err();
    assert_eq!(wrong.into_service_error().code(), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn a_batch_succeeds_and_fails_entry_by_entry() {
    let aws = Aws::memory().await;
    let without_group = SendMessageBatchRequestEntry::builder().id("2").message_body("b");
    let sent = aws
        .sqs
        .send_message_batch()
        .queue_url(url(QUEUE))
        .entries(entry("1", "a", "first"))
        .entries(without_group.message_deduplication_id("x").build().unwrap())
        .entries(entry("3", "a", "not\u{1}carried"))
        .entries(entry("4", "a", "last"))
        .send()
        .await
        .unwrap();
    let successful: Vec<_> = sent.successful().iter().map(SendMessageBatchResultEntry::id).collect();
    let failed: Vec<_> = sent.failed().iter().map(|entry| (entry.id(), entry.code(), entry.sender_fault())).collect();
    assert_eq!(successful, ["1", "4"]);
    assert_eq!(failed, [("2", "MissingParameter", true), ("3", "InvalidMessageContents", true)]);
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["first", "last"]);
}

#[tokio::test]
async fn a_batch_that_is_wrong_as_a_whole_is_refused_and_sends_nothing() {
    let aws = Aws::memory().await;
    let batch = |entries: Vec<_>| aws.sqs.send_message_batch().queue_url(url(QUEUE)).set_entries(Some(entries)).send();

    let empty = batch(vec![]).await.unwrap_err().into_service_error();
    assert!(empty.is_empty_batch_request(), "{empty:?}");
    let many = batch((0..11).map(|n| entry(&n.to_string(), "a", "x")).collect()).await.unwrap_err();
    assert!(many.into_service_error().is_too_many_entries_in_batch_request());
    let twice = batch(vec![entry("1", "a", "x"), entry("1", "a", "y")]).await.unwrap_err();
    assert!(twice.into_service_error().is_batch_entry_ids_not_distinct());
    let half = "x".repeat(600_000);
    let long = batch(vec![entry("1", "a", &half), entry("2", "a", &half)]).await.unwrap_err();
    assert!(long.into_service_error().is_batch_request_too_long());
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "0"]);
}

#[tokio::test]
async fn deletions_and_visibilities_in_a_batch_have_their_own_results() {
    let aws = Aws::memory().await;
    for group in ["a", "b", "c"] {
        aws.send(group, "x").await;
    }
    let taken = aws.receive(QUEUE).await;
    let handle = |index: usize| taken[index].receipt_handle().unwrap();
    let delete = |id: &str, handle: &str| {
        DeleteMessageBatchRequestEntry::builder().id(id).receipt_handle(handle).build().unwrap()
    };
    let request = aws.sqs.delete_message_batch().queue_url(url(QUEUE)).entries(delete("1", handle(0)));
    let deleted = request.entries(delete("2", "nonsense")).send().await.unwrap();
    assert_eq!(deleted.successful()[0].id(), "1");
    assert_eq!(deleted.failed()[0].code(), "ReceiptHandleIsInvalid");

    let change = |id: &str, index: usize| {
        let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(id).receipt_handle(handle(index));
        entry.visibility_timeout(0).build().unwrap()
    };
    let request = aws.sqs.change_message_visibility_batch().queue_url(url(QUEUE)).entries(change("1", 0));
    let changed = request.entries(change("2", 1)).send().await.unwrap();
    assert_eq!(changed.failed()[0].id(), "1");
    assert_eq!(changed.successful()[0].id(), "2");
    assert_eq!(aws.counts(QUEUE).await, ["1", "1", "0"]);
}

#[tokio::test]
async fn a_handle_is_good_while_its_message_is_in_flight() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    let taken = aws.receive(QUEUE).await;
    let handle = taken[0].receipt_handle().unwrap();
    aws.clock.advance(VISIBILITY);
    let delete = || aws.sqs.delete_message().queue_url(url(QUEUE)).receipt_handle(handle).send();
    let late = delete().await.unwrap_err().into_service_error();
    assert_eq!(late.code(), Some("InvalidParameterValue"));
    let change = aws.sqs.change_message_visibility().queue_url(url(QUEUE)).receipt_handle(handle).visibility_timeout(1);
    assert!(change.send().await.unwrap_err().into_service_error().is_message_not_inflight());

    let again = aws.receive(QUEUE).await;
    assert!(delete().await.is_err());
    aws.delete(&again[0]).await;
    assert!(delete().await.is_ok(), "deleting what is gone succeeds");
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "0"]);
}

#[tokio::test]
async fn retention_removes_old_messages() {
    let aws = Aws::memory().await;
    let four_days = Duration::from_secs(345_600);
    aws.send("a", "old").await;
    aws.clock.advance(MILLISECOND);
    aws.send("a", "new").await;
    aws.clock.advance(four_days);
    assert_eq!(bodies(&aws.receive(QUEUE).await), ["new"]);
}

#[tokio::test]
async fn a_queue_is_created_once_and_not_over_another() {
    let aws = Aws::memory().await;
    let create = |timeout: &str| {
        let create = aws.sqs.create_queue().queue_name(QUEUE);
        create.attributes(QueueAttributeName::VisibilityTimeout, timeout).send()
    };
    assert_eq!(create("30").await.unwrap().queue_url(), Some(url(QUEUE).as_str()));
    assert!(create("31").await.unwrap_err().into_service_error().is_queue_name_exists());
    let set = aws.sqs.set_queue_attributes().queue_url(url(QUEUE));
    set.attributes(QueueAttributeName::VisibilityTimeout, "31").send().await.unwrap();
    assert!(create("31").await.is_ok());
    let misnamed = aws.sqs.create_queue().queue_name("no name").send().await.unwrap_err();
    assert_eq!(misnamed.into_service_error().code(), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn an_unknown_queue_is_named_as_such() {
    let aws = Aws::memory().await;
    let receive = aws.sqs.receive_message().queue_url(url("no.fifo")).send().await.unwrap_err();
    assert!(receive.into_service_error().is_queue_does_not_exist());
    let found = aws.sqs.get_queue_url().queue_name(QUEUE).send().await.unwrap();
    assert_eq!(found.queue_url(), Some(url(QUEUE).as_str()));
}

#[tokio::test]
async fn purging_removes_everything() {
    let aws = Aws::memory().await;
    aws.send("a", "1").await;
    aws.receive(QUEUE).await;
    aws.send("b", "2").await;
    aws.sqs.purge_queue().queue_url(url(QUEUE)).send().await.unwrap();
    assert_eq!(aws.counts(QUEUE).await, ["0", "0", "0"]);
    assert_eq!(aws.emulator.queues().next_visible_at(QUEUE).unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn a_waiting_receive_is_woken_by_a_send() {
    let aws = Aws::memory().await;
    let waiting = aws.sqs.receive_message().queue_url(url(QUEUE)).wait_time_seconds(20).send();
    let (received, _) = tokio::join!(waiting, aws.send("a", "1"));
    assert_eq!(bodies(received.unwrap().messages()), ["1"]);
}

#[tokio::test]
async fn reopening_a_file_keeps_messages_and_what_is_in_flight() {
    let dir = tempfile::tempdir().unwrap();
    let before = Aws::create(dir.path()).await;
    let original = before.send("a", "1").await;
    before.send("a", "2").await;
    before.send("b", "3").await;
    let taken = before.receive(QUEUE).await;
    before.delete(&taken[2]).await;
    let visible_at = before.emulator.queues().next_visible_at(QUEUE).unwrap().unwrap();
    drop(before);

    let after = Aws::open(dir.path());
    assert_eq!(after.counts(QUEUE).await, ["0", "2", "0"]);
    after.clock.set(visible_at);
    assert_eq!(after.send("a", "1").await.message_id(), original.message_id(), "deduplication is kept too");
    let again = after.receive(QUEUE).await;
    assert_eq!(bodies(&again), ["1", "2"]);
    assert_eq!(attribute(&again[0], &Attribute::ApproximateReceiveCount), "2");
}
