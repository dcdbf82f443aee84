//! How many requests of one business wait for WhatsApp's answer at a time. Each holds a worker of the API, and those are
//! shared by all businesses.
//!
//! One item for each business has ten places. A place holds the time until which it is taken, so a worker that dies
//! frees its place by the clock.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::table::Written;
use crate::{Store, StoreError};
use domain::rates::Subject;
use domain::{TenantId, Timestamp};
use serde::Deserialize;
use std::time::Duration;

/// The attributes of the places.
const PLACES: [&str; 10] = ["w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9"];

/// How much longer than its places an item is kept: the clocks of two machines differ by less.
const SPARE: Duration = Duration::from_secs(60);

/// A place that a request has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitPlace {
    place: usize,
    until: Timestamp,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WaitsItem {
    w0: Timestamp,
    w1: Timestamp,
    w2: Timestamp,
    w3: Timestamp,
    w4: Timestamp,
    w5: Timestamp,
    w6: Timestamp,
    w7: Timestamp,
    w8: Timestamp,
    w9: Timestamp,
}

impl WaitsItem {
    /// The first free place at `now`, from `first` on.
    fn free(&self, first: usize, now: Timestamp) -> Option<usize> {
        let taken =
            [self.w0, self.w1, self.w2, self.w3, self.w4, self.w5, self.w6, self.w7, self.w8, self.w9].map(|w| w > now);
        (first..first + PLACES.len()).map(|place| place % PLACES.len()).find(|place| !taken[*place])
    }
}

impl Store {
    /// Takes a place to wait until `until`; none if all ten are taken at `now`. One write where few wait. Where many
    /// come at once, a different `first` for each keeps them apart.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn begin_wait(
        &self,
        tenant: TenantId,
        first: usize,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<WaitPlace>, StoreError> {
        let mut place = first % PLACES.len();
        // Each refusal shows a place that somebody else has just taken.
        for _ in PLACES {
            let name = PLACES[place];
            let update = Update::of(waits(tenant)).set("ty", &"waits").set("v", &1).set(name, &until);
            let update = update.set("ttl", &until.plus(SPARE).seconds()).when(Condition::at_most(name, &now));
            let there = match self.table.update::<WaitsItem>(update).await? {
                Written::Done(_) => return Ok(Some(WaitPlace { place, until })),
                Written::Refused(there) => there.ok_or(StoreError::Conflict)?,
            };
            match there.free(place, now) {
                Some(free) => place = free,
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Frees a place, unless it was freed by the clock and taken again.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written. The place is then free once its time is over.
    pub async fn end_wait(&self, tenant: TenantId, wait: WaitPlace) -> Result<(), StoreError> {
        let name = PLACES[wait.place];
        let update = Update::of(waits(tenant)).remove(name).when(Condition::is(name, &wait.until));
        match self.table.update::<WaitsItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }
}

fn waits(tenant: TenantId) -> Key {
    Key::Rate(Subject::Waits(tenant).digest())
}
