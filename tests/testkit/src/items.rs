//! Everything that an app has in its table, for tests that compare one moment with another.

use crate::TestApp;
use emulator::Emulator;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Items by their keys, partition and sort. A number is its digits, bytes are base64.
pub type Items = BTreeMap<(String, String), Value>;

impl TestApp {
    /// Every item of the table as it stands.
    pub async fn items(&self) -> Items {
        let key = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
        let items = scan(self.emulator(), None).into_iter();
        items.map(|item| ((key(&item, "PK"), key(&item, "SK")), item)).collect()
    }

    /// How many items of the type `ty` the table holds.
    pub async fn count(&self, ty: &str) -> usize {
        self.items().await.values().filter(|item| item["ty"] == ty).count()
    }
}

/// Every item of the table, or of an index of it, read past every client.
///
/// # Panics
/// If there is no such table or index.
#[must_use]
pub fn scan(emulator: &Emulator, index: Option<&str>) -> Vec<Value> {
    let mut request = json!({"TableName": leadwire::stack::TABLE});
    if let Some(index) = index {
        request["IndexName"] = index.into();
    }
    let mut items = Vec::new();
    loop {
        let (status, answer) = emulator.database().execute("Scan", &request.to_string());
        assert_eq!(status, 200, "{answer}");
        let mut answer: Value = serde_json::from_str(&answer).expect("the answer is JSON");
        items.extend(answer["Items"].as_array().into_iter().flatten().map(plain));
        match answer["LastEvaluatedKey"].take() {
            Value::Null => return items,
            key => request["ExclusiveStartKey"] = key,
        }
    }
}

/// An item, or a map in it, without the tags of types.
fn plain(item: &Value) -> Value {
    let attributes = item.as_object().into_iter().flatten();
    attributes.map(|(name, value)| (name.clone(), untagged(value))).collect()
}

fn untagged(value: &Value) -> Value {
    let Some((tag, inside)) = value.as_object().and_then(|tagged| tagged.iter().next()) else { return Value::Null };
    match tag.as_str() {
        "S" | "N" | "B" | "BOOL" => inside.clone(),
        "L" => inside.as_array().into_iter().flatten().map(untagged).collect(),
        "M" => plain(inside),
        "NULL" => Value::Null,
        other => panic!("the table holds no {other}"),
    }
}
