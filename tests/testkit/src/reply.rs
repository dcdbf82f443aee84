//! What the API answered.

use http::StatusCode;
use serde_json::Value;
use std::ops::Index;

/// An answer: its status, and its JSON. Indexing goes into the JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body; null if it is not JSON.
    pub json: Value,
    /// The body as text.
    pub text: String,
}

impl Reply {
    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        self.json["items"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The text of a field.
    #[must_use]
    pub fn str(&self, field: &str) -> &str {
        self.json[field].as_str().unwrap_or_default()
    }
}

impl Index<&str> for Reply {
    type Output = Value;
    fn index(&self, field: &str) -> &Value {
        &self.json[field]
    }
}
