//! The table's two indexes: who is in them, in which order, and with what.
//!
//! An index may be a moment behind, so each look is repeated until it shows what is expected.

use super::{Item, Place, n, names, queries, s};
use crate::case::{Case, Disagreement, Verdict, cases, eventually, refused, same};
use aws_sdk_dynamodb::types::AttributeValue;

pub(super) const CASES: &[Case<Place>] = cases![
    an_index_has_only_items_with_its_keys,
    an_item_leaves_an_index_with_its_key,
    an_item_moves_within_an_index,
    a_deleted_item_leaves_its_indexes,
    an_index_goes_by_its_own_sort_key_in_either_direction,
    pages_of_an_index_have_all_items_of_one_rank_once,
    an_index_of_chosen_attributes_has_those_and_the_keys,
    a_chosen_attribute_follows_its_item,
    an_index_of_keys_has_keys_alone,
    a_filter_on_an_index_sees_what_is_in_the_index,
    an_index_cannot_be_read_strongly,
    an_unknown_index_is_refused,
];

/// GSI, and bp-indexes-general-sparse-indexes: an item without the index's keys is not in it.
async fn an_index_has_only_items_with_its_keys(place: Place) -> Verdict {
    place.put(listed(&place, "in", "1")).send().await?;
    place.put(place.key("out")).send().await?;
    place.put(place.item("half", [("GSI1PK", s(&place.pk))])).send().await?;
    shows(&place, &["in"]).await
}

/// GSI, "Data synchronization": an update that takes the key away takes the item out of the index.
async fn an_item_leaves_an_index_with_its_key(place: Place) -> Verdict {
    place.put(listed(&place, "a", "1")).send().await?;
    place.put(listed(&place, "b", "2")).send().await?;
    place.update("a", "REMOVE GSI1PK").send().await?;
    shows(&place, &["b"]).await
}

/// GSI, "Data synchronization": an update of the key moves the item.
async fn an_item_moves_within_an_index(place: Place) -> Verdict {
    for (name, rank) in [("a", "1"), ("b", "2")] {
        place.put(listed(&place, name, rank)).send().await?;
    }
    place.update("a", "SET GSI1SK = :last").expression_attribute_values(":last", s("3")).send().await?;
    shows(&place, &["b", "a"]).await
}

/// GSI, "Data synchronization": a deleted item is deleted from the indexes.
async fn a_deleted_item_leaves_its_indexes(place: Place) -> Verdict {
    for name in ["a", "b"] {
        place.put(listed(&place, name, name)).send().await?;
    }
    place.delete("a").send().await?;
    shows(&place, &["b"]).await
}

/// GSI, "Querying": by the index's sort key, ascending or descending.
async fn an_index_goes_by_its_own_sort_key_in_either_direction(place: Place) -> Verdict {
    for (name, rank) in [("a", "3"), ("b", "1"), ("c", "2")] {
        place.put(listed(&place, name, rank)).send().await?;
    }
    shows(&place, &["b", "c", "a"]).await?;
    let down = place.query_index("GSI1").scan_index_forward(false).send().await?;
    same("the order", names(&down), owned(&["a", "c", "b"]))
}

/// GSI: key values need not be unique. Query.Pagination: each item still comes once, whatever the page's size.
async fn pages_of_an_index_have_all_items_of_one_rank_once(place: Place) -> Verdict {
    let all = ["a", "b", "c", "d", "e"];
    for name in all {
        place.put(listed(&place, name, "same")).send().await?;
        place
            .put(place.item(name, [("GSI1PK", s(&place.pk)), ("GSI1SK", s("same")), ("GSI2PK", s(&place.pk))]))
            .send()
            .await?;
    }
    for index in ["GSI1", "GSI2"] {
        for limit in [1, 2, 5] {
            for up in [true, false] {
                let query = place.query_index(index).limit(limit).scan_index_forward(up);
                let ask = async || {
                    let mut found = queries::pages(query.clone(), limit).await?;
                    found.sort();
                    Ok(found)
                };
                let found = eventually(&place.world, ask, |found| *found == owned(&all)).await?;
                same(&format!("what {index} has in pages of {limit}"), found, owned(&all))?;
            }
        }
    }
    Ok(())
}

/// GSI, "Attribute projections": INCLUDE has the chosen attributes, and the keys of index and table.
async fn an_index_of_chosen_attributes_has_those_and_the_keys(place: Place) -> Verdict {
    let mut expected = listed(&place, "it", "1");
    expected.insert("assignee".to_owned(), s("u"));
    let mut item = expected.clone();
    item.insert("other".to_owned(), n(1));
    item.insert("GSI2PK".to_owned(), s(&place.pk));
    place.put(item).send().await?;
    same("what the index has", first(&place, "GSI1").await?, Some(expected))
}

/// GSI, "Data synchronization": an update of a projected attribute reaches the index.
async fn a_chosen_attribute_follows_its_item(place: Place) -> Verdict {
    place.put(listed(&place, "it", "1")).send().await?;
    for value in [Some("u"), Some("v"), None] {
        let update = match value {
            Some(value) => place.update("it", "SET assignee = :a").expression_attribute_values(":a", s(value)),
            None => place.update("it", "REMOVE assignee"),
        };
        update.send().await?;
        let assignee = |item: &Option<Item>| item.as_ref().and_then(|item| item.get("assignee").cloned());
        let value: Option<AttributeValue> = value.map(s);
        let found = eventually(&place.world, async || first(&place, "GSI1").await, |item| assignee(item) == value);
        same("the attribute", assignee(&found.await?), value.clone())?;
    }
    Ok(())
}

/// GSI, "Attribute projections": KEYS_ONLY has the keys of index and table.
async fn an_index_of_keys_has_keys_alone(place: Place) -> Verdict {
    let expected = place.item("it", [("GSI2PK", s(&place.pk))]);
    let mut item = expected.clone();
    item.insert("assignee".to_owned(), s("u"));
    item.insert("GSI1PK".to_owned(), s(&place.pk));
    place.put(item).send().await?;
    same("what the index has", first(&place, "GSI2").await?, Some(expected))
}

/// GSI, "Attribute projections": what is not projected is not there for a query of the index.
async fn a_filter_on_an_index_sees_what_is_in_the_index(place: Place) -> Verdict {
    for (name, assignee) in [("a", "u"), ("b", "v")] {
        let mut item = listed(&place, name, name);
        item.insert("assignee".to_owned(), s(assignee));
        item.insert("secret".to_owned(), s(assignee));
        place.put(item).send().await?;
    }
    shows(&place, &["a", "b"]).await?;
    for (filter, expected) in [("assignee = :u", &["a"][..]), ("secret = :u", &[])] {
        let query = place.query_index("GSI1").filter_expression(filter).expression_attribute_values(":u", s("u"));
        same(filter, names(&query.send().await?), owned(expected))?;
    }
    Ok(())
}

/// API_Query, "ConsistentRead": strongly consistent reads are not supported on global secondary indexes.
async fn an_index_cannot_be_read_strongly(place: Place) -> Verdict {
    refused(place.query_index("GSI1").consistent_read(true).send().await, &["ValidationException"]).map(|_| ())
}

/// API_Query, "IndexName": of an index to query.
async fn an_unknown_index_is_refused(place: Place) -> Verdict {
    refused(place.query_index("GSI9").send().await, &["ValidationException"]).map(|_| ())
}

/// An item of the first index, at `rank`.
fn listed(place: &Place, name: &str, rank: &str) -> Item {
    place.item(name, [("GSI1PK", s(&place.pk)), ("GSI1SK", s(rank))])
}

/// That the first index has these items in this order.
async fn shows(place: &Place, expected: &[&str]) -> Verdict {
    let ask = async || Ok(names(&place.query_index("GSI1").send().await?));
    let found = eventually(&place.world, ask, |found| *found == owned(expected)).await?;
    same("what the index has", found, owned(expected))
}

/// The first item that an index has.
async fn first(place: &Place, index: &str) -> Result<Option<Item>, Disagreement> {
    let ask = async || Ok(place.query_index(index).send().await?.items.unwrap_or_default());
    Ok(eventually(&place.world, ask, |items| !items.is_empty()).await?.into_iter().next())
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
