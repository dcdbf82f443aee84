//! Second factors: what an app's codes follow from, sealed, and the digests of the recovery codes that are left.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError, audit, letters};
use domain::audit::Entry;
use domain::letters::Letter;
use domain::users::User;
use domain::{TenantId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Where a person's secret stands, for which it is sealed: the item's key, and its version.
#[must_use]
pub fn secret_place(tenant: TenantId, user: UserId) -> String {
    let key = Key::SecondFactor(tenant, user);
    format!("{} {} {VERSION}", key.pk(), key.sk())
}

const VERSION: u8 = 1;

#[derive(Serialize, Deserialize)]
struct SecondFactorItem {
    ty: String,
    v: u8,
    /// The secret, sealed for [`secret_place`].
    se: String,
    /// Since when it is asked for; until then it waits for its first code.
    #[serde(default)]
    on: Option<Timestamp>,
    /// The last step whose code was used.
    #[serde(default)]
    st: Option<u64>,
    /// Digests of the recovery codes that are left.
    #[serde(default)]
    rc: Vec<String>,
}

impl Store {
    /// Keeps the sealed secret of a second factor that waits for its first code; one before that waits is forgotten.
    /// False if the person has one.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn offer_second_factor(&self, tenant: TenantId, user: UserId, sealed: &str) -> Result<bool, StoreError> {
        let update = Update::of(Key::SecondFactor(tenant, user))
            .set("ty", &"second_factor")
            .set("v", &VERSION)
            .set("se", &sealed)
            .when(Condition::Absent("on"));
        match self.table.update::<SecondFactorItem>(update).await? {
            Written::Done(_) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// The sealed secret of a person's second factor, whether it is asked for or waits; none if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be read.
    pub async fn second_factor(&self, tenant: TenantId, user: UserId) -> Result<Option<String>, StoreError> {
        let item: Option<SecondFactorItem> = self.table.get(&Key::SecondFactor(tenant, user), Read::Strong).await?;
        Ok(item.map(|item| item.se))
    }

    /// The second factor that waits is asked for from the moment of `entry` on, which says so; its first code was that of
    /// `step`. False if there is none that waits under this secret.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_second_factor(
        &self,
        user: &User,
        (sealed, step): (&str, u64),
        recovery: &[String],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let factor = Update::of(Key::SecondFactor(user.tenant, user.id))
            .set("on", &entry.deed.at)
            .set("st", &step)
            .set("rc", &recovery)
            .when(Condition::is("se", &sealed))
            .when(Condition::Absent("on"));
        let person = Update::of(Key::User(user.tenant, user.id)).set("sf", &true);
        // A user who was shut out or chose another password meanwhile sets nothing up.
        let person = person.when(Condition::is("ep", &user.epoch));
        let changes = vec![Change::update(factor), Change::update(person), audit::written(user.tenant, entry)?];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Uses up the code of `step`, and all before it. False if it was used.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn use_step(&self, tenant: TenantId, user: UserId, step: u64) -> Result<bool, StoreError> {
        let update = Update::of(Key::SecondFactor(tenant, user)).set("st", &step).when(Condition::below("st", &step));
        match self.table.update::<SecondFactorItem>(update.when(Condition::Exists)).await? {
            Written::Done(_) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Uses up the recovery code with this digest. `entry` says so, with how many are left. False if there is no such
    /// code.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn use_recovery_code(
        &self,
        tenant: TenantId,
        user: UserId,
        digest: &str,
        entry: impl Fn(usize) -> Entry + Send,
    ) -> Result<bool, StoreError> {
        let key = Key::SecondFactor(tenant, user);
        for _ in 0..RACES {
            let item: Option<SecondFactorItem> = self.table.get(&key, Read::Strong).await?;
            let Some(item) = item.filter(|item| item.rc.iter().any(|left| left == digest)) else { return Ok(false) };
            let left: Vec<_> = item.rc.iter().filter(|left| *left != digest).collect();
            let update = Update::of(key.clone()).set("rc", &left).when(Condition::is("rc", &item.rc));
            let said = audit::written(tenant, &entry(left.len()))?;
            match self.table.together(vec![Change::update(update), said]).await {
                Ok(Written::Done(())) => return Ok(true),
                Ok(Written::Refused(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Puts other recovery codes in the place of those that are left; `entry` says so. False if nobody has a second factor
    /// there.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_recovery_codes(
        &self,
        tenant: TenantId,
        user: UserId,
        digests: &[String],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let update = Update::of(Key::SecondFactor(tenant, user)).set("rc", &digests).when(Condition::Exists);
        match self.table.together(vec![Change::update(update), audit::written(tenant, entry)?]).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Takes away a person's second factor, of which they are told, at the moment of `entry`, which says so. False if they
    /// have none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_second_factor(&self, user: &User, entry: &Entry) -> Result<bool, StoreError> {
        let told = letters::owed(&Letter::second_factor_removed(user, entry.deed.at))?;
        let said = audit::written(user.tenant, entry)?;
        let (tenant, user) = (user.tenant, user.id);
        let person = Update::of(Key::User(tenant, user)).set("sf", &false).when(Condition::is("sf", &true));
        let changes = vec![Change::update(person), Change::Remove(Key::SecondFactor(tenant, user)), told, said];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}
