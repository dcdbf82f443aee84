//! Queues: making and finding them, and what can be asked of them.

use super::{Place, Queue};
use crate::case::{Case, Verdict, cases, eventually, refused, same};
use aws_sdk_sqs::types::QueueAttributeName;

pub(super) const CASES: &[Case<Place>] = cases![
    a_queue_is_made_once,
    a_queue_with_other_attributes_is_refused,
    a_fifo_queue_is_called_so,
    a_queue_is_found_by_its_name,
    an_unknown_queue_is_refused,
    a_queue_tells_its_attributes,
    a_queue_counts_what_waits_and_what_is_in_flight,
    a_timeout_of_a_queue_has_twelve_hours_at_most,
    a_delay_of_a_queue_has_15_minutes_at_most,
];

/// API_CreateQueue: the same name with the same attributes gives the existing queue's URL.
async fn a_queue_is_made_once(place: Place) -> Verdict {
    let timeout = [(QueueAttributeName::VisibilityTimeout, "60")];
    let first = place.queue_with("work", &timeout).await?;
    same("the URL", place.queue_with("work", &timeout).await?.url, first.url)
}

/// API_CreateQueue, "Errors": QueueNameExists.
async fn a_queue_with_other_attributes_is_refused(place: Place) -> Verdict {
    place.queue_with("work", &[(QueueAttributeName::VisibilityTimeout, "60")]).await?;
    let create = place.client().create_queue().queue_name(format!("{}-work.fifo", place.name));
    let create = create.attributes(QueueAttributeName::FifoQueue, "true");
    let again = create.attributes(QueueAttributeName::VisibilityTimeout, "61").send().await;
    refused(again, &["QueueNameExists", "QueueAlreadyExists"]).map(|_| ())
}

/// API_CreateQueue, "QueueName": a FIFO queue's name must end with `.fifo`.
async fn a_fifo_queue_is_called_so(place: Place) -> Verdict {
    let create = place.client().create_queue().queue_name(&place.name);
    let create = create.attributes(QueueAttributeName::FifoQueue, "true");
    refused(create.send().await, &["InvalidParameterValue"]).map(|_| ())
}

/// API_GetQueueUrl.
async fn a_queue_is_found_by_its_name(place: Place) -> Verdict {
    let queue = place.queue().await?;
    let found = place.client().get_queue_url().queue_name(format!("{}-work.fifo", place.name)).send().await?;
    same("the URL", found.queue_url, Some(queue.url))
}

/// API_GetQueueUrl and API_SendMessage, "Errors": QueueDoesNotExist.
async fn an_unknown_queue_is_refused(place: Place) -> Verdict {
    let codes = ["QueueDoesNotExist", "NonExistentQueue"];
    refused(place.client().get_queue_url().queue_name("nowhere.fifo").send().await, &codes)?;
    let queue = place.queue().await?;
    let nowhere = Queue { url: queue.url.replace("-work.fifo", "-nowhere.fifo"), ..queue };
    refused(nowhere.message("g", "1").send().await, &codes)?;
    refused(nowhere.asked().send().await, &codes).map(|_| ())
}

/// API_GetQueueAttributes: what was given, and the defaults of what was not.
async fn a_queue_tells_its_attributes(place: Place) -> Verdict {
    let queue = place.queue_with("work", &[(QueueAttributeName::VisibilityTimeout, "60")]).await?;
    for (attribute, value) in [
        (QueueAttributeName::VisibilityTimeout, "60"),
        (QueueAttributeName::MessageRetentionPeriod, "345600"),
        (QueueAttributeName::FifoQueue, "true"),
        (QueueAttributeName::ContentBasedDeduplication, "false"),
        (QueueAttributeName::DelaySeconds, "0"),
        (QueueAttributeName::MaximumMessageSize, "1048576"),
    ] {
        let words = attribute.as_str().to_owned();
        same(&words, queue.attribute(attribute).await?, value.to_owned())?;
    }
    let arn = queue.attribute(QueueAttributeName::QueueArn).await?;
    same("the end of its ARN", arn.ends_with(&format!(":{}-work.fifo", place.name)), true)
}

/// API_GetQueueAttributes: ApproximateNumberOfMessages and ApproximateNumberOfMessagesNotVisible.
async fn a_queue_counts_what_waits_and_what_is_in_flight(place: Place) -> Verdict {
    let queue = place.queue().await?;
    queue.send("a", &["1", "2"]).await?;
    queue.send("b", &["3"]).await?;
    queue.one().await?;
    let ask = async || {
        let waiting = queue.attribute(QueueAttributeName::ApproximateNumberOfMessages).await?;
        Ok((waiting, queue.attribute(QueueAttributeName::ApproximateNumberOfMessagesNotVisible).await?))
    };
    let expected = ("2".to_owned(), "1".to_owned());
    let counts = eventually(&place.world, ask, |counts| *counts == expected).await?;
    same("what waits and what is in flight", counts, expected)
}

/// API_SetQueueAttributes, "VisibilityTimeout": from 0 to 43,200 seconds.
async fn a_timeout_of_a_queue_has_twelve_hours_at_most(place: Place) -> Verdict {
    does_not_set(place, QueueAttributeName::VisibilityTimeout, "43201").await
}

/// API_SetQueueAttributes, "DelaySeconds": from 0 to 900 seconds.
async fn a_delay_of_a_queue_has_15_minutes_at_most(place: Place) -> Verdict {
    does_not_set(place, QueueAttributeName::DelaySeconds, "901").await
}

async fn does_not_set(place: Place, attribute: QueueAttributeName, value: &str) -> Verdict {
    let queue = place.queue().await?;
    let before = queue.attribute(attribute.clone()).await?;
    let set = place.client().set_queue_attributes().queue_url(&queue.url).attributes(attribute.clone(), value);
    refused(set.send().await, &["InvalidAttributeValue", "InvalidParameterValue"])?;
    same("the attribute", queue.attribute(attribute).await?, before)
}
