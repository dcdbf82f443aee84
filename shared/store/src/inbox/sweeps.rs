//! What the sweeper writes of a message that is due.

use crate::inbox::outbound_messages::{OutboundItem, Step, due_list, due_rank};
use crate::table::expression::{Condition, Update};
use crate::table::item::{LIST, RANK};
use crate::table::keys::InboxKey;
use crate::{StoreError, TenantStore};
use domain::Timestamp;
use domain::inbox::outbound_messages::{OutboundMessage, SendState};

impl TenantStore<'_> {
    /// Marks a message whose claim has run out: nobody knows whether it went out. `look` is when the sweeper looks again.
    pub async fn unconfirm(self, send: &OutboundMessage, look: Timestamp) -> Result<(), StoreError> {
        let SendState::Claimed { by, .. } = &send.state else { return Ok(()) };
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(OutboundItem::STEP, &Step::Unconfirmed)
            .set(RANK, &due_rank(self.tenant, send.id, look))
            .when(Condition::is(OutboundItem::STEP, &Step::Claimed))
            .when(Condition::is(OutboundItem::CLAIMED_BY, by));
        self.step(update.require_no_status()).await?;
        Ok(())
    }

    /// Moves the time at which the sweeper looks at a message again; `redriven` if it goes into the queue once more.
    pub async fn look_again(self, send: &OutboundMessage, look: Timestamp, redriven: bool) -> Result<(), StoreError> {
        let update = Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id))
            .set(RANK, &due_rank(self.tenant, send.id, look))
            .when(Condition::is(OutboundItem::REDRIVEN, &send.redriven))
            .when(Condition::is(LIST, &due_list(send.id)));
        self.step(if redriven { update.count_up(OutboundItem::REDRIVEN) } else { update }).await?;
        Ok(())
    }

    /// Lets the sweeper look at this message no more.
    pub async fn look_no_more(self, send: &OutboundMessage) -> Result<(), StoreError> {
        let update =
            Update::at(InboxKey::Entry(self.tenant, send.conversation.history, send.id)).when(Condition::exists());
        self.step(update.clear_due(self.tenant, send.id)).await?;
        Ok(())
    }
}
