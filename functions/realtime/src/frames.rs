//! What a browser says.

use domain::ConversationId;
use serde::Deserialize;

/// The longest frame that is read: ours have some 100 bytes.
const LONGEST: usize = 1024;

/// A frame of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub(crate) enum Heard {
    /// This conversation is on screen now, or none.
    Open { conversation_id: Option<ConversationId> },
    /// The person is typing.
    Typing { conversation_id: ConversationId },
    /// The browser is there.
    Ping,
}

impl Heard {
    /// Reads a frame; none if it is not one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST { None } else { serde_json::from_str(text).ok() }
    }
}
