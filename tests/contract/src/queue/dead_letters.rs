//! What is received too often, and its way back.

use super::{Place, Queue, attribute, bodies, body, owned};
use crate::case::{Case, Disagreement, Verdict, cases, eventually, refused, same};
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName as Attribute, QueueAttributeName};

pub(super) const CASES: &[Case<Place>] = cases![
    what_is_received_too_often_goes_aside,
    a_group_goes_on_behind_what_went_aside,
    what_is_deleted_in_time_does_not_go_aside,
    a_dead_letter_queue_has_to_exist,
    what_went_aside_comes_back_to_where_it_was,
    what_went_aside_goes_where_it_is_sent,
    only_from_a_dead_letter_queue_can_be_moved,
];

/// sqs-dead-letter-queues: when the receive count is above maxReceiveCount, it moves. It keeps its id and its group.
async fn what_is_received_too_often_goes_aside(place: Place) -> Verdict {
    let (work, dead) = queues(&place, 2).await?;
    work.send("g", &["1"]).await?;
    let ids = fail(&work, 2).await?;
    work.is_silent("although it was received twice, of two times").await?;
    let message = wait(&place, &dead).await?;
    same("the body", body(&message), "1".to_owned())?;
    same("the id", message.message_id().map(str::to_owned), ids.first().cloned())?;
    same("the group", attribute(&message, &Attribute::MessageGroupId)?, "g".to_owned())
}

/// sqs-dead-letter-queues: what stands behind it is no longer held up.
async fn a_group_goes_on_behind_what_went_aside(place: Place) -> Verdict {
    let (work, dead) = queues(&place, 1).await?;
    work.send("g", &["1", "2"]).await?;
    fail(&work, 1).await?;
    let ask = async || work.drain().await;
    same("what comes", eventually(&place.world, ask, |bodies| !bodies.is_empty()).await?, owned(&["2"]))?;
    same("what went aside", body(&wait(&place, &dead).await?), "1".to_owned())
}

/// sqs-dead-letter-queues: a message that was dealt with in time stays out of it.
async fn what_is_deleted_in_time_does_not_go_aside(place: Place) -> Verdict {
    let (work, dead) = queues(&place, 2).await?;
    work.send("g", &["1"]).await?;
    fail(&work, 1).await?;
    same("what comes", work.drain().await?, owned(&["1"]))?;
    work.is_silent("although it was deleted").await?;
    dead.is_silent("although it was deleted in time").await
}

/// sqs-configure-dead-letter-queue: it has to exist first.
async fn a_dead_letter_queue_has_to_exist(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let arn = queue.attribute(QueueAttributeName::QueueArn).await?.replace("-work.fifo", "-nowhere.fifo");
    let set = place.client().set_queue_attributes().queue_url(&queue.url);
    let set = set.attributes(QueueAttributeName::RedrivePolicy, policy(&arn, 2));
    let codes = ["InvalidParameterValue", "InvalidAttributeValue", "QueueDoesNotExist", "NonExistentQueue"];
    refused(set.send().await, &codes).map(|_| ())
}

/// API_StartMessageMoveTask: without a destination, back to its source, as a new message.
async fn what_went_aside_comes_back_to_where_it_was(place: Place) -> Verdict {
    let (work, dead) = queues(&place, 1).await?;
    work.send("g", &["1"]).await?;
    fail(&work, 1).await?;
    work.is_silent("although it was received once, of one time").await?;
    let arn = dead.attribute(QueueAttributeName::QueueArn).await?;
    place.client().start_message_move_task().source_arn(arn).send().await?;
    let message = wait(&place, &work).await?;
    same("the body", body(&message), "1".to_owned())?;
    same("the group", attribute(&message, &Attribute::MessageGroupId)?, "g".to_owned())?;
    same("its receives", attribute(&message, &Attribute::ApproximateReceiveCount)?, "1".to_owned())?;
    dead.is_silent("although it was moved").await
}

/// API_StartMessageMoveTask, "DestinationArn": or to another queue.
async fn what_went_aside_goes_where_it_is_sent(place: Place) -> Verdict {
    let (work, dead) = queues(&place, 1).await?;
    let other = place.queue_with("other", &[]).await?;
    work.send("g", &["1"]).await?;
    fail(&work, 1).await?;
    work.is_silent("although it was received once, of one time").await?;
    let start = place.client().start_message_move_task();
    let start = start.source_arn(dead.attribute(QueueAttributeName::QueueArn).await?);
    start.destination_arn(other.attribute(QueueAttributeName::QueueArn).await?).send().await?;
    same("the body", body(&wait(&place, &other).await?), "1".to_owned())
}

/// API_StartMessageMoveTask, "SourceArn": only dead-letter queues.
async fn only_from_a_dead_letter_queue_can_be_moved(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let start = place.client().start_message_move_task();
    let start = start.source_arn(queue.attribute(QueueAttributeName::QueueArn).await?);
    refused(start.send().await, &["InvalidParameterValue", "ResourceNotFoundException"]).map(|_| ())
}

/// A queue, and where its messages go after so many receives.
async fn queues(place: &Place, receives: usize) -> Result<(Queue, Queue), Disagreement> {
    let dead = place.queue_with("dead", &[]).await?;
    let policy = policy(&dead.attribute(QueueAttributeName::QueueArn).await?, receives);
    let work = place.queue_with("work", &[(QueueAttributeName::RedrivePolicy, policy.as_str())]).await?;
    Ok((work, dead))
}

fn policy(arn: &str, receives: usize) -> String {
    format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":"{receives}"}}"#)
}

/// Receives the message `1` so often and gives it back; the ids that it had.
async fn fail(queue: &Queue, times: usize) -> Result<Vec<String>, Disagreement> {
    let mut ids = Vec::new();
    for _ in 0..times {
        let message = queue.one().await?;
        same("what fails", bodies(std::slice::from_ref(&message)), owned(&["1"]))?;
        queue.change(&message, 0).send().await?;
        ids.extend(message.message_id);
    }
    Ok(ids)
}

/// Receives one message, for which it may take a moment.
async fn wait(place: &Place, queue: &Queue) -> Result<Message, Disagreement> {
    let ask = async || queue.receive_one_or_none().await;
    let message = eventually(&place.world, ask, Option::is_some).await?;
    crate::case::there("message", message)
}
