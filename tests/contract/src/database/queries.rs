//! Queries of the table: order, ranges, pages, filters and counts.

use super::{LARGEST_ITEM, Place, n, names, s};
use crate::case::{Case, Disagreement, Verdict, cases, holds, refused, same};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::Select;

pub(super) const CASES: &[Case<Place>] = cases![
    a_query_goes_up_by_the_bytes_of_the_sort_key,
    a_query_goes_down_if_asked,
    a_range_includes_both_ends,
    a_range_may_be_open,
    a_range_may_be_a_beginning,
    a_query_stays_in_its_partition,
    pages_have_all_items_once,
    pages_have_all_items_once_going_down,
    a_page_goes_on_from_a_key_that_is_gone,
    a_filter_comes_after_the_limit,
    a_filter_leaves_out_what_does_not_match,
    a_filter_cannot_name_the_key,
    a_count_brings_no_items,
    a_page_has_a_megabyte_at_most,
    a_count_stops_at_a_megabyte_too,
    a_strong_query_sees_every_write_before_it,
    an_impossible_range_is_refused,
];

/// API_Query, "ScanIndexForward": ascending by default, text in order of its UTF-8 bytes.
async fn a_query_goes_up_by_the_bytes_of_the_sort_key(place: Place) -> Verdict {
    place.put_all(&["b", "a", "é", "B", "a#1", "👍", "\u{ffee}", "10", "9"]).await?;
    let expected = ["10", "9", "B", "a", "a#1", "b", "é", "\u{ffee}", "👍"];
    same("the order", names(&place.query("").send().await?), owned(&expected))
}

/// API_Query, "ScanIndexForward": descending if false.
async fn a_query_goes_down_if_asked(place: Place) -> Verdict {
    place.put_all(&["b", "a", "c"]).await?;
    let answer = place.query("").scan_index_forward(false).send().await?;
    same("the order", names(&answer), owned(&["c", "b", "a"]))
}

/// Query.KeyConditionExpressions: BETWEEN, greater or equal, and less or equal.
async fn a_range_includes_both_ends(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c", "d"]).await?;
    let query = place.query(" AND SK BETWEEN :low AND :high");
    let query = query.expression_attribute_values(":low", s("b")).expression_attribute_values(":high", s("c"));
    same("the range", names(&query.send().await?), owned(&["b", "c"]))
}

/// Query.KeyConditionExpressions: `<`, `<=`, `>` and `>=`.
async fn a_range_may_be_open(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c"]).await?;
    for (sign, expected) in [("<", &["a"][..]), ("<=", &["a", "b"]), (">", &["c"]), (">=", &["b", "c"]), ("=", &["b"])]
    {
        let query = place.query(&format!(" AND SK {sign} :b")).expression_attribute_values(":b", s("b"));
        same(sign, names(&query.send().await?), owned(expected))?;
    }
    Ok(())
}

/// Query.KeyConditionExpressions: begins_with.
async fn a_range_may_be_a_beginning(place: Place) -> Verdict {
    place.put_all(&["a", "b", "b#1", "b#2", "c"]).await?;
    let query = place.query(" AND begins_with(SK, :b)").expression_attribute_values(":b", s("b#"));
    same("the range", names(&query.send().await?), owned(&["b#1", "b#2"]))
}

/// Query: all items with that partition key value, and no others.
async fn a_query_stays_in_its_partition(place: Place) -> Verdict {
    let other = Place { pk: format!("{}-other", place.pk), ..place.clone() };
    other.put_all(&["a", "b"]).await?;
    place.put_all(&["c"]).await?;
    same("what is found", names(&place.query("").send().await?), owned(&["c"]))
}

/// Query.Pagination: LastEvaluatedKey is where the next page goes on; the last page has none.
async fn pages_have_all_items_once(place: Place) -> Verdict {
    let all = ["a", "b", "c", "d", "e"];
    place.put_all(&all).await?;
    for limit in [1, 2, 5, 6] {
        same("all pages", pages(place.query("").limit(limit), limit).await?, owned(&all))?;
    }
    Ok(())
}

/// Query.Pagination: so it is in the other direction.
async fn pages_have_all_items_once_going_down(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c", "d", "e"]).await?;
    let query = place.query(" AND SK < :e").expression_attribute_values(":e", s("e")).scan_index_forward(false);
    same("all pages", pages(query.limit(2), 2).await?, owned(&["d", "c", "b", "a"]))
}

/// API_Query, "ExclusiveStartKey": a key, which need not be an item's any more.
async fn a_page_goes_on_from_a_key_that_is_gone(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c"]).await?;
    let first = place.query("").limit(2).send().await?;
    place.delete("b").send().await?;
    let second = place.query("").set_exclusive_start_key(first.last_evaluated_key).send().await?;
    same("the second page", names(&second), owned(&["c"]))
}

/// Query.FilterExpression: a limit is on what is read, before the filter.
async fn a_filter_comes_after_the_limit(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c"]).await?;
    let query = place.query("").limit(2).filter_expression("a = :c").expression_attribute_values(":c", s("c"));
    let first = query.clone().send().await?;
    same("what is found and what was read", (first.count, first.scanned_count), (0, 2))?;
    holds("there is no next page", first.last_evaluated_key.is_some())?;
    let second = query.set_exclusive_start_key(first.last_evaluated_key).send().await?;
    same("the second page", names(&second), owned(&["c"]))
}

/// Query.FilterExpression: what does not match is left out, also where the attribute is missing.
async fn a_filter_leaves_out_what_does_not_match(place: Place) -> Verdict {
    place.put_all(&["a", "b"]).await?;
    place.put(place.key("without")).send().await?;
    let query = place.query("").filter_expression("a <> :b").expression_attribute_values(":b", s("b"));
    let answer = query.send().await?;
    same("what is found", names(&answer), owned(&["a", "without"]))?;
    same("what is found and what was read", (answer.count, answer.scanned_count), (2, 3))
}

/// Query.FilterExpression: a filter cannot contain attributes of the key.
async fn a_filter_cannot_name_the_key(place: Place) -> Verdict {
    let query = place.query("").filter_expression("SK = :a").expression_attribute_values(":a", s("a"));
    refused(query.send().await, &["ValidationException"]).map(|_| ())
}

/// API_Query, "Select": COUNT gives the number alone, after the filter.
async fn a_count_brings_no_items(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c"]).await?;
    let query = place.query("").select(Select::Count);
    let answer = query.clone().send().await?;
    same("the count", (answer.count, answer.items().len()), (3, 0))?;
    let query = query.filter_expression("a > :a").expression_attribute_values(":a", s("a"));
    let answer = query.send().await?;
    same("what is counted and what was read", (answer.count, answer.scanned_count), (2, 3))
}

/// Query.Pagination: a page ends at 1 MB.
async fn a_page_has_a_megabyte_at_most(place: Place) -> Verdict {
    let all = large(&place).await?;
    let first = place.query("").send().await?;
    holds(&format!("one page has {} items of 400 KB", first.items().len()), first.items().len() < all.len())?;
    same("all pages", pages(place.query(""), i32::MAX).await?, all)
}

/// Query.Pagination: so it is for a count, which has to be summed.
async fn a_count_stops_at_a_megabyte_too(place: Place) -> Verdict {
    let all = large(&place).await?;
    let first = place.query("").select(Select::Count).send().await?;
    holds("1.6 MB are counted at once", first.count < 4 && first.last_evaluated_key.is_some())?;
    let rest = place.query("").select(Select::Count).set_exclusive_start_key(first.last_evaluated_key).send().await?;
    same("the sum", first.count + rest.count, i32::try_from(all.len()).unwrap_or_default())
}

/// HowItWorks.ReadConsistency: also of a query of the table.
async fn a_strong_query_sees_every_write_before_it(place: Place) -> Verdict {
    for round in 1..=10 {
        place.put(place.item(&format!("{round:02}"), [("a", n(round))])).send().await?;
        let answer = place.query("").consistent_read(true).send().await?;
        same("how many there are", answer.count, round)?;
    }
    Ok(())
}

/// API_Query, "Errors": a range whose end lies before its beginning.
async fn an_impossible_range_is_refused(place: Place) -> Verdict {
    let query = place.query(" AND SK BETWEEN :low AND :high");
    let query = query.expression_attribute_values(":low", s("b")).expression_attribute_values(":high", s("a"));
    refused(query.send().await, &["ValidationException"]).map(|_| ())
}

/// The names on all pages of a query, none of which has more than `limit`.
pub(super) async fn pages(query: QueryFluentBuilder, limit: i32) -> Result<Vec<String>, Disagreement> {
    let (mut all, mut from) = (Vec::new(), None);
    loop {
        let page = query.clone().set_exclusive_start_key(from).send().await?;
        holds("a page has more than its limit", page.count <= limit)?;
        all.extend(names(&page));
        from = page.last_evaluated_key.filter(|key| !key.is_empty());
        if from.is_none() {
            return Ok(all);
        }
    }
}

/// Puts four of the largest items.
async fn large(place: &Place) -> Result<Vec<String>, Disagreement> {
    let all = owned(&["a", "b", "c", "d"]);
    for name in &all {
        place.put(place.item_of(name, LARGEST_ITEM)).send().await?;
    }
    Ok(all)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
