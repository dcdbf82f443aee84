//! Messages that a budget holds: once its period has turned, or it was changed, they are queued again, the oldest first, as
//! far as all budgets that cover them have room. What becomes of each is decided when it is dispatched, so that a step may
//! be repeated.

use crate::{Deps, JobError};
use domain::channels::budgets::{Budget, PeriodName};
use domain::channels::failures::Reason;
use domain::channels::prices::money::Amount;
use domain::ids::BudgetId;
use domain::inbox::message_prices::amount;
use domain::inbox::outbound_messages::OutboundMessage;
use domain::{ChannelId, MessageId, TenantId, Timestamp};
use std::collections::HashMap;
use std::time::Duration;
use store::TenantStore;
use store::channels::channels::Channel;
use store::inbox::held_for_cost::HeldForCost;

/// How many messages are read at a time.
const PAGE: usize = 100;

/// How long a step goes on.
const STEP: Duration = Duration::from_secs(8);

/// The pause before the next step, which begins anew.
const PAUSE: Duration = Duration::from_secs(5);

/// What is known of budgets and channels while the list is read.
struct Walk<'a> {
    store: TenantStore<'a>,
    budgets: Vec<Budget>,
    booked: HashMap<(BudgetId, PeriodName), Amount>,
    channels: HashMap<ChannelId, Option<Channel>>,
    now: Timestamp,
}

/// Queues what the budget holds, as far as there is room.
pub(crate) async fn release(deps: &Deps, tenant: TenantId, id: BudgetId) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some(holds) = store.budget_holds(id).await? else { return Ok(()) };
    let began = deps.clock.now();
    let budgets = store.budgets().await?;
    let mut walk = Walk { store, budgets, booked: HashMap::new(), channels: HashMap::new(), now: began };
    let mut next: Option<Timestamp> = None;
    let mut after: Option<MessageId> = None;
    loop {
        let (held, more) = store.held_for_cost(after, PAGE).await?;
        for held in held.into_iter().filter(|held| held.why == Reason::BudgetSpent) {
            if let Some(end) = walk.look_at(held, id).await? {
                next = Some(next.map_or(end, |next| next.min(end)));
            }
        }
        after = more;
        if after.is_none() {
            return Ok(store.looked_at_budget(id, holds, next).await?);
        }
        let now = deps.clock.now();
        if now.since(began) > STEP {
            return Ok(store.looked_at_budget(id, holds, Some(now.plus(PAUSE))).await?);
        }
    }
}

impl Walk<'_> {
    /// Queues one message if there is room for it. Else gives when the period of `looked_at` ends, if that is what holds it.
    async fn look_at(&mut self, held: HeldForCost, looked_at: BudgetId) -> Result<Option<Timestamp>, JobError> {
        let history = held.conversation.history;
        let send = self.store.outbound_message(history, held.id).await?;
        let Some(send) = send.filter(|send| send.held_for_cost().is_some()) else {
            self.store.forget_held_for_cost(held.id).await?;
            return Ok(None);
        };
        let Some(channel) = self.channel(held.conversation.channel).await? else { return Ok(None) };
        let cost = send.price.and_then(|agreed| amount(agreed.quote.price)).unwrap_or_default();
        let day = channel.billing.offset(self.now).date(self.now);
        let covering: Vec<_> =
            self.budgets.iter().filter(|one| one.covers(channel.id, channel.currency())).cloned().collect();
        let mut end = None;
        let mut fits = true;
        let mut uses = Vec::new();
        for budget in covering {
            let place = (budget.id, budget.period.name(day));
            let booked = self.booked(&place).await?;
            if !budget.room(booked, cost).admits(is_approved(&send)) {
                fits = false;
                if budget.id == looked_at {
                    end = Some(budget.period.end(&channel.billing.zone(), self.now));
                }
            }
            uses.push(place);
        }
        if fits && self.store.release_for_cost(history, held.id, None, self.now).await? {
            for place in uses {
                let booked = self.booked.entry(place).or_default();
                *booked = booked.plus(cost);
            }
            tracing::info!(message.id = %held.id, "a budget has room for a message that it held");
        }
        Ok(end)
    }

    async fn channel(&mut self, id: ChannelId) -> Result<Option<Channel>, JobError> {
        if !self.channels.contains_key(&id) {
            let channel = self.store.channel(id).await?;
            self.channels.insert(id, channel);
        }
        Ok(self.channels.get(&id).cloned().flatten())
    }

    /// What is booked in a period, with what was released since.
    async fn booked(&mut self, place: &(BudgetId, PeriodName)) -> Result<Amount, JobError> {
        if let Some(booked) = self.booked.get(place) {
            return Ok(*booked);
        }
        let booked = self.store.spending(place.0, &place.1).await?.booked;
        self.booked.insert(place.clone(), booked);
        Ok(booked)
    }
}

fn is_approved(send: &OutboundMessage) -> bool {
    send.price.is_some_and(|agreed| agreed.over_budget)
}
