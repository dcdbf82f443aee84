//! What callers see of leads, conversations and messages: JSON in camelCase, times in ISO 8601. The API answers with these
//! views, and the frames of realtime carry the same.

pub mod conversations;
pub mod frames;
pub mod gather;
mod last;
pub mod leads;
pub mod media;
pub mod messages;
pub mod prices;
pub mod tenants;
pub mod timeline;
pub mod users;
pub mod webhooks;

use domain::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::str::FromStr;

/// A phone, as the API writes it.
pub const E164: &str = r"^\+[1-9][0-9]{6,14}$";

/// A time, as the API writes it and reads it.
#[derive(Clone, Copy, Debug)]
pub struct At(pub Timestamp);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for At {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "At".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time", "examples": ["2026-09-21T14:13:20.000Z"] })
    }
}

/// A text that is no time.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("expected a time, such as 2026-09-21T14:13:20Z")]
pub struct NoTime;

impl FromStr for At {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        Timestamp::parse(text).map(Self).ok_or(NoTime)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "{T}Page")]
pub struct PageView<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// The cursor of the next page. Null on the last page.
    pub next_cursor: Option<String>,
}
