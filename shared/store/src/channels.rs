//! Connected business numbers, and the route by which a webhook finds its tenant.

use crate::keys::Key;
use crate::query::{Query, Read};
use crate::table::{Change, Created, Written};
use crate::{Store, StoreError};
use domain::{ChannelId, PhoneNumberId, TenantId, Text};
use serde::{Deserialize, Serialize};

/// Where the events of a business number go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose number it is.
    pub tenant: TenantId,
    /// Which of its channels.
    pub channel: ChannelId,
}

/// A connected business number.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            v: 1,
            nm: channel.name.clone(),
            pn: channel.number.clone(),
            dn: channel.display.clone(),
            wa: channel.waba.clone(),
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
        Ok(item.map(|item| item.channel(id)))
    }

    /// All channels of the tenant.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn channels(&self, tenant: TenantId) -> Result<Vec<Channel>, StoreError> {
        let partition = Key::Channel(tenant, ChannelId::from_parts(domain::Timestamp::default(), 0)).pk();
        let (found, _) = self.table.query(&Query::partition(partition)).await?;
        let mut channels = Vec::with_capacity(found.len());
        for item in found {
            if let Key::Channel(_, id) = item.key {
                channels.push(item.read::<ChannelItem>()?.channel(id));
            }
        }
        Ok(channels)
    }
}

impl ChannelItem {
    fn channel(self, id: ChannelId) -> Channel {
        Channel { id, name: self.nm, number: self.pn, display: self.dn, waba: self.wa }
    }
}
