//! Keys by which programs call the API: their digests, never themselves.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::{Query, Read};
use crate::table::{Change, Written};
use crate::{Store, StoreError, audit, letters};
use domain::audit::Entry;
use domain::ids::{ApiKeyId, OperatorId};
use domain::letters::Letter;
use domain::permissions::Permission;
use domain::{Actor, TenantId, Text, Timestamp, UserId};
use serde::{Deserialize, Serialize};
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

#[derive(Serialize, Deserialize)]
struct ApiKeyItem {
    ty: String,
    v: u8,
    nm: Text,
    sc: Vec<Permission>,
    en: String,
    by: Actor,
    #[serde(default)]
    ow: Option<UserId>,
    dg: String,
}

/// What stands under a key's digest.
#[derive(Serialize, Deserialize)]
struct DigestItem {
    ty: String,
    v: u8,
    #[serde(default)]
    tn: Option<TenantId>,
    #[serde(default)]
    ky: Option<ApiKeyId>,
    #[serde(default)]
    sc: Vec<Permission>,
    #[serde(default)]
    ow: Option<UserId>,
    #[serde(default)]
    op: Option<OperatorId>,
    #[serde(default)]
    us: Option<Timestamp>,
    #[serde(default)]
    rv: bool,
}

impl DigestItem {
    fn holder(self) -> Option<Holder> {
        match (self.rv, self.op, self.tn.zip(self.ky).zip(self.ow)) {
            (true, _, _) | (false, None, None) => None,
            (false, Some(operator), _) => Some(Holder::Operator(operator)),
            (false, None, Some(((tenant, id), owner))) => Some(Holder::Program { tenant, id, scopes: self.sc, owner }),
        }
    }
}

impl Store {
    /// Keeps a key whose digest is `digest`, and owes its owner the email that says so; `entry` says so too.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn create_api_key(
        &self,
        tenant: TenantId,
        key: &ApiKey,
        digest: &str,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let listed = ApiKeyItem {
            ty: "api_key".into(),
            v: 1,
            nm: key.name.clone(),
            sc: key.scopes.clone(),
            en: key.ends.clone(),
            by: key.by,
            ow: Some(key.owner),
            dg: digest.to_owned(),
        };
        let found = DigestItem {
            ty: "key".into(),
            v: 1,
            tn: Some(tenant),
            ky: Some(key.id),
            sc: key.scopes.clone(),
            ow: Some(key.owner),
            op: None,
            us: None,
            rv: false,
        };
        let changes = vec![
            Change::create(&Key::ApiKey(tenant, key.id), &listed)?,
            Change::create(&Key::ApiKeyDigest(digest.to_owned()), &found)?,
            letters::owed(&Letter::key_created(tenant, key.owner, key.id))?,
            audit::written(tenant, entry)?,
        ];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }

    /// Keeps an operator's key whose digest is `digest`.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn create_operator(&self, operator: OperatorId, digest: &str) -> Result<(), StoreError> {
        let item = DigestItem {
            ty: "key".into(),
            v: 1,
            tn: None,
            ky: None,
            sc: Vec::new(),
            ow: None,
            op: Some(operator),
            us: None,
            rv: false,
        };
        self.table.put(&Key::ApiKeyDigest(digest.to_owned()), &item).await
    }

    /// Whom the key with this digest speaks for; none if there is no such key, or it was revoked. Its use is noted.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read or written.
    pub async fn holder(&self, digest: &str, now: Timestamp) -> Result<Option<Holder>, StoreError> {
        let key = Key::ApiKeyDigest(digest.to_owned());
        let Some(item) = self.table.get::<DigestItem>(&key, Read::Strong).await? else { return Ok(None) };
        if !item.rv && item.us.is_none_or(|used| now.since(used) >= USE_NOTED) {
            let update = Update::of(key).set("us", &now).when(Condition::Exists);
            self.table.update::<DigestItem>(update).await?;
        }
        Ok(item.holder())
    }

    /// The keys of the business that hold, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn api_keys(&self, tenant: TenantId) -> Result<Vec<ApiKey>, StoreError> {
        let partition = Key::ApiKey(tenant, ApiKeyId::from_parts(Timestamp::default(), 0)).pk();
        let mut listed = Vec::new();
        for item in self.table.query(&Query::partition(partition).strong()).await?.0 {
            if let Key::ApiKey(_, id) = item.key {
                listed.push((id, item.read::<ApiKeyItem>()?));
            }
        }
        let digests: Vec<_> = listed.iter().map(|(_, item)| Key::ApiKeyDigest(item.dg.clone())).collect();
        let mut used = std::collections::BTreeMap::new();
        for item in self.table.get_all(&digests, Read::Strong).await? {
            let item: DigestItem = item.read()?;
            used.extend(item.ky.filter(|_| !item.rv).map(|id| (id, item.us)));
        }
        let keys = listed.into_iter().filter_map(|(id, item)| {
            let (used, owner) = (*used.get(&id)?, item.ow?);
            Some(ApiKey { id, name: item.nm, scopes: item.sc, ends: item.en, by: item.by, owner, used })
        });
        Ok(keys.collect())
    }

    /// Gives the key to `owner`, whose rights it has from now on; `entry` says so. False if there is no such key.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn hand_over_api_key(
        &self,
        tenant: TenantId,
        id: ApiKeyId,
        owner: UserId,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let key = Key::ApiKey(tenant, id);
        let Some(item) = self.table.get::<ApiKeyItem>(&key, Read::Strong).await? else { return Ok(false) };
        let listed = Update::of(key).set("ow", &owner).when(Condition::Exists);
        let found = Update::of(Key::ApiKeyDigest(item.dg)).set("ow", &owner).when(Condition::is("rv", &false));
        match self
            .table
            .together(vec![Change::update(listed), Change::update(found), audit::written(tenant, entry)?])
            .await?
        {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Lets a key hold no more, from now on; `entry` says so. False if there is no such key.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn revoke_api_key(&self, tenant: TenantId, id: ApiKeyId, entry: &Entry) -> Result<bool, StoreError> {
        let Some(item) = self.table.get::<ApiKeyItem>(&Key::ApiKey(tenant, id), Read::Strong).await? else {
            return Ok(false);
        };
        let update = Update::of(Key::ApiKeyDigest(item.dg)).set("rv", &true).when(Condition::Exists);
        match self.table.together(vec![Change::update(update), audit::written(tenant, entry)?]).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}
