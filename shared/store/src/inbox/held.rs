//! Messages that are held while their channel does not send. Each stands in its channel's list, the oldest first. Message
//! and list change together. The message is due once more: when it is to be given up.

use crate::channels::channels::{Channel, stopped};
use crate::channels::resumes::watched;
use crate::inbox::outbound_messages::{OutboundItem, Step, due_rank};
use crate::table::client::Change;
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{RANK, item};
use crate::table::keys::{InboxKey, Key, Partition, held_range};
use crate::table::query::Query;
use crate::{StoreError, TenantStore};
use domain::channels::channels::Sending;
use domain::channels::failures::Failure;
use domain::inbox::outbound_messages::{FIRST_SWEEP, OutboundMessage};
use domain::{ChannelId, HistoryId, MessageId, Timestamp};

item! {
    struct HeldItem: "held" {
        history: HistoryId = "hi",
    }
}

impl TenantStore<'_> {
    /// Holds a queued message, as long as `channel` does not send. If Meta refuses the channel, it is probed later. False if the channel sends by now, or somebody else
    /// has dealt with the message.
    pub async fn hold(
        self,
        send: &OutboundMessage,
        channel: &Channel,
        why: &Failure,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(stopped) = stopped(self.tenant, channel)? else { return Ok(false) };
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::STEP, &Step::Held)
            .set(OutboundItem::FAILURE, &json(why)?)
            .set(RANK, &due_rank(self.tenant, send.id, send.expires))
            .remove(OutboundItem::NOT_BEFORE)
            .remove(OutboundItem::PROBE)
            .when(Condition::is(OutboundItem::STEP, &Step::Queued));
        let place = InboxKey::Held(self.tenant, send.conversation.channel, send.id);
        let listed = Change::create(place, &HeldItem { history: send.conversation.history })?;
        let mut changes = vec![Change::update(update.require_no_status()), listed, stopped];
        if channel.sending == Sending::Refused {
            changes.push(Change::update(watched(self.tenant, channel.id, now)));
        }
        self.all(changes).await
    }

    /// Queues a held message again at `now`; `probe` if it is to see whether Meta still refuses the channel. False if it
    /// is not held any more.
    pub async fn release(
        self,
        channel: ChannelId,
        history: HistoryId,
        id: MessageId,
        probe: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, history, id))
            .set(OutboundItem::STEP, &Step::Queued)
            .set(OutboundItem::QUEUED, &now)
            .set_or_remove(OutboundItem::PROBE, probe.then_some(&true))
            .set(RANK, &due_rank(self.tenant, id, now.plus(FIRST_SWEEP)))
            .remove(OutboundItem::FAILURE)
            .count_up(OutboundItem::REDRIVEN)
            .when(Condition::is(OutboundItem::STEP, &Step::Held));
        let unlisted = Change::remove_when(InboxKey::Held(self.tenant, channel, id), Vec::new());
        self.all(vec![Change::update(update.require_no_status()), unlisted]).await
    }

    /// The first `most` messages of a channel that are held, the oldest first.
    pub async fn held(self, channel: ChannelId, most: usize) -> Result<Vec<(HistoryId, MessageId)>, StoreError> {
        let (low, high) = held_range(None);
        let query = Query::partition(&Partition::Held(self.tenant, channel)).between(low, high).strong().limit(most);
        let (found, _) = self.table().query(&query).await?;
        let mut held = Vec::with_capacity(found.len());
        for found in found {
            if let Key::Inbox(InboxKey::Held(_, _, id)) = found.key {
                held.push((found.read::<HeldItem>()?.history, id));
            }
        }
        Ok(held)
    }

    /// How many messages of a channel are held, counted up to `most`.
    pub async fn count_held(self, channel: ChannelId, most: usize) -> Result<usize, StoreError> {
        let (low, high) = held_range(None);
        let query = Query::partition(&Partition::Held(self.tenant, channel)).between(low, high);
        self.table().count(&query, most).await
    }

    /// Takes a message out of its channel's list of which WhatsApp has told a status meanwhile: it is not released.
    pub async fn forget_held(self, channel: ChannelId, id: MessageId) -> Result<(), StoreError> {
        self.table().delete(InboxKey::Held(self.tenant, channel, id)).await
    }

    /// Gives a held message up.
    pub(super) async fn give_up_held(self, send: &OutboundMessage, failure: &Failure) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id));
        let update = update.when(Condition::is(OutboundItem::STEP, &Step::Held)).require_no_status().fail(failure)?;
        let update = update.clear_due(self.tenant, send.id);
        let place = match send.held_for_cost() {
            Some(_) => InboxKey::HeldForCost(self.tenant, send.id),
            None => InboxKey::Held(self.tenant, send.conversation.channel, send.id),
        };
        if self.all(vec![Change::update(update), Change::remove_when(place, Vec::new())]).await? {
            self.hide_reaction(send).await?;
        }
        Ok(())
    }
}
