//! Connecting a business number and disconnecting it: the channel, the routes of its number and its account, and its verify
//! token.

use crate::access::audit;
use crate::channels::channels::{Channel, ChannelItem, ROUTE_REMEMBERED, Route, RouteItem};
use crate::channels::resumes;
use crate::table::client::{Change, Conditional, Put};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::ChannelsKey;
use crate::table::query::Read;
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::channels::channels::VerifyToken;
use domain::{ChannelId, TenantId, Timestamp};

/// What came of connecting a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Connected {
    /// It is connected now.
    Now,
    /// It was connected already, by this business or by another.
    Already(Route),
    /// Another number has the same verify token.
    VerifyTokenTaken,
}

item! {
    /// Whose a verify token is. It is found by the token's digest.
    struct VerifyItem: "verify" {
        tenant: TenantId = "tn" as TENANT,
        channel: ChannelId = "ch" as CHANNEL,
    }
}

impl TenantStore<'_> {
    /// Connects a number. A number that is connected already stays as it is.
    pub async fn connect(self, channel: &Channel) -> Result<(), StoreError> {
        // The operator who connects it waits for no worker.
        let much_later = Timestamp::from_millis(i64::MAX);
        let Some(changes) = self.connecting(channel, None, much_later).await? else { return Ok(()) };
        match self.table().transact(changes).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Connects a number by its own token; `entry` says so, both or neither. `before` is the same number as the business
    /// disconnected it: it has the same ID, so that its conversations go on.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written, or somebody else connects it at this moment.
    pub async fn connect_anew(
        self,
        channel: &Channel,
        before: Option<&Channel>,
        entry: &Entry,
    ) -> Result<Connected, StoreError> {
        self.connect_with(channel, before, entry, Vec::new()).await
    }

    /// The same with `more` changes of the table: all or none.
    pub(crate) async fn connect_with(
        self,
        channel: &Channel,
        before: Option<&Channel>,
        entry: &Entry,
        more: Vec<Change>,
    ) -> Result<Connected, StoreError> {
        if let Some(mut changes) = self.connecting(channel, before, entry.audit_event.at).await? {
            changes.push(audit::append(self.tenant, entry)?);
            changes.extend(more);
            match self.table().transact(changes).await? {
                Conditional::Applied(()) => return Ok(Connected::Now),
                Conditional::Rejected(_) => {}
            }
        }
        let route: Option<RouteItem> =
            self.table().get(ChannelsKey::Route(channel.number.clone()), Read::Strong).await?;
        if let Some(item) = route.filter(|item| item.disconnected.is_none() || item.tenant != self.tenant) {
            return Ok(Connected::Already(Route { tenant: item.tenant, channel: item.channel }));
        }
        match &channel.verify_token {
            Some(token) if self.store.is_verify_token(token).await? => Ok(Connected::VerifyTokenTaken),
            Some(_) | None => Err(StoreError::Conflict),
        }
    }

    /// What connects a number; none if it is connected, or was another's until a moment ago. The route of its account is
    /// written at once: it does no harm without the rest.
    async fn connecting(
        self,
        channel: &Channel,
        before: Option<&Channel>,
        now: Timestamp,
    ) -> Result<Option<Vec<Change>>, StoreError> {
        let route = RouteItem::new(self.tenant, channel.id);
        let key = ChannelsKey::Route(channel.number.clone());
        let there: Option<RouteItem> = self.table().get(&key, Read::Strong).await?;
        let routed = match there.map(|item| (item.tenant, item.disconnected)) {
            None => Change::create(&key, &route)?,
            Some((before, Some(at))) if before == self.tenant || now.since(at) >= ROUTE_REMEMBERED => {
                let update = Update::at(key)
                    .set(RouteItem::TENANT, &self.tenant)
                    .set(RouteItem::CHANNEL, &channel.id)
                    .remove(RouteItem::DISCONNECTED);
                Change::update(update.when(Condition::is(RouteItem::DISCONNECTED, &at)))
            }
            Some(_) => return Ok(None),
        };
        match self.table().create::<RouteItem>(ChannelsKey::Account(channel.waba.clone()), &route).await? {
            Put::New | Put::Exists(_) => {}
        }
        let mut changes = vec![routed];
        changes.push(match before {
            None => Change::create(ChannelsKey::Channel(self.tenant, channel.id), &ChannelItem::new(channel)?)?,
            Some(_) => Change::update(reconnected(self.tenant, channel)?),
        });
        if let Some(token) = &channel.verify_token {
            let item = VerifyItem { tenant: self.tenant, channel: channel.id };
            changes.push(Change::create(ChannelsKey::VerifyToken(token.digest()), &item)?);
        }
        Ok(Some(changes))
    }

    /// Disconnects a channel; `entry` says so, both or neither. Its conversations stay; its token goes. Its held messages
    /// are released, and fail. None if it is not connected.
    pub async fn disconnect(self, channel: &Channel, now: Timestamp, entry: &Entry) -> Result<Option<()>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel.id))
            .set(ChannelItem::DISCONNECTED, &now)
            .remove(ChannelItem::TOKEN)
            .remove(ChannelItem::TOKEN_LAST4)
            .remove(ChannelItem::REFUSAL)
            .remove(ChannelItem::VERIFY_TOKEN)
            .remove(ChannelItem::PAUSED)
            .remove(ChannelItem::CHECK)
            .remove(ChannelItem::CHECK_WANTED)
            .remove(ChannelItem::PROFILE_WANTED)
            .remove(ChannelItem::LINK_REPORT)
            .remove(ChannelItem::HEARD);
        let route = Update::at(ChannelsKey::Route(channel.number.clone()))
            .set(RouteItem::DISCONNECTED, &now)
            .when(Condition::is(RouteItem::CHANNEL, &channel.id))
            .when(Condition::is(RouteItem::TENANT, &self.tenant));
        let mut changes = vec![
            Change::update(update.when(Condition::exists()).when(Condition::absent(ChannelItem::DISCONNECTED))),
            Change::update(route),
        ];
        if let Some(token) = &channel.verify_token {
            let ours =
                vec![Condition::is(VerifyItem::CHANNEL, &channel.id), Condition::is(VerifyItem::TENANT, &self.tenant)];
            changes.push(Change::remove_when(ChannelsKey::VerifyToken(token.digest()), ours));
        }
        changes.push(audit::append(self.tenant, entry)?);
        changes.push(Change::update(resumes::begun(self.tenant, channel.id, now)));
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => {
                self.release_account(channel).await?;
                Ok(Some(()))
            }
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Frees the account of a channel that was disconnected, unless another number of the business is in it. Where this
    /// is cut short, the business goes on to receive what Meta says of the account.
    async fn release_account(self, channel: &Channel) -> Result<(), StoreError> {
        if self.channels().await?.iter().any(|other| other.waba == channel.waba && other.id != channel.id) {
            return Ok(());
        }
        let key = ChannelsKey::Account(channel.waba.clone());
        let change = Change::remove_when(key, vec![Condition::is(RouteItem::TENANT, &self.tenant)]);
        match self.table().transact(vec![change]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }
}

impl Store {
    /// Whether a number has this verify token.
    pub async fn is_verify_token(&self, token: &VerifyToken) -> Result<bool, StoreError> {
        let item: Option<VerifyItem> = self.table.get(ChannelsKey::VerifyToken(token.digest()), Read::Strong).await?;
        Ok(item.is_some())
    }
}

/// What a disconnected channel becomes when its number is connected again.
fn reconnected(tenant: TenantId, channel: &Channel) -> Result<Update, StoreError> {
    let item = ChannelItem::new(channel)?;
    Ok(Update::at(ChannelsKey::Channel(tenant, channel.id))
        .set(ChannelItem::NAME, &item.name)
        .set(ChannelItem::DISPLAY, &item.display)
        .set(ChannelItem::WABA, &item.waba)
        .set_or_remove(ChannelItem::TOKEN, item.token.as_ref())
        .set_or_remove(ChannelItem::TOKEN_LAST4, item.token_last4.as_ref())
        .set_or_remove(ChannelItem::VERIFY_TOKEN, item.verify_token.as_ref())
        .set_or_remove(ChannelItem::CHECK, item.check.as_ref())
        .remove(ChannelItem::CURRENCY)
        .remove(ChannelItem::DISCONNECTED)
        .when(Condition::exists())
        .when(Condition::is(ChannelItem::NUMBER, &channel.number))
        .when(Condition::above(ChannelItem::DISCONNECTED, &Timestamp::default())))
}
