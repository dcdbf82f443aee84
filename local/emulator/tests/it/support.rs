//! An emulator under a manual clock, with the clients and the shortest calls that the tests need.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
    StreamSpecification, StreamViewType,
};
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use domain::Timestamp;
use emulator::{Emulator, ManualClock};
use runtime::Clock;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub const TABLE: &str = "things";
pub const QUEUE: &str = "work.fifo";
pub const DEAD: &str = "dead.fifo";
/// The visibility timeout of [`QUEUE`].
pub const VISIBILITY: Duration = Duration::from_secs(30);
/// How often [`QUEUE`] delivers a message before it goes to [`DEAD`].
pub const MAX_RECEIVES: usize = 3;

pub struct Aws {
    pub emulator: Emulator,
    pub clock: Arc<ManualClock>,
    pub dynamodb: aws_sdk_dynamodb::Client,
    pub sqs: aws_sdk_sqs::Client,
}

impl Aws {
    /// Everything in memory.
    pub async fn memory() -> Self {
        let clock = clock();
        let aws = Self::new(Emulator::memory(Arc::<ManualClock>::clone(&clock)).unwrap(), clock);
        aws.create_table().await;
        aws.create_queues().await;
        aws
    }

    /// Everything in `dir`, for the first time.
    pub async fn create(dir: &Path) -> Self {
        let aws = Self::open(dir);
        aws.create_table().await;
        aws.create_queues().await;
        aws
    }

    /// What was left in `dir`.
    pub fn open(dir: &Path) -> Self {
        let clock = clock();
        Self::new(Emulator::open(dir, Arc::<ManualClock>::clone(&clock)).unwrap(), clock)
    }

    fn new(emulator: Emulator, clock: Arc<ManualClock>) -> Self {
        let config = emulator.sdk_config();
        Self {
            emulator,
            clock,
            dynamodb: aws_sdk_dynamodb::Client::new(&config),
            sqs: aws_sdk_sqs::Client::new(&config),
        }
    }

    async fn create_table(&self) {
        let key = KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash).build().unwrap();
        let id = AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S);
        let stream = StreamSpecification::builder().stream_enabled(true);
        self.dynamodb
            .create_table()
            .table_name(TABLE)
            .billing_mode(BillingMode::PayPerRequest)
            .key_schema(key)
            .attribute_definitions(id.build().unwrap())
            .stream_specification(stream.stream_view_type(StreamViewType::NewAndOldImages).build().unwrap())
            .send()
            .await
            .unwrap();
    }

    async fn create_queues(&self) {
        self.sqs.create_queue().queue_name(DEAD).send().await.unwrap();
        let redrive = format!(
            r#"{{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:{DEAD}","maxReceiveCount":{MAX_RECEIVES}}}"#
        );
        self.sqs
            .create_queue()
            .queue_name(QUEUE)
            .attributes(QueueAttributeName::FifoQueue, "true")
            .attributes(QueueAttributeName::VisibilityTimeout, VISIBILITY.as_secs().to_string())
            .attributes(QueueAttributeName::RedrivePolicy, redrive)
            .send()
            .await
            .unwrap();
    }

    pub async fn put(&self, id: &str, value: &str) {
        let put = self.dynamodb.put_item().table_name(TABLE).item("id", text(id)).item("value", text(value));
        put.send().await.unwrap();
    }

    pub async fn get(&self, id: &str) -> Option<String> {
        let got = self.dynamodb.get_item().table_name(TABLE).key("id", text(id)).send().await.unwrap();
        Some(got.item?.get("value")?.as_s().unwrap().clone())
    }

    pub async fn send(&self, group: &str, body: &str) -> aws_sdk_sqs::operation::send_message::SendMessageOutput {
        let send = self.sqs.send_message().queue_url(url(QUEUE)).message_group_id(group).message_body(body);
        send.message_deduplication_id(format!("{group}-{body}")).send().await.unwrap()
    }

    pub async fn receive(&self, queue: &str) -> Vec<Message> {
        self.sqs
            .receive_message()
            .queue_url(url(queue))
            .max_number_of_messages(10)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .unwrap()
            .messages
            .unwrap_or_default()
    }

    pub async fn delete(&self, message: &Message) {
        let handle = message.receipt_handle().unwrap();
        self.sqs.delete_message().queue_url(url(QUEUE)).receipt_handle(handle).send().await.unwrap();
    }

    /// Visible, in flight and delayed messages of the queue.
    pub async fn counts(&self, queue: &str) -> [String; 3] {
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
            QueueAttributeName::ApproximateNumberOfMessagesDelayed,
        ];
        let request = self.sqs.get_queue_attributes().queue_url(url(queue));
        let answer = request.set_attribute_names(Some(names.to_vec())).send().await.unwrap();
        names.map(|name| answer.attributes().unwrap()[&name].clone())
    }
}

/// A clock that starts near the machine's time, since a database file stamps its stream by that.
fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new(runtime::SystemClock.now()))
}

pub fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub fn url(queue: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/000000000000/{queue}")
}

pub fn bodies(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.body().unwrap()).collect()
}

pub fn attribute(message: &Message, name: &MessageSystemAttributeName) -> String {
    message.attributes().unwrap()[name].clone()
}

pub fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}
