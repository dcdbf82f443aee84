//! Browsers that are connected: all of a tenant stand in one partition, so one read tells whom to tell of a change.

use crate::access::users::UserItem;
use crate::table::client::Conditional;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{AccessKey, InboxKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::users::User;
use domain::ids::SessionId;
use domain::inbox::realtime::{Connection, ConnectionId, Dialect};
use domain::{ConversationId, TenantId, Text, Timestamp, UserId};

item! {
    struct ConnectionItem: "connection" {
        user: UserId = "us",
        name: Text = "nm",
        session: SessionId = "se",
        epoch: u32 = "ep",
        /// The conversation on screen.
        open?: ConversationId = "op" as OPEN,
        since: Timestamp = "at",
        #[serde(default)]
        dialect: Dialect = "di",
        expires: i64 = "ttl",
    }
}

item! {
    struct OwnerItem: "socket" {
        tenant: TenantId = "tn",
        expires: i64 = "ttl",
    }
}

impl ConnectionItem {
    fn connection(self, id: ConnectionId) -> Connection {
        let Self { user, name, session, epoch, open, since, dialect, .. } = self;
        Connection { id, user, name, session, epoch, open, since, dialect }
    }
}

impl TenantStore<'_> {
    /// Keeps a connection. What tells its tenant is written first: whatever finds the connection finds that too.
    pub async fn put_connection(self, connection: &Connection) -> Result<(), StoreError> {
        let expires = connection.ends().seconds();
        let owner = OwnerItem { tenant: self.tenant, expires };
        self.table().put(InboxKey::ConnectionOwner(connection.id.clone()), &owner).await?;
        let item = ConnectionItem {
            user: connection.user,
            name: connection.name.clone(),
            session: connection.session,
            epoch: connection.epoch,
            open: connection.open,
            since: connection.since,
            dialect: connection.dialect,
            expires,
        };
        self.table().put(InboxKey::Connection(self.tenant, connection.id.clone()), &item).await
    }

    /// One connection of the tenant.
    pub async fn connection(self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let item: Option<ConnectionItem> =
            self.table().get(InboxKey::Connection(self.tenant, id.clone()), Read::Strong).await?;
        Ok(item.map(|item| item.connection(id.clone())))
    }

    /// Every connection of the tenant that can still be open at `now`. One that began or ended a moment ago may be
    /// missed.
    pub async fn connections(self, now: Timestamp) -> Result<Vec<Connection>, StoreError> {
        self.connections_by(now, Read::Eventual).await
    }

    /// The same as they stand this moment.
    pub async fn connections_now(self, now: Timestamp) -> Result<Vec<Connection>, StoreError> {
        self.connections_by(now, Read::Strong).await
    }

    async fn connections_by(self, now: Timestamp, how: Read) -> Result<Vec<Connection>, StoreError> {
        let query = Query::partition(&Partition::Connections(self.tenant));
        let query = match how {
            Read::Eventual => query,
            Read::Strong => query.strong(),
        };
        let mut connections = Vec::new();
        for (key, item) in self.table().list::<ConnectionItem>(query).await? {
            if let Key::Inbox(InboxKey::Connection(_, id)) = key {
                connections.push(item.connection(id));
            }
        }
        connections.retain(|connection| now < connection.ends());
        Ok(connections)
    }

    /// Notes which conversation is on screen at a connection. False if the connection is not known.
    pub async fn open_at(self, id: &ConnectionId, open: Option<ConversationId>) -> Result<bool, StoreError> {
        let update = Update::at(InboxKey::Connection(self.tenant, id.clone()));
        let update = update.set_or_remove(ConnectionItem::OPEN, open.as_ref()).when(Condition::exists());
        Ok(matches!(self.table().update::<ConnectionItem>(update).await?, Conditional::Applied(_)))
    }

    /// Forgets a connection; gives it as it was, if it was known.
    pub async fn remove_connection(self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let item: Option<ConnectionItem> = self.table().take(InboxKey::Connection(self.tenant, id.clone())).await?;
        self.table().delete(InboxKey::ConnectionOwner(id.clone())).await?;
        Ok(item.map(|item| item.connection(id.clone())))
    }

    /// Those of the tenant's people who have these ids, in no order.
    pub async fn people(self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| AccessKey::User(self.tenant, *id)).collect();
        let mut people = Vec::with_capacity(keys.len());
        for item in self.table().get_all(&keys, Read::Strong).await? {
            if let Key::Access(AccessKey::User(_, id)) = item.key {
                people.push(item.read::<UserItem>()?.user(self.tenant, id));
            }
        }
        Ok(people)
    }
}

impl Store {
    /// Whose a connection is; none if it is not known.
    pub async fn connection_owner(&self, id: &ConnectionId) -> Result<Option<TenantId>, StoreError> {
        let owner: Option<OwnerItem> = self.table.get(InboxKey::ConnectionOwner(id.clone()), Read::Strong).await?;
        Ok(owner.map(|owner| owner.tenant))
    }
}
