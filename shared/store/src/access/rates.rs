//! How often somebody has done something of late: one time for each, moved on by a conditional write that reads nothing
//! first. What a limit means is known to `domain`.

use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::AccessKey;
use crate::{RACES, Store, StoreError};
use domain::Timestamp;
use domain::access::rates::{Limit, Subject, Verdict};
use std::time::Duration;

/// How much longer than it says anything an item is kept: the clocks of two machines differ by less.
const SPARE: Duration = Duration::from_secs(60);

item! {
    struct RateItem: "rate" {
        /// When the limit is fully restored: the theoretical arrival time of GCRA.
        restored: Timestamp = "tat" as RESTORED,
        expires: i64 = "ttl",
    }
}

impl Store {
    /// Whether it may happen to `subject` now, within `limit`. That it happened is written down if it may. One write of
    /// whoever is rested or is refused, two of whoever is in the midst of a burst.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written. Then nobody knows.
    pub async fn take(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Verdict, StoreError> {
        let change = || {
            Update::upsert::<RateItem>(AccessKey::Rate(subject.digest()))
                .set(EXPIRES, &now.plus(limit.window() + SPARE).seconds())
        };
        let rested = change()
            .set(RateItem::RESTORED, &now.plus(limit.pause()))
            .when(Condition::at_most(RateItem::RESTORED, &now));
        let there = match self.table.update::<RateItem>(rested).await? {
            Conditional::Applied(item) => return Ok(limit.admitted(item.restored, now)),
            Conditional::Rejected(there) => there.ok_or(StoreError::Conflict)?,
        };
        if let refused @ Verdict::Refused { .. } = limit.decide(Some(there.restored), now) {
            return Ok(refused);
        }
        let pause = i64::try_from(limit.pause().as_millis()).unwrap_or(i64::MAX);
        let busy = change()
            .add(RateItem::RESTORED, &now, pause)
            .when(Condition::at_most(RateItem::RESTORED, &limit.latest(now)));
        match self.table.update::<RateItem>(busy).await? {
            Conditional::Applied(item) => Ok(limit.admitted(item.restored, now)),
            Conditional::Rejected(there) => Ok(limit.decide(Some(there.ok_or(StoreError::Conflict)?.restored), now)),
        }
    }

    /// Takes the next turn of `subject`, and says when that is: now, while its burst lasts. However many ask, each has
    /// a turn of its own, so that nobody asks twice. One write of whoever is rested, two of whoever is not.
    pub async fn turn(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Timestamp, StoreError> {
        let change = |busy_until: Timestamp| {
            Update::upsert::<RateItem>(AccessKey::Rate(subject.digest()))
                .set(EXPIRES, &busy_until.plus(limit.window() + SPARE).seconds())
        };
        for _ in 0..RACES {
            let rested = change(now)
                .set(RateItem::RESTORED, &now.plus(limit.pause()))
                .when(Condition::at_most(RateItem::RESTORED, &now));
            let there = match self.table.update::<RateItem>(rested).await? {
                Conditional::Applied(_) => return Ok(now),
                Conditional::Rejected(there) => there.ok_or(StoreError::Conflict)?,
            };
            let pause = i64::try_from(limit.pause().as_millis()).unwrap_or(i64::MAX);
            let busy = change(there.restored)
                .add(RateItem::RESTORED, &now, pause)
                .when(Condition::above(RateItem::RESTORED, &now));
            if let Conditional::Applied(item) = self.table.update::<RateItem>(busy).await? {
                return Ok(limit.turn(item.restored, now));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Undoes one [`Self::take`] of `subject`, and says what it has left. One write; nothing is undone where all is
    /// restored already.
    pub async fn give_back(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Verdict, StoreError> {
        let pause = i64::try_from(limit.pause().as_millis()).unwrap_or(i64::MAX);
        let change = Update::at(AccessKey::Rate(subject.digest())).add(RateItem::RESTORED, &now, -pause);
        let tat = match self.table.update::<RateItem>(change.when(Condition::above(RateItem::RESTORED, &now))).await? {
            Conditional::Applied(item) => item.restored,
            Conditional::Rejected(_) => now,
        };
        Ok(limit.admitted(tat, now))
    }
}
