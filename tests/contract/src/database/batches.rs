//! Reading many items at once.

use super::{LARGEST_ITEM, Place, name};
use crate::case::{Case, Disagreement, Verdict, cases, holds, refused, same};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemFluentBuilder;
use aws_sdk_dynamodb::types::KeysAndAttributes;

pub(super) const CASES: &[Case<Place>] = cases![
    many_items_are_read_at_once_and_the_missing_left_out,
    a_hundred_keys_are_read_at_once,
    more_than_a_hundred_keys_are_refused,
    a_key_is_asked_for_once,
    what_does_not_fit_an_answer_is_left_for_the_next,
];

/// API_BatchGetItem: items come in no particular order; for one that does not exist nothing comes.
async fn many_items_are_read_at_once_and_the_missing_left_out(place: Place) -> Verdict {
    place.put_all(&["a", "b", "c"]).await?;
    let answer = get(&place, &["c", "missing", "a"])?.send().await?;
    same("what is found", found(&place, &answer), vec!["a".to_owned(), "c".to_owned()])?;
    holds("keys are left unprocessed", unprocessed(&place, &answer).is_empty())
}

/// API_BatchGetItem: up to 100 items.
async fn a_hundred_keys_are_read_at_once(place: Place) -> Verdict {
    let keys = numbered(100);
    place.put_all(&refs(&keys)).await?;
    same("what is found", found(&place, &get(&place, &refs(&keys))?.send().await?), keys)
}

/// API_BatchGetItem: more than 100 items are "Too many items requested".
async fn more_than_a_hundred_keys_are_refused(place: Place) -> Verdict {
    let get = get(&place, &refs(&numbered(101)))?;
    refused(get.send().await, &["ValidationException"]).map(|_| ())
}

/// API_BatchGetItem, "RequestItems": keys must not repeat.
async fn a_key_is_asked_for_once(place: Place) -> Verdict {
    refused(get(&place, &["a", "a"])?.send().await, &["ValidationException"]).map(|_| ())
}

/// API_BatchGetItem: past 16 MB the rest comes back as UnprocessedKeys, to be asked for again.
async fn what_does_not_fit_an_answer_is_left_for_the_next(place: Place) -> Verdict {
    let keys = numbered(45);
    for key in &keys {
        place.put(place.item_of(key, LARGEST_ITEM)).send().await?;
    }
    let first = get(&place, &refs(&keys))?.send().await?;
    let left = unprocessed(&place, &first);
    holds("18 MB come in one answer", !left.is_empty())?;
    let mut all = found(&place, &first);
    all.extend(found(&place, &get(&place, &refs(&left))?.send().await?));
    all.sort();
    same("all that is found", all, keys)
}

fn get(place: &Place, names: &[&str]) -> Result<BatchGetItemFluentBuilder, Disagreement> {
    let keys = names.iter().map(|name| place.key(name)).collect();
    let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build()?;
    Ok(place.client().batch_get_item().request_items(&place.table, wanted))
}

fn found(place: &Place, answer: &BatchGetItemOutput) -> Vec<String> {
    let items = answer.responses().and_then(|tables| tables.get(&place.table));
    let mut names: Vec<String> = items.into_iter().flatten().map(name).collect();
    names.sort();
    names
}

fn unprocessed(place: &Place, answer: &BatchGetItemOutput) -> Vec<String> {
    let left = answer.unprocessed_keys().and_then(|tables| tables.get(&place.table));
    left.map(|left| left.keys().iter().map(name).collect()).unwrap_or_default()
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number:03}")).collect()
}

fn refs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
