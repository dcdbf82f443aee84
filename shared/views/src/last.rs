//! The newest message of a conversation.

use crate::At;
use domain::conversations::Last;
use domain::{Direction, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// The newest message, as a list shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LastMessage")]
pub struct LastView {
    /// How it begins, or a line that stands for it.
    text: Text,
    /// Its type, such as `text` or `image`: an open list, since WhatsApp's is.
    #[serde(rename = "type")]
    kind: String,
    /// Which way it went.
    direction: Direction,
    /// When.
    at: At,
}

impl LastView {
    /// What is shown of it.
    pub fn of(last: &Last) -> Self {
        let at = At(last.at());
        Self { text: last.preview.clone(), kind: last.kind.clone(), direction: last.direction, at }
    }
}
