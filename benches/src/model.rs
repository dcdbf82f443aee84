//! DynamoDB's arithmetic, from the sizes of items as its documentation tells it. Items are in the wire's JSON.

use serde_json::Value;

/// What a unit of writing covers.
const WRITTEN: usize = 1024;

/// What a unit of reading covers.
const READ: usize = 4096;

/// The keys of the indexes, each with what else it holds.
const INDEXES: [(&[&str], &[&str]); 3] = [
    (&["GSI1PK", "GSI1SK"], &["PK", "SK", "assignee"]),
    (&["GSI2PK"], &["PK", "SK"]),
    (&["GSI3PK", "GSI3SK"], &["PK", "SK"]),
];

/// The units of writing in the table: of the larger of what stood there and what stands there.
pub fn table_writes(before: Option<&Value>, after: Option<&Value>) -> usize {
    let units = |item: Option<&Value>| item.map_or(1, |item| size(item).div_ceil(WRITTEN).max(1));
    units(before).max(units(after))
}

/// The units of writing in the indexes: one to come in, to go or to be changed, two to move.
pub fn index_writes(before: Option<&Value>, after: Option<&Value>) -> usize {
    let entry = |item: Option<&Value>, (keys, others): (&[&str], &[&str])| {
        let item = item.filter(|item| keys.iter().all(|key| !item[*key].is_null()))?;
        let pick = |names: &[&str]| names.iter().map(|name| item[*name].clone()).collect::<Vec<_>>();
        Some((pick(keys), pick(others)))
    };
    let units = |index| match (entry(before, index), entry(after, index)) {
        (None, None) => 0,
        (Some(before), Some(after)) if before == after => 0,
        (Some((before, _)), Some((after, _))) if before != after => 2,
        (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => 1,
    };
    INDEXES.into_iter().map(units).sum()
}

/// The units of reading for so many bytes that were read together, in halves: a strong read costs two of them for each
/// 4 KB.
pub fn half_reads(bytes: usize, strong: bool) -> usize {
    bytes.div_ceil(READ).max(1) * if strong { 2 } else { 1 }
}

/// The size of an item: its names and its values.
pub fn size(item: &Value) -> usize {
    item.as_object().into_iter().flatten().map(|(name, value)| name.len() + value_size(value)).sum()
}

fn value_size(value: &Value) -> usize {
    let Some((kind, inner)) = value.as_object().and_then(|value| value.iter().next()) else { return 0 };
    let text = inner.as_str().unwrap_or_default();
    match kind.as_str() {
        "S" => text.len(),
        "N" => number_size(text),
        "B" => text.trim_end_matches('=').len() * 3 / 4,
        "BOOL" | "NULL" => 1,
        "L" => 3 + inner.as_array().into_iter().flatten().map(|inner| 1 + value_size(inner)).sum::<usize>(),
        "M" => 3 + size(inner) + inner.as_object().map_or(0, serde_json::Map::len),
        other => panic!("the table holds no {other}"),
    }
}

/// A byte for each two significant digits, and one more.
fn number_size(text: &str) -> usize {
    let digits = text.trim_start_matches('-').trim_matches('0').len();
    digits.div_ceil(2) + 1 + usize::from(text.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_item_is_as_large_as_its_names_and_values() {
        let item =
            json!({"PK": {"S": "abcd"}, "n": {"N": "1790000000000"}, "l": {"L": [{"S": "ab"}]}, "z": {"B": "AAEC"}});
        assert_eq!(size(&item), (2 + 4) + (1 + 3) + (1 + 3 + 1 + 2) + (1 + 3));
    }

    #[test]
    fn a_write_costs_what_the_larger_of_both_images_does() {
        let item = |bytes: usize| json!({"c": {"S": "x".repeat(bytes - 1)}});
        let small = item(10);
        let full = item(1024);
        let large = item(1025);
        assert_eq!(table_writes(None, Some(&full)), 1);
        assert_eq!(table_writes(Some(&small), Some(&large)), 2);
        assert_eq!(table_writes(Some(&large), None), 2);
        assert_eq!(table_writes(None, None), 1);
    }

    #[test]
    fn an_entry_of_an_index_costs_where_it_changes() {
        let listed = |rank: &str| json!({"PK": {"S": "p"}, "GSI1PK": {"S": "list"}, "GSI1SK": {"S": rank}});
        let named = json!({"PK": {"S": "p"}, "GSI2PK": {"S": "name"}});
        assert_eq!(index_writes(None, Some(&listed("1"))), 1);
        assert_eq!(index_writes(Some(&listed("1")), Some(&listed("1"))), 0);
        assert_eq!(index_writes(Some(&listed("1")), Some(&listed("2"))), 2);
        assert_eq!(index_writes(Some(&listed("1")), Some(&named)), 2);
    }

    #[test]
    fn a_strong_read_costs_twice_an_eventual_one() {
        assert_eq!((half_reads(0, false), half_reads(4096, false), half_reads(4097, false)), (1, 1, 2));
        assert_eq!((half_reads(1, true), half_reads(5000, true)), (2, 4));
    }
}
