//! Puts and deletes, reads after them, and what is refused for its key or its size.

use super::{LARGEST_ITEM, Place, attribute, n, s};
use crate::case::{Case, Verdict, cases, refused, same};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ReturnValue, ScalarAttributeType,
};

pub(super) const CASES: &[Case<Place>] = cases![
    a_strong_read_sees_every_write_before_it,
    a_put_replaces_the_whole_item,
    a_put_gives_what_it_replaced_if_asked,
    a_read_of_nothing_brings_nothing,
    a_delete_gives_what_it_removed_if_asked,
    a_delete_of_nothing_succeeds,
    an_empty_key_is_refused,
    a_missing_key_is_refused,
    a_key_of_another_type_is_refused,
    a_sort_key_has_1024_bytes_at_most,
    a_partition_key_has_2048_bytes_at_most,
    an_index_key_of_another_type_is_refused,
    an_empty_index_key_is_refused,
    an_item_has_400_kb_at_most,
    an_update_does_not_grow_an_item_past_400_kb,
    a_key_cannot_be_updated,
    an_unknown_table_is_refused,
    a_table_that_exists_is_not_made_again,
];

/// HowItWorks.ReadConsistency: a strongly consistent read reflects all writes that succeeded before it.
async fn a_strong_read_sees_every_write_before_it(place: Place) -> Verdict {
    for round in 0..20 {
        place.put(place.item("it", [("round", n(round))])).send().await?;
        same("the round", attribute(&place.get("it").await?, "round"), Some(&n(round)))?;
    }
    Ok(())
}

/// API_PutItem: the new item completely replaces the existing one.
async fn a_put_replaces_the_whole_item(place: Place) -> Verdict {
    place.put(place.item("it", [("a", n(1)), ("b", n(2))])).send().await?;
    let second = place.item("it", [("a", n(3))]);
    place.put(second.clone()).send().await?;
    same("the item", place.get("it").await?, Some(second))
}

/// API_PutItem, "ReturnValues": ALL_OLD gives the item that was overwritten, if there was one.
async fn a_put_gives_what_it_replaced_if_asked(place: Place) -> Verdict {
    let item = place.item("it", [("a", n(1))]);
    for before in [None, Some(item.clone())] {
        let put = place.put(item.clone()).return_values(ReturnValue::AllOld).send().await?;
        same("what it replaced", put.attributes, before)?;
    }
    Ok(())
}

/// API_GetItem: if there is no matching item, there is no Item element in the answer.
async fn a_read_of_nothing_brings_nothing(place: Place) -> Verdict {
    same("the item", place.get("nothing").await?, None)
}

/// API_DeleteItem, "ReturnValues": ALL_OLD gives the content of the old item.
async fn a_delete_gives_what_it_removed_if_asked(place: Place) -> Verdict {
    let item = place.item("it", [("a", n(1))]);
    place.put(item.clone()).send().await?;
    let deleted = place.delete("it").return_values(ReturnValue::AllOld).send().await?;
    same("what it removed", deleted.attributes, Some(item))?;
    same("the item", place.get("it").await?, None)
}

/// API_DeleteItem: running it again, or where nothing is, is no error.
async fn a_delete_of_nothing_succeeds(place: Place) -> Verdict {
    let deleted = place.delete("it").return_values(ReturnValue::AllOld).send().await?;
    same("what it removed", deleted.attributes, None)
}

/// API_PutItem: text used as a key must be longer than zero.
async fn an_empty_key_is_refused(place: Place) -> Verdict {
    refused(place.put(place.key("")).send().await, &["ValidationException"])?;
    let mut item = place.key("it");
    item.insert("PK".to_owned(), s(""));
    refused(place.put(item).send().await, &["ValidationException"]).map(|_| ())
}

/// API_PutItem, "Item": all attributes of the primary key have to be provided.
async fn a_missing_key_is_refused(place: Place) -> Verdict {
    let mut item = place.key("it");
    item.remove("SK");
    refused(place.put(item).send().await, &["ValidationException"]).map(|_| ())
}

/// API_PutItem, "Item": key attributes have to match the types of the table's definition.
async fn a_key_of_another_type_is_refused(place: Place) -> Verdict {
    let mut item = place.key("it");
    item.insert("SK".to_owned(), n(1));
    refused(place.put(item).send().await, &["ValidationException"]).map(|_| ())
}

/// Constraints, "Sort key values": from 1 to 1024 bytes.
async fn a_sort_key_has_1024_bytes_at_most(place: Place) -> Verdict {
    place.put(place.key(&"k".repeat(1024))).send().await?;
    refused(place.put(place.key(&"k".repeat(1025))).send().await, &["ValidationException"]).map(|_| ())
}

/// Constraints, "Partition key values": from 1 to 2048 bytes.
async fn a_partition_key_has_2048_bytes_at_most(place: Place) -> Verdict {
    let of_length = |length: usize| Place { pk: format!("{:k<length$}", place.pk), ..place.clone() }.key("it");
    place.put(of_length(2048)).send().await?;
    refused(place.put(of_length(2049)).send().await, &["ValidationException"]).map(|_| ())
}

/// GSI, "Data synchronization": an item whose attribute has another type than the index's key is refused.
async fn an_index_key_of_another_type_is_refused(place: Place) -> Verdict {
    let item = place.item("it", [("GSI1PK", n(1)), ("GSI1SK", s("x"))]);
    refused(place.put(item).send().await, &["ValidationException"])?;
    place.put(place.key("it")).send().await?;
    let update = place.update("it", "SET GSI1PK = :n").expression_attribute_values(":n", n(1));
    refused(update.send().await, &["ValidationException"]).map(|_| ())
}

/// HowItWorks.NamingRulesDataTypes: an empty value is refused as a key of the table or of an index.
async fn an_empty_index_key_is_refused(place: Place) -> Verdict {
    let item = place.item("it", [("GSI1PK", s("")), ("GSI1SK", s("x"))]);
    refused(place.put(item).send().await, &["ValidationException"])?;
    place.put(place.key("it")).send().await?;
    let update = place.update("it", "SET GSI1PK = :s").expression_attribute_values(":s", s(""));
    refused(update.send().await, &["ValidationException"]).map(|_| ())
}

/// Constraints, "Item size": 400 KB, with the names and the values of its attributes.
async fn an_item_has_400_kb_at_most(place: Place) -> Verdict {
    place.put(place.item_of("it", LARGEST_ITEM)).send().await?;
    refused(place.put(place.item_of("it", LARGEST_ITEM + 1)).send().await, &["ValidationException"]).map(|_| ())
}

/// Constraints, "Item size": also of an item that is updated, which stays as it was.
async fn an_update_does_not_grow_an_item_past_400_kb(place: Place) -> Verdict {
    let item = place.item_of("it", LARGEST_ITEM - 10);
    place.put(item.clone()).send().await?;
    let update = place.update("it", "SET more = :more").expression_attribute_values(":more", s("0123456789"));
    refused(update.send().await, &["ValidationException"])?;
    same("that it is as it was", place.get("it").await? == Some(item), true)
}

/// API_UpdateItem, "UpdateExpression": attributes of the primary key cannot be updated.
async fn a_key_cannot_be_updated(place: Place) -> Verdict {
    place.put(place.key("it")).send().await?;
    let update = place.update("it", "SET SK = :other").expression_attribute_values(":other", s("other"));
    refused(update.send().await, &["ValidationException"]).map(|_| ())
}

/// API_GetItem and API_PutItem, "Errors": ResourceNotFoundException.
async fn an_unknown_table_is_refused(place: Place) -> Verdict {
    let nowhere = Place { table: "nowhere".to_owned(), ..place };
    refused(nowhere.put(nowhere.key("it")).send().await, &["ResourceNotFoundException"])?;
    let get = nowhere.client().get_item().table_name("nowhere").set_key(Some(nowhere.key("it")));
    refused(get.send().await, &["ResourceNotFoundException"]).map(|_| ())
}

/// API_CreateTable, "Errors": ResourceInUseException.
async fn a_table_that_exists_is_not_made_again(place: Place) -> Verdict {
    let key = KeySchemaElement::builder().attribute_name("PK").key_type(KeyType::Hash).build()?;
    let pk = AttributeDefinition::builder().attribute_name("PK").attribute_type(ScalarAttributeType::S).build()?;
    let create = place.client().create_table().table_name(&place.table).billing_mode(BillingMode::PayPerRequest);
    let again = create.key_schema(key).attribute_definitions(pk).send().await;
    refused(again, &["ResourceInUseException"]).map(|_| ())
}
