//! The newest message of a conversation.

use crate::At;
use domain::inbox::conversations::LastMessage;
use domain::{Direction, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// The newest message, shortened for lists.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LastMessage")]
pub struct LastView {
    /// The beginning of the text, or a summary.
    text: Text,
    /// The type, such as `text` or `image`. Other values may appear.
    #[serde(rename = "type")]
    kind: String,
    /// The direction of the message.
    direction: Direction,
    /// When the message was written.
    at: At,
}

impl LastView {
    /// What is shown of it.
    pub fn from_last_message(last: &LastMessage) -> Self {
        let at = At(last.at());
        Self { text: last.preview.clone(), kind: last.kind.clone(), direction: last.direction, at }
    }
}
