//! A conversation, as a list shows it.

use crate::last::LastView;
use crate::leads::name;
use crate::{At, E164};
use domain::conversations::{ConversationStatus, Head};
use domain::leads::{Lead, Stage};
use domain::{ChannelId, ConversationId, LeadId, Text};
use schemars::JsonSchema;
use serde::Serialize;

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
    /// The lead's phone; null if WhatsApp has not told it.
    #[schemars(regex(pattern = E164))]
    phone: Option<String>,
    /// Whether it wants attention.
    status: ConversationStatus,
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
    /// What is shown of `head`, whose lead is `lead`, with so many messages that nobody has read.
    pub fn of(head: &Head, lead: Option<&Lead>, unread: usize) -> Self {
        Self {
            id: head.id,
            lead_id: head.lead,
            channel_id: head.id.channel,
            name: lead.map_or_else(|| Text::new("Unknown"), |lead| name(lead, &[head])),
            phone: lead.and_then(|lead| lead.phone.as_ref()).map(domain::Phone::e164),
            status: head.status,
            stage: lead.map(|lead| lead.stage),
            unread,
            last_message: head.last.as_ref().map(LastView::of),
            window_until: head.window_until().map(At),
            last_message_at: head.last.as_ref().map(|last| At(last.at())),
        }
    }
}
