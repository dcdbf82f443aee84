//! Several writes that take effect together or not at all.

use super::{Item, LARGEST_ITEM, Place, attribute, n};
use crate::case::{Case, Disagreement, Verdict, cases, refused, same};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder;
use aws_sdk_dynamodb::types::{
    CancellationReason, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

pub(super) const CASES: &[Case<Place>] = cases![
    all_writes_of_a_transaction_take_effect,
    one_refused_condition_undoes_all,
    reasons_come_in_the_order_of_the_writes,
    a_reason_gives_what_stands_there_if_asked,
    a_sum_with_text_cancels_all,
    a_repeated_token_does_nothing_again,
    a_repeated_token_of_a_refused_transaction_is_tried_again,
    a_token_for_something_else_is_refused,
    without_the_same_token_it_happens_again,
    an_item_is_written_once_in_a_transaction,
    a_transaction_has_100_writes_at_most,
    a_transaction_has_4_mb_at_most,
];

/// API_TransactWriteItems: Put, Update, Delete and ConditionCheck.
async fn all_writes_of_a_transaction_take_effect(place: Place) -> Verdict {
    place.put_all(&["updated", "deleted", "checked"]).await?;
    let deleted = Delete::builder().table_name(&place.table).set_key(Some(place.key("deleted"))).build()?;
    let checked = ConditionCheck::builder().table_name(&place.table).set_key(Some(place.key("checked")));
    let checked = checked.condition_expression("attribute_exists(PK)").build()?;
    let all = vec![
        put(&place, place.key("put"))?,
        count(&place, "updated")?,
        TransactWriteItem::builder().delete(deleted).build(),
        TransactWriteItem::builder().condition_check(checked).build(),
    ];
    together(&place, all).send().await?;
    same("the put one", place.get("put").await?, Some(place.key("put")))?;
    same("the updated one's count", attribute(&place.get("updated").await?, "n"), Some(&n(1)))?;
    same("the deleted one", place.get("deleted").await?, None)
}

/// API_TransactWriteItems: all of them succeed, or none does.
async fn one_refused_condition_undoes_all(place: Place) -> Verdict {
    place.put_all(&["taken"]).await?;
    let all = vec![put(&place, place.key("a"))?, count(&place, "b")?, new(&place, "taken")?];
    refused(together(&place, all).send().await, &["TransactionCanceledException"])?;
    same("a", place.get("a").await?, None)?;
    same("b", place.get("b").await?, None)
}

/// API_TransactWriteItems, "TransactionCanceledException": one reason for each, `None` where there is nothing to say.
async fn reasons_come_in_the_order_of_the_writes(place: Place) -> Verdict {
    place.put_all(&["taken", "also"]).await?;
    let all = vec![new(&place, "a")?, new(&place, "taken")?, count(&place, "b")?, new(&place, "also")?];
    let reasons = reasons(together(&place, all)).await?;
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    same("the codes", codes, vec!["None", "ConditionalCheckFailed", "None", "ConditionalCheckFailed"])
}

/// API_Put, "ReturnValuesOnConditionCheckFailure": ALL_OLD puts the item into its reason.
async fn a_reason_gives_what_stands_there_if_asked(place: Place) -> Verdict {
    let item = place.item("taken", [("a", n(1))]);
    place.put(item.clone()).send().await?;
    let asked = Put::builder().table_name(&place.table).set_item(Some(place.key("taken")));
    let asked = asked
        .condition_expression("attribute_not_exists(PK)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let all = vec![new(&place, "a")?, TransactWriteItem::builder().put(asked.build()?).build()];
    let items: Vec<_> = reasons(together(&place, all)).await?.into_iter().map(|reason| reason.item).collect();
    same("the items", items, vec![None, Some(item)])
}

/// API_TransactWriteItems, "TransactionCanceledException": ValidationError, as for a sum with text.
async fn a_sum_with_text_cancels_all(place: Place) -> Verdict {
    place.put_all(&["text"]).await?;
    let update = Update::builder().table_name(&place.table).set_key(Some(place.key("text")));
    let update = update.update_expression("SET a = a + :one").expression_attribute_values(":one", n(1)).build()?;
    let all = vec![new(&place, "a")?, TransactWriteItem::builder().update(update).build()];
    let reasons = reasons(together(&place, all)).await?;
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    same("the codes", codes, vec!["None", "ValidationError"])?;
    same("a", place.get("a").await?, None)
}

/// API_TransactWriteItems, "ClientRequestToken": the same call again has the effect of one.
async fn a_repeated_token_does_nothing_again(place: Place) -> Verdict {
    for _ in 0..3 {
        together(&place, vec![count(&place, "a")?]).client_request_token(place.token("repeated")).send().await?;
    }
    same("the count", attribute(&place.get("a").await?, "n"), Some(&n(1)))
}

/// API_TransactWriteItems, "ClientRequestToken": idempotent is what succeeded.
async fn a_repeated_token_of_a_refused_transaction_is_tried_again(place: Place) -> Verdict {
    place.put_all(&["taken"]).await?;
    let call = || {
        Ok::<_, Disagreement>(
            together(&place, vec![new(&place, "taken")?]).client_request_token(place.token("refused")),
        )
    };
    refused(call()?.send().await, &["TransactionCanceledException"])?;
    place.delete("taken").send().await?;
    call()?.send().await?;
    same("the item", place.get("taken").await?, Some(place.key("taken")))
}

/// API_TransactWriteItems, "Errors": IdempotentParameterMismatchException.
async fn a_token_for_something_else_is_refused(place: Place) -> Verdict {
    together(&place, vec![count(&place, "a")?]).client_request_token(place.token("other")).send().await?;
    let other = together(&place, vec![count(&place, "b")?]).client_request_token(place.token("other"));
    refused(other.send().await, &["IdempotentParameterMismatchException"])?;
    same("b", place.get("b").await?, None)
}

/// API_TransactWriteItems, "ClientRequestToken": another token is another transaction. The SDK makes one for each call.
async fn without_the_same_token_it_happens_again(place: Place) -> Verdict {
    for _ in 0..2 {
        together(&place, vec![count(&place, "a")?]).send().await?;
    }
    same("the count", attribute(&place.get("a").await?, "n"), Some(&n(2)))
}

/// API_TransactWriteItems: no two actions can target the same item.
async fn an_item_is_written_once_in_a_transaction(place: Place) -> Verdict {
    let twice = together(&place, vec![count(&place, "a")?, put(&place, place.key("a"))?]);
    refused(twice.send().await, &["ValidationException"])?;
    same("a", place.get("a").await?, None)
}

/// API_TransactWriteItems: up to 100 actions.
async fn a_transaction_has_100_writes_at_most(place: Place) -> Verdict {
    let all =
        |count| (0..count).map(|number| put(&place, place.key(&format!("{number:03}")))).collect::<Result<_, _>>();
    together(&place, all(100)?).send().await?;
    same("how many there are", place.query("").send().await?.count, 100)?;
    refused(together(&place, all(101)?).send().await, &["ValidationException"]).map(|_| ())
}

/// API_TransactWriteItems: the items together have 4 MB at most.
async fn a_transaction_has_4_mb_at_most(place: Place) -> Verdict {
    let all = |count| {
        (0..count).map(|number| put(&place, place.item_of(&number.to_string(), LARGEST_ITEM))).collect::<Result<_, _>>()
    };
    together(&place, all(10)?).send().await?;
    let codes = ["ValidationException", "TransactionCanceledException"];
    refused(together(&place, all(11)?).send().await, &codes).map(|_| ())
}

fn together(place: &Place, writes: Vec<TransactWriteItem>) -> TransactWriteItemsFluentBuilder {
    place.client().transact_write_items().set_transact_items(Some(writes))
}

/// What a refused transaction says of each of its writes.
async fn reasons(call: TransactWriteItemsFluentBuilder) -> Result<Vec<CancellationReason>, Disagreement> {
    match refused(call.send().await, &["TransactionCanceledException"])? {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            Ok(cancelled.cancellation_reasons.unwrap_or_default())
        }
        other => Err(Disagreement(format!("the SDK does not read the refusal as what its code says: {other:?}"))),
    }
}

fn put(place: &Place, item: Item) -> Result<TransactWriteItem, Disagreement> {
    let put = Put::builder().table_name(&place.table).set_item(Some(item)).build()?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Puts an item where nothing stands.
fn new(place: &Place, name: &str) -> Result<TransactWriteItem, Disagreement> {
    let put = Put::builder().table_name(&place.table).set_item(Some(place.key(name)));
    let put = put.condition_expression("attribute_not_exists(PK)").build()?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Counts an item's `n` up.
fn count(place: &Place, name: &str) -> Result<TransactWriteItem, Disagreement> {
    let update = Update::builder().table_name(&place.table).set_key(Some(place.key(name)));
    let update = update.update_expression("SET n = if_not_exists(n, :zero) + :one");
    let update = update.expression_attribute_values(":zero", n(0)).expression_attribute_values(":one", n(1));
    Ok(TransactWriteItem::builder().update(update.build()?).build())
}
