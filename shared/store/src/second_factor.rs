//! Second factors: what an app's codes follow from, sealed, and the digests of the recovery codes that are left.

use crate::expression::{Condition, Update};
use crate::keys::Key;
use crate::query::Read;
use crate::table::{Change, Written};
use crate::{RACES, Store, StoreError, letters};
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

    /// The second factor that waits is asked for from `now` on; its first code was that of `step`. False if there is
    /// none that waits under this secret.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_second_factor(
        &self,
        user: &User,
        (sealed, step): (&str, u64),
        recovery: &[String],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let factor = Update::of(Key::SecondFactor(user.tenant, user.id))
            .set("on", &now)
            .set("st", &step)
            .set("rc", &recovery)
            .when(Condition::is("se", &sealed))
            .when(Condition::Absent("on"));
        let person = Update::of(Key::User(user.tenant, user.id)).set("sf", &true);
        // Whoever was shut out or whose password was chosen anew meanwhile sets nothing up.
        let person = person.when(Condition::is("ep", &user.epoch));
        match self.table.together(vec![Change::update(factor), Change::update(person)]).await? {
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

    /// Uses up the recovery code with this digest, and tells how many are left; none if there is no such code.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn use_recovery_code(
        &self,
        tenant: TenantId,
        user: UserId,
        digest: &str,
    ) -> Result<Option<usize>, StoreError> {
        let key = Key::SecondFactor(tenant, user);
        for _ in 0..RACES {
            let item: Option<SecondFactorItem> = self.table.get(&key, Read::Strong).await?;
            let Some(item) = item.filter(|item| item.rc.iter().any(|left| left == digest)) else { return Ok(None) };
            let left: Vec<_> = item.rc.iter().filter(|left| *left != digest).collect();
            let update = Update::of(key.clone()).set("rc", &left).when(Condition::is("rc", &item.rc));
            match self.table.update::<SecondFactorItem>(update).await? {
                Written::Done(_) => return Ok(Some(left.len())),
                Written::Refused(_) => {}
            }
        }
        Err(StoreError::Conflict)
    }

    /// Puts other recovery codes in the place of those that are left. False if nobody has a second factor there.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn set_recovery_codes(
        &self,
        tenant: TenantId,
        user: UserId,
        digests: &[String],
    ) -> Result<bool, StoreError> {
        let update = Update::of(Key::SecondFactor(tenant, user)).set("rc", &digests).when(Condition::Exists);
        match self.table.update::<SecondFactorItem>(update).await? {
            Written::Done(_) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }

    /// Takes away a person's second factor at `now`, of which they are told. False if they have none.
    ///
    /// # Errors
    /// [`StoreError`] if the table cannot be written.
    pub async fn remove_second_factor(&self, user: &User, now: Timestamp) -> Result<bool, StoreError> {
        let told = letters::owed(&Letter::second_factor_removed(user, now))?;
        let (tenant, user) = (user.tenant, user.id);
        let person = Update::of(Key::User(tenant, user)).set("sf", &false).when(Condition::is("sf", &true));
        let changes = vec![Change::update(person), Change::Remove(Key::SecondFactor(tenant, user)), told];
        match self.table.together(changes).await? {
            Written::Done(()) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}
