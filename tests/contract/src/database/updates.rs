//! Update expressions.

use super::{Place, attribute, list, n, s};
use crate::case::{Case, Verdict, cases, refused, same};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};

pub(super) const CASES: &[Case<Place>] = cases![
    an_update_makes_an_item_that_is_not_there,
    an_update_leaves_what_it_does_not_name,
    an_update_gives_the_item_as_it_is_then_or_was,
    if_not_exists_sets_once,
    if_not_exists_takes_another_attribute_as_it_was_before,
    if_not_exists_counts_from_zero,
    list_append_begins_a_list_and_goes_on,
    add_counts_from_zero,
    add_joins_a_set,
    delete_takes_out_of_a_set,
    remove_takes_away_and_minds_nothing_missing,
    set_and_remove_go_together,
    a_place_is_named_once,
    a_sum_with_text_is_refused,
    a_word_of_the_language_needs_a_placeholder,
    a_placeholder_that_is_not_used_is_refused,
    a_placeholder_that_is_not_given_is_refused,
];

/// API_UpdateItem: edits an existing item, or adds a new one.
async fn an_update_makes_an_item_that_is_not_there(place: Place) -> Verdict {
    place.update("it", "SET a = :a").expression_attribute_values(":a", n(1)).send().await?;
    same("the item", place.get("it").await?, Some(place.item("it", [("a", n(1))])))
}

/// API_UpdateItem: only what the expression names is changed.
async fn an_update_leaves_what_it_does_not_name(place: Place) -> Verdict {
    place.put(place.item("it", [("a", n(1)), ("b", n(2))])).send().await?;
    place.update("it", "SET a = :a").expression_attribute_values(":a", n(3)).send().await?;
    same("the item", place.get("it").await?, Some(place.item("it", [("a", n(3)), ("b", n(2))])))
}

/// API_UpdateItem, "ReturnValues": ALL_NEW, ALL_OLD and UPDATED_NEW.
async fn an_update_gives_the_item_as_it_is_then_or_was(place: Place) -> Verdict {
    let item = |a: i32| place.item("it", [("a", n(a)), ("b", n(0))]);
    place.put(item(1)).send().await?;
    let update =
        |a: i32, what| place.update("it", "SET a = :a").expression_attribute_values(":a", n(a)).return_values(what);
    same("ALL_NEW", update(2, ReturnValue::AllNew).send().await?.attributes, Some(item(2)))?;
    same("ALL_OLD", update(3, ReturnValue::AllOld).send().await?.attributes, Some(item(2)))?;
    let updated = update(4, ReturnValue::UpdatedNew).send().await?.attributes;
    same("UPDATED_NEW", updated, Some([("a".to_owned(), n(4))].into()))
}

/// Expressions.UpdateExpressions, "Preventing overwrites of an existing attribute".
async fn if_not_exists_sets_once(place: Place) -> Verdict {
    for given in [1, 2] {
        let update = place.update("it", "SET a = if_not_exists(a, :a)").expression_attribute_values(":a", n(given));
        same("it", attribute(&update.send().await?.attributes, "a"), Some(&n(1)))?;
    }
    Ok(())
}

/// example_dynamodb_Scenario_UpdateExpressionOrder_section: what is read is the item as it was before the update.
async fn if_not_exists_takes_another_attribute_as_it_was_before(place: Place) -> Verdict {
    for (newest, earlier) in [("one", "none"), ("two", "one"), ("three", "two")] {
        let update = place.update("it", "SET newest = :newest, earlier = if_not_exists(newest, :none)");
        let update =
            update.expression_attribute_values(":newest", s(newest)).expression_attribute_values(":none", s("none"));
        let expected = place.item("it", [("newest", s(newest)), ("earlier", s(earlier))]);
        same("the item", update.send().await?.attributes, Some(expected))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "Incrementing and decrementing numerical attributes".
async fn if_not_exists_counts_from_zero(place: Place) -> Verdict {
    for count in 1..=3 {
        let update = place.update("it", "SET #n = if_not_exists(#n, :zero) + :one");
        let update = update.expression_attribute_names("#n", "count");
        let update = update.expression_attribute_values(":zero", n(0)).expression_attribute_values(":one", n(1));
        same("the count", attribute(&update.send().await?.attributes, "count"), Some(&n(count)))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "Adding elements to a list".
async fn list_append_begins_a_list_and_goes_on(place: Place) -> Verdict {
    for (added, all) in [("a", &["a"][..]), ("b", &["a", "b"]), ("a", &["a", "b", "a"])] {
        let update = place.update("it", "SET #l = list_append(if_not_exists(#l, :none), :added)");
        let update = update.expression_attribute_names("#l", "list");
        let update = update
            .expression_attribute_values(":none", list(&[]))
            .expression_attribute_values(":added", list(&[added]));
        same("the list", attribute(&update.send().await?.attributes, "list"), Some(&list(all)))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "ADD": a number that is not there counts as zero.
async fn add_counts_from_zero(place: Place) -> Verdict {
    for (added, sum) in [(3, 3), (-5, -2)] {
        let update = place.update("it", "ADD a :a").expression_attribute_values(":a", n(added));
        same("the sum", attribute(&update.send().await?.attributes, "a"), Some(&n(sum)))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "ADD": what is in the set already is not there twice.
async fn add_joins_a_set(place: Place) -> Verdict {
    for _ in 0..2 {
        let one = AttributeValue::Ss(vec!["one".into()]);
        let update = place.update("it", "ADD a :a").expression_attribute_values(":a", one.clone());
        same("the set", attribute(&update.send().await?.attributes, "a"), Some(&one))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "DELETE": a set that has nothing left is gone, since there is no empty one.
async fn delete_takes_out_of_a_set(place: Place) -> Verdict {
    place.put(place.item("it", [("a", AttributeValue::Ss(vec!["one".into(), "two".into()]))])).send().await?;
    let two = AttributeValue::Ss(vec!["two".into()]);
    for (taken, left) in [("one", Some(&two)), ("two", None)] {
        let taken = AttributeValue::Ss(vec![taken.into()]);
        let update = place.update("it", "DELETE a :a").expression_attribute_values(":a", taken);
        same("the set", attribute(&update.send().await?.attributes, "a"), left)?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions, "REMOVE".
async fn remove_takes_away_and_minds_nothing_missing(place: Place) -> Verdict {
    place.put(place.item("it", [("a", n(1)), ("b", n(2))])).send().await?;
    for _ in 0..2 {
        let update = place.update("it", "REMOVE a, absent");
        same("the item", update.send().await?.attributes, Some(place.item("it", [("b", n(2))])))?;
    }
    Ok(())
}

/// Expressions.UpdateExpressions: an expression has one or more clauses.
async fn set_and_remove_go_together(place: Place) -> Verdict {
    place.put(place.item("it", [("a", n(1)), ("b", n(2))])).send().await?;
    let update = place.update("it", "SET c = a REMOVE a").send().await?;
    same("the item", update.attributes, Some(place.item("it", [("b", n(2)), ("c", n(1))])))
}

/// API_UpdateItem, "UpdateExpression": one place cannot be changed twice, so that no order of the changes matters.
async fn a_place_is_named_once(place: Place) -> Verdict {
    let values = |update: aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder| {
        update.expression_attribute_values(":one", n(1))
    };
    refused(values(place.update("it", "SET a = :one, a = :one")).send().await, &["ValidationException"])?;
    refused(values(place.update("it", "SET a = :one REMOVE a")).send().await, &["ValidationException"]).map(|_| ())
}

/// Expressions.UpdateExpressions: `+` is for numbers.
async fn a_sum_with_text_is_refused(place: Place) -> Verdict {
    let item = place.item("it", [("a", s("text"))]);
    place.put(item.clone()).send().await?;
    let update = place.update("it", "SET a = a + :one").expression_attribute_values(":one", n(1));
    refused(update.send().await, &["ValidationException"])?;
    same("the item", place.get("it").await?, Some(item))
}

/// ReservedWords: `ttl` is one, so `#ttl` has to stand for it.
async fn a_word_of_the_language_needs_a_placeholder(place: Place) -> Verdict {
    let update = place.update("it", "SET ttl = :t").expression_attribute_values(":t", n(1));
    refused(update.send().await, &["ValidationException"])?;
    let update = place.update("it", "SET #ttl = :t").expression_attribute_values(":t", n(1));
    update.expression_attribute_names("#ttl", "ttl").send().await?;
    Ok(())
}

/// API_UpdateItem, "Errors": a value or name that no expression uses.
async fn a_placeholder_that_is_not_used_is_refused(place: Place) -> Verdict {
    let update = || place.update("it", "SET a = :a").expression_attribute_values(":a", n(1));
    refused(update().expression_attribute_values(":b", n(1)).send().await, &["ValidationException"])?;
    refused(update().expression_attribute_names("#b", "b").send().await, &["ValidationException"]).map(|_| ())
}

/// Expressions.ExpressionAttributeValues: what an expression uses has to be given.
async fn a_placeholder_that_is_not_given_is_refused(place: Place) -> Verdict {
    refused(place.update("it", "SET a = :a").send().await, &["ValidationException"])?;
    let update = place.update("it", "SET #a = :a").expression_attribute_values(":a", n(1));
    refused(update.send().await, &["ValidationException"]).map(|_| ())
}
