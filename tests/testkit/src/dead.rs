//! Messages of queues that nobody could deal with, and their way back.

use crate::TestApp;
use aws_lambda_events::sqs::SqsBatchResponse;
use aws_sdk_sqs::types::QueueAttributeName;
use std::time::Duration;

/// Longer than a message is held for a worker.
const HELD: Duration = Duration::from_secs(91);

impl TestApp {
    /// Lets a broken function be handed what is in `queue` until all of it lies with the dead letters. That takes a day.
    ///
    /// # Panics
    /// If there is no such queue.
    pub async fn die(&self, queue: &str) {
        let broken = |_| std::future::ready(Err::<SqsBatchResponse, _>("a defect"));
        while self.emulator().queues().next_visible_at(queue).expect("the queue is there").is_some() {
            let polled = self.emulator().queue_source(queue).poll_once(&broken).await;
            if polled.expect("the queue can be polled").is_empty() {
                self.skip(HELD);
            }
        }
    }

    /// Puts the dead letters of `queue` back into it, as an operator does, and tells how many there were.
    ///
    /// # Panics
    /// If there is no such queue.
    pub async fn redrive(&self, queue: &str) -> usize {
        let sqs = aws_sdk_sqs::Client::new(&self.emulator().sdk_config());
        let dead = queue.replace(".fifo", "-dead.fifo");
        let dead = sqs.get_queue_url().queue_name(dead).send().await.expect("the queue is there").queue_url;
        let asked = sqs.get_queue_attributes().set_queue_url(dead).attribute_names(QueueAttributeName::All);
        let attributes = asked.send().await.ok().and_then(|answer| answer.attributes).expect("they are told");
        let arn = &attributes[&QueueAttributeName::QueueArn];
        sqs.start_message_move_task().source_arn(arn).send().await.expect("they are put back");
        attributes[&QueueAttributeName::ApproximateNumberOfMessages].parse().expect("it is a number")
    }
}
