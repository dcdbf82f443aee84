//! That a message which is sent again within five minutes comes once.

use super::{Place, owned};
use crate::case::{Case, Verdict, cases, refused, same};
use aws_sdk_sqs::types::QueueAttributeName;

pub(super) const CASES: &[Case<Place>] = cases![
    a_repeated_id_is_accepted_and_swallowed,
    a_repeated_id_is_swallowed_while_its_message_is_in_flight,
    a_repeated_id_is_swallowed_after_its_message_is_deleted,
    an_id_counts_in_all_groups_of_a_queue,
    an_id_counts_in_its_group_if_the_queue_says_so,
    an_id_counts_in_its_queue_alone,
    the_same_body_under_another_id_is_another_message,
    an_id_may_be_made_of_the_body,
    without_an_id_a_message_is_refused,
    a_refused_message_leaves_its_id_free,
];

/// API_SendMessage, "MessageDeduplicationId": accepted, and not delivered within the five minutes.
async fn a_repeated_id_is_accepted_and_swallowed(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for body in ["1", "other"] {
        queue.message("g", body).message_deduplication_id("d").send().await?;
    }
    same("what comes", queue.drain().await?, owned(&["1"]))
}

/// using-messagededuplicationid-property: for five minutes from its sending.
async fn a_repeated_id_is_swallowed_while_its_message_is_in_flight(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let message = queue.one().await?;
    queue.send("g", &["1"]).await?;
    queue.delete(&message).send().await?;
    queue.is_silent("although it was sent already").await
}

/// using-messagededuplicationid-property: also after the message was received and deleted.
async fn a_repeated_id_is_swallowed_after_its_message_is_deleted(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    same("what comes", queue.drain().await?, owned(&["1"]))?;
    queue.send("g", &["1"]).await?;
    queue.is_silent("although it was deleted already").await
}

/// API_CreateQueue, "DeduplicationScope": the queue, by default.
async fn an_id_counts_in_all_groups_of_a_queue(place: Place) -> Verdict {
    let queue = place.queue().await?;
    for group in ["a", "b"] {
        queue.message(group, group).message_deduplication_id("d").send().await?;
    }
    same("what comes", queue.drain().await?, owned(&["a"]))
}

/// API_CreateQueue, "DeduplicationScope": or the message group.
async fn an_id_counts_in_its_group_if_the_queue_says_so(place: Place) -> Verdict {
    let scope = [
        (QueueAttributeName::DeduplicationScope, "messageGroup"),
        (QueueAttributeName::FifoThroughputLimit, "perMessageGroupId"),
    ];
    let queue = place.queue_with("work", &scope).await?;
    for group in ["a", "b", "a"] {
        queue.message(group, group).message_deduplication_id("d").send().await?;
    }
    let mut all = queue.drain().await?;
    all.sort();
    same("what comes", all, owned(&["a", "b"]))
}

/// API_SendMessage, "MessageDeduplicationId": it is about this queue.
async fn an_id_counts_in_its_queue_alone(place: Place) -> Verdict {
    for name in ["one", "other"] {
        let queue = place.queue_with(name, &[]).await?;
        queue.send("g", &["1"]).await?;
        same("what comes", queue.drain().await?, owned(&["1"]))?;
    }
    Ok(())
}

/// using-messagededuplicationid-property: an explicit id decides, not the body.
async fn the_same_body_under_another_id_is_another_message(place: Place) -> Verdict {
    let queue = place.queue_with("work", &[(QueueAttributeName::ContentBasedDeduplication, "true")]).await?;
    for id in ["d", "e"] {
        queue.message("g", "1").message_deduplication_id(id).send().await?;
    }
    same("what comes", queue.drain().await?, owned(&["1", "1"]))
}

/// API_CreateQueue, "ContentBasedDeduplication": a digest of the body.
async fn an_id_may_be_made_of_the_body(place: Place) -> Verdict {
    let queue = place.queue_with("work", &[(QueueAttributeName::ContentBasedDeduplication, "true")]).await?;
    for body in ["1", "2", "1"] {
        queue.message("g", body).set_message_deduplication_id(None).send().await?;
    }
    same("what comes", queue.drain().await?, owned(&["1", "2"]))
}

/// API_SendMessage, "MessageDeduplicationId": without it, and without ContentBasedDeduplication, the action fails.
async fn without_an_id_a_message_is_refused(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let send = queue.message("g", "1").set_message_deduplication_id(None);
    refused(send.send().await, &["InvalidParameterValue"]).map(|_| ())
}

/// API_SendMessage, "MessageDeduplicationId": what counts is a message that was sent successfully.
async fn a_refused_message_leaves_its_id_free(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let message = |body: &str| queue.message("g", body).message_deduplication_id("d").send();
    refused(message("\u{0}").await, &["InvalidMessageContents"])?;
    message("1").await?;
    same("what comes", queue.drain().await?, owned(&["1"]))
}
