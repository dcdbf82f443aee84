//! What is sent to a browser that is connected. A frame is a hint with data: the API says the same.

use crate::conversations::ConversationView;
use crate::messages::MessageView;
use domain::inbox::realtime::{Closing, HEARTBEAT};
use domain::stages::Stage;
use domain::{ConversationId, LeadId, Text, UserId};
use serde::Serialize;

/// A frame, as it goes over the wire: a JSON object whose `type` says what it is.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Frame<'a> {
    /// The connection is up.
    Hello {
        /// How often the client says that it is there.
        heartbeat_seconds: u64,
    },
    /// A message is new, or changed: edited, withdrawn, reacted to.
    Message {
        /// Where it stands.
        conversation_id: ConversationId,
        /// Whose it is.
        lead_id: LeadId,
        /// The message.
        message: &'a MessageView,
        /// The conversation.
        conversation: &'a ConversationView,
    },
    /// One of our messages has come further.
    Status {
        /// Where it stands.
        conversation_id: ConversationId,
        /// The message.
        message: &'a MessageView,
    },
    /// Something of a conversation changed: status, assignee, unread.
    Conversation {
        /// The conversation.
        conversation: &'a ConversationView,
    },
    /// A conversation was given to somebody else, and the person may not see it any longer.
    Hidden {
        /// The conversation.
        conversation_id: ConversationId,
    },
    /// A lead is new, or was moved.
    Lead {
        /// The lead.
        lead_id: LeadId,
        /// Where it stands in the sale.
        stage: Stage,
    },
    /// A colleague is typing.
    Typing {
        /// Where.
        conversation_id: ConversationId,
        /// Who.
        user: PersonView,
    },
    /// Who looks at a conversation.
    Presence {
        /// The conversation.
        conversation_id: ConversationId,
        /// Everybody who has it open.
        users: Vec<PersonView>,
    },
    /// The answer to `ping`.
    Pong,
    /// The connection ends right after this, for the reason that the code gives: API Gateway closes without a code of ours.
    Closing {
        /// 4401 or 4403.
        code: u16,
    },
}

/// A colleague.
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// Who.
    pub id: UserId,
    /// The user's name.
    pub name: Text,
}

impl Frame<'_> {
    /// The first frame of a connection.
    #[must_use]
    pub const fn hello() -> Self {
        Self::Hello { heartbeat_seconds: HEARTBEAT.as_secs() }
    }

    /// The last frame of a connection that ends for this reason.
    #[must_use]
    pub const fn closing(why: Closing) -> Self {
        Self::Closing { code: why.code() }
    }

    /// The frame as it goes over the wire.
    #[must_use]
    pub fn text(&self) -> String {
        // Every value in it can be written as JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}
