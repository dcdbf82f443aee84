//! Recipients of a campaign: one item for each lead of its audience, and the message that each gets. A recipient and the
//! message are written together, so that a step that is taken again writes none twice.

use crate::crm::leads::LeadItem;
use crate::inbox::conversations::{ConversationItem, append_campaign_send};
use crate::inbox::messages::body_item;
use crate::inbox::outbound_messages::{OutboundItem, Step};
use crate::insight::figures::FiguresItem;
use crate::outreach::campaign_runs::fell_behind;
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{CrmKey, InboxKey, Key, OutreachKey, Partition, recipients_range};
use crate::table::page::Page;
use crate::table::query::{Query, Read};
use crate::{RACES, StoreError, TenantStore};
use domain::inbox::conversations::Conversation;
use domain::inbox::outbound_messages::{OutboundMessage, SendState};
use domain::insight::figures::Tally;
use domain::outreach::campaigns::{Exclusion, RecipientState};
use domain::{Actor, CampaignId, ConversationId, HistoryId, LeadId, MessageId, Timestamp};
use std::collections::BTreeMap;

item! {
    pub(crate) struct RecipientItem: "recipient" {
        state: RecipientState = "st" as STATE,
        /// Why it gets no message.
        exclusion?: Exclusion = "ex" as EXCLUSION,
        conversation?: ConversationId = "cv" as CONVERSATION,
        message?: MessageId = "ms" as MESSAGE,
        /// The step that wrote the message.
        step?: u32 = "sp" as STEP,
        /// What the message costs at most, in millionths.
        ceiling?: i64 = "ce" as CEILING,
        /// How many messages were withdrawn.
        #[serde(default)]
        turn: u32 = "tn" as TURN,
    }
}

/// A lead of a campaign's audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The lead.
    pub lead: LeadId,
    /// How far it has come.
    pub state: RecipientState,
    /// Why it gets no message.
    pub exclusion: Option<Exclusion>,
    /// The message and its conversation.
    pub message: Option<(ConversationId, MessageId)>,
    /// The step that wrote the message.
    pub step: Option<u32>,
    /// What the message costs at most, in millionths.
    pub ceiling: i64,
    /// How many messages were withdrawn.
    pub turn: u32,
}

impl RecipientItem {
    fn recipient(self, lead: LeadId) -> Recipient {
        Recipient {
            lead,
            state: self.state,
            exclusion: self.exclusion,
            message: self.conversation.zip(self.message),
            step: self.step,
            ceiling: self.ceiling.unwrap_or_default(),
            turn: self.turn,
        }
    }
}

/// The message of a recipient.
#[derive(Clone, Debug)]
pub struct CampaignSend<'a> {
    /// The campaign.
    pub campaign: CampaignId,
    /// The recipient.
    pub lead: LeadId,
    /// The step that writes it.
    pub step: u32,
    /// The conversation, as it was read.
    pub conversation: &'a Conversation,
    /// Whether the conversation is there. Else it begins with the message.
    pub is_there: bool,
    /// The message.
    pub send: &'a OutboundMessage,
    /// Who started the campaign.
    pub by: Actor,
}

impl TenantStore<'_> {
    /// Writes a lead of the audience down, unless that was done. True if it waits for its turn.
    pub async fn freeze_recipient(
        self,
        campaign: CampaignId,
        lead: LeadId,
        exclusion: Option<Exclusion>,
    ) -> Result<bool, StoreError> {
        let state = if exclusion.is_some() { RecipientState::Excluded } else { RecipientState::Pending };
        let item =
            RecipientItem { state, exclusion, conversation: None, message: None, step: None, ceiling: None, turn: 0 };
        match self.table().create(OutreachKey::Recipient(self.tenant, campaign, lead), &item).await? {
            Put::New => Ok(state == RecipientState::Pending),
            Put::Exists(there) => Ok(there.state == RecipientState::Pending),
        }
    }

    /// Those of `leads` that wait for their turn, or have had it.
    pub async fn recipients_among(self, campaign: CampaignId, leads: &[LeadId]) -> Result<Vec<LeadId>, StoreError> {
        let keys: Vec<_> = leads.iter().map(|lead| OutreachKey::Recipient(self.tenant, campaign, *lead)).collect();
        let mut among = Vec::new();
        for found in self.table().get_all(&keys, Read::Strong).await? {
            if let Key::Outreach(OutreachKey::Recipient(_, _, lead)) = found.key
                && found.read::<RecipientItem>()?.state != RecipientState::Excluded
            {
                among.push(lead);
            }
        }
        Ok(among)
    }

    /// Up to `limit` leads of the audience, in the order of their ids, after `after`.
    pub async fn recipients(
        self,
        campaign: CampaignId,
        after: Option<LeadId>,
        limit: usize,
    ) -> Result<Page<Recipient>, StoreError> {
        let (low, high) = recipients_range(after);
        let query = Query::partition(&Partition::Campaign(self.tenant, campaign)).between(low, high).limit(limit);
        let (found, more) = self.table().query(&query.strong()).await?;
        let mut items = Vec::new();
        for found in found {
            if let Key::Outreach(OutreachKey::Recipient(_, _, lead)) = found.key {
                items.push(found.read::<RecipientItem>()?.recipient(lead));
            }
        }
        let next = more.and_then(|_| items.last().map(|recipient| recipient.lead.ulid_str()));
        Ok(Page { items, next })
    }

    /// Writes the message of a recipient who waits, and tells the conversation, which no list shows for that: all or
    /// nothing. False if the recipient does not wait any more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or others keep sending into the conversation.
    pub async fn send_to_recipient(self, new: &CampaignSend<'_>) -> Result<bool, StoreError> {
        let mut conversation = new.conversation.clone();
        let mut is_there = new.is_there;
        for _ in 0..RACES {
            let changes = self.campaign_send(new, &conversation, is_there)?;
            match self.table().transact(changes).await {
                Ok(Conditional::Applied(())) => return Ok(true),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
            let key = OutreachKey::Recipient(self.tenant, new.campaign, new.lead);
            let recipient: Option<RecipientItem> = self.table().get(key, Read::Strong).await?;
            if recipient.is_none_or(|recipient| recipient.state != RecipientState::Pending) {
                return Ok(false);
            }
            if let Some(now) = self.conversation(new.send.conversation).await? {
                (conversation, is_there) = (now, true);
            }
        }
        Err(StoreError::Conflict)
    }

    fn campaign_send(
        self,
        new: &CampaignSend<'_>,
        conversation: &Conversation,
        is_there: bool,
    ) -> Result<Vec<Change>, StoreError> {
        let CampaignSend { campaign, lead, step, send, by, .. } = new;
        let id = send.conversation;
        let send = OutboundMessage {
            after: conversation.last_send.filter(|before| *before < send.id),
            campaign: Some(*campaign),
            ..(*send).clone()
        };
        let ceiling = ceiling(&send);
        let recipient = Update::at(OutreachKey::Recipient(self.tenant, *campaign, *lead))
            .set(RecipientItem::STATE, &RecipientState::Queued)
            .set(RecipientItem::CONVERSATION, &id)
            .set(RecipientItem::MESSAGE, &send.id)
            .set(RecipientItem::STEP, step)
            .set(RecipientItem::CEILING, &ceiling)
            .when(Condition::is(RecipientItem::STATE, &RecipientState::Pending));
        let (item, body) = OutboundItem::new(self.tenant, &send, *by)?;
        let mut changes =
            vec![Change::update(recipient), Change::create(InboxKey::Entry(self.tenant, id.history, send.id), &item)?];
        if let Some(body) = body {
            changes.push(Change::create(InboxKey::Body(self.tenant, id.history, send.id), &body_item(body))?);
        }
        if is_there {
            changes.push(Change::update(append_campaign_send(self.tenant, conversation, send.id)));
        } else {
            let begun = Conversation {
                last_send: Some(send.id),
                campaign_send: Some(send.id),
                ..Conversation::begun_by_campaign(id, *lead)
            };
            let item = ConversationItem::from_conversation(self.tenant, &begun, 1);
            changes.push(Change::create(InboxKey::Conversation(self.tenant, id), &item)?);
            let listed = Update::at(CrmKey::Lead(self.tenant, *lead)).append(LeadItem::CONVERSATIONS, &id);
            changes.push(Change::update(listed.when(Condition::exists())));
        }
        Ok(changes)
    }

    /// Has a recipient get no message after all. It does nothing if the recipient does not wait.
    pub async fn exclude_recipient(self, campaign: CampaignId, lead: LeadId, why: Exclusion) -> Result<(), StoreError> {
        let update = Update::at(OutreachKey::Recipient(self.tenant, campaign, lead))
            .set(RecipientItem::STATE, &RecipientState::Excluded)
            .set(RecipientItem::EXCLUSION, &why)
            .when(Condition::is(RecipientItem::STATE, &RecipientState::Pending));
        match self.table().update::<RecipientItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Takes back the queued message of a campaign that does not send: its recipient waits again. False if the message is
    /// not queued any more.
    pub async fn withdraw(self, send: &OutboundMessage) -> Result<bool, StoreError> {
        let (Some(campaign), ConversationId { history, .. }) = (send.campaign, send.conversation) else {
            return Ok(false);
        };
        let Some(lead) = self.conversation(send.conversation).await?.map(|conversation| conversation.lead) else {
            return Ok(false);
        };
        // The conversation may belong to another lead since a merge.
        let leads = [history.first_lead(), lead];
        let mut recipient = None;
        for lead in leads {
            let key = OutreachKey::Recipient(self.tenant, campaign, lead);
            let item: Option<RecipientItem> = self.table().get(key, Read::Strong).await?;
            recipient = recipient.or(item.filter(|item| item.message == Some(send.id)).map(|_| lead));
        }
        let message = Update::at(InboxKey::Entry(self.tenant, history, send.id))
            .set(OutboundItem::STEP, &Step::Cancelled)
            .clear_due(self.tenant, send.id)
            .when(Condition::is(OutboundItem::STEP, &Step::Queued))
            .require_no_status();
        let mut changes = vec![Change::update(message)];
        if let Some(lead) = recipient {
            let waits = Update::at(OutreachKey::Recipient(self.tenant, campaign, lead))
                .set(RecipientItem::STATE, &RecipientState::Pending)
                .remove(RecipientItem::MESSAGE)
                .remove(RecipientItem::STEP)
                .remove(RecipientItem::CEILING)
                .count_up(RecipientItem::TURN)
                .when(Condition::is(RecipientItem::MESSAGE, &send.id));
            changes.push(Change::update(waits));
            changes.push(Change::update(fell_behind(self.tenant, campaign, ceiling(send))));
        }
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => {
                let there = self.outbound_message(history, send.id).await?;
                Ok(there.is_some_and(|there| there.state == SendState::Cancelled))
            }
        }
    }

    /// The messages of recipients, and when each customer replied.
    pub async fn campaign_messages(
        self,
        messages: &[(ConversationId, MessageId)],
    ) -> Result<BTreeMap<(HistoryId, MessageId), (OutboundMessage, Option<Timestamp>)>, StoreError> {
        let keys: Vec<_> =
            messages.iter().map(|(id, message)| InboxKey::Entry(self.tenant, id.history, *message)).collect();
        let mut read = BTreeMap::new();
        for found in self.table().get_all(&keys, Read::Eventual).await? {
            if let Key::Inbox(InboxKey::Entry(_, history, id)) = found.key {
                let item = found.read::<OutboundItem>()?;
                let replied = item.replied;
                read.insert((history, id), (item.read(history, id, None)?.0, replied));
            }
        }
        Ok(read)
    }

    /// Credits a reply of `at` to the campaign's message before it. May be repeated: the first holds.
    pub async fn credit_reply(self, history: HistoryId, send: MessageId, at: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, history, send))
            .set_once(OutboundItem::REPLIED, &at)
            .when(Condition::exists());
        match self.table().update::<OutboundItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// What was counted of a campaign.
    pub async fn campaign_figures(self, id: CampaignId) -> Result<Tally, StoreError> {
        let key = OutreachKey::CampaignFigures(self.tenant, id);
        let item: Option<FiguresItem> = self.table().get(key, Read::Eventual).await?;
        Ok(item.map(FiguresItem::into_counts).unwrap_or_default())
    }
}

/// What a message costs at most, in millionths.
fn ceiling(send: &OutboundMessage) -> i64 {
    let most = send.price.as_ref().and_then(|agreed| agreed.ceiling).map(|money| money.amount.millionths());
    most.and_then(|millionths| i64::try_from(millionths).ok()).unwrap_or_default()
}
