//! The table's stream: a record for each change of an item, and what is in it.

use crate::support::text;
use crate::table::{Table, code, item, list, number};
use crate::transactions::put;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_dynamo::{AttributeValue as Streamed, Item as Image};

/// The attribute as text or as the digits of a number; empty if the image has none.
fn value(image: &Image, attribute: &str) -> String {
    match image.get(attribute) {
        Some(Streamed::S(value) | Streamed::N(value)) => value.clone(),
        None => String::new(),
        Some(other) => panic!("{other:?}"),
    }
}

/// The records so far: what happened, to which item, and its `a` before and after.
async fn records(table: &Table) -> Vec<[String; 4]> {
    let records = table.records().await.into_iter().map(|record| {
        let change = record.change;
        let name = value(&change.keys, "SK");
        [record.event_name, name, value(&change.old_image, "a"), value(&change.new_image, "a")]
    });
    records.collect()
}

#[tokio::test]
async fn a_change_is_a_record_with_the_item_before_and_after_it() {
    let table = Table::memory().await;
    table.put(item("it", [("a", number(1))])).send().await.unwrap();
    table.update("SET a = :two", [(":two", number(2))]).send().await.unwrap();
    table.delete("it").await;
    let expected = [["INSERT", "it", "", "1"], ["MODIFY", "it", "1", "2"], ["REMOVE", "it", "2", ""]];
    assert_eq!(records(&table).await, expected);
}

#[tokio::test]
async fn records_come_in_the_order_of_the_changes_under_rising_numbers() {
    let table = Table::memory().await;
    let changes = (0..20).map(|n| item(["x", "y"][n % 2], [("a", number(n))]));
    table.put_all(changes).await;
    let records = table.records().await;
    let order: Vec<_> = records.iter().map(|record| value(&record.change.new_image, "a")).collect();
    assert_eq!(order, (0..20).map(|n| n.to_string()).collect::<Vec<_>>());
    let numbers = records.iter().map(|record| record.change.sequence_number.as_ref().unwrap().parse::<u128>().unwrap());
    assert!(numbers.is_sorted_by(|one, next| one < next));
}

#[tokio::test]
async fn a_refused_write_and_a_delete_of_nothing_leave_no_record() {
    let table = Table::memory().await;
    table.delete("it").await;
    table.put(item("it", [("a", number(1))])).send().await.unwrap();
    assert_eq!(code(table.put_new(item("it", [])).send().await), "ConditionalCheckFailedException");
    assert_eq!(records(&table).await, [["INSERT", "it", "", "1"]]);
}

/// DynamoDB leaves out a write that changes nothing. The engine does not: to a function that follows the stream this
/// is a repetition, and it has to bear repetitions anyway.
#[tokio::test]
async fn a_write_that_changes_nothing_is_still_a_record() {
    let table = Table::memory().await;
    table.put_all([item("it", [("a", number(1))]), item("it", [("a", number(1))])]).await;
    table.update("SET a = :a", [(":a", number(1))]).send().await.unwrap();
    let again = ["MODIFY", "it", "1", "1"];
    assert_eq!(records(&table).await, [["INSERT", "it", "", "1"], again, again]);
}

#[tokio::test]
async fn each_item_of_a_transaction_is_a_record() {
    let table = Table::memory().await;
    let puts = ["x", "y", "z"].map(|name| put(item(name, [("a", text(name))])));
    table.aws.dynamodb.transact_write_items().set_transact_items(Some(puts.to_vec())).send().await.unwrap();
    let mut records = records(&table).await;
    records.sort();
    assert_eq!(records, ["x", "y", "z"].map(|name| ["INSERT", name, "", name]));
}

#[tokio::test]
async fn values_in_a_record_are_as_they_were_written() {
    let table = Table::memory().await;
    let bytes = AttributeValue::B(Blob::new([0, 255]));
    table.put(item("it", [("a", number("1.5")), ("bytes", bytes), ("list", list(&["x"]))])).send().await.unwrap();
    let image = table.records().await.remove(0).change.new_image.into_inner();
    let expected = [
        ("PK", Streamed::S("p".to_owned())),
        ("SK", Streamed::S("it".to_owned())),
        ("a", Streamed::N("1.5".to_owned())),
        ("bytes", Streamed::B(vec![0, 255])),
        ("list", Streamed::L(vec![Streamed::S("x".to_owned())])),
    ];
    assert_eq!(image, expected.map(|(name, value)| (name.to_owned(), value)).into());
}
