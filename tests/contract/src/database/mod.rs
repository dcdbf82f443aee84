//! DynamoDB: the cases, and the place that each has to itself: a partition of the table that our own code makes.

mod batches;
mod conditions;
mod expiry;
mod indexes;
mod queries;
mod streams;
mod transactions;
mod updates;
mod values;
mod writes;

use crate::World;
use crate::case::{Case, Disagreement};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use std::collections::HashMap;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// 400 KB: the largest item, its names included.
const LARGEST_ITEM: usize = 400 * 1024;

/// All cases.
pub(crate) fn cases() -> impl Iterator<Item = &'static Case<Place>> {
    let files: [&'static [Case<Place>]; 10] = [
        values::CASES,
        writes::CASES,
        updates::CASES,
        conditions::CASES,
        batches::CASES,
        queries::CASES,
        indexes::CASES,
        transactions::CASES,
        streams::CASES,
        expiry::CASES,
    ];
    files.into_iter().flatten()
}

/// Makes the table of this run, with our own definition, and gives its name.
pub(crate) async fn table(world: &World) -> Result<String, Disagreement> {
    let table = store::Table::new(world.dynamodb.clone(), world.run.clone());
    table.create_if_missing().await.map_err(|error| Disagreement(format!("our table cannot be made: {error}")))?;
    Ok(world.run.clone())
}

/// A partition of the table, for one case.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) world: World,
    table: String,
    pk: String,
}

impl Place {
    pub(crate) fn new(world: &World, table: &str, case: &str) -> Self {
        Self { world: world.clone(), table: table.to_owned(), pk: case.to_owned() }
    }

    /// A token for a transaction, which nobody else's has.
    fn token(&self, name: &str) -> String {
        format!("{}-{name}", self.world.run)
    }

    fn client(&self) -> &Client {
        &self.world.dynamodb
    }

    /// The key of the item `sk` of this partition.
    fn key(&self, sk: &str) -> Item {
        Item::from([("PK".to_owned(), s(&self.pk)), ("SK".to_owned(), s(sk))])
    }

    /// The item `sk` with these attributes.
    fn item<const N: usize>(&self, sk: &str, attributes: [(&str, AttributeValue); N]) -> Item {
        let mut item = self.key(sk);
        item.extend(attributes.map(|(name, value)| (name.to_owned(), value)));
        item
    }

    /// The item `sk`, filled up to `bytes` in all.
    fn item_of(&self, sk: &str, bytes: usize) -> Item {
        let rest = "PKSKdata".len() + self.pk.len() + sk.len();
        self.item(sk, [("data", s(&"x".repeat(bytes - rest)))])
    }

    fn put(&self, item: Item) -> PutItemFluentBuilder {
        self.client().put_item().table_name(&self.table).set_item(Some(item))
    }

    /// Puts items called so, each with its name in `a`.
    async fn put_all(&self, names: &[&str]) -> Result<(), Disagreement> {
        for name in names {
            self.put(self.item(name, [("a", s(name))])).send().await?;
        }
        Ok(())
    }

    fn delete(&self, sk: &str) -> DeleteItemFluentBuilder {
        self.client().delete_item().table_name(&self.table).set_key(Some(self.key(sk)))
    }

    /// An update that answers with the item as it is then.
    fn update(&self, sk: &str, expression: &str) -> UpdateItemFluentBuilder {
        let update = self.client().update_item().table_name(&self.table).set_key(Some(self.key(sk)));
        update.update_expression(expression).return_values(ReturnValue::AllNew)
    }

    /// The item as it is now.
    async fn get(&self, sk: &str) -> Result<Option<Item>, Disagreement> {
        let get = self.client().get_item().table_name(&self.table).set_key(Some(self.key(sk)));
        Ok(get.consistent_read(true).send().await?.item)
    }

    /// A query of this partition, with a condition on the sort key behind ` AND `.
    fn query(&self, range: &str) -> QueryFluentBuilder {
        let query = self.client().query().table_name(&self.table).expression_attribute_values(":pk", s(&self.pk));
        query.key_condition_expression(format!("PK = :pk{range}"))
    }

    /// A query of this case's partition of an index.
    fn query_index(&self, index: &str) -> QueryFluentBuilder {
        let query = self.client().query().table_name(&self.table).index_name(index);
        query.key_condition_expression(format!("{index}PK = :pk")).expression_attribute_values(":pk", s(&self.pk))
    }
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn n(number: impl ToString + Copy) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn b(bytes: &[u8]) -> AttributeValue {
    AttributeValue::B(Blob::new(bytes))
}

fn list(texts: &[&str]) -> AttributeValue {
    AttributeValue::L(texts.iter().map(|text| s(text)).collect())
}

/// The sort keys of what a query found, in its order.
fn names(answer: &QueryOutput) -> Vec<String> {
    answer.items().iter().map(name).collect()
}

fn name(item: &Item) -> String {
    item.get("SK").and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
}

/// One attribute of an item.
fn attribute<'a>(item: &'a Option<Item>, name: &str) -> Option<&'a AttributeValue> {
    item.as_ref()?.get(name)
}
