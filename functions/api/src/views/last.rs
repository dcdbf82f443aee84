//! The newest message of a conversation.

use super::At;
use domain::conversations::Last;
use domain::{Direction, Text};
use serde::Serialize;

/// The newest message, as a list shows it.
#[derive(Debug, Serialize)]
pub(crate) struct LastView {
    text: Text,
    #[serde(rename = "type")]
    kind: String,
    direction: Direction,
    at: At,
}

impl LastView {
    pub(crate) fn of(last: &Last) -> Self {
        let at = At(last.id.at());
        Self { text: last.preview.clone(), kind: last.kind.clone(), direction: last.direction, at }
    }
}
