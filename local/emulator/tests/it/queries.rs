//! Reads of many items, of the table and of its indexes: order, ranges, cursors, filters, counts, and where a page ends.

use crate::support::text;
use crate::table::{
    Item, KEYS, LARGEST_ITEM, NAME, REFUSED, SORTED, Table, code, item, item_of_size, key, names, number,
};
use aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, Select};
use std::collections::HashMap;

/// The names on all pages of a query, each of which has `limit` items at most.
async fn pages(query: QueryFluentBuilder, limit: usize) -> Vec<String> {
    let mut all = Vec::new();
    let mut from = None;
    loop {
        let page = query.clone().set_exclusive_start_key(from).send().await.unwrap();
        assert!(page.items().len() <= limit);
        all.extend(names(&page).into_iter().map(str::to_owned));
        from = page.last_evaluated_key.filter(|key| !key.is_empty());
        if from.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn a_query_follows_the_bytes_of_the_sort_key_in_either_direction() {
    let table = Table::memory().await;
    let mut expected = ["10", "9", "B", "a", "a#1", "b", "é", "\u{ffee}", "👍"];
    table.put_all(expected.into_iter().rev().map(key)).await;
    table.put_all([item("c", [("PK", text("another"))])]).await;
    assert_eq!(names(&table.query("").send().await.unwrap()), expected);
    expected.reverse();
    assert_eq!(names(&table.query("").scan_index_forward(false).send().await.unwrap()), expected);
}

#[tokio::test]
async fn between_includes_both_ends_and_below_excludes_its_end() {
    let table = Table::memory().await;
    table.put_all(["a", "b", "c", "d"].map(key)).await;
    let between = |low: &str, high: &str| {
        let query = table.query(" AND SK BETWEEN :low AND :high").expression_attribute_values(":low", text(low));
        query.expression_attribute_values(":high", text(high)).send()
    };
    assert_eq!(names(&between("b", "c").await.unwrap()), ["b", "c"]);
    assert_eq!(code(between("c", "b").await), REFUSED);
    let below = table.query(" AND SK < :c").expression_attribute_values(":c", text("c"));
    assert_eq!(names(&below.send().await.unwrap()), ["a", "b"]);
}

#[tokio::test]
async fn pages_bring_every_item_once_also_within_one_rank_of_an_index() {
    let table = Table::memory().await;
    let all = ["a", "b", "c", "d", "e"];
    table.put_all(all.map(|name| ranked(name, "same", [("GSI2PK", text("p"))]))).await;
    for query in [table.query(""), table.query_index(SORTED), table.query_index(KEYS)] {
        for (limit, forward) in [(1, true), (2, true), (5, true), (1, false), (2, false), (6, false)] {
            let query = query.clone().limit(limit).scan_index_forward(forward);
            let mut found = pages(query, limit.try_into().unwrap()).await;
            found.sort();
            assert_eq!(found, all, "in pages of {limit}");
        }
    }
}

#[tokio::test]
async fn a_page_goes_on_behind_a_key_whose_item_is_gone() {
    let table = Table::memory().await;
    table.put_all(["a", "b", "c"].map(key)).await;
    let first = table.query("").limit(2).send().await.unwrap();
    table.delete("b").await;
    let second = table.query("").set_exclusive_start_key(first.last_evaluated_key).send().await.unwrap();
    assert_eq!(names(&second), ["c"]);
}

#[tokio::test]
async fn a_filter_comes_after_the_limit_and_a_count_after_the_filter() {
    let table = Table::memory().await;
    table.put_all(["a", "b", "c"].map(|name| item(name, [("a", text(name))]))).await;
    table.put_all([key("without")]).await;
    let filtered =
        |filter: &str| table.query("").filter_expression(filter).expression_attribute_values(":c", text("c"));
    let first = filtered("a = :c").limit(2).send().await.unwrap();
    assert_eq!([first.count, first.scanned_count], [0, 2]);
    let second = filtered("a = :c").set_exclusive_start_key(first.last_evaluated_key).send().await.unwrap();
    assert_eq!(names(&second), ["c"]);
    assert_eq!(names(&filtered("a <> :c").send().await.unwrap()), ["a", "b", "without"]);
    assert_eq!(code(filtered("SK = :c").send().await), REFUSED);
    let counted = filtered("a <> :c").select(Select::Count).send().await.unwrap();
    assert_eq!([counted.count, counted.scanned_count], [3, 4]);
    assert!(counted.items().is_empty());
}

#[tokio::test]
async fn a_page_and_a_count_end_at_a_megabyte() {
    let table = Table::memory().await;
    let all = ["a", "b", "c", "d"];
    table.put_all(all.map(|name| item_of_size(name, LARGEST_ITEM))).await;
    assert_eq!(pages(table.query(""), 3).await, all);
    let count = || table.query("").select(Select::Count);
    let first = count().send().await.unwrap();
    assert!(first.count < 4 && first.last_evaluated_key.is_some());
    let rest = count().set_exclusive_start_key(first.last_evaluated_key).send().await.unwrap();
    assert_eq!(first.count + rest.count, 4);
}

fn numbered(count: usize) -> Vec<Item> {
    (0..count).map(|number| key(&format!("{number:03}"))).collect()
}

fn get_all(table: &Table, keys: Vec<Item>) -> BatchGetItemFluentBuilder {
    let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build().unwrap();
    table.aws.dynamodb.batch_get_item().request_items(NAME, wanted)
}

#[tokio::test]
async fn a_batch_reads_100_items_at_most_each_once_and_leaves_absent_ones_out() {
    let table = Table::memory().await;
    table.put_all(numbered(99)).await;
    let answer = get_all(&table, numbered(100)).send().await.unwrap();
    assert_eq!(answer.responses().unwrap()[NAME].len(), 99);
    assert!(answer.unprocessed_keys().is_none_or(HashMap::is_empty));
    for refused in [numbered(101), vec![key("a"), key("a")]] {
        assert_eq!(code(get_all(&table, refused).send().await), REFUSED);
    }
}

#[tokio::test]
async fn a_batch_leaves_keys_beyond_16_mb_unprocessed() {
    let table = Table::memory().await;
    let keys = numbered(45);
    table.put_all(keys.iter().map(|key| item_of_size(key["SK"].as_s().unwrap(), LARGEST_ITEM))).await;
    let first = get_all(&table, keys).send().await.unwrap();
    let left = first.unprocessed_keys().unwrap()[NAME].keys().to_vec();
    assert!(!left.is_empty(), "18 MB came in one answer");
    let second = get_all(&table, left).send().await.unwrap();
    let items = [first, second].map(|answer| answer.responses.unwrap().remove(NAME).unwrap());
    let mut names: Vec<_> = items.iter().flatten().map(|item| item["SK"].as_s().unwrap()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 45);
}

/// The item `sk` in the sorted index, at `rank`, with these attributes.
fn ranked<const N: usize>(sk: &str, rank: &str, others: [(&str, AttributeValue); N]) -> Item {
    let mut ranked = item(sk, [("GSI1PK", text("p")), ("GSI1SK", text(rank))]);
    ranked.extend(item(sk, others));
    ranked
}

#[tokio::test]
async fn an_index_holds_items_with_all_its_keys_and_follows_them() {
    let table = Table::memory().await;
    let shows = async || table.query_index(SORTED).send().await.unwrap();
    table.put_all([key("out"), item("half", [("GSI1PK", text("p"))])]).await;
    table.put_all([ranked("a", "3", []), ranked("it", "1", []), ranked("c", "2", [])]).await;
    assert_eq!(names(&shows().await), ["it", "c", "a"]);
    assert_eq!(names(&table.query_index(SORTED).scan_index_forward(false).send().await.unwrap()), ["a", "c", "it"]);
    table.update("SET GSI1SK = :last", [(":last", text("4"))]).send().await.unwrap();
    assert_eq!(names(&shows().await), ["c", "a", "it"]);
    table.update("REMOVE GSI1PK", []).send().await.unwrap();
    table.delete("a").await;
    assert_eq!(names(&shows().await), ["c"]);
}

#[tokio::test]
async fn an_index_gives_and_filters_by_its_keys_and_chosen_attributes_alone() {
    let table = Table::memory().await;
    let others = [("assignee", text("u")), ("secret", text("u")), ("GSI2PK", text("p"))];
    table.put_all([ranked("it", "1", others)]).await;
    let entries = async |index| table.query_index(index).send().await.unwrap().items.unwrap();
    assert_eq!(entries(SORTED).await, [ranked("it", "1", [("assignee", text("u"))])]);
    assert_eq!(entries(KEYS).await, [item("it", [("GSI2PK", text("p"))])]);
    for (filter, count) in [("assignee = :u", 1), ("secret = :u", 0)] {
        let query = table.query_index(SORTED).filter_expression(filter).expression_attribute_values(":u", text("u"));
        assert_eq!(query.send().await.unwrap().count, count, "{filter}");
    }
    table.update("SET assignee = :n", [(":n", number(2))]).send().await.unwrap();
    assert_eq!(entries(SORTED).await, [ranked("it", "1", [("assignee", number(2))])]);
}

#[tokio::test]
async fn a_strong_read_of_an_index_and_an_unknown_index_are_refused() {
    let table = Table::memory().await;
    assert_eq!(code(table.query_index(SORTED).consistent_read(true).send().await), REFUSED);
    assert_eq!(code(table.query_index("GSI9").send().await), REFUSED);
}
