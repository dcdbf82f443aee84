//! Browsers that are connected: all of a tenant stand in one partition, so one read tells whom to tell of a change.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::{Query, Read};
use crate::table::Written;
use crate::users::UserItem;
use crate::{Store, StoreError};
use domain::ids::SessionId;
use domain::realtime::{Connection, ConnectionId};
use domain::users::User;
use domain::{ConversationId, TenantId, Text, Timestamp, UserId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct ConnectionItem {
    ty: String,
    v: u8,
    us: UserId,
    nm: Text,
    se: SessionId,
    ep: u32,
    /// The conversation on screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    op: Option<ConversationId>,
    at: Timestamp,
    #[serde(rename = "ttl")]
    expires: i64,
}

#[derive(Serialize, Deserialize)]
struct OwnerItem {
    ty: String,
    v: u8,
    tn: TenantId,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl ConnectionItem {
    fn connection(self, id: ConnectionId) -> Connection {
        Connection { id, user: self.us, name: self.nm, session: self.se, epoch: self.ep, open: self.op, since: self.at }
    }
}

impl Store {
    /// Keeps a connection. What tells its tenant is written first: whatever finds the connection finds that too.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn put_connection(&self, tenant: TenantId, connection: &Connection) -> Result<(), StoreError> {
        let expires = connection.ends().seconds();
        let owner = OwnerItem { ty: "socket".into(), v: 1, tn: tenant, expires };
        self.table.put(&Key::ConnectionOwner(connection.id.clone()), &owner).await?;
        let item = ConnectionItem {
            ty: "connection".into(),
            v: 1,
            us: connection.user,
            nm: connection.name.clone(),
            se: connection.session,
            ep: connection.epoch,
            op: connection.open,
            at: connection.since,
            expires,
        };
        self.table.put(&Key::Connection(tenant, connection.id.clone()), &item).await
    }

    /// Whose a connection is; none if it is not known.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn connection_owner(&self, id: &ConnectionId) -> Result<Option<TenantId>, StoreError> {
        let owner: Option<OwnerItem> = self.table.get(&Key::ConnectionOwner(id.clone()), Read::Strong).await?;
        Ok(owner.map(|owner| owner.tn))
    }

    /// One connection of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn connection(&self, tenant: TenantId, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let item: Option<ConnectionItem> = self.table.get(&Key::Connection(tenant, id.clone()), Read::Strong).await?;
        Ok(item.map(|item| item.connection(id.clone())))
    }

    /// Every connection of the tenant that can still be open at `now`. One that began or ended a moment ago may be missed.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn connections(&self, tenant: TenantId, now: Timestamp) -> Result<Vec<Connection>, StoreError> {
        self.connections_by(tenant, now, Read::Eventual).await
    }

    /// The same as they stand this moment.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn connections_now(&self, tenant: TenantId, now: Timestamp) -> Result<Vec<Connection>, StoreError> {
        self.connections_by(tenant, now, Read::Strong).await
    }

    async fn connections_by(&self, tenant: TenantId, now: Timestamp, how: Read) -> Result<Vec<Connection>, StoreError> {
        let partition = Key::Connection(tenant, ConnectionId::parse("0").map_err(impossible)?).pk();
        let query = || match how {
            Read::Eventual => Query::partition(partition.clone()),
            Read::Strong => Query::partition(partition.clone()).strong(),
        };
        let (mut connections, mut next) = (Vec::new(), query());
        loop {
            let (found, more) = self.table.query(&next).await?;
            for item in found {
                if let Key::Connection(_, id) = item.key.clone() {
                    connections.push(item.read::<ConnectionItem>()?.connection(id));
                }
            }
            let Some(more) = more else { break };
            next = query().from(more);
        }
        connections.retain(|connection| now < connection.ends());
        Ok(connections)
    }

    /// Notes which conversation is on screen at a connection. False if the connection is not known.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn open_at(
        &self,
        tenant: TenantId,
        id: &ConnectionId,
        open: Option<ConversationId>,
    ) -> Result<bool, StoreError> {
        let update = Update::of(Key::Connection(tenant, id.clone()));
        let update = update.set_or_remove("op", open.as_ref()).when(Condition::Exists);
        Ok(matches!(self.table.update::<ConnectionItem>(update).await?, Written::Done(_)))
    }

    /// Forgets a connection; gives it as it was, if it was known.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_connection(
        &self,
        tenant: TenantId,
        id: &ConnectionId,
    ) -> Result<Option<Connection>, StoreError> {
        let item: Option<ConnectionItem> = self.table.take(&Key::Connection(tenant, id.clone())).await?;
        self.table.delete(&Key::ConnectionOwner(id.clone())).await?;
        Ok(item.map(|item| item.connection(id.clone())))
    }

    /// Those of the tenant's people who have these ids, in no order.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn people(&self, tenant: TenantId, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| Key::User(tenant, *id)).collect();
        let mut people = Vec::with_capacity(keys.len());
        for item in self.table.get_all(&keys, Read::Strong).await? {
            if let Key::User(tenant, id) = item.key {
                people.push(item.read::<UserItem>()?.user(tenant, id));
            }
        }
        Ok(people)
    }
}

fn impossible(error: domain::realtime::InvalidConnectionId) -> StoreError {
    StoreError::Rejected(error.to_string())
}
