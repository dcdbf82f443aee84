//! What a message is booked with in the budgets of its business.

use crate::Deps;
use crate::dispatch::DispatchError;
use domain::TenantId;
use domain::channels::budgets::{Booking, Room};
use domain::channels::failures::Reason;
use domain::channels::prices::money::Amount;
use domain::channels::prices::plan::Quote;
use domain::inbox::free_entries::FreeEntry;
use domain::inbox::message_prices::amount;
use domain::inbox::outbound_messages::{OutboundMessage, SendState};
use queue::Verdict;
use store::channels::budgets::Standing;
use store::channels::channels::Channel;
use store::inbox::bookings::Reservation;

/// The budgets that cover a message, and what it costs now.
pub(crate) struct Budgeted {
    standings: Vec<Standing>,
    cost: Amount,
    approved: bool,
    /// The free entry point of the conversation, which this message may be the answer to.
    pub(crate) free_entry: FreeEntry,
}

impl Budgeted {
    /// Reads the budgets of a message that waits.
    pub(crate) async fn read(
        deps: &Deps,
        tenant: TenantId,
        send: &OutboundMessage,
        channel: &Channel,
        quote: &Quote,
        free_entry: FreeEntry,
    ) -> Result<Self, DispatchError> {
        let agreed = send.price.filter(|_| matches!(send.state, SendState::Queued { .. } | SendState::Held(_)));
        let cost = amount(quote.price).unwrap_or_default();
        let Some(agreed) = agreed else { return Ok(Self { standings: Vec::new(), cost, approved: false, free_entry }) };
        let store = deps.store.tenant(tenant);
        let now = deps.clock.now();
        let offset = channel.billing.offset(now);
        let standings = store.standings(store.budgets().await?, channel.id, channel.currency(), offset, now).await?;
        Ok(Self { standings, cost, approved: agreed.over_budget, free_entry })
    }

    /// Whether they have room for it: the strictest decides.
    pub(crate) fn room(&self) -> Room {
        self.standings.iter().map(|standing| standing.room(self.cost)).max().unwrap_or(Room::Fits)
    }

    /// What the claim of the message books; none if no budget covers it.
    pub(crate) fn reservation(&self, deps: &Deps) -> Option<Reservation<'_>> {
        let uses = self.standings.iter().map(|standing| (standing.budget.id, standing.period.clone())).collect();
        let booking = Booking { amount: self.cost, settled: false, uses };
        (!self.standings.is_empty()).then(|| Reservation {
            booking,
            standings: &self.standings,
            approved: self.approved,
            now: deps.clock.now(),
        })
    }

    /// Holds the message alone, for what it costs.
    pub(crate) async fn hold(
        &self,
        deps: &Deps,
        tenant: TenantId,
        send: &OutboundMessage,
        channel: &Channel,
        reason: Reason,
    ) -> Result<Verdict, DispatchError> {
        let zone = channel.billing.zone();
        let now = deps.clock.now();
        let spent: Vec<_> = self
            .standings
            .iter()
            .filter(|standing| reason == Reason::BudgetSpent && !standing.room(self.cost).admits(self.approved))
            .map(|standing| (standing, standing.budget.period.end(&zone, now)))
            .collect();
        if !deps.store.tenant(tenant).hold_for_cost(send, reason, &spent).await? {
            return Ok(Verdict::Again(crate::dispatch::DECIDE_AGAIN));
        }
        tracing::info!(message.id = %send.id, reason = %reason, "a message is held for what it costs");
        Ok(Verdict::Done)
    }
}
