//! The JSON protocol: requests as the SDK writes them, answers as it reads them.

use super::attributes::MAX_MESSAGES;
use super::send::{self, Entry};
use super::{Message, Queue, QueueError, Queues, admin, receipt};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// The longest that a receive may wait for a message.
const MAX_WAIT: u64 = 20;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OnQueue {
    queue_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    queue_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Given {
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wanted {
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReceiveMessage {
    max_number_of_messages: Option<usize>,
    visibility_timeout: Option<u64>,
    wait_time_seconds: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Handle {
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Visibility {
    receipt_handle: String,
    #[serde(default)]
    visibility_timeout: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MoveTask {
    source_arn: String,
    destination_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listing {
    #[serde(default)]
    queue_name_prefix: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Delivery<'a> {
    message_id: &'a str,
    receipt_handle: &'a str,
    body: &'a str,
    #[serde(rename = "MD5OfBody")]
    md5_of_body: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'static str, &'a str>,
}

/// The answer of operations that have nothing to say.
#[derive(Serialize)]
struct Done {}

impl Wanted {
    fn includes(&self, name: &str) -> bool {
        let names = self.attribute_names.iter().chain(&self.message_system_attribute_names);
        names.into_iter().any(|wanted| wanted == "All" || wanted == name)
    }
}

impl Queues {
    /// Answers one operation of SQS.
    pub(crate) async fn answer(&self, operation: &str, body: &str) -> Result<String, QueueError> {
        match operation {
            "SendMessage" => self.answer_send(body),
            "SendMessageBatch" => self.answer_send_batch(body),
            "ReceiveMessage" => self.answer_receive(body).await,
            "DeleteMessage" => self.answer_delete(body),
            "DeleteMessageBatch" => self.answer_delete_batch(body),
            "ChangeMessageVisibility" => self.answer_visibility(body),
            "ChangeMessageVisibilityBatch" => self.answer_visibility_batch(body),
            "CreateQueue" => self.answer_create(body),
            "GetQueueUrl" => self.answer_url(body),
            "ListQueues" => self.answer_list(body),
            "GetQueueAttributes" => self.answer_attributes(body),
            "SetQueueAttributes" => self.answer_set_attributes(body),
            "PurgeQueue" => self.answer_purge(body),
            "StartMessageMoveTask" => self.answer_move(body),
            unknown => Err(QueueError::UnsupportedOperation(unknown.to_owned())),
        }
    }

    /// Reads the queue that a request is about, and the rest of the request.
    fn read<Q: DeserializeOwned>(&self, body: &str) -> Result<(Queue, Q), QueueError> {
        let on: OnQueue = serde_json::from_str(body)?;
        let queue = self.queue(admin::name_in_url(&on.queue_url))?;
        Ok((queue, serde_json::from_str(body)?))
    }

    fn answer_send(&self, body: &str) -> Result<String, QueueError> {
        let (queue, entry): (_, Entry) = self.read(body)?;
        let sent = self.write(|db, now| send::send(db, &queue, &entry, now))?;
        queue.signal();
        written(&sent)
    }

    fn answer_send_batch(&self, body: &str) -> Result<String, QueueError> {
        let (queue, batch): (_, super::batch::Batch<Entry>) = self.read(body)?;
        batch.check_length()?;
        written(&self.signalling_batch(&queue, batch, |db, entry, now| send::send(db, &queue, entry, now))?)
    }

    /// Waits for a message if asked to: until the queue changes or something in flight becomes visible.
    async fn answer_receive(&self, body: &str) -> Result<String, QueueError> {
        let (queue, request): (_, ReceiveMessage) = self.read(body)?;
        let wanted: Wanted = serde_json::from_str(body)?;
        let limit = limit(request.max_number_of_messages.unwrap_or(1))?;
        let visibility = request
            .visibility_timeout
            .map_or_else(|| Ok(queue.attributes.visibility_timeout()), receipt::visibility)?;
        let wait = request.wait_time_seconds.map_or_else(|| Ok(queue.attributes.receive_wait()), wait)?;
        let deadline = Instant::now() + wait;
        let mut changed = queue.changed.subscribe();
        loop {
            changed.mark_unchanged();
            let messages = self.receive_for(&queue, limit, visibility)?;
            if !messages.is_empty() || Instant::now() >= deadline {
                return delivered(&messages, &wanted);
            }
            let next = self.next_visible_at(&queue.name)?.map(|at| Instant::now() + at.since(self.now()));
            let wake = next.map_or(deadline, |next| next.min(deadline));
            // Either way the queue is looked at again.
            let _ = tokio::time::timeout_at(wake, changed.changed()).await;
        }
    }

    fn answer_delete(&self, body: &str) -> Result<String, QueueError> {
        let (queue, Handle { receipt_handle }) = self.read(body)?;
        self.write(|db, now| receipt::delete(db, &queue, &receipt_handle, now))?;
        queue.signal();
        written(&Done {})
    }

    fn answer_delete_batch(&self, body: &str) -> Result<String, QueueError> {
        let (queue, batch) = self.read(body)?;
        written(&self.signalling_batch(&queue, batch, |db, entry: &Handle, now| {
            receipt::delete(db, &queue, &entry.receipt_handle, now).map(|()| Done {})
        })?)
    }

    fn answer_visibility(&self, body: &str) -> Result<String, QueueError> {
        let (queue, Visibility { receipt_handle, visibility_timeout }) = self.read(body)?;
        self.write(|db, now| receipt::change_visibility(db, &queue, &receipt_handle, visibility_timeout, now))?;
        queue.signal();
        written(&Done {})
    }

    fn answer_visibility_batch(&self, body: &str) -> Result<String, QueueError> {
        let (queue, batch) = self.read(body)?;
        written(&self.signalling_batch(&queue, batch, |db, entry: &Visibility, now| {
            receipt::change_visibility(db, &queue, &entry.receipt_handle, entry.visibility_timeout, now)
                .map(|()| Done {})
        })?)
    }

    fn answer_create(&self, body: &str) -> Result<String, QueueError> {
        let Named { queue_name } = serde_json::from_str(body)?;
        let Given { attributes } = serde_json::from_str(body)?;
        self.create(&queue_name, attributes)?;
        written(&json!({ "QueueUrl": admin::url(&queue_name) }))
    }

    fn answer_url(&self, body: &str) -> Result<String, QueueError> {
        let Named { queue_name } = serde_json::from_str(body)?;
        written(&json!({ "QueueUrl": admin::url(&self.queue(&queue_name)?.name) }))
    }

    fn answer_list(&self, body: &str) -> Result<String, QueueError> {
        let Listing { queue_name_prefix } = serde_json::from_str(body)?;
        let urls: Vec<String> = self.names(&queue_name_prefix).iter().map(|name| admin::url(name)).collect();
        written(&json!({ "QueueUrls": urls }))
    }

    fn answer_attributes(&self, body: &str) -> Result<String, QueueError> {
        let (queue, wanted): (_, Wanted) = self.read(body)?;
        let mut attributes = self.attributes(&queue)?;
        attributes.retain(|name, _| wanted.includes(name));
        written(&json!({ "Attributes": attributes }))
    }

    fn answer_set_attributes(&self, body: &str) -> Result<String, QueueError> {
        let (queue, Given { attributes }) = self.read(body)?;
        self.set_attributes(&queue, attributes)?;
        written(&Done {})
    }

    fn answer_purge(&self, body: &str) -> Result<String, QueueError> {
        let (queue, _): (_, OnQueue) = self.read(body)?;
        self.purge(&queue)?;
        written(&Done {})
    }

    fn answer_move(&self, body: &str) -> Result<String, QueueError> {
        let task: MoveTask = serde_json::from_str(body)?;
        self.move_messages(&task.source_arn, task.destination_arn.as_deref())?;
        written(&json!({ "TaskHandle": task.source_arn }))
    }
}

fn written(answer: &impl Serialize) -> Result<String, QueueError> {
    Ok(serde_json::to_string(answer)?)
}

fn delivered(messages: &[Message], wanted: &Wanted) -> Result<String, QueueError> {
    let deliveries: Vec<Delivery<'_>> = messages.iter().map(|message| delivery(message, wanted)).collect();
    written(&json!({ "Messages": deliveries }))
}

fn delivery<'a>(message: &'a Message, wanted: &Wanted) -> Delivery<'a> {
    let attributes = message.attributes.iter().filter(|(name, _)| wanted.includes(name));
    Delivery {
        message_id: &message.message_id,
        receipt_handle: &message.receipt_handle,
        body: &message.body,
        md5_of_body: &message.md5_of_body,
        attributes: attributes.map(|(name, value)| (*name, value.as_str())).collect(),
    }
}

fn limit(given: usize) -> Result<usize, QueueError> {
    if (1..=MAX_MESSAGES).contains(&given) {
        return Ok(given);
    }
    Err(QueueError::InvalidParameterValue {
        value: given.to_string(),
        name: "MaxNumberOfMessages",
        reason: "Must be between 1 and 10, if provided.",
    })
}

fn wait(seconds: u64) -> Result<Duration, QueueError> {
    if seconds <= MAX_WAIT {
        return Ok(Duration::from_secs(seconds));
    }
    Err(QueueError::InvalidParameterValue {
        value: seconds.to_string(),
        name: "WaitTimeSeconds",
        reason: "Must be >= 0 and <= 20, if provided.",
    })
}
