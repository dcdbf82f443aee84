//! Items as text, in one way only: the engine keeps attributes in no order.

use dynoxide::types::{AttributeValue, Item};
use std::fmt::Write as _;

/// Writes an item. Lengths stand before texts, so that no text looks like something else.
pub(crate) fn write(item: &Item, text: &mut String) {
    let mut attributes: Vec<(&String, &AttributeValue)> = item.iter().collect();
    attributes.sort_unstable_by_key(|(name, _)| *name);
    let _ = write!(text, "{}{{", attributes.len());
    for (name, value) in attributes {
        said(name, text);
        attribute(value, text);
    }
    text.push('}');
}

fn attribute(value: &AttributeValue, text: &mut String) {
    text.push_str(value.type_name());
    match value {
        AttributeValue::S(it) | AttributeValue::N(it) => said(it, text),
        AttributeValue::BOOL(it) | AttributeValue::NULL(it) => text.push(if *it { '1' } else { '0' }),
        AttributeValue::M(map) => write(map, text),
        AttributeValue::L(list) => {
            let _ = write!(text, "{}[", list.len());
            list.iter().for_each(|value| attribute(value, text));
        }
        AttributeValue::B(_) | AttributeValue::SS(_) | AttributeValue::NS(_) | AttributeValue::BS(_) => {
            let _ = write!(text, "{value:?}");
        }
    }
}

fn said(words: &str, text: &mut String) {
    let _ = write!(text, "{}:{words}", words.len());
}
