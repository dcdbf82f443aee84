//! How many requests of one business wait for WhatsApp's answer at a time. Each holds a worker of the API, and those
//! are shared by all businesses.
//!
//! One item for each business has ten places. A place holds the time until which it is taken, so a worker that dies
//! frees its place by the clock.

use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::{Attr, EXPIRES, item};
use crate::table::keys::AccessKey;
use crate::{StoreError, TenantStore};
use domain::access::rates::Subject;
use domain::{TenantId, Timestamp};
use std::time::Duration;

/// The attributes of the places.
const PLACES: [Attr<Timestamp>; 10] = [
    WaitsItem::PLACE0,
    WaitsItem::PLACE1,
    WaitsItem::PLACE2,
    WaitsItem::PLACE3,
    WaitsItem::PLACE4,
    WaitsItem::PLACE5,
    WaitsItem::PLACE6,
    WaitsItem::PLACE7,
    WaitsItem::PLACE8,
    WaitsItem::PLACE9,
];

/// How much longer than its places an item is kept: the clocks of two machines differ by less.
const SPARE: Duration = Duration::from_secs(60);

/// A place that a request has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitPlace {
    place: usize,
    until: Timestamp,
}

item! {
    /// Until when each place is taken.
    struct WaitsItem: "waits" {
        place0?: Timestamp = "w0" as PLACE0,
        place1?: Timestamp = "w1" as PLACE1,
        place2?: Timestamp = "w2" as PLACE2,
        place3?: Timestamp = "w3" as PLACE3,
        place4?: Timestamp = "w4" as PLACE4,
        place5?: Timestamp = "w5" as PLACE5,
        place6?: Timestamp = "w6" as PLACE6,
        place7?: Timestamp = "w7" as PLACE7,
        place8?: Timestamp = "w8" as PLACE8,
        place9?: Timestamp = "w9" as PLACE9,
    }
}

impl WaitsItem {
    /// The first free place at `now`, from `first` on.
    fn free(&self, first: usize, now: Timestamp) -> Option<usize> {
        let until = [
            self.place0,
            self.place1,
            self.place2,
            self.place3,
            self.place4,
            self.place5,
            self.place6,
            self.place7,
            self.place8,
            self.place9,
        ];
        let taken = until.map(|until| until.is_some_and(|until| until > now));
        (first..first + PLACES.len()).map(|place| place % PLACES.len()).find(|place| !taken[*place])
    }
}

impl TenantStore<'_> {
    /// Takes a place to wait until `until`; none if all ten are taken at `now`. One write where few wait. Where many
    /// come at once, a different `first` for each keeps them apart.
    pub async fn begin_wait(
        self,
        first: usize,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<WaitPlace>, StoreError> {
        let mut place = first % PLACES.len();
        // Each refusal shows a place that somebody else has just taken.
        for _ in PLACES {
            let attribute = PLACES[place];
            let update = Update::upsert::<WaitsItem>(waits(self.tenant)).set(attribute, &until);
            let update = update.set(EXPIRES, &until.plus(SPARE).seconds()).when(Condition::at_most(attribute, &now));
            let there = match self.table().update::<WaitsItem>(update).await? {
                Conditional::Applied(_) => return Ok(Some(WaitPlace { place, until })),
                Conditional::Rejected(there) => there.ok_or(StoreError::Conflict)?,
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
    pub async fn end_wait(self, wait: WaitPlace) -> Result<(), StoreError> {
        let attribute = PLACES[wait.place];
        let update = Update::at(waits(self.tenant)).remove(attribute).when(Condition::is(attribute, &wait.until));
        match self.table().update::<WaitsItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

fn waits(tenant: TenantId) -> AccessKey {
    AccessKey::Rate(Subject::Waits(tenant).digest())
}
