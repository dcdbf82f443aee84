//! SQS FIFO: the cases, and the queues that each makes for itself.

mod batches;
mod dead_letters;
mod deduplication;
mod groups;
mod messages;
mod queues;
mod visibility;

use crate::World;
use crate::case::{Case, Disagreement, Verdict, holds, there};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::change_message_visibility::builders::ChangeMessageVisibilityFluentBuilder;
use aws_sdk_sqs::operation::delete_message::builders::DeleteMessageFluentBuilder;
use aws_sdk_sqs::operation::receive_message::builders::ReceiveMessageFluentBuilder;
use aws_sdk_sqs::operation::send_message::builders::SendMessageFluentBuilder;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName as Attribute, QueueAttributeName};

/// What a message and a batch may have: 1 MiB.
const LARGEST: usize = 1_048_576;

/// The most that one receive brings, and one batch takes.
const TEN: i32 = 10;

/// All cases.
pub(crate) fn cases() -> impl Iterator<Item = &'static Case<Place>> {
    let files: [&'static [Case<Place>]; 7] = [
        queues::CASES,
        messages::CASES,
        groups::CASES,
        visibility::CASES,
        deduplication::CASES,
        batches::CASES,
        dead_letters::CASES,
    ];
    files.into_iter().flatten()
}

/// Where a case makes its queues.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    world: World,
    /// The beginning of its queues' names, which have 80 characters at most.
    name: String,
}

impl Place {
    pub(crate) fn new(world: &World, case: &str) -> Self {
        let number = cases().position(|known| known.name == case).unwrap_or_default();
        Self { world: world.clone(), name: format!("{}-{number}", world.run) }
    }

    fn client(&self) -> &Client {
        &self.world.sqs
    }

    /// Makes a queue with these attributes, besides those of all.
    async fn queue_with(&self, name: &str, attributes: &[(QueueAttributeName, &str)]) -> Result<Queue, Disagreement> {
        let mut create = self.client().create_queue().queue_name(format!("{}-{name}.fifo", self.name));
        create = create.attributes(QueueAttributeName::FifoQueue, "true");
        for (attribute, value) in attributes {
            create = create.attributes(attribute.clone(), *value);
        }
        let url = there("URL", create.send().await?.queue_url)?;
        Ok(Queue { world: self.world.clone(), url })
    }

    /// Makes a queue like ours, under whose visibility timeout of 30 seconds nothing comes back by accident.
    async fn queue(&self) -> Result<Queue, Disagreement> {
        self.queue_with("work", &[]).await
    }
}

/// A queue of a case's own.
#[derive(Clone, Debug)]
struct Queue {
    world: World,
    url: String,
}

impl Queue {
    fn client(&self) -> &Client {
        &self.world.sqs
    }

    /// A message whose deduplication id is made of its group and body.
    fn message(&self, group: &str, body: &str) -> SendMessageFluentBuilder {
        let send = self.client().send_message().queue_url(&self.url).message_group_id(group).message_body(body);
        send.message_deduplication_id(format!("{group}-{body}"))
    }

    /// Sends such messages to one group.
    async fn send(&self, group: &str, bodies: &[&str]) -> Result<(), Disagreement> {
        for body in bodies {
            self.message(group, body).send().await?;
        }
        Ok(())
    }

    /// A receive of up to ten messages, with all that is known of them.
    fn asked(&self) -> ReceiveMessageFluentBuilder {
        let receive = self.client().receive_message().queue_url(&self.url).max_number_of_messages(TEN);
        receive.message_system_attribute_names(Attribute::All)
    }

    async fn receive(&self) -> Result<Vec<Message>, Disagreement> {
        Ok(self.asked().send().await?.messages.unwrap_or_default())
    }

    /// Receives one message.
    async fn one(&self) -> Result<Message, Disagreement> {
        let messages = self.asked().max_number_of_messages(1).send().await?.messages;
        there("message", messages.unwrap_or_default().into_iter().next())
    }

    fn delete(&self, message: &Message) -> DeleteMessageFluentBuilder {
        let receipt = message.receipt_handle().unwrap_or_default();
        self.client().delete_message().queue_url(&self.url).receipt_handle(receipt)
    }

    fn change(&self, message: &Message, seconds: i32) -> ChangeMessageVisibilityFluentBuilder {
        let change = self.client().change_message_visibility().queue_url(&self.url).visibility_timeout(seconds);
        change.receipt_handle(message.receipt_handle().unwrap_or_default())
    }

    /// Receives and deletes one message after the other until none is left; their bodies.
    async fn drain(&self) -> Result<Vec<String>, Disagreement> {
        let mut all = Vec::new();
        while let Some(message) = self.receive_one_or_none().await? {
            all.push(body(&message));
            self.delete(&message).send().await?;
        }
        Ok(all)
    }

    async fn receive_one_or_none(&self) -> Result<Option<Message>, Disagreement> {
        let answer = self.asked().max_number_of_messages(1).send().await?;
        Ok(answer.messages.unwrap_or_default().into_iter().next())
    }

    /// That there is nothing to receive.
    async fn is_silent(&self, when: &str) -> Verdict {
        let bodies = bodies(&self.receive().await?);
        holds(&format!("{bodies:?} can be received {when}"), bodies.is_empty())
    }

    async fn attribute(&self, name: QueueAttributeName) -> Result<String, Disagreement> {
        let get = self.client().get_queue_attributes().queue_url(&self.url).attribute_names(name.clone());
        there("attribute", get.send().await?.attributes.and_then(|mut attributes| attributes.remove(&name)))
    }
}

fn body(message: &Message) -> String {
    message.body().unwrap_or_default().to_owned()
}

fn bodies(messages: &[Message]) -> Vec<String> {
    messages.iter().map(body).collect()
}

fn attribute(message: &Message, name: &Attribute) -> Result<String, Disagreement> {
    there(name.as_str(), message.attributes().and_then(|attributes| attributes.get(name)).cloned())
}

fn owned(bodies: &[&str]) -> Vec<String> {
    bodies.iter().map(|body| (*body).to_owned()).collect()
}
