//! Wishes to choose a new password.

use crate::access::{audit, emails};
use crate::table::client::{Change, Conditional};
use crate::table::item::item;
use crate::table::keys::AccessKey;
use crate::{Store, StoreError};
use domain::Timestamp;
use domain::access::audit::Entry;
use domain::access::emails::Email;
use domain::access::links::{RESET_LIFETIME, ResetLink};
use domain::ids::ResetId;

item! {
    pub(crate) struct ResetItem: "reset" {
        /// When it was used.
        used?: Timestamp = "us" as USED,
        expires: i64 = "ttl",
    }
}

impl Store {
    /// Lets `link` choose a new password, once, for half an hour from when it was made, and owes its person the email
    /// that holds it. `entry` says so; `exists` says whether there is such a person: as much is written for nobody.
    pub async fn allow_reset(&self, link: ResetLink, entry: &Entry, exists: bool) -> Result<(), StoreError> {
        let expires = until(link.id).seconds();
        let item = ResetItem { used: None, expires };
        let reset = Change::create(AccessKey::Reset(link.tenant, link.user, link.id), &item)?;
        let said = if exists { audit::append(link.tenant, entry)? } else { audit::append_decoy(link.tenant, entry)? };
        match self.table.transact(vec![reset, emails::owe(&Email::reset(link))?, said]).await? {
            Conditional::Applied(()) => Ok(()),
            Conditional::Rejected(_) => Err(StoreError::Conflict),
        }
    }
}

fn until(id: ResetId) -> Timestamp {
    id.at().plus(RESET_LIFETIME)
}
