//! Second factors: what an app's codes follow from, encrypted, and the digests of the recovery codes that are left.

use crate::access::users::UserItem;
use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional};
use crate::table::expression::{Condition, Update};
use crate::table::item::{Item, item};
use crate::table::keys::AccessKey;
use crate::table::query::Read;
use crate::{RACES, Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::users::User;
use domain::{TenantId, Timestamp, UserId};

/// Where a person's secret stands, for which it is encrypted: the item's key, and its version.
#[must_use]
pub fn secret_place(tenant: TenantId, user: UserId) -> String {
    let key = AccessKey::SecondFactor(tenant, user);
    format!("{} {} {}", key.pk(), key.sk(), SecondFactorItem::VERSION)
}

item! {
    struct SecondFactorItem: "second_factor" {
        /// The secret, encrypted for [`secret_place`].
        secret: String = "se" as SECRET,
        /// Since when it is asked for; until then it waits for its first code.
        since?: Timestamp = "on" as SINCE,
        /// The last step whose code was used.
        last_step?: u64 = "st" as LAST_STEP,
        /// Digests of the recovery codes that are left.
        #[serde(default)]
        recovery_codes: Vec<String> = "rc" as RECOVERY_CODES,
    }
}

impl TenantStore<'_> {
    /// Keeps the encrypted secret of a second factor that waits for its first code; one before that waits is forgotten.
    /// False if the person has one.
    pub async fn offer_second_factor(self, user: UserId, ciphertext: &str) -> Result<bool, StoreError> {
        let update = Update::upsert::<SecondFactorItem>(AccessKey::SecondFactor(self.tenant, user))
            .set(SecondFactorItem::SECRET, ciphertext)
            .when(Condition::absent(SecondFactorItem::SINCE));
        match self.table().update::<SecondFactorItem>(update).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// The encrypted secret of a person's second factor, whether it is asked for or waits; none if there is none.
    pub async fn second_factor(self, user: UserId) -> Result<Option<String>, StoreError> {
        let item: Option<SecondFactorItem> =
            self.table().get(AccessKey::SecondFactor(self.tenant, user), Read::Strong).await?;
        Ok(item.map(|item| item.secret))
    }

    /// Uses up the code of `step`, and all before it. False if it was used.
    pub async fn use_step(self, user: UserId, step: u64) -> Result<bool, StoreError> {
        let update = Update::at(AccessKey::SecondFactor(self.tenant, user)).set(SecondFactorItem::LAST_STEP, &step);
        let update = update.when(Condition::below(SecondFactorItem::LAST_STEP, &step));
        match self.table().update::<SecondFactorItem>(update.when(Condition::exists())).await? {
            Conditional::Applied(_) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Uses up the recovery code with this digest. `entry` says so, with how many are left. False if there is no such
    /// code.
    pub async fn use_recovery_code(
        self,
        user: UserId,
        digest: &str,
        entry: impl Fn(usize) -> Entry + Send,
    ) -> Result<bool, StoreError> {
        let key = AccessKey::SecondFactor(self.tenant, user);
        for _ in 0..RACES {
            let item: Option<SecondFactorItem> = self.table().get(&key, Read::Strong).await?;
            let Some(item) = item.filter(|item| item.recovery_codes.iter().any(|left| left == digest)) else {
                return Ok(false);
            };
            let left: Vec<_> = item.recovery_codes.iter().filter(|left| *left != digest).cloned().collect();
            let update = Update::at(key.clone()).set(SecondFactorItem::RECOVERY_CODES, &left);
            let update = update.when(Condition::is(SecondFactorItem::RECOVERY_CODES, &item.recovery_codes));
            let said = audit::append(self.tenant, &entry(left.len()))?;
            match self.table().transact(vec![Change::update(update), said]).await {
                Ok(Conditional::Applied(())) => return Ok(true),
                Ok(Conditional::Rejected(_)) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// Puts other recovery codes in the place of those that are left; `entry` says so. False if nobody has a second
    /// factor there.
    pub async fn set_recovery_codes(self, user: UserId, digests: &[String], entry: &Entry) -> Result<bool, StoreError> {
        let update = Update::at(AccessKey::SecondFactor(self.tenant, user))
            .set(SecondFactorItem::RECOVERY_CODES, digests)
            .when(Condition::exists());
        match self.table().transact(vec![Change::update(update), audit::append(self.tenant, entry)?]).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}

impl Store {
    /// The second factor that waits is asked for from the moment of `entry` on, which says so; its first code was that
    /// of `step`. False if there is none that waits under this secret.
    pub async fn set_second_factor(
        &self,
        user: &User,
        ciphertext: &str,
        step: u64,
        recovery: &[String],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let factor = Update::at(AccessKey::SecondFactor(user.tenant, user.id))
            .set(SecondFactorItem::SINCE, &entry.audit_event.at)
            .set(SecondFactorItem::LAST_STEP, &step)
            .set(SecondFactorItem::RECOVERY_CODES, recovery)
            .when(Condition::is(SecondFactorItem::SECRET, ciphertext))
            .when(Condition::absent(SecondFactorItem::SINCE));
        let person = Update::at(AccessKey::User(user.tenant, user.id)).set(UserItem::SECOND_FACTOR, &true);
        // A user who was shut out or chose another password meanwhile sets nothing up.
        let person = person.when(Condition::is(UserItem::EPOCH, &user.epoch));
        let changes = vec![Change::update(factor), Change::update(person), audit::append(user.tenant, entry)?];
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }

    /// Takes away a person's second factor, of which they are told, at the moment of `entry`, which says so. False if
    /// they have none.
    pub async fn remove_second_factor(&self, user: &User, entry: &Entry) -> Result<bool, StoreError> {
        let told = emails::owe(&Email::second_factor_removed(user, entry.audit_event.at))?;
        let said = audit::append(user.tenant, entry)?;
        let tenant = user.tenant;
        let user = user.id;
        let person = Update::at(AccessKey::User(tenant, user))
            .set(UserItem::SECOND_FACTOR, &false)
            .when(Condition::is(UserItem::SECOND_FACTOR, &true));
        let changes = vec![Change::update(person), Change::remove(AccessKey::SecondFactor(tenant, user)), told, said];
        match self.table.transact(changes).await? {
            Conditional::Applied(()) => Ok(true),
            Conditional::Rejected(_) => Ok(false),
        }
    }
}
