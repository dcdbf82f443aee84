//! How often somebody has done something of late: one time for each, moved on by a conditional write that reads nothing
//! first. What a limit means is known to `domain`.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::table::Written;
use crate::{RACES, Store, StoreError};
use domain::Timestamp;
use domain::rates::{Limit, Subject, Verdict};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How much longer than it says anything an item is kept: the clocks of two machines differ by less.
const SPARE: Duration = Duration::from_secs(60);

#[derive(Serialize, Deserialize)]
struct RateItem {
    ty: String,
    v: u8,
    tat: Timestamp,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// Whether it may happen to `subject` now, within `limit`. That it happened is written down if it may. One write of
    /// whoever is rested or is refused, two of whoever is in the midst of a burst.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written. Then nobody knows.
    pub async fn take(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Verdict, StoreError> {
        let change = || {
            Update::of(Key::Rate(subject.digest()))
                .set("ty", &"rate")
                .set("v", &1)
                .set("ttl", &now.plus(limit.window() + SPARE).seconds())
        };
        let rested = change().set("tat", &now.plus(limit.pause())).when(Condition::at_most("tat", &now));
        let there = match self.table.update::<RateItem>(rested).await? {
            Written::Done(item) => return Ok(limit.admitted(item.tat, now)),
            Written::Refused(there) => there.ok_or(StoreError::Conflict)?,
        };
        if let refused @ Verdict::Refused { .. } = limit.decide(Some(there.tat), now) {
            return Ok(refused);
        }
        let pause = u64::try_from(limit.pause().as_millis()).unwrap_or(u64::MAX);
        let busy = change().add("tat", &now, &pause).when(Condition::at_most("tat", &limit.latest(now)));
        match self.table.update::<RateItem>(busy).await? {
            Written::Done(item) => Ok(limit.admitted(item.tat, now)),
            Written::Refused(there) => Ok(limit.decide(Some(there.ok_or(StoreError::Conflict)?.tat), now)),
        }
    }

    /// Takes the next turn of `subject`, and says when that is: now, while its burst lasts. However many ask, each has a
    /// turn of its own, so that nobody asks twice. One write of whoever is rested, two of whoever is not.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn turn(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Timestamp, StoreError> {
        let change = |busy_until: Timestamp| {
            Update::of(Key::Rate(subject.digest()))
                .set("ty", &"rate")
                .set("v", &1)
                .set("ttl", &busy_until.plus(limit.window() + SPARE).seconds())
        };
        for _ in 0..RACES {
            let rested = change(now).set("tat", &now.plus(limit.pause())).when(Condition::at_most("tat", &now));
            let there = match self.table.update::<RateItem>(rested).await? {
                Written::Done(_) => return Ok(now),
                Written::Refused(there) => there.ok_or(StoreError::Conflict)?,
            };
            let pause = u64::try_from(limit.pause().as_millis()).unwrap_or(u64::MAX);
            let busy = change(there.tat).add("tat", &now, &pause).when(Condition::above("tat", &now));
            if let Written::Done(item) = self.table.update::<RateItem>(busy).await? {
                return Ok(limit.turn(item.tat, now));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Undoes one [`Self::take`] of `subject`, and says what it has left. One write; nothing is undone where all is
    /// restored already.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn give_back(&self, subject: &Subject, limit: Limit, now: Timestamp) -> Result<Verdict, StoreError> {
        let pause = i64::try_from(limit.pause().as_millis()).unwrap_or(i64::MAX);
        let change = Update::of(Key::Rate(subject.digest())).add("tat", &now, &-pause);
        let tat = match self.table.update::<RateItem>(change.when(Condition::above("tat", &now))).await? {
            Written::Done(item) => item.tat,
            Written::Refused(_) => now,
        };
        Ok(limit.admitted(tat, now))
    }
}
