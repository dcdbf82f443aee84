//! Sessions that link numbers by a QR code. All of a tenant stand in one partition. They are forgotten a month after they
//! ended.

use crate::access::audit;
use crate::channels::signups;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{EXPIRES, item};
use crate::table::keys::{ChannelsKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::channels::sessions::{Onboarding, PhoneSession};
use domain::channels::signup::Signup;
use domain::{Actor, PhoneSessionId, TenantId, Text, Timestamp};
use std::time::Duration;

/// How long a session is listed that links no number, or does not any more.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 3600);

item! {
    pub(crate) struct PhoneSessionItem: "phone_session" {
        by: Actor = "by",
        /// What became of its onboarding, as JSON.
        onboarding: String = "ob" as ONBOARDING,
        phone?: Text = "ph" as PHONE,
        changed: Timestamp = "at" as CHANGED,
        /// Only where no number is linked.
        expires?: i64 = "ttl",
    }
}

impl PhoneSessionItem {
    fn new(session: &PhoneSession) -> Result<Self, StoreError> {
        Ok(Self {
            by: session.by,
            onboarding: json(&session.onboarding)?,
            phone: session.phone.clone(),
            changed: session.changed,
            expires: expires(session),
        })
    }

    fn session(self, id: PhoneSessionId) -> Result<PhoneSession, StoreError> {
        let onboarding: Onboarding =
            serde_json::from_str(&self.onboarding).map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
        Ok(PhoneSession { id, by: self.by, onboarding, phone: self.phone, changed: self.changed })
    }
}

impl TenantStore<'_> {
    /// Begins a session together with its signup, whose state has the digest `state`; `entry` says so: all or none.
    pub async fn begin_phone_session(
        self,
        session: &PhoneSession,
        state: &str,
        signup: &Signup,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let key = ChannelsKey::PhoneSession(self.tenant, session.id);
        let changes = vec![
            Change::create(key, &PhoneSessionItem::new(session)?)?,
            signups::creation(state, signup)?,
            audit::append(self.tenant, entry)?,
        ];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// One session.
    pub async fn phone_session(self, id: PhoneSessionId) -> Result<Option<PhoneSession>, StoreError> {
        let key = ChannelsKey::PhoneSession(self.tenant, id);
        let item: Option<PhoneSessionItem> = self.table().get(key, Read::Strong).await?;
        item.map(|item| item.session(id)).transpose()
    }

    /// All sessions, the oldest first.
    pub async fn phone_sessions(self) -> Result<Vec<PhoneSession>, StoreError> {
        let query = Query::partition(&Partition::PhoneSessions(self.tenant));
        let mut sessions = Vec::new();
        for (key, item) in self.table().list::<PhoneSessionItem>(query).await? {
            if let Key::Channels(ChannelsKey::PhoneSession(_, id)) = key {
                sessions.push(item.session(id)?);
            }
        }
        sessions.sort_by_key(|session| session.id);
        Ok(sessions)
    }

    /// Changes a session from `before` to `after`. False if it is not as `before` any more.
    pub async fn change_phone_session(self, before: &PhoneSession, after: &PhoneSession) -> Result<bool, StoreError> {
        let update = change(self.tenant, before, after)?;
        Ok(matches!(self.table().update::<PhoneSessionItem>(update).await?, Conditional::Applied(_)))
    }
}

/// The change of a session from `before` to `after`.
pub(crate) fn change(tenant: TenantId, before: &PhoneSession, after: &PhoneSession) -> Result<Update, StoreError> {
    Ok(Update::at(ChannelsKey::PhoneSession(tenant, before.id))
        .set(PhoneSessionItem::ONBOARDING, &json(&after.onboarding)?)
        .set_or_remove(PhoneSessionItem::PHONE, after.phone.as_ref())
        .set(PhoneSessionItem::CHANGED, &after.changed)
        .set_or_remove(EXPIRES, expires(after).as_ref())
        .when(Condition::is(PhoneSessionItem::ONBOARDING, &json(&before.onboarding)?)))
}

fn expires(session: &PhoneSession) -> Option<i64> {
    match session.onboarding {
        Onboarding::Waiting(_) | Onboarding::Failed(_) | Onboarding::Withdrawn => {
            Some(session.changed.plus(REMEMBERED).seconds())
        }
        Onboarding::Linked(_) => None,
    }
}
