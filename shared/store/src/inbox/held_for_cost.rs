//! Messages that are held for what they cost: one list for each business, the oldest first. Message and list change
//! together. The message is due once more: when it is to be given up.

use crate::channels::budgets::Standing;
use crate::inbox::outbound_messages::{OutboundItem, Step, due_rank};
use crate::table::client::Change;
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{RANK, item};
use crate::table::keys::{InboxKey, Key, Partition, held_range};
use crate::table::query::Query;
use crate::{StoreError, TenantStore};
use domain::channels::failures::{Failure, Reason};
use domain::channels::prices::plan::AgreedPrice;
use domain::inbox::outbound_messages::{FIRST_SWEEP, OutboundMessage};
use domain::{ConversationId, HistoryId, MessageId, Timestamp};

item! {
    struct HeldForCostItem: "held_cost" {
        history: HistoryId = "hi",
        channel: domain::ChannelId = "ch",
        why: Reason = "wy",
    }
}

/// A message in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldForCost {
    /// The message.
    pub id: MessageId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// Why it is held.
    pub why: Reason,
}

impl TenantStore<'_> {
    /// Holds a queued message for what it costs. `spent` are the budgets that have no room for it, each with the end of its
    /// period. False if a budget was changed since, or somebody else has dealt with the message.
    pub async fn hold_for_cost(
        self,
        send: &OutboundMessage,
        why: Reason,
        spent: &[(&Standing, Timestamp)],
    ) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::STEP, &Step::Held)
            .set(OutboundItem::FAILURE, &json(&Failure::ours(why))?)
            .set(RANK, &due_rank(self.tenant, send.id, send.expires))
            .remove(OutboundItem::NOT_BEFORE)
            .remove(OutboundItem::PROBE)
            .when(Condition::is(OutboundItem::STEP, &Step::Queued));
        let ConversationId { history, channel } = send.conversation;
        let listed =
            Change::create(InboxKey::HeldForCost(self.tenant, send.id), &HeldForCostItem { history, channel, why })?;
        let mut changes = vec![Change::update(update.require_no_status()), listed];
        for (standing, end) in spent {
            changes.extend(self.held_by(&standing.budget, *end));
        }
        self.all(changes).await
    }

    /// Queues a message again that is held for what it costs, at `now`. With `price`, its sender or another user has agreed
    /// to that. False if it is not held any more.
    pub async fn release_for_cost(
        self,
        history: HistoryId,
        id: MessageId,
        price: Option<&AgreedPrice>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, history, id))
            .set(OutboundItem::STEP, &Step::Queued)
            .set(OutboundItem::QUEUED, &now)
            .set(RANK, &due_rank(self.tenant, id, now.plus(FIRST_SWEEP)))
            .remove(OutboundItem::FAILURE)
            .count_up(OutboundItem::REDRIVEN)
            .when(Condition::is(OutboundItem::STEP, &Step::Held));
        let update = match price {
            Some(price) => update.set(OutboundItem::PRICE, &json(price)?),
            None => update,
        };
        let unlisted = Change::remove(InboxKey::HeldForCost(self.tenant, id));
        self.all(vec![Change::update(update.require_no_status()), unlisted]).await
    }

    /// Cancels a message that is held for what it costs. False if it is not held any more.
    pub async fn cancel_held_for_cost(self, send: &OutboundMessage) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::STEP, &Step::Cancelled)
            .when(Condition::is(OutboundItem::STEP, &Step::Held))
            .require_no_status()
            .clear_due(self.tenant, send.id);
        let unlisted = Change::remove(InboxKey::HeldForCost(self.tenant, send.id));
        let done = self.all(vec![Change::update(update), unlisted]).await?;
        if done {
            self.hide_reaction(send).await?;
        }
        Ok(done)
    }

    /// The first `most` messages behind `after` that are held for what they cost, the oldest first, and behind which to go
    /// on; none at the end.
    pub async fn held_for_cost(
        self,
        after: Option<MessageId>,
        most: usize,
    ) -> Result<(Vec<HeldForCost>, Option<MessageId>), StoreError> {
        let (low, high) = held_range(after);
        let query = Query::partition(&Partition::HeldForCost(self.tenant)).between(low, high).strong().limit(most);
        let (found, more) = self.table().query(&query).await?;
        let mut items = Vec::with_capacity(found.len());
        for found in found {
            if let Key::Inbox(InboxKey::HeldForCost(_, id)) = found.key {
                let HeldForCostItem { history, channel, why } = found.read()?;
                items.push(HeldForCost { id, conversation: ConversationId { history, channel }, why });
            }
        }
        let next = more.and(items.last().map(|last| last.id));
        Ok((items, next))
    }

    /// Takes a message out of the list that is not held any more.
    pub async fn forget_held_for_cost(self, id: MessageId) -> Result<(), StoreError> {
        self.table().delete(InboxKey::HeldForCost(self.tenant, id)).await
    }
}
