//! Signups at Meta: begun by a user, found by the state that Meta's page returns, and used up by one code. What is decided
//! about them is in `domain`.

use crate::access::audit;
use crate::channels::channels::{Channel, ChannelItem};
use crate::channels::numbers::Connected;
use crate::channels::resumes;
use crate::channels::sessions;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::ChannelsKey;
use crate::table::query::Read;
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::channels::sessions::{LinkReport, PhoneSession};
use domain::channels::signup::{SIGNUP_REMEMBERED, Signup, SignupKind};
use domain::{Actor, ChannelId, PhoneSessionId, TenantId, Text, Timestamp};

item! {
    struct SignupItem: "signup" {
        tenant: TenantId = "tn" as TENANT,
        by: Actor = "by",
        kind: SignupKind = "kd",
        session?: PhoneSessionId = "se",
        wanted?: Text = "wa",
        until: Timestamp = "un",
        /// The digest of the code that came first.
        code?: String = "co" as CODE,
        channel?: ChannelId = "ch" as CHANNEL,
        expires: i64 = "ttl",
    }
}

impl SignupItem {
    fn signup(self) -> Signup {
        let Self { tenant, by, kind, session, wanted, until, code, channel, expires: _ } = self;
        Signup { tenant, by, kind, session, wanted, until, code, channel }
    }
}

impl Store {
    /// The signup whose state has this digest; none if it never was, or is forgotten.
    pub async fn signup(&self, digest: &str) -> Result<Option<Signup>, StoreError> {
        let item: Option<SignupItem> = self.table.get(ChannelsKey::Signup(digest.to_owned()), Read::Strong).await?;
        Ok(item.map(SignupItem::signup))
    }

    /// Keeps a signup under the digest of its state.
    pub async fn begin_signup(&self, digest: &str, signup: &Signup) -> Result<(), StoreError> {
        self.table.put(ChannelsKey::Signup(digest.to_owned()), &item(signup)).await
    }

    /// Uses a signup up for the code with this digest. Of two codes at once one gets it. Gives the signup as it then is.
    pub async fn claim_signup(&self, digest: &str, code: &str) -> Result<Option<Signup>, StoreError> {
        let key = ChannelsKey::Signup(digest.to_owned());
        let update = Update::at(key).set(SignupItem::CODE, code).when(Condition::exists());
        match self.table.update::<SignupItem>(update.when(Condition::absent(SignupItem::CODE))).await? {
            Conditional::Applied(item) => Ok(Some(item.signup())),
            Conditional::Rejected(_) => self.signup(digest).await,
        }
    }
}

impl TenantStore<'_> {
    /// Connects the number of a signup like [`connect_anew`](TenantStore::connect_anew). The signup and its session say so
    /// in the same transaction. `session` is as it was read, and `linked` as it becomes.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or the signup or its session changed meanwhile.
    pub async fn connect_by_signup(
        self,
        channel: &Channel,
        before: Option<&Channel>,
        entry: &Entry,
        signup: &str,
        session: Option<(&PhoneSession, &PhoneSession)>,
    ) -> Result<Connected, StoreError> {
        let done = Update::at(ChannelsKey::Signup(signup.to_owned()))
            .set(SignupItem::CHANNEL, &channel.id)
            .when(Condition::is(SignupItem::TENANT, &self.tenant))
            .when(Condition::absent(SignupItem::CHANNEL));
        let mut more = vec![Change::update(done)];
        if let Some((before, linked)) = session {
            more.push(Change::update(sessions::change(self.tenant, before, linked)?));
        }
        self.connect_with(channel, before, entry, more).await
    }
}

impl TenantStore<'_> {
    /// Links a number again that was unlinked on its phone: its channel goes on with the signup's token, and its held messages
    /// are released. The signup and its session say so in the same transaction. False if it is not unlinked any more, or the
    /// signup or its session changed meanwhile.
    pub async fn relink_by_signup(
        self,
        channel: &Channel,
        entry: &Entry,
        signup: &str,
        session: Option<(&PhoneSession, &PhoneSession)>,
    ) -> Result<bool, StoreError> {
        let now = entry.audit_event.at;
        let token = channel.token.as_ref();
        let linked = Update::at(ChannelsKey::Channel(self.tenant, channel.id))
            .set_or_remove(ChannelItem::TOKEN, token.map(|token| token.ciphertext.clone()).as_ref())
            .set_or_remove(ChannelItem::TOKEN_LAST4, token.map(|token| token.last4.clone()).as_ref())
            .set_or_remove(ChannelItem::CHECK, channel.check.as_ref().map(json).transpose()?.as_ref())
            .remove(ChannelItem::REFUSAL)
            .remove(ChannelItem::HISTORY)
            .set(ChannelItem::LINK_REPORT, &LinkReport::Reconnected)
            .set(ChannelItem::LINKED_AT, &now)
            .when(Condition::is(ChannelItem::LINK_REPORT, &LinkReport::Removed))
            .when(Condition::absent(ChannelItem::DISCONNECTED));
        let done = Update::at(ChannelsKey::Signup(signup.to_owned()))
            .set(SignupItem::CHANNEL, &channel.id)
            .when(Condition::is(SignupItem::TENANT, &self.tenant))
            .when(Condition::absent(SignupItem::CHANNEL));
        let mut changes = vec![Change::update(linked), Change::update(done), audit::append(self.tenant, entry)?];
        if let Some((before, linked)) = session {
            changes.push(Change::update(sessions::change(self.tenant, before, linked)?));
        }
        changes.push(Change::update(resumes::begun(self.tenant, channel.id, now)));
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

/// A session and its signup, which begin together.
pub(crate) fn creation(digest: &str, signup: &Signup) -> Result<Change, StoreError> {
    Change::create(ChannelsKey::Signup(digest.to_owned()), &item(signup))
}

fn item(signup: &Signup) -> SignupItem {
    let Signup { tenant, by, kind, session, wanted, until, code, channel } = signup.clone();
    let expires = until.plus(SIGNUP_REMEMBERED).seconds();
    SignupItem { tenant, by, kind, session, wanted, until, code, channel, expires }
}
