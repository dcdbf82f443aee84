//! The table's items as they stand, read past every function, every client and every line of the store's code: the one
//! file here that knows how keys are written. A recount with the code that is recounted would prove little.

use emulator::Emulator;
use serde_json::{Map, Value, json};

/// Items, each with its attributes by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items(Vec<Value>);

impl Items {
    /// All items of the table.
    pub(crate) fn of(emulator: &Emulator) -> Self {
        Self::scan(emulator, json!({"TableName": leadwire::stack::TABLE}))
    }

    /// All items of an index.
    pub(crate) fn of_index(emulator: &Emulator, index: &str) -> Self {
        Self::scan(emulator, json!({"TableName": leadwire::stack::TABLE, "IndexName": index}))
    }

    /// One by one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }

    /// Those of the type `ty`.
    pub(crate) fn typed<'a>(&'a self, ty: &'a str) -> impl Iterator<Item = &'a Value> {
        self.iter().filter(move |item| item["ty"] == ty)
    }

    /// Everything that belongs to a tenant.
    pub(crate) fn of_tenant(&self, tenant: &str) -> Vec<Value> {
        let theirs = format!("T#{tenant}#");
        self.iter().filter(|item| text(item, "PK").starts_with(&theirs)).cloned().collect()
    }

    fn scan(emulator: &Emulator, mut request: Value) -> Self {
        let mut items = Vec::new();
        loop {
            let (status, answer) = emulator.database().execute("Scan", &request.to_string());
            assert_eq!(status, 200, "{answer}");
            let mut answer: Value = serde_json::from_str(&answer).unwrap_or_default();
            if let Value::Array(page) = answer["Items"].take() {
                items.extend(page.into_iter().map(|item| plain(&item)));
            }
            match answer["LastEvaluatedKey"].take() {
                Value::Null => return Self(items),
                key => request["ExclusiveStartKey"] = key,
            }
        }
    }
}

/// The id of a line of the history, as it stands in its key; empty for anything else.
pub(crate) fn line(item: &Value) -> String {
    text(item, "SK").strip_prefix("H#").filter(|id| !id.contains('#')).unwrap_or_default().to_owned()
}

/// The channel of a conversation's head, as it stands in its key.
pub(crate) fn channel_of_head(head: &Value) -> String {
    text(head, "SK").replace("LEAD#CONV#", "")
}

/// The partition of a conversation's home, from the conversation's id.
pub(crate) fn partition(tenant: &str, conversation: &str) -> Option<String> {
    Some(format!("T#{tenant}#L#{}", conversation.strip_prefix("cnv_")?.get(..26)?))
}

/// When an item of an index is due, in milliseconds; none if it is in another list.
pub(crate) fn due_at(listed: &Value) -> Option<i64> {
    text(listed, "GSI1PK").starts_with("DUE#").then(|| text(listed, "GSI1SK").split('#').next()?.parse().ok()).flatten()
}

/// The message that an orphan waits for; none if it is something else.
pub(crate) fn waits_for(item: &Value) -> Option<String> {
    text(item, "PK").split_once("#ORPH#").map(|(_, wamid)| wamid.to_owned())
}

/// Whether it is a letter that somebody is owed.
pub(crate) fn is_letter(item: &Value) -> bool {
    text(item, "PK").ends_with("#LETTERS")
}

/// Every tenant that a request names in a key.
pub(crate) fn tenants(request: &str) -> impl Iterator<Item = &str> {
    request.match_indices("\"T#").filter_map(|(place, mark)| request.get(place + mark.len()..)?.split('#').next())
}

/// Whether functions may remember the answer to this request: whose number is whose.
pub(crate) fn is_remembered(request: &str) -> bool {
    request.contains("\"ROUTE\"")
}

/// An attribute as text; empty where it is not there.
pub(crate) fn text(item: &Value, name: &str) -> String {
    item[name].as_str().unwrap_or_default().to_owned()
}

/// A number; none where it is not there.
pub(crate) fn number(item: &Value, name: &str) -> Option<i64> {
    item[name].as_i64()
}

/// An item without `DynamoDB`'s type tags.
fn plain(item: &Value) -> Value {
    let attributes = item.as_object().into_iter().flatten();
    Value::Object(attributes.map(|(name, value)| (name.clone(), untagged(value))).collect::<Map<_, _>>())
}

fn untagged(value: &Value) -> Value {
    let Some((tag, inside)) = value.as_object().and_then(|tagged| tagged.iter().next()) else { return Value::Null };
    match tag.as_str() {
        "N" => serde_json::from_str(inside.as_str().unwrap_or_default()).unwrap_or_default(),
        "L" => inside.as_array().into_iter().flatten().map(untagged).collect(),
        "M" => plain(inside),
        "NULL" => Value::Null,
        _ => inside.clone(),
    }
}
