//! What can be stored, and comes back as it was.

use super::{Item, Place, attribute, b, list, n, s};
use crate::case::{Case, Verdict, cases, refused, same};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

pub(super) const CASES: &[Case<Place>] = cases![
    every_type_of_value_comes_back_as_it_was,
    all_bytes_come_back_as_they_were,
    text_of_every_script_comes_back_as_it_was,
    a_number_keeps_38_digits,
    a_number_of_39_digits_is_refused,
    a_number_out_of_range_is_refused,
    a_number_loses_zeros_that_say_nothing,
    numbers_are_compared_as_numbers,
    an_empty_text_and_empty_bytes_are_stored,
    an_empty_set_is_refused,
];

/// HowItWorks.NamingRulesDataTypes: scalars, documents and sets. Sets have no order, so these have one element.
async fn every_type_of_value_comes_back_as_it_was(place: Place) -> Verdict {
    let map = AttributeValue::M(Item::from([("inner".to_owned(), list(&["x", "y"])), ("n".to_owned(), n(-1))]));
    let item = place.item(
        "all",
        [
            ("text", s("text")),
            ("number", n("3.25")),
            ("bytes", b(&[0, 255])),
            ("yes", AttributeValue::Bool(true)),
            ("no", AttributeValue::Bool(false)),
            ("null", AttributeValue::Null(true)),
            ("list", list(&["b", "a", "b"])),
            ("empty_list", list(&[])),
            ("map", map),
            ("empty_map", AttributeValue::M(Item::new())),
            ("texts", AttributeValue::Ss(vec!["one".into()])),
            ("numbers", AttributeValue::Ns(vec!["1".into()])),
            ("blobs", AttributeValue::Bs(vec![Blob::new([1, 2])])),
        ],
    );
    place.put(item.clone()).send().await?;
    same("the item", place.get("all").await?, Some(item))
}

/// HowItWorks.NamingRulesDataTypes, "Binary": any bytes.
async fn all_bytes_come_back_as_they_were(place: Place) -> Verdict {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    place.put(place.item("bytes", [("a", b(&all))])).send().await?;
    same("the value", attribute(&place.get("bytes").await?, "a"), Some(&b(&all)))
}

/// HowItWorks.NamingRulesDataTypes, "String": Unicode in UTF-8.
async fn text_of_every_script_comes_back_as_it_was(place: Place) -> Verdict {
    let text = "\u{0} \"\\\u{7f} é ½ Ж 日本語 שלום 👍🏽 \u{200d}\u{feff}\u{ffff}";
    place.put(place.item("text", [("a", s(text))])).send().await?;
    same("the value", attribute(&place.get("text").await?, "a"), Some(&s(text)))
}

/// HowItWorks.NamingRulesDataTypes, "Number": up to 38 digits of precision.
async fn a_number_keeps_38_digits(place: Place) -> Verdict {
    for digits in ["12345678901234567890123456789012345678", "-0.12345678901234567890123456789012345678"] {
        place.put(place.item("n", [("a", n(digits))])).send().await?;
        same("the number", attribute(&place.get("n").await?, "a"), Some(&n(digits)))?;
    }
    Ok(())
}

/// HowItWorks.NamingRulesDataTypes, "Number": exceeding this results in an exception.
async fn a_number_of_39_digits_is_refused(place: Place) -> Verdict {
    let put = place.put(place.item("n", [("a", n("123456789012345678901234567890123456789"))]));
    refused(put.send().await, &["ValidationException"]).map(|_| ())
}

/// HowItWorks.NamingRulesDataTypes, "Number": up to 9.9…E+125, and down to 1E-130.
async fn a_number_out_of_range_is_refused(place: Place) -> Verdict {
    for number in ["1E+126", "1E-131"] {
        let put = place.put(place.item("n", [("a", n(number))]));
        refused(put.send().await, &["ValidationException"])?;
    }
    Ok(())
}

/// HowItWorks.NamingRulesDataTypes, "Number": leading and trailing zeros are trimmed.
async fn a_number_loses_zeros_that_say_nothing(place: Place) -> Verdict {
    for (given, kept) in [("0010.500", "10.5"), ("-0", "0"), ("1.0", "1"), ("1000", "1000")] {
        place.put(place.item("n", [("a", n(given))])).send().await?;
        same(given, attribute(&place.get("n").await?, "a"), Some(&n(kept)))?;
    }
    Ok(())
}

/// HowItWorks.NamingRulesDataTypes, "Number": a number is sent as text, and is a number.
async fn numbers_are_compared_as_numbers(place: Place) -> Verdict {
    place.put(place.item("n", [("a", n(9))])).send().await?;
    let update = place.update("n", "SET b = :b").expression_attribute_values(":b", n(1));
    let update = update.condition_expression("a < :high AND a = :same");
    let update = update.expression_attribute_values(":high", n(10)).expression_attribute_values(":same", n("9.0"));
    same("the item", update.send().await?.attributes, Some(place.item("n", [("a", n(9)), ("b", n(1))])))
}

/// HowItWorks.NamingRulesDataTypes: empty text and bytes are allowed where they are no key.
async fn an_empty_text_and_empty_bytes_are_stored(place: Place) -> Verdict {
    let item = place.item("empty", [("a", s("")), ("b", b(&[]))]);
    place.put(item.clone()).send().await?;
    same("the item", place.get("empty").await?, Some(item))
}

/// HowItWorks.NamingRulesDataTypes, "Sets": empty sets are not allowed.
async fn an_empty_set_is_refused(place: Place) -> Verdict {
    let put = place.put(place.item("set", [("a", AttributeValue::Ss(Vec::new()))]));
    refused(put.send().await, &["ValidationException"]).map(|_| ())
}
