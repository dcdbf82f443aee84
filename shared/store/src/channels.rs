//! Connected business numbers, and the route by which a webhook finds its tenant.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::messages::json;
use crate::query::{Query, Read};
use crate::table::{Change, Created, Written};
use crate::{Store, StoreError, audit};
use domain::audit::Entry;
use domain::sends::Failure;
use domain::{ChannelId, PhoneNumberId, TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of a channel's item.
const VERSION: u8 = 1;

/// Where the events of a business number go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose number it is.
    pub tenant: TenantId,
    /// Which of its channels.
    pub channel: ChannelId,
}

/// A connected business number.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Our id of it.
    pub id: ChannelId,
    /// What the team calls it.
    pub name: Text,
    /// Meta's id of the number.
    pub number: PhoneNumberId,
    /// The number as people read it.
    pub display: String,
    /// Meta's id of the account that it belongs to.
    pub waba: String,
    /// By which token is sent from it; none if by the application's.
    pub token: Option<Token>,
    /// Why Meta refuses it; none while Meta takes what it sends.
    pub refusal: Option<Refusal>,
    /// Whether customers are shown that their messages were read, and that somebody types.
    pub read_receipts: bool,
}

/// Why Meta refuses a channel: its token, a permission or its registration has to be mended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Since when.
    pub since: Timestamp,
    /// Meta's code and words.
    pub why: Failure,
}

/// A token of Meta's as it may stand in the table.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The token, sealed for [`token_place`].
    pub sealed: String,
    /// Its last characters, by which people tell it from others.
    pub last4: String,
}

/// Shows neither.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// Where the token of a channel stands: the item's key, and its version.
#[must_use]
pub fn token_place(tenant: TenantId, id: ChannelId) -> String {
    let key = Key::Channel(tenant, id);
    format!("{} {} {VERSION}", key.pk(), key.sk())
}

#[derive(Serialize, Deserialize)]
struct RouteItem {
    ty: String,
    v: u8,
    tn: TenantId,
    ch: ChannelId,
}

#[derive(Serialize, Deserialize)]
struct ChannelItem {
    ty: String,
    v: u8,
    nm: Text,
    pn: PhoneNumberId,
    dn: String,
    wa: String,
    #[serde(default)]
    tk: Option<String>,
    #[serde(default)]
    tl: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rf: Option<String>,
    /// Only where customers are not shown what was read.
    #[serde(rename = "nr", default, skip_serializing_if = "std::ops::Not::not")]
    no_receipts: bool,
}

impl Store {
    /// Where the events of `number` go; none if it is not connected.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn route(&self, number: &PhoneNumberId) -> Result<Option<Route>, StoreError> {
        let item: Option<RouteItem> = self.table.get(&Key::Route(number.clone()), Read::Strong).await?;
        Ok(item.map(|item| Route { tenant: item.tn, channel: item.ch }))
    }

    /// Whose the WhatsApp business account `waba` is; none if no number of it is connected.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn account(&self, waba: &str) -> Result<Option<TenantId>, StoreError> {
        let item: Option<RouteItem> = self.table.get(&Key::Account(waba.to_owned()), Read::Eventual).await?;
        Ok(item.map(|item| item.tn))
    }

    /// Connects a number. A number that is connected already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn connect(&self, tenant: TenantId, channel: &Channel) -> Result<(), StoreError> {
        let route = RouteItem { ty: "route".into(), v: 1, tn: tenant, ch: channel.id };
        let item = ChannelItem {
            ty: "channel".into(),
            v: VERSION,
            nm: channel.name.clone(),
            pn: channel.number.clone(),
            dn: channel.display.clone(),
            wa: channel.waba.clone(),
            tk: channel.token.as_ref().map(|token| token.sealed.clone()),
            tl: channel.token.as_ref().map(|token| token.last4.clone()),
            rf: None,
            no_receipts: !channel.read_receipts,
        };
        match self.table.create::<RouteItem>(&Key::Account(channel.waba.clone()), &route).await? {
            Created::New | Created::There(_) => {}
        }
        let changes = vec![
            Change::create(&Key::Route(channel.number.clone()), &route)?,
            Change::create(&Key::Channel(tenant, channel.id), &item)?,
        ];
        match self.table.together(changes).await? {
            Written::Done(()) | Written::Refused(_) => Ok(()),
        }
    }

    /// One channel of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn channel(&self, tenant: TenantId, id: ChannelId) -> Result<Option<Channel>, StoreError> {
        let item: Option<ChannelItem> = self.table.get(&Key::Channel(tenant, id), Read::Eventual).await?;
        item.map(|item| item.channel(id)).transpose()
    }

    /// Has a channel send by `token` from now on; `entry` says so. None if there is no such channel.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_token(
        &self,
        tenant: TenantId,
        id: ChannelId,
        token: &Token,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::of(Key::Channel(tenant, id)).set("tk", &token.sealed).set("tl", &token.last4).remove("rf");
        self.changed_channel(tenant, id, update, entry).await
    }

    /// Has customers of a channel shown that their messages were read, or not; `entry` says so. None if there is no such
    /// channel.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_read_receipts(
        &self,
        tenant: TenantId,
        id: ChannelId,
        shown: bool,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        self.changed_channel(tenant, id, Update::of(Key::Channel(tenant, id)).set("nr", &!shown), entry).await
    }

    /// The channel after `update`, with which `entry` is written: both or neither.
    async fn changed_channel(
        &self,
        tenant: TenantId,
        id: ChannelId,
        update: Update,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let changes = vec![Change::update(update.when(Condition::Exists)), audit::written(tenant, entry)?];
        match self.table.together(changes).await? {
            Written::Done(()) => {
                let item: Option<ChannelItem> = self.table.get(&Key::Channel(tenant, id), Read::Strong).await?;
                item.map(|item| item.channel(id)).transpose()
            }
            Written::Refused(_) => Ok(None),
        }
    }

    /// Puts a token that was sealed anew in the place of the same one as it was sealed `before`. Where another one
    /// stands by now, that one stays.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn reseal_token(
        &self,
        tenant: TenantId,
        id: ChannelId,
        before: &Token,
        sealed: &str,
    ) -> Result<(), StoreError> {
        let update = Update::of(Key::Channel(tenant, id)).set("tk", &sealed);
        match self.table.update::<ChannelItem>(update.when(Condition::is("tk", &before.sealed))).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// Writes down that Meta refuses a channel, unless it stands there already or the channel has another token by now.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn refuse_channel(
        &self,
        tenant: TenantId,
        channel: &Channel,
        refusal: &Refusal,
    ) -> Result<(), StoreError> {
        let update = Update::of(Key::Channel(tenant, channel.id)).set_once("rf", &json(refusal)?);
        let same_token = match &channel.token {
            Some(token) => Condition::is("tk", &token.sealed),
            None => Condition::Absent("tk"),
        };
        self.mark(update.when(same_token)).await
    }

    /// Writes down that Meta takes what a channel sends.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn take_channel(&self, tenant: TenantId, channel: ChannelId) -> Result<(), StoreError> {
        self.mark(Update::of(Key::Channel(tenant, channel)).remove("rf").when(Condition::Exists)).await
    }

    async fn mark(&self, update: Update) -> Result<(), StoreError> {
        match self.table.update::<ChannelItem>(update).await? {
            Written::Done(_) | Written::Refused(_) => Ok(()),
        }
    }

    /// All channels of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn channels(&self, tenant: TenantId) -> Result<Vec<Channel>, StoreError> {
        let partition = Key::Channel(tenant, ChannelId::from_parts(Timestamp::default(), 0)).pk();
        let (found, _) = self.table.query(&Query::partition(partition)).await?;
        let mut channels = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Channel(_, id) = item.key {
                channels.push(item.read::<ChannelItem>()?.channel(id)?);
            }
        }
        Ok(channels)
    }
}

impl ChannelItem {
    fn channel(self, id: ChannelId) -> Result<Channel, StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::corrupt(id.to_string(), &error);
        let refusal = self.rf.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?;
        let token = self.tk.map(|sealed| Token { sealed, last4: self.tl.unwrap_or_default() });
        Ok(Channel {
            id,
            name: self.nm,
            number: self.pn,
            display: self.dn,
            waba: self.wa,
            token,
            refusal,
            read_receipts: !self.no_receipts,
        })
    }
}
