//! What messages cost, read from the messages themselves in the list of what a business has sent.

use crate::inbox::outbound_messages::OutboundItem;
use crate::table::keys::{self, InboxKey, Key, List};
use crate::table::query::{Index, Query, Read};
use crate::{StoreError, TenantStore};
use domain::Timestamp;
use domain::access::tenants::TimeZone;
use domain::channels::prices::cards::RateCards;
use domain::insight::costs::Costs;

/// How many messages are read at a time.
const READ: usize = 100;

impl TenantStore<'_> {
    /// Adds up what the messages cost that were sent from `from` until `to`, the oldest first, after the place `after` of an
    /// earlier call. It makes at most `reads` reads of 100 messages. Gives the place from which to go on; none at the end.
    /// A message that is still to go out is in none.
    pub async fn costs(
        self,
        from: Timestamp,
        to: Timestamp,
        after: Option<String>,
        reads: usize,
        zone: &TimeZone,
    ) -> Result<(Costs, Option<String>), StoreError> {
        let end = keys::rank(to, "");
        let mut place = after.unwrap_or_else(|| keys::rank(from, ""));
        let mut costs = Costs::default();
        for _ in 0..reads {
            let query = Query::index(Index::Lists, List::Sends(self.tenant).pk());
            let (found, more) = self.table().query(&query.between(place, end.clone()).limit(READ)).await?;
            let ranks: Vec<_> = found.iter().filter_map(|found| found.rank.clone()).collect();
            let keys: Vec<_> = found.into_iter().map(|found| found.key).collect();
            for item in self.table().get_all(&keys, Read::Eventual).await? {
                let Key::Inbox(InboxKey::Entry(_, history, id)) = item.key else { continue };
                let (send, by) = item.read::<OutboundItem>()?.read(history, id, None)?;
                costs.add(&send, by, zone, RateCards::current());
            }
            match (ranks.last(), more) {
                // A place is a rank and the first one behind it.
                (Some(last), Some(_)) => place = format!("{last}!"),
                (Some(_) | None, _) => return Ok((costs, None)),
            }
        }
        Ok((costs, Some(place)))
    }
}
