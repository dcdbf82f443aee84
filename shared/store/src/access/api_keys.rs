//! Keys by which programs call the API: their digests, never themselves.

use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::item;
use crate::table::keys::{AccessKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::permissions::Permission;
use domain::ids::{ApiKeyId, OperatorId};
use domain::{Actor, TenantId, Text, Timestamp, UserId};
use std::time::Duration;

/// The last use is written down once in so long: a minute.
const USE_NOTED: Duration = Duration::from_secs(60);

/// A key for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id, which says when it was made.
    pub id: ApiKeyId,
    /// What it is for, as its maker says.
    pub name: Text,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Its last four characters.
    pub ends: String,
    /// Who made it.
    pub by: Actor,
    /// Whose rights it has: who made it, or took it over since.
    pub owner: UserId,
    /// When it was last used, to the minute.
    pub used: Option<Timestamp>,
}

/// Whom a key speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A program of a business.
    Program {
        /// Which business.
        tenant: TenantId,
        /// Which key.
        id: ApiKeyId,
        /// What it may do at most.
        scopes: Vec<Permission>,
        /// Whose rights it has: it never has more than they have.
        owner: UserId,
    },
    /// Somebody who runs the platform.
    Operator(OperatorId),
}

item! {
    struct ApiKeyItem: "api_key" {
        name: Text = "nm",
        scopes: Vec<Permission> = "sc",
        ends: String = "en",
        by: Actor = "by",
        owner?: UserId = "ow" as OWNER,
        digest: String = "dg",
    }
}

item! {
    /// What stands under a key's digest.
    struct DigestItem: "key" {
        tenant?: TenantId = "tn",
        key?: ApiKeyId = "ky",
        #[serde(default)]
        scopes: Vec<Permission> = "sc",
        owner?: UserId = "ow" as OWNER,
        operator?: OperatorId = "op",
        used?: Timestamp = "us" as USED,
        #[serde(default)]
        revoked: bool = "rv" as REVOKED,
    }
}

impl DigestItem {
    fn holder(self) -> Option<Holder> {
        match (self.revoked, self.operator, self.tenant.zip(self.key).zip(self.owner)) {
            (true, _, _) | (false, None, None) => None,
            (false, Some(operator), _) => Some(Holder::Operator(operator)),
            (false, None, Some(((tenant, id), owner))) => {
                Some(Holder::Program { tenant, id, scopes: self.scopes, owner })
            }
        }
    }
}

impl TenantStore<'_> {
    /// Keeps a key whose digest is `digest`, and owes its owner the email that says so; `entry` says so too.
    pub async fn create_api_key(self, key: &ApiKey, digest: &str, entry: &Entry) -> Result<(), StoreError> {
        let listed = ApiKeyItem {
            name: key.name.clone(),
            scopes: key.scopes.clone(),
            ends: key.ends.clone(),
            by: key.by,
            owner: Some(key.owner),
            digest: digest.to_owned(),
        };
        let found = DigestItem {
            tenant: Some(self.tenant),
            key: Some(key.id),
            scopes: key.scopes.clone(),
            owner: Some(key.owner),
            operator: None,
            used: None,
            revoked: false,
        };
        let changes = vec![
            Change::create(AccessKey::ApiKey(self.tenant, key.id), &listed)?,
            Change::create(AccessKey::ApiKeyDigest(digest.to_owned()), &found)?,
            emails::owe(&Email::key_created(self.tenant, key.owner, key.id))?,
            audit::append(self.tenant, entry)?,
        ];
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }

    /// The keys of the business that hold, in the order in which they were made.
    pub async fn api_keys(self) -> Result<Vec<ApiKey>, StoreError> {
        let query = Query::partition(&Partition::ApiKeys(self.tenant)).strong();
        let mut listed = Vec::new();
        for (key, item) in self.table().list::<ApiKeyItem>(query).await? {
            if let Key::Access(AccessKey::ApiKey(_, id)) = key {
                listed.push((id, item));
            }
        }
        let digests: Vec<_> = listed.iter().map(|(_, item)| AccessKey::ApiKeyDigest(item.digest.clone())).collect();
        let mut used = std::collections::BTreeMap::new();
        for item in self.table().get_all(&digests, Read::Strong).await? {
            let item: DigestItem = item.read()?;
            used.extend(item.key.filter(|_| !item.revoked).map(|id| (id, item.used)));
        }
        let keys = listed.into_iter().filter_map(|(id, item)| {
            let used = *used.get(&id)?;
            let owner = item.owner?;
            Some(ApiKey { id, name: item.name, scopes: item.scopes, ends: item.ends, by: item.by, owner, used })
        });
        Ok(keys.collect())
    }

    /// Gives the key to `owner`, whose rights it has from now on; `entry` says so. False if there is no such key.
    pub async fn hand_over_api_key(self, id: ApiKeyId, owner: UserId, entry: &Entry) -> Result<bool, StoreError> {
        let key = AccessKey::ApiKey(self.tenant, id);
        let Some(item) = self.table().get::<ApiKeyItem>(&key, Read::Strong).await? else { return Ok(false) };
        let listed = Update::at(key).set(ApiKeyItem::OWNER, &owner).when(Condition::exists());
        let found = Update::at(AccessKey::ApiKeyDigest(item.digest)).set(DigestItem::OWNER, &owner);
        let found = found.when(Condition::is(DigestItem::REVOKED, &false));
        match self
            .table()
            .transact(vec![Change::update(listed), Change::update(found), audit::append(self.tenant, entry)?])
            .await?
        {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Lets a key hold no more, from now on; `entry` says so. False if there is no such key.
    pub async fn revoke_api_key(self, id: ApiKeyId, entry: &Entry) -> Result<bool, StoreError> {
        let Some(item) = self.table().get::<ApiKeyItem>(AccessKey::ApiKey(self.tenant, id), Read::Strong).await? else {
            return Ok(false);
        };
        let update =
            Update::at(AccessKey::ApiKeyDigest(item.digest)).set(DigestItem::REVOKED, &true).when(Condition::exists());
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

impl Store {
    /// Keeps an operator's key whose digest is `digest`.
    pub async fn create_operator(&self, operator: OperatorId, digest: &str) -> Result<(), StoreError> {
        let item = DigestItem {
            tenant: None,
            key: None,
            scopes: Vec::new(),
            owner: None,
            operator: Some(operator),
            used: None,
            revoked: false,
        };
        self.table.put(AccessKey::ApiKeyDigest(digest.to_owned()), &item).await
    }

    /// Whom the key with this digest speaks for; none if there is no such key, or it was revoked. Its use is noted.
    pub async fn holder(&self, digest: &str, now: Timestamp) -> Result<Option<Holder>, StoreError> {
        let key = AccessKey::ApiKeyDigest(digest.to_owned());
        let Some(item) = self.table.get::<DigestItem>(&key, Read::Strong).await? else { return Ok(None) };
        if !item.revoked && item.used.is_none_or(|used| now.since(used) >= USE_NOTED) {
            let update = Update::at(key).set(DigestItem::USED, &now).when(Condition::exists());
            self.table.update::<DigestItem>(update).await?;
        }
        Ok(item.holder())
    }
}
