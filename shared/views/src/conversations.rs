//! A conversation, as a list shows it.

use crate::last::LastView;
use crate::leads::{LeadNames, username};
use crate::{At, E164};
use domain::access::users::User;
use domain::crm::leads::Lead;
use domain::inbox::conversations::{Conversation, ConversationStatus};
use domain::stages::Stage;
use domain::{Assignee, ChannelId, ConversationId, LeadId, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;
use store::channels::channels::Channel;

/// The assignee of a conversation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(rename = "Assignee")]
pub enum AssigneeView {
    /// A user.
    User {
        /// The user's ID.
        id: UserId,
        /// The user's name.
        name: Text,
    },
}

impl AssigneeView {
    /// `people` are all persons of the business.
    pub fn new(assignee: Assignee, people: &[User]) -> Self {
        match assignee {
            Assignee::User(id) => {
                let name = people.iter().find(|user| user.id == id).map(|user| user.name.clone());
                Self::User { id, name: name.unwrap_or_else(|| Text::new("Unknown")) }
            }
        }
    }

    /// The user's name.
    pub const fn name(&self) -> &Text {
        match self {
            Self::User { name, .. } => name,
        }
    }
}

/// What a view of a conversation takes from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Its lead.
    pub lead: Option<&'a Lead>,
    /// How many messages nobody has read.
    pub unread: usize,
    /// The people of the business, its assignee among them.
    pub people: &'a [User],
    /// All channels of the business.
    pub channels: &'a [Channel],
    /// Whether the viewer sees phones masked.
    pub masks_phones: bool,
}

/// A conversation: one lead on one business number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationView {
    /// The conversation's ID.
    id: ConversationId,
    /// The lead's ID.
    lead_id: LeadId,
    /// The channel's ID.
    channel_id: ChannelId,
    /// The lead's name.
    name: Text,
    /// The name of the channel.
    channel_name: Text,
    /// The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// The last digits of the phone number, if it is masked for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_masked: Option<String>,
    /// The lead's WhatsApp username. Null if there is none.
    username: Option<Text>,
    /// The status of the conversation.
    status: ConversationStatus,
    /// The assignee. Null if the conversation is unassigned.
    assignee: Option<AssigneeView>,
    /// When the snooze ends. Null if the conversation is not snoozed.
    snoozed_until: Option<At>,
    /// When the customer wrote the oldest message that waits for a reply. Null if none does.
    waiting_since: Option<At>,
    /// The lead's stage.
    stage: Option<Stage>,
    /// The number of unread messages. 99 means 99 or more.
    #[schemars(range(max = 99))]
    unread: usize,
    /// Whether a user has marked the conversation as unread since it was last read.
    marked_unread: bool,
    /// The newest message. Null if there is none.
    last_message: Option<LastView>,
    /// When the 24-hour window closes, as far as Leadwire knows. Null if the customer has neither written nor called.
    window_until: Option<At>,
    /// When the newest message was written. Null if there is none.
    last_message_at: Option<At>,
}

impl ConversationView {
    /// What is shown of `conversation`.
    pub fn new(conversation: &Conversation, around: Surroundings<'_>) -> Self {
        let Surroundings { lead, unread, people, channels, masks_phones } = around;
        let names = LeadNames { masks_phones };
        let channel = channels.iter().find(|channel| channel.id == conversation.id.channel);
        Self {
            id: conversation.id,
            lead_id: conversation.lead,
            channel_id: conversation.id.channel,
            name: lead.map_or_else(|| Text::new("Unknown"), |lead| names.name(lead, &[conversation])),
            channel_name: channel.map_or_else(|| Text::new("Unknown"), |channel| channel.name.clone()),
            phone: lead.and_then(|lead| names.phone(lead)),
            phone_masked: lead.and_then(|lead| names.phone_masked(lead)),
            username: username(&[conversation]),
            status: conversation.status,
            assignee: conversation.assignee.map(|assignee| AssigneeView::new(assignee, people)),
            snoozed_until: conversation.snoozed_until.map(At),
            waiting_since: conversation.waiting_since.map(At),
            stage: lead.map(|lead| lead.stage),
            unread,
            marked_unread: conversation.marked_unread,
            last_message: conversation.last.as_ref().map(LastView::from_last_message),
            window_until: conversation.window_until().map(At),
            last_message_at: conversation.last.as_ref().map(|last| At(last.at())),
        }
    }
}
