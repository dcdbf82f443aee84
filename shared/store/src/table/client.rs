//! The one door to DynamoDB: items in and out as Rust types, conditions as verbs. Nothing above this file
//! knows attribute values or expressions.

use crate::table::error::{StoreError, classify};
use crate::table::expression::{Condition, Expression, Update, to_value};
use crate::table::item::{Attr, Item, PK, RANK, SK, TYPE, VERSION, WAITING_RANK};
use crate::table::keys::Key;
use crate::table::query::{Mark, Query, Read};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, KeysAndAttributes, Put as PutRequest, PutRequest as BatchPut, ReturnValue,
    ReturnValuesOnConditionCheckFailure, Select, TransactWriteItem, Update as TransactUpdate, WriteRequest,
};
use std::collections::HashMap;

/// What the table holds of an item, under the attributes' own names.
type Attributes = HashMap<String, AttributeValue>;

/// The most items of one `BatchWriteItem` (DynamoDB).
const MOST_WRITES: usize = 25;

/// The table, through one client.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
}

/// What came of a conditional write.
#[derive(Debug)]
pub(crate) enum Conditional<T> {
    /// It took effect; for an update, the item as it is now.
    Applied(T),
    /// Its condition did not hold; the item that stood there, if any.
    Rejected(Option<T>),
}

/// What came of writing a new item.
#[derive(Debug)]
pub(crate) enum Put<T> {
    /// It was written.
    New,
    /// One stood there already, and was left as it is.
    Exists(T),
}

/// One item of a query's answer: its key, and the rest to be read as what the key says.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) key: Key,
    /// The place in the list that was queried, where it was an index with a sort key.
    pub(crate) rank: Option<String>,
    item: Attributes,
}

impl Found {
    /// Reads the item as `T`.
    pub(crate) fn read<T: Item>(self) -> Result<T, StoreError> {
        read(self.item)
    }

    /// How many bytes of text it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.item.values().filter_map(|value| value.as_s().ok()).map(String::len).sum()
    }

    /// What sort of item it is, as its type tag says.
    pub(crate) fn kind(&self) -> &str {
        text(&self.item, TYPE)
    }

    fn from_item(item: Attributes) -> Result<Self, StoreError> {
        let key = key_in(&item).ok_or_else(|| StoreError::corrupt(place(&item), "no such key"))?;
        let rank = item.get(RANK.name()).or_else(|| item.get(WAITING_RANK.name()));
        let rank = rank.and_then(|value| value.as_s().ok()).cloned();
        Ok(Self { key, rank, item })
    }
}

/// One of several writes that take effect together or not at all.
#[derive(Debug)]
pub(crate) enum Change {
    /// A new item; it must not exist.
    Create(Attributes),
    /// A change of an item.
    Update(Box<Update>),
    /// An item that goes; it must exist.
    Remove(Key),
    /// An item that goes, if all of this holds of it.
    RemoveWhen(Key, Vec<Condition>),
    /// An item that stays as it is; all of this must hold of it.
    Check(Key, Vec<Condition>),
}

impl Change {
    /// A change of an item.
    pub(crate) fn update(update: Update) -> Self {
        Self::Update(Box::new(update))
    }

    /// A new item at `key`.
    pub(crate) fn create(key: impl Into<Key>, item: &impl Item) -> Result<Self, StoreError> {
        to_item(&key.into(), item).map(Self::Create)
    }

    /// An item that goes; it must exist.
    pub(crate) fn remove(key: impl Into<Key>) -> Self {
        Self::Remove(key.into())
    }

    /// An item that goes, if all of `conditions` hold of it.
    pub(crate) fn remove_when(key: impl Into<Key>, conditions: Vec<Condition>) -> Self {
        Self::RemoveWhen(key.into(), conditions)
    }

    /// An item of which all of `conditions` must hold.
    pub(crate) fn check(key: impl Into<Key>, conditions: Vec<Condition>) -> Self {
        Self::Check(key.into(), conditions)
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
    pub async fn warm_up(&self) {
        let answer = self.client.get_item().table_name(&self.name).set_key(Some(Attributes::new())).send().await;
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

    pub(crate) async fn get<T: Item>(&self, key: impl Into<Key>, how: Read) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(key_of(&key.into())));
        let answer = request.consistent_read(how == Read::Strong).send().await.map_err(|error| classify(&error))?;
        answer.item.map(read).transpose()
    }

    /// Reads many items at once; those that do not exist are left out. Any number: it asks in hundreds.
    pub(crate) async fn get_all<K>(&self, keys: &[K], how: Read) -> Result<Vec<Found>, StoreError>
    where
        for<'a> &'a K: Into<Key>,
    {
        let mut found = Vec::with_capacity(keys.len());
        for hundred in keys.chunks(100) {
            let mut asked: Vec<Attributes> = hundred.iter().map(|key| key_of(&key.into())).collect();
            while !asked.is_empty() {
                let wanted = KeysAndAttributes::builder().set_keys(Some(asked)).consistent_read(how == Read::Strong);
                let wanted = wanted.build().map_err(|error| StoreError::Rejected(error.to_string()))?;
                let request = self.client.batch_get_item().request_items(&self.name, wanted);
                let answer = request.send().await.map_err(|error| classify(&error))?;
                for item in answer.responses.into_iter().flat_map(|mut tables| tables.remove(&self.name)).flatten() {
                    found.push(Found::from_item(item)?);
                }
                let left = answer.unprocessed_keys.and_then(|mut tables| tables.remove(&self.name));
                asked = left.map(|left| left.keys).unwrap_or_default();
            }
        }
        Ok(found)
    }

    /// Writes a new item. If one stands there already it is left as it is, and returned.
    pub(crate) async fn create<T: Item>(&self, key: impl Into<Key>, item: &T) -> Result<Put<T>, StoreError> {
        self.create_over(key, item, None).await
    }

    /// Writes a new item, also over one of which `over` holds. Any other item is left as it is, and returned.
    pub(crate) async fn create_over<T: Item>(
        &self,
        key: impl Into<Key>,
        item: &T,
        over: impl IntoIterator<Item = Condition>,
    ) -> Result<Put<T>, StoreError> {
        let mut expression = Expression::default();
        for condition in over {
            expression.and(condition);
        }
        let absent = absent();
        let condition = expression.condition().map_or_else(|| absent.clone(), |over| format!("{absent} OR {over}"));
        let request = self.client.put_item().table_name(&self.name).set_item(Some(to_item(&key.into(), item)?));
        let request = request
            .condition_expression(condition)
            .set_expression_attribute_names(expression.names())
            .set_expression_attribute_values(expression.values());
        let request = request.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(_) => Ok(Put::New),
            Err(SdkError::ServiceError(service)) if service.err().is_conditional_check_failed_exception() => {
                let there = match service.into_err() {
                    PutItemError::ConditionalCheckFailedException(refusal) => refusal.item,
                    _ => None,
                };
                there.map_or_else(|| Err(StoreError::Conflict), |item| read(item).map(Put::Exists))
            }
            Err(error) => Err(classify(&error)),
        }
    }

    /// Writes an item, whatever stood there: only for what is the same however often it is written.
    pub(crate) async fn put(&self, key: impl Into<Key>, item: &impl Item) -> Result<(), StoreError> {
        let request = self.client.put_item().table_name(&self.name).set_item(Some(to_item(&key.into(), item)?));
        request.send().await.map(|_| ()).map_err(|error| classify(&error))
    }

    /// Writes items, whatever stood there, 25 at a time: only for what is the same however often it is written.
    pub(crate) async fn put_all<T: Item>(&self, items: &[(Key, T)]) -> Result<(), StoreError> {
        for some in items.chunks(MOST_WRITES) {
            let mut left = Vec::with_capacity(some.len());
            for (key, item) in some {
                let put = BatchPut::builder().set_item(Some(to_item(key, item)?)).build();
                let put = put.map_err(|error| StoreError::Rejected(error.to_string()))?;
                left.push(WriteRequest::builder().put_request(put).build());
            }
            while !left.is_empty() {
                let request = self.client.batch_write_item().request_items(&self.name, left);
                let answer = request.send().await.map_err(|error| classify(&error))?;
                left = answer.unprocessed_items.and_then(|mut tables| tables.remove(&self.name)).unwrap_or_default();
            }
        }
        Ok(())
    }

    pub(crate) async fn delete(&self, key: impl Into<Key>) -> Result<(), StoreError> {
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key_of(&key.into())));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(classify::<DeleteItemError>(&error)),
        }
    }

    /// Deletes an item of which all of `conditions` hold; any other is left as it is.
    pub(crate) async fn delete_when(&self, key: impl Into<Key>, conditions: Vec<Condition>) -> Result<(), StoreError> {
        let mut expression = Expression::default();
        conditions.into_iter().for_each(|condition| expression.and(condition));
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key_of(&key.into())));
        let request = request
            .set_condition_expression(expression.condition())
            .set_expression_attribute_names(expression.names())
            .set_expression_attribute_values(expression.values());
        match request.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(service)) if service.err().is_conditional_check_failed_exception() => Ok(()),
            Err(error) => Err(classify::<DeleteItemError>(&error)),
        }
    }

    /// Takes an item away and gives it to exactly one of those who do so at once; none if it was not there.
    pub(crate) async fn take<T: Item>(&self, key: impl Into<Key>) -> Result<Option<T>, StoreError> {
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key_of(&key.into())));
        let answer = request.return_values(ReturnValue::AllOld).send().await;
        let answer = answer.map_err(|error| classify::<DeleteItemError>(&error))?;
        answer.attributes.filter(|item| !item.is_empty()).map(read).transpose()
    }

    /// Changes an item and gives it as it is then; or, where the condition fails, as it is.
    pub(crate) async fn update<T: Item>(&self, update: Update) -> Result<Conditional<T>, StoreError> {
        let request = self.client.update_item().table_name(&self.name).set_key(Some(key_of(&update.key)));
        let request = request
            .update_expression(update.text())
            .set_condition_expression(update.expression.condition())
            .set_expression_attribute_names(update.expression.names())
            .set_expression_attribute_values(update.expression.values())
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(answer) => Ok(Conditional::Applied(read(answer.attributes.unwrap_or_default())?)),
            Err(SdkError::ServiceError(service)) if service.err().is_conditional_check_failed_exception() => {
                let there = match service.into_err() {
                    UpdateItemError::ConditionalCheckFailedException(refusal) => refusal.item,
                    _ => None,
                };
                Ok(Conditional::Rejected(there.map(read).transpose()?))
            }
            Err(error) => Err(classify(&error)),
        }
    }

    /// All or nothing. Refused if the condition of any of them failed.
    pub(crate) async fn transact(&self, changes: Vec<Change>) -> Result<Conditional<()>, StoreError> {
        let items: Vec<_> = changes.into_iter().map(|change| self.transact_item(change)).collect::<Result<_, _>>()?;
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(Conditional::Applied(())),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    let codes: Vec<_> =
                        cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect();
                    if codes.contains(&"TransactionConflict") {
                        Err(StoreError::Conflict)
                    } else if codes.contains(&"ConditionalCheckFailed") {
                        Ok(Conditional::Rejected(None))
                    } else {
                        Err(classify(&error))
                    }
                }
                Some(_) | None => Err(classify(&error)),
            },
        }
    }

    fn transact_item(&self, change: Change) -> Result<TransactWriteItem, StoreError> {
        let wrong = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Rejected(error.to_string());
        let item = TransactWriteItem::builder();
        Ok(match change {
            Change::Create(new) => {
                let put = PutRequest::builder().table_name(&self.name).set_item(Some(new));
                item.put(put.condition_expression(absent()).build().map_err(wrong)?)
            }
            Change::Remove(key) => {
                let delete = Delete::builder().table_name(&self.name).set_key(Some(key_of(&key)));
                item.delete(
                    delete.condition_expression(format!("attribute_exists({})", PK.name())).build().map_err(wrong)?,
                )
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
            Change::Check(key, conditions) => {
                let mut expression = Expression::default();
                conditions.into_iter().for_each(|condition| expression.and(condition));
                let check = ConditionCheck::builder().table_name(&self.name).set_key(Some(key_of(&key)));
                let check = check
                    .set_condition_expression(expression.condition())
                    .set_expression_attribute_names(expression.names())
                    .set_expression_attribute_values(expression.values());
                item.condition_check(check.build().map_err(wrong)?)
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
        let answer = request.send().await.map_err(|error| classify(&error))?;
        let found = answer.items.unwrap_or_default().into_iter().map(Found::from_item).collect::<Result<_, _>>()?;
        Ok((found, answer.last_evaluated_key.filter(|key| !key.is_empty()).map(Mark)))
    }

    /// Every item of type `T` that a query finds, with its key. It reads all pages, and passes over items of other types.
    pub(crate) async fn list<T: Item>(&self, query: Query) -> Result<Vec<(Key, T)>, StoreError> {
        let mut items = Vec::new();
        let mut query = query;
        loop {
            let (found, more) = self.query(&query).await?;
            for found in found.into_iter().filter(|found| found.kind() == T::TYPE) {
                items.push((found.key.clone(), found.read()?));
            }
            let Some(more) = more else { return Ok(items) };
            query = query.from(more);
        }
    }

    /// How many items a query finds, counted up to `most`.
    pub(crate) async fn count(&self, query: &Query, most: usize) -> Result<usize, StoreError> {
        let expression = query.expression();
        let mut total = 0;
        let mut from = None;
        loop {
            let request = self.client.query().table_name(&self.name).select(Select::Count);
            let request = request
                .set_key_condition_expression(expression.key_condition.clone())
                .set_filter_expression(expression.condition())
                .set_expression_attribute_names(expression.names())
                .set_expression_attribute_values(expression.values())
                .set_exclusive_start_key(from);
            let answer = request.send().await.map_err(|error| classify(&error))?;
            total += usize::try_from(answer.count).unwrap_or(0);
            from = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if total >= most || from.is_none() {
                return Ok(total.min(most));
            }
        }
    }
}

fn key_of(key: &Key) -> Attributes {
    [(PK, key.pk()), (SK, key.sk())].map(|(key, value)| (key.name().to_owned(), AttributeValue::S(value))).into()
}

/// The condition that no item exists.
fn absent() -> String {
    format!("attribute_not_exists({})", PK.name())
}

fn to_item<T: Item>(key: &Key, item: &T) -> Result<Attributes, StoreError> {
    let mut attributes: Attributes =
        serde_dynamo::to_item(item).map_err(|error| StoreError::corrupt(key.loggable(), &error))?;
    attributes.retain(|_, value| !value.is_null());
    attributes.insert(TYPE.name().to_owned(), to_value(T::TYPE));
    attributes.insert(VERSION.name().to_owned(), to_value(&T::VERSION));
    attributes.extend(key_of(key));
    Ok(attributes)
}

/// Reads an item of the version that this program knows. Another version may mean something else by the same
/// attributes.
fn read<T: Item>(item: Attributes) -> Result<T, StoreError> {
    let place = place(&item);
    let version = item.get(VERSION.name()).and_then(|value| value.as_n().ok());
    if version.and_then(|version| version.parse().ok()) != Some(T::VERSION) {
        let problem = version.map_or_else(|| "no version".to_owned(), |version| format!("unknown version {version}"));
        return Err(StoreError::corrupt(place, &problem));
    }
    serde_dynamo::from_item(item).map_err(|error| StoreError::corrupt(place, &error))
}

/// Where an item stands, in words for a log.
fn place(item: &Attributes) -> String {
    key_in(item).map_or_else(|| "an unknown key".to_owned(), |key| key.loggable())
}

fn key_in(item: &Attributes) -> Option<Key> {
    Key::parse(text(item, PK), text(item, SK))
}

fn text(item: &Attributes, attribute: Attr<String>) -> &str {
    item.get(attribute.name()).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}
