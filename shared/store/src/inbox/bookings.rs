//! Bookings of messages in budgets. The message says what is booked for it, and the period of the budget says the sum. Both
//! change together or not at all, so that each booking counts once, however often a status comes.

use crate::channels::budgets::Standing;
use crate::inbox::outbound_messages::OutboundItem;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::keys::InboxKey;
use crate::table::query::Read;
use crate::{RACES, StoreError, TenantStore};
use domain::channels::budgets::Booking;
use domain::channels::prices::cards::RateCards;
use domain::channels::prices::money::Amount;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::{HistoryId, MessageId, Timestamp};

/// What a claim books for its message.
#[derive(Clone, Debug)]
pub struct Reservation<'a> {
    /// The booking.
    pub booking: Booking,
    /// The budgets that cover the message, as they stood before.
    pub standings: &'a [Standing],
    /// Whether a user has approved the message although a budget has no room for it.
    pub approved: bool,
    /// The time.
    pub now: Timestamp,
}

impl TenantStore<'_> {
    /// What a reservation changes in its budgets; none if one has no room at all.
    pub(super) fn reserved(self, reservation: &Reservation<'_>) -> Option<Vec<Change>> {
        let Reservation { booking, standings, approved, now } = reservation;
        self.booked_in(standings, booking, *approved, *now)
    }

    /// Claims and books in one transaction. A claim that is ours already counts as ours.
    pub(super) async fn claim_and_book(
        self,
        send: &OutboundMessage,
        by: &str,
        claim: Update,
        booked: Vec<Change>,
    ) -> Result<bool, StoreError> {
        let changes = std::iter::once(Change::update(claim)).chain(booked).collect();
        match self.table().transact(changes).await {
            Ok(Conditional::Applied(())) => return Ok(true),
            Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
        let key = InboxKey::Entry(self.tenant, send.conversation.history, send.id);
        let there: Option<OutboundItem> = self.table().get(key, Read::Strong).await?;
        Ok(there.is_some_and(|there| there.is_claimed_by(by)))
    }

    /// Writes a step of a message that was not sent after all, and takes its booking back: both or neither.
    pub(super) async fn step_and_unbook(self, update: Update, booking: Option<&Booking>) -> Result<bool, StoreError> {
        let Some(booking) = booking else { return self.step(update).await };
        let update = update.remove(OutboundItem::BOOKING);
        let nothing = Booking { amount: Amount::ZERO, settled: false, uses: Vec::new() };
        let unbooked = self.rebooked(booking, &nothing);
        if unbooked.is_empty() {
            return self.step(update).await;
        }
        self.all(std::iter::once(Change::update(update)).chain(unbooked).collect()).await
    }

    /// Counts the message `item` as a free service message of its number, if WhatsApp has told that it is one: once,
    /// because the message says that it is counted.
    pub(super) async fn count_free(
        self,
        history: HistoryId,
        id: MessageId,
        item: &OutboundItem,
    ) -> Result<(), StoreError> {
        if item.free_month.is_some() || item.pricing.is_none() {
            return Ok(());
        }
        let (send, _) = item.clone().read(history, id, None)?;
        let Some(month) = send.free_month() else { return Ok(()) };
        let counted = Update::at(InboxKey::Entry(self.tenant, history, id))
            .set(OutboundItem::FREE_MONTH, month.as_str())
            .when(Condition::exists())
            .when(Condition::absent(OutboundItem::FREE_MONTH));
        let more = self.one_more_free(send.conversation.channel, &month);
        self.all(vec![Change::update(counted), Change::update(more)]).await?;
        Ok(())
    }

    /// Brings what is booked for the message `item` in line with what WhatsApp has told of it. May be repeated, in any
    /// order.
    pub(super) async fn rebook(self, history: HistoryId, id: MessageId, item: &OutboundItem) -> Result<(), StoreError> {
        let key = InboxKey::Entry(self.tenant, history, id);
        let mut item = item.clone();
        for _ in 0..RACES {
            let Some(written) = item.booking.clone() else { return Ok(()) };
            let (send, _) = item.read(history, id, None)?;
            let Some(booking) = &send.booking else { return Ok(()) };
            let after = send.booked(booking, RateCards::current());
            if after == *booking {
                return Ok(());
            }
            let update = Update::at(&key)
                .set(OutboundItem::BOOKING, &json(&after)?)
                .when(Condition::is(OutboundItem::BOOKING, &written));
            let changes = std::iter::once(Change::update(update)).chain(self.rebooked(booking, &after)).collect();
            match self.table().transact(changes).await {
                Ok(Conditional::Applied(())) => return Ok(()),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
            let Some(now) = self.table().get::<OutboundItem>(&key, Read::Strong).await? else { return Ok(()) };
            item = now;
        }
        Err(StoreError::Conflict)
    }
}
