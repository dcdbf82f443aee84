//! The one door to DynamoDB: items in and out as Rust types, conditions as verbs. Nothing above this file
//! knows attribute values or expressions.

use crate::error::{StoreError, sort};
use crate::expression::{Condition, Expression, Update};
use crate::keys::Key;
use crate::query::{Mark, Query, Read};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, Delete, KeysAndAttributes, Put, ReturnValue, ReturnValuesOnConditionCheckFailure, Select,
    TransactWriteItem, Update as TransactUpdate,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

type Item = HashMap<String, AttributeValue>;

/// The table, through one client.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
}

/// What came of a conditional write.
#[derive(Debug)]
pub(crate) enum Written<T> {
    /// It took effect; for an update, the item as it is now.
    Done(T),
    /// Its condition did not hold; the item that stood there, if any.
    Refused(Option<T>),
}

/// What came of writing a new item.
#[derive(Debug)]
pub(crate) enum Created<T> {
    /// It was written.
    New,
    /// One stood there already, and was left as it is.
    There(T),
}

/// One item of a query's answer: its key, and the rest to be read as what the key says.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) key: Key,
    /// The place in the list that was queried, where it was an index with a sort key.
    pub(crate) rank: Option<String>,
    item: Item,
}

impl Found {
    /// Reads the item as `T`.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, StoreError> {
        read(self.item)
    }

    /// How many bytes of text it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.item.values().filter_map(|value| value.as_s().ok()).map(String::len).sum()
    }

    /// What sort of item it is, as its type tag says.
    pub(crate) fn kind(&self) -> &str {
        self.item.get("ty").and_then(|value| value.as_s().ok()).map_or("", String::as_str)
    }

    fn of(item: Item) -> Result<Self, StoreError> {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str);
        let key = Key::parse(text("PK"), text("SK")).ok_or_else(|| StoreError::corrupt(place(&item), "no such key"))?;
        let rank = item.get("GSI1SK").or_else(|| item.get("GSI3SK")).and_then(|value| value.as_s().ok()).cloned();
        Ok(Self { key, rank, item })
    }
}

/// One of several writes that take effect together or not at all.
#[derive(Debug)]
pub(crate) enum Change {
    /// A new item; it must not exist.
    Create(Item),
    /// A change of an item.
    Update(Box<Update>),
    /// An item that goes; it must exist.
    Remove(Key),
    /// An item that goes, if all of this holds of it.
    RemoveWhen(Key, Vec<Condition>),
}

impl Change {
    /// A change of an item.
    pub(crate) fn update(update: Update) -> Self {
        Self::Update(Box::new(update))
    }

    /// A new item at `key`.
    pub(crate) fn create(key: &Key, item: &impl Serialize) -> Result<Self, StoreError> {
        to_item(key, item).map(Self::Create)
    }
}

impl Table {
    /// The table called `name`.
    #[must_use]
    pub const fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Opens a connection while the function starts, so that the first call that matters does not wait for it. This
    /// one names no item, and is refused.
    pub async fn reach(&self) {
        let answer = self.client.get_item().table_name(&self.name).set_key(Some(Item::new())).send().await;
        tracing::debug!(refused = answer.is_err(), "reached the table");
    }

    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, key: &Key, how: Read) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(key_of(key)));
        let answer = request.consistent_read(how == Read::Strong).send().await.map_err(|error| sort(&error))?;
        answer.item.map(read).transpose()
    }

    /// Reads many items at once; those that do not exist are left out. Any number: it asks in hundreds.
    pub(crate) async fn get_all(&self, keys: &[Key], how: Read) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for hundred in keys.chunks(100) {
            let mut asked: Vec<Item> = hundred.iter().map(key_of).collect();
            while !asked.is_empty() {
                let wanted = KeysAndAttributes::builder().set_keys(Some(asked)).consistent_read(how == Read::Strong);
                let wanted = wanted.build().map_err(|error| StoreError::Rejected(error.to_string()))?;
                let request = self.client.batch_get_item().request_items(&self.name, wanted);
                let answer = request.send().await.map_err(|error| sort(&error))?;
                for item in answer.responses.into_iter().flat_map(|mut tables| tables.remove(&self.name)).flatten() {
                    found.push(Found::of(item)?);
                }
                let left = answer.unprocessed_keys.and_then(|mut tables| tables.remove(&self.name));
                asked = left.map(|left| left.keys).unwrap_or_default();
            }
        }
        Ok(found)
    }

    /// Writes a new item. If one stands there already it is left as it is, and returned.
    pub(crate) async fn create<T: DeserializeOwned>(
        &self,
        key: &Key,
        item: &impl Serialize,
    ) -> Result<Created<T>, StoreError> {
        self.create_over(key, item, None).await
    }

    /// Writes a new item, also over one of which `over` holds. Any other item is left as it is, and returned.
    pub(crate) async fn create_over<T: DeserializeOwned>(
        &self,
        key: &Key,
        item: &impl Serialize,
        over: Option<Condition>,
    ) -> Result<Created<T>, StoreError> {
        let mut expression = Expression::default();
        if let Some(over) = over {
            expression.and(over);
        }
        let absent = "attribute_not_exists(PK)";
        let condition = expression.condition().map_or_else(|| absent.to_owned(), |over| format!("{absent} OR {over}"));
        let request = self.client.put_item().table_name(&self.name).set_item(Some(to_item(key, item)?));
        let request = request
            .condition_expression(condition)
            .set_expression_attribute_names(expression.names())
            .set_expression_attribute_values(expression.values());
        let request = request.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(_) => Ok(Created::New),
            Err(SdkError::ServiceError(service)) if service.err().is_conditional_check_failed_exception() => {
                let there = match service.into_err() {
                    PutItemError::ConditionalCheckFailedException(refusal) => refusal.item,
                    _ => None,
                };
                there.map_or_else(|| Err(StoreError::Conflict), |item| read(item).map(Created::There))
            }
            Err(error) => Err(sort(&error)),
        }
    }

    /// Writes an item, whatever stood there: only for what is the same however often it is written.
    pub(crate) async fn put(&self, key: &Key, item: &impl Serialize) -> Result<(), StoreError> {
        let request = self.client.put_item().table_name(&self.name).set_item(Some(to_item(key, item)?));
        request.send().await.map(|_| ()).map_err(|error| sort(&error))
    }

    pub(crate) async fn delete(&self, key: &Key) -> Result<(), StoreError> {
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key_of(key)));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(sort::<DeleteItemError>(&error)),
        }
    }

    /// Takes an item away and gives it to exactly one of those who do so at once; none if it was not there.
    pub(crate) async fn take<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key_of(key)));
        let answer = request.return_values(ReturnValue::AllOld).send().await;
        let answer = answer.map_err(|error| sort::<DeleteItemError>(&error))?;
        answer.attributes.filter(|item| !item.is_empty()).map(read).transpose()
    }

    /// Changes an item and gives it as it is then; or, where the condition fails, as it is.
    pub(crate) async fn update<T: DeserializeOwned>(&self, update: Update) -> Result<Written<T>, StoreError> {
        let request = self.client.update_item().table_name(&self.name).set_key(Some(key_of(&update.key)));
        let request = request
            .update_expression(update.text())
            .set_condition_expression(update.expression.condition())
            .set_expression_attribute_names(update.expression.names())
            .set_expression_attribute_values(update.expression.values())
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(answer) => Ok(Written::Done(read(answer.attributes.unwrap_or_default())?)),
            Err(SdkError::ServiceError(service)) if service.err().is_conditional_check_failed_exception() => {
                let there = match service.into_err() {
                    UpdateItemError::ConditionalCheckFailedException(refusal) => refusal.item,
                    _ => None,
                };
                Ok(Written::Refused(there.map(read).transpose()?))
            }
            Err(error) => Err(sort(&error)),
        }
    }

    /// All or nothing. Refused if the condition of any of them failed.
    pub(crate) async fn together(&self, changes: Vec<Change>) -> Result<Written<()>, StoreError> {
        let items: Vec<_> = changes.into_iter().map(|change| self.transact_item(change)).collect::<Result<_, _>>()?;
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(Written::Done(())),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    let codes: Vec<_> =
                        cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect();
                    if codes.contains(&"TransactionConflict") {
                        Err(StoreError::Conflict)
                    } else if codes.contains(&"ConditionalCheckFailed") {
                        Ok(Written::Refused(None))
                    } else {
                        Err(sort(&error))
                    }
                }
                Some(_) | None => Err(sort(&error)),
            },
        }
    }

    fn transact_item(&self, change: Change) -> Result<TransactWriteItem, StoreError> {
        let wrong = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Rejected(error.to_string());
        let item = TransactWriteItem::builder();
        Ok(match change {
            Change::Create(new) => {
                let put = Put::builder().table_name(&self.name).set_item(Some(new));
                item.put(put.condition_expression("attribute_not_exists(PK)").build().map_err(wrong)?)
            }
            Change::Remove(key) => {
                let delete = Delete::builder().table_name(&self.name).set_key(Some(key_of(&key)));
                item.delete(delete.condition_expression("attribute_exists(PK)").build().map_err(wrong)?)
            }
            Change::RemoveWhen(key, conditions) => {
                let mut expression = Expression::default();
                conditions.into_iter().for_each(|condition| expression.and(condition));
                let delete = Delete::builder().table_name(&self.name).set_key(Some(key_of(&key)));
                let delete = delete
                    .set_condition_expression(expression.condition())
                    .set_expression_attribute_names(expression.names())
                    .set_expression_attribute_values(expression.values());
                item.delete(delete.build().map_err(wrong)?)
            }
            Change::Update(update) => item.update(
                TransactUpdate::builder()
                    .table_name(&self.name)
                    .set_key(Some(key_of(&update.key)))
                    .update_expression(update.text())
                    .set_condition_expression(update.expression.condition())
                    .set_expression_attribute_names(update.expression.names())
                    .set_expression_attribute_values(update.expression.values())
                    .build()
                    .map_err(wrong)?,
            ),
        }
        .build())
    }

    /// One page of a query, and where more lies behind it.
    pub(crate) async fn query(&self, query: &Query) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
        let expression = query.expression();
        let request =
            self.client.query().table_name(&self.name).set_index_name(query.index.map(|i| i.name().to_owned()));
        let request = request
            .set_key_condition_expression(expression.key_condition.clone())
            .set_filter_expression(expression.condition())
            .set_expression_attribute_names(expression.names())
            .set_expression_attribute_values(expression.values())
            .scan_index_forward(!query.newest_first)
            .consistent_read(query.read == Read::Strong)
            .set_exclusive_start_key(query.from.clone().map(|mark| mark.0))
            .set_limit(query.limit);
        let answer = request.send().await.map_err(|error| sort(&error))?;
        let found = answer.items.unwrap_or_default().into_iter().map(Found::of).collect::<Result<_, _>>()?;
        Ok((found, answer.last_evaluated_key.filter(|key| !key.is_empty()).map(Mark)))
    }

    /// How many items a query finds, counted up to `most`.
    pub(crate) async fn count(&self, query: &Query, most: usize) -> Result<usize, StoreError> {
        let expression = query.expression();
        let (mut total, mut from) = (0, None);
        loop {
            let request = self.client.query().table_name(&self.name).select(Select::Count);
            let request = request
                .set_key_condition_expression(expression.key_condition.clone())
                .set_filter_expression(expression.condition())
                .set_expression_attribute_names(expression.names())
                .set_expression_attribute_values(expression.values())
                .set_exclusive_start_key(from);
            let answer = request.send().await.map_err(|error| sort(&error))?;
            total += usize::try_from(answer.count).unwrap_or(0);
            from = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if total >= most || from.is_none() {
                return Ok(total.min(most));
            }
        }
    }
}

fn key_of(key: &Key) -> Item {
    Item::from([("PK".to_owned(), AttributeValue::S(key.pk())), ("SK".to_owned(), AttributeValue::S(key.sk()))])
}

fn to_item(key: &Key, item: &impl Serialize) -> Result<Item, StoreError> {
    let mut attributes: Item =
        serde_dynamo::to_item(item).map_err(|error| StoreError::corrupt(key.loggable(), &error))?;
    attributes.retain(|_, value| !value.is_null());
    attributes.extend(key_of(key));
    Ok(attributes)
}

fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let place = place(&item);
    serde_dynamo::from_item(item).map_err(|error| StoreError::corrupt(place, &error))
}

/// Where an item stands, in words for a log.
fn place(item: &Item) -> String {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str);
    Key::parse(text("PK"), text("SK")).map_or_else(|| "an unknown key".to_owned(), |key| key.loggable())
}
