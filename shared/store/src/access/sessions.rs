//! Sessions: who has signed in, and the digests of their refresh tokens.

use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::{AccessKey, Key, Partition, sessions_range};
use crate::table::query::Query;
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::sessions::{Renewal, Session, Tokens};
use domain::ids::SessionId;
use domain::{TenantId, Text, Timestamp, UserId};

/// What became of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    /// The next one holds in its place.
    Now,
    /// It was renewed a moment ago: the same next one holds.
    Again,
    /// It was used before. The session has been ended.
    Reused,
    /// There is no such session any more.
    Ended,
}

item! {
    pub(crate) struct SessionItem: "session" {
        device: Text = "ua",
        used: Timestamp = "us" as USED,
        ends: Timestamp = "en",
        epoch: u32 = "ep",
        /// Digest of the refresh token that holds, and of the one before.
        token: String = "rt" as TOKEN,
        token_before?: String = "rb" as TOKEN_BEFORE,
        expires: i64 = "ttl",
    }
}

impl SessionItem {
    pub(crate) fn session(self, tenant: TenantId, user: UserId, id: SessionId) -> Session {
        Session { id, tenant, user, device: self.device, used: self.used, ends: self.ends, epoch: self.epoch }
    }

    fn tokens(self) -> Tokens {
        Tokens { current: self.token, before: self.token_before, renewed: self.used }
    }
}

impl Store {
    /// Opens a session whose refresh token has the digest `token`. `entry` says so, unless it is part of another audit
    /// event.
    pub async fn open_session(&self, session: &Session, token: &str, entry: Option<&Entry>) -> Result<(), StoreError> {
        let item = SessionItem {
            device: session.device.clone(),
            used: session.used,
            ends: session.ends,
            epoch: session.epoch,
            token: token.to_owned(),
            token_before: None,
            expires: session.holds_until().seconds(),
        };
        if let Some(entry) = entry {
            let changes = vec![Change::create(key(session), &item)?, audit::append(session.tenant, entry)?];
            return match self.table.transact(changes).await? {
                Conditional::Applied(()) => Ok(()),
                Conditional::Rejected(_) => Err(StoreError::Conflict),
            };
        }
        match self.table.create::<SessionItem>(&key(session), &item).await? {
            Put::New => Ok(()),
            Put::Exists(there) if there.token == token => Ok(()),
            Put::Exists(_) => Err(StoreError::Conflict),
        }
    }

    /// Lets the refresh token with the digest `next` hold in the place of `token`, in one conditional write. A token of
    /// ours that was used before ends the session, and its person is owed an email that says so, as `reused` does.
    pub async fn renew_session(
        &self,
        session: &Session,
        token: &str,
        next: &str,
        reused: &Entry,
    ) -> Result<Renewed, StoreError> {
        let now = reused.audit_event.at;
        let used = Session { used: now, ..session.clone() };
        let update = Update::at(key(session))
            .set(SessionItem::TOKEN, next)
            .set(SessionItem::TOKEN_BEFORE, token)
            .set(SessionItem::USED, &now)
            .set(EXPIRES, &used.holds_until().seconds())
            .when(Condition::is(SessionItem::TOKEN, token));
        match self.table.update::<SessionItem>(update).await? {
            Conditional::Applied(_) => Ok(Renewed::Now),
            Conditional::Rejected(None) => Ok(Renewed::Ended),
            Conditional::Rejected(Some(there)) => match there.tokens().renewal(token, now) {
                Renewal::Again => Ok(Renewed::Again),
                Renewal::Reused => {
                    let email = emails::owe(&Email::token_reused(session, now))?;
                    let said = audit::append(session.tenant, reused)?;
                    match self.table.transact(vec![Change::remove(key(session)), email, said]).await? {
                        Conditional::Applied(()) => Ok(Renewed::Reused),
                        Conditional::Rejected(_) => Ok(Renewed::Ended),
                    }
                }
            },
        }
    }
}

impl TenantStore<'_> {
    /// The sessions of a person, the newest first; some may hold no more.
    pub async fn sessions(self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let (low, high) = sessions_range();
        let query = Query::partition(&Partition::Person(self.tenant, user)).between(low, high).newest_first().strong();
        let mut sessions = Vec::new();
        for (key, item) in self.table().list::<SessionItem>(query).await? {
            if let Key::Access(AccessKey::Session(_, _, id)) = key {
                sessions.push(item.session(self.tenant, user, id));
            }
        }
        Ok(sessions)
    }

    /// Ends a session: its tokens hold no more; `entry` says so. False if it has ended already.
    pub async fn end_session(self, user: UserId, id: SessionId, entry: &Entry) -> Result<bool, StoreError> {
        let changes =
            vec![Change::remove(AccessKey::Session(self.tenant, user, id)), audit::append(self.tenant, entry)?];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

fn key(session: &Session) -> AccessKey {
    AccessKey::Session(session.tenant, session.user, session.id)
}
