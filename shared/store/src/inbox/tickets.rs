//! Tickets: each opens one connection, for half a minute.

use crate::table::item::item;
use crate::table::keys::InboxKey;
use crate::{Store, StoreError};
use domain::ids::SessionId;
use domain::inbox::realtime::Ticket;
use domain::{TenantId, Timestamp, UserId};

item! {
    struct TicketItem: "ticket" {
        tenant: TenantId = "tn",
        user: UserId = "us",
        session: SessionId = "se",
        /// Until when it opens a connection, in milliseconds: `ttl` counts whole seconds.
        until: Timestamp = "un",
        expires: i64 = "ttl",
    }
}

impl Store {
    /// Keeps a ticket under its digest.
    pub async fn put_ticket(&self, digest: &str, ticket: &Ticket) -> Result<(), StoreError> {
        let item = TicketItem {
            tenant: ticket.tenant,
            user: ticket.user,
            session: ticket.session,
            until: ticket.expires,
            expires: ticket.expires.seconds(),
        };
        self.table.put(InboxKey::Ticket(digest.to_owned()), &item).await
    }

    /// Uses the ticket with this digest up at `now`. Of two who try at once one gets it; none if it was used, is too
    /// old, or never was.
    pub async fn take_ticket(&self, digest: &str, now: Timestamp) -> Result<Option<Ticket>, StoreError> {
        let item: Option<TicketItem> = self.table.take(InboxKey::Ticket(digest.to_owned())).await?;
        let ticket = item.map(|item| Ticket {
            tenant: item.tenant,
            user: item.user,
            session: item.session,
            expires: item.until,
        });
        Ok(ticket.filter(|ticket| now < ticket.expires))
    }
}
