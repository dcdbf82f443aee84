//! Everything that an app has in its table, for tests that compare one moment with another.

use crate::TestApp;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;
use std::collections::BTreeMap;

/// Items by their keys, partition and sort. A number is its digits, bytes are hexadecimal digits.
pub type Items = BTreeMap<(String, String), Value>;

impl TestApp {
    /// Every item of the table as it stands.
    pub async fn items(&self) -> Items {
        let client = Client::new(&self.emulator().sdk_config());
        let mut pages = client.scan().table_name(self.stack().store().table().name()).into_paginator().items().send();
        let mut items = Items::new();
        while let Some(item) = pages.next().await {
            let item = item.expect("the table can be scanned");
            let item: Value = item.iter().map(|(name, value)| (name.clone(), json(value))).collect();
            let key = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
            items.insert((key("PK"), key("SK")), item);
        }
        items
    }

    /// How many items of the type `ty` the table holds.
    pub async fn count(&self, ty: &str) -> usize {
        self.items().await.values().filter(|item| item["ty"] == ty).count()
    }
}

fn json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.as_str().into(),
        AttributeValue::Bool(answer) => (*answer).into(),
        AttributeValue::B(bytes) => bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        AttributeValue::L(list) => list.iter().map(json).collect(),
        AttributeValue::M(map) => map.iter().map(|(name, value)| (name.clone(), json(value))).collect(),
        AttributeValue::Null(_) => Value::Null,
        other => panic!("the table holds no {other:?}"),
    }
}
