//! Writes that take effect together or not at all.

use crate::support::text;
use crate::table::{Item, LARGEST_ITEM, NAME, REFUSED, Table, code, item, item_of_size, key, number};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder;
use aws_sdk_dynamodb::types::{
    Delete, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update,
};

const CANCELLED: &str = "TransactionCanceledException";

fn together(table: &Table, writes: Vec<TransactWriteItem>) -> TransactWriteItemsFluentBuilder {
    table.aws.dynamodb.transact_write_items().set_transact_items(Some(writes))
}

pub fn put(item: Item) -> TransactWriteItem {
    let put = Put::builder().table_name(NAME).set_item(Some(item)).build().unwrap();
    TransactWriteItem::builder().put(put).build()
}

/// Puts an item where none stands, and asks for the one that does.
fn create(sk: &str) -> TransactWriteItem {
    let put = Put::builder().table_name(NAME).set_item(Some(key(sk))).condition_expression("attribute_not_exists(PK)");
    let put = put.return_values_on_condition_check_failure(OnFailure::AllOld).build().unwrap();
    TransactWriteItem::builder().put(put).build()
}

fn remove(sk: &str) -> TransactWriteItem {
    let delete = Delete::builder().table_name(NAME).set_key(Some(key(sk))).condition_expression("attribute_exists(PK)");
    TransactWriteItem::builder().delete(delete.build().unwrap()).build()
}

/// Adds one to `n`.
fn count(sk: &str) -> TransactWriteItem {
    let update = Update::builder().table_name(NAME).set_key(Some(key(sk)));
    let update = update.update_expression("SET n = if_not_exists(n, :zero) + :one");
    let update = update.expression_attribute_values(":zero", number(0)).expression_attribute_values(":one", number(1));
    TransactWriteItem::builder().update(update.build().unwrap()).build()
}

#[tokio::test]
async fn all_writes_of_a_transaction_take_effect() {
    let table = Table::memory().await;
    table.put_all([key("removed")]).await;
    together(&table, vec![create("created"), count("updated"), remove("removed")]).send().await.unwrap();
    assert_eq!(table.get("created").await, Some(key("created")));
    assert_eq!(table.get("updated").await, Some(item("updated", [("n", number(1))])));
    assert_eq!(table.get("removed").await, None);
}

#[tokio::test]
async fn a_cancelled_transaction_writes_nothing_and_gives_a_reason_for_each_write() {
    let table = Table::memory().await;
    let taken = item("taken", [("n", text("text"))]);
    table.put_all([taken.clone()]).await;
    for (writes, codes, items) in [
        (
            vec![create("a"), create("taken"), count("b"), remove("absent")],
            vec!["None", "ConditionalCheckFailed", "None", "ConditionalCheckFailed"],
            vec![None, Some(taken.clone()), None, None],
        ),
        (vec![create("a"), count("taken")], vec!["None", "ValidationError"], vec![None, None]),
    ] {
        let refusal = together(&table, writes).send().await.unwrap_err().into_service_error();
        let TransactWriteItemsError::TransactionCanceledException(cancelled) = refusal else { panic!("{refusal:?}") };
        let reasons = cancelled.cancellation_reasons();
        assert_eq!(reasons.iter().map(|reason| reason.code().unwrap()).collect::<Vec<_>>(), codes);
        assert_eq!(reasons.iter().map(|reason| reason.item.clone()).collect::<Vec<_>>(), items);
        assert_eq!([table.get("a").await, table.get("b").await], [None, None]);
    }
}

#[tokio::test]
async fn a_repeated_token_does_not_write_again_and_another_token_does() {
    let table = Table::memory().await;
    for (token, n) in [("one", 1), ("one", 1), ("other", 2)] {
        together(&table, vec![count("a")]).client_request_token(token).send().await.unwrap();
        assert_eq!(table.get("a").await.unwrap()["n"], number(n), "{token}");
    }
    let other_writes = together(&table, vec![count("b")]).client_request_token("one").send().await;
    assert_eq!(code(other_writes), "IdempotentParameterMismatchException");
}

#[tokio::test]
async fn a_cancelled_transaction_can_be_tried_again_under_its_token() {
    let table = Table::memory().await;
    table.put_all([key("taken")]).await;
    let call = || together(&table, vec![create("taken"), count("a")]).client_request_token("token").send();
    assert_eq!(code(call().await), CANCELLED);
    table.delete("taken").await;
    call().await.unwrap();
    assert!(table.get("a").await.is_some());
}

#[tokio::test]
async fn a_transaction_writes_an_item_once_and_100_items_of_4_mb_at_most() {
    let table = Table::memory().await;
    let many = |writes: usize| (0..writes).map(|n| put(key(&format!("{n:03}")))).collect();
    let large = |writes: usize| (0..writes).map(|n| put(item_of_size(&format!("{n:03}"), LARGEST_ITEM))).collect();
    for allowed in [many(100), large(10)] {
        together(&table, allowed).send().await.unwrap();
    }
    for refused in [vec![count("a"), put(key("a"))], many(101), large(11)] {
        let refusal = code(together(&table, refused).send().await);
        assert!([REFUSED, CANCELLED].contains(&refusal.as_str()), "{refusal}");
    }
    assert_eq!(table.get("a").await, None);
}
