//! What stands between the functions and AWS and adds up. It asks DynamoDB what each call consumed, and works the same
//! out from the items. A write that was refused says nothing of what it consumed: there the model speaks alone.

use crate::model;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use emulator::Database;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use testkit::between::{self, Between, Carried};

/// A function, as the bill tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    Webhook,
    Api,
    Inbound,
    Relay,
    Outbound,
    Changes,
    Jobs,
    Schedule,
}

/// DynamoDB's request units. Reads are counted in halves, because an eventual read costs half a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    pub table_writes: usize,
    pub index_writes: usize,
    pub half_reads: usize,
}

impl Units {
    pub const fn writes(&self) -> usize {
        self.table_writes + self.index_writes
    }

    #[expect(clippy::cast_precision_loss, reason = "there are not so many")]
    pub fn reads(&self) -> f64 {
        self.half_reads as f64 / 2.0
    }
}

impl Add for Units {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            table_writes: self.table_writes + other.table_writes,
            index_writes: self.index_writes + other.index_writes,
            half_reads: self.half_reads + other.half_reads,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    pub invocations: usize,
    pub calls: usize,
    pub queue_calls: usize,
    pub posts: usize,
    /// Requests to S3 that put a file, and all others.
    pub file_puts: usize,
    pub file_gets: usize,
    /// What DynamoDB says it consumed.
    pub told: Units,
    /// What the items' sizes say.
    pub worked_out: Units,
}

/// Adds up. Clones add to the same sum.
#[derive(Clone, Debug)]
pub struct Meter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    sum: Mutex<Sum>,
}

#[derive(Debug)]
struct Sum {
    now: Function,
    spent: BTreeMap<Function, Spent>,
}

impl Meter {
    /// A meter that looks at `database` to see what a write changes.
    pub fn new(database: Database) -> Self {
        let sum = Mutex::new(Sum { now: Function::Webhook, spent: BTreeMap::new() });
        Self(Arc::new(Inner { database, sum }))
    }

    /// From now on `function` spends.
    pub fn turn_to(&self, function: Function) {
        self.sum().now = function;
    }

    pub fn invoked(&self) {
        self.sum().mine().invocations += 1;
    }

    pub fn posted(&self) {
        self.sum().mine().posts += 1;
    }

    /// A request to S3 is made.
    pub fn asked_for_file(&self, method: &http::Method) {
        let mut sum = self.sum();
        let mine = sum.mine();
        if method == http::Method::PUT {
            mine.file_puts += 1;
        } else {
            mine.file_gets += 1;
        }
    }

    /// What each function has spent since this was last asked.
    pub fn take(&self) -> BTreeMap<Function, Spent> {
        std::mem::take(&mut self.sum().spent)
    }

    fn sum(&self) -> MutexGuard<'_, Sum> {
        self.0.sum.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The item at this key.
    fn item(&self, table: &Value, (pk, sk): &(Value, Value)) -> Option<Value> {
        let asked = json!({"TableName": table, "Key": {"PK": pk, "SK": sk}, "ConsistentRead": true});
        let (_, answer) = self.0.database.execute("GetItem", &asked.to_string());
        serde_json::from_str::<Value>(&answer).ok()?.get_mut("Item").map(Value::take)
    }

    async fn dynamodb(self, operation: String, mut request: HttpRequest, on: SharedHttpConnector) -> Carried {
        let mut asked: Value = serde_json::from_str(between::body(&request)).unwrap_or_default();
        asked["ReturnConsumedCapacity"] = "INDEXES".into();
        *request.body_mut() = SdkBody::from(asked.to_string());
        let written = written(&operation, &asked);
        let look = |meter: &Self| -> Vec<_> { written.iter().map(|(table, key)| meter.item(table, key)).collect() };
        let before = look(&self);
        let answer = on.call(request).await?;
        let after = look(&self);
        let said: Value = serde_json::from_slice(answer.body().bytes().unwrap_or_default()).unwrap_or_default();
        let told = told(&said, written.is_empty());
        let worked_out = if written.is_empty() {
            Units { half_reads: read(&operation, &asked, &said).unwrap_or(told.half_reads), ..Units::default() }
        } else {
            let twice = if operation == "TransactWriteItems" { 2 } else { 1 };
            let pairs = before.iter().zip(&after).map(|(before, after)| (before.as_ref(), after.as_ref()));
            Units {
                table_writes: pairs.clone().map(|(before, after)| model::table_writes(before, after) * twice).sum(),
                index_writes: pairs.map(|(before, after)| model::index_writes(before, after)).sum(),
                half_reads: 0,
            }
        };
        let mut sum = self.sum();
        let mine = sum.mine();
        mine.calls += 1;
        mine.told = mine.told + if answer.status().is_success() { told } else { worked_out };
        mine.worked_out = mine.worked_out + worked_out;
        Ok(answer)
    }
}

impl Sum {
    fn mine(&mut self) -> &mut Spent {
        self.spent.entry(self.now).or_default()
    }
}

impl Between for Meter {
    async fn carry(self, request: HttpRequest, on: SharedHttpConnector) -> Carried {
        let (service, operation) = between::target(&request);
        if (service, operation) == between::MAIL {
            return on.call(request).await;
        }
        if service == "AmazonSQS" {
            self.sum().mine().queue_calls += 1;
            return on.call(request).await;
        }
        let operation = operation.to_owned();
        self.dynamodb(operation, request, on).await
    }
}

/// The table and the key of each item that a call writes.
fn written(operation: &str, asked: &Value) -> Vec<(Value, (Value, Value))> {
    let key = |key: &Value| (key["PK"].clone(), key["SK"].clone());
    match operation {
        "PutItem" => vec![(asked["TableName"].clone(), key(&asked["Item"]))],
        "UpdateItem" | "DeleteItem" => vec![(asked["TableName"].clone(), key(&asked["Key"]))],
        "TransactWriteItems" => {
            let parts = asked["TransactItems"].as_array().into_iter().flatten().filter_map(Value::as_object);
            let part = |part: &Value| {
                let of = if part["Item"].is_null() { &part["Key"] } else { &part["Item"] };
                (part["TableName"].clone(), key(of))
            };
            parts.flat_map(|parts| parts.values().map(part)).collect()
        }
        "BatchWriteItem" => {
            let tables = asked["RequestItems"].as_object().into_iter().flatten();
            let items =
                tables.flat_map(|(table, puts)| puts.as_array().into_iter().flatten().map(move |put| (table, put)));
            items.map(|(table, put)| (table.as_str().into(), key(&put["PutRequest"]["Item"]))).collect()
        }
        "GetItem" | "BatchGetItem" | "Query" => Vec::new(),
        other => panic!("nobody has said yet what {other} costs"),
    }
}

/// What DynamoDB says of what it consumed.
fn told(said: &Value, reads: bool) -> Units {
    let consumed = &said["ConsumedCapacity"];
    let tables = consumed.as_array().map_or_else(|| std::slice::from_ref(consumed), Vec::as_slice);
    tables.iter().fold(Units::default(), |sum, table| {
        if reads {
            return sum + Units { half_reads: halves(&table["CapacityUnits"]), ..Units::default() };
        }
        let indexes = table["GlobalSecondaryIndexes"].as_object().into_iter().flatten();
        let index_writes = indexes.map(|(_, index)| halves(&index["CapacityUnits"])).sum::<usize>() / 2;
        sum + Units { table_writes: halves(&table["Table"]["CapacityUnits"]) / 2, index_writes, half_reads: 0 }
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "units are small and never negative")]
fn halves(units: &Value) -> usize {
    (units.as_f64().unwrap_or_default() * 2.0).round() as usize
}

/// The halves of units of reading, from the items of the answer; none where a filter hides what was read.
fn read(operation: &str, asked: &Value, said: &Value) -> Option<usize> {
    let strong = |asked: &Value| asked["ConsistentRead"] == true;
    match operation {
        "GetItem" => Some(model::half_reads(model::size(&said["Item"]), strong(asked))),
        "Query" if asked["FilterExpression"].is_null() => {
            let bytes = said["Items"].as_array().into_iter().flatten().map(model::size).sum();
            Some(model::half_reads(bytes, strong(asked)))
        }
        "BatchGetItem" => {
            let tables = asked["RequestItems"].as_object()?;
            let units = tables.iter().map(|(name, wanted)| {
                let found = said["Responses"][name].as_array().map_or(&[][..], Vec::as_slice);
                let missing = wanted["Keys"].as_array().map_or(0, Vec::len).saturating_sub(found.len());
                let sizes = found.iter().map(model::size).chain(std::iter::repeat_n(0, missing));
                sizes.map(|size| model::half_reads(size, strong(wanted))).sum::<usize>()
            });
            Some(units.sum())
        }
        _ => None,
    }
}
