//! Sessions: who has signed in, and the digests of their refresh tokens.

use crate::expression::{Condition, Update};
use crate::keys::{Key, sessions_range};
use crate::query::Query;
use crate::table::{Change, Created, Written};
use crate::{Store, StoreError};
use crate::{audit, letters};
use domain::audit::Entry;
use domain::ids::SessionId;
use domain::letters::Letter;
use domain::sessions::{Renewal, Session, Tokens};
use domain::{TenantId, Text, Timestamp, UserId};
use serde::{Deserialize, Serialize};

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

#[derive(Serialize, Deserialize)]
pub(crate) struct SessionItem {
    ty: String,
    v: u8,
    ua: Text,
    us: Timestamp,
    en: Timestamp,
    ep: u32,
    /// Digest of the refresh token that holds, and of the one before.
    rt: String,
    #[serde(default)]
    rb: Option<String>,
    #[serde(rename = "ttl")]
    expires: i64,
}

impl SessionItem {
    pub(crate) fn session(self, tenant: TenantId, user: UserId, id: SessionId) -> Session {
        Session { id, tenant, user, device: self.ua, used: self.us, ends: self.en, epoch: self.ep }
    }

    fn tokens(self) -> Tokens {
        Tokens { current: self.rt, before: self.rb, renewed: self.us }
    }
}

impl Store {
    /// Opens a session whose refresh token has the digest `token`. `entry` says so, unless it is part of another deed.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn open_session(&self, session: &Session, token: &str, entry: Option<&Entry>) -> Result<(), StoreError> {
        let item = SessionItem {
            ty: "session".into(),
            v: 1,
            ua: session.device.clone(),
            us: session.used,
            en: session.ends,
            ep: session.epoch,
            rt: token.to_owned(),
            rb: None,
            expires: session.holds_until().seconds(),
        };
        if let Some(entry) = entry {
            let changes = vec![Change::create(&key(session), &item)?, audit::written(session.tenant, entry)?];
            return match self.table.together(changes).await? {
                Written::Done(()) => Ok(()),
                Written::Refused(_) => Err(StoreError::Conflict),
            };
        }
        match self.table.create::<SessionItem>(&key(session), &item).await? {
            Created::New => Ok(()),
            Created::There(there) if there.rt == token => Ok(()),
            Created::There(_) => Err(StoreError::Conflict),
        }
    }

    /// Lets the refresh token with the digest `next` hold in the place of `token`, in one conditional write. A token of
    /// ours that was used before ends the session, and its person is owed a letter that says so, as `reused` does.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn renew_session(
        &self,
        session: &Session,
        (token, next): (&str, &str),
        reused: &Entry,
    ) -> Result<Renewed, StoreError> {
        let now = reused.deed.at;
        let used = Session { used: now, ..session.clone() };
        let update = Update::of(key(session))
            .set("rt", &next)
            .set("rb", &token)
            .set("us", &now)
            .set("ttl", &used.holds_until().seconds())
            .when(Condition::is("rt", &token));
        match self.table.update::<SessionItem>(update).await? {
            Written::Done(_) => Ok(Renewed::Now),
            Written::Refused(None) => Ok(Renewed::Ended),
            Written::Refused(Some(there)) => match there.tokens().renewal(token, now) {
                Renewal::Again => Ok(Renewed::Again),
                Renewal::Reused => {
                    let letter = letters::owed(&Letter::token_reused(session, now))?;
                    let said = audit::written(session.tenant, reused)?;
                    match self.table.together(vec![Change::Remove(key(session)), letter, said]).await? {
                        Written::Done(()) => Ok(Renewed::Reused),
                        Written::Refused(_) => Ok(Renewed::Ended),
                    }
                }
            },
        }
    }

    /// The sessions of a person, the newest first; some may hold no more.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn sessions(&self, tenant: TenantId, user: UserId) -> Result<Vec<Session>, StoreError> {
        let partition = Key::Session(tenant, user, SessionId::from_parts(Timestamp::default(), 0)).pk();
        let (low, high) = sessions_range();
        let query = Query::partition(partition).between(low, high).newest_first().strong().limit(100);
        let (found, _) = self.table.query(&query).await?;
        let mut sessions = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Session(_, _, id) = item.key {
                sessions.push(item.read::<SessionItem>()?.session(tenant, user, id));
            }
        }
        Ok(sessions)
    }

    /// Ends a session: its tokens hold no more; `entry` says so. False if it has ended already.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn end_session(
        &self,
        tenant: TenantId,
        user: UserId,
        id: SessionId,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let changes = vec![Change::Remove(Key::Session(tenant, user, id)), audit::written(tenant, entry)?];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}

fn key(session: &Session) -> Key {
    Key::Session(session.tenant, session.user, session.id)
}
