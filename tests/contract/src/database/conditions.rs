//! Condition expressions, and what comes with a refusal.

use super::{Item, Place, list, n, s};
use crate::case::{Case, Disagreement, Verdict, cases, refused, same};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure};

pub(super) const CASES: &[Case<Place>] = cases![
    a_put_where_nothing_stands_happens_once,
    a_refused_put_gives_what_stands_there,
    a_refused_put_gives_nothing_unasked,
    a_refused_update_gives_what_stands_there,
    a_refused_update_of_nothing_gives_nothing,
    a_refused_delete_gives_what_stands_there,
    attributes_are_compared,
    a_missing_attribute_is_unlike_everything,
    a_value_of_another_type_is_neither_above_nor_below,
    words_bind_not_then_and_then_or,
    a_list_contains_what_it_has,
    text_begins_with_what_it_begins_with,
    between_includes_both_ends,
];

/// Expressions.ConditionExpressions, "Conditional put".
async fn a_put_where_nothing_stands_happens_once(place: Place) -> Verdict {
    let put =
        |a: i32| place.put(place.item("it", [("a", n(a))])).condition_expression("attribute_not_exists(PK)").send();
    put(1).await?;
    refused(put(2).await, &["ConditionalCheckFailedException"])?;
    same("the item", place.get("it").await?, Some(place.item("it", [("a", n(1))])))
}

/// API_PutItem, "ReturnValuesOnConditionCheckFailure": ALL_OLD.
async fn a_refused_put_gives_what_stands_there(place: Place) -> Verdict {
    let first = place.item("it", [("a", n(1))]);
    place.put(first.clone()).send().await?;
    let put = place.put(place.item("it", [("b", n(2))])).condition_expression("attribute_not_exists(PK)");
    let put = put.return_values_on_condition_check_failure(OnFailure::AllOld);
    match refused(put.send().await, &["ConditionalCheckFailedException"])? {
        PutItemError::ConditionalCheckFailedException(refusal) => same("what stands there", refusal.item, Some(first)),
        other => Err(unread(&other)),
    }
}

/// API_PutItem, "ReturnValuesOnConditionCheckFailure": there are no values by default.
async fn a_refused_put_gives_nothing_unasked(place: Place) -> Verdict {
    place.put(place.key("it")).send().await?;
    let put = place.put(place.key("it")).condition_expression("attribute_not_exists(PK)");
    match refused(put.send().await, &["ConditionalCheckFailedException"])? {
        PutItemError::ConditionalCheckFailedException(refusal) => same("what stands there", refusal.item, None),
        other => Err(unread(&other)),
    }
}

/// API_UpdateItem, "ReturnValuesOnConditionCheckFailure": ALL_OLD.
async fn a_refused_update_gives_what_stands_there(place: Place) -> Verdict {
    let item = place.item("it", [("a", n(1)), ("b", list(&["x"]))]);
    place.put(item.clone()).send().await?;
    same("what stands there", refused_update(&place, "a = :two").await?, Some(item.clone()))?;
    same("the item", place.get("it").await?, Some(item))
}

/// API_UpdateItem, "ReturnValuesOnConditionCheckFailure": where there is no item, none can be given, and none is made.
async fn a_refused_update_of_nothing_gives_nothing(place: Place) -> Verdict {
    same("what stands there", refused_update(&place, "attribute_exists(PK) AND a <> :two").await?, None)?;
    same("the item", place.get("it").await?, None)
}

/// API_DeleteItem, "ReturnValuesOnConditionCheckFailure": ALL_OLD.
async fn a_refused_delete_gives_what_stands_there(place: Place) -> Verdict {
    let item = place.item("it", [("a", n(1))]);
    place.put(item.clone()).send().await?;
    let delete = place.delete("it").condition_expression("a = :two").expression_attribute_values(":two", n(2));
    let delete = delete.return_values_on_condition_check_failure(OnFailure::AllOld);
    match refused(delete.send().await, &["ConditionalCheckFailedException"])? {
        DeleteItemError::ConditionalCheckFailedException(refusal) => {
            same("what stands there", refusal.item, Some(item.clone()))?;
        }
        other => return Err(unread(&other)),
    }
    same("the item", place.get("it").await?, Some(item))
}

/// Expressions.OperatorsAndFunctions, "Making comparisons".
async fn attributes_are_compared(place: Place) -> Verdict {
    place.put(place.item("it", [("num", n(5)), ("word", s("b"))])).send().await?;
    for (condition, value, truth) in [
        ("num = :v", n(5), true),
        ("num <> :v", n(5), false),
        ("num < :v", n(10), true),
        ("num <= :v", n(5), true),
        ("num > :v", n(5), false),
        ("num >= :v", n(6), false),
        ("word > :v", s("a"), true),
        ("word < :v", s("B"), false),
        ("attribute_exists(num) AND num = :v", n(5), true),
        ("attribute_not_exists(num) OR num = :v", n(6), false),
    ] {
        check(&place, condition, value, truth).await?;
    }
    Ok(())
}

/// Expressions.OperatorsAndFunctions: `<>` is true of what is not there; every other comparison is false.
async fn a_missing_attribute_is_unlike_everything(place: Place) -> Verdict {
    place.put(place.key("it")).send().await?;
    for (condition, truth) in [
        ("absent <> :v", true),
        ("absent = :v", false),
        ("absent < :v", false),
        ("absent >= :v", false),
        ("NOT contains(absent, :v)", true),
        ("attribute_not_exists(absent) OR absent < :v", true),
    ] {
        check(&place, condition, s("v"), truth).await?;
    }
    Ok(())
}

/// Expressions.OperatorsAndFunctions: values of different types are unequal, and have no order.
async fn a_value_of_another_type_is_neither_above_nor_below(place: Place) -> Verdict {
    place.put(place.item("it", [("num", n(5))])).send().await?;
    for (condition, truth) in [("num = :v", false), ("num <> :v", true), ("num < :v", false), ("num > :v", false)] {
        check(&place, condition, s("5"), truth).await?;
    }
    Ok(())
}

/// Expressions.OperatorsAndFunctions, "Precedence in conditions".
async fn words_bind_not_then_and_then_or(place: Place) -> Verdict {
    place.put(place.item("it", [("good", n(1))])).send().await?;
    for (condition, truth) in [
        ("good = :v OR bad = :v AND bad = :v", true),
        ("(good = :v OR bad = :v) AND bad = :v", false),
        ("NOT bad = :v AND good = :v", true),
        ("NOT (bad = :v OR good = :v)", false),
    ] {
        check(&place, condition, n(1), truth).await?;
    }
    Ok(())
}

/// Expressions.OperatorsAndFunctions, "contains": an element of a list or set, or a part of a text.
async fn a_list_contains_what_it_has(place: Place) -> Verdict {
    place.put(place.item("it", [("parts", list(&["one", "two"])), ("word", s("sentence"))])).send().await?;
    for (condition, value, truth) in [
        ("contains(parts, :v)", s("two"), true),
        ("contains(parts, :v)", s("tw"), false),
        ("contains(parts, :v)", n(2), false),
        ("contains(word, :v)", s("ten"), true),
        ("NOT contains(parts, :v)", s("three"), true),
    ] {
        check(&place, condition, value, truth).await?;
    }
    Ok(())
}

/// Expressions.OperatorsAndFunctions, "begins_with".
async fn text_begins_with_what_it_begins_with(place: Place) -> Verdict {
    place.put(place.item("it", [("word", s("sentence"))])).send().await?;
    check(&place, "begins_with(word, :v)", s("sen"), true).await?;
    check(&place, "begins_with(word, :v)", s("ten"), false).await
}

/// Expressions.OperatorsAndFunctions, "BETWEEN": greater or equal, and less or equal.
async fn between_includes_both_ends(place: Place) -> Verdict {
    place.put(place.item("it", [("low", n(1)), ("high", n(3))])).send().await?;
    for (value, truth) in [(1, true), (2, true), (3, true), (0, false), (4, false)] {
        check(&place, ":v BETWEEN low AND high", n(value), truth).await?;
    }
    Ok(())
}

/// That `condition` is true or false of the item `it`.
async fn check(place: &Place, condition: &str, value: AttributeValue, truth: bool) -> Verdict {
    let update = place.update("it", "SET seen = :seen").condition_expression(condition);
    let update = update.expression_attribute_values(":v", value.clone());
    let answer = update.expression_attribute_values(":seen", n(1)).send().await;
    let held = match answer {
        Ok(_) => true,
        Err(SdkError::ServiceError(refusal)) if refusal.err().is_conditional_check_failed_exception() => false,
        Err(error) => return Err(error.into()),
    };
    same(&format!("{condition} with {value:?}"), held, truth)
}

/// What comes with the refusal of an update of `it`.
async fn refused_update(place: &Place, condition: &str) -> Result<Option<Item>, Disagreement> {
    let update = place.update("it", "SET a = :two").condition_expression(condition);
    let update = update.expression_attribute_values(":two", n(2));
    let update = update.return_values_on_condition_check_failure(OnFailure::AllOld);
    match refused(update.send().await, &["ConditionalCheckFailedException"])? {
        UpdateItemError::ConditionalCheckFailedException(refusal) => Ok(refusal.item),
        other => Err(unread(&other)),
    }
}

fn unread(error: &impl std::fmt::Debug) -> Disagreement {
    Disagreement(format!("the SDK does not read the refusal as what its code says: {error:?}"))
}
