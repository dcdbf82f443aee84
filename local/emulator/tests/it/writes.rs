//! Writes of one item: values, keys and sizes, conditions and what comes with a refusal, update expressions.

use crate::support::text;
use crate::table::{Item, LARGEST_ITEM, NAME, REFUSED, Table, code, item, item_of_size, key, list, names, number};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure, TimeToLiveSpecification,
};

#[tokio::test]
async fn every_type_of_value_comes_back_as_it_was() {
    let table = Table::memory().await;
    let all_bytes: Vec<u8> = (0..=u8::MAX).collect();
    let stored = item(
        "it",
        [
            ("text", text("\u{0} \"\\\u{7f} é ½ Ж 日本語 שלום 👍🏽 \u{200d}\u{feff}\u{ffff}")),
            ("empty", text("")),
            ("fraction", number("-0.12345678901234567890123456789012345678")),
            ("digits", number("12345678901234567890123456789012345678")),
            ("bytes", AttributeValue::B(Blob::new(all_bytes))),
            ("yes", AttributeValue::Bool(true)),
            ("null", AttributeValue::Null(true)),
            ("list", list(&["b", "a", "b"])),
            ("empty_list", list(&[])),
            ("map", AttributeValue::M([("inner".to_owned(), list(&["x"]))].into())),
            ("empty_map", AttributeValue::M([].into())),
        ],
    );
    table.put(stored.clone()).send().await.unwrap();
    assert_eq!(table.get("it").await, Some(stored));
}

#[tokio::test]
async fn a_key_that_is_missing_empty_or_of_another_type_is_refused() {
    let table = Table::memory().await;
    let mut without = key("it");
    without.remove("SK");
    let wrong = ["PK", "SK", "GSI1PK", "GSI2PK"].map(|name| [text(""), number(1)].map(|value| (name, value)));
    let wrong = wrong.into_iter().flatten().map(|pair| item("it", [pair]));
    for item in wrong.chain([without]) {
        assert_eq!(code(table.put(item.clone()).send().await), REFUSED, "{item:?}");
    }
    for (name, value) in [("SK", text("other")), ("GSI1PK", text("")), ("GSI1PK", number(1))] {
        let update = table.update(&format!("SET {name} = :v"), [(":v", value.clone())]).send().await;
        assert_eq!(code(update), REFUSED, "{name} {value:?}");
    }
    assert_eq!(table.get("it").await, None);
}

#[tokio::test]
async fn an_item_has_400_kb_at_most_however_it_grows() {
    let table = Table::memory().await;
    let largest = item_of_size("it", LARGEST_ITEM);
    table.put(largest.clone()).send().await.unwrap();
    assert_eq!(code(table.put(item_of_size("it", LARGEST_ITEM + 1)).send().await), REFUSED);
    assert_eq!(code(table.update("SET b = :b", [(":b", text("b"))]).send().await), REFUSED);
    assert!(table.get("it").await == Some(largest), "a refused write changed the item");
}

#[tokio::test]
async fn an_expired_item_can_be_read_and_updated_until_it_is_swept() {
    let table = Table::memory().await;
    let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name("ttl").build().unwrap();
    let client = &table.aws.dynamodb;
    client.update_time_to_live().table_name(NAME).time_to_live_specification(ttl).send().await.unwrap();
    table.put(item("it", [("ttl", number(1_700_000_000))])).send().await.unwrap();
    assert!(table.get("it").await.is_some());
    assert_eq!(names(&table.query("").send().await.unwrap()), ["it"]);
    table.update("SET a = :a", [(":a", number(1))]).condition_expression("attribute_exists(PK)").send().await.unwrap();
    assert_eq!(table.aws.emulator.database().sweep_ttl().unwrap(), 1);
    assert_eq!(table.get("it").await, None);
}

#[tokio::test]
async fn a_conditional_put_returns_the_item_that_stands_if_asked() {
    let table = Table::memory().await;
    let first = item("it", [("a", number(1))]);
    table.put_new(first.clone()).send().await.unwrap();
    for (asked, given) in [(OnFailure::AllOld, Some(&first)), (OnFailure::None, None)] {
        let put = table.put_new(key("it")).return_values_on_condition_check_failure(asked);
        let refusal = put.send().await.unwrap_err().into_service_error();
        let PutItemError::ConditionalCheckFailedException(refusal) = refusal else { panic!("{refusal:?}") };
        assert_eq!(refusal.item.as_ref(), given);
    }
    assert_eq!(table.get("it").await, Some(first));
}

#[tokio::test]
async fn a_conditional_update_returns_the_item_that_stands_and_makes_none() {
    let table = Table::memory().await;
    let stands = item("it", [("a", number(1)), ("b", list(&["x"]))]);
    for before in [None, Some(stands)] {
        table.put_all(before.clone()).await;
        let update = table.update("SET a = :v", [(":v", number(2))]).condition_expression("attribute_exists(c)");
        let update = update.return_values_on_condition_check_failure(OnFailure::AllOld);
        let refusal = update.send().await.unwrap_err().into_service_error();
        let UpdateItemError::ConditionalCheckFailedException(refusal) = refusal else { panic!("{refusal:?}") };
        assert_eq!(refusal.item, before);
        assert_eq!(table.get("it").await, before);
    }
}

#[tokio::test]
async fn a_condition_compares_by_type_and_a_missing_attribute_differs_from_everything() {
    let table = Table::memory().await;
    let stands = item("it", [("num", number(9)), ("word", text("b")), ("parts", list(&["one", "two"]))]);
    for (condition, value, expected) in [
        ("num = :v", number("9.0"), true),
        ("num < :v", number(10), true),
        ("num <= :v", number(9), true),
        ("num > :v", number(9), false),
        ("word > :v", text("a"), true),
        ("num = :v", text("9"), false),
        ("num <> :v", text("9"), true),
        ("num < :v", text("99"), false),
        ("num > :v", text("0"), false),
        ("absent <> :v", text("v"), true),
        ("absent = :v", text("v"), false),
        ("absent < :v", text("v"), false),
        ("(attribute_not_exists(absent) OR absent < :v)", text("v"), true),
        ("(attribute_not_exists(num) OR num < :v) AND attribute_exists(PK)", number(9), false),
        ("NOT contains(absent, :v)", text("v"), true),
        ("NOT contains(parts, :v)", text("three"), true),
        ("NOT contains(parts, :v)", text("two"), false),
        ("NOT num = :v AND attribute_exists(PK)", number(8), true),
        ("word = :v OR absent = :v AND absent = :v", text("b"), true),
    ] {
        table.put(stands.clone()).send().await.unwrap();
        let answer = table.update("SET seen = :v", [(":v", value.clone())]).condition_expression(condition);
        let answer = answer.send().await;
        assert_eq!(answer.is_ok(), expected, "{condition} with {value:?}");
        assert!(expected || code(answer) == "ConditionalCheckFailedException", "{condition}");
    }
}

/// The item `it` after an update of it.
async fn updated<const N: usize>(table: &Table, expression: &str, values: [(&str, AttributeValue); N]) -> Item {
    let update = table.update(expression, values).return_values(ReturnValue::AllNew);
    update.send().await.unwrap().attributes.unwrap()
}

#[tokio::test]
async fn an_update_makes_an_absent_item_and_changes_only_what_it_names() {
    let table = Table::memory().await;
    let item = |attributes| item("it", attributes);
    let made = updated(&table, "SET a = :v, b = :v", [(":v", number(1))]).await;
    assert_eq!(made, item([("a", number(1)), ("b", number(1))]));
    let changed = updated(&table, "SET a = if_not_exists(a, :v), c = :v", [(":v", number(2))]).await;
    assert_eq!(changed["a"], number(1));
    let removed = updated(&table, "SET b = a REMOVE c, absent", []).await;
    assert_eq!(removed, item([("a", number(1)), ("b", number(1))]));
    assert_eq!(table.get("it").await, Some(removed));
}

#[tokio::test]
async fn a_count_begins_at_zero_and_a_list_empty() {
    let table = Table::memory().await;
    for (count, all) in [(1, &["a"][..]), (2, &["a", "a"])] {
        let n = [(":zero", number(0)), (":one", number(1))];
        assert_eq!(updated(&table, "SET n = if_not_exists(n, :zero) + :one", n).await["n"], number(count));
        let l = [(":none", list(&[])), (":added", list(&["a"]))];
        assert_eq!(updated(&table, "SET l = list_append(if_not_exists(l, :none), :added)", l).await["l"], list(all));
    }
}

#[tokio::test]
async fn an_expression_that_makes_no_sense_is_refused_and_changes_nothing() {
    let table = Table::memory().await;
    let stands = item("it", [("a", text("text"))]);
    table.put(stands.clone()).send().await.unwrap();
    for expression in [
        "SET b = :v, b = :v",
        "SET b = :v REMOVE b",
        "SET a = a + :v",
        "SET ttl = :v",
        "SET b = :v, c = :not_given",
        "SET #not_given = :v",
        "REMOVE b",
    ] {
        assert_eq!(code(table.update(expression, [(":v", number(1))]).send().await), REFUSED, "{expression}");
    }
    assert_eq!(table.get("it").await, Some(stands));
}
