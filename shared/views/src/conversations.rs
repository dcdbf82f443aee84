//! A conversation, as a list shows it.

use crate::last::LastView;
use crate::leads::{LeadNames, username};
use crate::{At, E164};
use domain::conversations::{ConversationStatus, Head};
use domain::leads::{Lead, Stage};
use domain::users::User;
use domain::{Assignee, ChannelId, ConversationId, LeadId, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;
use store::channels::Channel;

/// Who answers a conversation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(rename = "Assignee")]
pub enum AssigneeView {
    /// A person.
    User {
        /// Their id.
        id: UserId,
        /// Their name.
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

    /// Their name.
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

/// One lead on one business number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationView {
    /// Its id.
    id: ConversationId,
    /// The lead.
    lead_id: LeadId,
    /// The business number.
    channel_id: ChannelId,
    /// What the lead is called.
    name: Text,
    /// What the team calls the business number.
    channel_name: Text,
    /// The lead's phone; null if WhatsApp has not told it, or if it is masked for the caller.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// The last digits of the phone, where it is masked for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_masked: Option<String>,
    /// The lead's username at WhatsApp; null if they have none.
    username: Option<Text>,
    /// Whether it wants attention.
    status: ConversationStatus,
    /// Who answers it; null if it is unassigned.
    assignee: Option<AssigneeView>,
    /// Until when it is snoozed; null if it is not.
    snoozed_until: Option<At>,
    /// When the oldest message of the customer was written that waits for an answer; null if none does.
    waiting_since: Option<At>,
    /// Where the lead stands in the sale.
    stage: Option<Stage>,
    /// How many messages nobody has read: 99 means 99 or more.
    #[schemars(range(max = 99))]
    unread: usize,
    /// The newest message; null before the first.
    last_message: Option<LastView>,
    /// Until when anything may be sent, as far as we know; null if the customer has neither written nor called.
    window_until: Option<At>,
    /// When that was; null before the first.
    last_message_at: Option<At>,
}

impl ConversationView {
    /// What is shown of `head`.
    pub fn new(head: &Head, around: Surroundings<'_>) -> Self {
        let Surroundings { lead, unread, people, channels, masks_phones } = around;
        let names = LeadNames { masks_phones };
        let channel = channels.iter().find(|channel| channel.id == head.id.channel);
        Self {
            id: head.id,
            lead_id: head.lead,
            channel_id: head.id.channel,
            name: lead.map_or_else(|| Text::new("Unknown"), |lead| names.name(lead, &[head])),
            channel_name: channel.map_or_else(|| Text::new("Unknown"), |channel| channel.name.clone()),
            phone: lead.and_then(|lead| names.phone(lead)),
            phone_masked: lead.and_then(|lead| names.phone_masked(lead)),
            username: username(&[head]),
            status: head.status,
            assignee: head.assignee.map(|assignee| AssigneeView::new(assignee, people)),
            snoozed_until: head.snoozed_until.map(At),
            waiting_since: head.waiting_since.map(At),
            stage: lead.map(|lead| lead.stage),
            unread,
            last_message: head.last.as_ref().map(LastView::of),
            window_until: head.window_until().map(At),
            last_message_at: head.last.as_ref().map(|last| At(last.at())),
        }
    }
}
