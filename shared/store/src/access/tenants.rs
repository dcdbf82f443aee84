//! Businesses.

use crate::access::audit;
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{AccessKey, Key, List, rank};
use crate::table::query::{Index, Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::second_factor::SecondFactorRule;
use domain::access::tenants::{Language, Tenant, TimeZone, UnrecordedConsent};
use domain::{TenantId, Text, Timestamp};

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
    /// What happens to marketing messages without a recorded consent.
    pub unrecorded_marketing: Option<UnrecordedConsent>,
    /// The confirmation of an opt-out; none within takes it away.
    pub stop_confirmation: Option<Option<Text>>,
}

/// A page of businesses, newest first.
#[derive(Clone, Debug)]
pub struct TenantPage {
    /// The businesses.
    pub items: Vec<Tenant>,
    /// Below which place in the list the next page begins; none on the last.
    pub next: Option<String>,
}

item! {
    pub(crate) struct TenantItem: "tenant" {
        name: Text = "nm" as NAME,
        category?: Text = "ct" as CATEGORY,
        time_zone: TimeZone = "tz" as TIME_ZONE,
        languages: Vec<Language> = "lg" as LANGUAGES,
        active: bool = "ac" as ACTIVE,
        #[serde(default = "of_nobody")]
        second_factor: SecondFactorRule = "sf" as SECOND_FACTOR,
        #[serde(default = "warns")]
        unrecorded_marketing: UnrecordedConsent = "um" as UNRECORDED_MARKETING,
        stop_confirmation?: Text = "sm" as STOP_CONFIRMATION,
        created: Timestamp = "cr",
        /// Counted up with every change of who works here, so that two such changes see each other.
        pub(crate) people_revision: u32 = "pe" as PEOPLE_REVISION,
        list: String = "GSI1PK",
        rank: String = "GSI1SK",
    }
}

impl TenantItem {
    pub(crate) fn tenant(self, id: TenantId) -> Tenant {
        Tenant {
            id,
            name: self.name,
            category: self.category,
            time_zone: self.time_zone,
            languages: self.languages,
            active: self.active,
            second_factor: self.second_factor,
            unrecorded_marketing: self.unrecorded_marketing,
            stop_confirmation: self.stop_confirmation,
            created: self.created,
        }
    }
}

/// What holds for businesses that never said anything of it.
const fn of_nobody() -> SecondFactorRule {
    SecondFactorRule::OfNobody
}

/// The same of consent.
const fn warns() -> UnrecordedConsent {
    UnrecordedConsent::Warn
}

/// The change that makes a business.
pub(crate) fn create(tenant: &Tenant) -> Result<Change, StoreError> {
    let item = TenantItem {
        name: tenant.name.clone(),
        category: tenant.category.clone(),
        time_zone: tenant.time_zone.clone(),
        languages: tenant.languages.clone(),
        active: tenant.active,
        second_factor: tenant.second_factor,
        unrecorded_marketing: tenant.unrecorded_marketing,
        stop_confirmation: tenant.stop_confirmation.clone(),
        created: tenant.created,
        people_revision: 0,
        list: List::Tenants.pk(),
        rank: rank(tenant.created, &tenant.id.ulid_str()),
    };
    Change::create(AccessKey::Tenant(tenant.id), &item)
}

impl Store {
    /// Makes a business in which nobody works yet; `entry` says so. False if it is there.
    pub async fn create_tenant(&self, tenant: &Tenant, entry: &Entry) -> Result<bool, StoreError> {
        match self.table.transact(vec![create(tenant)?, audit::append(tenant.id, entry)?]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// A page of all businesses, newest first, below the place `below`.
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
            if let Key::Access(AccessKey::Tenant(id)) = found.key {
                items.push(found.read::<TenantItem>()?.tenant(id));
            }
        }
        items.sort_by_key(|tenant| std::cmp::Reverse(tenant.id));
        Ok(TenantPage { items, next })
    }
}

impl TenantStore<'_> {
    /// One business; none if there is none.
    pub async fn tenant(self) -> Result<Option<Tenant>, StoreError> {
        let item: Option<TenantItem> = self.table().get(AccessKey::Tenant(self.tenant), Read::Strong).await?;
        Ok(item.map(|item| item.tenant(self.tenant)))
    }

    /// Changes a business, and gives it as it is then; `entry` says what was changed. None if there is none.
    pub async fn change_tenant(self, change: &TenantChange, entry: &Entry) -> Result<Option<Tenant>, StoreError> {
        let mut update = Update::upsert::<TenantItem>(AccessKey::Tenant(self.tenant)).when(Condition::exists());
        if let Some(name) = &change.name {
            update = update.set(TenantItem::NAME, name);
        }
        if let Some(category) = &change.category {
            update = update.set(TenantItem::CATEGORY, category);
        }
        if let Some(time_zone) = &change.time_zone {
            update = update.set(TenantItem::TIME_ZONE, time_zone);
        }
        if let Some(languages) = &change.languages {
            update = update.set(TenantItem::LANGUAGES, languages);
        }
        if let Some(active) = &change.active {
            update = update.set(TenantItem::ACTIVE, active);
        }
        if let Some(required) = &change.second_factor {
            update = update.set(TenantItem::SECOND_FACTOR, required);
        }
        if let Some(rule) = &change.unrecorded_marketing {
            update = update.set(TenantItem::UNRECORDED_MARKETING, rule);
        }
        if let Some(text) = &change.stop_confirmation {
            update = update.set_or_remove(TenantItem::STOP_CONFIRMATION, text.as_ref());
        }
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => self.tenant().await,
            Conditional::Rejected(_) => Ok(None),
        }
    }
}
