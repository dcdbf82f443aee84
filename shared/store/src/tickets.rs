//! Tickets: each opens one connection, for half a minute.

use crate::keys::Key;
use crate::{Store, StoreError};
use domain::ids::SessionId;
use domain::realtime::Ticket;
use domain::{TenantId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct TicketItem {
    ty: String,
    v: u8,
    tn: TenantId,
    us: UserId,
    se: SessionId,
    /// Until when it opens a connection, in milliseconds: `ttl` counts whole seconds.
    un: Timestamp,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl Store {
    /// Keeps a ticket under its digest.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_ticket(&self, digest: &str, ticket: &Ticket) -> Result<(), StoreError> {
        let item = TicketItem {
            ty: "ticket".into(),
            v: 1,
            tn: ticket.tenant,
            us: ticket.user,
            se: ticket.session,
            un: ticket.expires,
            expires: ticket.expires.seconds(),
        };
        self.table.put(&Key::Ticket(digest.to_owned()), &item).await
    }

    /// Uses the ticket with this digest up at `now`. Of two who try at once one gets it; none if it was used, is too old,
    /// or never was.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn take_ticket(&self, digest: &str, now: Timestamp) -> Result<Option<Ticket>, StoreError> {
        let item: Option<TicketItem> = self.table.take(&Key::Ticket(digest.to_owned())).await?;
        let ticket = item.map(|item| Ticket { tenant: item.tn, user: item.us, session: item.se, expires: item.un });
        Ok(ticket.filter(|ticket| now < ticket.expires))
    }
}
