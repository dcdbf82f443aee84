//! What one event of a connection brings about.

use crate::Deps;
use crate::commands;
use crate::frames::Heard;
use domain::access::permissions::Permission;
use domain::inbox::realtime::{Closing, Connection, ConnectionId, Dialect, may_see, present, ticket_digest};
use domain::{ConversationId, TenantId, Timestamp, UserId};
use push::Delivery;
use std::collections::BTreeSet;
use store::StoreError;
use store::access::users::SignedInUser;
use views::frames::{Frame, PersonView};

/// One event, at one moment.
#[derive(Clone, Copy)]
pub(crate) struct Session<'a> {
    pub(crate) deps: &'a Deps,
    pub(crate) now: Timestamp,
}

impl Session<'_> {
    /// Opens a connection for the person whose ticket this is; the status that the handshake gets.
    pub(crate) async fn connect(self, id: ConnectionId, ticket: &str, dialect: Dialect) -> Result<i64, StoreError> {
        let store = &self.deps.store;
        let Some(ticket) = store.take_ticket(&ticket_digest(ticket), self.now).await? else { return Ok(401) };
        let principal = store.tenant(ticket.tenant).principal(ticket.user, ticket.session).await?;
        let Some(principal) = principal.filter(|principal| principal.may_act(self.now)) else { return Ok(401) };
        let user = principal.user;
        if !user.role.may(Permission::ReadInbox) {
            return Ok(403);
        }
        let session = ticket.session;
        let name = user.name;
        let epoch = user.epoch;
        let connection = Connection { id, user: user.id, name, session, epoch, open: None, since: self.now, dialect };
        store.tenant(ticket.tenant).put_connection(&connection).await?;
        tracing::info!(user.id = %user.id, "a browser connected");
        Ok(200)
    }

    /// Opens a connection of another front end for the person whose access token this is. The API says whose it is, by the
    /// ticket that it gives for it.
    pub(crate) async fn connect_by_token(self, id: ConnectionId, token: &str) -> Result<i64, StoreError> {
        match self.deps.api.ticket(token).await {
            Ok(Some(ticket)) => self.connect(id, &ticket, Dialect::Sessions).await,
            Ok(None) => Ok(401),
            Err(error) => {
                tracing::warn!(%error, "the API does not say whose a token is");
                Ok(503)
            }
        }
    }

    /// Forgets a connection, and tells those who looked at the same conversation.
    pub(crate) async fn disconnect(self, id: &ConnectionId) -> Result<(), StoreError> {
        let store = &self.deps.store;
        let Some(tenant) = store.connection_owner(id).await? else { return Ok(()) };
        let before = store.tenant(tenant).remove_connection(id).await?;
        match before.and_then(|before| before.open) {
            Some(left) => self.send_presence(tenant, &[left]).await,
            None => Ok(()),
        }
    }

    /// Deals with what a browser says. A connection that is not known is closed: its browser connects again.
    /// `name` tells the frame from others of the connection.
    pub(crate) async fn hear(self, id: &ConnectionId, text: &str, name: &str) -> Result<(), StoreError> {
        let store = &self.deps.store;
        let Some(tenant) = store.connection_owner(id).await? else { return self.close(id).await };
        let Some(connection) = store.tenant(tenant).connection(id).await? else { return self.close(id).await };
        if connection.dialect == Dialect::Sessions {
            return commands::hear(self, tenant, connection, text, name).await;
        }
        match Heard::read(text) {
            Some(Heard::Open { conversation_id }) => self.open(tenant, connection, conversation_id).await,
            Some(Heard::Typing { conversation_id }) if connection.open == Some(conversation_id) => {
                self.send_typing(tenant, &connection, conversation_id).await
            }
            Some(Heard::Typing { .. }) => Ok(()),
            Some(Heard::Ping) => self.pong(tenant, connection).await,
            None => {
                tracing::debug!("a frame of a browser is not understood");
                Ok(())
            }
        }
    }

    async fn close(self, id: &ConnectionId) -> Result<(), StoreError> {
        if let Err(error) = self.deps.courier.push.close(id).await {
            tracing::debug!(%error, "a connection that is not known is not closed yet");
        }
        Ok(())
    }

    /// Notes what is on screen, if the person may see it, and tells those whose picture of who is there changed.
    async fn open(
        self,
        tenant: TenantId,
        connection: Connection,
        wanted: Option<ConversationId>,
    ) -> Result<(), StoreError> {
        let open = match wanted {
            Some(id) if self.sees(tenant, &connection, id).await? => Some(id),
            Some(_) | None => None,
        };
        if !self.deps.store.tenant(tenant).open_at(&connection.id, open).await? || open == connection.open {
            return Ok(());
        }
        let changed: Vec<_> = connection.open.into_iter().chain(open).collect();
        self.send_presence(tenant, &changed).await
    }

    async fn sees(self, tenant: TenantId, connection: &Connection, id: ConversationId) -> Result<bool, StoreError> {
        let (conversation, user) = tokio::join!(
            self.deps.store.tenant(tenant).conversation(id),
            self.deps.store.tenant(tenant).user(connection.user)
        );
        let both = conversation?.zip(user?);
        Ok(both.is_some_and(|(conversation, user)| connection.belongs_to(&user) && may_see(&user, &conversation)))
    }

    /// Tells everybody who has one of these conversations open who else has.
    async fn send_presence(self, tenant: TenantId, changed: &[ConversationId]) -> Result<(), StoreError> {
        let connections = self.deps.store.tenant(tenant).connections_now(self.now).await?;
        let mut deliveries = Vec::new();
        for id in changed {
            let looking = self.looking(tenant, &connections, *id).await?;
            let people = present(&looking, *id).into_iter();
            let users = people.map(|(id, name)| PersonView { id, name }).collect();
            let frame = Frame::Presence { conversation_id: *id, users }.text();
            deliveries.extend(looking.iter().map(|connection| self.delivery(tenant, connection, &frame)));
        }
        self.deps.courier.deliver(deliveries, self.now).await;
        Ok(())
    }

    /// Tells everybody else who has the conversation open.
    async fn send_typing(self, tenant: TenantId, typist: &Connection, id: ConversationId) -> Result<(), StoreError> {
        let connections = self.deps.store.tenant(tenant).connections_now(self.now).await?;
        let looking = self.looking(tenant, &connections, id).await?;
        if looking.iter().all(|one| one.id != typist.id) {
            return Ok(());
        }
        let user = PersonView { id: typist.user, name: typist.name.clone() };
        let frame = Frame::Typing { conversation_id: id, user }.text();
        let others = looking.iter().filter(|one| one.user != typist.user);
        let deliveries = others.map(|connection| self.delivery(tenant, connection, &frame)).collect();
        self.deps.courier.deliver(deliveries, self.now).await;
        Ok(())
    }

    /// Those of `connections` that have the conversation open, and whose people may see it now: it may have another
    /// assignee since they opened it.
    async fn looking(
        self,
        tenant: TenantId,
        connections: &[Connection],
        id: ConversationId,
    ) -> Result<Vec<Connection>, StoreError> {
        let looking: Vec<_> = connections.iter().filter(|connection| connection.open == Some(id)).cloned().collect();
        if looking.is_empty() {
            return Ok(looking);
        }
        let ids: BTreeSet<UserId> = looking.iter().map(|connection| connection.user).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let (conversation, people) =
            tokio::join!(self.deps.store.tenant(tenant).conversation(id), self.deps.store.tenant(tenant).people(&ids));
        let (Some(conversation), people) = (conversation?, people?) else { return Ok(Vec::new()) };
        let may = |one: &Connection| people.iter().any(|user| one.belongs_to(user) && may_see(user, &conversation));
        Ok(looking.into_iter().filter(may).collect())
    }

    /// Answers a browser that is there, as long as its session is.
    pub(crate) async fn pong(self, tenant: TenantId, connection: Connection) -> Result<(), StoreError> {
        let store = &self.deps.store;
        let principal = store.tenant(tenant).principal(connection.user, connection.session).await?;
        let holds = |principal: &SignedInUser| principal.may_act(self.now) && connection.belongs_to(&principal.user);
        let (frame, closing) = match principal.filter(holds) {
            Some(_) => (Frame::Pong, None),
            None => (Frame::closing(Closing::SignedOut), Some(Closing::SignedOut)),
        };
        let delivery = Delivery { closing, ..self.delivery(tenant, &connection, &frame.text()) };
        self.deps.courier.deliver(vec![delivery], self.now).await;
        Ok(())
    }

    pub(crate) fn delivery(self, tenant: TenantId, connection: &Connection, frame: &str) -> Delivery {
        Delivery { tenant, connection: connection.clone(), frames: vec![frame.to_owned()], closing: None }
    }
}
