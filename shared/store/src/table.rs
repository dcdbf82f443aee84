//! The one door to DynamoDB: items in and out as Rust types, conditions as verbs. Nothing above this file
//! knows attribute values or expressions.

use crate::error::{StoreError, sort};
use crate::keys::Key;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, KeysAndAttributes, Put, ReturnValue, ReturnValuesOnConditionCheckFailure, Select,
    TransactWriteItem, Update as TransactUpdate,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::fmt::Write as _;

type Item = HashMap<String, AttributeValue>;

/// The table, through one client.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
}

/// Whether a read may be a moment behind the writes. A strong one costs twice as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// May be behind.
    Eventual,
    /// Sees every write that was answered before.
    Strong,
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

/// An index of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Index {
    /// Lists.
    Lists,
    /// Finding by another name.
    Finds,
}

impl Index {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lists => "GSI1",
            Self::Finds => "GSI2",
        }
    }

    const fn pk(self) -> &'static str {
        match self {
            Self::Lists => "GSI1PK",
            Self::Finds => "GSI2PK",
        }
    }

    const fn sk(self) -> &'static str {
        "GSI1SK"
    }
}

/// A read of neighbouring items.
#[derive(Debug)]
pub(crate) struct Query {
    index: Option<Index>,
    pk: String,
    range: Option<(String, String)>,
    below: Option<String>,
    newest_first: bool,
    limit: Option<i32>,
    filter: Expression,
    read: Read,
    from: Option<Mark>,
}

/// Where a query stopped, to go on from there.
#[derive(Clone, Debug)]
pub(crate) struct Mark(Item);

impl Query {
    /// All items of a partition of the table.
    pub(crate) fn partition(pk: String) -> Self {
        Self {
            index: None,
            pk,
            range: None,
            below: None,
            newest_first: false,
            limit: None,
            filter: Expression::default(),
            read: Read::Eventual,
            from: None,
        }
    }

    /// All entries of a partition of an index.
    pub(crate) fn index(index: Index, pk: String) -> Self {
        Self { index: Some(index), ..Self::partition(pk) }
    }

    /// Only sort keys from `low` to `high`, both included.
    pub(crate) fn between(mut self, low: String, high: String) -> Self {
        self.range = Some((low, high));
        self
    }

    /// Only sort keys below `bound`.
    pub(crate) fn below(mut self, bound: String) -> Self {
        self.below = Some(bound);
        self
    }

    pub(crate) const fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// At most this many items are read (before a filter).
    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(i32::try_from(limit).unwrap_or(i32::MAX));
        self
    }

    pub(crate) fn only(mut self, condition: Condition) -> Self {
        self.filter.and(condition);
        self
    }

    pub(crate) const fn strong(mut self) -> Self {
        self.read = Read::Strong;
        self
    }

    /// Goes on where an earlier page stopped.
    pub(crate) fn from(mut self, mark: Mark) -> Self {
        self.from = Some(mark);
        self
    }

    fn expression(&self) -> Expression {
        let mut expression = self.filter.clone();
        let (pk, sk) = self.index.map_or(("PK", "SK"), |index| (index.pk(), index.sk()));
        let mut text = format!("{} = {}", expression.name(pk), expression.value(AttributeValue::S(self.pk.clone())));
        if let Some((low, high)) = &self.range {
            let (low, high) = (AttributeValue::S(low.clone()), AttributeValue::S(high.clone()));
            let _ = write!(text, " AND {} BETWEEN {}", expression.name(sk), expression.value(low));
            let _ = write!(text, " AND {}", expression.value(high));
        } else if let Some(below) = &self.below {
            let below = AttributeValue::S(below.clone());
            let _ = write!(text, " AND {} < {}", expression.name(sk), expression.value(below));
        }
        expression.key_condition = Some(text);
        expression
    }
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

    /// What sort of item it is, as its type tag says.
    pub(crate) fn kind(&self) -> &str {
        self.item.get("ty").and_then(|value| value.as_s().ok()).map_or("", String::as_str)
    }

    fn of(item: Item) -> Result<Self, StoreError> {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str);
        let key = Key::parse(text("PK"), text("SK"))
            .ok_or_else(|| StoreError::corrupt(format!("{} {}", text("PK"), text("SK")), "no such key"))?;
        let rank = item.get("GSI1SK").and_then(|value| value.as_s().ok()).cloned();
        Ok(Self { key, rank, item })
    }
}

/// What a write requires of the item as it stands.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// It exists.
    Exists,
    /// It has no such attribute.
    Absent(&'static str),
    /// Its attribute is this.
    Is(&'static str, AttributeValue),
    /// Its attribute is not this, or is absent.
    IsNot(&'static str, AttributeValue),
    /// Its attribute is absent, or below this.
    Below(&'static str, AttributeValue),
    /// Its attribute is above this.
    Above(&'static str, AttributeValue),
    /// Its attribute is absent, or not above this.
    AtMost(&'static str, AttributeValue),
}

impl Condition {
    pub(crate) fn is(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Is(attribute, to_value(value))
    }

    pub(crate) fn is_not(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::IsNot(attribute, to_value(value))
    }

    pub(crate) fn below(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Below(attribute, to_value(value))
    }

    pub(crate) fn at_most(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::AtMost(attribute, to_value(value))
    }

    pub(crate) fn above(attribute: &'static str, value: &impl Serialize) -> Self {
        Self::Above(attribute, to_value(value))
    }
}

/// Names, values and conditions, as DynamoDB's expressions want them.
#[derive(Clone, Debug, Default)]
struct Expression {
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
    conditions: Vec<String>,
    key_condition: Option<String>,
}

impl Expression {
    fn name(&mut self, attribute: &str) -> String {
        let placeholder = format!("#{attribute}");
        self.names.insert(placeholder.clone(), attribute.to_owned());
        placeholder
    }

    fn value(&mut self, value: AttributeValue) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), value);
        placeholder
    }

    fn and(&mut self, condition: Condition) {
        let text = match condition {
            Condition::Exists => format!("attribute_exists({})", self.name("PK")),
            Condition::Absent(attribute) => format!("attribute_not_exists({})", self.name(attribute)),
            Condition::Is(attribute, value) => format!("{} = {}", self.name(attribute), self.value(value)),
            Condition::IsNot(attribute, value) => format!("{} <> {}", self.name(attribute), self.value(value)),
            Condition::Below(attribute, value) => {
                let (name, value) = (self.name(attribute), self.value(value));
                format!("(attribute_not_exists({name}) OR {name} < {value})")
            }
            Condition::Above(attribute, value) => format!("{} > {}", self.name(attribute), self.value(value)),
            Condition::AtMost(attribute, value) => {
                let (name, value) = (self.name(attribute), self.value(value));
                format!("(attribute_not_exists({name}) OR {name} <= {value})")
            }
        };
        self.conditions.push(text);
    }

    fn condition(&self) -> Option<String> {
        (!self.conditions.is_empty()).then(|| self.conditions.join(" AND "))
    }

    fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.clone())
    }

    fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }
}

/// A change of one item's attributes.
#[derive(Debug)]
pub(crate) struct Update {
    key: Key,
    set: Vec<String>,
    remove: Vec<String>,
    expression: Expression,
}

impl Update {
    /// A change of the item at `key`.
    pub(crate) fn of(key: Key) -> Self {
        Self { key, set: Vec::new(), remove: Vec::new(), expression: Expression::default() }
    }

    pub(crate) fn set(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let (name, value) = (self.expression.name(attribute), self.expression.value(to_value(value)));
        self.set.push(format!("{name} = {value}"));
        self
    }

    /// Sets the attribute, or takes it away where there is no value.
    pub(crate) fn set_or_remove(self, attribute: &'static str, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.remove(attribute),
        }
    }

    /// Sets the attribute unless it is there.
    pub(crate) fn set_once(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let (name, value) = (self.expression.name(attribute), self.expression.value(to_value(value)));
        self.set.push(format!("{name} = if_not_exists({name}, {value})"));
        self
    }

    /// Sets the attribute to what another one was before this update; takes it away where that was absent.
    pub(crate) fn set_from(mut self, attribute: &'static str, other: &'static str, or: &impl Serialize) -> Self {
        let (name, other) = (self.expression.name(attribute), self.expression.name(other));
        let or = self.expression.value(to_value(or));
        self.set.push(format!("{name} = if_not_exists({other}, {or})"));
        self
    }

    /// Adds one to the attribute, which counts from zero.
    pub(crate) fn count_up(mut self, attribute: &'static str) -> Self {
        let name = self.expression.name(attribute);
        let (zero, one) = (self.expression.value(to_value(&0)), self.expression.value(to_value(&1)));
        self.set.push(format!("{name} = if_not_exists({name}, {zero}) + {one}"));
        self
    }

    /// Appends to the list, which begins empty.
    pub(crate) fn append(mut self, attribute: &'static str, value: &impl Serialize) -> Self {
        let name = self.expression.name(attribute);
        let none = self.expression.value(AttributeValue::L(Vec::new()));
        let added = self.expression.value(AttributeValue::L(vec![to_value(value)]));
        self.set.push(format!("{name} = list_append(if_not_exists({name}, {none}), {added})"));
        self
    }

    pub(crate) fn remove(mut self, attribute: &'static str) -> Self {
        let name = self.expression.name(attribute);
        self.remove.push(name);
        self
    }

    pub(crate) fn when(mut self, condition: Condition) -> Self {
        self.expression.and(condition);
        self
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if !self.set.is_empty() {
            let _ = write!(text, "SET {}", self.set.join(", "));
        }
        if !self.remove.is_empty() {
            let _ = write!(text, " REMOVE {}", self.remove.join(", "));
        }
        text
    }
}

/// One of several writes that take effect together or not at all.
#[derive(Debug)]
pub(crate) enum Change {
    /// A new item; it must not exist.
    Create(Item),
    /// A change of an item.
    Update(Update),
}

impl Change {
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
        let request = self.client.put_item().table_name(&self.name).set_item(Some(to_item(key, item)?));
        let request = request.condition_expression("attribute_not_exists(PK)");
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
    let mut attributes: Item = serde_dynamo::to_item(item).map_err(|error| StoreError::corrupt(key.pk(), error))?;
    attributes.retain(|_, value| !value.is_null());
    attributes.extend(key_of(key));
    Ok(attributes)
}

fn to_value(value: &impl Serialize) -> AttributeValue {
    serde_dynamo::to_attribute_value(value).unwrap_or(AttributeValue::Null(true))
}

fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str);
    let place = format!("{} {}", text("PK"), text("SK"));
    serde_dynamo::from_item(item).map_err(|error| StoreError::corrupt(place, error))
}
