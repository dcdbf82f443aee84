//! What callers see of leads, conversations and messages: JSON in camelCase, times in ISO 8601.

pub(crate) mod conversations;
mod last;
pub(crate) mod leads;
pub(crate) mod messages;
pub(crate) mod tenants;
pub(crate) mod timeline;
pub(crate) mod users;

use domain::Timestamp;
use serde::{Serialize, Serializer};

/// A time, as the API writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At(pub(crate) Timestamp);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageView<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub(crate) next_cursor: Option<String>,
}
