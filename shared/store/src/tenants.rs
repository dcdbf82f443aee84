//! Businesses.

use crate::expression::{Condition, Update};
use crate::keys::{Key, List, rank};
use crate::query::{Index, Query, Read};
use crate::table::{Change, Written};
use crate::{Store, StoreError, audit};
use domain::audit::Entry;
use domain::second_factor::SecondFactorRule;
use domain::tenants::{Language, Tenant, TimeZone};
use domain::{TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// What is to become of a business; what is not said stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantChange {
    /// The company's name.
    pub name: Option<Text>,
    /// What it does.
    pub category: Option<Text>,
    /// Where its day begins and ends.
    pub time_zone: Option<TimeZone>,
    /// The languages of its templates.
    pub languages: Option<Vec<Language>>,
    /// Whether its people may sign in.
    pub active: Option<bool>,
    /// Who of its people has to have a second factor.
    pub second_factor: Option<SecondFactorRule>,
}

/// A page of businesses, newest first.
#[derive(Clone, Debug)]
pub struct TenantPage {
    /// The businesses.
    pub items: Vec<Tenant>,
    /// Below which place in the list the next page begins; none on the last.
    pub next: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TenantItem {
    ty: String,
    v: u8,
    nm: Text,
    #[serde(default)]
    ct: Option<Text>,
    tz: TimeZone,
    lg: Vec<Language>,
    ac: bool,
    #[serde(default = "of_nobody")]
    sf: SecondFactorRule,
    cr: Timestamp,
    /// Counted up with every change of who works here, so that two such changes see each other.
    pub(crate) pe: u32,
    #[serde(rename = "GSI1PK")]
    list: String,
    #[serde(rename = "GSI1SK")]
    rank: String,
}

impl TenantItem {
    pub(crate) fn tenant(self, id: TenantId) -> Tenant {
        Tenant {
            id,
            name: self.nm,
            category: self.ct,
            time_zone: self.tz,
            languages: self.lg,
            active: self.ac,
            second_factor: self.sf,
            created: self.cr,
        }
    }
}

/// What holds for businesses that never said anything of it.
const fn of_nobody() -> SecondFactorRule {
    SecondFactorRule::OfNobody
}

/// The change that makes a business.
pub(crate) fn created(tenant: &Tenant) -> Result<Change, StoreError> {
    let item = TenantItem {
        ty: "tenant".into(),
        v: 1,
        nm: tenant.name.clone(),
        ct: tenant.category.clone(),
        tz: tenant.time_zone.clone(),
        lg: tenant.languages.clone(),
        ac: tenant.active,
        sf: tenant.second_factor,
        cr: tenant.created,
        pe: 0,
        list: List::Tenants.pk(),
        rank: rank(tenant.created, &tenant.id.bare()),
    };
    Change::create(&Key::Tenant(tenant.id), &item)
}

impl Store {
    /// Makes a business in which nobody works yet; `entry` says so. False if it is there.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn create_tenant(&self, tenant: &Tenant, entry: &Entry) -> Result<bool, StoreError> {
        match self.table.together(vec![created(tenant)?, audit::written(tenant.id, entry)?]).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// One business; none if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn tenant(&self, id: TenantId) -> Result<Option<Tenant>, StoreError> {
        let item: Option<TenantItem> = self.table.get(&Key::Tenant(id), Read::Strong).await?;
        Ok(item.map(|item| item.tenant(id)))
    }

    /// A page of all businesses, newest first, below the place `below`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn tenants(&self, below: Option<String>, limit: usize) -> Result<TenantPage, StoreError> {
        let mut query = Query::index(Index::Lists, List::Tenants.pk()).newest_first().limit(limit);
        if let Some(below) = below {
            query = query.below(below);
        }
        let (found, more) = self.table.query(&query).await?;
        let next = found.last().and_then(|last| last.rank.clone()).filter(|_| more.is_some());
        let keys: Vec<Key> = found.into_iter().map(|found| found.key).collect();
        let mut items = Vec::with_capacity(keys.len());
        for found in self.table.get_all(&keys, Read::Eventual).await? {
            if let Key::Tenant(id) = found.key {
                items.push(found.read::<TenantItem>()?.tenant(id));
            }
        }
        items.sort_by_key(|tenant| std::cmp::Reverse(tenant.id));
        Ok(TenantPage { items, next })
    }

    /// Changes a business, and gives it as it is then; `entry` says what was changed. None if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn change_tenant(
        &self,
        id: TenantId,
        change: &TenantChange,
        entry: &Entry,
    ) -> Result<Option<Tenant>, StoreError> {
        let mut update = Update::of(Key::Tenant(id)).set("v", &1).when(Condition::Exists);
        if let Some(name) = &change.name {
            update = update.set("nm", name);
        }
        if let Some(category) = &change.category {
            update = update.set("ct", category);
        }
        if let Some(time_zone) = &change.time_zone {
            update = update.set("tz", time_zone);
        }
        if let Some(languages) = &change.languages {
            update = update.set("lg", languages);
        }
        if let Some(active) = &change.active {
            update = update.set("ac", active);
        }
        if let Some(required) = &change.second_factor {
            update = update.set("sf", required);
        }
        match self.table.together(vec![Change::update(update), audit::written(id, entry)?]).await? {
            Written::Done(()) => self.tenant(id).await,
            Written::Refused(_) => Ok(None),
        }
    }
}
