//! A table with a sort key, two indexes and a stream; one partition of it, and the shortest calls that the tests need.

use crate::support::{Aws, text};
use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::json;
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::Mutex;

pub type Item = HashMap<String, AttributeValue>;

pub const NAME: &str = "lists";
/// The index whose entries have a sort key, and the attribute `assignee` besides the keys.
pub const SORTED: &str = "GSI1";
/// The index whose entries have keys alone.
pub const KEYS: &str = "GSI2";
/// The limit of an item, its attribute names included: 400 KB.
pub const LARGEST_ITEM: usize = 400 * 1024;
pub const REFUSED: &str = "ValidationException";

/// The partition in which the tests put their items, and its name in both indexes.
const PARTITION: &str = "p";

pub struct Table {
    pub aws: Aws,
}

impl Table {
    pub async fn memory() -> Self {
        let aws = Aws::memory().await;
        let attributes = ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK"];
        let keys = |hash: &str| json!({"AttributeName": hash, "KeyType": "HASH"});
        let range = |range: &str| json!({"AttributeName": range, "KeyType": "RANGE"});
        let chosen = json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": ["assignee"]});
        let definition = json!({
            "TableName": NAME,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": attributes.map(|name| json!({"AttributeName": name, "AttributeType": "S"})),
            "KeySchema": [keys("PK"), range("SK")],
            "GlobalSecondaryIndexes": [
                {"IndexName": SORTED, "KeySchema": [keys("GSI1PK"), range("GSI1SK")], "Projection": chosen},
                {"IndexName": KEYS, "KeySchema": [keys("GSI2PK")], "Projection": {"ProjectionType": "KEYS_ONLY"}},
            ],
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        });
        let (status, answer) = aws.emulator.database().execute("CreateTable", &definition.to_string());
        assert_eq!(status, 200, "{answer}");
        Self { aws }
    }

    pub fn put(&self, item: Item) -> PutItemFluentBuilder {
        self.aws.dynamodb.put_item().table_name(NAME).set_item(Some(item))
    }

    pub fn put_new(&self, item: Item) -> PutItemFluentBuilder {
        self.put(item).condition_expression("attribute_not_exists(PK)")
    }

    pub async fn put_all(&self, items: impl IntoIterator<Item = Item>) {
        for item in items {
            self.put(item).send().await.unwrap();
        }
    }

    /// A strongly consistent read.
    pub async fn get(&self, sk: &str) -> Option<Item> {
        let get = self.aws.dynamodb.get_item().table_name(NAME).set_key(Some(key(sk)));
        get.consistent_read(true).send().await.unwrap().item
    }

    pub async fn delete(&self, sk: &str) {
        self.aws.dynamodb.delete_item().table_name(NAME).set_key(Some(key(sk))).send().await.unwrap();
    }

    /// An update of the item `it`.
    pub fn update<const N: usize>(
        &self,
        expression: &str,
        values: [(&str, AttributeValue); N],
    ) -> UpdateItemFluentBuilder {
        let update = self.aws.dynamodb.update_item().table_name(NAME).set_key(Some(key("it")));
        let values = values.map(|(name, value)| (name.to_owned(), value));
        let values = (N > 0).then(|| values.into());
        update.update_expression(expression).set_expression_attribute_values(values)
    }

    /// A query of the partition, with a condition on the sort key behind ` AND `.
    pub fn query(&self, range: &str) -> QueryFluentBuilder {
        let query = self.aws.dynamodb.query().table_name(NAME).key_condition_expression(format!("PK = :pk{range}"));
        query.expression_attribute_values(":pk", text(PARTITION))
    }

    /// A query of the partition of an index.
    pub fn query_index(&self, index: &str) -> QueryFluentBuilder {
        self.query("").index_name(index).key_condition_expression(format!("{index}PK = :pk"))
    }

    /// The stream's records since the last call.
    pub async fn records(&self) -> Vec<EventRecord> {
        let seen = Mutex::new(Vec::new());
        let handler = |event: Event| {
            seen.lock().unwrap().extend(event.records);
            async { Ok::<_, Infallible>(DynamoDbEventResponse::default()) }
        };
        self.aws.emulator.stream_source(NAME, "test").pump_once(|_| true, &handler).await.unwrap();
        seen.into_inner().unwrap()
    }
}

/// The item `sk` with these attributes.
pub fn item<const N: usize>(sk: &str, attributes: [(&str, AttributeValue); N]) -> Item {
    let keys = [("PK", text(PARTITION)), ("SK", text(sk))];
    keys.into_iter().chain(attributes).map(|(name, value)| (name.to_owned(), value)).collect()
}

pub fn key(sk: &str) -> Item {
    item(sk, [])
}

/// The item `sk`, filled up to `bytes` in all.
pub fn item_of_size(sk: &str, bytes: usize) -> Item {
    let rest = "PKSKdata".len() + PARTITION.len() + sk.len();
    item(sk, [("data", text(&"x".repeat(bytes - rest)))])
}

pub fn number(number: impl ToString + Copy) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub fn list(texts: &[&str]) -> AttributeValue {
    AttributeValue::L(texts.iter().map(|value| text(value)).collect())
}

/// The sort keys of what a query found, in its order.
pub fn names(answer: &QueryOutput) -> Vec<&str> {
    answer.items().iter().map(|item| item["SK"].as_s().unwrap().as_str()).collect()
}

/// The code with which a call was refused.
pub fn code<T: Debug, E: ProvideErrorMetadata + Debug, R: Debug>(answer: Result<T, SdkError<E, R>>) -> String {
    answer.unwrap_err().code().unwrap().to_owned()
}
