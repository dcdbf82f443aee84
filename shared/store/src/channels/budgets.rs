//! Budgets, and what is booked in their periods.

use crate::access::audit;
use crate::reliability::due_rank::{self, DueKind};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{Attr, LIST, RANK, item};
use crate::table::keys::{ChannelsKey, Key, List, Partition};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::channels::budgets::{Booking, Budget, BudgetAction, BudgetPeriod, BudgetScope, PeriodName, Room, Spending};
use domain::channels::prices::money::{Amount, Currency};
use domain::ids::BudgetId;
use domain::time::UtcOffset;
use domain::{ChannelId, TenantId, Timestamp};

item! {
    pub(crate) struct BudgetItem: "budget" {
        scope: BudgetScope = "sc",
        currency: Currency = "cy",
        amount: Amount = "am" as AMOUNT,
        period: BudgetPeriod = "pe",
        action: BudgetAction = "ac" as ACTION,
        revision: u64 = "rv" as REVISION,
    }
}

item! {
    /// What is booked in one period of a budget, in millionths.
    struct SpendingItem: "spending" {
        booked: u64 = "bo" as BOOKED,
        #[serde(default)]
        settled: u64 = "se" as SETTLED,
        reached_80?: Timestamp = "r8" as REACHED_80,
        reached_100?: Timestamp = "r9" as REACHED_100,
    }
}

item! {
    /// When the messages are looked at that a budget holds.
    struct BudgetResumeItem: "budget_resume" {
        /// How many messages it has held since.
        #[serde(default)]
        holds: u32 = "ho" as HOLDS,
    }
}

/// The attributes in which the levels of `NOTICE_LEVELS` keep their times.
const REACHED: [Attr<Timestamp>; 2] = [SpendingItem::REACHED_80, SpendingItem::REACHED_100];

/// A budget that covers a message, and what is booked in the period in which the message counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The budget.
    pub budget: Budget,
    /// The period.
    pub period: PeriodName,
    /// What is booked there.
    pub spending: Spending,
}

impl Standing {
    /// Whether it has room for a message that costs `cost`.
    #[must_use]
    pub fn room(&self, cost: Amount) -> Room {
        self.budget.room(self.spending.booked, cost)
    }
}

impl BudgetItem {
    fn from_budget(budget: &Budget) -> Self {
        Self {
            scope: budget.scope,
            currency: budget.currency,
            amount: budget.amount,
            period: budget.period,
            action: budget.action,
            revision: budget.revision,
        }
    }

    fn budget(self, id: BudgetId) -> Budget {
        Budget {
            id,
            scope: self.scope,
            currency: self.currency,
            amount: self.amount,
            period: self.period,
            action: self.action,
            revision: self.revision,
        }
    }
}

impl TenantStore<'_> {
    /// The budgets of the business, the oldest first.
    pub async fn budgets(self) -> Result<Vec<Budget>, StoreError> {
        let query = Query::partition(&Partition::Budgets(self.tenant)).between("B#".to_owned(), "B#~".to_owned());
        let mut budgets = Vec::new();
        for (key, item) in self.table().list::<BudgetItem>(query.strong()).await? {
            if let Key::Channels(ChannelsKey::Budget(_, id)) = key {
                budgets.push(item.budget(id));
            }
        }
        Ok(budgets)
    }

    /// One budget.
    pub async fn budget(self, id: BudgetId) -> Result<Option<Budget>, StoreError> {
        let item: Option<BudgetItem> = self.table().get(ChannelsKey::Budget(self.tenant, id), Read::Strong).await?;
        Ok(item.map(|item| item.budget(id)))
    }

    /// Writes a new budget; `entry` says so, both or neither. False if it was written before.
    pub async fn create_budget(self, budget: &Budget, entry: &Entry) -> Result<bool, StoreError> {
        let key = ChannelsKey::Budget(self.tenant, budget.id);
        let changes = vec![Change::create(key, &BudgetItem::from_budget(budget))?, audit::append(self.tenant, entry)?];
        Ok(matches!(self.table().transact(changes).await?, Conditional::Applied(())))
    }

    /// Changes the amount and the action of a budget, as it was read; `entry` says so. Messages that it holds are looked at
    /// again at `now`. False if it was changed since.
    pub async fn change_budget(self, budget: &Budget, entry: &Entry, now: Timestamp) -> Result<bool, StoreError> {
        let update = Update::at(ChannelsKey::Budget(self.tenant, budget.id))
            .set(BudgetItem::AMOUNT, &budget.amount)
            .set(BudgetItem::ACTION, &budget.action)
            .set(BudgetItem::REVISION, &(budget.revision + 1))
            .when(Condition::is(BudgetItem::REVISION, &budget.revision));
        let changes = vec![
            Change::update(update),
            Change::update(self.look_now(budget.id, now)),
            audit::append(self.tenant, entry)?,
        ];
        Ok(matches!(self.table().transact(changes).await?, Conditional::Applied(())))
    }

    /// Deletes a budget, as it was read; `entry` says so. Messages that it holds are looked at again at `now`. False if it
    /// was changed since.
    pub async fn delete_budget(self, budget: &Budget, entry: &Entry, now: Timestamp) -> Result<bool, StoreError> {
        let as_read = vec![Condition::is(BudgetItem::REVISION, &budget.revision)];
        let changes = vec![
            Change::remove_when(ChannelsKey::Budget(self.tenant, budget.id), as_read),
            Change::update(self.look_now(budget.id, now)),
            audit::append(self.tenant, entry)?,
        ];
        Ok(matches!(self.table().transact(changes).await?, Conditional::Applied(())))
    }

    /// What is booked in one period of a budget.
    pub async fn spending(self, budget: BudgetId, period: &PeriodName) -> Result<Spending, StoreError> {
        let key = ChannelsKey::Spending(self.tenant, budget, period.clone());
        let item: Option<SpendingItem> = self.table().get(key, Read::Strong).await?;
        Ok(item.map(SpendingItem::spending).unwrap_or_default())
    }

    /// The budgets of `budgets` that cover a message on `channel` that is paid in `currency`, as they stand at
    /// `now` of the account's clock.
    pub async fn standings(
        self,
        budgets: Vec<Budget>,
        channel: ChannelId,
        currency: Option<Currency>,
        offset: UtcOffset,
        now: Timestamp,
    ) -> Result<Vec<Standing>, StoreError> {
        let mut standings = Vec::new();
        for budget in budgets.into_iter().filter(|budget| budget.covers(channel, currency)) {
            let period = budget.period.name(offset.date(now));
            let spending = self.spending(budget.id, &period).await?;
            standings.push(Standing { budget, period, spending });
        }
        Ok(standings)
    }

    /// How many messages a budget has held since its messages were last looked at.
    pub async fn budget_holds(self, budget: BudgetId) -> Result<Option<u32>, StoreError> {
        let key = ChannelsKey::BudgetResume(self.tenant, budget);
        let item: Option<BudgetResumeItem> = self.table().get(key, Read::Strong).await?;
        Ok(item.map(|item| item.holds))
    }

    /// Has the messages of a budget be looked at again at `next`, or no more, after `holds` of them were looked at. If it
    /// held more since, they are looked at again at once.
    pub async fn looked_at_budget(
        self,
        budget: BudgetId,
        holds: u32,
        next: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let key = ChannelsKey::BudgetResume(self.tenant, budget);
        let as_read = Condition::is(BudgetResumeItem::HOLDS, &holds);
        let change = match next {
            Some(next) => Change::update(Update::at(key).set(RANK, &rank(self.tenant, budget, next)).when(as_read)),
            None => Change::remove_when(key, vec![as_read]),
        };
        match self.table().transact(vec![change]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// The update that has the messages of a budget be looked at now.
    fn look_now(self, budget: BudgetId, now: Timestamp) -> Update {
        Update::upsert::<BudgetResumeItem>(ChannelsKey::BudgetResume(self.tenant, budget))
            .set(LIST, &List::due(&budget.ulid_str()).pk())
            .set(RANK, &rank(self.tenant, budget, now))
            .count_up(BudgetResumeItem::HOLDS)
    }

    /// What holding a message for `budget` changes: the budget is looked at again at `next`, unless that is sooner already.
    /// It requires that the budget stands as it was read.
    pub(crate) fn held_by(self, budget: &Budget, next: Timestamp) -> [Change; 2] {
        let as_read = vec![Condition::is(BudgetItem::REVISION, &budget.revision)];
        let watched = Update::upsert::<BudgetResumeItem>(ChannelsKey::BudgetResume(self.tenant, budget.id))
            .set_once(LIST, &List::due(&budget.id.ulid_str()).pk())
            .set_once(RANK, &rank(self.tenant, budget.id, next))
            .count_up(BudgetResumeItem::HOLDS);
        [Change::check(ChannelsKey::Budget(self.tenant, budget.id), as_read), Change::update(watched)]
    }

    /// What booking `booking` changes in the periods of `standings`: each requires that there is room, unless `approved`.
    /// None if one has no room at all. A booking of nothing changes nothing.
    pub(crate) fn booked_in(
        self,
        standings: &[Standing],
        booking: &Booking,
        approved: bool,
        now: Timestamp,
    ) -> Option<Vec<Change>> {
        if booking.amount.is_zero() {
            return Some(Vec::new());
        }
        let mut changes = Vec::with_capacity(standings.len());
        for Standing { budget, period, spending } in standings {
            let most = budget.most_before(booking.amount, approved).ok()?;
            let mut update = self.add_to(budget.id, period, difference(booking.amount, Amount::ZERO), 0);
            if let Some(most) = most {
                update = update.when(Condition::at_most(SpendingItem::BOOKED, &most.millionths()));
            }
            let after = Spending { booked: spending.booked.plus(booking.amount), ..*spending };
            for (attribute, _) in REACHED.into_iter().zip(after.new_levels(budget)).filter(|(_, is_new)| *is_new) {
                update = update.set_once(attribute, &now);
            }
            changes.push(Change::update(update));
        }
        Some(changes)
    }

    /// What it changes in the periods of a booking that `after` takes the place of `before`.
    pub(crate) fn rebooked(self, before: &Booking, after: &Booking) -> Vec<Change> {
        let booked = difference(after.amount, before.amount);
        let settled = difference(after.settled_amount(), before.settled_amount());
        if booked == 0 && settled == 0 {
            return Vec::new();
        }
        let change =
            |(budget, period): &(BudgetId, PeriodName)| Change::update(self.add_to(*budget, period, booked, settled));
        before.uses.iter().map(change).collect()
    }

    fn add_to(self, budget: BudgetId, period: &PeriodName, booked: i64, settled: i64) -> Update {
        let key = ChannelsKey::Spending(self.tenant, budget, period.clone());
        let update = Update::upsert::<SpendingItem>(key).add(SpendingItem::BOOKED, &0, booked);
        if settled == 0 { update } else { update.add(SpendingItem::SETTLED, &0, settled) }
    }
}

impl SpendingItem {
    fn spending(self) -> Spending {
        Spending {
            booked: Amount::from_millionths(self.booked),
            settled: Amount::from_millionths(self.settled),
            reached: [self.reached_80, self.reached_100],
        }
    }
}

/// How much more `after` is than `before`, in millionths.
fn difference(after: Amount, before: Amount) -> i64 {
    let [after, before] = [after, before].map(|amount| i64::try_from(amount.millionths()).unwrap_or(i64::MAX));
    after.saturating_sub(before)
}

fn rank(tenant: TenantId, budget: BudgetId, at: Timestamp) -> String {
    due_rank::due_rank(DueKind::Budget, tenant, at, &budget.ulid_str())
}
