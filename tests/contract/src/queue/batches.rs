//! Ten at a time: sending, deleting, and changing visibility.

use super::{LARGEST, Place, Queue, body, owned};
use crate::case::{Case, Disagreement, Verdict, cases, refused, same};
use aws_sdk_sqs::operation::send_message_batch::builders::SendMessageBatchFluentBuilder;
use aws_sdk_sqs::types::{
    BatchResultErrorEntry, ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry,
    SendMessageBatchRequestEntry,
};

pub(super) const CASES: &[Case<Place>] = cases![
    a_batch_keeps_its_order,
    a_batch_has_ten_entries_at_most,
    a_batch_has_one_entry_at_least,
    a_batch_has_a_mebibyte_at_most,
    entries_have_names_of_their_own,
    an_entry_s_name_is_short_and_plain,
    an_entry_that_is_refused_fails_alone,
    an_id_twice_in_a_batch_comes_once,
    a_batch_that_is_sent_again_is_swallowed,
    many_are_given_back_at_once,
    a_receipt_that_is_none_fails_alone,
    many_are_deleted_at_once,
];

/// API_SendMessageBatch: on a FIFO queue, messages of one group keep the order in which they are sent.
async fn a_batch_keeps_its_order(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let all: Vec<String> = (0..10).map(|number| number.to_string()).collect();
    let sent = batch(&queue, all.iter().map(|body| entry(body, body)))?.send().await?;
    same("how many were taken", (sent.successful().len(), sent.failed().len()), (10, 0))?;
    same("the order", queue.drain().await?, all)
}

/// API_SendMessageBatch, "Errors": TooManyEntriesInBatchRequest.
async fn a_batch_has_ten_entries_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let eleven = (0..11).map(|number| entry(&number.to_string(), "x"));
    refused(batch(&queue, eleven)?.send().await, &["TooManyEntriesInBatchRequest"])?;
    queue.is_silent("although the batch was refused").await
}

/// API_SendMessageBatch, "Errors": EmptyBatchRequest.
async fn a_batch_has_one_entry_at_least(place: Place) -> Verdict {
    let queue = place.queue().await?;
    refused(batch(&queue, [])?.send().await, &["EmptyBatchRequest"]).map(|_| ())
}

/// API_SendMessageBatch, "Errors": BatchRequestTooLong. The total size is 1 MiB at most.
async fn a_batch_has_a_mebibyte_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let halves = |bytes: usize| [entry("a", &"a".repeat(LARGEST / 2)), entry("b", &"b".repeat(bytes))];
    refused(batch(&queue, halves(LARGEST / 2 + 1))?.send().await, &["BatchRequestTooLong"])?;
    queue.is_silent("although the batch was refused").await?;
    same("how many were taken", batch(&queue, halves(LARGEST / 2))?.send().await?.successful().len(), 2)
}

/// API_SendMessageBatch, "Errors": BatchEntryIdsNotDistinct.
async fn entries_have_names_of_their_own(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let twice = [entry("a", "1"), entry("a", "2")];
    refused(batch(&queue, twice)?.send().await, &["BatchEntryIdsNotDistinct"])?;
    queue.is_silent("although the batch was refused").await
}

/// API_SendMessageBatchRequestEntry, "Id", and API_SendMessageBatch, "Errors": InvalidBatchEntryId.
async fn an_entry_s_name_is_short_and_plain(place: Place) -> Verdict {
    let queue = place.queue().await?;
    batch(&queue, [entry(&"a-_9".repeat(20), "1")])?.send().await?;
    for name in [&"a".repeat(81), "a b", "é"] {
        refused(batch(&queue, [entry(name, "2")])?.send().await, &["InvalidBatchEntryId"])?;
    }
    Ok(())
}

/// API_SendMessageBatch: the result of each message is reported by itself.
async fn an_entry_that_is_refused_fails_alone(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let answer = batch(&queue, [entry("a", "1"), entry("b", "\u{0}"), entry("c", "3")])?.send().await?;
    let taken: Vec<_> = answer.successful().iter().map(|entry| entry.id().to_owned()).collect();
    same("what was taken", taken, owned(&["a", "c"]))?;
    same("what failed", failures(answer.failed()), vec![("b".to_owned(), true)])?;
    same("what comes", queue.drain().await?, owned(&["1", "3"]))
}

/// API_SendMessageBatch and API_SendMessage, "MessageDeduplicationId": accepted, and not delivered.
async fn an_id_twice_in_a_batch_comes_once(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let same_id = ["a", "b"].map(|name| {
        let entry = SendMessageBatchRequestEntry::builder().id(name).message_body(name).message_group_id("g");
        Ok(entry.message_deduplication_id("d").build()?)
    });
    let answer = batch(&queue, same_id)?.send().await?;
    same("how many were accepted", answer.successful().len(), 2)?;
    same("what comes", queue.drain().await?, owned(&["a"]))
}

/// using-messagededuplicationid-property: so a batch whose answer was lost can be sent again.
async fn a_batch_that_is_sent_again_is_swallowed(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for _ in 0..2 {
        let answer = batch(&queue, [entry("a", "1"), entry("b", "2")])?.send().await?;
        same("how many were accepted", answer.successful().len(), 2)?;
    }
    same("what comes", queue.drain().await?, owned(&["1", "2"]))
}

/// API_ChangeMessageVisibilityBatch.
async fn many_are_given_back_at_once(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for group in ["a", "b", "c"] {
        queue.send(group, &[group]).await?;
    }
    let taken = queue.receive().await?;
    same("how many were taken", taken.len(), 3)?;
    let receipts = taken.iter().map(|message| message.receipt_handle().unwrap_or_default());
    let answer = give_back(&queue, receipts).await?;
    same("what failed", answer, vec![])?;
    let mut again = queue.drain().await?;
    again.sort();
    same("what comes again", again, owned(&["a", "b", "c"]))
}

/// API_ChangeMessageVisibilityBatch: the result of each is reported by itself.
async fn a_receipt_that_is_none_fails_alone(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let message = queue.one().await?;
    let failed = give_back(&queue, ["no receipt", message.receipt_handle().unwrap_or_default()].into_iter()).await?;
    same("what failed", failed, vec![("0".to_owned(), true)])?;
    same("what comes again", body(&queue.one().await?), "1".to_owned())
}

/// API_DeleteMessageBatch: so it is there.
async fn many_are_deleted_at_once(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2"]).await?;
    queue.send("b", &["3"]).await?;
    let taken = queue.receive().await?;
    same("how many were taken", taken.len(), 3)?;
    let receipts = taken.iter().map(|message| message.receipt_handle().unwrap_or_default());
    let entries: Vec<_> = receipts.chain(["no receipt"]).enumerate().collect();
    let entries = entries.into_iter().map(|(index, receipt)| {
        Ok::<_, Disagreement>(
            DeleteMessageBatchRequestEntry::builder().id(index.to_string()).receipt_handle(receipt).build()?,
        )
    });
    let delete = queue.client().delete_message_batch().queue_url(&queue.url);
    let answer = delete.set_entries(Some(entries.collect::<Result<_, _>>()?)).send().await?;
    same("how many were deleted", answer.successful().len(), 3)?;
    same("what failed", failures(answer.failed()), vec![("3".to_owned(), true)])?;
    queue.send("b", &["4"]).await?;
    same("what comes", queue.drain().await?, owned(&["4"]))
}

type Entry = Result<SendMessageBatchRequestEntry, Disagreement>;

/// A message of one group, with its name as its deduplication id.
fn entry(name: &str, body: &str) -> Entry {
    let entry = SendMessageBatchRequestEntry::builder().id(name).message_body(body).message_group_id("g");
    Ok(entry.message_deduplication_id(format!("{}-{}", name.len(), body.len()) + &plain(name)).build()?)
}

/// The part of a name that may be in an id.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).take(10).collect()
}

fn batch(
    queue: &Queue,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<SendMessageBatchFluentBuilder, Disagreement> {
    let entries = entries.into_iter().collect::<Result<_, _>>()?;
    Ok(queue.client().send_message_batch().queue_url(&queue.url).set_entries(Some(entries)))
}

/// Makes messages visible at once, named by their places; what failed of it.
async fn give_back(queue: &Queue, receipts: impl Iterator<Item = &str>) -> Result<Vec<(String, bool)>, Disagreement> {
    let entries = receipts.enumerate().map(|(index, receipt)| {
        let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(index.to_string()).visibility_timeout(0);
        Ok::<_, Disagreement>(entry.receipt_handle(receipt).build()?)
    });
    let change = queue.client().change_message_visibility_batch().queue_url(&queue.url);
    let answer = change.set_entries(Some(entries.collect::<Result<_, _>>()?)).send().await?;
    Ok(failures(answer.failed()))
}

/// The names of entries that failed, and whether their sender is to blame.
fn failures(failed: &[BatchResultErrorEntry]) -> Vec<(String, bool)> {
    failed.iter().map(|entry| (entry.id().to_owned(), entry.sender_fault())).collect()
}
