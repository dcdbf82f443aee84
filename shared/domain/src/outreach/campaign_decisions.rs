//! What becomes of a recipient whose turn has come, and the message that a campaign writes.

use crate::channels::prices::plan::{AgreedPrice, Price};
use crate::crm::leads::Lead;
use crate::ids::{CampaignId, ChannelId, ConversationId, HistoryId, MessageId};
use crate::inbox::consents::Consents;
use crate::inbox::conversations::Conversation;
use crate::inbox::outbound_content::OutboundContent;
use crate::inbox::outbound_messages::{Address, OutboundMessage, SendState, TEMPLATE_LIFETIME};
use crate::inbox::statuses::Delivery;
use crate::outreach::campaign_messages::Addressed;
use crate::outreach::campaigns::{Campaign, Exclusion, StopReason, lasting_exclusion, message_id};
use crate::outreach::templates::Template;
use crate::time::Timestamp;

/// What is known of a lead whose turn has come.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// Its conversation on the campaign's number, if it has one.
    pub conversation: Option<&'a Conversation>,
    /// What the customer has agreed to.
    pub consents: &'a Consents,
}

/// What becomes of a recipient whose turn has come.
#[derive(Clone, Debug)]
pub enum Decided {
    /// The recipient gets this message.
    Send(Box<NewMessage>),
    /// The recipient gets none.
    Exclude(Exclusion),
    /// The recipient's turn comes then.
    Later(Timestamp),
    /// The campaign pauses before this recipient.
    Pause(StopReason),
}

/// A message that is to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// The message.
    pub send: OutboundMessage,
    /// Its conversation, as it was read; or as it begins.
    pub conversation: Conversation,
    /// Whether the conversation is there.
    pub is_there: bool,
    /// What the message costs at most, in millionths.
    pub ceiling: i64,
}

/// How often a recipient's message was withdrawn, and what is reserved of the budget, in millionths.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// How often.
    pub number: u32,
    /// What is reserved.
    pub reserved: i64,
}

/// What becomes of the recipient `known` of `campaign` at `now`. `price` says what a message to an address costs, by when the
/// window closes.
pub fn decide(
    campaign: &Campaign,
    template: &Template,
    known: &Known<'_>,
    turn: Turn,
    price: impl Fn(&Address, Option<Timestamp>) -> AgreedPrice,
    now: Timestamp,
) -> Decided {
    let Known { lead, conversation, consents } = *known;
    let plan = &campaign.plan;
    if let Some(why) = lasting_exclusion(template, lead, conversation, consents) {
        return Decided::Exclude(why);
    }
    let Some(to) = template.address_of(lead) else { return Decided::Exclude(Exclusion::NoPhone) };
    let opens = plan.turn(&to, now);
    if opens > now {
        return Decided::Later(opens);
    }
    let profile_name = conversation.and_then(|there| there.profile.as_ref()).and_then(|profile| profile.name.as_ref());
    let Ok(content) = plan.message.fill(template, &Addressed { lead, profile_name }) else {
        return Decided::Exclude(Exclusion::Unfillable);
    };
    let price = price(&to, conversation.and_then(Conversation::window_until));
    if matches!(price.quote.price, Price::Unknown(_)) && !plan.accepts_unknown_price {
        return Decided::Pause(StopReason::PriceUnknown);
    }
    let ceiling = price.ceiling.map(|money| money.amount.millionths());
    let ceiling = ceiling.and_then(|millionths| i64::try_from(millionths).ok()).unwrap_or_default();
    let budget = plan.budget.and_then(|budget| i64::try_from(budget.millionths()).ok());
    if budget.is_some_and(|budget| turn.reserved.saturating_add(ceiling) > budget) {
        return Decided::Pause(StopReason::Budget);
    }
    let id = message_id(campaign.id, lead.id, turn.number, now);
    let is_there = conversation.is_some();
    let conversation = conversation.cloned().unwrap_or_else(|| begun(lead, plan.channel));
    let send = template_message(id, &conversation, lead, to, content, price, now);
    let send = OutboundMessage { campaign: Some(campaign.id), ..send };
    Decided::Send(Box::new(NewMessage { send, conversation, is_there, ceiling }))
}

/// The conversation with `lead` on `channel` that a campaign begins.
#[must_use]
pub fn begun(lead: &Lead, channel: ChannelId) -> Conversation {
    Conversation::begun_by_campaign(ConversationId { history: HistoryId::for_lead(lead.id), channel }, lead.id)
}

/// A template to a lead that is queued at `now`.
#[must_use]
pub fn template_message(
    id: MessageId,
    conversation: &Conversation,
    lead: &Lead,
    to: Address,
    content: OutboundContent,
    price: AgreedPrice,
    now: Timestamp,
) -> OutboundMessage {
    OutboundMessage {
        id,
        conversation: conversation.id,
        to,
        bsuid: lead.bsuid.clone(),
        content,
        reply_to: None,
        part_of: None,
        retry_of: None,
        unless_written_since: None,
        campaign: None::<CampaignId>,
        confirms_opt_out: false,
        fallback: None,
        booking: None,
        after: None,
        price: Some(price),
        state: SendState::Queued { not_before: None, refusal: None, is_probe: false },
        tries: 0,
        redriven: 0,
        queued: now,
        expires: now.plus(TEMPLATE_LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    }
}
