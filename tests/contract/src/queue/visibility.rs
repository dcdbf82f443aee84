//! How long a message is in flight, and what its receipt is good for.

use super::{Place, bodies, body, owned};
use crate::case::{Case, Verdict, cases, refused, same};
use aws_sdk_sqs::types::QueueAttributeName;
use std::time::Duration;

/// Longer than the shortest visibility timeout, which the cases give to what shall come again.
const LONGER: Duration = Duration::from_millis(1_300);

pub(super) const CASES: &[Case<Place>] = cases![
    a_message_comes_again_when_its_time_is_over,
    the_queue_s_own_timeout_holds_unless_another_is_given,
    a_timeout_of_zero_gives_it_back_at_once,
    a_longer_timeout_keeps_it_away,
    a_timeout_has_twelve_hours_at_most,
    a_group_keeps_its_order_when_its_time_is_over,
    a_deleted_message_does_not_come_again,
    deleting_twice_is_no_error,
    an_older_receipt_deletes_nothing,
    an_older_receipt_changes_no_timeout,
    what_is_no_receipt_is_refused,
];

/// sqs-visibility-timeout: not deleted by then, it is visible again.
async fn a_message_comes_again_when_its_time_is_over(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let first = queue.asked().visibility_timeout(1).send().await?.messages.unwrap_or_default();
    same("how many came", first.len(), 1)?;
    place.world.pass(LONGER).await;
    same("the id of what comes again", queue.one().await?.message_id(), first[0].message_id())
}

/// sqs-visibility-timeout: the queue's default, or the receive's own.
async fn the_queue_s_own_timeout_holds_unless_another_is_given(place: Place) -> Verdict {
    let queue = place.queue_with("work", &[(QueueAttributeName::VisibilityTimeout, "1")]).await?;
    queue.send("g", &["1"]).await?;
    queue.one().await?;
    place.world.pass(LONGER).await;
    let again = queue.asked().visibility_timeout(60).send().await?.messages.unwrap_or_default();
    same("how many come again", again.len(), 1)?;
    place.world.pass(LONGER).await;
    queue.is_silent("after the queue's time and within the receive's").await
}

/// API_ChangeMessageVisibility: 0 makes it visible at once.
async fn a_timeout_of_zero_gives_it_back_at_once(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let message = queue.one().await?;
    queue.is_silent("while it is in flight").await?;
    queue.change(&message, 0).send().await?;
    same("what comes", body(&queue.one().await?), "1".to_owned())
}

/// API_ChangeMessageVisibility: counted from now.
async fn a_longer_timeout_keeps_it_away(place: Place) -> Verdict {
    let queue = place.queue_with("work", &[(QueueAttributeName::VisibilityTimeout, "2")]).await?;
    queue.send("g", &["1"]).await?;
    let message = queue.one().await?;
    queue.change(&message, 60).send().await?;
    place.world.pass(Duration::from_millis(2_300)).await;
    queue.is_silent("although its time was made longer").await
}

/// API_ChangeMessageVisibility and API_ReceiveMessage, "VisibilityTimeout": 0 to 43,200.
async fn a_timeout_has_twelve_hours_at_most(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    refused(queue.asked().visibility_timeout(43_201).send().await, &["InvalidParameterValue"])?;
    let message = queue.one().await?;
    refused(queue.change(&message, 43_201).send().await, &["InvalidParameterValue"])?;
    queue.is_silent("although the change was refused").await
}

/// FIFO-queues-understanding-logic: strict order, also of what comes again.
async fn a_group_keeps_its_order_when_its_time_is_over(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1", "2", "3"]).await?;
    queue.asked().visibility_timeout(1).max_number_of_messages(2).send().await?;
    queue.send("g", &["4"]).await?;
    place.world.pass(LONGER).await;
    same("the order", queue.drain().await?, owned(&["1", "2", "3", "4"]))
}

/// API_DeleteMessage.
async fn a_deleted_message_does_not_come_again(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    for message in queue.asked().visibility_timeout(1).send().await?.messages() {
        queue.delete(message).send().await?;
    }
    place.world.pass(LONGER).await;
    queue.is_silent("although it was deleted").await
}

/// API_DeleteMessage: of a message that is gone already.
async fn deleting_twice_is_no_error(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let message = queue.one().await?;
    queue.delete(&message).send().await?;
    queue.delete(&message).send().await?;
    Ok(())
}

/// API_DeleteMessage: only the receipt of the latest receive deletes. Whether an older one is an error, it leaves open.
async fn an_older_receipt_deletes_nothing(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let older = queue.one().await?;
    queue.change(&older, 0).send().await?;
    let newer = queue.one().await?;
    let _ = queue.delete(&older).send().await;
    let _ = queue.change(&newer, 0).send().await;
    same("what comes again", bodies(&queue.receive().await?), owned(&["1"]))
}

/// API_ChangeMessageVisibility: a receipt belongs to one receive.
async fn an_older_receipt_changes_no_timeout(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("g", &["1"]).await?;
    let older = queue.one().await?;
    queue.change(&older, 0).send().await?;
    queue.one().await?;
    let _ = queue.change(&older, 0).send().await;
    queue.is_silent("through the receipt of an earlier receive").await
}

/// API_DeleteMessage and API_ChangeMessageVisibility, "Errors": ReceiptHandleIsInvalid.
async fn what_is_no_receipt_is_refused(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let delete = place.client().delete_message().queue_url(&queue.url).receipt_handle("no receipt");
    refused(delete.send().await, &["ReceiptHandleIsInvalid"])?;
    let change = place.client().change_message_visibility().queue_url(&queue.url).visibility_timeout(0);
    refused(change.receipt_handle("no receipt").send().await, &["ReceiptHandleIsInvalid"]).map(|_| ())
}
