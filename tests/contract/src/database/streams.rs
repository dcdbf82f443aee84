//! The table's stream: a record for each change, and for nothing else.

use super::{Place, n, s};
use crate::World;
use crate::case::{Case, Disagreement, Verdict, cases, eventually, holds, refused, same, there};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use aws_sdk_dynamodbstreams::types::{AttributeValue, OperationType, Record, ShardIteratorType, StreamRecord};
use std::collections::HashMap;
use std::sync::Mutex;

pub(super) const CASES: &[Case<Place>] = cases![
    every_change_is_a_record_with_both_images,
    records_of_an_item_come_in_the_order_of_its_changes,
    a_put_that_changes_nothing_is_no_record,
    an_update_that_changes_nothing_is_no_record,
    a_delete_of_nothing_is_no_record,
    a_refused_write_is_no_record,
    each_item_of_a_transaction_is_a_record,
    a_reader_goes_on_after_a_sequence_number,
    values_in_a_record_are_as_they_were_written,
];

/// Streams: INSERT, MODIFY and REMOVE. API_streams_StreamRecord: NEW_AND_OLD_IMAGES gives the item before and after.
async fn every_change_is_a_record_with_both_images(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    place.put(place.item("it", [("a", n(1))])).send().await?;
    place.update("it", "SET a = :two").expression_attribute_values(":two", n(2)).send().await?;
    place.delete("it").send().await?;
    let seen: Vec<_> = reader.records(3).await?.iter().map(|record| (record.kind.clone(), record.a())).collect();
    let (one, two) = (Some("1".to_owned()), Some("2".to_owned()));
    same(
        "the records",
        seen,
        vec![
            (OperationType::Insert, (None, one.clone())),
            (OperationType::Modify, (one, two.clone())),
            (OperationType::Remove, (two, None)),
        ],
    )
}

/// Streams: for each item, the records are in the order of its changes, and each is there exactly once.
async fn records_of_an_item_come_in_the_order_of_its_changes(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    for round in 0..10 {
        for name in ["x", "y"] {
            place.put(place.item(name, [("a", n(round))])).send().await?;
        }
    }
    let records = reader.records(20).await?;
    for name in ["x", "y"] {
        let of_name: Vec<_> = records.iter().filter(|record| record.name == name).collect();
        let rounds: Vec<_> = of_name.iter().filter_map(|record| record.a().1).collect();
        same(&format!("the order of {name}"), rounds, (0..10).map(|round| round.to_string()).collect())?;
        let rising = of_name.windows(2).all(|pair| pair[0].sequence < pair[1].sequence);
        holds("the sequence numbers do not rise", rising)?;
    }
    Ok(())
}

/// Streams: a PutItem that does not change the item writes no record.
async fn a_put_that_changes_nothing_is_no_record(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    for a in [1, 1, 1, 2] {
        place.put(place.item("it", [("a", n(a))])).send().await?;
    }
    reader.shows(&["1", "2"]).await
}

/// Streams: so it is for an UpdateItem.
async fn an_update_that_changes_nothing_is_no_record(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    for a in [1, 1, 1, 2] {
        place.update("it", "SET a = :a").expression_attribute_values(":a", n(a)).send().await?;
    }
    reader.shows(&["1", "2"]).await
}

/// Streams: a record is a change of an item; where none was, there is none.
async fn a_delete_of_nothing_is_no_record(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    place.delete("it").send().await?;
    place.put(place.item("it", [("a", n(1))])).send().await?;
    reader.shows(&["1"]).await
}

/// Streams: nor is a write whose condition failed.
async fn a_refused_write_is_no_record(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    place.put(place.item("it", [("a", n(1))])).send().await?;
    let put = place.put(place.item("it", [("a", n(2))])).condition_expression("attribute_not_exists(PK)");
    refused(put.send().await, &["ConditionalCheckFailedException"])?;
    place.put(place.item("it", [("a", n(3))])).send().await?;
    reader.shows(&["1", "3"]).await
}

/// transaction-apis: changes of a transaction are in the stream, each as its item's.
async fn each_item_of_a_transaction_is_a_record(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    let mut call = place.client().transact_write_items();
    for name in ["x", "y", "z"] {
        let put = Put::builder().table_name(&place.table).set_item(Some(place.item(name, [("a", s(name))]))).build()?;
        call = call.transact_items(TransactWriteItem::builder().put(put).build());
    }
    call.send().await?;
    let mut names: Vec<_> = reader.records(3).await?.into_iter().map(|record| record.name).collect();
    names.sort();
    same("the records", names, vec!["x".to_owned(), "y".to_owned(), "z".to_owned()])
}

/// API_streams_GetShardIterator: AFTER_SEQUENCE_NUMBER begins right after that record.
async fn a_reader_goes_on_after_a_sequence_number(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    for a in 1..=4 {
        place.put(place.item("it", [("a", n(a))])).send().await?;
    }
    let records = reader.records(4).await?;
    let second = there("second record", records.get(1))?;
    let after = place.world.streams.get_shard_iterator().stream_arn(&reader.arn).shard_id(&second.shard);
    let after = after.shard_iterator_type(ShardIteratorType::AfterSequenceNumber);
    let iterator = after.sequence_number(second.text.clone()).send().await?.shard_iterator;
    let again = Reader { iterators: Mutex::new(vec![(second.shard.clone(), iterator)]), ..reader };
    again.shows(&["3", "4"]).await
}

/// API_streams_AttributeValue: the types are the table's.
async fn values_in_a_record_are_as_they_were_written(place: Place) -> Verdict {
    let reader = Reader::new(&place).await?;
    place
        .put(place.item("it", [("a", n("1.5")), ("bytes", super::b(&[0, 255])), ("list", super::list(&["x"]))]))
        .send()
        .await?;
    let records = reader.records(1).await?;
    let image = there("new image", records.first().and_then(|record| record.change.new_image()))?;
    let expected = HashMap::from([
        ("PK".to_owned(), AttributeValue::S(place.pk.clone())),
        ("SK".to_owned(), AttributeValue::S("it".to_owned())),
        ("a".to_owned(), AttributeValue::N("1.5".to_owned())),
        ("bytes".to_owned(), AttributeValue::B(aws_sdk_dynamodbstreams::primitives::Blob::new([0, 255]))),
        ("list".to_owned(), AttributeValue::L(vec![AttributeValue::S("x".to_owned())])),
    ]);
    same("the image", image, &expected)
}

/// A record of the case's own partition.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    shard: String,
    pub(super) kind: OperationType,
    /// The item's sort key.
    name: String,
    sequence: u128,
    text: String,
    change: StreamRecord,
    /// Who made the change, where it was the service itself.
    pub(super) by: Option<String>,
}

impl Seen {
    fn of(record: &Record, shard: &str, pk: &str) -> Option<Self> {
        let change = record.dynamodb()?;
        let key = |name: &str| change.keys()?.get(name)?.as_s().ok().cloned();
        let text = change.sequence_number()?.to_owned();
        (key("PK")? == pk).then_some(())?;
        Some(Self {
            shard: shard.to_owned(),
            kind: record.event_name()?.clone(),
            name: key("SK")?,
            sequence: text.parse().ok()?,
            text,
            change: change.clone(),
            by: record.user_identity().and_then(|identity| identity.principal_id()).map(str::to_owned),
        })
    }

    /// The attribute `a` before and after.
    fn a(&self) -> (Option<String>, Option<String>) {
        let a = |image: Option<&HashMap<String, AttributeValue>>| match image?.get("a")? {
            AttributeValue::N(text) | AttributeValue::S(text) => Some(text.clone()),
            other => Some(format!("{other:?}")),
        };
        (a(self.change.old_image()), a(self.change.new_image()))
    }
}

/// Reads the stream from where it was when the reader was made.
#[derive(Debug)]
pub(super) struct Reader {
    world: World,
    arn: String,
    pk: String,
    /// Where to go on in each shard; none where it has come to its end.
    iterators: Mutex<Vec<(String, Option<String>)>>,
}

impl Reader {
    pub(super) async fn new(place: &Place) -> Result<Self, Disagreement> {
        let described = place.client().describe_table().table_name(&place.table).send().await?;
        let arn = there("stream", described.table.and_then(|table| table.latest_stream_arn))?;
        let streams = &place.world.streams;
        let described = streams.describe_stream().stream_arn(&arn).send().await?;
        let shards = there("description", described.stream_description)?.shards.unwrap_or_default();
        let mut iterators = Vec::new();
        for id in shards.into_iter().filter_map(|shard| shard.shard_id) {
            let latest = streams.get_shard_iterator().stream_arn(&arn).shard_id(&id);
            let latest = latest.shard_iterator_type(ShardIteratorType::Latest).send().await?;
            iterators.push((id, latest.shard_iterator));
        }
        holds("the stream has no shard", !iterators.is_empty())?;
        Ok(Self { world: place.world.clone(), arn, pk: place.pk.clone(), iterators: Mutex::new(iterators) })
    }

    /// The records so far, once there are as many as this, or none more are coming.
    pub(super) async fn records(&self, expected: usize) -> Result<Vec<Seen>, Disagreement> {
        let seen = Mutex::new(Vec::new());
        let ask = async || {
            let new = self.next().await?;
            let mut seen = lock(&seen);
            seen.extend(new);
            Ok(seen.clone())
        };
        eventually(&self.world, ask, |seen: &Vec<Seen>| seen.len() >= expected).await
    }

    /// That the values of `a` after the changes are these, where the last of them closes the case.
    async fn shows(&self, expected: &[&str]) -> Verdict {
        let records = self.records(expected.len()).await?;
        let values: Vec<_> = records.iter().map(|record| record.a().1.unwrap_or_default()).collect();
        same("what the records say", values, expected.iter().map(|value| (*value).to_owned()).collect())
    }

    /// What is new in all shards.
    async fn next(&self) -> Result<Vec<Seen>, Disagreement> {
        let mut seen = Vec::new();
        let mut next = Vec::new();
        let iterators = lock(&self.iterators).clone();
        for (shard, mut iterator) in iterators {
            while let Some(from) = iterator {
                let answer = self.world.streams.get_records().shard_iterator(from).send().await?;
                iterator = answer.next_shard_iterator;
                let records = answer.records.unwrap_or_default();
                seen.extend(records.iter().filter_map(|record| Seen::of(record, &shard, &self.pk)));
                if records.is_empty() {
                    break;
                }
            }
            next.push((shard, iterator));
        }
        *lock(&self.iterators) = next;
        Ok(seen)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
