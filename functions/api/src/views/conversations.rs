//! A conversation, as a list shows it.

use super::At;
use super::last::LastView;
use super::leads::name;
use domain::conversations::{ConversationStatus, Head};
use domain::leads::{Lead, Stage};
use domain::{ChannelId, ConversationId, LeadId, Text};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConversationView {
    id: ConversationId,
    lead_id: LeadId,
    channel_id: ChannelId,
    name: Text,
    phone: Option<String>,
    status: ConversationStatus,
    stage: Option<Stage>,
    unread: usize,
    last_message: Option<LastView>,
    /// Until when anything may be sent; null if the customer has not written.
    window_until: Option<At>,
    last_message_at: Option<At>,
}

impl ConversationView {
    pub(crate) fn of(head: &Head, lead: Option<&Lead>, unread: usize) -> Self {
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
            last_message_at: head.last.as_ref().map(|last| At(last.id.at())),
        }
    }
}
