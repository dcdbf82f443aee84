//! What WhatsApp reports of messages of ours. Each status has an attribute of its own, so neither order nor repetition
//! matters.

use crate::inbox::outbound_messages::{OutboundItem, attribute};
use crate::table::client::Conditional;
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{Attr, Item, TYPE};
use crate::table::keys::InboxKey;
use crate::{StoreError, TenantStore};
use domain::identities::Addressee;
use domain::inbox::statuses::{OtherUpdate, Status, StatusUpdate};
use domain::{ConversationId, MessageId, Timestamp};

impl TenantStore<'_> {
    /// Writes down what WhatsApp says of a message of ours: its time, if it is the first of its kind. Gives by what we
    /// knew its recipient; none if there is no such message on this channel. May be repeated, in any order.
    pub async fn record_status(
        self,
        conversation: ConversationId,
        id: MessageId,
        told: &StatusUpdate,
    ) -> Result<Option<Addressee>, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, conversation.history, id))
            .set_once(attribute(told.status), &told.at);
        let mut update = update.set_wamid(self.tenant, &told.wamid).clear_due(self.tenant, id);
        if let Some(pricing) = &told.pricing {
            update = update.set_once(OutboundItem::PRICING, &json(pricing)?);
        }
        if told.status == Status::Failed {
            update = update.set_once(OutboundItem::ERRORS, &json(&told.errors)?);
        }
        let update = update
            .when(Condition::is(TYPE, OutboundItem::TYPE))
            .when(Condition::is(OutboundItem::CHANNEL, &conversation.channel));
        match self.table().update::<OutboundItem>(update).await? {
            Conditional::Applied(item) => {
                self.rebook(conversation.history, id, &item).await?;
                self.count_free(conversation.history, id, &item).await?;
                if told.status == Status::Failed {
                    let (send, _) = item.clone().read(conversation.history, id, None)?;
                    self.hide_reaction(&send).await?;
                }
                Ok(Some(item.addressee()))
            }
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Writes down a status whose word is not known here: the latest. False if there is no such message on this channel.
    pub async fn record_other_status(
        self,
        conversation: ConversationId,
        id: MessageId,
        told: &OtherUpdate,
    ) -> Result<bool, StoreError> {
        self.record_latest(conversation, id, told, OutboundItem::OTHER, OutboundItem::OTHER_AT).await
    }

    /// Writes down how the payment fares that a message asks for: the latest. False if there is no such message on this
    /// channel.
    pub async fn record_payment_status(
        self,
        conversation: ConversationId,
        id: MessageId,
        told: &OtherUpdate,
    ) -> Result<bool, StoreError> {
        self.record_latest(conversation, id, told, OutboundItem::PAYMENT, OutboundItem::PAYMENT_AT).await
    }

    async fn record_latest(
        self,
        conversation: ConversationId,
        id: MessageId,
        told: &OtherUpdate,
        word: Attr<String>,
        at: Attr<Timestamp>,
    ) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, conversation.history, id))
            .set(word, &json(&told.told)?)
            .set(at, &told.told.at)
            .when(Condition::is(TYPE, OutboundItem::TYPE))
            .when(Condition::is(OutboundItem::CHANNEL, &conversation.channel))
            .when(Condition::below(at, &told.told.at));
        match self.table().update::<OutboundItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(there) => Ok(there.is_some_and(|item| item.author().1 == conversation.channel)),
        }
    }
}
